# SPDX-License-Identifier: Apache-2.0
"""log -> scenario -> log -> scenario, through the real simulator and the real commands.

The first log is the one that PARDNER_CRM names, else the hardware vendor's, exported by pardner.
"""

import os
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from program import fine

import pardner
from pardner.calibrate import Fit, crm

REAL = os.environ.get("PARDNER_CRM")
# Luck varies; inputs stay at their central values, which are what a second fit should find again.
CENTRAL = ("run.vary=chance", "run.weeks=104")


@dataclass(frozen=True)
class Turn:
    """A log with its fit and the scenario made from it."""

    log: Path
    scenario: pardner.Scenario
    fit: Fit


def exported(scenario: object, folder: Path) -> Path:
    """The log of the first future of a scenario, exported by the command."""
    result = folder.with_suffix(".h5")
    words = (*CENTRAL, "--replicates", 1, "-o", result, "--quiet")
    arm = ("--arm", next(iter(pardner.Scenario.load(str(scenario)).arms)))
    fine("run", scenario, *arm, *words)
    fine("export", "crm", result, "-o", folder, "--quiet")
    return folder


def calibrated(log: Path, scenario: Path) -> Turn:
    fine("calibrate", "crm", log, "-o", scenario, "--quiet")
    return Turn(log, pardner.Scenario.load(scenario), crm(log))


@pytest.fixture(scope="module")
def turns(tmp_path_factory: pytest.TempPathFactory) -> tuple[Turn, Turn]:
    out = tmp_path_factory.mktemp("loop")
    log = Path(REAL) if REAL else exported("hardware_vendor", out / "log0")
    first = calibrated(log, out / "first.toml")
    second = calibrated(exported(out / "first.toml", out / "log1"), out / "second.toml")
    return first, second


def test_the_exported_log_is_what_the_model_kept(turns: tuple[Turn, Turn]) -> None:
    first, second = turns
    log = pd.read_csv(second.log / "sales_pipeline.csv")
    settings = {"run.vary": "chance", "run.weeks": 104}
    result = first.scenario.with_(settings).run()
    weeks = pd.Timestamp(first.scenario._core.start)
    won = log[(log["deal_stage"] == "Won") & (log["close_date"] >= str(weeks.date()))]
    assert len(won) == result["won"].sum()
    assert won["close_value"].sum() == pytest.approx(result["bookings_tcv"].sum() / 100, abs=1)
    assert (log.loc[log["deal_stage"] == "Engaging", ["close_date", "close_value"]].isna()).all(
        axis=None
    )


def test_shares_and_money_come_back(turns: tuple[Turn, Turn]) -> None:
    """What the scenario brings forth is what the log showed: shares to 0.03, money to 15%."""
    first, second = (turn.fit for turn in turns)
    for key in ("win_rate", "won_share_of_opened", "undecided_share"):
        assert second[key].value == pytest.approx(first[key].value, abs=0.03), key
    assert second["value_per_win"].value == pytest.approx(first["value_per_win"].value, rel=0.15)
    assert second["opened_per_week"].value == pytest.approx(
        first["opened_per_week"].value, rel=0.08
    )
    for key in ("cycle_mean_weeks", "cycle_median_days"):
        assert second[key].value == pytest.approx(first[key].value, rel=0.12), key


@pytest.mark.parametrize(
    ("key", "tolerance"),
    [
        ("market.accounts", 0), ("vendor.account_executives", 0.1), ("demand.rate", 0.08),
        ("demand.rate_sigma", 0.1), ("demand.clock_mean_weeks", 0.2),
    ],
)  # fmt: skip
def test_scenario_values_come_back(turns: tuple[Turn, Turn], key: str, tolerance: float) -> None:
    """Relative tolerances; a spread is absolute. Who has no account does not show in a log."""
    first, second = (float(turn.scenario.parameters().loc[key, "value"]) for turn in turns)
    scale = 1.0 if key.endswith("sigma") else first
    assert abs(second - first) <= tolerance * scale + 1e-9, (first, second)


def test_products_come_back(turns: tuple[Turn, Turn]) -> None:
    """Prices exactly, shares to 0.03, spreads of size to 0.05."""
    first, second = (turn.scenario.parameters()["value"] for turn in turns)
    keys = [key for key in first.index if key.startswith("product.")]
    assert len(keys) >= 12 and set(keys) == {k for k in second.index if k.startswith("product.")}
    tolerance = {"list_price": 1e-9, "share": 0.03, "size_sigma": 0.05}
    for key in keys:
        allowed = tolerance.get(key.rsplit(".", 1)[1])
        if allowed is not None:
            assert second[key] == pytest.approx(first[key], abs=allowed), key
