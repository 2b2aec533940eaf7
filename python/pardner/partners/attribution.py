# SPDX-License-Identifier: Apache-2.0
"""What is attributed to whom: the same won deals, shared out by each rule that is known.

A party of a deal is a firm whose people worked on it: the vendor (-1) or a partner. All rules but
`pay_all` share a deal out once; a tie is split evenly. What a rule gives the vendor is not
attributed to partners.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from .future import VENDOR, Future

if TYPE_CHECKING:
    import pandas as pd

Weights = Callable[["pd.DataFrame"], Any]


def _firsts(rows: pd.DataFrame) -> Any:
    return rows["engaged"] == rows.groupby("deal")["engaged"].transform("min")


def _lasts(rows: pd.DataFrame) -> Any:
    return rows["last_week"] == rows.groupby("deal")["last_week"].transform("max")


# Rule -> (what screens call it, weights of the parties of a deal).
RULES: Mapping[str, tuple[str, Weights]] = {
    "contract": ("on whose contract", lambda rows: rows["won"]),
    "first_touch": ("first touch", _firsts),
    "last_touch": ("last touch", _lasts),
    "equal": ("equal split", lambda rows: np.ones(len(rows))),
    "effort": ("by hours worked", lambda rows: rows["hours"]),
    "registered": ("registered", lambda rows: rows["holds"]),
    "pay_all": ("each in full", lambda rows: rows["partner"] != VENDOR),
}


def parties(future: Future, since: Any = None, until: Any = None) -> pd.DataFrame:
    """One row per won deal and firm that worked on it, for deals closed in (since, until].

    since: None: the start of the run (the warm-up does not count); until: None: its end.
    Columns: deal, partner, value (of the deal, list), engaged, last_week, hours, won, holds (1 where
    its registration held when the deal was won; all 0 without a table of deal events).
    """
    log = future.log
    won = log[log["outcome"] == "won"].set_index("deal")
    start: Any = future.start if since is None else since
    inside = won["closed"] > start
    if until is not None:
        inside &= won["closed"] <= until
    won = won[inside]
    rows = log[log["deal"].isin(won.index)]
    found = rows.groupby(["deal", "partner"], as_index=False).agg(
        engaged=("engaged", "min"), last_week=("last_week", "max"), hours=("hours", "sum"),
        won=("value", "max"), need=("need", "first"),
    )  # fmt: skip
    found["value"] = found["deal"].map(won["value"]).astype(float)
    found["won"] = (found["won"] > 0).astype(float)
    found["holds"] = _holds(found, future)
    return found.drop(columns="need")


def _holds(rows: pd.DataFrame, future: Future) -> Any:
    from .story import deal_events

    events = deal_events(future)
    if events is None:
        return np.zeros(len(rows))
    held = events[events["kind"] == "converted"]
    pairs = set(zip(held["need"], held["partner"], strict=True))
    return [float(pair in pairs) for pair in zip(rows["need"], rows["partner"], strict=True)]


def known_rules(rows: pd.DataFrame) -> list[str]:
    """The rules that these deals can be shared out by: `registered` needs registrations."""
    return [rule for rule in RULES if rule != "registered" or bool((rows["holds"] > 0).any())]


def attributed(rows: pd.DataFrame, rule: str) -> pd.Series:
    """The part of the deal's value that `rule` attributes to each row of `parties`."""
    weights = np.asarray(RULES[rule][1](rows), dtype=float)
    if rule == "pay_all":
        return rows["value"] * weights
    total = rows.assign(weight=weights).groupby("deal")["weight"].transform("sum")
    share = np.divide(weights, total, out=np.zeros(len(rows)), where=total.to_numpy() > 0)
    return rows["value"] * share


def by_partner(rows: pd.DataFrame) -> pd.DataFrame:
    """Attributed value by partner (index) and rule (columns), the vendor's own part left out."""
    import pandas as pd

    columns = {rule: attributed(rows, rule).groupby(rows["partner"]).sum() for rule in RULES}
    return pd.DataFrame(columns).drop(index=VENDOR, errors="ignore")
