# SPDX-License-Identifier: Apache-2.0
"""Plans, statements, curves, comparison and payroll check as Python sees them."""

import csv
import datetime
import io
import os
import pickle
import random
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import matplotlib
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pardner
from pardner import _core
from pardner import compensation as pay
from pardner.compensation import toml_text
from pardner.compensation.curve import course

matplotlib.use("agg")
NAMES = sorted(
    path.stem
    for path in (Path(__file__).resolve().parents[2] / "models/compensation/plans").glob("*.toml")
)
HEADER = "deal_id,date,payee,amount\n"
LOG = HEADER + (
    "D1,2027-01-10,Ann,150000\nD2,2027-02-10,Ann,100000.55\nD3,2027-02-11,Ben,50000\n"
    "D4,2027-05-02,Ben,400000\nD5,2027-05-03,Eve,1000.10\n"
)
properties = settings(
    max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)  # fmt: skip


HEAD = (
    'format = 1\nname = "test"\ncurrency = "USD"\npaid = "month"\n'
    'crediting_event = "booking"\nsplits = "sum_to_100"\n'
)
QUOTA = '[target]\nincentive = "10k"\nper = "quarter"\n[quota]\namount = "100k"\nper = "quarter"\n'


# --- the library --------------------------------------------------------------------------------


def test_the_library_is_what_the_folder_has() -> None:
    assert list(pay.plans) == NAMES and len(NAMES) == 12
    assert pay.Plan.load("account-executive") == pay.plans["account_executive"]
    with pytest.raises(KeyError, match="flat_10"):
        pay.plans["flat"]
    with pytest.raises(pardner.BadInput, match="flat_10"):
        pay.Plan.load("flat")


@pytest.mark.parametrize("name", NAMES)
def test_a_library_plan_says_who_it_is_for_and_what_it_assumes(name: str) -> None:
    plan = pay.plans[name]
    comment = plan.text[: plan.text.index("format")].strip().split("\n")
    assert 2 <= len(comment) <= 4 and all(line.startswith("# ") for line in comment)
    assert comment[0].startswith("# For ")
    assert set(plan.assumed) == set(toml_text.assumed_notes(plan.text))
    assert plan.text.count("- check in your letter") == len(plan.assumed) > 0


@pytest.mark.parametrize("name", NAMES)
def test_a_letter_mentions_every_component_and_every_assumption(name: str) -> None:
    plan = pay.plans[name]
    letter, html = plan.letter(), plan._repr_html_()
    for component in plan.components:
        title = component.replace("_", " ").capitalize()
        assert f"- {title}: " in letter and f"<li>{title}: " in html
    for key, note in plan.assumed.items():
        assert key in letter and note.split(" - ")[0][:20] in " ".join(letter.split())
        assert key in html
    tables = {"target", "quota", "clawback", "draw"} & set(plan.data)
    named = sum(len(plan.data.get(kind, {})) for kind in ("component", "subquota", "cap"))
    people = "payee" in plan.data
    assert len(plan.sentences()) == len(tables) + named + people


def test_sentences_of_everything_a_plan_can_say() -> None:
    plan = pay.Plan.parse(EVERYTHING)
    said = " ".join(plan.sentences())
    for words in (
        "below 50% of quota nothing is paid, reaching it pays only what is above",
        "credit above 500,000 USD pays the base rate and does not count for quota",
        "of deals of platform", "500 USD for each deal of security",
        "10,000 USD for all together, first come, first served", "not beside another SPIF",
        "is multiplied by how far", "times 0.8 from 0% of it on", "5,000 USD and 2,000 USD",
        "weighted 20%, 20%, 20% and 40%", "at most 400,000 USD a plan year",
        "what is above is paid when a later period has room", "buys less within 6 months",
        "50% from month 3 on", "never recovered", "From 2027-07-01: The quota is 1,200,000 USD",
    ):  # fmt: skip
        assert words in said, words


