# SPDX-License-Identifier: Apache-2.0
"""What an answer leaves out: found from what the model does not have yet and from what a scenario
switches off, so that no page claims more than was simulated.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from . import _core

if TYPE_CHECKING:
    from .scenario import Scenario

# Phase of the week that would simulate it -> what is missing while the model has no such phase.
# The names are those of the model's design, so a sentence goes when its phase comes.
NOT_BUILT: Mapping[str, str] = {
    "prospecting": "Salespeople do not create demand: a new one works on needs that come up anyway.",
    "timing": "Nobody pulls deals into a quarter or pushes them out, so there is no quarter-end cycle.",
    "registration": "Partners and the vendor do not clash over accounts; nothing is registered or claimed.",
    "learning": "Nobody learns or forgets: what a partner's sellers know stays as it is.",
    "trust": "No trust, promises or reciprocity between the vendor and its partners.",
    "turnover": "Nobody quits, and nobody is let go.",
    "startups": "No firm changes its strategy, runs out of money or is bought.",
    "incumbents": "Rivals and large vendors do not react.",
    "customers": "Customers have no failed deployments, no complaints and no pull on vendors.",
}  # fmt: skip


def sentences(scenario: Scenario) -> list[str]:
    """Return what the scenario leaves out, a sentence each: first what it switches off."""
    phases = {name for name, _ in _core.describe_model(scenario.model)["phases"]}
    return [*_switched_off(scenario), *(s for phase, s in NOT_BUILT.items() if phase not in phases)]


def _switched_off(scenario: Scenario) -> list[str]:
    found = []
    rows = {row["key"]: row["value"] for row in scenario._core.settings()}
    terms = [value for key, value in rows.items() if key.endswith(".term_weeks")]
    if terms and not any(terms):
        found.append("Everything is bought once: there are no contracts to renew.")
    if rows.get("market.rivals") == 0:
        found.append("There are no rivals: a need is won or comes to nothing.")
    if rows.get("market.partner_only") == 0:
        found.append("Partners reach no account that the vendor does not reach itself.")
    if rows.get("program.support_cost") == 0:
        found.append("Partners cost nothing to support.")
    return found
