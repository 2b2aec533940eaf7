# SPDX-License-Identifier: Apache-2.0
"""Survival, lives and maps of startups: against numbers worked out by hand or published."""

import matplotlib
import numpy as np
import pandas as pd
import pytest
import xarray as xr

matplotlib.use("agg")
from figures import texts
from matplotlib import pyplot as plt

import pardner
from pardner import agents
from pardner import startups as su
from pardner.errors import BadInput
from pardner.startups.page import page

START = np.datetime64("2026-02-02", "ns")


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def snapshots(weeks, rows=1, **columns):
    """One option and future; columns (snapshot, row) or broadcast to that; the rest is 0."""
    names = [
        "status", "market", "genome", "maturity", "belief", "runway", "partners", "cash", "fit",
        "customers", "small_pivots", "large_pivots", "partners_ever", "round",
    ]  # fmt: skip
    held = dict.fromkeys(names, 0.0) | {"ended": -1.0, "after_a_year": -1.0} | columns
    shape = (len(weeks), rows)
    return xr.Dataset(
        {
            name: (
                ("arm", "replicate", "snapshot", "row"),
                np.broadcast_to(np.asarray(values, float), shape)[None, None].copy(),
            )
            for name, values in held.items()
        },
        coords={
            "arm": ["base"], "arm_title": ("arm", ["Base"]), "replicate": [0],
            "snapshot": START + np.timedelta64(7, "D") * np.asarray(weeks),
            "week": ("snapshot", np.asarray(weeks)),
        },
    )  # fmt: skip


def table_of(*rows):
    """Lives: (arm, replicate, weeks, ended, partner week or None, after a year)."""
    made = [
        {"arm": arm, "option": arm, "replicate": replicate, "startup": i, "weeks": weeks,
         "ended": ended, "how": "closed" if ended else "alive", "after_a_year": year,
         "partner": np.nan if partner is None else partner}
        for i, (arm, replicate, weeks, ended, partner, year) in enumerate(rows)
    ]  # fmt: skip
    return pd.DataFrame(made)


# Weeks of remission under 6-mercaptopurine, + censored: 6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+
# 22 23 25+ 32+ 32+ 34+ 35+ (Freireich 1963; S and Greenwood's errors as in Cox, Oakes 1984, ch. 4).
REMISSION = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
ENDED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]


def test_kaplan_meier_gives_the_published_estimate_of_a_published_sample():
    found = su.kaplan_meier(REMISSION, ENDED)
    assert found["week"].tolist() == [0, 6, 7, 10, 13, 16, 22, 23, 35]
    assert found["at_risk"].tolist() == [21, 21, 17, 15, 12, 11, 7, 6, 1]
    np.testing.assert_allclose(
        found["survival"],
        [1, 0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482, 0.4482],
        atol=5e-5,
    )
    np.testing.assert_allclose(
        found["error"],
        [0, 0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346, 0.1346],
        atol=5e-5,
    )
    assert ((found["low"] <= found["survival"]) & (found["survival"] <= found["high"])).all()


def test_kaplan_meier_with_late_entry_by_hand():
    # At 5: the first two are at risk (the third comes at 5, so after it): 1/2. At 8: 2nd and 3rd: 1/4.
    found = su.kaplan_meier([5, 10, 8], [True, False, True], entry=[0, 0, 5])
    assert found["at_risk"].tolist() == [2, 2, 2, 1]
    assert found["survival"].tolist() == [1, 0.5, 0.25, 0.25]
    with pytest.raises(ValueError, match="entry < weeks"):
        su.kaplan_meier([5], [True], entry=[5])


def test_kaplan_meier_when_all_end_and_when_none_does():
    all_end = su.kaplan_meier([1, 2], [True, True])
    assert all_end["survival"].tolist() == [1, 0.5, 0]
    assert np.isnan(all_end["high"].iloc[-1])
    assert su.kaplan_meier([7, 7], [False, False])["survival"].tolist() == [1, 1]
    none = su.kaplan_meier([7, 7], [False, False]).iloc[-1]
    assert (none["low"], none["high"], none["error"]) == (1, 1, 0)


def test_lives_by_hand():
    weeks = [4, 8, 12]
    seen = snapshots(
        weeks, rows=3, status=[[0, 0, 0], [2, 0, 0], [2, 1, 0]],
        ended=[[-1, -1, -1], [5, -1, -1], [5, 11, -1]], partners_ever=[[0, 1, 0], [0, 1, 0], [0, 2, 0]],
        round=[[0, 0, 0], [0, 1, 1], [0, 1, 3]],
    )  # fmt: skip
    found = su.lives(seen)
    assert found["weeks"].tolist() == [6, 12, 12]
    assert found["ended"].tolist() == [True, True, False]
    assert found["how"].tolist() == ["closed", "bought", "alive"]
    assert found["partner"].fillna(-1).tolist() == [-1, 4, -1]
    assert found["seed"].fillna(-1).tolist() == [-1, 8, 8]
    assert found["b"].fillna(-1).tolist() == [-1, -1, 12]


