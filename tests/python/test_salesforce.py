# SPDX-License-Identifier: Apache-2.0
"""Measures of salespeople on invented numbers with known answers; pictures say what they show."""

import matplotlib
import numpy as np
import pandas as pd
import pytest
import xarray as xr

matplotlib.use("agg")
from figures import texts
from matplotlib import pyplot as plt

import pardner
from pardner import salesforce as sf
from pardner.errors import BadInput
from pardner.salesforce.relative_pay import person_weeks

START = np.datetime64("2027-02-01", "ns")


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def outcome_dataset(weeks, futures=3, **series):
    """Flows of one option that are the same every week, or given as (replicate, time)."""
    dims = ("arm", "replicate", "time")
    shape = (1, futures, weeks)
    return xr.Dataset(
        {
            name: (dims, np.broadcast_to(values, shape).astype(float), {"kind": "flow"})
            for name, values in series.items()
        },
        coords={
            "arm": ["base"], "replicate": np.arange(futures),
            "time": ("time", START + np.timedelta64(7, "D") * np.arange(1, weeks + 1),
                     {"label": "end"}),
        },
        attrs={"start": "2027-02-01", "calendar": "fiscal"},
    )  # fmt: skip


def people(weeks=27, **columns):
    """Two sellers of one option and future; columns not given are 0."""
    zero = dict.fromkeys(
        ["booked", "accrued", "paid", "skill", "knowledge", "hours_left", "usual_week", "attainment", "hours_worked", "hours_given", "hour_value", "calls", "own_deals", "own_bag_hours", "sold", "deals", "role"], 0.0
    )  # fmt: skip
    dims = ("arm", "replicate", "snapshot", "row")
    week = np.arange(1, weeks + 1)
    return xr.Dataset(
        {
            name: (dims, np.broadcast_to(np.asarray(values, float), (1, 1, weeks, 2)).copy())
            for name, values in (zero | {"at_work": 1.0} | columns).items()
        },
        coords={"arm": ["base"], "arm_title": ("arm", ["Base"]), "replicate": [0],
                "snapshot": START + np.timedelta64(7, "D") * week, "week": ("snapshot", week)},
    )  # fmt: skip


def test_a_ratio_of_sums_is_no_mean_of_ratios():
    value, error = sf.ratio(np.array([1.0, 0.0, 5.0]), np.array([2.0, 1.0, 5.0]))
    assert value == pytest.approx(6 / 8)
    # Linearised: residuals 1 - 1.5, 0 - .75, 5 - 3.75; Student's t(2) at 97.5% is 4.3027.
    spread = np.sqrt((0.5**2 + 0.75**2 + 1.25**2) / 6)
    assert error == pytest.approx(4.302653 * spread / (8 / 3), rel=1e-6)
    assert sf.ratio(np.array([2.0, 4.0]), np.array([4.0, 8.0])) == pytest.approx((0.5, 0.0))
    assert np.isnan(sf.ratio(np.zeros(3), np.zeros(3))).all()


def test_interval_of_a_ratio_covers_it():
    random = np.random.default_rng(5)
    hits = 0
    for _ in range(1000):
        below = random.gamma(8, 1, 40)
        value, error = sf.ratio(below * 0.3 + random.normal(0, 0.5, 40), below)
        hits += abs(value - 0.3) < error
    assert 0.93 < hits / 1000 < 0.97  # 95% with a standard error of .7%


