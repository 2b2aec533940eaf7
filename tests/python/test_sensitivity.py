# SPDX-License-Identifier: Apache-2.0
"""What an answer depends on: screening, reruns, break-evens, the sentence."""

import numpy as np
import pytest
import xarray as xr
from synthetic import company, from_differences

from pardner import outcomes, recommendation, sensitivity

KEY = "partner.months_to_first_deal"


def linear_world(replicates=400, slope=-3.0, centre=100.0, noise=1.0, inputs=None, extra=8):
    """base earns 0, new earns centre + slope * x + noise; x in 0..40, low 4, high 36.

    Break-even at x = -centre / slope. `extra` inputs are drawn and do nothing.
    """
    random = np.random.default_rng(3)
    x = random.uniform(0, 40, replicates)
    x = np.full(replicates, inputs["x"]) if inputs and "x" in inputs else x
    luck = noise * random.standard_normal(replicates)
    ds = from_differences(100 * (centre + slope * x + luck))
    ds.coords["param__x"] = ("replicate", x, {"key": "x", "low": 4, "high": 36, "unit": "days",
                                             "meaning": "the x"})  # fmt: skip
    for i in range(extra):
        ds.coords[f"param__idle_{i}"] = ("replicate", random.uniform(size=replicates))
    return ds


def rerun_of(**world):
    def rerun(key, value):
        return linear_world(inputs={key: value}, **world)

    return rerun


def test_screening_finds_what_matters_and_shares_out_the_variance():
    two = company(400, arms=("as_is", "account_executive"))
    found = sensitivity.screen(two, "contribution", option="account_executive", top=None)
    shares = {one.input.key: one for one in found}
    assert shares["deal.win_rate"].share > 0.5 and shares["deal.win_rate"].direction == 1
    assert shares["market.growth"].clear
    assert sum(one.share for one in found) <= 1
    narrow = sensitivity.screen(company(400), "contribution", option="partner_manager")
    assert len(narrow) == 3
    assert narrow[0].input.key == KEY and narrow[0].direction == -1 and narrow[0].clear


def test_idle_inputs_explain_nothing():
    found = sensitivity.screen(linear_world(), "contribution", option="new", top=None)
    assert found[0].input.key == "x" and found[0].share > 0.97
    assert all(one.share < 0.01 for one in found[1:])
    false_alarms, total = 0, 0.0
    for seed in range(200):
        random = np.random.default_rng(seed)
        shares, t = sensitivity.rank_shares(
            random.standard_normal(100), random.uniform(size=(100, 10))
        )
        total += shares.sum()
        false_alarms += np.abs(t).max() > 2.87  # 5% over ten inputs together
    # Uncorrected, ten idle inputs would explain 10 of 99 degrees of freedom.
    assert total / 200 < 0.07
    assert false_alarms <= 21  # 99.9% binomial limit of 200 at 5%


def test_ranks_see_any_monotone_effect():
    random = np.random.default_rng(1)
    x = random.uniform(size=(300, 2))
    shares, _ = sensitivity.rank_shares(np.exp(20 * x[:, 0]), x)
    assert shares[0] > 0.99 and shares[1] < 0.01


def test_more_inputs_than_futures():
    random = np.random.default_rng(2)
    x = random.uniform(size=(60, 80))
    shares, _ = sensitivity.rank_shares(x[:, 5] + 0.1 * random.standard_normal(60), x)
    assert np.argmax(shares) == 5 and shares[5] > 0.8


def test_only_what_differs_between_futures_counts_as_drawn():
    ds = linear_world(extra=0)
    ds.coords["param__constant"] = ("replicate", np.ones(400))
    ds.coords["param__lever"] = (
        ("arm", "replicate"),
        np.arange(400.0) + np.array([[0], [1]]),
    )
    ds.coords["param__both"] = (("arm", "replicate"), np.stack([np.arange(400.0)] * 2))
    ds.coords["param__fixed"] = ("arm", [1.0, 2.0])
    ds.coords["param__text"] = ("replicate", np.array(["a", "b"] * 200))
    found = {one.key: one for one in sensitivity.drawn_inputs(ds)}
    assert set(found) == {"x", "both"}
    assert (found["x"].low, found["x"].high) == (4, 36)
    assert (found["both"].low, found["both"].high) == pytest.approx((39.9, 359.1))  # as drawn


def test_no_drawn_inputs_no_screening():
    assert sensitivity.screen(from_differences(np.arange(200)), "contribution", option="new") == []
    with pytest.raises(KeyError, match="base, new"):
        sensitivity.screen(linear_world(), "contribution", option="x")


@pytest.mark.parametrize(
    ("values", "leads", "expected"),
    [
        ([0, 10], [5, -5], [5]), ([0, 10], [5, 5], []), ([0, 10], [0, 5], [0]),
        ([0, 10, 20], [-1, 1, -1], [5, 15]), ([0, 10], [5, 0], [10]), ([], [], []),
    ],
)  # fmt: skip
def test_break_evens_by_interpolation(values, leads, expected):
    assert sensitivity.break_evens(values, leads) == pytest.approx(expected)


def test_a_flip_is_found_with_its_break_even():
    ds = linear_world(centre=75)  # new leads on average; break-even at x = 25
    answer = recommendation.recommend(ds, delta=100, rerun=rerun_of(centre=75))
    assert answer.kind == "depends" and answer.best == "new" and answer.option is None
    (flip,) = answer.flips
    assert flip.input.key == "x" and flip.others == ("base",)
    assert flip.break_evens == pytest.approx([25], abs=0.1)  # noise of the mean of 400: 0.02
    assert answer.sentence.startswith(
        "It depends on the x: above about 25 days “base” is better than “new”."
    )


