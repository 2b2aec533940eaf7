# SPDX-License-Identifier: Apache-2.0
"""The C++ economy equals its twin in Python, week by week; and a twin that is wrong in one rule
is found out."""

import math
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace as Row
from typing import Any

import h5py
import numpy as np
import philox
import pytest
import twin

import pardner

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
WHOLE_RUN = {"run.warmup": 0, "run.weeks": 182, "run.record_every": 1, "run.snapshot_every": 1}
# Every switch that the twin has, on.
EVERYTHING = WHOLE_RUN | {
    "run.seed": 20_26, "market.regions": 2, "market.rivals": 3, "market.partner_only": 0.25,
    "product.widget.size_sigma": 0.6, "product.widget.unit_cost": 0.173,
    "account_executive.accelerator": 1.5, "account_executive.quota": 120_000,
    "account_executive.skill_sigma": 0.3, "account_executive.base_pay": 91_234.56,
    "partner_seller.skill_sigma": 0.3, "partner_seller.quota": 20_000,
    "partner_seller.own_opportunities": 5, "partner_seller.commission_share": 0.8,
    "partner_seller.quota_share": 0.5, "demand.rate_sigma": 0.5, "demand.while_busy": 0.3,
    "effort.touch_hours": 1.5, "choice.taste_sigma": 0.5, "choice.price": 0.87,
    "booking.reseller_discount": 0.273, "program.candidates": 7, "program.signed_at_start": 7,
}  # fmt: skip


def parameters(changes: dict[str, Any]) -> Row:
    """Of scenario `textbook` over base.toml, read without pardner; `changes` as for `with_`."""
    values = tomllib.loads((SCENARIOS / "base.toml").read_text())
    ours = tomllib.loads((SCENARIOS / "textbook.toml").read_text())
    values["product"], ours["product"] = values["product"]["core"], ours["product"]["widget"]
    for section in (key for key in ours if key != "format"):
        values[section] |= ours[section]
    for key, value in changes.items():
        section, *_, word = key.split(".")
        values[section][word] = value
    del values["format"]
    return Row(**{section: Row(**words) for section, words in values.items()})


class Truth:
    """What the C++ says of some replicates."""

    def __init__(self, changes: dict[str, Any], replicates: int, file: Path) -> None:
        scenario = pardner.scenarios["textbook"].with_(changes)
        scenario.replicate(replicates, seed=changes.get("run.seed", 1), output=file)
        self.parameters, self.replicates = parameters(changes), replicates
        with h5py.File(file) as found:
            self.outcomes = {name: found[name][0] for name in OUTCOMES}
            self.reps = {name: found[f"agents/reps/{name}"][0] for name in twin.COLUMNS}


OUTCOMES = (
    "needs", "decided", "untouched", "won", "won_partner", "lost", "no_decision", "bookings_acv",
    "bookings_partner", "partner_margin", "cost_of_goods", "fixed_pay", "commission",
    "contribution", "open_pipeline",
)  # fmt: skip


def differences(truth: Truth, replicate: int) -> list[str]:
    """Where the twin differs: integers at all, others by more than 1e-9 of their size."""
    outcomes, reps = twin.run(truth.parameters, replicate)
    ours = {name: [week.get(name, 0) for week in outcomes] for name in OUTCOMES}
    pairs = [(name, ours[name], truth.outcomes[name][replicate]) for name in OUTCOMES]
    for i, name in enumerate(twin.COLUMNS):
        column = [[rep[i] for rep in week] for week in reps]
        pairs.append((f"reps.{name}", column, truth.reps[name][replicate]))
    found = []
    for name, mine, theirs in pairs:
        exact = theirs.dtype.kind == "i"
        equal = np.equal if exact else lambda a, b: np.isclose(a, b, rtol=1e-9, atol=1e-12)
        assert np.shape(mine) == theirs.shape, name
        for where in np.argwhere(~equal(mine, theirs)):
            at = tuple(where)
            found.append(f"{name}{list(map(int, at))}: {np.array(mine)[at]} for {theirs[at]}")
    return found


@pytest.fixture(scope="module")
def textbook(tmp_path_factory: pytest.TempPathFactory) -> Truth:
    return Truth(WHOLE_RUN, 8, tmp_path_factory.mktemp("twin") / "textbook.h5")


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Truth:
    return Truth(EVERYTHING, 4, tmp_path_factory.mktemp("twin") / "everything.h5")


def test_philox_gives_the_known_answers_of_random123() -> None:
    ones = 2**32 - 1
    pi = [0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344, 0xA4093822, 0x299F31D0]
    known = [
        ([0] * 6, [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]),
        ([ones] * 6, [0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD]),
        (pi, [0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1]),
    ]
    for words, answer in known:
        assert philox.philox(words[:4], words[4:]) == answer


