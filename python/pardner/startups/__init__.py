# SPDX-License-Identifier: Apache-2.0
"""Startups in simulation results: who survives, with and without partners, and how one lived.

    from pardner import startups

    run = startups.watch([with_partners, without], replicates=6)   # all startups, every 4 weeks
    lives = startups.lives(run.agents)                             # a row per startup
    startups.survival(lives, startups.YEARS)                       # shares alive with intervals
    startups.gaps(lives, [260], "with", "without")                 # naive beside paired
    startups.plot_survival(...), startups.plot_life(startups.life(run.agents, 17))
    startups.grid(scenario, x=(key, values), y=(key, values), replicates=4)

`python -m pardner.startups -o docs/validation/startups.md` posts survival and rounds beside their
sources. Pictures need matplotlib (the extra `plot`).
"""

from typing import Any

from .cohorts import COHORT, Source, cohort_table
from .grid import decisions, grid
from .life import Life, life, most_eventful
from .lives import ROUNDS, lives, watch
from .survival import BLS, LANDMARK, YEARS, gaps, kaplan_meier, survival

PICTURES = ("plot_gaps", "plot_life", "plot_map", "plot_maps", "plot_survival")


def __getattr__(name: str) -> Any:
    """The pictures, loaded when first used: they need matplotlib."""
    if name in PICTURES:
        from . import plots

        return getattr(plots, name)
    raise AttributeError(f"module 'pardner.startups' has no attribute {name!r}")


__all__ = [
    "BLS", "COHORT", "LANDMARK", "PICTURES", "ROUNDS", "YEARS", "Life", "Source", "cohort_table", "decisions",
    "gaps", "grid", "kaplan_meier", "life", "lives", "most_eventful", "survival", "watch",
]  # fmt: skip
