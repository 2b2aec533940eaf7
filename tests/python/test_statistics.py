# SPDX-License-Identifier: Apache-2.0
"""Intervals cover, verdicts keep their false alarm rate, edge cases are exact."""

from pathlib import Path

import coverage_table
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pardner import statistics, verdicts

COMPARISONS = 1000
AT_MOST_FALSE = 73  # 99.9% binomial limit of 1,000 at 5%, see design of the stopping rule
KNOWN_BITS = ["0xdac060b3eb434a23", "0xdc8626031bbf1518"]


def intervals(differences, name="test"):
    return statistics.mean_errors(differences, seed=7, name=name, resamples=1000)


def better_count(differences, delta):
    """How many columns of (n, comparisons) the fixed-n rule calls better or worse."""
    found = intervals(differences)  # one contrast each: error and joint error are the same rule
    kinds = [
        verdicts.judge(mean, error, delta, futures=len(differences), standard_error=spread)
        for mean, error, spread in zip(found.mean, found.error, found.standard_error, strict=True)
    ]
    return sum(v.better for v in kinds), sum(v.worse for v in kinds)


@pytest.mark.parametrize("sigma", [0.5, 1.7])
def test_coverage_of_heavy_tailed_differences(sigma):
    random = np.random.default_rng(11)
    differences = np.exp(sigma * random.standard_normal((200, COMPARISONS)))
    found = intervals(differences)
    covered = np.abs(found.mean - np.exp(sigma**2 / 2)) <= found.error
    assert 0.93 <= covered.mean() <= 0.985  # never-missing intervals would be useless


def test_the_published_coverage_is_what_the_code_gives():
    """One row of docs/statistics.md, the one that matters; all of it by coverage_table.py."""
    page = Path(__file__).resolve().parents[2] / "docs" / "statistics.md"
    assert coverage_table.row("lognormal, sigma 1.7", 200) in page.read_text(encoding="utf-8")


def test_t_interval_would_not_cover():
    """The reason for the bootstrap: the same futures, Student's t."""
    differences = np.exp(1.7 * np.random.default_rng(11).standard_normal((200, COMPARISONS)))
    found = intervals(differences)
    covered = np.abs(found.mean - np.exp(1.7**2 / 2)) <= 1.972 * found.standard_error
    assert covered.mean() < 0.88


@pytest.mark.parametrize("sigma", [None, 1.0, 1.7])
def test_false_alarms_of_equal_options(sigma):
    """Equal in distribution: options share luck and differ by noise, normal or lognormal."""
    random = np.random.default_rng(21)
    draw = random.standard_normal((2, 200, COMPARISONS))
    options = draw if sigma is None else np.exp(sigma * draw)
    better, worse = better_count(options[1] - options[0], delta=0.0)
    assert better + worse <= AT_MOST_FALSE


def test_false_alarms_of_a_table_of_three_options_and_two_horizons():
    """All pairs at all horizons together: the stated 5% is of any better or worse in the table."""
    random = np.random.default_rng(22)
    tables, alarms = 300, 0
    for table in range(tables):
        early = random.standard_normal((100, 3))
        late = early + random.standard_normal((100, 3))
        columns = [v[:, b] - v[:, a] for v in (early, late) for a, b in ((0, 1), (0, 2), (1, 2))]
        found = statistics.mean_errors(
            np.stack(columns, axis=1), seed=table, name="table", resamples=500
        )
        alarms += bool((np.abs(found.mean) > found.joint_error).any())
        assert (found.joint_error >= found.error).all()
    assert alarms <= 28  # 99.9% binomial limit of 300 at 5%


@pytest.mark.parametrize("shape", ["normal", "lognormal"])
def test_a_difference_of_twice_the_indifference_is_found(shape):
    """With the number of pairs that the planning formula asks for."""
    random = np.random.default_rng(23)
    delta = 0.12
    pairs = int(statistics.pairs_to_decide(2 * delta, 1.0, 0.0, power=0.95))
    noise = random.standard_normal((pairs, COMPARISONS))
    if shape == "lognormal":  # sigma 0.5, standardised
        noise = (np.exp(0.5 * noise) - np.exp(0.125)) / np.sqrt((np.exp(0.25) - 1) * np.exp(0.25))
    better, worse = better_count(2 * delta + noise, delta)
    assert better >= 900 and worse == 0


