# SPDX-License-Identifier: Apache-2.0
"""Effects of options on outcomes: exact zeros, horizons, ties, warnings, units."""

import numpy as np
import pytest
import xarray as xr
from synthetic import INPUTS, company, from_differences

from pardner import effects, outcomes, statistics, verdicts, wording


def identical():
    ds = company(arms=("as_is", "as_is"))
    return ds.assign_coords(arm=["base", "twin"])


@pytest.mark.parametrize("outcome", ["contribution", "arr_end", "active_partners"])
def test_identical_options_differ_by_exactly_0(outcome):
    effect = effects.effect(identical(), outcome, arm="twin")
    assert effect.mean == effect.error == effect.joint_error == effect.low == effect.high == 0
    assert effect.interval == (0, 0)
    assert effect.wins == effect.reference_wins == effect.p_best_mean == 0.5
    assert effect.correlation == 1 and effect.tail_share == 0
    assert effect.verdict.kind == verdicts.NO_USEFUL_DIFFERENCE


def test_effect_is_the_paired_difference_of_cumulative_amounts():
    ds = company()
    effect = effects.effect(ds, "contribution", at="12 months", arm="partner_manager")
    amounts = ds["contribution"].isel(time=slice(0, 52)).sum("time")
    difference = amounts.sel(arm="partner_manager") - amounts.sel(arm="as_is")
    assert effect.mean == pytest.approx(float(difference.mean()))
    assert effect.level == pytest.approx(float(amounts.sel(arm="partner_manager").mean()))
    assert (effect.low, effect.high) == pytest.approx(tuple(np.quantile(difference, [0.05, 0.95])))
    assert effect.wins == pytest.approx(
        float((amounts.argmax("arm") == ds.indexes["arm"].get_loc("partner_manager")).mean())
    )
    assert effect.horizon == "12 months" and effect.futures == 200
    assert effect.correlation > 0.9 and effect.variance_reduction > 5


def test_each_horizon_has_its_own_numbers_and_all_share_one_joint_interval():
    ds = company()
    table = effects.effects(ds, "contribution")
    for e in table:
        alone = effects.effect(ds, "contribution", at=e.horizon, arm=e.arm)
        assert (e.mean, e.error, e.low, e.wins) == (alone.mean, alone.error, alone.low, alone.wins)
        assert e.joint_error > alone.joint_error > e.error
    amounts = [outcomes.amounts_at(ds, "contribution", h) for h in outcomes.horizons(ds)]
    pairs = [v[:, b] - v[:, a] for a, b in ((0, 1), (0, 2), (1, 2)) for v in amounts]
    family = statistics.mean_errors(np.stack(pairs, axis=1), seed=1, name="contribution")
    assert [e.joint_error for e in table] == pytest.approx(list(family.joint_error[:6]))


def test_a_stock_is_not_summed():
    effect = effects.effect(company(), "active_partners", arm="partner_manager")
    assert effect.level == 10 and effect.reference_level == 4 and effect.mean == 6


def test_wins_of_all_options_add_up_to_all_futures():
    found = effects.effect(company(), "contribution", at="24 months")
    assert [e.arm for e in found] == ["account_executive", "partner_manager"]
    assert sum(e.wins for e in found) + found[0].reference_wins == pytest.approx(1)


def test_an_outcome_where_less_is_better():
    ds = from_differences(np.full(200, -5))
    ds["contribution"].attrs["better"] = "lower"
    effect = effects.effect(ds, "contribution", arm="new")
    assert effect.wins == 1 and effect.mean == -5
    assert effect.verdict.kind == verdicts.USEFULLY_BETTER


def test_an_effect_does_not_depend_on_which_options_are_asked_for():
    whole = effects.effects(company(), "contribution")
    one = effects.effects(company(), "contribution", arms=["partner_manager"])
    assert [e.to_dict() for e in whole["partner_manager"]] == [e.to_dict() for e in one]


def test_an_effect_is_the_same_again_and_another_seed_changes_only_errors():
    first, again = (effects.effect(company(), "contribution", arm="partner_manager")
                    for _ in range(2))  # fmt: skip
    assert first == again
    other = effects.effect(company(), "contribution", arm="partner_manager", seed=99)
    assert other.error != first.error and other.error == pytest.approx(first.error, rel=0.2)
    assert (other.mean, other.low, other.wins) == (first.mean, first.low, first.wins)


def test_mean_and_error_come_from_the_run_at_fixed_inputs_if_there_is_one():
    central = {key: (low + high) / 2 for key, (low, high, *_) in INPUTS.items()}
    fixed = company(inputs=central)
    drawn = effects.effect(company(), "contribution", arm="account_executive")
    both = effects.effect(company(), "contribution", arm="account_executive", fixed=fixed)
    alone = effects.effect(fixed, "contribution", arm="account_executive")
    assert (both.mean, both.error) == (alone.mean, alone.error)
    assert (both.low, both.high, both.wins) == (drawn.low, drawn.high, drawn.wins)
    assert both.error < drawn.error
    with pytest.raises(ValueError, match="same options and length"):
        effects.effect(company(), "contribution", fixed=fixed.isel(time=slice(0, 9)))


