# SPDX-License-Identifier: Apache-2.0
"""The last step of a calibration: parameters that no log shows, set so that the scenario as a whole
brings forth what the log shows.

Three parameters for three facts, by simulation at central values:

    choice.base            <- share of opened opportunities that are won
    choice.rival_strength  <- share decided and lost (the rest bought nothing)
    effort.scale_hours     <- mean value of a won deal: how strongly hours follow value

The shares answer to logits, so each round shifts the two utilities by the difference of log-odds
against "nothing bought"; the scale of hours is bisected around that.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .rows import Fixed

ROUNDS = 5
SCALES = (0.01, 4.0)  # hours a week; the lower end means that hours hardly matter


@dataclass(frozen=True)
class Target:
    """What the log shows: shares of opened opportunities (the rest: nothing bought), and money."""

    won: float
    lost: float
    value_per_win: float

    @property
    def none(self) -> float:
        return 1 - self.won - self.lost


@dataclass(frozen=True)
class Match:
    """Values found and what the scenario then brings forth."""

    base: float
    rival_strength: float
    scale_hours: float
    reached: Target
    runs: int

    def overrides(self) -> list[str]:
        """Return the values as scenario overrides."""
        return [
            f"choice.base={self.base!r}",
            f"choice.rival_strength={self.rival_strength!r}",
            f"effort.scale_hours={self.scale_hours!r}",
        ]


# Runs the scenario with these overrides; totals over replicates of these outcomes.
Simulate = Callable[[list[str]], Mapping[str, float]]


def shares(totals: Mapping[str, float], money_per_unit: float) -> Target:
    """Return the shares and the value per win that totals of a run show."""
    touched = max(totals["decided"] - totals["untouched"], 1.0)
    return Target(
        won=totals["won"] / touched,
        lost=(totals["lost"] - totals["no_decision"]) / touched,
        value_per_win=totals["bookings_acv"] / money_per_unit / max(totals["won"], 1.0),
    )


def match(simulate: Simulate, target: Target, money_per_unit: float) -> Match:
    """Find the three parameters.

    simulate: runs the scenario with overrides, returns totals of decided, untouched, won, lost,
        no_decision, bookings_acv (minor units). money_per_unit: minor units per unit of currency.
    """
    runs = 0
    base, rival = 0.0, 0.0

    def shifted(scale: float, base: float, rival: float) -> tuple[float, float, Target]:
        nonlocal runs
        for _ in range(ROUNDS):
            totals = simulate(Match(base, rival, scale, target, 0).overrides())
            runs += 1
            seen = shares(totals, money_per_unit)
            step_base = _odds(target.won, target.none) - _odds(seen.won, seen.none)
            step_rival = _odds(target.lost, target.none) - _odds(seen.lost, seen.none)
            if max(abs(step_base), abs(step_rival)) < 0.01:
                break
            base, rival = base + step_base, rival + step_rival
        return base, rival, seen

    low, high = (math.log(scale) for scale in SCALES)
    for _ in range(7):
        middle = (low + high) / 2
        base, rival, seen = shifted(math.exp(middle), base, rival)
        if seen.value_per_win > target.value_per_win:
            high = middle  # hours follow value too much: let fewer hours do
        else:
            low = middle
    scale = math.exp((low + high) / 2)
    base, rival, seen = shifted(scale, base, rival)
    return Match(_round(base), _round(rival), float(f"{scale:.3g}"), seen, runs)


def _odds(a: float, b: float) -> float:
    return math.log(max(a, 1e-6) / max(b, 1e-6))


def _round(x: float) -> float:
    return round(x, 4)


def match_scenario(text: str, target: Target, *, replicates: int = 4, seed: int = 1) -> Match:
    """Match the scenario of this TOML text; luck varies, inputs stay at their central values."""
    from .. import _core

    fixed = ['run.vary="chance"', "run.weeks=104"]
    plain = _core.Scenario.parse(text, "calibrated", fixed)
    digits = {"JPY": 0, "KRW": 0}.get(plain.currency, 2)

    def simulate(overrides: list[str]) -> dict[str, float]:
        scenario = plain.with_overrides(overrides)
        results = _core.run(scenario, replicates=replicates, seed=seed)
        return {name: float(found["values"].sum()) for name, found in results.outcomes.items()}

    return match(simulate, target, 10.0**digits)


def rows_of(found: Match, target: Target) -> list[Fixed]:
    """Return the matched parameters as lines of a scenario."""
    how = (
        f"matched by simulation: {found.reached.won:.3f} won, {found.reached.lost:.3f} lost of "
        f"opened (log: {target.won:.3f}, {target.lost:.3f})"
    )
    value = (
        f"matched by simulation: {found.reached.value_per_win:.0f} per won deal (log: "
        f"{target.value_per_win:.0f}); how much hours matter can't be told from a log"
    )
    scale = found.scale_hours
    return [
        Fixed(
            "choice.base", found.base, how, found.base - 0.2, found.base + 0.2, "measured", False
        ),
        Fixed(
            "choice.rival_strength",
            found.rival_strength,
            how,
            found.rival_strength - 0.2,
            found.rival_strength + 0.2,
            "measured",
            False,
        ),
        Fixed("effort.scale_hours", scale, value, scale, max(4 * scale, 0.5), "guess", False),
    ]