def test_measures_of_an_invented_company():
    names = [*["seller_hours", "seller_hours_all", "executive_hours", "account_executives", "calls"],
             *["quota_attained", "quota_periods", "commission", "bookings_acv", "fixed_pay", "quits", "won"],
             *["discount_given", "pulled_in", "pushed_out", "decided", "missold", "vacant_seats"],
             *["knowledge_executives", "knowledge_partners", "partners_active"],
             *["pipeline_reported", "pipeline_true"]]  # fmt: skip
    ds = outcome_dataset(26, **dict.fromkeys(names, 0.0) | {
        "executive_hours": 100, "account_executives": 4, "quota_periods": 4, "quota_attained": 3,
        "commission": 80, "fixed_pay": 120, "bookings_acv": 900, "discount_given": 100, "won": 10,
        "missold": 1, "quits": 0.1, "vacant_seats": 1, "knowledge_executives": 0.7,
        "seller_hours": 30, "seller_hours_all": 120, "calls": 6,
    })  # fmt: skip
    found = sf.measures(ds).set_index("measure")
    expected = {
        "hours worked": 25, "quotas reached": 0.75, "commission per booking": 80 / 900,
        "pay per booking": 200 / 900, "discount to close early": 0.1, "mis-sold": 0.1,
        "turnover": 0.1 * 52 / 4, "seats vacant": 0.2, "knowledge of executives": 0.7,
        "reseller hours on the vendor's products": 0.25, "joint calls": 20,
    }  # fmt: skip
    for name, value in expected.items():
        assert found.loc[name, "value"] == pytest.approx(value), name
        assert found.loc[name, "error"] == pytest.approx(0, abs=1e-9)
    assert found.loc["hours worked", "unit"] == "hour/week"
    # Nobody is there, nothing is decided: not known, and not 0.
    for name in ("knowledge of reseller sellers", "pipeline as reported", "decisions pulled in"):
        assert np.isnan(found.loc[name, "value"]), name


def test_weeks_of_the_quarter_add_up_over_quarters_and_futures():
    booked = np.ones((2, 29))
    booked[:, [12, 25]] = 4.0  # the last week of both quarters
    booked[:, 26:] = 99.0  # no whole quarter
    given = np.zeros((2, 29))
    given[0, 12] = 2.0  # of four last weeks' 16 booked
    table = sf.by_week_of_quarter(outcome_dataset(29, 2, bookings_acv=booked, discount_given=given))
    assert table["week"].tolist() == list(range(1, 14))
    assert table["bookings"].sum() == pytest.approx(1)
    assert table["bookings"].tolist() == pytest.approx([1 / 16] * 12 + [4 / 16])
    assert table["discount"].tolist() == pytest.approx([0] * 12 + [2 / 18])
    every_fourth = outcome_dataset(29, 2, bookings_acv=booked, discount_given=given)
    with pytest.raises(ValueError, match="record_every"):
        sf.by_week_of_quarter(every_fourth.isel(time=slice(None, None, 4)))


