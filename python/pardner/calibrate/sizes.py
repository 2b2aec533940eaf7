# SPDX-License-Identifier: Apache-2.0
"""Deal sizes by product: lognormal around the list price, partially pooled across products."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

PRIOR_SPREADS = 4.0  # weight of the pooled spread, in deals
PRIOR_SIGMA = 0.6  # log-sd of a deal's size before any data (feasibility.md, section 2)
# Half-normal scale of the spread between products' means [log]: of value / price, of value
BETWEEN_PRICED, BETWEEN_UNPRICED = 0.2, 2.0


@dataclass(frozen=True)
class Sizes:
    """Posterior draws per product; each array has shape (draws,).

    log_ratio: mean of log(value / price), the price being 1 where no list price is known.
    sigma: its standard deviation. n: won deals with a value.
    """

    log_ratio: dict[str, np.ndarray]
    sigma: dict[str, np.ndarray]
    n: dict[str, int]

    def mean(self, product: str, price: float) -> np.ndarray:
        """Draws of the mean value [currency units] of a won deal."""
        return price * np.exp(self.log_ratio[product] + self.sigma[product] ** 2 / 2)


def log_ratios(won: pd.DataFrame, products: list[str], prices: dict[str, float]) -> dict:
    """Return product -> log(value / price) of its won deals that have a value."""
    valued = won[won["value"] > 0]
    return {
        p: np.log(valued.loc[valued["product"] == p, "value"].to_numpy() / prices.get(p, 1.0))
        for p in products
    }


def fit_sizes(ratios: dict[str, np.ndarray], priced: bool, rng, draws: int) -> Sizes:
    """Return sizes from `log_ratios`.

    Spreads: scaled inverse chi-square, drawn towards the pooled spread. Means: normal around a
    common mean whose own value and spread are summed out; `priced` says that the ratios are to
    list prices, so that products are alike.
    """
    n = {p: len(y) for p, y in ratios.items()}
    within = sum(((y - y.mean()) ** 2).sum() for y in ratios.values() if len(y))
    freedom = sum(max(len(y) - 1, 0) for y in ratios.values())
    pooled = (within + PRIOR_SPREADS * PRIOR_SIGMA**2 / 4) / (freedom + PRIOR_SPREADS / 4)
    scale = BETWEEN_PRICED if priced else BETWEEN_UNPRICED
    centre, between = _population(ratios, pooled, scale, rng, draws)
    means, sigmas = {}, {}
    for product, y in ratios.items():
        squares = ((y - y.mean()) ** 2).sum() if len(y) else 0.0
        nu = PRIOR_SPREADS + max(len(y) - 1, 0)
        sigma2 = (PRIOR_SPREADS * pooled + squares) / rng.chisquare(nu, draws)
        precision = len(y) / sigma2 + 1.0 / between
        mean = (y.sum() / sigma2 + centre / between) / precision
        means[product] = mean + rng.normal(size=draws) / np.sqrt(precision)
        sigmas[product] = np.sqrt(sigma2)
    return Sizes(means, sigmas, n)


def _population(ratios: dict[str, np.ndarray], pooled: float, scale: float, rng, draws: int):
    """Return draws of the common mean and of the variance between products; shapes (draws,).

    The spread between products is summed over a grid, with the common mean integrated out.
    """
    groups = [y for y in ratios.values() if len(y)] or [np.zeros(1)]
    means = np.array([y.mean() for y in groups])[:, None]
    spread = scale * np.linspace(0.005, 4.0, 200)
    variance = np.array([pooled / len(y) for y in groups])[:, None] + spread**2
    error = 1.0 / (1.0 / variance).sum(axis=0)
    centre = error * (means / variance).sum(axis=0)
    score = 0.5 * np.log(error) - 0.5 * (spread / scale) ** 2
    score -= 0.5 * (np.log(variance) + (means - centre) ** 2 / variance).sum(axis=0)
    weight = np.exp(score - score.max())
    k = rng.choice(len(spread), size=draws, p=weight / weight.sum())
    return centre[k] + np.sqrt(error[k]) * rng.normal(size=draws), spread[k] ** 2