EVERYTHING = """
format = 1
name = "everything"
currency = "USD"
paid = "month"
crediting_event = "booking"
splits = "sum_to_100"
products = ["platform", "security"]
[target]
incentive = "100k"
per = "year"
[quota]
amount = "1M"
per = "year"
products = ["platform"]
season = ["20%", "20%", "20%", "40%"]
[component.main]
type = "commission"
measure = "quarter"
reading = "marginal"
base_rate = "target/quota"
tiers = [{ from = "0%", times = 1 }]
threshold = "50%"
threshold_pays = "above_only"
windfall = { above = "500k", pays = "base_rate", quota_credit = false }
[component.launch]
type = "spif"
products = ["security"]
from = 2027-01-01
to = 2027-03-31
per_deal = 500
pool = "10k"
last_claim = "none"
stackable = false
[component.prize]
type = "contest"
from = 2027-01-01
to = 2027-03-31
prizes = ["5k", "2k"]
[subquota.security]
products = ["security"]
measure = "quarter"
amount = "50k"
applies_to = ["main"]
kind = "multiplier"
steps = [{ from = "0%", times = "80%" }, { from = "100%", times = "110%" }]
[cap.most]
components = ["main"]
amount = "400k"
per = "year"
over = "refundable"
[clawback]
triggers = ["downgrade"]
components = ["main"]
window_months = 6
amount = "sliding"
steps = [{ month = 0, share = "100%" }, { month = 3, share = "50%" }]
valued_at = "original_rate"
[draw]
amount = "1k"
kind = "non_recoverable"
[[change]]
from = 2027-07-01
[change.quota]
amount = "1.2M"
per = "year"
products = ["platform"]
season = ["20%", "20%", "20%", "40%"]
"""


# --- plans --------------------------------------------------------------------------------------


def test_a_plan_is_immutable_equal_by_text_and_pickles(tmp_path: Path) -> None:
    plan = pay.plans["sdr"]
    path = tmp_path / "mine.toml"
    path.write_text(plan.text)
    assert pay.Plan.load(path) == pay.Plan.load(str(path)) == plan
    assert len({plan, pay.plans["sdr"], pay.plans["overlay"]}) == 2
    again = pickle.loads(pickle.dumps(plan))
    assert again == plan and again.components == {"meetings": "commission"}
    assert (plan.currency, plan.minor_units) == ("USD", 100)


def test_a_wrong_plan_says_where() -> None:
    with pytest.raises(pardner.ScenarioError) as caught:
        pay.Plan.parse(pay.plans["flat_10"].text.replace("crediting_event", "crediting_evnt"))
    assert any(one["line"] for one in caught.value.problems)
    with pytest.raises(pardner.BadInput, match=r"no_such\.toml"):
        pay.Plan.load("no_such.toml")


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_written_from_its_data_is_the_same_plan(name: str) -> None:
    plan = pay.plans[name]
    written = toml_text.write(plan.data)
    assert toml_text.read(written) == plan.data
    assert pay.Plan.parse(written).components == plan.components


def test_html_is_escaped() -> None:
    evil = "<script>alert(1)</script>"
    text = pay.plans["flat_10"].text.replace('"Flat 10%"', f'"{evil}"')
    plan = pay.Plan.parse(text)
    statement = plan.pay(LOG.replace("Eve", evil))
    found = pay.compare(plan, plan, LOG.replace("Eve", evil))
    paid = pd.DataFrame({"payee": [evil], "period": ["2027-05"], "amount": [1]})
    checked = pay.check(plan, LOG.replace("Eve", evil), paid)
    for one in (plan, statement, found, checked):
        html = one._repr_html_()
        assert "<script" not in html and "&lt;script&gt;" in html
    hostile = pay.Plan.parse(
        text.replace(
            "[component.", f'[quota]\namount = 1\nper = "year"\nkinds = ["{evil}"]\n[component.'
        )
    )
    assert "<script" not in hostile._repr_html_() and hostile.letter().count(evil) == 2


# --- paying -------------------------------------------------------------------------------------


def test_an_account_executive_by_hand() -> None:
    """Quota 225k a quarter, 10%, 15% above. Ben, Q2: 22,500 + 15% of 175,000."""
    statement = pay.plans["account_executive"].pay(LOG)
    paid = {(r.payee, r.period): r.payable_cents for r in statement.payable.itertuples()}
    # Ann, Q1: 10% of 225,000 + 15% of 25,000.55 = 26,250.0825, of which 15,000 were paid before
    assert paid["Ann", "2027-01"] == 1_500_000 and paid["Ann", "2027-02"] == 1_125_008
    assert paid["Ben", "2027-02"] == 500_000 and paid["Ben", "2027-05"] == 4_875_000
    assert paid["Eve", "2027-05"] == 10_001
    assert statement.total == 1_500_000 + 1_125_008 + 500_000 + 4_875_000 + 10_001
    assert statement.table().loc["Ann", "2027-02"] == 1_125_008
    assert statement.payees == ["Ann", "Ben", "Eve"] and statement.rows == 5
    assert statement.credited == 70_100_065


