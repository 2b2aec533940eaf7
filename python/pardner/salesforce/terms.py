# SPDX-License-Identifier: Apache-2.0
"""What a role's plan pays at an attainment, and where that changes: from figures or a plan file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr
from numpy.typing import ArrayLike

from .. import compensation, outcomes, wording
from ..statistics import Array

if TYPE_CHECKING:
    from ..compensation.curve import Course

SECTIONS = {"account executive": "account_executive", "partner seller": "partner_seller"}
FIGURES = ("quota", "base_rate", "accelerator", "bonus", "cap")


@dataclass(frozen=True)
class Mark:
    """An attainment (1 is 100%) at which the plan changes, and what changes there in words."""

    attainment: float
    words: str


@dataclass(frozen=True)
class Terms:
    """Pay of one role under one option.

    quota: credit of a quarter at 100% (whole currency; 0: none). edges, rates: between edges[i] and
    edges[i + 1] the next unit of credit pays rates[i]; the last edge is infinite.
    """

    quota: float
    edges: Array
    rates: Array
    marks: tuple[Mark, ...]
    currency: str

    def rate(self, attainment: ArrayLike) -> Array:
        """What the next unit of credit pays at an attainment; a bonus' jump is no rate."""
        place = np.searchsorted(self.edges, np.asarray(attainment, float), side="right") - 1
        return self.rates[np.clip(place, 0, len(self.rates) - 1)]


def terms(ds: xr.Dataset, arm: str | None = None, role: str = "account executive") -> Terms:
    """The plan of a role in an option of a result (None: the first), from its parameters.

    Raises ValueError if the quota is no plain quarterly one (ratchet, season, year): a picture of
    weeks would show the wrong attainment. KeyError if the model has no such role.
    """
    name = outcomes.arm_names(ds)[0] if arm is None else arm
    section = SECTIONS[role]

    def held(key: str, default: Any = None) -> Any:
        where = f"param__{section}__{key}"
        if where not in ds.variables:
            if default is None:
                raise KeyError(f"this result has no parameter {section}.{key}")
            return default
        value = ds[where].sel(arm=name).values.ravel()[0].item()
        # Texts and lists are held as the scenario file writes them, with quotes and brackets.
        return tomllib.loads(f"x = {value}")["x"] if isinstance(value, str) else value

    file = str(held("plan", ""))
    if file:
        text = file if "\n" in file else compensation.Plan.load(file).text
        return _of_plan(text)
    figures = {key: float(held(key)) for key in FIGURES}
    plain = held("quota_per", "quarter") == "quarter" and not held("quota_season", [])
    if figures["quota"] and (held("ratchet", 0.0) or not plain):
        raise ValueError(f"{section}: only a plain quota by quarter can be drawn")
    return of_figures(**figures, currency=outcomes.currency(ds))


def of_figures(
    quota: float, base_rate: float, accelerator: float = 1.0, bonus: float = 0.0,
    cap: float = 0.0, currency: str = "USD",
) -> Terms:  # fmt: skip
    """The plan of a scenario's figures; `bonus` and `quota` in whole currency per quarter."""
    if quota <= 0:
        return Terms(0.0, np.array([0, np.inf]), np.array([base_rate]), (), currency)
    steps = {0.0: base_rate}
    if not 0 < cap <= 1:
        steps[1.0] = base_rate * accelerator
    if cap > 0:
        steps[cap] = 0.0
    levels = sorted(steps)
    marks = []
    for before, level in pairwise(levels):
        words = "quota" if level == 1 else f"cap, {level:.4g} quotas"
        if steps[level] != steps[before]:
            words += f"\n{_percent(steps[before])} → {_percent(steps[level])}"
        marks.append(Mark(level, words))
    if bonus:
        money = f"{_round(bonus)} {currency} bonus"
        marks = [Mark(m.attainment, f"{m.words}\n{money}" if m.attainment == 1 else m.words)
                 for m in marks]  # fmt: skip
        if all(m.attainment != 1 for m in marks):
            marks.append(Mark(1.0, f"quota\n{money}"))
    rates = np.array([steps[level] for level in levels])
    return Terms(quota, np.array([*levels, np.inf]), rates, tuple(marks), currency)


@lru_cache(maxsize=16)
def _of_plan(text: str) -> Terms:
    from ..compensation.curve import course

    plan = compensation.Plan.parse(text, "plan")
    found = course(text)
    year = found.year
    quota = year.period_credit / plan.minor_units if year.of_quota else 0.0
    if year.of_quota and year.span != "quarter":
        quota *= 3 / {"month": 1, "year": 12}[year.span]
    edges = np.append(found.edges[:-1], np.inf)
    marks = tuple(Mark(k.attainment, _words(found, k, plan.currency)) for k in found.kinks)
    return Terms(quota, edges, found.rates, marks, plan.currency)


def _words(found: Course, kink: Any, currency: str) -> str:
    place = "quota" if kink.attainment == 1 else f"{kink.attainment:.4g} quotas"
    text = f"{place}\n{_percent(kink.before)} → {_percent(kink.after)}"
    return f"{text}\njump" if kink.is_cliff else text


def _round(amount: float) -> str:
    divisor, suffix = wording.scale_of(amount)
    return f"{amount / divisor:.4g}{suffix}"


def _percent(rate: float) -> str:
    return f"{100 * rate:.3g}%"
