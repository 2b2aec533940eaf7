# SPDX-License-Identifier: Apache-2.0
"""Measures: the futures of one option in, a numerator and a denominator per replicate out.

The level of an option is the sum of numerators over the sum of denominators, over replicates: a
mean where the denominator is 1, a ratio of sums otherwise, never a mean of ratios.

Weeks count from 1, the first week after the warm-up, which begins a quarter of 13 weeks. Where a
measure looks is said by
  weeks             [first, last], both included; without it all weeks
  weeks_of_quarter  [13] the last week of each quarter, [2, 3, 4] those three
An outcome may be a list of names: their sum. Agents are taken by "table.column" at
  snapshot          -1 the last (default), 0 the first, "all" every agent at every snapshot
  where             {"reps.role" = 0, "reps.tenure" = [13, 1e9]}: equal to, or from .. to
  by, part, parts   agents sorted by a column within each replicate; part 3 of 3 is the top tercile
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..errors import BadInput
from ..statistics import Array
from .fields import nearest
from .world import World

Pair = tuple[Array, Array]  # numerator, denominator, each (replicates,)
QUARTER = 13
Names = str | list[str]


@dataclass(frozen=True)
class Function:
    """A measure function with its unit: that of the outcome ("own") or another one."""

    call: Callable[..., Pair]
    unit: str
    meaning: str
    arguments: tuple[str, ...]


MEASURES: dict[str, Function] = {}


@dataclass(frozen=True)
class Measure:
    """A measure function with its arguments. ValueError for unknown or missing ones."""

    function: str
    arguments: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = MEASURES[self.function]
        for name in self.arguments:
            if name not in known.arguments:
                raise ValueError(
                    f"{self.function} takes no '{name}'{nearest(name, known.arguments)}"
                )
        try:
            inspect.signature(known.call).bind(None, **self.arguments)
        except TypeError as error:
            raise ValueError(f"{self.function}: {error}") from None

    def __call__(self, world: World) -> Pair:
        """Numerator and denominator per replicate."""
        try:
            above, below = MEASURES[self.function].call(world, **self.arguments)
        except (TypeError, IndexError, ValueError) as error:
            if isinstance(error, BadInput):
                raise
            raise BadInput(f"measure {self.function}: {error}") from None
        return above, np.broadcast_to(np.asarray(below, dtype=float), above.shape)

    @property
    def agents(self) -> bool:
        """Whether it needs snapshots of agents."""
        return "snapshot" in MEASURES[self.function].arguments

    @property
    def columns(self) -> set[str]:
        """The columns of agents it reads, as "table.column"."""
        if not self.agents:
            return set()
        names = {self.arguments.get(key) for key in ("column", "of", "by", "other")}
        return {str(name) for name in names | set(self.arguments.get("where") or {}) if name}

    def unit(self, world: World) -> str:
        """The unit of its level."""
        said = MEASURES[self.function].unit
        own = self.arguments.get("outcome", self.arguments.get("column", ""))
        return world.unit(own) if said == "own" else said


def measure(unit: str) -> Callable[[Callable[..., Pair]], Callable[..., Pair]]:
    """Enters a function into the registry under its own name."""

    def enter(call: Callable[..., Pair]) -> Callable[..., Pair]:
        names = tuple(inspect.signature(call).parameters)[1:]
        meaning = (call.__doc__ or "").partition("\n")[0]
        MEASURES[call.__name__] = Function(call, unit, meaning, names)
        return call

    return enter


def _chosen(count: int, weeks: list[int] | None, weeks_of_quarter: list[int] | None) -> Array:
    """Which of `count` weeks are looked at, as indices from 0."""
    first, last = weeks or (1, count)
    if not 1 <= first <= last <= count:
        raise BadInput(f"weeks = [{first}, {last}]: the run has weeks 1 to {count}")
    index = np.arange(first - 1, last)
    if weeks_of_quarter is not None:
        index = index[np.isin(index % QUARTER + 1, weeks_of_quarter)]
    if index.size == 0:
        raise BadInput(f"no week of {weeks or 'the run'} is a week {weeks_of_quarter} of a quarter")
    return index


def _sum(
    world: World, outcome: Names, weeks: list[int] | None, weeks_of_quarter: list[int] | None
) -> tuple[Array, int]:
    values = world.outcome(outcome)
    index = _chosen(values.shape[1], weeks, weeks_of_quarter)
    return values[:, index].sum(axis=1), index.size


# --- outcomes over weeks ------------------------------------------------------------------------


@measure("own")
def total(world: World, outcome: Names, weeks: list[int] | None = None,
          weeks_of_quarter: list[int] | None = None) -> Pair:  # fmt: skip
    """Sum of a flow over the weeks."""
    return _sum(world, outcome, weeks, weeks_of_quarter)[0], np.ones(())


@measure("own")
def mean(world: World, outcome: Names, weeks: list[int] | None = None,
         weeks_of_quarter: list[int] | None = None) -> Pair:  # fmt: skip
    """Mean of an outcome per week."""
    summed, count = _sum(world, outcome, weeks, weeks_of_quarter)
    return summed / count, np.ones(())


@measure("own")
def at_end(world: World, outcome: Names, week: int = -1) -> Pair:
    """A stock at the end of a week (of the run without it)."""
    values = world.outcome(outcome)
    index = _chosen(values.shape[1], [week, week], None)[0] if week != -1 else -1
    return values[:, index], np.ones(())


@measure("1")
def share(world: World, outcome: Names, of: Names, weeks: list[int] | None = None,
          weeks_of_quarter: list[int] | None = None) -> Pair:  # fmt: skip
    """One outcome over another, both summed over the weeks."""
    above, _ = _sum(world, outcome, weeks, weeks_of_quarter)
    return above, _sum(world, of, weeks, weeks_of_quarter)[0]


@measure("1")
def quarter_week(world: World, outcome: Names, weeks_of_quarter: list[int],
                 weeks: list[int] | None = None) -> Pair:  # fmt: skip
    """Mean of some weeks of the quarter over the mean of all weeks: 1 where there is no cycle."""
    some, count = _sum(world, outcome, weeks, weeks_of_quarter)
    every, all_ = _sum(world, outcome, weeks, None)
    return some / count, every / all_


@measure("1")
def after_before(world: World, outcome: Names, at: int, before: list[int],
                 after: list[int]) -> Pair:  # fmt: skip
    """Mean per week after a dated change over that before it; both windows relative to week `at`."""
    late, late_count = _sum(world, outcome, [at + after[0], at + after[1]], None)
    early, early_count = _sum(world, outcome, [at + before[0], at + before[1]], None)
    return late / late_count, early / early_count


@measure("1")
def reached(world: World, outcome: Names, at_least: float, weeks: list[int] | None = None,
            weeks_of_quarter: list[int] | None = None) -> Pair:  # fmt: skip
    """1 if the sum over the weeks is at least so much, else 0: the share of futures."""
    summed, _ = _sum(world, outcome, weeks, weeks_of_quarter)
    return (summed >= at_least).astype(float), np.ones(())


@measure("weeks")
def weeks_until(world: World, outcome: Names, at_least: float,
                weeks: list[int] | None = None) -> Pair:  # fmt: skip
    """Weeks until the running sum is at least so much; one more than there are if never."""
    values = world.outcome(outcome)
    running = values[:, _chosen(values.shape[1], weeks, None)].cumsum(axis=1) >= at_least
    never = running.shape[1] + 1.0
    return np.where(running.any(axis=1), running.argmax(axis=1) + 1.0, never), np.ones(())


@measure("own")
def weekly_sd(world: World, outcome: Names, weeks: list[int] | None = None,
              weeks_of_quarter: list[int] | None = None) -> Pair:  # fmt: skip
    """Standard deviation of an outcome over the weeks of a future, mean over futures."""
    values = world.outcome(outcome)
    index = _chosen(values.shape[1], weeks, weeks_of_quarter)
    return values[:, index].std(axis=1, ddof=1), np.ones(())


# --- agents -------------------------------------------------------------------------------------


def _at(values: Array, snapshot: int | str) -> Array:
    """(replicates, snapshots, rows) -> (replicates, agents)."""
    if snapshot == "all":
        return values.reshape(len(values), -1)
    return np.asarray(values[:, int(snapshot)])


def _kept(world: World, column: str, of: str | None, snapshot: int | str,
          where: dict[str, Any] | None, by: str | None, part: int, parts: int
          ) -> tuple[Array, Array]:  # fmt: skip
    """The column and its denominator (ones without `of`), (replicates, agents), NaN if left out."""
    values = _at(world.column(column), snapshot)
    below = np.ones_like(values) if of is None else _at(world.column(of), snapshot)
    keep = np.isfinite(values) & np.isfinite(below)
    for name, wanted in (where or {}).items():
        other = _at(world.column(name), snapshot)
        low, high = wanted if isinstance(wanted, list) else (wanted, wanted)
        keep &= (other >= low) & (other <= high)
    if by is not None:
        keep &= _part(np.where(keep, _at(world.column(by), snapshot), np.nan), part, parts)
    return np.where(keep, values, np.nan), np.where(keep, below, np.nan)


def _part(key: Array, part: int, parts: int) -> Array:
    """Which agents are in part `part` (from 1) of `parts` by rank of the key in each replicate."""
    if not 1 <= part <= parts:
        raise BadInput(f"part = {part}: parts run from 1 to {parts}")
    rank = np.argsort(np.argsort(key, axis=1, kind="stable"), axis=1, kind="stable")
    count = np.isfinite(key).sum(axis=1, keepdims=True)  # NaN sorts last
    return np.asarray((rank < count) & (rank * parts // np.maximum(count, 1) == part - 1))


@measure("own")
def agent_total(world: World, column: str, snapshot: int | str = -1,
                where: dict[str, Any] | None = None, by: str | None = None, part: int = 1,
                parts: int = 3) -> Pair:  # fmt: skip
    """Sum of a column over agents."""
    values, _ = _kept(world, column, None, snapshot, where, by, part, parts)
    return np.nansum(values, axis=1), np.ones(())


@measure("own")
def agent_mean(world: World, column: str, snapshot: int | str = -1,
               where: dict[str, Any] | None = None, by: str | None = None, part: int = 1,
               parts: int = 3) -> Pair:  # fmt: skip
    """Mean of a column over agents of all futures."""
    values, below = _kept(world, column, None, snapshot, where, by, part, parts)
    return np.nansum(values, axis=1), np.nansum(below, axis=1)


@measure("1")
def agent_ratio(world: World, column: str, of: str, snapshot: int | str = -1,
                where: dict[str, Any] | None = None, by: str | None = None, part: int = 1,
                parts: int = 3) -> Pair:  # fmt: skip
    """One column over another, both summed over agents: bookings over quota."""
    values, below = _kept(world, column, of, snapshot, where, by, part, parts)
    return np.nansum(values, axis=1), np.nansum(below, axis=1)


@measure("1")
def agent_share(world: World, column: str, of: str | None = None, low: float = -np.inf,
                high: float = np.inf, snapshot: int | str = -1,
                where: dict[str, Any] | None = None, by: str | None = None, part: int = 1,
                parts: int = 3) -> Pair:  # fmt: skip
    """Share of agents with low <= column (over `of`) < high: who attains the quota."""
    values, below = _kept(world, column, of, snapshot, where, by, part, parts)
    there = np.isfinite(values)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = values / below
    return ((ratio >= low) & (ratio < high)).sum(axis=1).astype(float), there.sum(axis=1)


@measure("own")
def agent_sd(world: World, column: str, snapshot: int | str = -1,
             where: dict[str, Any] | None = None, by: str | None = None, part: int = 1,
             parts: int = 3) -> Pair:  # fmt: skip
    """Standard deviation of a column over the agents of a future, mean over futures."""
    values, _ = _kept(world, column, None, snapshot, where, by, part, parts)
    return np.nanstd(values, axis=1, ddof=1), np.ones(())


@measure("1")
def agent_correlation(world: World, column: str, other: str, snapshot: int | str = -1,
                      where: dict[str, Any] | None = None) -> Pair:  # fmt: skip
    """Correlation of two columns over the agents of a future, mean over futures."""
    first, second = _kept(world, column, other, snapshot, where, None, 1, 1)
    first = first - np.nanmean(first, axis=1, keepdims=True)
    second = second - np.nanmean(second, axis=1, keepdims=True)
    scale = np.sqrt(np.nansum(first**2, axis=1) * np.nansum(second**2, axis=1))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.nansum(first * second, axis=1) / scale, np.ones(())
