# SPDX-License-Identifier: Apache-2.0
"""Made-up years at given attainments, for pay curves: a deal a month, every period alike."""

from __future__ import annotations

import copy
import datetime
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from ..errors import BadInput
from .amounts import MONTHS, amount, is_percent, plain, rounded, share
from .deals import text_of

# What answers to other things than one's own credit in a year is left out of a curve.
CURVED = ("commission", "curve", "bonus")
LEFT_OUT = ("subquota", "clawback", "draw", "payee", "change")
FISCAL_WEEKS = (0, 4, 8, 13, 17, 21, 26, 30, 34, 39, 43, 47)
YEAR = 2027
WITHOUT_QUOTA = {"units": Fraction(10), "amount": Fraction(100_000)}  # stands for 100%, per period
WORDS = {"products": "product", "kinds": "kind", "channels": "channel", "roles": "role",
         "registrations": "registration"}  # fmt: skip


@dataclass(frozen=True)
class Year:
    """What full attainment is: credit of each of a plan year's 12 months.

    Credit is in minor units, or in units (`units`). span: the finest period that pay is measured
    by. of_quota: whether 100% is a quota; if not, it is the last tier's bound, or a round sum.
    """

    months: tuple[int, ...]
    span: str
    units: bool
    of_quota: bool

    def credit(self, attainment: Fraction, less: int = 0) -> list[int]:
        """Credit of each month so that every period reaches the attainment, or just (`less`) not.

        Halves are rounded up within a period: 100% is never missed by a cent.
        """
        step = MONTHS[self.span]
        found = []
        for first in range(0, 12, step):
            full = self.months[first : first + step]
            whole = max(math.ceil(attainment * sum(full)) - less, 0)
            shares = [rounded(Fraction(whole * (i + 1), step)) for i in range(step)]
            found += [b - a for a, b in pairwise([0, *shares])]
        return found

    @property
    def period_credit(self) -> int:
        """Credit of the first period at 100%."""
        return sum(self.months[: MONTHS[self.span]])