def test_an_option_that_wins_at_both_ends_is_recommended():
    world = {"centre": 200}
    answer = recommendation.recommend(linear_world(**world), delta=100, rerun=rerun_of(**world))
    assert answer.kind == "recommended" and answer.option == "new" and answer.tested
    assert [len(one.points) for one in answer.dependences] == [2, 2, 2]
    assert all(one.break_evens == () for one in answer.dependences)
    assert "on average +1" in answer.sentence and "in 100 of 100 futures" in answer.sentence
    untested = recommendation.recommend(linear_world(**world), delta=100)
    assert untested.sentence.endswith("Whether this holds with other inputs was not tested.")


def test_best_only_in_between():
    def rerun(key, value):
        ds = linear_world()
        gain = 100 - 5 * abs(value - 20) if key == "x" else 50  # leads between 0 and 40
        return ds.assign(contribution=ds["contribution"] * 0).pipe(_with_gain, gain - 50)

    screened = sensitivity.screen(linear_world(), "contribution", option="new", top=1)[0]
    found = sensitivity.dependence(screened, rerun, "contribution", None, "new")
    assert found.flips and found.break_evens == pytest.approx([10, 30])
    said = sensitivity_text(found)
    assert said == "“new” is best only between about 10 days and 30 days"


def _with_gain(ds, gain):
    ds["contribution"][1] = round(100 * gain)
    ds["contribution"].attrs["kind"] = "flow"
    return ds


def sensitivity_text(found):
    return recommendation.say_dependence(found, {"base": "base", "new": "new"})


def test_a_third_option_may_be_the_one_that_wins():
    def rerun(key, value):
        return company(300, inputs={key: value})

    answer = recommendation.recommend(company(300), delta=20_000_00, rerun=rerun)
    assert answer.kind == "depends" and answer.best == "partner_manager"
    (flip,) = answer.flips
    assert flip.input.key == KEY and flip.others == ("account_executive",)
    low, high = flip.break_evens[0] - 0.2, flip.break_evens[0] + 0.2
    leads = [sensitivity.stress(rerun(KEY, v), "contribution", None, answer.best, KEY, v).lead
             for v in (low, high)]  # fmt: skip
    assert leads[0] > 0 > leads[1]
    assert "above about" in answer.sentence and "One more account executive" in answer.sentence


def test_doing_nothing_can_be_the_answer():
    answer = recommendation.recommend(company(), at="3 months", delta=1_000_00)
    assert answer.best == "as_is" and answer.option == "as_is"
    assert answer.sentence.startswith(
        "“As is” is best for contribution over 3 months: on average +"
    )


def test_no_useful_difference_is_said():
    answer = recommendation.recommend(company(), at="3 months", delta=1_000_000_00)
    assert answer.kind == "no useful difference" and answer.option is None
    assert "surely less than 1.00M USD" in answer.sentence
    twin = from_differences(np.zeros(200, dtype=np.int64))
    assert recommendation.recommend(twin).sentence == (
        "No useful difference in contribution over 1 week between “base” and “new”."
    )


def test_undecided_says_what_would_decide():
    difference = np.random.default_rng(8).standard_normal(200) * 10_000 + 700
    answer = recommendation.recommend(from_differences(np.rint(difference).astype(int)), delta=100)
    assert answer.kind == "undecided" and answer.option is None
    assert "Undecided after 200 futures" in answer.sentence
    assert "futures would decide" in answer.sentence


def test_what_an_undecided_answer_depends_on_is_found_too():
    world = {"centre": 61, "noise": 300.0, "extra": 0}
    answer = recommendation.recommend(linear_world(**world), rerun=rerun_of(**world))
    assert answer.kind == "undecided" and answer.tested and answer.dependences[0].break_evens
    idle = from_differences(np.zeros(200, dtype=np.int64))
    idle.coords["param__x"] = ("replicate", np.arange(200.0))
    same = recommendation.recommend(idle, rerun=lambda key, value: idle)
    assert same.kind == "no useful difference" and same.flips == ()


def test_a_rerun_without_a_complete_future_is_refused():
    ds = linear_world(centre=75)
    broken = ds.assign(contribution=ds["contribution"].astype(float) * np.nan)
    broken["contribution"].attrs["kind"] = "flow"
    with pytest.raises(ValueError, match="x = 4"):
        recommendation.recommend(ds, rerun=lambda key, value: broken)


def test_parameters_of_a_result_file_become_coordinates():
    ds = company(20, inputs={}).drop_vars([v for v in company(5).coords if "param__" in str(v)])
    drawn = np.tile(np.arange(20.0), (3, 1))
    group = xr.Dataset({
        "demand.rate": (("arm", "replicate"), drawn, {
            "units": "currency/year", "long_name": "needs; per account", "low": "2", "high": "17"}),
        "vendor.name": ("arm", ["a"] * 3),
    })  # fmt: skip
    with_inputs = outcomes.with_parameters(ds, group)
    (one,) = sensitivity.drawn_inputs(with_inputs)
    assert (one.key, one.low, one.high, one.unit) == ("demand.rate", 2, 17, "USD/year")
    assert one.short == "needs" and one.meaning == "needs; per account"
    assert outcomes.outcome_names(with_inputs) == outcomes.outcome_names(ds)
