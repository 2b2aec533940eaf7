# SPDX-License-Identifier: Apache-2.0
"""Claims in steps of half a week (issue 5): parameters by their units."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from pardner import Scenario
from pardner.claims.claim import load_claim
from pardner.claims.command import main
from pardner.claims.half_steps import BY_UNIT, halved, in_half_steps
from pardner.errors import BadInput

CLAIMS = Path(__file__).parents[1] / "claims"


@pytest.mark.parametrize("name", ["textbook", "saas_60", "hardware_vendor", "reseller_floor"])
def test_every_unit_has_a_rule(name: str) -> None:
    units = set(Scenario.load(name).parameters()["unit"])
    assert units <= set(BY_UNIT)


def test_by_hand() -> None:
    scenario = Scenario.load("textbook").with_({"tiers.revenue": [50_000, 200_000]})
    settings, changes = halved(scenario)
    assert settings["demand.rate"] == 1.0  # 2 a year; a year of 52 steps is half a year
    assert settings["demand.clock_mean_weeks"] == 16.0
    assert settings["account_executive.hours"] == 15.0
    assert settings["account_executive.quota"] == 112_500.0
    assert settings["tiers.revenue"] == [25_000, 100_000]
    assert settings["plan_change.weeks"] == 104 and isinstance(settings["plan_change.weeks"], int)
    assert settings["confusion.asks"] == 1 - math.sqrt(0.75)
    assert "product.widget.list_price" not in settings and "effort.elasticity" not in settings
    assert "learning.training_every" not in settings
    assert not any(name.startswith("run.") for name in settings)
    open_ = {one.name for one in changes if not one.rule}
    assert "misselling.remedy" in open_ and "account_executive.quota_per" in open_
    made = scenario.with_(settings)  # all of it is allowed
    assert made.parameters().loc["demand.rate", "value"] == 1.0


def test_two_half_steps_are_a_step() -> None:
    """Chances: two half steps let as many through as one step."""
    for p in (0.0, 0.25, 1.0):
        half = BY_UNIT["share/year"][1]
        assert half is not None and 1 - (1 - half(p)) ** 2 == pytest.approx(p)


def test_a_claim_keeps_its_time() -> None:
    claim = load_claim(CLAIMS / "L4.toml")
    other, changes = in_half_steps(claim)
    assert (other.weeks, other.warmup) == (2 * claim.weeks, 2 * claim.warmup)
    measure = other.measures[claim.primary.measure]
    assert measure.arguments["weeks"] == [1, 104]  # weeks 1 to 52
    assert set(changes) == {"five", "none"}
    assert other.options["five"]["press.releases"] == 5
    assert other.options["five"]["demand.rate"] == 0.5  # of the claim's base, not the scenario's


def test_what_cannot_be_told_is_refused() -> None:
    with pytest.raises(BadInput, match="contracts with a term"):
        in_half_steps(load_claim(CLAIMS / "SB24.toml"))


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    page = tmp_path / "half.md"
    words = ["C2", "SB24", "--folder", str(CLAIMS), "--half-steps", "textbook"]
    assert main([*words, "--pairs", "3", "-o", str(page)]) == 0
    text = page.read_text("utf-8")
    assert (
        "1 not measured" in text and "| SB24 | | | | not measured: contracts with a term |" in text
    )
    assert "| `demand.rate` | 1/year | 1 | 0.5 | / 2 |" in text
    with pytest.raises(BadInput, match="none of these claims"):
        main(["C2", "--folder", str(CLAIMS), "--half-steps", "salesforce"])