def test_equal_options_are_called_without_useful_difference():
    random = np.random.default_rng(24)
    found = intervals(random.standard_normal((900, 200)))
    kinds = [
        verdicts.judge(m, e, 0.2).kind for m, e in zip(found.mean, found.joint_error, strict=True)
    ]
    # One joint family of 200 here, so its error is wide (about 0.12); still all are decided.
    assert kinds.count(verdicts.NO_USEFUL_DIFFERENCE) >= 180


@pytest.mark.parametrize(
    ("gain", "error", "kind"),
    [
        (5, 1, verdicts.USEFULLY_BETTER), (2.5, 1, verdicts.BETTER),
        (1, 0.5, verdicts.NO_USEFUL_DIFFERENCE), (0, 0, verdicts.NO_USEFUL_DIFFERENCE),
        (2, 0, verdicts.NO_USEFUL_DIFFERENCE), (1, 4, verdicts.UNDECIDED),
        (1.5, 2, verdicts.UNDECIDED), (-1.5, 2, verdicts.UNDECIDED),
        (3, float("inf"), verdicts.UNDECIDED), (-2.5, 1, verdicts.WORSE),
        (-5, 1, verdicts.USEFULLY_WORSE),
    ],
)  # fmt: skip
def test_verdicts(gain, error, kind):
    assert verdicts.judge(gain, error, 2.0, futures=200, standard_error=error / 2).kind == kind


def test_undecided_says_how_many_futures_would_decide():
    verdict = verdicts.judge(1.0, 1.2, 0.0, futures=100, standard_error=0.6)
    # (2 + 1.2816)^2 * 36 = 387.7 pairs at a critical value of 2 and a power of 90%
    assert verdict.pairs_needed == 400
    assert str(verdict) == "undecided (about 400 futures would decide)"
    never = verdicts.judge(0.0, 1.2, 0.0, futures=100, standard_error=0.6)
    assert str(never) == "undecided (more futures would not decide it)"
    with pytest.raises(ValueError, match="indifference"):
        verdicts.judge(1, 1, -1)


def test_the_planning_formula_keeps_its_power():
    random = np.random.default_rng(25)
    pairs = int(statistics.pairs_to_decide(0.3, 1.0, 0.0, power=0.9))
    better, _ = better_count(0.3 + random.standard_normal((pairs, COMPARISONS)), 0.0)
    assert better >= 880


def test_indifference_is_a_month_of_the_cheapest_option():
    assert verdicts.indifference([0, 120_000_00, 240_000_00]) == 10_000_00
    assert verdicts.indifference([0]) == 0


def test_zero_and_constant_differences_are_exact():
    found = intervals(np.column_stack([np.zeros(50), np.full(50, -3.25), np.arange(50.0)]))
    assert found.mean[0] == found.error[0] == found.joint_error[0] == 0
    assert found.mean[1] == -3.25 and found.error[1] == found.joint_error[1] == 0
    assert found.error[2] > 0


def test_one_future_carrying_everything_leaves_the_error_unknown():
    differences = np.zeros((200, 1))
    differences[17] = 5.0
    assert np.isinf(intervals(differences).error[0])
    assert np.isinf(intervals(np.ones((1, 1))).error[0])


@pytest.mark.parametrize("bad", [np.zeros((0, 1)), np.zeros(4), np.array([[np.nan]])])
def test_unusable_differences_are_refused(bad):
    with pytest.raises(ValueError, match="finite"):
        intervals(bad)


def test_rounding_is_no_tail():
    """Shares of few cases repeat a value; as influences they are equal but for their last digit."""
    shares = np.repeat([5, 6, 7], [10, 75, 15]) / 8
    noisy = shares + np.resize([0, 1e-16, -1e-16, 2e-16], 100)
    assert len(set(noisy)) > 3
    exact, rounded = (
        statistics.mean_errors(each[:, None], seed=1, name="x", level=0.99).error[0]
        for each in (shares, noisy)
    )
    assert rounded == pytest.approx(exact, rel=1e-9)