def test_few_futures_are_warned_of():
    assert "only 199 futures" in effects.effect(company(199), "contribution")[0].warnings[0]
    assert effects.effect(company(200), "contribution")[0].warnings == ()


def test_unfinished_futures_are_left_out_and_counted():
    ds = company(210)
    values = ds["contribution"].astype(float)
    values[1, 7, 100:] = np.nan
    values[2, 9, :] = np.nan
    ds["contribution"] = values
    effect = effects.effect(ds, "contribution", arm="partner_manager")
    assert effect.futures == 208
    assert effect.warnings == ("2 of 210 futures left out: no value of contribution",)
    ds["contribution"] = values * np.nan
    with pytest.raises(ValueError, match="no future has a value"):
        effects.effect(ds, "contribution")


def test_replicates_that_did_not_run_are_left_out():
    ds = company(210)
    ds["contribution"][1, 7] = ds["contribution"][1, 8] = outcomes.MISSING
    effect = effects.effect(ds, "contribution", arm="partner_manager")
    assert effect.futures == 208
    status = np.ones((3, 210), dtype=np.int8)
    status[0, 7] = status[1, 9] = 0
    ds = company(210).assign(
        status=(("arm", "replicate"), status, {"flag_meanings": "missing complete"})
    )
    assert effects.effect(ds, "contribution", arm="partner_manager").futures == 208
    assert "status" not in outcomes.outcome_names(ds)
    status[:] = 1
    assert outcomes.cumulative(ds, "contribution").dtype == np.int64


def test_an_outcome_without_time():
    ds = company()
    ds["payback_month"] = (("arm", "replicate"), np.ones((3, 200)), {"units": "months"})
    assert effects.effect(ds, "payback_month")[0].mean == 0


def test_differences_of_unsigned_counts_do_not_wrap_around():
    ds = from_differences(np.full(200, 1))
    ds["contribution"] = (("arm", "replicate"), np.array([[3] * 200, [1] * 200], dtype=np.uint64))
    assert effects.effect(ds, "contribution")[0].mean == -2


@pytest.mark.parametrize(
    ("call", "error", "text"),
    [
        (lambda ds: effects.effect(ds, "profit"), KeyError, "contribution, arr_end"),
        (lambda ds: effects.effect(ds, "contribution", arm="x"), KeyError, "no option 'x'"),
        (lambda ds: effects.effect(ds, "contribution", at="48 months"), ValueError, "covers 36"),
        (lambda ds: effects.effect(ds, "contribution", at="soon"), ValueError, "12 months"),
        (lambda ds: effects.effect(ds.isel(arm=[0]), "contribution"), ValueError, "two options"),
    ],
)  # fmt: skip
def test_wrong_questions_name_what_there_is(call, error, text):
    with pytest.raises(error, match=text):
        call(company())


def test_a_collection_of_effects():
    found = effects.effects(company(), "contribution", ["12 months", "36 months"])
    assert len(found) == 4 and len(found["partner_manager"]) == 2
    assert found[0].arm == "account_executive" and found[-1].horizon == "36 months"
    with pytest.raises(KeyError, match="account_executive, partner_manager"):
        found["nobody"]
    table = found.to_pandas()
    assert table.loc[3, "mean"] == found[3].mean and table.loc[3, "at"] == "2030-01-28"
    assert "One partner manager against As is, contribution at 36 months" in str(found)


def test_horizons_by_duration_and_date():
    ds = company()
    assert outcomes.horizon(ds).index == 155
    assert outcomes.horizon(ds).label == "36 months"
    assert outcomes.horizon(ds, "1 year").index == 51
    assert outcomes.horizon(ds, "2 months").index == 7  # months of 4, 4 and 5 weeks
    assert outcomes.horizon(ds, "13 weeks").index == outcomes.horizon(ds, "1 quarter").index == 12
    assert outcomes.horizon(ds, ds["time"].values[30]).index == 30
    assert outcomes.horizon(ds, "2028-01-31").index == 51
    assert [h.index for h in outcomes.horizons(ds)] == [51, 103, 155]
    assert [h.label for h in outcomes.horizons(ds.isel(time=slice(0, 20)))] == ["5 months"]
    for outside in ("0 months", "2026-12-31", "2031-01-01", "4 years"):
        with pytest.raises(ValueError, match="outside the run"):
            outcomes.horizon(ds, outside)


def test_a_horizon_does_not_depend_on_how_times_are_labelled():
    ds = company()
    by_start = ds.assign_coords(time=ds["time"] - np.timedelta64(7, "D"))
    by_start["time"].attrs["label"] = "start"
    unlabelled = by_start.assign_coords(time=by_start["time"].drop_attrs())
    for one in (ds, by_start, unlabelled):
        assert outcomes.horizon(one, "24 months").index == 103
        assert outcomes.months_elapsed(one)[-1] == pytest.approx(36)


