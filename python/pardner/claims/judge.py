# SPDX-License-Identifier: Apache-2.0
"""What is asked of an estimate: lists of failures, empty if it holds (docs/claims.md)."""

from __future__ import annotations

import math
from collections.abc import Mapping

from scipy import stats

from .estimate import Estimate

ALPHA = 0.01  # of directions, over the lane


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
