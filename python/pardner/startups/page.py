# SPDX-License-Identifier: Apache-2.0
"""The page docs/validation/startups.md: survival and rounds of simulated startups, with sources."""

from __future__ import annotations

import argparse
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..command_line import count
from ..scenario import Packaged
from .cohorts import cohort_table
from .lives import lives, watch
from .survival import BLS, WEEKS, YEARS, survival

if TYPE_CHECKING:
    import pandas as pd

BATCH = 5  # futures held in memory at a time
ALLOWED = 0.02  # SC20: largest difference of a share


def simulated(replicates: int, seed: int, every: int = 2) -> pd.DataFrame:
    """Startups of the packaged scenario `startups`, other ones in each future, a batch at a time."""
    import pandas as pd

    scenario = Packaged()["startups"].with_({"run.vary": "chance+population"})
    parts = []
    for first in range(0, replicates, BATCH):
        some = min(BATCH, replicates - first)
        parts.append(
            lives(watch(scenario, replicates=some, seed=seed, first=first, every=every).agents)
        )
    return pd.concat(parts, ignore_index=True)


def page(lives: pd.DataFrame, command: str) -> str:
    """The page as Markdown. lives: startups of one option, several futures of 7 years at least."""
    futures = lives["replicate"].nunique()
    lines = [
        "# Startups: survival and rounds beside their sources", "",
        f"Written by `{command}`; do not edit.", "",
        f"{len(lives)} startups in {futures} futures of the packaged scenario `startups`, other "
        "startups in each (`run.vary = \"chance+population\"`). ± is the "
        "half width of the 95% interval over futures: the error of the simulation, not of the model. "
        "Where defaults were calibrated to a figure, agreement shows that they were, and no more; "
        "figures marked *free* were not used.", "",
        "## Survival (SC20: 569,419 US establishments of March 1994, BLS)", "",
        f"Asked: within {100 * ALLOWED:.0f} points of each year, and a hazard that falls. Calibrated.", "",
        "| year | alive | ± | BLS | difference, points | | closed or bought in the year | BLS |",
        "|---|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    lines += _years(survival(lives, YEARS))
    lines += ["", _hazards(survival(lives, YEARS))]
    lines += [
        "", "## Venture cohorts (SC21, SC22)", "",
        "Rounds are dated to two weeks. *inside*: the interval meets the source's range. The cohort of SC21 "
        "was 6 to 7 years old and tracked by a provider of share registers, so startups that never "
        "raised are fewer in it than among all that are founded.", "",
        "| figure | model | ± | source | | used | from |", "|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    lines += [_figure(row) for row in cohort_table(lives).itertuples()]
    return "\n".join(lines) + "\n"


def _years(table: pd.DataFrame) -> list[str]:
    rows, before, before_bls = [], 1.0, 1.0
    for row in table.itertuples():
        year = round(row.week / WEEKS)
        if year == 0:
            continue
        off = row.value - BLS[year]
        rows.append(
            f"| {year} | {row.value:.1%} | {_error(100 * row.error)} | {BLS[year]:.1%} | {100 * off:+.1f} | "
            f"{'inside' if abs(off) <= ALLOWED else '**outside**'} | {1 - row.value / before:.1%} | "
            f"{1 - BLS[year] / before_bls:.1%} |"
        )
        before, before_bls = row.value, BLS[year]
    return rows


def _hazards(table: pd.DataFrame) -> str:
    """Whether the hazard falls as the field's does, in a sentence."""
    alive = table["value"].to_numpy()
    falls = [1 - late / early for early, late in pairwise(alive)]
    field = [1 - late / early for early, late in pairwise(BLS[: alive.size])]
    half = len(falls) // 2

    def rises(hazards: list[float]) -> str:
        years = [str(i + 2) for i, (one, two) in enumerate(pairwise(hazards)) if two > one]
        return f"rises in year {', '.join(years)}" if years else "never rises"

    def late_over_early(hazards: list[float]) -> float:
        early = float(np.mean(hazards[:half]))
        return float(np.mean(hazards[half:])) / early if early > 0 else np.nan

    return (
        f"The mean hazard after year {half} is {late_over_early(falls):.2f} of that before it (BLS "
        f"{late_over_early(field):.2f}). From one year to the next it {rises(falls)}; that of "
        f"BLS {rises(field)}."
    )


def _error(value: float) -> str:
    return f"{value:.1f}" if np.isfinite(value) else ""


def _figure(row: Any) -> str:
    share = row.unit == "share"

    def told(value: float) -> str:
        return "" if not np.isfinite(value) else f"{value:.1%}" if share else f"{value:.0f} days"

    asked = told(row.low) if row.low == row.high else f"{told(row.low)} to {told(row.high)}"
    return (
        f"| {row.figure} | {told(row.model)} | {_error(row.error * (100 if share else 1))} | {asked} | "
        f"{'inside' if row.inside else '**outside**'} | {'calibrated' if row.calibrated else 'free'} | "
        f"{row.source} |"
    )


def main(argv: list[str]) -> int:
    """`python -m pardner.startups [--futures N] [--seed S] [-o FILE]`; exit code 0."""
    parser = argparse.ArgumentParser(prog="python -m pardner.startups", description=__doc__)
    parser.add_argument("--futures", type=count, default=40, help="futures of 200 startups (40)")
    parser.add_argument("--seed", type=count, default=2026, help="other luck than tests use (2026)")
    parser.add_argument("-o", "--output", type=Path, help="file; without it the page is printed")
    given = parser.parse_args(argv)
    command = f"python -m pardner.startups --futures {given.futures} --seed {given.seed} -o docs/validation/startups.md"
    text = page(simulated(given.futures, given.seed), command)
    if given.output is None:
        print(text, end="")
    else:
        given.output.write_text(text, "utf-8")
    return 0
