# SPDX-License-Identifier: Apache-2.0
"""What an answer depends on: screening of the drawn inputs, reruns at their 10% and 90% values.

The draws of a comparison already vary every uncertain input at once, so a regression of the
paired difference on them says which inputs matter, for free. Only the few that matter most are
then simulated again with the input held at its 10% and its 90% value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import xarray as xr
from scipy.stats import rankdata
from scipy.stats import t as student

from . import outcomes, wording
from .outcomes import When
from .statistics import Array

# The callback that simulates the same futures again with one input held at a value.
Rerun = Callable[[str, float], xr.Dataset]
PREFIX = "param__"
_SPARE_FUTURES = 30  # futures beyond the number of inputs that a joint regression needs


@dataclass(frozen=True)
class Input:
    """An uncertain input as drawn: `values` (replicate,), `low` and `high` its 10% and 90%."""

    key: str
    meaning: str
    unit: str
    low: float
    high: float
    source: str
    evidence: str
    values: Array

    @property
    def short(self) -> str:
        """The meaning without what follows a semicolon, colon or bracket, for sentences."""
        return re.split(r"\s*[;:(]", self.meaning)[0].strip() or self.key

    def say(self, value: float) -> str:
        """A value with its unit, three digits: "9.2 months"; "share per year" as "5% per year"."""
        return wording.quantity(value, self.unit)


@dataclass(frozen=True)
class Screened:
    """How much one input explains of how far an option is ahead of `rival`.

    share      of the variance of the ranks, in 0..1, what chance would explain taken off
    pull       how far one standard deviation of the input moves the lead, in mean leads
    direction  +1: more of the input favours the option; -1: less does; 0: does not matter
    clear      more than chance explains it (5% over all inputs together)
    """

    input: Input
    rival: str
    share: float
    pull: float
    direction: int
    clear: bool


@dataclass(frozen=True)
class Stress:
    """The answer with one input held at `value`: the mean lead of the option over the best other.

    lead is in the unit of the outcome, positive = the option still is the best; `best` names the
    best option there.
    """

    value: float
    lead: float
    best: str


@dataclass(frozen=True)
class Dependence:
    """Whether the best option changes between the 10% and the 90% value of an input.

    break_evens are the values at which the lead is 0, by interpolation between reruns: empty when
    the option leads at both ends. `points` are the reruns in order of value.
    """

    input: Input
    share: float
    option: str
    points: tuple[Stress, ...]
    break_evens: tuple[float, ...]

    @property
    def flips(self) -> bool:
        """Whether another option is best at the 10% or at the 90% value."""
        return any(p.best != self.option for p in (self.points[0], self.points[-1]))

    @property
    def others(self) -> tuple[str, ...]:
        """Options that are best somewhere instead, in order of value."""
        return tuple(dict.fromkeys(p.best for p in self.points if p.best != self.option))


def drawn_inputs(ds: xr.Dataset) -> list[Input]:
    """The uncertain inputs of a comparison: `param__` variables that differ between replicates.

    Dimensions (replicate) or (arm, replicate); inputs that differ between options are levers, not
    uncertainties, and are passed over, as are texts. Without `low` and `high` their drawn 10% and
    90% quantiles are taken.
    """
    found = []
    for name in map(str, ds.variables):
        if not name.startswith(PREFIX) or "replicate" not in ds.variables[name].dims:
            continue
        variable = ds[name]
        values = variable.transpose("replicate", ...).values
        if values.dtype.kind not in "fiu":
            continue
        if values.ndim == 2:
            if (values != values[:, :1]).any():
                continue
            values = values[:, 0]
        if values.ndim == 1 and np.isfinite(values).all() and np.ptp(values) > 0:
            unit = outcomes.parameter_unit(ds, variable.attrs)
            found.append(_input(name, values.astype(float), variable.attrs, unit))
    return found


def _input(name: str, values: Array, attrs: Mapping[str, Any], unit: str) -> Input:
    low, high = float(attrs.get("low", np.nan)), float(attrs.get("high", np.nan))
    if not low < high:
        low, high = (float(q) for q in np.quantile(values, [0.1, 0.9]))
    key = str(attrs.get("key", name.removeprefix(PREFIX)))
    meaning = str(attrs.get("meaning", attrs.get("long_name", key)))
    return Input(key, meaning, unit, low, high, str(attrs.get("source", "")),
                 str(attrs.get("evidence", "")), values)  # fmt: skip


def _standard_ranks(values: Array) -> Array:
    ranks = rankdata(values, axis=0)
    ranks = ranks - ranks.mean(axis=0)
    spread = np.sqrt((ranks * ranks).sum(axis=0))
    return ranks / np.where(spread > 0, spread, 1)


def rank_shares(difference: Array, inputs: Array) -> tuple[Array, Array]:
    """Share that each input explains by itself, and the t statistic of its coefficient.

    difference (n,), inputs (n, k), both rank-transformed, so any monotone effect counts fully;
    one that rises and falls again is missed. Regression on all inputs together where futures
    suffice (n > k + 30), else on each alone. The share is the squared semi-partial correlation
    less what a useless input would get.
    """
    futures, count = inputs.shape
    y, x = _standard_ranks(difference), _standard_ranks(inputs)
    if not y.any():
        return np.zeros(count), np.zeros(count)
    if futures > count + _SPARE_FUTURES:
        inverse = np.linalg.pinv(x.T @ x)
        coefficient = inverse @ (x.T @ y)
        rest = y - x @ coefficient
        variance = max(float(rest @ rest), 1e-12) / (futures - count - 1)
        t = coefficient / np.sqrt(variance * np.maximum(np.diag(inverse), 1e-12))
    else:
        correlation = np.clip(x.T @ y, -1 + 1e-9, 1 - 1e-9)
        variance = (1 - correlation**2) / max(futures - 2, 1)
        t = correlation / np.sqrt(variance)
    return np.clip((t * t - 1) * variance, 0, 1), t


def screen(
    ds: xr.Dataset, outcome: str, at: When = None, *, option: str, top: int | None = 3
) -> list[Screened]:
    """The inputs that matter most for `option` being ahead of the others.

    Sorted by `pull`, at most `top` (None: all): an input that explains much of a large and safe
    lead matters less than one that explains some of a narrow one. Each input counts against the
    rival where its pull is strongest. Empty where no inputs were drawn.
    """
    inputs = drawn_inputs(ds)
    names = outcomes.arm_names(ds)
    if option not in names:
        raise KeyError(f"no option {option!r}; there are: {', '.join(names)}")
    if not inputs:
        return []
    values = outcomes.amounts_at(ds, outcome, outcomes.horizon(ds, at)).astype(float)
    complete = np.isfinite(values).all(axis=1)
    values = values[complete] if outcomes.higher_is_better(ds, outcome) else -values[complete]
    leads = {
        name: values[:, names.index(option)] - values[:, i]
        for i, name in enumerate(names) if name != option
    }  # fmt: skip
    draws = np.stack([i.values for i in inputs], axis=1)[complete]
    found = [
        max(against, key=lambda one: one.pull)
        for against in zip(
            *(_screen_one(inputs, draws, name, lead, len(leads)) for name, lead in leads.items()),
            strict=True,
        )
    ]
    return sorted(found, key=lambda one: -one.pull)[:top]


def _screen_one(
    inputs: list[Input], draws: Array, rival: str, lead: Array, rivals: int
) -> list[Screened]:
    """All inputs against one rival; significance over all inputs and rivals together."""
    shares, ts = rank_shares(lead, draws)
    freedom = max(lead.size - len(inputs) - 1, 1)
    critical = student.ppf(1 - 0.025 / (len(inputs) * rivals), freedom)
    narrow = max(abs(lead.mean()), 1e-12 * lead.std(), np.finfo(float).tiny)
    pulls = np.sqrt(shares) * (lead.std() / narrow)
    return [
        Screened(one, rival, float(s), float(pull), int(np.sign(t)), bool(abs(t) > critical))
        for one, s, pull, t in zip(inputs, shares, pulls, ts, strict=True)
    ]


def break_evens(values: Sequence[float], leads: Sequence[float]) -> list[float]:
    """Where a lead is 0, by linear interpolation between neighbours of different sign.

    values increasing; a lead of exactly 0 is a break-even itself.
    """
    found = []
    pairs = list(zip(values, leads, strict=True))
    for (a, lead_a), (b, lead_b) in pairwise(pairs):
        if lead_a == 0:
            found.append(float(a))
        elif lead_a * lead_b < 0:
            found.append(float(a + (b - a) * lead_a / (lead_a - lead_b)))
    if pairs and pairs[-1][1] == 0:
        found.append(float(pairs[-1][0]))
    return found


def stress(ds: xr.Dataset, outcome: str, at: When, option: str, key: str, value: float) -> Stress:
    """Who is best, and by how much `option` leads, in the rerun `ds` with one input at `value`."""
    names = outcomes.arm_names(ds)
    means = outcomes.amounts_at(ds, outcome, outcomes.horizon(ds, at)).astype(float)
    means = means[np.isfinite(means).all(axis=1)]
    if len(means) == 0 or option not in names:
        raise ValueError(f"the rerun with {key} = {value:g} has no future complete in all options")
    means = means.mean(axis=0)
    means = means if outcomes.higher_is_better(ds, outcome) else -means
    others = {name: m for name, m in zip(names, means, strict=True) if name != option}
    rival = max(others, key=others.__getitem__)
    lead = float(means[names.index(option)] - others[rival])
    return Stress(float(value), lead, option if lead >= 0 else rival)


def dependence(
    one: Screened, rerun: Rerun, outcome: str, at: When, option: str, *, refine: int = 1
) -> Dependence:
    """Reruns one input at its 10% and 90% value, and at its middle if the option leads at neither.

    Each break-even between is improved by `refine` further reruns at the interpolated value.
    """

    def point(value: float) -> Stress:
        return stress(rerun(one.input.key, value), outcome, at, option, one.input.key, value)

    points = [point(one.input.low), point(one.input.high)]
    if all(p.best != option for p in points):
        points.insert(1, point((one.input.low + one.input.high) / 2))
    for _ in range(refine):
        known = {p.value for p in points}
        crossings = break_evens([p.value for p in points], [p.lead for p in points])
        points += [point(v) for v in crossings if v not in known]
        points.sort(key=lambda p: p.value)
    crossings = break_evens([p.value for p in points], [p.lead for p in points])
    return Dependence(one.input, one.share, option, tuple(points), tuple(crossings))


def dependences(
    ds: xr.Dataset,
    outcome: str,
    at: When,
    option: str,
    rerun: Rerun,
    *,
    top: int = 3,
    refine: int = 1,
) -> list[Dependence]:
    """What `option` being best depends on: the `top` screened inputs, rerun (see `dependence`).

    `rerun(key, value)` must give the same futures with the input `key` at `value` in all of them.
    Takes 2 * top reruns, and up to `refine` more for each break-even.
    """
    return [
        dependence(one, rerun, outcome, at, option, refine=refine)
        for one in screen(ds, outcome, at, option=option, top=top)
    ]
