# SPDX-License-Identifier: Apache-2.0
"""Patterns of the log that nothing was fitted to: what later mechanisms must bring forth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from .window import Window


@dataclass(frozen=True)
class QuarterCycle:
    """Decisions by month of the calendar quarter.

    months: one row per calendar month (month, won, decided, share). by_position: rows first,
    middle, last month of a quarter (won, decided, share, low, high: lowest and highest month).
    p_value: of the win share being equal in the three positions (chi-square).
    per_month: mean decisions per month by position. identified: at least one month of each.
    """

    months: pd.DataFrame
    by_position: pd.DataFrame
    p_value: float
    identified: bool

    @property
    def significant(self) -> bool:
        """Whether the win share changes with the month of the quarter beyond doubt."""
        return self.identified and self.p_value < 0.001


def quarter_cycle(table: pd.DataFrame, window: Window) -> QuarterCycle:
    """Return won and decided by month of the quarter, from the whole months in `window`."""
    inside = table[(table["closed"] >= window.start) & (table["closed"] <= window.end)]
    month = inside["closed"].dt.to_period("M")
    rows = []
    for period in pd.period_range(window.start, window.end, freq="M"):
        whole = period.start_time >= window.start and (
            period.end_time.normalize() <= window.end + pd.Timedelta(days=1)
        )
        if whole:
            stage = inside.loc[month == period, "stage"]
            rows.append((str(period), (period.month - 1) % 3, (stage == "won").sum(), len(stage)))
    months = pd.DataFrame(rows, columns=["month", "position", "won", "decided"])
    months["share"] = months["won"] / months["decided"].where(months["decided"] > 0)
    by = months.groupby("position").agg(
        won=("won", "sum"), decided=("decided", "sum"), per_month=("decided", "mean"),
        low=("share", "min"), high=("share", "max"),
    )  # fmt: skip
    by["share"] = by["won"] / by["decided"].where(by["decided"] > 0)
    identified = len(by) == 3 and bool((by["decided"] > 0).all())
    table_2x3 = np.array([by["won"], by["decided"] - by["won"]])
    testable = identified and (table_2x3.sum(axis=1) > 0).all()
    p = float(stats.chi2_contingency(table_2x3).pvalue) if testable else float("nan")
    return QuarterCycle(months, by, p, identified)


def yearly_season(window: Window) -> str:
    """Return what the log can say about the season of the year."""
    months = round(window.weeks / 52.18 * 12)
    if months < 24:
        return f"not identified ({months} months; a season needs two years to be told from growth)"
    return f"{months} months: could be estimated, but is not used"
