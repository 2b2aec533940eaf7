# SPDX-License-Identifier: Apache-2.0
"""Comparisons as Python sees them: pairing, merging of scenarios, effects, pages."""

import pickle
from pathlib import Path

import numpy as np
import pytest

import pardner
from pardner import Comparison, Scenario
from pardner.comparison import arm_names

SMALL = {"run.weeks": 52, "run.warmup": 4, "run.record_every": 4}


@pytest.fixture(scope="module")
def base() -> Scenario:
    return pardner.scenarios["saas_60"].with_(SMALL, name="as is")


@pytest.fixture(scope="module")
def more(base: Scenario) -> Scenario:
    return base.with_({"hiring.account_executives": 1}, name="one more account executive")


@pytest.fixture(scope="module")
def comparison(base: Scenario, more: Scenario) -> Comparison:
    return pardner.compare([base, more], replicates=30, seed=1)


def test_the_first_scenario_is_the_reference(comparison: Comparison) -> None:
    ds = comparison.to_xarray()
    assert dict(ds.sizes) == {"arm": 2, "replicate": 30, "time": 13}
    assert comparison.arms == {
        "as_is": "as is", "one_more_account_executive": "one more account executive"
    }  # fmt: skip
    hired = ds["account_executives"].isel(time=-1).mean("replicate").values
    assert hired[1] == hired[0] + 1


def test_each_option_is_what_it_is_alone(
    base: Scenario, more: Scenario, comparison: Comparison
) -> None:
    for arm, scenario in enumerate((base, more)):
        alone = scenario.replicate(30, seed=1)
        for name in comparison.outcomes:
            assert np.array_equal(alone[name][0], comparison[name][arm], equal_nan=True), name


@pytest.mark.parametrize("model", ["saas_60", "contest", "bass", "boltzmann"])
def test_a_scenario_against_itself_differs_in_nothing(model: str) -> None:
    one = pardner.scenarios[model].with_({"run.weeks": 26})
    same = pardner.compare([one, one], replicates=3, seed=9)
    assert len(same.outcomes) >= 2
    for number, name in enumerate(same.outcomes):
        held = same[name]
        difference = held[1] - held[0]
        assert np.all((difference == 0) | np.isnan(difference)), name
        if number % 5 == 0 and not np.isnan(held).any():  # an effect costs a second
            assert same.effect(name)[0].mean == same.effect(name)[0].error == 0


def test_pairing_is_worth_something_and_can_be_switched_off(base: Scenario) -> None:
    dearer = base.with_({"product.platform.list_price": 28_280})  # +1%
    paired = pardner.compare([base, dearer], replicates=60, seed=4)
    apart = pardner.compare([base, dearer], replicates=60, seed=4, crn=False)
    assert (apart["contribution"][0] == paired["contribution"][0]).all()
    assert paired.effect("contribution")[0].correlation > 0.8
    assert abs(apart.effect("contribution")[0].correlation) < 0.4


def test_one_scenario_with_options_is_compared_too(base: Scenario) -> None:
    text = base.text.replace(
        '\n[arms.base]\ntitle = "base"\n',
        '\n[arms.now]\n[arms.later]\ntitle = "in a year"\nhiring.account_executives = 1\n'
        '[[interventions]]\ndate = 2026-06-01\narm = "now"\n'
        'set.booking.reseller_discount = "30%"\n',
    )
    found = pardner.compare(Scenario.parse(text), replicates=4)
    assert found.arms == {"now": "now", "later": "in a year"}
    renamed = pardner.compare(Scenario.parse(text), replicates=4, names=["A", "B"])
    assert list(renamed.arms.values()) == ["A", "B"] and renamed.digest == found.digest
    # A dated change, a new value and all else survive being merged.
    now = Scenario.parse(text)
    again = pardner.compare([now, base], replicates=4)
    assert (again["contribution"][0] == found["contribution"][0]).all()
    assert "reseller_discount" in again.scenario.text.split("[[interventions]]")[1]


def test_scenarios_that_do_not_fit_are_refused(base: Scenario) -> None:
    longer = base.with_({"run.weeks": 53}, name="longer")
    with pytest.raises(pardner.BadInput, match=r"'longer'.*run\.weeks"):
        pardner.compare([base, longer])
    with pytest.raises(pardner.BadInput, match="nothing to compare"):
        pardner.compare([base])
    with pytest.raises(pardner.BadInput, match="3 names"):
        pardner.compare([base, base], names=["a", "b", "c"])


def test_names_become_names_a_file_takes() -> None:
    assert arm_names(["as is", "größer!", "as is", "…"]) == ["as_is", "gr_er", "as_is_2", "option"]


def test_effects_and_answer(comparison: Comparison) -> None:
    effects = comparison.effects("contribution", ["6 months", "12 months"])
    by_title = comparison.effect("contribution", arm="one more account executive")
    assert len(effects) == 2 and effects[1].mean == by_title.mean
    total = comparison["contribution"].sum(axis=2)
    assert by_title.mean == pytest.approx((total[1] - total[0]).mean())
    assert comparison.sentence in comparison.recommend().sentence
    assert "one more account executive" in comparison._repr_html_()


def test_a_rerun_holds_one_input(comparison: Comparison) -> None:
    key = "market.partner_only"
    drawn = comparison.to_xarray()["param__market__partner_only"]
    assert np.ptp(drawn.values) > 0
    held = comparison.rerun(key, 0.45)
    assert (held["param__market__partner_only"].values == 0.45).all()
    others = held["param__leads__partner_reach"]
    assert (others == comparison.to_xarray()["param__leads__partner_reach"]).all()
    assert not (held["won"].values == comparison["won"]).all()


def test_the_page_has_the_answer(comparison: Comparison, tmp_path: Path) -> None:
    page = Path(comparison.to_html(tmp_path / "c.html", at=["6 months", "12 months"])).read_text()
    assert "one more account executive" in page and "hiring.account_executives" in page


def test_pictures(comparison: Comparison) -> None:
    assert comparison.plot("won").get_ylabel().startswith("difference")
    assert len(comparison.plot_all("contribution", ["6 months"]).axes) == 2


def test_a_comparison_pickles(comparison: Comparison, tmp_path: Path) -> None:
    again = pickle.loads(pickle.dumps(comparison))
    assert type(again) is Comparison and str(again.effects()) == str(comparison.effects())


def test_demo(capsys: pytest.CaptureFixture[str]) -> None:
    found = pardner.demo(plot=False)
    assert found.sentence in capsys.readouterr().out
    assert found.seconds < 10