def test_explain_sums_to_the_lines() -> None:
    statement = pay.plans["account_executive"].pay(LOG)
    deal = statement.explain("D4")
    assert deal["cents"].sum() == 4_875_000
    assert sorted(deal["credit"]) == [175_000.0, 225_000.0]
    assert set(deal["rule"]) <= {"R6", "R10"} and set(deal["payee"]) == {"Ben"}
    with pytest.raises(pardner.BadInput, match="D4"):
        statement.explain("D44")


def test_a_frame_a_file_and_text_are_the_same(tmp_path: Path) -> None:
    plan = pay.plans["account_executive"]
    path = tmp_path / "deals.csv"
    path.write_text(LOG, "utf-8-sig")
    frame = pd.read_csv(io.StringIO(LOG), parse_dates=["date"])
    expected = plan.pay(LOG).lines
    for deals in (path, str(path), frame):
        pd.testing.assert_frame_equal(plan.pay(deals).lines, expected)
    with pytest.raises(pardner.BadInput, match="int"):
        plan.pay(3)


def test_cells_of_a_frame() -> None:
    from pardner.compensation.deals import frame_text

    frame = pd.DataFrame({
        "deal_id": [1, 2], "date": [pd.Timestamp("2027-01-02"), datetime.date(2027, 1, 3)],
        "payee": ["a,b", None], "amount": [0.1 + 0.2, 1e7], "units": [3.0, float("nan")],
        "quota_credit": [True, False],
    })  # fmt: skip
    assert frame_text(frame).splitlines()[1:] == [
        '1,2027-01-02,"a,b",0.30000000000000004,3,yes', "2,2027-01-03,,10000000,,no",
    ]  # fmt: skip


def test_nothing_is_paid_from_a_log_with_errors() -> None:
    bad = HEADER + "D1,2027-01-10,Ann,1.005\nD2,2027-02-30,Ann,1\nD3,2027-02-03,Ann,x\n"
    with pytest.raises(pardner.ScenarioError) as caught:
        pay.plans["flat_10"].pay(bad)
    assert {one["line"] for one in caught.value.problems} == {2, 3, 4}
    with pytest.raises(pardner.ScenarioError, match="amount"):
        pay.plans["flat_10"].pay("deal_id,date,payee\nD1,2027-01-10,Ann\n")
    with pytest.raises(pardner.BadInput, match=r"no_such\.csv"):
        pay.plans["flat_10"].pay("no_such.csv")


def test_a_statement_file_is_whole_or_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    statement = pay.plans["account_executive"].pay(LOG)
    path = tmp_path / "statement.csv"
    path.write_text("old")
    statement.to_csv(path)
    rows = list(csv.DictReader(path.open(newline="")))
    lines = sum(Fraction(row["amount"]) for row in rows if row["kind"] == "line")
    payable = sum(Fraction(row["amount"]) for row in rows if row["item"] == "payable")
    assert lines == payable == Fraction(statement.total, 100)
    (tmp_path / "folder").mkdir()
    with pytest.raises(pardner.BadInput, match="folder"):
        statement.to_csv(tmp_path / "folder")
    with pytest.raises(pardner.BadInput, match="cannot be written"):
        statement.to_csv(tmp_path / "nowhere" / "statement.csv")
    whole = path.read_text()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(pardner.BadInput, match="No space"):
        pay.plans["flat_10"].pay(LOG).to_csv(path)
    assert path.read_text() == whole
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder", "statement.csv"]


# --- properties ---------------------------------------------------------------------------------

deal = st.tuples(
    st.dates(datetime.date(2027, 1, 1), datetime.date(2027, 12, 31)),
    st.sampled_from(["Ann", "Ben", "Eve"]),
    st.integers(-5_000_000, 30_000_000),
)
deals = st.lists(deal, min_size=1, max_size=25)


