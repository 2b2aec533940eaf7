# SPDX-License-Identifier: Apache-2.0
"""The fit against logs whose truth is known: truncation, censoring, small logs, recovery."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from pardner.calibrate import BadInput, Map, fit_log, pooling, read_log, write_crm
from pardner.calibrate.incidence import risk_sets
from pardner.calibrate.recovery import coverage, study, study_text
from pardner.calibrate.sizes import fit_sizes
from pardner.calibrate.synthetic import Truth, naive, synthetic_log
from pardner.calibrate.targets import quarter_cycle
from pardner.calibrate.window import Spells, Window, as_of, spells, whole_quarters

BIG = {"accounts": 1500, "need_rate": 4.0, "agents": 12}


def fitted(tmp_path, truth, seed=1):
    made = synthetic_log(truth, np.random.default_rng(seed))
    write_crm(made.opportunities, tmp_path, made.prices)
    return made, fit_log(read_log(tmp_path), forecast=False)


def test_censoring_biases_counting_rows_and_not_the_fit(tmp_path):
    """Slow losses, a short window, all of it since the company began."""
    truth = Truth(**BIG, won_days=40.0, lost_days=120.0, days=300, history=0)
    made, fit = fitted(tmp_path, truth)
    counted = naive(made.opportunities)
    assert counted["win_rate"] > 1.2 * made.truth["win_rate"]
    assert counted["cycle_lost_median_days"] < 0.8 * made.truth["cycle_lost_median_days"]
    for key, slack in {"win_rate": 0.1, "cycle_lost_median_days": 0.12,
                       "cycle_won_median_days": 0.1}.items():  # fmt: skip
        assert fit[key].value == pytest.approx(made.truth[key], rel=slack), key


def test_truncation_biases_a_fit_without_delayed_entry_and_not_ours(tmp_path):
    """Of the opportunities older than the window only the slow ones are in the log."""
    truth = Truth(**BIG, days=120, history=400, undecided=0.05)
    made, fit = fitted(tmp_path, truth)
    window = Window(pd.Timestamp("2024-01-01"), pd.Timestamp("2024-04-29"))
    watched = spells(read_log(tmp_path).table, window)
    blind = Spells(np.zeros_like(watched.entry), watched.exit, watched.cause, watched.opened)
    rng = np.random.default_rng(1)
    without = np.median(risk_sets(blind, rng, 200, 0.29).median())
    ours = np.median(risk_sets(watched, rng, 200, 0.29).median())
    # of 0.35 with median 50 and 0.65 with median 75, log-sd 0.6: half decided after 65.5 days
    assert ours == pytest.approx(65.5, rel=0.05)
    assert without > 1.12 * 65.5
    assert fit["won_share_of_opened"].value == pytest.approx(
        made.truth["won_share_of_opened"], rel=0.08
    )
    assert (
        naive(made.opportunities)["won_share_of_opened"] < 0.8 * made.truth["won_share_of_opened"]
    )


def test_missing_young_open_rows_are_noticed_and_survived(tmp_path):
    whole = Truth(**BIG)
    lacking = Truth(**BIG, young_open_kept=0.1)
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    _, healthy = fitted(tmp_path / "a", whole)
    made, fit = fitted(tmp_path / "b", lacking)
    assert not healthy.estimate.young_open_missing
    assert fit.estimate.young_open_missing
    assert "double truncation" in fit["win_rate"].method
    assert any("lack recent open ones" in note for note in fit.notes)
    for key, slack in {"win_rate": 0.08, "cycle_won_median_days": 0.06,
                       "cycle_lost_median_days": 0.06, "opened_per_week": 0.06,
                       "need_rate": 0.08}.items():  # fmt: skip
        assert fit[key].value == pytest.approx(made.truth[key], rel=slack), key
    # a tenth of the openings of the complete cohorts' last weeks may still be open
    assert fit["undecided_share"].value == pytest.approx(0.15, abs=0.03)


def test_a_small_log_gives_wide_and_honest_intervals(tmp_path):
    small, large = tmp_path / "small", tmp_path / "large"
    small.mkdir()
    large.mkdir()
    made, fit = fitted(small, Truth(accounts=60, need_rate=2.7, agents=5), seed=3)
    won = int((made.opportunities["deal_stage"] == "Won").sum())
    assert 40 <= won <= 80
    _, big = fitted(large, Truth(**BIG, young_open_kept=1.0), seed=3)
    for key in ("win_rate", "cycle_median_days", "opened_per_week"):
        assert fit[key].high - fit[key].low > 0
        assert fit[key].data_share <= big[key].data_share
    wide = fit["win_rate"].high - fit["win_rate"].low
    assert wide > 3 * (big["win_rate"].high - big["win_rate"].low)
    assert wide < 0.3
    assert fit["agent_win_sigma"].data_share < 0.7  # five agents: the default has a word
    assert any("agent_win_sigma" in note for note in fit.notes)


@pytest.fixture(scope="module")
def forty():
    """A study of 40 small logs; docs/validation/calibration_recovery.md has one of 400."""
    return study(40, seed=7)


def test_parameters_are_recovered_from_forty_small_logs(forty):
    found = forty
    table = coverage(found).set_index("key")
    assert found.unfitted <= 2
    assert 40 <= np.median(found.wins) <= 80
    # 40 logs and 14 figures: the mean coverage of right intervals lies within 0.86 to 0.94
    assert 0.84 <= table["coverage"].mean() <= 0.96
    assert (table["coverage"] >= 0.72).all(), table["coverage"]
    assert table.loc["win_rate", "bias"] == pytest.approx(0.0, abs=0.08)
    assert table.loc["undecided_share", "naive_bias"] > 0.3  # counting rows is far off
    assert abs(table.loc["undecided_share", "bias"]) < 0.15
    page = study_text(found)
    assert "| win_rate | 40 |" in page
    assert "agent_win_sigma" in page.split("cannot tell")[1]


def test_wrong_intervals_would_be_noticed(forty):
    """Posteriors ten times too wide heap the ranks in the middle, shifted ones at an end."""
    for wrong in (lambda r: 0.5 + 0.1 * (r - 0.5), lambda r: 0.3 * r):
        table = coverage(dataclasses.replace(forty, ranks=forty.ranks.assign(
            rank=wrong(forty.ranks["rank"]))))  # fmt: skip
        assert (table["p_ranks"] < 1e-6).all()


def test_too_little_to_fit_is_bad_input(tmp_path):
    made = synthetic_log(Truth(accounts=8, need_rate=1.0), np.random.default_rng(1))
    write_crm(made.opportunities, tmp_path, made.prices)
    with pytest.raises(BadInput, match="at least 20"):
        fit_log(read_log(tmp_path))


def test_the_window_can_be_given(tmp_path):
    made = synthetic_log(Truth(**BIG), np.random.default_rng(1))
    write_crm(made.opportunities, tmp_path, made.prices)
    start = pd.Timestamp("2024-07-01")
    fit = fit_log(read_log(tmp_path), Map(window_start=start.date(), accounts=1500), forecast=False)
    assert fit.estimate.window.start == start
    assert fit["accounts"].value == 1500
    assert fit["accounts"].draws is None
    assert fit["win_rate"].value == pytest.approx(made.truth["win_rate"], rel=0.1)


def test_spells_by_hand():
    """One opportunity of each kind around a window of April 2024."""
    day = pd.Timestamp
    table = pd.DataFrame({
        "stage": ["won", "lost", "open", "won", "lost", "open", "won"],
        "opened": [day("2024-04-02"), day("2024-03-22"), day("2024-03-31"), day("2024-03-01"),
                   day("2024-04-20"), day("2024-05-02"), pd.NaT],
        "closed": [day("2024-04-12"), day("2024-04-01"), pd.NaT, day("2024-03-20"),
                   day("2024-05-03"), pd.NaT, day("2024-04-03")],
        "value": 1.0,
    })  # fmt: skip
    window = Window(day("2024-04-01"), day("2024-04-30"))
    found = spells(table, window)
    # won inside; lost on the first day; open all along; (closed before: gone); closes after: open
    assert list(found.cause) == [0, 1, -1, -1]
    assert list(found.entry) == [0.0, 9.5, 0.5, 0.0]
    assert list(found.exit) == [10.0, 10.0, 30.5, 10.5]
    past = as_of(table, day("2024-04-10"))
    assert list(past["stage"]) == ["open", "lost", "open", "won", "won"]
    assert past["value"].isna().sum() == 1
    assert str(whole_quarters(Window(day("2024-02-10"), day("2024-12-31")))) == (
        "2024-04-01 to 2024-12-31"
    )
    assert whole_quarters(Window(day("2024-02-10"), day("2024-08-31"))) is None


def test_quarter_cycle_is_found_where_it_is_and_only_there():
    rng = np.random.default_rng(1)
    closed = pd.Timestamp("2023-01-01") + pd.to_timedelta(rng.integers(0, 365, 4000), unit="D")
    last = (closed.month - 1) % 3 == 2
    window = Window(pd.Timestamp("2023-01-01"), pd.Timestamp("2023-12-31"))
    for share, expected in ((0.8, True), (0.5, False)):
        won = rng.random(4000) < np.where(last, share, 0.5)
        table = pd.DataFrame({"closed": closed, "stage": np.where(won, "won", "lost")})
        cycle = quarter_cycle(table, window)
        assert cycle.significant is expected
        assert cycle.by_position.loc[2, "share"] == pytest.approx(share, abs=0.05)
    assert cycle.months["decided"].sum() == 4000


def test_pooling_finds_spread_and_draws_thin_units_to_the_rest():
    rng = np.random.default_rng(5)
    odds = -0.5 + 0.6 * rng.normal(size=200)
    won = rng.binomial(80, 1 / (1 + np.exp(-odds)))
    found = pooling.binomial(won, np.full(200, 80), rng, 500, 0.5)
    assert np.quantile(found.sigma, 0.02) < 0.6 < np.quantile(found.sigma, 0.98)
    assert found.sigma.std() < 0.06
    # one win in one trial says next to nothing: the unit stays near the others
    thin = pooling.binomial([1, *won], [1, *np.full(200, 80)], rng, 500, 0.5)
    assert abs(thin.traits[0] - odds.mean()) < 0.45
    rates = rng.lognormal(0.0, 0.5, 400)
    seen = rng.poisson(rates)
    cut = pooling.poisson(seen[seen > 0], 1.0, rng, 500, 0.7, zeros_listed=False)
    total = (seen > 0).sum() + rng.negative_binomial((seen > 0).sum(), cut.seen)
    assert np.quantile(total, 0.02) < 400 < np.quantile(total, 0.98)


def test_sizes_pool_products_that_have_a_price():
    rng = np.random.default_rng(2)
    ratios = {"a": rng.normal(-0.1, 0.2, 300), "b": rng.normal(-0.1, 0.2, 300),
              "c": np.array([0.9]), "d": np.zeros(0)}  # fmt: skip
    priced = fit_sizes(ratios, True, rng, 2000)
    alone = fit_sizes(ratios, False, rng, 2000)
    assert priced.log_ratio["a"].mean() == pytest.approx(-0.1, abs=0.04)
    assert priced.sigma["a"].mean() == pytest.approx(0.2, abs=0.03)
    # a single deal is drawn to the others if prices make products comparable, and else is not
    assert priced.log_ratio["c"].mean() < alone.log_ratio["c"].mean()
    assert priced.sigma["d"].mean() == pytest.approx(0.2, rel=0.7)