def test_textbook_equals_its_twin(textbook: Truth) -> None:
    for replicate in range(textbook.replicates):
        assert not differences(textbook, replicate)[:5], f"replicate {replicate}"


def test_textbook_with_its_warmup(tmp_path: Path) -> None:
    """Quarters are counted from the start, the warm-up is not recorded."""
    changes = {"run.warmup": 30, "run.weeks": 40, "run.record_every": 1, "run.snapshot_every": 1}
    assert not differences(Truth(changes, 1, tmp_path / "run.h5"), 0)[:5]


def test_the_economy_with_all_switches_of_the_twin(everything: Truth) -> None:
    assert everything.outcomes["won_partner"].sum() > 20
    assert everything.outcomes["untouched"].sum() > 20
    for replicate in range(everything.replicates):
        assert not differences(everything, replicate)[:5], f"replicate {replicate}"


def the_next_stage_alone(p: Row, stage: int) -> float:
    if stage == 3:
        return 0.05 * the_next_stage_alone(p, 2)
    return twin.chance_to_win(p, stage + 1) - twin.chance_to_win(p, stage)


def in_proportion(p: Row, hours: float, values: list[float]) -> list[float]:
    return [hours * value / sum(values) for value in values]


def each_stage_from_nothing(p: Row, opportunity: Row, hours: float) -> None:
    before = twin.stage(opportunity)
    PURSUIT(p, opportunity, hours)
    if twin.stage(opportunity) > before:
        opportunity.work = sum(opportunity.thresholds[: before + 1])


def sellers_in_reverse(world: Any, need: Row) -> None:
    LEADS(world, need)
    need.opportunities.reverse()


def no_nest(world: Any, need: Row) -> Row | str:
    nest, world.p.choice.nest = world.p.choice.nest, 1.0
    chosen = CHOICE(world, need)
    world.p.choice.nest = nest
    return chosen


def paid_every_week(world: Any) -> None:
    for rep in world.reps:
        rep.paid += rep.accrued
        rep.booked = rep.counted = rep.due = rep.accrued = 0


def partners_in_reverse(world: Any) -> None:
    executives = len(world.reps)
    PROGRAM(world)
    world.reps[executives:] = world.reps[: executives - 1 : -1]


def clock_before_size(world: Any, account: Row) -> Row:
    need = MAKE_NEED(world, account)
    draw = twin.need_draw(world, account)
    draw.exponential(), draw.uniform()
    wait = world.p.demand.clock_mean_weeks * draw.exponential()
    need.decides = need.came + world.p.demand.clock_min_weeks + wait
    return need


def a_flat_rate(world: Any, rep: Row) -> float:
    return rep.plan.base_rate


def own_deals_that_count_for_nothing(world: Any) -> None:
    credit, twin.credit = twin.credit, lambda rep, *_: 0
    OWN_BAG(world)
    twin.credit = credit


def what_only_pays_is_left_out(rep: Row, amount: int, pays: float, counts: float) -> int:
    return CREDIT(rep, amount, min(pays, counts), counts)


PURSUIT, LEADS, CHOICE = twin.pursuit, twin.leads, twin.choice
MAKE_NEED, PROGRAM, OWN_BAG, CREDIT = twin.make_need, twin.program, twin.own_bag, twin.credit
SABOTAGE: dict[str, Callable[..., Any]] = {
    "make_need": clock_before_size,
    "leads": sellers_in_reverse,
    "gain": the_next_stage_alone,
    "shadow_rate": a_flat_rate,
    "split": in_proportion,
    "pursuit": each_stage_from_nothing,
    "choice": no_nest,
    "commission_due": lambda plan, credit: math.floor(plan.base_rate * credit),
    "credit": what_only_pays_is_left_out,
    "own_bag": own_deals_that_count_for_nothing,
    "program": partners_in_reverse,
    "payday": paid_every_week,
    "nearest": math.floor,
}


@pytest.mark.parametrize("rule", SABOTAGE)
def test_a_wrong_rule_is_found(
    rule: str, everything: Truth, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(twin, rule, SABOTAGE[rule])
    assert differences(everything, 0)


@pytest.mark.parametrize("rule", ["gain", "split", "pursuit", "choice", "payday"])
def test_a_wrong_rule_is_found_in_textbook(
    rule: str, textbook: Truth, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(twin, rule, SABOTAGE[rule])
    assert any(differences(textbook, replicate) for replicate in range(3))
