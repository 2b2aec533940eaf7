# SPDX-License-Identifier: Apache-2.0
"""When the log was watching, and what it could see of each opportunity.

A log of decisions made between two days shows of the older opportunities only those that were
slow (left truncation), and of the young ones not yet the end (right censoring). Every figure
about time is fitted from `Spells`: the stretch of each opportunity's age that was watched.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np
import pandas as pd

from .errors import BadInput
from .mapping import Map

FEWEST_DECIDED = 20
WON, LOST, OPEN = 0, 1, -1


@dataclass(frozen=True)
class Window:
    """First and last day (both included) whose decisions are in the log."""

    start: pd.Timestamp
    end: pd.Timestamp

    @property
    def weeks(self) -> float:
        """Length in weeks."""
        return ((self.end - self.start).days + 1) / 7.0

    @property
    def days(self) -> tuple[float, float]:
        """First and last day as days since 1970."""
        return tuple(day_number(pd.Series([self.start.normalize(), self.end.normalize()])))

    def __str__(self) -> str:
        return f"{self.start:%Y-%m-%d} to {self.end:%Y-%m-%d}"


@dataclass(frozen=True)
class Spells:
    """Ages in days; arrays of one length, one element per opportunity with an opening day.

    entry: age at which watching began. exit: age at the decision or at the window's end.
    cause: WON, LOST or OPEN (still undecided at exit). opened: day number (days since 1970).
    """

    entry: np.ndarray
    exit: np.ndarray
    cause: np.ndarray
    opened: np.ndarray

    def where(self, keep: np.ndarray) -> Spells:
        """Return the spells selected by the mask `keep`."""
        return Spells(*(getattr(self, f.name)[keep] for f in dataclasses.fields(self)))

    @property
    def decided(self) -> np.ndarray:
        """Mask of the spells that end in a decision."""
        return self.cause != OPEN


def window_of(table: pd.DataFrame, given: Map) -> Window:
    """Return the window: what the map says, else from the first decision to the last date.

    Raises BadInput if fewer than 20 opportunities were decided in it.
    """
    closed = table["closed"].dropna()
    last = max(closed.max(), table["opened"].max()) if len(closed) else pd.NaT
    start = pd.Timestamp(given.window_start) if given.window_start else closed.min()
    end = pd.Timestamp(given.window_end) if given.window_end else last
    inside = int(((closed >= start) & (closed <= end)).sum()) if len(closed) else 0
    if inside < FEWEST_DECIDED:
        raise BadInput(
            f"{inside} decided opportunities with a close date"
            + (f" from {start:%Y-%m-%d} to {end:%Y-%m-%d}" if inside else "")
            + f"; at least {FEWEST_DECIDED} are needed to fit anything"
        )
    return Window(start, end)


def day_number(days: pd.Series) -> np.ndarray:
    """Return dates as days since 1970 (float, NaN where missing)."""
    return ((days - pd.Timestamp("1970-01-01")) / pd.Timedelta(days=1)).to_numpy(float)


def spells(table: pd.DataFrame, window: Window) -> Spells:
    """Return what `window` shows of `table`: delayed entry, censored at the window's end.

    A date stands for the middle of its day; an opportunity decided on the day it was opened
    counts as a third of a day old, the mean distance of two moments of one day.
    """
    opened, closed = day_number(table["opened"]), day_number(table["closed"])
    start, end = window.days
    won = (table["stage"] == "won").to_numpy()
    seen = ~np.isnan(opened) & (opened <= end) & ~(closed < start)
    opened, closed, won = opened[seen], closed[seen], won[seen]
    decided = closed <= end  # False where NaN
    age = np.where(decided, np.maximum(closed - opened, 1 / 3), end + 0.5 - opened)
    entry = np.maximum(start - 0.5 - opened, 0.0)
    cause = np.where(decided, np.where(won, WON, LOST), OPEN)
    return Spells(entry, np.maximum(age, entry + 0.25), cause, opened)


def as_of(table: pd.DataFrame, last: pd.Timestamp) -> pd.DataFrame:
    """Return the log as it stood on the evening of `last`: later rows gone, later ends open."""
    known = table[~(table["opened"] > last) & ~(table["opened"].isna() & (table["closed"] > last))]
    known = known.copy()
    later = known["closed"] > last
    known.loc[later, "stage"] = "open"
    known.loc[later, "closed"] = pd.NaT
    known.loc[later, "value"] = np.nan
    return known


def whole_quarters(window: Window) -> Window | None:
    """Return the whole calendar quarters inside `window`, None if fewer than two."""
    start = window.start.to_period("Q")
    if start.start_time.normalize() < window.start:
        start += 1
    end = window.end.to_period("Q")
    if end.end_time.normalize() > window.end:
        end -= 1
    if (end - start).n + 1 < 2:
        return None
    return Window(start.start_time.normalize(), end.end_time.normalize())
