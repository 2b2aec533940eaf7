# SPDX-License-Identifier: Apache-2.0
"""Ages at decision when the log's open opportunities cannot be trusted.

Some logs keep decided opportunities but not the young open ones. Then the watched time at young
ages is too short and hazards come out too high. Decided opportunities alone still tell the
shape, if each is weighed by the chance that its whole age fell into the window: the
Efron-Petrosian estimator for double truncation. The share never decided comes from cohorts old
enough to be complete.
"""

from __future__ import annotations

import numpy as np

from .incidence import Incidence, expected_decided, risk_sets
from .window import LOST, OPEN, WON, Spells, Window

SURPRISE = 4.0  # standard errors by which recent cohorts must be too decided
FEWEST_MATURE_WEEKS = 13
DRAWS = 200  # fewer for large logs, whose draws hardly differ


def longest_cycle(spells: Spells) -> float:
    """Return the age [days] by which nearly all decisions of the log had fallen (97.5%)."""
    ages = spells.exit[spells.decided]
    return float(np.quantile(ages, 0.975)) if len(ages) else 0.0


def recent_surprise(spells: Spells, window: Window, rng: np.random.Generator) -> float | None:
    """Return by how many standard errors the recent cohorts have more decisions than they should.

    Recent: opened less than a longest cycle before the window's end. Expected: from the hazards
    of the older cohorts. None if the older cohorts span under 13 weeks or hold too few decisions.
    """
    _, end = window.days
    recent = spells.opened > end - longest_cycle(spells)
    mature_weeks = window.weeks - longest_cycle(spells) / 7.0
    if mature_weeks < FEWEST_MATURE_WEEKS or spells.where(~recent).decided.sum() < 50:
        return None
    older = risk_sets(spells.where(~recent), rng, 200, 0.5)
    young = spells.where(recent)
    expected, error = expected_decided(older, young.entry, end + 0.5 - young.opened)
    return float((young.decided.sum() - expected) / max(error, 1e-9))


def mature(spells: Spells, window: Window) -> Spells:
    """Return the cohorts opened inside the window and a longest cycle before its end."""
    start, end = window.days
    old = spells.opened <= end - longest_cycle(spells)
    return spells.where(old & (spells.opened >= start))


def decided_only(spells: Spells, window: Window, rng: np.random.Generator, draws: int) -> Incidence:
    """Return the posterior (Bayesian bootstrap over decided opportunities) of the incidence.

    The share never decided: Beta posterior over the mature cohorts. Ages in days.
    """
    done = spells.where(spells.decided)
    age = np.round(done.exit).astype(int)
    n_ages = int(age.max()) + 1
    first = np.clip(np.round(done.entry), 0, None).astype(int)
    last = np.minimum(window.days[1] - done.opened, n_ages - 1).astype(int)
    first, last = np.minimum(first, age), np.maximum(last, age)
    old = mature(spells, window)
    ended = rng.beta(old.decided.sum() + 1.0, (old.cause == OPEN).sum() + 0.5, draws)
    curves = np.zeros((draws, 2, n_ages + 1))
    made = min(draws, max(40, min(DRAWS, DRAWS * 20_000 // len(age))))
    for k in range(made):
        weight = rng.exponential(size=len(age))
        weight *= _weights(weight, age, first, last, n_ages)
        for cause in (WON, LOST):
            chosen = done.cause == cause
            mass = np.bincount(age[chosen], weight[chosen], minlength=n_ages)
            curves[k, cause, 1:] = np.cumsum(mass)
        curves[k] /= curves[k, :, -1].sum()
    curves = curves[np.arange(draws) % made] * ended[:, None, None]
    ages = np.concatenate([[0.0], np.arange(n_ages) + 0.5])
    return Incidence(ages, curves[:, 0], curves[:, 1], "decided opportunities, double truncation")


def _weights(mass, age, first, last, n_ages: int) -> np.ndarray:
    """Return 1 / (chance of being seen) at each opportunity's age, up to a common factor.

    mass: weight per opportunity. The fixed point f = N / J[f] of Efron and Petrosian (1999),
    J(a) = sum over opportunities that could have been seen at age a of 1 / F(their window).
    """
    events = np.bincount(age, mass, minlength=n_ages)
    f = events / events.sum()
    for _ in range(500):
        total = np.concatenate([[0.0], np.cumsum(f)])
        share = mass / np.maximum(total[last + 1] - total[first], 1e-12)
        steps = np.bincount(first, share, minlength=n_ages + 1)
        steps -= np.bincount(last + 1, share, minlength=n_ages + 1)
        seen = np.cumsum(steps)[:n_ages]
        new = np.where(events > 0, events / np.maximum(seen, 1e-12), 0.0)
        new /= new.sum()
        done = np.abs(new - f).max() < 1e-7
        f = new
        if done:
            break
    return (f / np.maximum(events, 1e-300))[age]