def test_survival_and_its_interval_by_hand():
    # Two futures: 1 of 2 and 2 of 2 alive after 10 weeks. Ratio 3/4; residuals -.5 and +.5, their
    # root mean square over sqrt 2 is .5, over the mean of 2 startups .25; t(.975, 1) = 12.706.
    found = su.survival(
        table_of(
            ("on", 0, 10, True, None, -1), ("on", 0, 20, False, None, -1),
            ("on", 1, 11, True, None, -1), ("on", 1, 20, False, None, -1),
        ), [0, 10, 20, 30],
    )  # fmt: skip
    assert found["week"].tolist() == [0, 10, 20]  # 30 is beyond what was seen
    assert found["value"].tolist() == [1, 0.75, 0.5]
    assert found["error"].tolist() == pytest.approx([0, 0.25 * 12.7062, 0], abs=1e-4)
    assert found["high"].tolist() == [1, 1, 0.5] and found["startups"].tolist() == [4] * 3
    with pytest.raises(BadInput, match="no startups"):
        su.survival(table_of().reindex(columns=["weeks"]))


def worlds():
    """Partnering does nothing at all here, but who lives longer has had the time to partner."""
    rows = []
    for replicate in range(2):
        for arm in ("on", "off"):
            for weeks, partner, year in [
                (30, None, -1), (80, None, 0), (100, 20, 1), (200, 90, 0), (200, 150, 0),
            ]:  # fmt: skip
                met = partner if arm == "on" else None
                rows.append((arm, replicate, weeks, weeks < 200, met, year if arm == "on" else min(year, 0)))  # fmt: skip
    return table_of(*rows)


def test_gaps_by_hand_tell_the_naive_from_the_paired():
    found = su.gaps(worlds(), [40, 120], "on", "off").set_index(["week", "measure"])["value"]
    # Ever partnered: 3 (100, 200, 200), never: 2 (30, 80). At 40: 3/3 - 1/2; at 120: 2/3 - 0/2.
    assert found[40, "ever"] == pytest.approx(0.5)
    assert found[120, "ever"] == pytest.approx(2 / 3)
    # Alive after a year: partnered by then 1 (100), not 3 (80, 200, 200). At 120: 0 - 2/3.
    assert (40, "landmark") not in found.index
    assert found[120, "landmark"] == pytest.approx(-2 / 3)
    assert found[40, "paired"] == found[120, "paired"] == 0
    with pytest.raises(BadInput, match="no option 'x'; there are: on, off"):
        su.gaps(worlds(), [40], "on", "x")


def test_a_gap_of_unequal_futures_has_the_error_of_the_linearised_difference():
    one = [(np.array([1.0, 2]), np.array([2.0, 2])), (np.array([0.0, 0]), np.array([1.0, 1]))]
    from pardner.startups.survival import _gap

    value, error = _gap(*one)  # the second share is constant: the error is that of the first alone
    assert (value, error) == pytest.approx((0.75, 0.25 * 12.7062), abs=1e-4)


def eventful():
    weeks = list(range(1, 61))
    w = np.array(weeks)
    partners = ((w >= 10) & (w < 30)).astype(float) + (w >= 30)
    return snapshots(
        weeks, genome=np.where(w < 20, 1, np.where(w < 40, 3, 8))[:, None],
        small_pivots=(w >= 20)[:, None], large_pivots=(w >= 40)[:, None],
        partners_ever=((w >= 10).astype(float) + (w >= 30))[:, None], partners=partners[:, None],
        round=(w >= 15)[:, None] * 2, status=np.where(w >= 51, 2, 0)[:, None], cash=1e8,
        ended=np.where(w >= 51, 50, -1)[:, None], runway=1200,
    )  # fmt: skip


def test_a_life_has_its_events_at_their_dates():
    one = su.life(eventful(), 0, attributes=4)
    assert (one.end, one.how, one.week[-1]) == (51, "closed", 50)
    assert (one.small, one.large, one.signed, one.parted) == ([20], [40], [10, 30], [30])
    assert one.rounds == [(15, "seed"), (15, "a")]
    assert one.choices[:, 0].tolist() == [1, 0, 0, 0] and one.choices[:, -1].tolist() == [0, 0, 0, 1]  # fmt: skip
    for wrong in ({"startup": 1}, {"startup": 0, "replicate": 4}, {"startup": 0, "arm": "x"}):
        with pytest.raises(BadInput):
            su.life(eventful(), **wrong)


