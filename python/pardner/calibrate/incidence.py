# SPDX-License-Identifier: Apache-2.0
"""How an opportunity ends, by age: won and lost as competing risks, from watched spells.

`risk_sets` gives each age bin and each cause a constant hazard with a Gamma prior; events and
watched time make the posterior. Delayed entry and censoring need nothing more: an opportunity
counts at an age only while it was watched at that age.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .window import LOST, WON, Spells

# Ages [days] at which the hazards may change; fixed, because edges taken from the data would
# sit on the events themselves and bias small logs.
EDGES = np.array(
    [0, 7, 14, 21, 28, 42, 56, 70, 84, 98, 112, 126, 140, 168, 196, 252, 308, 364, 455, 546, 728,
     1092.0]
)  # fmt: skip
# Pseudo-decisions per bin and both causes together: about 2 over the ages where deals end.
PRIOR_EVENTS = 0.25
LONGEST = 1092  # days


@dataclass(frozen=True)
class Incidence:
    """Posterior draws of the share of opportunities won and lost up to each age.

    ages: days, shape (k,), from 0. won, lost: shape (draws, k), rising, won + lost <= 1.
    method: how it was found, for tables.
    """

    ages: np.ndarray
    won: np.ndarray
    lost: np.ndarray
    method: str

    def win_rate(self) -> np.ndarray:
        """Share won of those ever decided; shape (draws,)."""
        return self.won[:, -1] / (self.won[:, -1] + self.lost[:, -1])

    def won_share(self) -> np.ndarray:
        """Share won of all opened; shape (draws,)."""
        return self.won[:, -1]

    def undecided(self) -> np.ndarray:
        """Share never decided within the ages covered; shape (draws,)."""
        return 1.0 - self.won[:, -1] - self.lost[:, -1]

    def curve(self, cause: int | None = None) -> np.ndarray:
        """Share ended up to each age: by WON or LOST, by either if None; shape (draws, k)."""
        return {WON: self.won, LOST: self.lost, None: self.won + self.lost}[cause]

    def median(self, cause: int | None = None) -> np.ndarray:
        """Median age [days] at the end, of those that end so; shape (draws,)."""
        curve = self.curve(cause)
        half = curve[:, -1:] / 2.0
        k = np.clip((curve < half).sum(axis=1), 1, curve.shape[1] - 1)
        rows = np.arange(len(curve))
        low, high = curve[rows, k - 1], curve[rows, k]
        part = (half[:, 0] - low) / np.maximum(high - low, 1e-12)
        return self.ages[k - 1] + part * (self.ages[k] - self.ages[k - 1])

    def mean_sd(self) -> tuple[np.ndarray, np.ndarray]:
        """Mean and standard deviation [days] of the age at decision; shapes (draws,)."""
        steps = np.diff(self.curve(), axis=1)
        weight = steps / np.maximum(steps.sum(axis=1, keepdims=True), 1e-12)
        middle = (self.ages[1:] + self.ages[:-1]) / 2.0
        mean = weight @ middle
        return mean, np.sqrt(np.maximum(weight @ middle**2 - mean**2, 0.0))


def counts(spells: Spells) -> tuple[np.ndarray, np.ndarray]:
    """Return events (2, bins) by cause and watched days (bins,) per age bin of EDGES."""
    low, high = EDGES[:-1], EDGES[1:]
    watched = np.minimum(spells.exit[:, None], high) - np.maximum(spells.entry[:, None], low)
    at = np.searchsorted(EDGES, spells.exit, side="left") - 1
    inside = spells.exit <= EDGES[-1]
    events = [
        np.bincount(at[inside & (spells.cause == c)], minlength=len(low)) for c in (WON, LOST)
    ]
    return np.array(events, float), np.clip(watched, 0.0, None).sum(axis=0)


def risk_sets(
    spells: Spells, rng: np.random.Generator, draws: int, prior_win_rate: float
) -> Incidence:
    """Return the posterior from hazards per age bin; ages in weeks up to the oldest watched.

    Each bin's prior is centred on the log's own overall hazard, split by `prior_win_rate`
    (0 to 1): bins without data borrow from the others, as small logs need.
    """
    events, watched = counts(spells)
    overall = (events.sum() + 0.5) / (watched.sum() + 30.0)
    split = np.array([prior_win_rate, 1.0 - prior_win_rate])[:, None]
    shape = events + PRIOR_EVENTS * split
    rate = watched + PRIOR_EVENTS / overall
    hazard = rng.gamma(np.broadcast_to(shape, (draws, *shape.shape))) / rate
    oldest = min(max(spells.exit.max(initial=28.0), 28.0), LONGEST)
    ages = np.arange(0.0, oldest + 7.0, 7.0)
    bin_of_week = np.searchsorted(EDGES, ages[1:] - 3.5, side="left") - 1
    weekly = hazard[:, :, np.minimum(bin_of_week, len(EDGES) - 2)] * 7.0
    both = weekly.sum(axis=1)
    left = np.exp(-np.cumsum(both, axis=1))
    ended = np.concatenate([np.ones((draws, 1)), left[:, :-1]], axis=1) - left
    by_cause = ended[:, None, :] * weekly / np.maximum(both, 1e-300)[:, None, :]
    curves = np.concatenate([np.zeros((draws, 2, 1)), np.cumsum(by_cause, axis=2)], axis=2)
    return Incidence(ages, curves[:, 0], curves[:, 1], "competing hazards by age, delayed entry")


def expected_decided(incidence: Incidence, entry: np.ndarray, age: np.ndarray):
    """Return mean and standard deviation of the number decided by `age` of those at `entry`.

    entry, age: days, one shape (n,). The deviation holds chance and what is unknown of the
    incidence.
    """
    totals, chance = [], []
    for curve in incidence.curve():
        at_entry = np.interp(entry, incidence.ages, curve)
        ended = np.interp(age, incidence.ages, curve) - at_entry
        p = np.clip(ended / np.maximum(1.0 - at_entry, 1e-9), 0.0, 1.0)
        totals.append(p.sum())
        chance.append((p * (1.0 - p)).sum())
    return float(np.mean(totals)), float(np.sqrt(np.mean(chance) + np.var(totals)))