def rows_of(found: list[tuple[datetime.date, str, int]]) -> list[str]:
    return [
        f"D{i:03d},{day},{payee},{cents / 100:.2f}" for i, (day, payee, cents) in enumerate(found)
    ]


@properties
@given(deals, st.sampled_from(["account_executive", "saas_with_clawback", "tiered_retroactive"]))
def test_a_statement_adds_up(found: list[tuple[datetime.date, str, int]], name: str) -> None:
    statement = pay.plans[name].pay(HEADER + "\n".join(rows_of(found)) + "\n")
    lines, payable, trace = statement.lines, statement.payable, statement.trace
    earned = lines.groupby(["payee", "period"])["cents"].sum()
    for row in payable.itertuples():
        line = int(earned.get((row.payee, row.period), 0))
        assert row.earned_cents + row.clawback_cents == line
    assert int(earned.sum()) == int((payable["earned_cents"] + payable["clawback_cents"]).sum())
    keys = ["payee", "component", "period"]
    summed = lines.groupby(keys)["cents"].sum()
    traced = trace.groupby(keys)["cents"].sum().reindex(summed.index, fill_value=0)
    assert (traced == summed).all()
    # R16: what was paid and what was earned differ by the balances at the end.
    last = payable.groupby("payee").last()
    owed = int(last["draw_balance_cents"].sum() + last["debt_cents"].sum())
    owed += int(payable["forgiven_cents"].sum())
    assert statement.total == int(earned.sum()) + owed


@properties
@given(deals, st.sampled_from(["account_executive", "saas_with_clawback", "tiered_retroactive"]),
       st.randoms(use_true_random=False))  # fmt: skip