def test_the_strip_draws_each_event_once_in_each_panel():
    figure = su.plot_life(su.life(eventful(), 0, attributes=4))
    strategy = figure.axes[0]
    widths = [line.get_linewidth() for line in strategy.lines]
    assert widths == [1.1, 3, 2.5]  # small, large, the end
    assert [line.get_xdata()[0] for line in strategy.lines] == [20 / 52, 40 / 52, 51 / 52]
    shown = texts(figure)
    assert "seed" in shown and "the end (closed)" in shown and "runway, months" in shown


def test_most_eventful_wants_pivots_a_partner_and_an_end():
    table = table_of(
        ("on", 0, 200, True, 10, 1), ("on", 0, 200, True, None, 0), ("on", 0, 300, True, 10, 1)
    )
    table["small"], table["large"] = [1, 9, 3], [1, 9, 2]
    assert su.most_eventful(table) == 2


def test_survival_is_drawn_with_bands_and_reference():
    table = su.survival(worlds(), [0, 52, 104, 156])
    curves = dict(list(table.groupby("option")))
    ax = su.plot_survival(curves, su.BLS, called="US establishments")
    line = ax.lines[0]
    np.testing.assert_allclose(line.get_xdata(), [0, 1, 2, 3])
    np.testing.assert_allclose(line.get_ydata(), [1, 0.8, 0.4, 0.4])
    rings = ax.lines[-1]
    np.testing.assert_allclose(rings.get_ydata(), [1, 0.796, 0.681, 0.606])
    assert "US establishments" in texts(ax.figure) and len(ax.collections) == 2
    assert su.plot_survival({"one world": su.kaplan_meier(REMISSION, ENDED)}, ax=ax) is ax
    with pytest.raises(ValueError, match="no survival"):
        su.plot_survival({})


def test_gaps_are_drawn_in_points_and_an_unknown_error_has_no_bar():
    table = su.gaps(worlds(), [120], "on", "off")
    ax = su.plot_gaps(table.assign(error=[np.nan, 0.1, 0.1]))
    assert len(ax.lines) == 1 + 3 + 2  # zero, dots, bars
    assert "same futures with and without partnering" in texts(ax.figure)
    with pytest.raises(ValueError, match="no gaps"):
        su.plot_gaps(table.iloc[:0])


def test_a_map_writes_each_number_in_its_cell():
    values = xr.DataArray(
        [[0.1, 0.25], [0.5, np.nan]], dims=("y", "x"),
        coords={"x": ("x", [1.0, 50.0], {"key": "stake.importance", "units": "1"}), "y": [0.0, 3.0]},
    )  # fmt: skip
    ax = su.plot_map(values, error=values * 0 + 0.04, labels=None)
    cells = {(t.get_position()): t.get_text() for t in ax.texts}
    assert cells == {(0, 0): "10\n±4", (1, 0): "25\n±4", (0, 1): "50\n±4", (1, 1): ""}
    assert ax.get_xlabel() == "stake.importance, 1"
    assert [t.get_text() for t in ax.get_xticklabels()] == ["1", "50"]
    with pytest.raises(ValueError, match=r"over \(y, x\)"):
        su.plot_map(values[0])


def test_decisions_are_shares_of_who_signed():
    cell = (("y", "x", "replicate"), np.zeros((1, 1, 2)))
    found = xr.Dataset(dict.fromkeys(("signed", "built", "bought", "resourced"), cell))
    found = found.assign_coords(x=[1.0], y=[0.0]).copy(deep=True)
    for name, values in {"signed": [4, 6], "built": [1, 2], "bought": [0, 1], "resourced": [2, 2]}.items():  # fmt: skip
        found[name].values[0, 0] = values
    shares = su.decisions(found)["value"].values.ravel()
    np.testing.assert_allclose(shares, [0.3, 0.1, 0.4, 0.2])


SMALL = {"run.weeks": 52, "population.startups": 16, "population.accounts": 60}


