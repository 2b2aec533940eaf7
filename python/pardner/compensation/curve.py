# SPDX-License-Identifier: Apache-2.0
"""Pay over attainment: paid by the engine itself on made-up years, kinks and cliffs found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from .. import _core
from ..errors import BadInput
from . import synthetic
from .amounts import amount, is_percent, minor, share
from .toml_text import read, write

if TYPE_CHECKING:
    import pandas as pd

LEVELS: tuple[float, ...] = (0, 0.5, 0.8, 1, 1.2, 1.5)  # where a letter shows pay
Cents = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Paid:
    """What a year pays at several attainments.

    components: name -> minor units, one for each attainment; what a cap withholds is one too
    ("cap.NAME", not positive). left_out: what the curve ignores.
    """

    year: synthetic.Year
    credit: Cents
    components: dict[str, Cents]
    left_out: tuple[str, ...]

    @property
    def total(self) -> Cents:
        """Pay of all components in minor units."""
        zero = np.zeros(len(self.credit), np.int64)
        return sum(self.components.values(), zero)


@lru_cache(maxsize=64)
def _year_plan(text: str) -> tuple[dict[str, Any], tuple[str, ...], int, synthetic.Year]:
    minor_units = int(_core.Plan.parse(text, "plan").minor_units)
    plan, gone = synthetic.simplified(read(text))
    return plan, tuple(gone), minor_units, synthetic.full_year(plan, minor_units)


def year_of(text: str) -> synthetic.Year:
    """What 100% means in the plan `text`. Raises BadInput if it has no pay curve."""
    return _year_plan(text)[3]


def pay_at(text: str, levels: Sequence[tuple[Fraction, int]]) -> Paid:
    """What a plan year pays at each (attainment, minor units of credit less in each period)."""
    plan, gone, minor_units, year = _year_plan(text)
    if any(attainment < 0 for attainment, _ in levels):
        raise BadInput("attainment must not be negative")
    plan = synthetic.with_managers(plan, len(levels))
    core = _core.Plan.parse(write(plan), "curve")
    log = _core.DealLog.parse(synthetic.log(plan, year, levels, minor_units), "curve", core)
    lines = _core.pay(core, log)["lines"]
    components = {name: np.zeros(len(levels), np.int64) for name in plan["component"]}
    whose = {synthetic.payee(i): i for i in range(len(levels))}
    for who, name, cents in zip(lines["payee"], lines["component"], lines["cents"], strict=True):
        if who in whose:
            components.setdefault(name, np.zeros(len(levels), np.int64))[whose[who]] += cents
    credit = np.array([sum(year.credit(*level)) for level in levels], np.int64)
    return Paid(year, credit, components, gone)


def curve(text: str, attainments: Sequence[Any], minor_units: int) -> pd.DataFrame:
    """Pay of a plan year at each attainment (1 is 100%, or "80%"), total and by component.

    Columns: attainment, credit and pay (whole currency; credit in units if units are counted),
    cents (pay in minor units), then the components. `attrs["left_out"]` says what is not in it.
    """
    import pandas as pd

    levels = [(attainment_of(one), 0) for one in attainments]
    paid = pay_at(text, levels)
    scale = 1 if paid.year.units else minor_units
    columns = {
        "attainment": [float(level) for level, _ in levels],
        "credit": paid.credit / scale, "pay": paid.total / minor_units, "cents": paid.total,
    }  # fmt: skip
    # A component may be called like a column.
    parts = {n if n not in columns else f"component {n}": v for n, v in paid.components.items()}
    table = pd.DataFrame(columns | {name: cents / minor_units for name, cents in parts.items()})
    table.attrs["left_out"] = list(paid.left_out)
    return table


def attainment_of(value: Any) -> Fraction:
    """1.2, "120%" or a Fraction as an exact attainment; a float is what its digits say."""
    if isinstance(value, str | Fraction):
        return share(value) if isinstance(value, str) else value
    return Fraction(Decimal(repr(float(value))))


@dataclass(frozen=True)
class Kink:
    """Where the marginal rate changes, or pay jumps (minor units, in a whole year)."""

    attainment: float
    pay: int
    jump: int
    before: float
    after: float

    @property
    def is_cliff(self) -> bool:
        """Does one cent more of credit change pay at once?"""
        return self.jump != 0


@dataclass(frozen=True)
class Course:
    """A pay curve to be drawn: between neighbours it is straight; a jump has two points.

    attainment, pay (minor units per year): the points. edges, rates: the marginal rate (pay per
    credit; minor units per unit where units are counted) between edges[i] and edges[i + 1].
    """

    year: synthetic.Year
    attainment: npt.NDArray[np.float64]
    pay: Cents
    edges: npt.NDArray[np.float64]
    rates: npt.NDArray[np.float64]
    kinks: tuple[Kink, ...]
    left_out: tuple[str, ...]


def course(text: str, most: Fraction = Fraction(2)) -> Course:
    """The curve from 0 to `most`, with all its kinks: those the plan names, and those of caps."""
    plan, _, minor_units, year = _year_plan(text)
    marks = {b for b in _bounds(plan, year, minor_units) if 0 < b < most}
    found = _course(text, year, marks, most)
    hidden = _hidden(found, marks)
    return _course(text, year, marks | hidden, most) if hidden else found


def _bounds(plan: dict[str, Any], year: synthetic.Year, minor_units: int) -> set[Fraction]:
    """Attainments at which the plan itself says that something changes."""
    scale, found = (1 if year.units else minor_units), {Fraction(1)}

    def add(value: Any) -> None:
        if is_percent(value):
            found.add(share(value))
        elif year.period_credit:
            found.add(Fraction(minor(amount(value), scale), year.period_credit))

    for one in plan["component"].values():
        for tier in one.get("tiers", ()):
            add(tier["from"])
        if "threshold" in one:
            add(one["threshold"])
        found |= {share(at) for at, _ in one.get("points", ())}
        if one["type"] == "bonus":
            found.add(share(one["at"]))
    return found


def _course(text: str, year: synthetic.Year, marks: set[Fraction], most: Fraction) -> Course:
    edges = sorted({*synthetic.grid(year, most), *marks})
    # Beside each mark stands the point one minor unit of credit below it: a cliff shows between.
    beside = [] if year.units else [(mark, 1) for mark in sorted(marks)]
    levels = [(edge, 0) for edge in edges] + beside
    paid = pay_at(text, levels)
    at = dict(zip(levels, zip(paid.total.tolist(), paid.credit.tolist(), strict=True), strict=True))
    points: list[tuple[float, int]] = []
    rates = []
    for low, high in pairwise(edges):
        start, end = at[low, 0], at.get((high, 1), at[high, 0])
        rates.append((end[0] - start[0]) / max(end[1] - start[1], 1))
        points += [(float(low), start[0]), (float(high), end[0])]
    points.append((float(edges[-1]), at[edges[-1], 0][0]))
    x, y = zip(*points, strict=True)
    jumps = (
        _unit_jumps(edges, rates, marks, year) if year.units else _jumps(rates, at, edges, marks)
    )
    kinks = _kinks(edges, rates, at, marks, jumps, year)
    return Course(year, np.array(x), np.array(y, np.int64), np.array([float(e) for e in edges]),
                  np.array(rates), kinks, paid.left_out)  # fmt: skip


At = dict[tuple[Fraction, int], tuple[int, int]]
Jumps = dict[Fraction, int]


def _jumps(rates: list[float], at: At, edges: list[Fraction], marks: set[Fraction]) -> Jumps:
    """How much pay changes between a mark and one minor unit of credit less."""
    found = {}
    for i in range(1, len(edges) - 1):
        if edges[i] in marks:
            (pay, credit), (pay_below, credit_below) = at[edges[i], 0], at[edges[i], 1]
            # What the credit between the two earns anyway, and roundings of 12 months.
            usual = max(abs(rates[i - 1]), abs(rates[i])) * (credit - credit_below) + 12
            if abs(pay - pay_below) > usual:
                found[edges[i]] = pay - pay_below
    return found


def _unit_jumps(
    edges: list[Fraction], rates: list[float], marks: set[Fraction], year: synthetic.Year
) -> Jumps:
    """The same where whole units are counted: the unit that reaches a mark pays like no other.

    What it pays beyond the unit before is no rate, and leaves `rates`.
    """
    found = {}
    units = sum(year.months) // max(year.period_credit, 1)  # one in each period
    for i in range(2, len(edges) - 1):
        if edges[i] in marks and rates[i - 1] not in (rates[i - 2], rates[i]):
            found[edges[i]] = round((rates[i - 1] - rates[i - 2]) * units)
            rates[i - 1] = rates[i - 2]
    return found


def _kinks(edges: list[Fraction], rates: list[float], at: At, marks: set[Fraction],
           jumps: Jumps, year: synthetic.Year) -> tuple[Kink, ...]:  # fmt: skip
    found = []
    for i in range(1, len(edges) - 1):
        before, after, jump = rates[i - 1], rates[i], jumps.get(edges[i], 0)
        bent = _differ(before, after, edges[i] - edges[i - 1], year)
        if jump or (bent and (edges[i] in marks or year.units)):
            found.append(Kink(float(edges[i]), at[edges[i], 0][0], jump, before, after))
    return tuple(found)


def _differ(a: float, b: float, step: Fraction, year: synthetic.Year) -> bool:
    """Are two marginal rates different by more than rounding explains?"""
    credit = float(step) * sum(year.months)
    return abs(a - b) > max(1e-4, 24 / max(credit, 1.0))


def _hidden(found: Course, marks: set[Fraction]) -> set[Fraction]:
    """Kinks between the points, such as a cap's: where the lines of both sides meet."""
    if found.year.units:
        return set()
    hidden = set()
    known = {float(mark) for mark in marks}
    x, r = found.edges, found.rates
    pay = dict(zip(found.attainment, found.pay, strict=True))
    full = sum(found.year.months)
    for i in range(1, len(r) - 1):
        step = Fraction(x[i + 1] - x[i])
        if x[i] in known or x[i + 1] in known:
            continue
        bent = _differ(r[i - 1], r[i], step, found.year), _differ(r[i], r[i + 1], step, found.year)
        if not any(bent):
            continue
        left, right = r[i - 1] * full, r[i + 1] * full
        if all(bent) and left != right:
            meet = (pay[x[i + 1]] - right * x[i + 1] - pay[x[i]] + left * x[i]) / (left - right)
            hidden.add(Fraction(round(meet, 6)).limit_denominator(10**6))
        else:
            hidden.add(Fraction(x[i] if bent[0] else x[i + 1]).limit_denominator(50))
    return {mark for mark in hidden if 0 < mark < Fraction(x[-1])}
