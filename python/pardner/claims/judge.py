# SPDX-License-Identifier: Apache-2.0
"""Judgement of claims: intervals of paired effects, directions, equivalence (docs/claims.md).

An effect of ratios of sums is linearised: each replicate's part in it (its influence) is a paired
difference like any other, whose mean is the effect, so one interval serves means and ratios.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from scipy import stats

from .. import statistics
from .claim import Contrast

Array = np.ndarray[Any, np.dtype[Any]]
Pair = tuple[Array, Array]
ALPHA = 0.01  # of directions, over the lane
LEVEL, TOST_LEVEL = 0.99, 0.90
HEAVY_TAIL = 0.06  # share of the largest 1%; 0.036 of a normal difference
FEWEST_FOR_T = 200


@dataclass(frozen=True)
class Estimate:
    """One measured effect. `p` is one-sided towards `sign`; intervals of 99% and 90%."""

    name: str
    effect: float
    low: float
    high: float
    low90: float
    high90: float
    p: float
    pairs: int
    left_out: int  # replicates without a value in some option
    method: str  # "t", "bootstrap", "McNemar", "constant"
    correlation: float
    sd: float  # of a paired difference
    share: float  # of replicates with the sign, ties apart
    ties: float
    identical: bool  # every replicate is the same in both
    largest: float  # largest absolute deviation of a replicate from the exact value
    unit: str
    problem: str = ""  # why nothing could be measured

    def to_dict(self) -> dict[str, Any]:
        """All fields as plain values; numbers that are not finite as None."""
        return {k: None if isinstance(v, float) and not math.isfinite(v) else v
                for k, v in asdict(self).items()}  # fmt: skip

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> Estimate:
        """The inverse of to_dict."""
        return cls(**{k: math.nan if v is None else v for k, v in fields.items()})


class NothingMeasured(Exception):
    """A measure has no value: its denominator is 0, or no replicate is complete."""


def estimate(
    contrast: Contrast, values: Mapping[str, Pair], *, seed: int, unit: str = "", sign: int = 0
) -> Estimate:
    """The effect of a contrast from numerator and denominator of each option it needs."""
    sign = sign or contrast.sign
    complete = _complete([values[name] for name in contrast.options])
    parts = {name: tuple(array[complete] for array in values[name]) for name in contrast.options}
    n = int(complete.sum())
    shown = "1" if contrast.effect == "relative" else unit
    try:
        if n < 2:
            raise NothingMeasured("fewer than two replicates have a value")
        effect, influence = _effect(contrast, parts)
    except NothingMeasured as problem:
        return _nothing(contrast.name, n, complete, shown, str(problem))
    pairs = effect + influence
    each = _each(contrast, parts)
    signed = each * (sign or 1)
    exact = 0.0 if contrast.exact is None else contrast.exact
    low, high, low90, high90, p, method = _interval(contrast, parts, effect, pairs, sign, seed)
    return Estimate(
        contrast.name, effect, low, high, low90, high90, p, n, int((~complete).sum()), method,
        _correlation(contrast, parts), float(pairs.std(ddof=1)),
        float(np.mean(signed > 0)), float(np.mean(each == 0)), bool((each == 0).all()),
        _largest(each - exact), shown,
    )  # fmt: skip


def _largest(deviation: Array) -> float:
    return math.inf if np.isnan(deviation).any() else float(np.abs(deviation).max())


def _nothing(name: str, n: int, complete: Array, unit: str, problem: str) -> Estimate:
    nan = math.nan
    return Estimate(name, nan, nan, nan, nan, nan, 1.0, n, int((~complete).sum()), "none", nan,
                    nan, nan, nan, False, math.inf, unit, problem)  # fmt: skip


def _complete(pairs: Sequence[Pair]) -> Array:
    return np.all([np.isfinite(above) & np.isfinite(below) for above, below in pairs], axis=0)


def _level(pair: Pair) -> tuple[float, Array]:
    """Ratio of sums and the influence of each replicate on it."""
    above, below = pair
    if below.sum() == 0:
        raise NothingMeasured("the denominator is 0 in all replicates")
    if (above == above[0]).all() and (below == below[0]).all():
        return float(above[0] / below[0]), np.zeros(len(above))
    ratio = above.sum() / below.sum()
    return float(ratio), (above - ratio * below) / below.mean()


def _effect(contrast: Contrast, parts: Mapping[str, Pair]) -> tuple[float, Array]:
    effect, influence = _two(contrast.effect, parts, contrast.left, contrast.right)
    if contrast.beyond:
        other, less = _two(contrast.effect, parts, *contrast.beyond)
        effect, influence = effect - other, influence - less
    return effect, influence


def _two(
    kind: str, parts: Mapping[str, Pair], left: str, right: str | float
) -> tuple[float, Array]:
    level, influence = _level(parts[left])
    if isinstance(right, str):
        reference, less = _level(parts[right])
    else:
        reference, less = right, np.zeros(len(influence))
    if kind == "difference":
        return level - reference, influence - less
    if reference == 0:
        raise NothingMeasured("the reference is 0: there is no relative effect")
    return level / reference - 1, (influence - level / reference * less) / reference


def _each(contrast: Contrast, parts: Mapping[str, Pair]) -> Array:
    """The effect within each replicate: only for the share of futures and for exact zeros."""

    def ratio(name: str | float) -> Array | float:
        if not isinstance(name, str):
            return name
        above, below = parts[name]
        return np.divide(above, below, out=np.full(len(above), np.nan), where=below != 0)

    def two(left: str, right: str | float) -> Array:
        first, second = ratio(left), ratio(right)
        same = (np.isnan(first) & np.isnan(second)) if isinstance(right, str) else False
        if contrast.effect == "relative":
            with np.errstate(divide="ignore", invalid="ignore"):
                same = same | (first == second)
                found = np.divide(first, second) - 1
        else:
            found = np.subtract(first, second)
        return np.where(same, 0.0, found)

    found = two(contrast.left, contrast.right)
    return found - two(*contrast.beyond) if contrast.beyond else found


def _correlation(contrast: Contrast, parts: Mapping[str, Pair]) -> float:
    if not isinstance(contrast.right, str):
        return math.nan
    first, second = (_level(parts[name])[1] for name in (contrast.left, contrast.right))
    return statistics.correlation(first, second)


def _interval(
    contrast: Contrast, parts: Mapping[str, Pair], effect: float, pairs: Array, sign: int, seed: int
) -> tuple[float, float, float, float, float, str]:
    """99% and 90% intervals, one-sided p towards the sign, and how they were made."""
    n, towards = len(pairs), sign or (1 if effect >= 0 else -1)
    if np.ptp(pairs) <= 1e-12 * max(1.0, abs(effect)) * (effect != 0):
        p = 0.0 if effect * towards > 0 else 1.0
        return effect, effect, effect, effect, p, "constant"
    if _binary(contrast, parts):
        return _mcnemar(parts[contrast.left][0], parts[str(contrast.right)][0], towards)
    error = float(pairs.std(ddof=1)) / math.sqrt(n)
    tail, _ = statistics.tail_share(pairs - effect)
    if n >= FEWEST_FOR_T and tail <= HEAVY_TAIL:
        wide, narrow = (float(stats.t.ppf((1 + level) / 2, n - 1)) for level in (LEVEL, TOST_LEVEL))
        stretch, method = 1.0, "t"
    else:
        wide, narrow = (_bootstrap(pairs, level, contrast.name, seed) / error
                        for level in (LEVEL, TOST_LEVEL))  # fmt: skip
        # 2,000 resamples show no p below 0.0005, which Holm needs: beyond them the t distribution
        # goes on, stretched as the bootstrap stretches its 99% interval.
        stretch, method = max(1.0, wide / float(stats.t.ppf((1 + LEVEL) / 2, n - 1))), "bootstrap"
    p = 1.0 if math.isinf(stretch) else float(stats.t.sf(towards * effect / error / stretch, n - 1))
    wide, narrow = wide * error, narrow * error
    return effect - wide, effect + wide, effect - narrow, effect + narrow, p, method


def _bootstrap(pairs: Array, level: float, name: str, seed: int) -> float:
    found = statistics.mean_errors(pairs[:, None], seed=seed, name=name, level=level)
    return float(found.error[0])


def _binary(contrast: Contrast, parts: Mapping[str, Pair]) -> bool:
    """Whether this is a difference of two proportions of replicates."""
    if contrast.effect != "difference" or contrast.beyond or not isinstance(contrast.right, str):
        return False
    return all(np.isin(above, (0, 1)).all() and (below == 1).all()
               for above, below in (parts[contrast.left], parts[contrast.right]))  # fmt: skip


def _mcnemar(left: Array, right: Array, towards: int) -> tuple[float, ...]:  # type: ignore[type-arg]
    """Exact one-sided McNemar; intervals of Agresti and Min 2005 (half a pair in each cell)."""
    n = len(left)
    won, lost = int(((left == 1) & (right == 0)).sum()), int(((left == 0) & (right == 1)).sum())
    more = won if towards > 0 else lost
    p = float(stats.binom.sf(more - 1, won + lost, 0.5))
    more_won, more_lost, size = won + 0.5, lost + 0.5, n + 2
    middle = (more_won - more_lost) / size
    variance = (more_won + more_lost - (more_won - more_lost) ** 2 / size) / size**2
    ends = []
    for level in (LEVEL, TOST_LEVEL):
        half = float(stats.norm.ppf((1 + level) / 2)) * math.sqrt(variance)
        ends += [max(-1.0, middle - half), min(1.0, middle + half)]
    return (*ends, p, "McNemar")


# --- what is asked of an estimate: a list of failures, empty if it holds ------------------------


def holm(p: Mapping[str, float]) -> dict[str, float]:
    """Adjusted p of a family (Holm 1979)."""
    adjusted, worst = {}, 0.0
    ranked = sorted(p.items(), key=lambda item: item[1])
    for rank, (name, value) in enumerate(ranked):
        worst = max(worst, min(1.0, value * (len(ranked) - rank)))
        adjusted[name] = worst
    return adjusted


def direction(found: Estimate, sign: int, sesoi: float, band: tuple[float, float] = (-math.inf, math.inf),
              p: float | None = None) -> list[str]:  # fmt: skip
    """Sign, significance (p: adjusted), size, interval clear of 0, band."""
    if found.problem:
        return [found.problem]
    failures = []
    if found.effect * sign <= 0:
        failures.append("wrong sign" if found.effect else "no effect")
    if not (found.low if sign > 0 else -found.high) > 0 and not failures:
        failures.append("99% interval contains 0")
    p = found.p if p is None else p
    if p > ALPHA and not failures:
        failures.append(f"p {p:.2g} after Holm")
    if abs(found.effect) < sesoi:
        failures.append("smaller than the smallest effect of interest")
    if not band[0] <= found.effect <= band[1]:
        failures.append("outside the band")
    return failures


def equivalence(found: Estimate, low: float, high: float) -> list[str]:
    """Two one-sided tests at 5%: the 90% interval lies within low .. high."""
    if found.problem:
        return [found.problem]
    inside = low <= found.low90 and found.high90 <= high
    return [] if inside else ["90% interval leaves the equivalence margin"]


def exact(found: Estimate, tolerance: float = 0.0) -> list[str]:
    """Every replicate has the exact value."""
    if found.problem:
        return [found.problem]
    return [] if found.largest <= tolerance else [f"a replicate is off by {found.largest:.3g}"]


def identical(found: Estimate) -> list[str]:
    """Every replicate is the same in both options."""
    if found.problem:
        return [found.problem]
    return [] if found.identical else [f"not exactly 0: a replicate differs by {found.largest:.3g}"]


def pairs_needed(sd: float, sesoi: float, alpha: float = ALPHA, power: float = 0.95) -> float:
    """SE3 for paired differences: ((z(1-alpha/2) + z(power)) sd / sesoi)^2.

    With equal variances s^2 in both options and correlation rho, sd^2 = 2 s^2 (1 - rho), which is
    SE3's 2 (z / d)^2 (1 - rho) with d = sesoi / s.
    """
    z = float(stats.norm.ppf(1 - alpha / 2) + stats.norm.ppf(power))
    return max(2.0, math.ceil((z * sd / sesoi) ** 2))


def pairs_for_equivalence(sd: float, margin: float, power: float = 0.95) -> float:
    """Pairs with which equivalence shows at 5% if the true difference is 0."""
    z = float(stats.norm.ppf(0.95) + stats.norm.ppf((1 + power) / 2))
    return max(2.0, math.ceil((z * sd / margin) ** 2))