def simplified(data: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The plan for a payee alone in a full year, and what of it is left out, in words.

    Raises BadInput if nothing is left that a curve could show.
    """
    plan = copy.deepcopy(data)
    plan.pop("assumed", None)  # it may name keys that are left out
    gone = [name for name in LEFT_OUT if plan.pop(name, None) is not None]
    components = plan.get("component", {})
    others = [name for name, one in components.items() if one["type"] not in CURVED]
    plan["component"] = {k: v for k, v in components.items() if k not in others}
    if not plan["component"]:
        raise BadInput(f"{data['name']}: has no pay that follows from credit alone: no curve")
    quota = plan.get("quota", {})
    gone += [name for name in ("ramp", "ratchet") if quota.pop(name, None) is not None]
    for key in ("ramp_rate", "measured_on", "own_weight"):
        quota.pop(key, None)
    _drop_from_caps(plan, others)
    return plan, gone + others


def _drop_from_caps(plan: dict[str, Any], gone: list[str]) -> None:
    for name, cap in list(plan.get("cap", {}).items()):
        cap["components"] = [one for one in cap["components"] if one not in gone]
        if not cap["components"]:
            del plan["cap"][name]


def of_quota(one: dict[str, Any]) -> bool:
    """Does the component look at attainment of the quota?"""
    tiers = one.get("tiers", ())
    return one["type"] != "commission" or any(is_percent(tier["from"]) for tier in tiers)


def full_year(plan: dict[str, Any], minor_units: int) -> Year:
    """What 100% is in a plan as `simplified` returns it."""
    components = list(plan["component"].values())
    measured = [one for one in components if of_quota(one)] if "quota" in plan else []
    span = min((one["measure"] for one in measured or components), key=lambda s: MONTHS[s])
    span = "year" if span == "plan" else span
    if "quota" in plan:
        units = plan["quota"].get("basis") == "units"
        months = _quota_months(plan["quota"], 1 if units else minor_units)
        return Year(tuple(months), span, units, True)
    one = components[0]
    units = one.get("basis") == "units"
    bounds = [amount(tier["from"]) for tier in one.get("tiers", ()) if not is_percent(tier["from"])]
    full = max(bounds, default=Fraction(0)) or WITHOUT_QUOTA["units" if units else "amount"]
    parts = _parts(rounded(full * (1 if units else minor_units)), MONTHS[span])
    return Year(tuple(parts * (12 // MONTHS[span])), span, units, False)


def _parts(whole: int, count: int) -> list[int]:
    """A whole in equal parts by cumulative rounding."""
    ends = [rounded(Fraction(whole * i, count)) for i in range(count + 1)]
    return [b - a for a, b in pairwise(ends)]


def _quota_months(quota: dict[str, Any], scale: int) -> list[int]:
    whole = rounded(amount(quota["amount"]) * scale)
    if "season" not in quota:
        length = MONTHS[quota["per"]]
        return _parts(whole, length) * (12 // length)
    weights = [share(weight) for weight in quota["season"]]
    ends = [rounded(whole * sum(weights[:i], Fraction(0))) for i in range(len(weights) + 1)]
    periods = [b - a for a, b in pairwise(ends)]
    return [month for one in periods for month in _parts(one, 12 // len(weights))]


def days(plan: dict[str, Any]) -> list[datetime.date]:
    """The first day of each month of a plan year."""
    if plan.get("calendar") == "fiscal":
        start = plan["start"]
        return [start + datetime.timedelta(weeks=week) for week in FISCAL_WEEKS]
    first = int(plan.get("year_starts", 1)) - 1
    months = [first + i for i in range(12)]
    return [datetime.date(YEAR + m // 12, m % 12 + 1, 1) for m in months]


def with_managers(plan: dict[str, Any], people: int) -> dict[str, Any]:
    """The plan with a manager for each payee if a component pays rolled-up credit."""
    if not any(one.get("credits") == "rolled_up" for one in plan["component"].values()):
        return plan
    managers = {payee(i): {"manages": [seller(i)]} for i in range(people)}
    return plan | {"payee": managers}


def payee(number: int) -> str:
    """Whose pay shows attainment number `number`."""
    return f"p{number:05d}"


def seller(number: int) -> str:
    """Who sells for a manager."""
    return f"s{number:05d}"


def log(plan: dict[str, Any], year: Year, levels: Sequence[tuple[Fraction, int]],
        minor_units: int) -> str:  # fmt: skip
    """A deal log with one payee for each (attainment, minor units less than it)."""
    words = _words(plan)
    bases = {one.get("basis", "amount") for one in plan["component"].values()}
    bases |= {plan.get("quota", {}).get("basis", "amount")}
    bases -= {"amount", "discount"}
    extra = ["invoice_date", "cash_date", *words, *sorted(bases)]
    if any(one.get("basis") == "discount" for one in plan["component"].values()):
        extra.append("discount")
    sellers = "payee" in plan
    rows = [
        words | _row(seller(i) if sellers else payee(i), day, credit, year, bases, minor_units)
        for i, (attainment, less) in enumerate(levels)
        for day, credit in zip(days(plan), year.credit(attainment, less), strict=True)
    ]
    rows = [row | {"deal_id": f"d{n:07d}"} for n, row in enumerate(rows)]
    return text_of(["deal_id", "date", "payee", "amount", *extra], rows)


def _words(plan: dict[str, Any]) -> dict[str, str]:
    """The product, kind, ... that a deal needs to count for quota and the main component."""
    components = list(plan["component"].values())
    main = next(filter(of_quota, components), components[0])
    found: dict[str, str] = {}
    for source in (main, plan.get("quota", {})):
        found |= {word: source[key][0] for key, word in WORDS.items() if source.get(key)}
    return found


def _row(who: str, day: datetime.date, credit: int, year: Year, bases: set[str],
         minor_units: int) -> dict[str, str]:  # fmt: skip
    money = "0" if year.units else plain(credit, minor_units)
    date = day.isoformat()
    row = {"date": date, "invoice_date": date, "cash_date": date, "payee": who, "amount": money}
    row |= dict.fromkeys(bases, money) | {"discount": "0"}
    if "units" in bases:
        row["units"] = str(credit) if year.units else "1"
    return row


def grid(year: Year, most: Fraction = Fraction(2)) -> Iterator[Fraction]:
    """Attainments from 0 to `most`: every unit, or every 2%."""
    full = year.period_credit
    parts = full if year.units and full * most <= 400 else 50
    yield from (Fraction(i, parts) for i in range(int(parts * most) + 1))