def test_the_order_of_rows_does_not_matter(
    found: list[tuple[datetime.date, str, int]], name: str, rng: random.Random
) -> None:
    rows = rows_of(found)
    mixed = rows[:]
    rng.shuffle(mixed)
    one, other = (pay.plans[name].pay(HEADER + "\n".join(r) + "\n") for r in (rows, mixed))

    def by_key(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.sort_values(["payee", "period"], kind="stable").reset_index(drop=True)

    pd.testing.assert_frame_equal(by_key(one.payable), by_key(other.payable))
    assert one.total == other.total
    traces = (t.trace.sort_values(["payee", "component", "period", "deal"], kind="stable")
              for t in (one, other))  # fmt: skip
    pd.testing.assert_frame_equal(*(t.reset_index(drop=True) for t in traces))


@properties
@given(deals)
def test_marginal_pay_is_what_a_pocket_calculator_says(
    found: list[tuple[datetime.date, str, int]],
) -> None:
    """10% to 225k a quarter, 15% above, rounded once per quarter, half away from zero."""
    statement = pay.plans["account_executive"].pay(HEADER + "\n".join(rows_of(found)) + "\n")
    credit: dict[tuple[str, int], int] = defaultdict(int)
    for day, payee, cents in found:
        credit[payee, (day.month - 1) // 3] += cents
    paid: dict[tuple[str, int], int] = defaultdict(int)
    for row in statement.lines.itertuples():
        paid[row.payee, (int(row.period[5:7]) - 1) // 3] += row.cents
    quota = 22_500_000
    for key, total in credit.items():
        due = Fraction(min(total, quota), 10) + Fraction(3 * max(total - quota, 0), 20)
        size = int(abs(due) + Fraction(1, 2))
        assert paid[key] == (size if due >= 0 else -size), key


# --- curves -------------------------------------------------------------------------------------


def test_the_curve_of_an_account_executive() -> None:
    table = pay.plans["account_executive"].curve([0, "50%", 1, 1.5])
    assert list(table["cents"]) == [0, 4_500_000, 9_000_000, 15_750_000]
    assert list(table["credit"]) == [0, 450_000, 900_000, 1_350_000]
    assert list(table["commission"]) == list(table["pay"]) == [0, 45_000, 90_000, 157_500]
    assert table.attrs["left_out"] == []
    with pytest.raises(pardner.BadInput, match="negative"):
        pay.plans["account_executive"].curve([-1])


def test_a_curve_says_what_it_leaves_out() -> None:
    table = pay.plans["saas_with_clawback"].curve([1])
    assert table.attrs["left_out"] == ["clawback", "draw", "ramp"]
    assert table["cents"][0] == 10_000_000 + 4 * 250_000
    fund = pay.Plan.parse(
        HEAD + '[component.fund]\ntype = "mdf"\naccrual = "2%"\nmatch = "50%"\ndeadline_days = 30\n'
    )
    with pytest.raises(pardner.BadInput, match="no curve"):
        fund.curve([1])
    assert "Fund: 2% of" in fund.letter()


def test_an_attainment_is_never_missed_by_a_cent() -> None:
    """A quota that no period divides: the bonus for 75% is paid at 75% in every month."""
    bonus = (
        '[component.bonus]\ntype = "bonus"\nmeasure = "month"\namount = 100\n'
        'at = "75%"\ncatch_up = false\n'
    )
    plan = pay.Plan.parse(HEAD + QUOTA.replace('"100k"', "100.01") + bonus)
    assert list(plan.curve([0.74, 0.75])["cents"]) == [0, 120_000]


def test_kinks_and_cliffs_are_found() -> None:
    kinks = course(pay.plans["tiered_retroactive"].text).kinks
    found = [(k.attainment, k.jump, round(k.before, 3), round(k.after, 3)) for k in kinks]
    assert found == [(0.75, pytest.approx(1_500_000, abs=40), 0.04, 0.06),
                     (1.0, pytest.approx(3_000_000, abs=40), 0.06, 0.09)]  # fmt: skip
    kinks = course(pay.plans["account_executive"].text).kinks
    assert [(k.attainment, k.jump) for k in kinks] == [(1.0, 0)]
    kinks = course(pay.plans["sdr"].text).kinks
    assert [(k.attainment, k.before, k.after) for k in kinks] == [(1.0, 10_000, 15_000)]


def test_a_cliff_in_units_is_one_unit_wide() -> None:
    """50 a unit, 100 for all from the 10th on: the 10th pays 50 + 9 x 50 + 50 more, 12 times."""
    text = HEAD + (
        '[component.calls]\ntype = "commission"\nbasis = "units"\nmeasure = "month"\n'
        'reading = "retroactive"\n'
        "tiers = [{ from = 0, to = 10, each = 50 }, { from = 10, each = 100 }]\n"
    )
    found = [(k.attainment, k.jump, k.before, k.after) for k in course(text).kinks]
    assert found == [(1.0, 12 * 50_000, 5_000, 10_000)]


def test_a_cap_between_the_points_of_the_grid_is_found() -> None:
    """100k + 15% of what is above 1M reaches 150k at 133.33% of quota."""
    text = pay.plans["saas_with_clawback"].text.replace('"300k"', '"150k"')
    kinks = course(text).kinks
    assert [round(k.attainment, 4) for k in kinks] == [1.0, 1.3333]
    assert kinks[0].is_cliff and not kinks[1].is_cliff and abs(kinks[1].after) < 1e-4


@pytest.mark.parametrize("name", NAMES)
def test_every_plan_can_be_drawn(name: str) -> None:
    import matplotlib.pyplot as plt

    axes = pay.plans[name].plot()
    assert axes.get_title(loc="left") == pay.plans[name].title
    assert len(axes.figure.axes) == 2
    assert axes.get_xlim()[1] == 2
    plt.close(axes.figure)


def test_three_plans_side_by_side() -> None:
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(1, 3, layout="constrained")
    for one, name in zip(axes, ("flat_10", "account_executive", "tiered_retroactive"), strict=True):
        assert pay.plans[name].plot(one) is one
    assert len(figure.axes) == 6
    plt.close(figure)


# --- comparison ---------------------------------------------------------------------------------


def test_two_plans_on_the_same_deals() -> None:
    flat, tiered = pay.plans["flat_10"], pay.plans["account_executive"]
    found = pay.compare(flat, tiered, LOG)
    a, b = found.costs
    assert (a, b) == (flat.pay(LOG).total, tiered.pay(LOG).total)
    # Ann gets 1,250.02 more of 25,000.06: exactly below 5.0001%; Ben 8,750 of 45,000
    assert found.winners == ["Ben", "Ann"] and found.losers == []
    assert found.payees.loc["Ben", "difference"] == 8_750
    assert "Ben" in found.changed and "Eve" not in found.changed
    assert "same deals" in str(found) and "2 would have got more" in str(found)
    assert pay.compare(flat, flat, LOG).changed == []


def test_plans_in_two_currencies_are_not_compared() -> None:
    euro = pay.Plan.parse(pay.plans["flat_10"].text.replace('"USD"', '"EUR"'))
    with pytest.raises(pardner.BadInput, match="EUR"):
        pay.compare(euro, pay.plans["flat_10"], LOG)


# --- payroll ------------------------------------------------------------------------------------


def payroll_of(plan: pay.Plan, log: str) -> pd.DataFrame:
    paid = plan.pay(log).payable
    return pd.DataFrame({"payee": paid["payee"], "period": paid["period"],
                         "amount": [f"{c / 100:.2f}" for c in paid["payable_cents"]]})  # fmt: skip


def test_a_right_payroll_has_no_difference() -> None:
    plan = pay.plans["account_executive"]
    found = pay.check(plan, LOG, payroll_of(plan, LOG))
    assert found.differences.empty and found.agreed == 5
    assert "5 amounts agree, 0 differ" in str(found)


MISREADINGS = [  # plan, what payroll read otherwise, rule
    ("account_executive", {"component.commission.reading": "retroactive"}, "R7"),
    ("tiered_retroactive", {"component.commission.reading": "marginal"}, "R6"),
    ("account_executive", {"crediting_event": "cash"}, "R3"),
    ("account_executive", {"component.commission.tiers": [{"from": "0%", "times": 1}]}, "R10"),
    ("saas_with_clawback", {"cap.commission.amount": "9M"}, "R13"),
    ("saas_with_clawback", {"clawback.amount": "full"}, "R17"),
    ("saas_with_clawback", {"draw": {"amount": "2k", "kind": "non_recoverable"}}, "R16"),
    ("saas_with_clawback", {"component.quarter_at_quota.catch_up": False}, "R12"),
]
LONG = (
    "deal_id,date,cash_date,payee,amount,type\n"
    "D1,2027-01-10,2027-04-09,Ann,150000,deal\nD2,2027-02-10,2027-02-11,Ann,100000.55,deal\n"
    "D3,2027-02-11,2027-03-01,Ben,50000,deal\nD4,2027-05-02,2027-07-02,Ben,900000,deal\n"
    "D5,2027-08-02,2027-08-20,Ben,1500000,deal\nD6,2027-07-10,2027-07-20,Ann,200000,deal\n"
    "D1,2027-06-01,,,,churn\n"
)


def changed(plan: pay.Plan, changes: dict[str, object]) -> pay.Plan:
    """The plan with some keys (dotted) changed."""
    data = toml_text.read(plan.text)
    del data["assumed"]
    for key, value in changes.items():
        *path, last = key.split(".")
        table = data
        for part in path:
            table = table[part]
        assert last in table
        table[last] = value
    return pay.Plan.parse(toml_text.write(data))


@pytest.mark.parametrize(("name", "changes", "rule"), MISREADINGS)
def test_a_misreading_is_recognised(name: str, changes: dict[str, object], rule: str) -> None:
    plan = pay.plans[name]
    found = pay.check(plan, LONG, payroll_of(changed(plan, changes), LONG))
    assert len(found.differences) > 0
    assert set(found.differences["rule"]) == {rule}, str(found)


def test_ignored_splits_are_recognised() -> None:
    log = ("deal_id,date,payee,amount,split\nD1,2027-01-10,Ann,1000,60%\n"
           "D1,2027-01-10,Ben,1000,40%\n")  # fmt: skip
    paid = pd.DataFrame({"payee": ["Ann", "Ben"], "period": ["2027-01"] * 2, "amount": [100, 100]})
    found = pay.check(pay.plans["flat_10"], log, paid)
    assert list(found.differences["rule"]) == ["R14", "R14"] and found.explained == 2


def test_rounding_each_deal_is_recognised() -> None:
    """Three deals of 10.05 at 10%: 1.005 each rounds to 1.01, 3.015 together to 3.02."""
    log = HEADER + "".join(f"D{i},2027-01-1{i},Ann,10.05\n" for i in range(3))
    paid = pd.DataFrame({"payee": ["Ann"], "period": ["2027-01"], "amount": ["3.03"]})
    row = pay.check(pay.plans["flat_10"], log, paid).differences.iloc[0]
    assert (row["due_cents"], row["paid_cents"], row["rule"]) == (302, 303, "R1")
    assert "each deal was rounded" in row["explanation"]


def test_what_nobody_can_explain_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "payroll.csv"
    path.write_text("payee,period,component,amount\nAnn,2027-01,commission,15000\n"
                    "Ann,2027-02,commission,1.23\nBen,2027-02,commission,10000\n")  # fmt: skip
    found = pay.check(pay.plans["account_executive"], LOG, path)
    said = {(r.payee, r.period): r.explanation for r in found.differences.itertuples()}
    assert said["Ann", "2027-02"] == "" and "no single reading" in str(found)
    assert said["Ben", "2027-02"] == "it was paid twice"
    assert said["Eve", "2027-05"] == "nothing was paid" or "not paid" in said["Eve", "2027-05"]
    assert found.agreed == 1


@pytest.mark.parametrize(
    ("payroll", "says"),
    [
        ("payee,amount\nAnn,1\n", "no column period"),
        ("payee,period,amount\nAnn,2027-01,1.005\n", ":2: 1.005 has more decimals"),
        ("payee,period,amount\nAnn,2027-01,x\n", ":2: 'x' is not an amount"),
        ("payee,period,amount\nAnn,2027-01,1\nAnn,2027-01,1\n", ":3: Ann, 2027-01 is there twice"),
        ("payee,period,amount\nAnn,Jan,1\n", "the statement's 2027-01"),
    ],
)
def test_a_wrong_payroll_is_refused(tmp_path: Path, payroll: str, says: str) -> None:
    path = tmp_path / "payroll.csv"
    path.write_text(payroll)
    with pytest.raises(pardner.BadInput) as caught:
        pay.check(pay.plans["flat_10"], LOG, path)
    assert says in str(caught.value)


# --- CRM exports --------------------------------------------------------------------------------

EXPORTS = {
    "maven": "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,"
    "close_value\nA1,Ann,P,X,Won,2027-01-02,2027-02-03,1054\nA2,Ben,P,X,Lost,2027-01-02,2027-02-03,0\n"
    "A3,Ben,P,Y,Won,2027-01-02,2027-02-05,99.5\nA4,Ben,P,Y,Won,2027-01-02,2027-02-05,\n",
    "salesforce": "Opportunity ID,Opportunity Owner,Stage,Created Date,Close Date,Amount\n"
    "A1,Ann,Closed Won,1/2/2027,2/3/2027,1054\nA2,Ben,Closed Lost,1/2/2027,2/13/2027,7\n"
    "A3,Ben,Closed Won,1/2/2027,2/25/2027,99.5\n",
    "hubspot": "Record ID,Deal Name,Deal Owner,Deal Stage,Create Date,Close Date,Amount\n"
    "1,a,Ann,Closed Won,2027-01-02,2027-02-03,1054\n2,b,Ben,Closed Lost,2027-01-02,2027-02-03,5\n"
    "3,c,Ben,Closed Won,2027-01-02,2027-02-05,99.5\n",
}


@pytest.mark.parametrize("kind", EXPORTS)
def test_won_opportunities_of_a_crm_export_are_paid(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(EXPORTS[kind])
    statement = pay.plans["flat_10"].pay(path)
    assert statement.table().to_dict() == {"2027-02": {"Ann": 10_540, "Ben": 995}}
    notes = " ".join(statement.notes)
    assert f"CRM export ({kind})" in notes
    assert ("1 won without a value" in notes) == (kind == "maven")
    assert "1 won without a value" not in notes or "won without a value" in statement._repr_html_()


def test_a_crm_export_compares(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(EXPORTS["maven"])
    found = pay.compare(pay.plans["flat_10"], pay.plans["account_executive"], path)
    assert found.costs == (11_535, 11_535) and any("CRM" in note for note in found.notes)


def test_the_engine_names_what_python_shows() -> None:
    assert sorted(_core.packaged_plans()) == NAMES
    assert {t for p in pay.plans.values() for t in p.components.values()} == {
        "commission", "curve", "bonus",
    }  # fmt: skip