def test_draws_are_keyed_by_seed_and_name():
    differences = np.random.default_rng(1).standard_normal((100, 1))
    one = statistics.mean_errors(differences, seed=1, name="contribution").error
    assert (one == statistics.mean_errors(differences, seed=1, name="contribution").error).all()
    assert (one != statistics.mean_errors(differences, seed=2, name="contribution").error).all()
    assert (one != statistics.mean_errors(differences, seed=1, name="arr_end").error).all()


def test_keyed_draws_do_not_depend_on_blocks():
    whole = statistics.keyed_indices(3, "x", 50, range(0, 10), 7)
    parts = [statistics.keyed_indices(3, "x", 50, range(i, i + 2), 7) for i in range(0, 10, 2)]
    assert (whole == np.concatenate(parts)).all()
    many = statistics.keyed_indices(3, "x", 50, range(0, 100), 100).ravel()
    assert set(many) == set(range(50))
    assert abs(many.mean() - 24.5) < 4 * 14.43 / 100


def test_keyed_bits_stay_what_they_were():
    """Published intervals depend on these words."""
    assert [hex(w) for w in statistics.keyed_bits(1, "contribution", 2)] == KNOWN_BITS


def test_scaling_the_currency_scales_the_error():
    differences = np.random.default_rng(2).standard_normal((100, 2))
    small, large = intervals(differences), intervals(differences * 1e12)
    np.testing.assert_allclose(large.error, small.error * 1e12, rtol=1e-9)


def test_smoothed_tails_keep_ranks_and_the_inner_part():
    differences = np.random.default_rng(3).lognormal(sigma=1.5, size=200)
    cells = statistics.smooth_tails(differences)
    order = np.argsort(differences)
    assert (cells[order[20:180]] == differences[order[20:180], None]).all()
    top = cells[order[-20:]]
    assert (np.diff(np.sort(top, axis=1).ravel()) >= 0).all()  # one cell ends where the next begins
    assert top.max() > differences.max()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(-3, 3), min_size=3, max_size=3), min_size=1, max_size=30))
def test_wins_add_up_and_split_ties(rows):
    wins = statistics.shares_best(np.array(rows))
    assert wins.sum() == pytest.approx(1)
    best = [[v == max(row) for v in row] for row in rows]
    expected = np.mean([np.array(b) / sum(b) for b in best], axis=0)
    np.testing.assert_allclose(wins, expected)
    lower = statistics.shares_best(-np.array(rows), higher_is_better=False)
    np.testing.assert_allclose(lower, wins)


def test_chance_of_the_best_mean():
    random = np.random.default_rng(4)
    values = random.standard_normal((300, 3)) + np.array([0, 0, 0.5])
    chances = statistics.chance_best_mean(values, seed=1, name="x")
    assert chances.sum() == pytest.approx(1) and chances[2] > 0.99
    same = np.repeat(values[:, :1], 2, axis=1)
    assert (statistics.chance_best_mean(same, seed=1, name="x") == 0.5).all()


def test_correlation_and_variance_reduction():
    random = np.random.default_rng(5)
    shared, own = random.standard_normal((2, 100_000))
    first, second = shared, 0.8 * shared + 0.6 * own
    assert statistics.correlation(first, second) == pytest.approx(0.8, abs=0.01)
    # var(a) + var(b) = 2, var(b - a) = 2 (1 - 0.8)
    assert statistics.variance_reduction(first, second) == pytest.approx(5, rel=0.02)
    assert statistics.correlation(first, first) == statistics.correlation([1, 1], [3, 3]) == 1
    assert np.isnan(statistics.correlation([1, 1], [3, 4]))
    assert statistics.variance_reduction(first, first) == np.inf
    assert statistics.variance_reduction([2, 2], [2, 2]) == 1


def test_tail_share():
    differences = np.ones(200)
    differences[[3, 9]] = 100
    share, without = statistics.tail_share(differences)
    assert share == pytest.approx(200 / 398) and without == 1
    assert statistics.tail_share(np.zeros(5)) == (0, 0)
    assert statistics.tail_share(np.array([2.0])) == (1, 2)


def test_band_is_the_quantile():
    futures = np.arange(101.0)
    assert statistics.band(futures).tolist() == [5, 95]
    assert statistics.band(futures[:, None], (0.5,)).tolist() == [[50]]
    with pytest.raises(ValueError, match="at least one"):
        statistics.band(np.zeros((0, 3)))
