# SPDX-License-Identifier: Apache-2.0
"""Effects of claims: paired, with intervals of 99% and 90% and a one-sided p (docs/claims.md).

An effect of ratios of sums is linearised: each replicate's part in it (its influence) is a paired
difference like any other, whose mean is the effect, so one interval serves means and ratios.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

import numpy as np
from scipy import stats

from .. import statistics
from ..statistics import Array
from .claim import Contrast

Pair = tuple[Array, Array]
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
    level: float = math.nan  # of the left option
    reference: float = math.nan  # of the right one, or the number it is held against
    problem: str = ""  # why nothing could be measured

    def to_dict(self) -> dict[str, Any]:
        """All fields as plain values; numbers that are not finite as None."""
        return {k: None if isinstance(v, float) and not math.isfinite(v) else v
                for k, v in asdict(self).items()}  # fmt: skip

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> Estimate:
        """The inverse of to_dict."""
        known: dict[str, Any] = {k: math.nan if v is None else v for k, v in fields.items()}
        return cls(**known)


class NothingMeasured(Exception):
    """A measure has no value: its denominator is 0, or no replicate is complete."""


def estimate(
    contrast: Contrast, values: Mapping[str, Pair], *, seed: int, unit: str = "", sign: int = 0
) -> Estimate:
    """The effect of a contrast from numerator and denominator of each option it needs."""
    sign = sign or contrast.sign
    complete = _complete([values[name] for name in contrast.options])
    parts = {name: (values[name][0][complete], values[name][1][complete])
             for name in contrast.options}  # fmt: skip
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
    there = _interval(contrast, parts, effect, pairs, sign, seed)
    right = _level(parts[contrast.right])[0] if isinstance(contrast.right, str) else contrast.right
    return Estimate(
        name=contrast.name, effect=effect, low=there.low, high=there.high, low90=there.low90,
        high90=there.high90, p=there.p, pairs=n, left_out=int((~complete).sum()),
        method=there.method, correlation=_correlation(contrast, parts),
        sd=float(pairs.std(ddof=1)), share=float(np.mean(signed > 0)),
        ties=float(np.mean(each == 0)), identical=bool((each == 0).all()),
        largest=_largest(each - exact), unit=shown,
        level=_level(parts[contrast.left])[0], reference=right,
    )  # fmt: skip


def _largest(deviation: Array) -> float:
    return math.inf if np.isnan(deviation).any() else float(np.abs(deviation).max())


def _nothing(name: str, n: int, complete: Array, unit: str, problem: str) -> Estimate:
    nan = math.nan
    return Estimate(name, nan, nan, nan, nan, nan, 1.0, n, int((~complete).sum()), "none", nan,
                    nan, nan, nan, False, math.inf, unit, problem=problem)  # fmt: skip


def _complete(pairs: Sequence[Pair]) -> Array:
    there = [np.isfinite(above) & np.isfinite(below) for above, below in pairs]
    return np.asarray(np.all(there, axis=0))


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
    found = _each_of_two(contrast.effect, parts, contrast.left, contrast.right)
    return (
        found - _each_of_two(contrast.effect, parts, *contrast.beyond) if contrast.beyond else found
    )


def _each_of_two(kind: str, parts: Mapping[str, Pair], left: str, right: str | float) -> Array:
    first = _ratios(parts[left])
    second = _ratios(parts[right]) if isinstance(right, str) else np.full(len(first), right)
    same = (first == second) | (np.isnan(first) & np.isnan(second))
    with np.errstate(divide="ignore", invalid="ignore"):
        found = first / second - 1 if kind == "relative" else first - second
    return np.where(same, 0.0, found)


def _ratios(pair: Pair) -> Array:
    above, below = pair
    empty = np.full(len(above), np.nan)
    return np.asarray(np.divide(above, below, out=empty, where=below != 0))


def _correlation(contrast: Contrast, parts: Mapping[str, Pair]) -> float:
    if not isinstance(contrast.right, str):
        return math.nan
    first, second = (_level(parts[name])[1] for name in (contrast.left, contrast.right))
    return statistics.correlation(first, second)


class Interval(NamedTuple):
    """99% and 90% interval, one-sided p towards the sign, and how they were made."""

    low: float
    high: float
    low90: float
    high90: float
    p: float
    method: str


def _interval(
    contrast: Contrast, parts: Mapping[str, Pair], effect: float, pairs: Array, sign: int, seed: int
) -> Interval:
    n, towards = len(pairs), sign or (1 if effect >= 0 else -1)
    if np.ptp(pairs) <= 1e-12 * abs(effect):
        p = 0.0 if effect * towards > 0 else 1.0
        return Interval(effect, effect, effect, effect, p, "constant")
    if _binary(contrast, parts):
        return _mcnemar(parts[contrast.left][0], parts[str(contrast.right)][0], towards)
    error = float(pairs.std(ddof=1)) / math.sqrt(n)
    tail, _ = statistics.tail_share(pairs - effect)
    wide, narrow = (float(stats.t.ppf((1 + level) / 2, n - 1)) for level in (LEVEL, TOST_LEVEL))
    stretch, method = 1.0, "t"
    if n < FEWEST_FOR_T or tail > HEAVY_TAIL:
        # 2,000 resamples show no p below 0.0005, which Holm needs: beyond them the t distribution
        # goes on, stretched as the bootstrap stretches its 99% interval.
        of_t, method = wide, "bootstrap"
        wide, narrow = (_bootstrap(pairs, level, contrast.name, seed) / error
                        for level in (LEVEL, TOST_LEVEL))  # fmt: skip
        stretch = max(1.0, wide / of_t)
    p = 1.0 if math.isinf(stretch) else float(stats.t.sf(towards * effect / error / stretch, n - 1))
    wide, narrow = wide * error, narrow * error
    return Interval(effect - wide, effect + wide, effect - narrow, effect + narrow, p, method)


def _bootstrap(pairs: Array, level: float, name: str, seed: int) -> float:
    found = statistics.mean_errors(pairs[:, None], seed=seed, name=name, level=level)
    return float(found.error[0])


def _binary(contrast: Contrast, parts: Mapping[str, Pair]) -> bool:
    """Whether this is a difference of two proportions of replicates."""
    if contrast.effect != "difference" or contrast.beyond or not isinstance(contrast.right, str):
        return False
    return all(np.isin(above, (0, 1)).all() and (below == 1).all()
               for above, below in (parts[contrast.left], parts[contrast.right]))  # fmt: skip


def _mcnemar(left: Array, right: Array, towards: int) -> Interval:
    """Exact one-sided McNemar; intervals of Agresti and Min 2005 (half a pair in each cell)."""
    won, lost = int(((left == 1) & (right == 0)).sum()), int(((left == 0) & (right == 1)).sum())
    p = float(stats.binom.sf((won if towards > 0 else lost) - 1, won + lost, 0.5))
    size = len(left) + 2
    middle = (won - lost) / size
    error = math.sqrt(won + lost + 1 - (won - lost) ** 2 / size) / size
    wide, narrow = (float(stats.norm.ppf((1 + level) / 2)) * error for level in (LEVEL, TOST_LEVEL))
    return Interval(middle - wide, middle + wide, middle - narrow, middle + narrow, p, "McNemar")