def test_what_a_person_did():
    week = np.arange(1, 28)[:, None]
    reps = people(
        hours_given=30.0, hours_left=[0.0, 6.0], own_bag_hours=[20.0, 0.0], role=[1.0, 0.0],
        sold=week * np.array([100.0, 0.0]), calls=week * np.array([2.0, 0.0]),
        attainment=[0.8, 1.2],
        # Paid after 13 weeks, accrued in between: 5 cents a week whichever column holds them.
        paid=5.0 * 13 * (week // 13) * np.ones(2), accrued=5.0 * (week % 13) * np.ones(2),
    )  # fmt: skip
    seller, executive = (row for _, row in sf.by_rep(reps).iterrows())
    assert (seller["role"], executive["role"]) == ("partner seller", "account executive")
    assert (seller["ours"], seller["own"], seller["idle"]) == (10, 20, 0)
    assert seller["share"] == pytest.approx(1 / 3) and executive["share"] == 1
    assert seller["calls"] == 2 * 26 and seller["sold"] == 26.0  # of 27 weeks the first is unknown
    assert seller["earned"] == pytest.approx(0.05 * 26)
    assert executive["attainment"] == pytest.approx(1.2)
    parts = sf.effort(reps).query("row == 1").set_index("product")
    assert parts.loc["not worked", "share"] == pytest.approx(0.2)
    assert parts["share"].sum() == pytest.approx(1)


def test_who_has_left_does_not_count():
    gone = np.ones((27, 2))
    gone[10:, 1] = 0
    reps = people(hours_given=30.0, at_work=gone, attainment=[0.5, 2.0])
    assert sf.by_rep(reps)["weeks"].tolist() == [26, 9]
    assert sf.attainments(reps).tolist() == [0.5, 0.5]  # two quarters closed, one person
    assert sf.attainments(reps, role="partner seller").size == 0
    sellers = reps.assign(role=reps["role"] + 1).isel(arm=0)
    assert person_weeks(sellers)[1].tolist() == [30.0] * (27 + 10)


def test_the_smooth_law_is_that_of_sa5():
    # Two opportunities, one of each kind: h = H v^(1/(1-eps)) / sum.
    v = np.array([3.0, 2.0]) ** (1 / 0.66)
    at_one = v[0] / v.sum()
    w = np.array([3.0 * 1.7, 2.0]) ** (1 / 0.66)
    assert sf.smooth_law(1.7, at_one)[0] == pytest.approx(w[0] / w.sum(), abs=1e-6)
    law = sf.smooth_law([0.0, 1.0, 1e9], [0.0, 0.4, 1.0], [1.0, 2.0, 3.0])
    assert law == pytest.approx([0, (0.8 + 3) / 6, 5 / 6], abs=1e-6)
    with pytest.raises(ValueError, match="lie in"):
        sf.smooth_law(1.0, 1.2)


def test_the_model_follows_the_law_while_pipelines_are_alike():
    """Before effort has changed any pipeline, and with nothing to pay for a touch, it is exact."""
    floor = pardner.scenarios["reseller_floor"].with_(
        {"run.weeks": 2, "run.warmup": 0, "effort.touch_hours": 0, "demand.rate": 10}
    )
    table = sf.sweep(floor, "booking.reseller_discount", [0.1, 0.5], reference=0.25, replicates=4)
    assert table["pay"].tolist() == pytest.approx([1 / 3, 5 / 3])
    assert table["share"].iloc[0] < table["share"].iloc[1]
    assert table["share"].tolist() == pytest.approx(table["law"].tolist(), rel=1e-4)


def test_terms_of_figures():
    plain = sf.of_figures(0, 0.1)
    assert plain.marks == () and plain.rate([0, 5]).tolist() == [0.1, 0.1]
    full = sf.of_figures(90_000, 0.1, accelerator=1.5, bonus=8_000, cap=2)
    assert full.rate([0, 0.999, 1, 1.999, 2, 9]).tolist() == pytest.approx(
        [0.1, 0.1, 0.15, 0.15, 0, 0]
    )
    assert [mark.attainment for mark in full.marks] == [1, 2]
    assert full.marks[0].words == "quota\n10% → 15%\n8k USD bonus"
    assert full.marks[1].words == "cap, 2 quotas\n15% → 0%"
    early = sf.of_figures(90_000, 0.1, bonus=1_000, cap=0.8)
    assert [mark.attainment for mark in early.marks] == [0.8, 1]
    assert early.rate([0.7, 0.9]).tolist() == [0.1, 0]


def test_histogram_counts_and_marks():
    marks = sf.of_figures(1, 0.1, accelerator=2, cap=1.5).marks
    ax = sf.plot_attainment([0.5, 1.0, 1.0, 7.0], marks)
    heights = {round(bar.get_x(), 2): bar.get_height() for bar in ax.patches if bar.get_height()}
    assert heights == {0.5: 0.25, 1.0: 0.5, 2.45: 0.25}  # a quota just reached is not below it
    assert [line.get_xdata()[0] for line in ax.lines] == [1, 1.5]
    said = texts(ax.figure)
    for words in ("quota 10% → 20%", "cap, 1.5 quotas", "attainment of quota", "25% beyond"):
        assert words in said
    assert "share of quotas" in ax.get_ylabel()
    with pytest.raises(ValueError, match="no attainments"):
        sf.plot_attainment([])


@pytest.fixture(scope="module")
def run():
    base = pardner.scenarios["salesforce"].with_(
        {"run.weeks": 26, "run.warmup": 13, "timing.pull_weeks": 4}
    )
    bent = base.with_({"account_executive.accelerator": 2}, name="bent")
    return sf.watch([base, bent], replicates=3, names=["flat", "bent"])


def test_a_watched_run_agrees_with_its_outcomes(run):
    table = sf.by_rep(run.reps)
    later = run.outcomes.isel(time=slice(1, None))
    for arm, rows in table.groupby("arm"):
        hours = (rows["ours"] * rows["weeks"]).sum()
        assert hours == pytest.approx(float(later["executive_hours"].sel(arm=arm).sum()))
        earned = rows["earned"].sum() * 100
        assert earned == pytest.approx(float(later["commission"].sel(arm=arm).sum()))
    reached = (sf.attainments(run.reps, "bent") >= 1).sum()
    assert reached == int(run.outcomes["quota_attained"].sel(arm="bent").sum())
    assert table.attrs["units"]["sold"] == "USD"


def test_the_pictures_of_a_run(run):
    said = texts(sf.plot_attainments(run))
    assert "10% → 20%" in said and "of quotas reached" in said and "flat" in said
    figure = sf.plot_week_of_quarter(run)
    said = texts(figure)
    for words in ("first week", "last week", "week of the quarter", "share of list value", "bent"):
        assert words in said
    table = sf.by_week_of_quarter(run.outcomes)
    line = figure.axes[0].lines[0]
    assert line.get_ydata() == pytest.approx(table.query("arm == 'flat'")["bookings"].to_numpy())


def test_a_quarter_of_a_person(run):
    one = sf.rep_quarter(run, 4, quarter=2, arm="bent", replicate=1)
    reps = run.reps.sel(arm="bent").isel(replicate=1, row=4)
    assert one.ours + one.idle == pytest.approx(reps["hours_given"].values[13:])
    assert (np.diff(one.reached) >= 0).all()  # credit only grows, also in the settled last week
    assert one.reached[-1] == pytest.approx(reps["attainment"].values[-1])
    assert one.reached[5] == pytest.approx(reps["booked"].values[18] / 100 / 90_000)
    assert one.rate[0] == pytest.approx(0.1)
    figure = sf.plot_rep_quarter(one)
    said = texts(figure)
    for words in ("hours a week", "attainment", "rate on the next sale", "last hour earns, USD",
                  "week of the quarter", "not worked", "quota, 10% → 20%"):  # fmt: skip
        assert words in said
    assert len(figure.axes) == 4
    with pytest.raises(IndexError, match="quarter 3"):
        sf.rep_quarter(run, 4, quarter=3)


def test_effort_over_pay_is_drawn_with_its_law():
    table = pd.DataFrame({"value": [1.0, 2.0], "pay": [0.5, 1.5], "share": [0.2, 0.5],
                          "error": [0.01, 0.02], "law": [0.2, 0.6]})  # fmt: skip
    table.attrs = {"key": "x", "reference": 1.0,
                   "curve": {"pay": [0.0, 1.0, 2.0], "share": [0.0, 0.4, 0.7]}}  # fmt: skip
    ax = sf.plot_effort_share(table)
    assert list(ax.lines[0].get_ydata()) == [0.0, 0.4, 0.7]
    said = texts(ax.figure)
    for words in ("law of SA5", "simulated", "pays alike", "hours on the vendor's products"):
        assert words in said


def test_what_cannot_be_drawn_says_why(run, tmp_path):
    path = tmp_path / "run.h5"
    scenario = pardner.scenarios["salesforce"].with_({"run.weeks": 4, "run.warmup": 0})
    plain = scenario.replicate(1, output=path, progress=False)
    with pytest.raises(BadInput, match="snapshot_every"):
        sf.read_reps(path)
    with pytest.raises(KeyError):
        sf.terms(plain.to_xarray(), role="nobody")
    moving = scenario.with_({"account_executive.ratchet": 0.5})
    with pytest.raises(ValueError, match="plain quota"):
        sf.terms(moving.replicate(1, progress=False).to_xarray())
    planned = scenario.with_({"account_executive.plan": "account_executive"})
    found = sf.terms(planned.replicate(1, progress=False).to_xarray())
    assert found.quota == 225_000 and found.rate([0.5, 1.5]) == pytest.approx([0.1, 0.15], abs=1e-6)
    assert found.marks[0].attainment == 1 and "10% → 15%" in found.marks[0].words
