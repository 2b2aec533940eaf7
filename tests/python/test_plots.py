# SPDX-License-Identifier: Apache-2.0
"""Pictures show the numbers they claim to show, are readable and the same each time."""

import matplotlib
import numpy as np
import pytest
from synthetic import company

matplotlib.use("agg")
from matplotlib import pyplot as plt
from matplotlib.colors import to_rgb

from pardner import drawing, effects, plots, wording


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def texts(figure):
    figure.canvas.draw()
    return [t.get_text() for t in figure.findobj(matplotlib.text.Text) if t.get_text()]


def lines_of(ax, colour):
    return [line for line in ax.lines if line.get_color() == colour]


def test_difference_over_time_draws_mean_and_band_of_paired_differences():
    ds = company()
    ax = plots.plot_difference(ds, "contribution")
    amounts = ds["contribution"].cumsum("time") / 100
    difference = (amounts.sel(arm="partner_manager") - amounts.sel(arm="as_is")).values
    low, high, mean = lines_of(ax, drawing.colours(ds)["partner_manager"])
    np.testing.assert_allclose(mean.get_ydata(), difference.mean(axis=0))
    np.testing.assert_allclose(low.get_ydata(), np.quantile(difference, 0.05, axis=0))
    np.testing.assert_allclose(high.get_ydata(), np.quantile(difference, 0.95, axis=0))
    assert mean.get_xdata()[-1] == pytest.approx(36)
    assert "One partner\nmanager" in texts(ax.figure)
    assert ax.get_ylabel() == "difference in cumulative contribution, USD"


def test_it_draws_into_given_axes_and_returns_them():
    figure, axes = plt.subplots(1, 3)
    ds, found = company(30), effects.effects(company(30), "contribution")
    assert plots.plot_difference(ds, ax=axes[0]) is axes[0]
    assert plots.plot_horizons(found, drawing.colours(ds), ax=axes[1]) is axes[1]
    assert plots.plot_bands(ds, "contribution", ax=axes[2]) is axes[2]
    assert plt.get_fignums() == [figure.number]


def test_horizons_show_mean_error_range_and_wins():
    ds = company()
    found = effects.effects(ds, "contribution")
    ax = plots.plot_horizons(found, drawing.colours(ds))
    e = found["partner_manager"][2]
    futures, error, dot = lines_of(ax, drawing.colours(ds)["partner_manager"])[-3:]
    assert futures.get_xdata() == pytest.approx([e.low / 100, e.high / 100])
    assert error.get_xdata() == pytest.approx([e.interval[0] / 100, e.interval[1] / 100])
    assert list(dot.get_xdata()) == pytest.approx([e.mean / 100])
    shown = texts(ax.figure)
    for one in found:
        assert wording.count_of_100(one.wins) in shown and f"at {one.horizon}" in shown
    assert [t.get_text() for t in ax.get_yticklabels()].count("As is") == 3


def test_the_decision_picture_has_both_panels_and_says_how_to_read_it():
    shown = " ".join(texts(plots.plot_comparison(company(), time_unit="quarters")))
    assert "200 futures" in shown and "range of futures (5–95%)" in shown
    assert "Q1\nFY28" in shown and "Q1\nFY30" in shown and "at 24 months" in shown


@pytest.mark.parametrize("arms", [("as_is", "as_is"), ("as_is", "partner_manager")])
def test_options_that_never_differ_and_unknown_errors_are_drawn(arms):
    ds = company(3 if arms[1] != "as_is" else 200, arms=arms).assign_coords(arm=["a", "b"])
    figure = plots.plot_comparison(ds)
    figure.canvas.draw()
    low, high = figure.axes[0].get_ylim()
    assert np.isfinite([low, high]).all() and low < 0 < high


def test_an_effect_whose_error_is_not_known_has_no_bar():
    ds = company(1)
    ax = plots.plot_horizons(effects.effects(ds, "contribution"), drawing.colours(ds))
    assert len(lines_of(ax, drawing.colours(ds)["partner_manager"])) == 6  # three lines, three dots


def test_a_result_shows_every_outcome_with_its_last_value():
    ds = company(1).isel(arm=[0])
    figure = plots.plot_result(ds)
    shown = texts(figure)
    total = float(ds["contribution"].sum())
    assert wording.amount(total, wording.Unit.parse("USD cent")) in shown
    assert "contribution, cumulative" in shown and "active partners" in shown
    with pytest.raises(ValueError, match="no outcome over time"):
        plots.plot_result(ds[[]])


def test_bands_of_the_outcome_itself():
    ds = company()
    ax = plots.plot_bands(ds, "active_partners", arms=["partner_manager"])
    mean = lines_of(ax, drawing.colours(ds)["partner_manager"])[-1]
    assert mean.get_ydata()[-1] == 10
    assert ax.get_ylabel() == "active partners, partners"


def test_time_axes_are_in_months_or_fiscal_quarters():
    ax = plots.plot_bands(company(5), "contribution")
    assert ax.get_xlabel() == "months from the start"
    assert [tick for tick in ax.get_xticks() if 0 <= tick <= 36] == [0, 6, 12, 18, 24, 30, 36]
    with pytest.raises(ValueError, match="months"):
        plots.plot_bands(company(5), "contribution", time_unit="weeks")


def test_ticks_are_whole_currency():
    ax = plots.plot_difference(company())
    ax.figure.canvas.draw()
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert "0" in labels and "+1M" in labels


def test_labels_never_overlap_and_keep_their_order():
    random = np.random.default_rng(6)
    for _ in range(50):
        wanted, heights = random.uniform(size=6), random.uniform(0.02, 0.2, size=6)
        placed = drawing.spread_labels(wanted, heights)
        order = np.argsort(wanted)
        gaps = np.diff(placed[order]) - (heights[order][1:] + heights[order][:-1]) / 2
        assert gaps.min() > -0.01
    assert drawing.spread_labels([1.0, 9.0], [1, 1]).tolist() == [1.0, 9.0]


def test_text_colours_have_contrast():
    for colour in (*drawing.COLOURS, drawing.REFERENCE_COLOUR):
        rgb = np.array(to_rgb(drawing.readable(colour)))
        linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
        assert 1.05 / (linear @ [0.2126, 0.7152, 0.0722] + 0.05) >= 4.5


def test_svg_is_the_same_each_time_and_needs_nothing_from_outside():
    first, again = (
        drawing.to_svg(plots.plot_difference(company(20)).figure, 'a "title" <b>', "p1")
        for _ in range(2)
    )
    assert first == again
    assert first.startswith('<svg role="img" aria-label="a &quot;title&quot; &lt;b&gt;"')
    assert "<metadata" not in first and 'id="p1-' in first and "<?xml" not in first
    other = drawing.to_svg(plots.plot_difference(company(20)).figure, "x", "p2")
    ids = [{part.split('"')[0] for part in svg.split(' id="')[1:]} for svg in (first, other)]
    assert ids[0] and not ids[0] & ids[1]
