# SPDX-License-Identifier: Apache-2.0
"""How much units of one kind differ: agents' odds of winning, accounts' rates of need.

Each unit i has a trait t_i ~ normal(mu, sigma^2) and a count that depends on it. The posterior
of (mu, sigma) is computed on a grid, with the traits summed out on a second grid: exact up to
the grid, no sampler to tune, and honest when units are few. sigma has a half-normal prior, mu a
flat one. Units with little data are drawn towards the others (partial pooling).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

SIGMAS = 48
MUS = 41
TRAITS = 801


@dataclass(frozen=True)
class Pooled:
    """Posterior of a population of traits.

    mu, sigma: draws, shape (draws,). traits, errors: posterior mean and standard deviation per
        unit, shape (units,).
    seen: draws of the chance that a unit has at least one event (1 where zeros are listed).
    """

    mu: np.ndarray
    sigma: np.ndarray
    traits: np.ndarray
    errors: np.ndarray
    seen: np.ndarray


def binomial(won, tried, rng, draws: int, scale: float) -> Pooled:
    """Return the log-odds of units that won `won` of `tried`; shapes (units,).

    scale: standard deviation of the half-normal prior of sigma [log-odds].
    """
    won, tried = np.asarray(won, float), np.asarray(tried, float)
    pooled = special.logit((won.sum() + 0.5) / (tried.sum() + 1.0))
    error = 1.0 / np.sqrt(max(tried.sum(), 1.0) * 0.2)
    (won, tried), back, times = np.unique(
        np.stack([won, tried]), axis=1, return_inverse=True, return_counts=True
    )

    def likelihood(t):
        return won[:, None] * -np.logaddexp(0.0, -t) - (tried - won)[:, None] * np.logaddexp(0.0, t)

    return _posterior(likelihood, pooled, error, times, back, None, rng, draws, scale)


def poisson(events, exposure: float, rng, draws: int, scale: float, zeros_listed: bool) -> Pooled:
    """Return the log rates of units with `events` (units,) in `exposure` [any unit of time].

    zeros_listed: units without an event are in `events` too; else each has at least one and the
    likelihood is conditioned on that. scale: as in `binomial`, on the log rate.
    """
    events = np.asarray(events, float)
    pooled = np.log((events.mean() + 0.1) / exposure)
    error = 1.0 / np.sqrt(events.sum() + 1.0)
    events, back, times = np.unique(events, return_inverse=True, return_counts=True)

    def likelihood(t):
        return events[:, None] * t - exposure * np.exp(t)

    empty = None if zeros_listed else lambda t: np.exp(-exposure * np.exp(t))
    return _posterior(likelihood, pooled, error, times, back, empty, rng, draws, scale)


def _posterior(likelihood, pooled, error, times, back, empty, rng, draws, scale) -> Pooled:
    """Integrate on the grids.

    likelihood(t): log-likelihood (distinct, traits) of each distinct datum, which `times` units
    share; back: units -> its row. empty(t): chance of no event, None if such units are listed.
    """
    units = int(times.sum())
    sigma = scale * np.linspace(0.01, 4.0, SIGMAS) ** 1.5 / 2.0
    # without its zeros a population can lie well below the units seen
    down = 4.0 if empty else 1.0
    reach = 5.0 * np.hypot(error, 2.0 * scale / np.sqrt(max(units, 1)))
    mu = pooled + reach * np.linspace(-down, 1.0, MUS * int(down))
    trait = np.linspace(mu[0] - 6 * scale, mu[-1] + 6 * scale, TRAITS)
    logs = likelihood(trait)
    top = logs.max(axis=1, keepdims=True)
    like = np.exp(logs - top)
    grid_mu, grid_sigma = (g.ravel() for g in np.meshgrid(mu, sigma, indexing="ij"))
    z = (trait[:, None] - grid_mu) / np.maximum(grid_sigma, (trait[1] - trait[0]) / 2)
    prior = np.exp(-0.5 * z**2)
    prior /= prior.sum(axis=0)
    marginal = like @ prior
    score = times @ np.log(np.maximum(marginal, 1e-300)) - 0.5 * (grid_sigma / scale) ** 2
    score += np.log(np.gradient(sigma))[np.searchsorted(sigma, grid_sigma)]  # uneven grid
    seen = np.ones(len(grid_mu))
    if empty:
        seen = np.maximum(1.0 - empty(trait) @ prior, 1e-6)
        score -= units * np.log(seen)
    weight = np.exp(score - score.max())
    weight /= weight.sum()
    drawn = rng.choice(len(weight), size=draws, p=weight)
    spread = np.gradient(sigma)[np.searchsorted(sigma, grid_sigma[drawn])]
    jitter = np.abs(grid_sigma[drawn] + spread * rng.uniform(-0.5, 0.5, draws))
    moved = grid_mu[drawn] + (mu[1] - mu[0]) * rng.uniform(-0.5, 0.5, draws)
    first, second = (
        (like * trait**k) @ prior / np.maximum(marginal, 1e-300) @ weight for k in (1, 2)
    )
    errors = np.sqrt(np.maximum(second - first**2, 0.0))
    return Pooled(moved, jitter, first[back.ravel()], errors[back.ravel()], seen[drawn])
