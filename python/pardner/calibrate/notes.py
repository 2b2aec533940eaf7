# SPDX-License-Identifier: Apache-2.0
"""Sentences on what the log cannot tell, or told only after a repair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .targets import yearly_season

if TYPE_CHECKING:
    from .fit import Fit

NEVER_IN_A_LOG = (
    "costs, working hours and pay plans: a sales log holds none; the scenario's values stand",
    "partners: the log does not say who else sold or helped; partner parameters stay assumed",
    "why deals were lost: to a rival or to no decision; only won and not won are told apart",
    "needs that nobody saw: an opportunity exists in the log only if somebody entered it",
    "cause and effect: an agent who wins more may have better accounts",
)


def notes_of(fit: Fit) -> list[str]:
    """Return what this log cannot tell, one sentence each, the general ones last."""
    found = fit.estimate
    notes = [*_cohort_notes(fit), *_cycle_notes(fit)]
    if (undated := fit.log.defects.get("open without an engage date", 0)) > 0:
        notes.append(f"{undated} open opportunities have no engage date: they count as not yet "
                     "engaged and enter no rate")  # fmt: skip
    weak = [f.key for f in fit.figures.values() if f.data_share < 0.5]
    if weak:
        notes.append("decided more by the default than by your data: " + ", ".join(weak))
    notes.append(f"season of the year: {yearly_season(found.window)}")
    return [*notes, *NEVER_IN_A_LOG]


def _cohort_notes(fit: Fit) -> list[str]:
    found = fit.estimate
    if found.young_open_missing:
        return [
            "young open opportunities: of those opened less than a longest cycle before the end "
            f"far more are decided than the older ones allow ({found.surprise:.0f} standard "
            "errors); the log seems to keep decided opportunities and to lack recent open ones. "
            "Cycle and win rate are therefore fitted to decided opportunities (double "
            "truncation), openings and the undecided share to complete cohorts"
        ]
    if found.surprise is None:
        return ["whether recent open opportunities are missing from the log: it is too short to "
                "check; if they are, cycles come out too short"]  # fmt: skip
    return []


def _cycle_notes(fit: Fit) -> list[str]:
    found, cycle = fit.estimate, fit.estimate.cycle
    if not cycle.identified:
        return ["a cycle within the quarter: the log does not cover each month of a quarter"]
    if not cycle.significant:
        return [f"a cycle within the quarter: none seen (p = {cycle.p_value:.2g})"]
    by = cycle.by_position
    last, others = by.loc[2], by.loc[[0, 1]]
    text = (
        f"why the win share of decided opportunities is {last.low:.2f} to {last.high:.2f} in the "
        f"last month of a quarter and {others.low.min():.2f} to {others.high.max():.2f} in the "
        f"others, with {last.per_month:.0f} decisions a month against "
        f"{others.per_month.mean():.0f}: it is a target for mechanisms, nothing was fitted to it"
    )
    if found.used != found.window:
        text += f"; so that the cycle averages out, whole quarters were fitted ({found.used})"
    return [text]
