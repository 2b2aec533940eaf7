# SPDX-License-Identifier: Apache-2.0
"""One fitted number with its uncertainty, and who decided it: the data or the default."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from .defaults import Default, default_of


@dataclass(frozen=True)
class Figure:
    """A fitted number.

    value: posterior median. low, high: 10% and 90% values. unit: in words. n: observations
    behind it. method: how it was found. data_share: 0 if the default decided it, 1 if the data
    did (1 - squared ratio of the widths after and before the data). draws: posterior draws,
    None for a count that is known exactly.
    """

    key: str
    value: float
    low: float
    high: float
    unit: str
    n: int
    method: str
    data_share: float
    default: Default
    draws: np.ndarray | None = field(default=None, repr=False, compare=False)

    def interval(self, level: float = 0.9) -> tuple[float, float]:
        """Return the central interval that holds `level` of the draws."""
        if self.draws is None:
            return self.low, self.high
        tail = (1.0 - level) / 2.0
        return tuple(float(q) for q in np.quantile(self.draws, [tail, 1.0 - tail]))


def figure(key: str, draws, unit: str, n: int, method: str) -> Figure:
    """Return the figure `key` from posterior `draws` (n_draws,); a plain number is exact."""
    default = default_of(key)
    if np.ndim(draws) == 0:
        value = float(draws)
        return Figure(key, value, value, value, unit, int(n), method, 1.0, default)
    low, value, high = (float(q) for q in np.quantile(draws, [0.1, 0.5, 0.9]))
    share = _data_share(low, high, default)
    return Figure(key, value, low, high, unit, int(n), method, share, default, np.asarray(draws))


def _data_share(low: float, high: float, default: Default) -> float:
    if math.isnan(default.value):
        return 1.0
    scale = {
        "log": lambda x: math.log(max(x, 1e-9)),
        "logit": lambda x: math.log(max(x, 1e-9) / max(1.0 - x, 1e-9)),
        "none": lambda x: x,
    }[default.scale]
    after, before = scale(high) - scale(low), scale(default.high) - scale(default.low)
    return min(max(1.0 - (after / before) ** 2, 0.0), 1.0)