def test_a_grid_runs_each_cell_as_a_run_of_that_cell():
    one = pardner.scenarios["platform_choice"].with_(SMALL)
    found = su.grid(
        one, ("stake.importance", [0.1, 10]), ("pull.lined_up", [0, 5]), ["signed", "resourced"],
        replicates=2, arm="public_0",
    )  # fmt: skip
    cell = one.with_({"stake.importance": 10, "arms.public_0.pull.lined_up": 5})
    alone = cell.replicate(2, seed=1, arms=["public_0"], progress=False)
    assert (
        found["signed"].sel(x=10, y=5).values.tolist() == alone["signed"].sum(-1).ravel().tolist()
    )
    assert (
        found["resourced"].sel(x=10, y=5).values.tolist()
        == alone["resourced"][..., -1].ravel().tolist()
    )
    assert found["y"].attrs["key"] == "pull.lined_up"
    axes = (("stake.importance", [1]), ("pull.lined_up", [0]))
    for wrong, words in (
        ({"arm": None}, "which option"), ({"arm": "x"}, "no option 'x'"),
        ({"arm": "off", "measured": ["nothing"]}, "no outcome 'nothing'"),
    ):  # fmt: skip
        with pytest.raises(BadInput, match=words):
            su.grid(one, *axes, **({"measured": ["signed"], "replicates": 1} | wrong))


def test_columns_of_a_run_agree_with_its_outcomes():
    run = su.watch(pardner.scenarios["startups"].with_(SMALL | {"run.weeks": 104}), replicates=2, every=1)  # fmt: skip
    table = su.lives(run.agents)
    ds = run.ensemble.to_xarray()
    for week in (26, 104):
        alive = su.survival(table, [week])["value"].iloc[0]
        assert alive == ds["alive"].isel(arm=0, time=week - 1).mean() / 16
    assert table["partner"].notna().groupby(table["replicate"]).sum().tolist() == (
        ds["partnered"].isel(arm=0, time=-1).values.tolist()
    )
    partners = run.agents["partners"].isel(arm=0, snapshot=-1).sum("row").values
    both = 2 * ds["pairs"] + ds["programs"]
    assert partners.tolist() == both.isel(arm=0, time=-1).values.tolist()
    fit = run.agents["fit"].where(run.agents["status"] == 0).mean("row")
    np.testing.assert_allclose(fit.isel(arm=0, snapshot=-1), ds["mean_fit"].isel(arm=0, time=-1))
    belief = run.agents["belief"].where(run.agents["status"] == 0).mean("row")
    np.testing.assert_allclose(belief.isel(arm=0, snapshot=-1), ds["mean_belief"].isel(arm=0, time=-1))  # fmt: skip
    genome = run.agents["genome"].isel(arm=0, replicate=0).values
    pivots = (run.agents["small_pivots"] + run.agents["large_pivots"]).isel(arm=0, replicate=0).values  # fmt: skip
    changed, turned = np.diff(genome, axis=0) != 0, np.diff(pivots, axis=0) > 0
    assert changed.any() and not (changed & ~turned).any()  # a strategy changes by pivots only


def test_agents_of_another_table_are_not_there():
    with pytest.raises(BadInput, match="none of reps"):
        agents.keep(pardner.scenarios["startups"].with_(SMALL), "reps", replicates=1)


def cohort():
    """Ten startups of one future, of 7 years: seed of 8, A of 4 (two of them late), one bought."""
    made = table_of(*[("on", 0, 364 if i else 200, not i, None, 0) for i in range(10)])
    made["how"] = ["bought"] + ["alive"] * 9
    nothing = [np.nan] * 10
    seed = [52.0] * 8 + [np.nan] * 2
    a = [152.0, 156, 160, 260] + [np.nan] * 6
    return made.assign(seed=seed, a=a, b=nothing, c=nothing)


def test_cohort_figures_by_hand():
    found = su.cohort_table(cohort()).set_index("figure")["model"]
    assert found["bought by year 7"] == 0.1 and found["closed by year 7"] == 0
    assert found["raised seed by year 7"] == 0.8 and found["raised A by year 7"] == 0.4
    assert found["A within 2 years of seed"] == 2 / 8  # gaps of 100 and 104 weeks; not 108
    assert found["median gap seed to A"] == 7 * 106
    assert np.isnan(found["B within 4 years of A"]) or found["B within 4 years of A"] == 0


def test_the_page_posts_what_the_tables_hold(tmp_path):
    table = cohort()
    text = page(table, "pytest")
    assert "| bought by year 7 | 10.0% " in text and "5.5%" in text
    assert "| 7 | 90.0%" in text and "38.3%" not in text.split("| 7 |")[0]
    assert "pytest" in text
    # The only end is in year 4: hazards 0 0 0 .1 0 0 0, and a ratio to 0 is not known.
    assert "The mean hazard after year 3 is nan of that before it" in text
    assert "it rises in year 4; that of BLS rises in year 6." in text
