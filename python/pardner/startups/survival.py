# SPDX-License-Identifier: Apache-2.0
"""Survival of startups: shares alive, what a table of firms shows of partners, and what is so.

Startups of one future share markets and customers, so they are not independent: intervals of means
over futures are those of the futures (a ratio of sums, Student's t with n - 1), and 95% wide.
With run.vary = "chance" all futures have the same startups, and intervals do not say what others would
do: set "chance+population" where the question is about startups in general.
`kaplan_meier` is for one world, as an analyst would see it, with Greenwood's error.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri
from scipy.stats import t as student

from .. import statistics
from ..errors import BadInput
from ..salesforce.measures import ratio
from ..statistics import Array

if TYPE_CHECKING:
    import pandas as pd

WEEKS = 52
YEARS = tuple(WEEKS * year for year in range(11))
# SC20: share of the 569,419 US establishments of March 1994 alive after 0, 1, ..., 10 years (BLS).
BLS = (1.0, 0.796, 0.681, 0.606, 0.543, 0.496, 0.452, 0.415, 0.383, 0.357, 0.336)
LANDMARK = 53  # weeks: `after_a_year` is written in week 52, the 53rd


def kaplan_meier(
    weeks: ArrayLike, ended: ArrayLike, entry: ArrayLike | None = None
) -> pd.DataFrame:
    """Product-limit estimate of survival, a row per week in which something ended.

    weeks   (n,) how long each was seen; ended (n,) whether it ended then, else it was lost from sight
    entry   (n,) when it came into sight (it counts in weeks after that); None: 0
    The first row is week 0, the last the last week in which anything was seen.
    Columns: week, at_risk, ended, survival; error (Greenwood's standard error); low, high: the 95%
    interval of log(-log S), which stays between 0 and 1. Who is lost from sight in a week is at
    risk in it. Raises ValueError unless entry < weeks for all.
    """
    import pandas as pd

    seen, over = np.asarray(weeks, float), np.asarray(ended, bool)
    came = np.zeros_like(seen) if entry is None else np.asarray(entry, float)
    if not (came < seen).all():
        raise ValueError("each must be seen for longer than 0 weeks: entry < weeks expected")
    times = np.unique(np.append(seen[over], seen.max(initial=0)))
    times = times[times > 0]
    risk = np.array([np.sum((came < t) & (seen >= t)) for t in times], float)
    died = np.array([np.sum(over & (seen == t)) for t in times], float)
    alive = np.cumprod(1 - died / risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.cumsum(died / (risk * (risk - died)))  # inf where all end
        error = np.where(alive > 0, alive * np.sqrt(terms), 0.0)
        spread = ndtri(0.5 + statistics.LEVEL / 2) * np.sqrt(terms) / np.abs(np.log(alive))
        spread = np.where(alive == 1, 0, spread)  # nothing has ended yet
        low, high = alive ** np.exp(spread), alive ** np.exp(-spread)
    nothing = alive <= 0  # whose interval this formula does not give
    head = ["week", "at_risk", "ended", "survival", "error", "low", "high"]
    columns = [
        times,
        risk,
        died,
        alive,
        error,
        np.where(nothing, 0, low),
        np.where(nothing, np.nan, high),
    ]
    start = [0.0, float(np.sum(came <= 0)), 0.0, 1.0, 0.0, 1.0, 1.0]
    rows = np.column_stack([np.concatenate([[a], b]) for a, b in zip(start, columns, strict=True)])
    return pd.DataFrame(rows, columns=head)


def survival(lives: pd.DataFrame, at: Sequence[int] = YEARS, by: str = "option") -> pd.DataFrame:
    """Share of startups alive at weeks `at`, a row per value of column `by` and week.

    lives   as of `lives`; those of several futures
    Columns: by, week, value, error (half width of the 95% interval, NaN of a single future), low,
    high, startups. Weeks beyond the run are left out. Raises BadInput if there is nobody.
    """
    import pandas as pd

    if lives.empty:
        raise BadInput("there are no startups whose survival could be measured")
    futures = np.unique(lives["replicate"])
    rows = []
    for name, group in lives.groupby(by, sort=False):
        for week in seen_at(lives, at):
            alive, all_ = _counts(group, week, futures)
            value, error = ratio(alive, all_)
            low, high = max(0.0, value - error), min(1.0, value + error)
            rows.append((name, week, value, error, low, high, int(all_.sum())))
    head = [by, "week", "value", "error", "low", "high", "startups"]
    return pd.DataFrame(rows, columns=head)


def seen_at(lives: pd.DataFrame, at: Sequence[int]) -> list[int]:
    """Those of the weeks `at` up to which all startups that live were watched."""
    alive = lives.loc[~lives["ended"], "weeks"]
    end = alive.min() if len(alive) else lives["weeks"].max()
    return [week for week in at if week <= end]


def _alive(group: pd.DataFrame, week: int) -> Any:
    return (group["weeks"] > week) | ((group["weeks"] == week) & ~group["ended"])


def _counts(group: pd.DataFrame, week: int, futures: Array) -> tuple[Array, Array]:
    """Startups alive at a week, and all, of each future: two arrays (futures,)."""
    table = _alive(group, week).groupby(group["replicate"]).agg(["sum", "count"])
    table = table.reindex(futures, fill_value=0)
    return table["sum"].to_numpy(float), table["count"].to_numpy(float)


def gaps(lives: pd.DataFrame, at: Sequence[int], partnering: str, alone: str) -> pd.DataFrame:
    """What partners seem to do to survival, and what they do: three differences at each week.

    partnering, alone   options (`arm`) with partners and with partnering switched off, same luck
    ever       of startups that ever had a partner, less of those that never had: who lives longer
               has had more time to find one
    landmark   of those alive after a year, partnered by then less not: no such bias, but who has
               time for partners is not like the others (SC2)
    paired     all startups, with partnering less the same futures without: what partnering does
    Columns: week, measure, value (a difference of shares), error (half width of the 95% interval), low, high.
    Raises BadInput for an option that is not there.
    """
    import pandas as pd

    for arm in (partnering, alone):
        if arm not in set(lives["arm"]):
            raise BadInput(
                f"there is no option {arm!r}; there are: {', '.join(lives['arm'].unique())}"
            )
    here, off = (lives[lives["arm"] == arm] for arm in (partnering, alone))
    futures = np.unique(here["replicate"])
    ever, year = here["partner"].notna(), here["after_a_year"]
    groups = {"ever": (here[ever], here[~ever]), "landmark": (here[year == 1], here[year == 0])}
    rows: list[tuple[Any, ...]] = []
    for week in seen_at(lives, at):
        for name, (yes, no) in groups.items():
            if name == "landmark" and week < LANDMARK:
                continue
            rows.append(
                (week, name, *_gap(_counts(yes, week, futures), _counts(no, week, futures)))
            )
        with_, all_ = _counts(here, week, futures)
        without, _ = _counts(off, week, futures)
        rows.append((week, "paired", *ratio(with_ - without, all_)))
    table = pd.DataFrame(rows, columns=["week", "measure", "value", "error"])
    return table.assign(low=table["value"] - table["error"], high=table["value"] + table["error"])


def _gap(one: tuple[Array, Array], other: tuple[Array, Array]) -> tuple[float, float]:
    """Difference of two shares of the same futures, and half width: NaN if one has nobody."""
    value, rest, n = [], [], one[0].size
    for above, below in (one, other):
        if not below.sum():
            return np.nan, np.nan
        share = above.sum() / below.sum()
        value.append(share)
        rest.append((above - share * below) / below.mean())
    if n < 2:
        return value[0] - value[1], np.nan
    spread = np.sqrt(np.sum((rest[0] - rest[1]) ** 2) / (n * (n - 1)))
    return value[0] - value[1], float(student.ppf(0.5 + statistics.LEVEL / 2, n - 1) * spread)
