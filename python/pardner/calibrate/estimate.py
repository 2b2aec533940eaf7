# SPDX-License-Identifier: Apache-2.0
"""The estimates behind the figures: window, cohorts, incidence, arrivals, sizes.

Kept apart from `fit`, because the held-out forecast runs exactly these on the older part of
the log.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from . import arrivals, decided_only, incidence, sizes, targets
from .defaults import DEFAULTS
from .incidence import Incidence
from .window import Spells, Window, spells, whole_quarters


@dataclass(frozen=True)
class Estimate:
    """What was found in `window`.

    used: the part of the window that was fitted (whole quarters if the log has a quarter cycle).
    surprise: standard errors by which young cohorts are too decided, None if it cannot be told.
    opened: draws of openings per week, from `weekly` counts. products: product per row of the
    table, rare ones joined.
    """

    window: Window
    used: Window
    cycle: targets.QuarterCycle
    spells: Spells
    surprise: float | None
    incidence: Incidence
    weekly: np.ndarray
    opened: np.ndarray
    products: pd.Series
    sizes: sizes.Sizes
    ratios: dict[str, np.ndarray]

    @property
    def young_open_missing(self) -> bool:
        """Whether the log seems to lack recently opened opportunities that are still open."""
        return self.surprise is not None and self.surprise > decided_only.SURPRISE


def estimate(
    table: pd.DataFrame, prices: dict[str, float], window: Window, rng, draws: int
) -> Estimate:
    """Return the estimates from a clean `table` (log.Log.table) whose decisions `window` holds."""
    cycle = targets.quarter_cycle(table, window)
    used = (whole_quarters(window) if cycle.significant else None) or window
    watched = spells(table, used)
    surprise = decided_only.recent_surprise(watched, used, rng)
    start, end = used.days
    if surprise is not None and surprise > decided_only.SURPRISE:
        found = decided_only.decided_only(watched, used, rng, draws)
        end -= decided_only.longest_cycle(watched)
    else:
        found = incidence.risk_sets(watched, rng, draws, DEFAULTS["win_rate"].value)
    weekly = arrivals.weekly_openings(watched, start, end)
    products = arrivals.main_products(table)
    names = list(products.value_counts().index)
    won = table[(table["stage"] == "won") & (table["closed"] <= window.end)]
    ratios = sizes.log_ratios(won.assign(product=products[won.index]), names, prices)
    priced = all(name in prices for name in names)
    return Estimate(
        window, used, cycle, watched, surprise, found, weekly,
        arrivals.rate(weekly, rng, draws), products,
        sizes.fit_sizes(ratios, priced, rng, draws), ratios,
    )  # fmt: skip


def value_per_win(found: Estimate, prices: dict[str, float], table: pd.DataFrame, rng, draws: int):
    """Return draws of the mean value of a won deal over the mix of won products; (draws,)."""
    won = found.products[table["stage"] == "won"].value_counts()
    names = list(won.index)
    mix = arrivals.shares(won.to_numpy(), rng, draws)
    means = np.stack([found.sizes.mean(p, prices.get(p, 1.0)) for p in names], axis=1)
    return (mix * means).sum(axis=1)
