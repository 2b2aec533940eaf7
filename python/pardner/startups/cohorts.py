# SPDX-License-Identifier: Apache-2.0
"""Figures of venture cohorts beside their sources (SC21, SC22), from a run's own startups."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..salesforce.measures import ratio
from ..statistics import LEVEL, Array

if TYPE_CHECKING:
    import pandas as pd

AT = 7 * 52  # the cohort of SC21 was 6 to 7 years old
DAYS = 7
Counts = tuple[Array, Array]  # bool, by startup: has it, and is it asked of


@dataclass(frozen=True)
class Source:
    """A figure, what it was in the field (low to high; equal where it is one number) and where."""

    figure: str
    unit: str
    low: float
    high: float
    source: str
    calibrated: bool  # defaults were set to it: agreement shows that they were, no more
    counts: Callable[[pd.DataFrame], Counts] | None = None  # None: a median of days


def _by(column: str) -> Callable[[pd.DataFrame], Counts]:
    """Of all startups, those that closed the round by year 7."""
    return lambda lives: (lives[column].to_numpy() <= AT, np.ones(len(lives), bool))


def _ended(how: str) -> Callable[[pd.DataFrame], Counts]:
    def counts(lives: pd.DataFrame) -> Counts:
        gone = (lives["how"] == how).to_numpy() & (lives["weeks"] <= AT).to_numpy()
        return gone, np.ones(len(lives), bool)

    return counts


def _within(one: str, other: str, weeks: int) -> Callable[[pd.DataFrame], Counts]:
    """Of those with round `one` early enough to be followed, those with `other` in that time."""

    def counts(lives: pd.DataFrame) -> Counts:
        end = lives["weeks"].max()
        first, then = lives[one].to_numpy(), lives[other].to_numpy()
        return then - first <= weeks, first <= end - weeks

    return counts


# Calibrated as parameters say of themselves: funding.rate, funding.later, acquisition.rate.
COHORT = (
    Source("closed by year 7", "share", 0.619, 0.619, "SC21: Carta, 4,369 founded in 2018", False,
           _ended("closed")),
    Source("bought by year 7", "share", 0.055, 0.055, "SC21", True, _ended("bought")),
    Source("raised seed by year 7", "share", 0.564, 0.564, "SC21", True, _by("seed")),
    Source("raised A by year 7", "share", 0.364, 0.364, "SC21", True, _by("a")),
    Source("raised B by year 7", "share", 0.148, 0.148, "SC21", True, _by("b")),
    Source("raised C by year 7", "share", 0.044, 0.044, "SC21", True, _by("c")),
    Source("A within 2 years of seed", "share", 0.328, 0.328, "SC22: seeds of early 2021", True,
           _within("seed", "a", 104)),
    Source("B within 4 years of A", "share", 0.40, 0.50, "SC22: cohorts 2018-20", True,
           _within("a", "b", 208)),
    Source("median gap seed to A", "day", 420, 774, "SC22: A rounds of late 2021, late 2024",
           True),
)  # fmt: skip


def cohort_table(lives: pd.DataFrame) -> pd.DataFrame:
    """The figures of SC21 and SC22 of one option's startups, beside their sources.

    lives   as of `lives`, of futures of at least 7 years. Rounds are dated by snapshots.
    Columns: figure, model, error (half width of the 95% interval over futures; of the median: of the
    medians of futures; NaN of a single future), unit, low, high (of the source), inside (whether
    the interval meets the source's range), calibrated, source. NaN where nobody is asked of.
    """
    import pandas as pd

    rows = []
    for source in COHORT:
        value, error = _gap(lives) if source.counts is None else _share(lives, source.counts)
        meets = value + error >= source.low and value - error <= source.high
        rows.append((source.figure, value, error, source.unit, source.low, source.high,
                     bool(meets), source.calibrated, source.source))  # fmt: skip
    head = ["figure", "model", "error", "unit", "low", "high", "inside", "calibrated", "source"]
    return pd.DataFrame(rows, columns=head)


def _share(lives: pd.DataFrame, counts: Callable[[pd.DataFrame], Counts]) -> tuple[float, float]:
    has, asked = counts(lives)
    table = lives.assign(has=has & asked, asked=asked).groupby("replicate")[["has", "asked"]].sum()
    return ratio(table["has"].to_numpy(float), table["asked"].to_numpy(float))


def _gap(lives: pd.DataFrame) -> tuple[float, float]:
    """Median days from seed to A of those with both, and the half width from futures' medians."""
    from scipy.stats import t as student

    days = DAYS * (lives["a"] - lives["seed"]).dropna()
    medians = days.groupby(lives.loc[days.index, "replicate"]).median().to_numpy()
    if not days.size:
        return np.nan, np.nan
    n = medians.size
    if n < 2:
        return float(days.median()), np.nan
    wide = student.ppf(0.5 + LEVEL / 2, n - 1) * medians.std(ddof=1) / np.sqrt(n)
    return float(days.median()), float(wide)