def test_a_horizon_with_a_first_record_at_the_start():
    ds = company()
    start = ds["time"].values[:1] - np.timedelta64(7, "D")
    ds = ds.isel(time=slice(0, 60))
    longer = xr.concat([ds.isel(time=[0]).assign_coords(time=start), ds], "time")
    longer["time"].attrs["label"] = "end"
    assert outcomes.horizon(longer, "12 months").index == 52


def test_civil_months_of_a_gregorian_run():
    ds = company()
    time = np.arange("2027-02", "2030-03", dtype="datetime64[M]").astype("datetime64[ns]")[1:]
    ds = ds.isel(time=slice(0, 36)).assign_coords(time=time[:36])
    ds.attrs["calendar"] = "gregorian"
    ds["time"].attrs["label"] = "end"
    assert outcomes.horizon(ds, "12 months").time == np.datetime64("2028-02-01")
    assert outcomes.months_elapsed(ds)[23] == pytest.approx(24, abs=0.03)


def test_an_outcome_must_say_whether_it_is_a_flow():
    ds = company()
    ds["contribution"].attrs.pop("cell_methods")
    with pytest.raises(ValueError, match="flow or a stock"):
        effects.effect(ds, "contribution")
    ds["contribution"].attrs["cell_methods"] = "time: sum"
    assert outcomes.is_flow(ds["contribution"])
    ds["contribution"].attrs["kind"] = "stock"
    assert not outcomes.is_flow(ds["contribution"])
    assert not outcomes.is_flow(ds["arr_end"])


def test_cumulative_keeps_integers_and_attributes():
    running = outcomes.cumulative(company(5), "contribution")
    assert outcomes.spoken(company(5), "arr_end") == "ARR end"
    assert running.dtype == np.int64 and running.attrs["units"] == "USD cent"
    assert running.dims == ("arm", "replicate", "time") and "time" in running.coords


@pytest.mark.parametrize(
    ("value", "units", "text"),
    [
        (123456700, "USD cent", "1.23M USD"), (99_99, "EUR cent", "100 EUR"),
        (0, "USD cent", "0 USD"), (-2_800_000, "USD cent", "−28.0k USD"),
        (999_999_00, "USD cent", "1.00M USD"),
        (1234, "JPY", "1.23k JPY"), (12.5, "percent", "12.5%"), (0.125, "share", "12.5%"),
        (7, "deals", "7 deals"), (0.04567, "1", "0.0457"), (float("inf"), "1", "not known"),
    ],
)  # fmt: skip
def test_amounts_are_said_with_three_digits(value, units, text):
    assert wording.amount(value, wording.Unit.parse(units)) == text


@pytest.mark.parametrize(
    ("mean", "error", "text"),
    [
        (124_000_000, 9_000_000, "+1.24M ± 0.09M USD"), (-51_300_00, 6_100_00, "−51.3k ± 6.1k USD"),
        (0, 0, "0 ± 0 USD"), (100_00, 0, "+100 ± 0 USD"), (0, 5_000_00, "0 ± 5.0k USD"),
        (124_000_000, 1, "+1.24M ± under 0.01M USD"), (5_00, 900_000_00, "0 ± 900k USD"),
        (100, float("inf"), "+1 ± not known USD"),
    ],
)  # fmt: skip
def test_simulation_errors_are_said_with_plus_minus(mean, error, text):
    assert wording.plus_minus(mean, error, wording.Unit.parse("USD cent")) == text


def test_other_words():
    usd = wording.Unit.parse("USD cent")
    assert wording.interval(-31_000_000, 102_000_000, usd) == "−0.31M to +1.02M USD"
    assert wording.interval(0, 0, usd) == "0 to 0 USD"
    assert wording.interval(0, 5_000_00, usd, with_unit=False) == "0 to +5.00k"
    assert wording.amount(0.02, wording.Unit.parse("share"), sign=True) == "+2 pp"
    counts = [wording.count_of_100(share) for share in (0, 0.001, 0.5, 0.714, 0.999, 1)]
    assert counts == ["0", "under 1", "50", "71", "over 99", "100"]
    assert wording.join_words(["a", "b", "c"]) == "a, b and c"
    assert wording.fiscal_quarter(np.datetime64("2027-02-01"), 0) == "FY28 Q1"
    assert wording.fiscal_quarter(np.datetime64("2027-01-04"), 5) == "FY28 Q2"
    assert wording.fiscal_quarter(np.datetime64("2027-02-01"), 4, 2027) == "FY28 Q1"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (-0.05, "share per year", "−5% per year"), (9.25, "months", "9.25 months"),
        (28_000, "USD", "28.0k USD"), (0.2, "fraction", "20%"), (15, "percent", "15%"),
        (0.5, "1", "0.5"), (1234.5, "shareholders", "1.23k shareholders"),
        (3, "hour/week", "3 hours/week"), (1, "week", "1 week"),
    ],
)  # fmt: skip
def test_inputs_are_said_with_their_unit(value, unit, text):
    assert wording.quantity(value, unit) == text
