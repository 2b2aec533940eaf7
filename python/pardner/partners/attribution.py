# SPDX-License-Identifier: Apache-2.0
"""What is attributed to whom: the same won deals, shared out by each rule that is known.

A party of a deal is a firm whose people worked on it, the vendor (-1) or a partner, or a partner that
referred it. `contract` and `sourced` look at all of them; who referred a deal has sourced it. The others are the claim rules of [attribution] policy: partners claim
who worked `attribution.claim_hours` on the deal or whose registration holds, whoever closed it; all but
`pay_all` share a deal out once. Ties, which the model breaks by lot, are split evenly. `house`
attributes nothing to partners, and is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from .future import VENDOR, Future

if TYPE_CHECKING:
    import pandas as pd

# Rows of `parties` -> a weight each; a deal is shared out in proportion to them.
Weights = Callable[["pd.DataFrame"], Any]


@dataclass(frozen=True)
class Rule:
    """How deals are shared out. `short` heads a narrow column, `title` is what screens call it."""

    short: str
    title: str
    weights: Weights


def _first(rows: pd.DataFrame, column: str) -> Any:
    """1 for the earliest of a deal's rows that are not missing."""
    return (rows[column] == rows.groupby("deal")[column].transform("min")).astype(float)


def _claims(weights: Weights) -> Weights:
    """Those who claim a deal, by weight."""

    def found(rows: pd.DataFrame) -> Any:
        own = rows.where(rows["claims"])
        return np.nan_to_num(np.asarray(weights(own), dtype=float)) * rows["claims"]

    return found


def _last_touch(rows: pd.DataFrame) -> Any:
    return (rows["last_week"] == rows.groupby("deal")["last_week"].transform("max")).astype(float)


def _decay(rows: pd.DataFrame) -> Any:
    latest = rows.groupby("deal")["last_week"].transform("max")
    age = (latest - rows["last_week"]) / np.timedelta64(1, "D")
    return 0.5 ** (age / rows["half_life"])


def _sourced(rows: pd.DataFrame) -> Any:
    """Whoever referred the deal, else who was there first."""
    referred = rows.groupby("deal")["referred"].transform("max") > 0
    return np.where(referred, rows["referred"], _first(rows, "engaged"))


RULES: Mapping[str, Rule] = {
    "contract": Rule("contract", "on their contract", lambda rows: rows["won"]),
    "sourced": Rule("sourced", "sourced (there first)", _sourced),
    "first_registered": Rule("registered", "first registered", lambda rows: rows["holds"]),
    "first_touch": Rule("first", "first touch", _claims(lambda rows: _first(rows, "engaged"))),
    "last_touch": Rule("last", "last touch", _claims(_last_touch)),
    "equal": Rule("equal", "equal split", _claims(lambda rows: rows["claims"].notna())),
    "effort": Rule("hours", "by hours worked", _claims(lambda rows: rows["hours"])),
    "time_decay": Rule("decay", "time decay", _claims(_decay)),
    "pay_all": Rule("pay all", "each in full", lambda rows: rows["claims"]),
}  # fmt: skip
PAY_ALL = "pay_all"


def parties(future: Future, since: Any = None, until: Any = None) -> pd.DataFrame:
    """One row per won deal and firm that worked on it or referred it, for deals closed in [since, until).

    since: None: the start of the run (the warm-up does not count); until: None: its end.
    Columns: deal, partner, value (of the deal, list), engaged, last_week, hours, won, holds (1 where
    its registration held when the deal was won), claims (whether it may claim the deal), referred (1 if it did), half_life.
    """
    log = future.log
    won = log[log["outcome"] == "won"].set_index("deal")
    start: Any = future.start if since is None else since
    inside = won["closed"] >= start
    if until is not None:
        inside &= won["closed"] < until
    won = won[inside]
    rows = log[log["deal"].isin(won.index)]
    found = rows.groupby(["deal", "partner"], as_index=False).agg(
        engaged=("engaged", "min"), last_week=("last_week", "max"), hours=("hours", "sum"),
        won=("value", "max"), need=("need", "first"),
    )  # fmt: skip
    found = _with_referrals(found, rows)
    found["value"] = found["deal"].map(won["value"]).astype(float)
    found["won"] = (found["won"] > 0).astype(float)
    holds = _holds(found, future)
    least = float(future.values.get("attribution.claim_hours", 0))
    worked = (found["hours"] > 0) & (found["hours"] >= least - HALF_A_MINUTE)
    found["holds"] = holds.astype(float)
    found["claims"] = (found["partner"] != VENDOR) & (worked | holds)
    found["half_life"] = float(future.values.get("attribution.half_life_days", 30))
    return found.drop(columns="need")


def _with_referrals(found: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Who referred a deal is a party even if none of its people worked on it."""
    import pandas as pd

    sources = rows[rows["source"] >= 0].groupby("deal")["source"].first()
    pairs = pd.MultiIndex.from_arrays([sources.index, sources.to_numpy()])
    own = pd.MultiIndex.from_frame(found[["deal", "partner"]])
    found = found.assign(referred=own.isin(pairs).astype(float))
    more = pairs.difference(own)
    if more.empty:
        return found
    need = rows.groupby("deal")["need"].first()
    added = pd.DataFrame({
        "deal": more.get_level_values(0), "partner": more.get_level_values(1), "hours": 0.0,
        "won": 0.0, "referred": 1.0, "need": need[more.get_level_values(0)].to_numpy(),
        "engaged": pd.NaT, "last_week": pd.NaT,
    })  # fmt: skip
    added = added.astype({"engaged": found["engaged"].dtype, "last_week": found["engaged"].dtype})
    return pd.concat([found, added], ignore_index=True)


HALF_A_MINUTE = 1 / 120  # hours of the log are whole minutes


def _holds(rows: pd.DataFrame, future: Future) -> Any:
    from .story import deal_events

    events = deal_events(future)
    if events is None:
        return np.zeros(len(rows), dtype=bool)
    claimed = events[(events["kind"] == "claimed") & (events["reason"] == "registered")]
    converted = events[events["kind"] == "converted"]
    pairs = {pair for held in (claimed, converted)
             for pair in zip(held["need"], held["partner"], strict=True)}  # fmt: skip
    return np.array([pair in pairs for pair in zip(rows["need"], rows["partner"], strict=True)],
                    dtype=bool)  # fmt: skip


def known_rules(rows: pd.DataFrame) -> list[str]:
    """The rules that these deals can be shared out by: some need registrations."""
    return [rule for rule in RULES if rule != "first_registered" or bool((rows["holds"] > 0).any())]


def attributed(rows: pd.DataFrame, rule: str) -> pd.Series:
    """The part of the deal's value that `rule` attributes to each row of `parties`."""
    weights = np.asarray(RULES[rule].weights(rows), dtype=float)
    if rule == PAY_ALL:
        return rows["value"] * weights
    total = rows.assign(weight=weights).groupby("deal")["weight"].transform("sum").to_numpy()
    share = np.divide(weights, total, out=np.zeros(len(rows)), where=total > 0)
    return rows["value"] * share


def by_partner(rows: pd.DataFrame) -> pd.DataFrame:
    """Attributed value by partner (index) and rule (columns), the vendor's own part left out."""
    import pandas as pd

    columns = {rule: attributed(rows, rule).groupby(rows["partner"]).sum() for rule in RULES}
    return pd.DataFrame(columns).drop(index=VENDOR, errors="ignore")
