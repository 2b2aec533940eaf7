# SPDX-License-Identifier: Apache-2.0
"""`pardner pay` and `pardner plan` from outside: what they print, write and return."""

import csv
import json
import os
import pty
import subprocess
import sys
import tomllib
from pathlib import Path

import jsonschema
import pytest
from program import ENVIRONMENT, PARDNER, fine, pardner

from pardner import compensation as pay
from pardner.compensation.draft import draft_plan
from pardner.compensation.toml_text import assumed_notes

LOG = (
    "deal_id,date,payee,amount\nD1,2027-01-10,Ann,150000\nD2,2027-02-10,Ann,100000.55\n"
    "D3,2027-02-11,Ben,50000\nD4,2027-05-02,Ben,400000\n"
)


@pytest.fixture
def deals(tmp_path: Path) -> Path:
    path = tmp_path / "deals.csv"
    path.write_text(LOG)
    return path


# --- pay ----------------------------------------------------------------------------------------


def test_pay_prints_a_table_and_writes_a_statement(deals: Path, tmp_path: Path) -> None:
    out = tmp_path / "statement.csv"
    text = fine("pay", "account-executive", deals, "-o", out)
    lines = [line.split() for line in text.splitlines()]
    periods = [f"2027-0{month}" for month in range(1, 6)]
    assert ["payee", *periods, "all"] in lines
    assert ["Ann", "15,000.00", "11,250.08", "0.00", "0.00", "0.00", "26,250.08"] in lines
    assert ["all", "15,000.00", "16,250.08", "0.00", "0.00", "48,750.00", "80,000.08"] in lines
    rows = list(csv.DictReader(out.open()))
    assert sum(float(row["amount"]) for row in rows if row["item"] == "payable") == 80_000.08
    assert not list(tmp_path.glob("*.partial"))


def test_explain_shows_a_deal_cent_by_cent(deals: Path) -> None:
    text = fine("pay", "account_executive", deals, "--explain", "D4")
    assert "deal D4: 48,750.00 USD in all" in text
    assert "225,000.00" in text and "22,500.00" in text and "26,250.00" in text and "R6" in text
    missing = pardner("pay", "account_executive", deals, "--explain", "D44")
    assert missing.returncode == 3 and "near: D4" in missing.stderr


def test_json_is_in_cents(deals: Path) -> None:
    said = json.loads(fine("pay", "account_executive", deals, "--json", "--explain", "D4"))
    assert said["total_cents"] == 8_000_008 == sum(line["cents"] for line in said["lines"])
    assert sum(one["payable_cents"] for one in said["payable"]) == 8_000_008
    assert sum(one["cents"] for one in said["trace"]) == 4_875_000
    assert said["currency"] == "USD" and said["minor_units"] == 100


def test_quiet_prints_nothing(deals: Path) -> None:
    done = pardner("pay", "flat_10", deals, "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_with_an_error_nothing_is_paid_and_nothing_written(tmp_path: Path) -> None:
    deals, out = tmp_path / "deals.csv", tmp_path / "statement.csv"
    deals.write_text(
        "deal_id,date,payee,amount\nD1,2027-01-10,Ann,1.005\nD2,2027-02-30,Ann,1\nD3,2027-02-01,Ann,1\n"
    )
    first = pardner("pay", "flat_10", deals, "-o", out)
    assert first.returncode == 3 and first.stdout == ""
    assert "deals.csv:2" in first.stderr and "deals.csv:3" not in first.stderr
    assert "1 more; --report lists all. Nothing was paid" in first.stderr
    every = pardner("pay", "flat_10", deals, "-o", out, "--report")
    assert every.returncode == 3 and "deals.csv:2" in every.stderr and "deals.csv:3" in every.stderr
    assert "2 errors. Nothing was paid" in every.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["deals.csv"]


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["pay", "flat_10", "no_such.csv"], 3, "no_such.csv"),
        (["pay", "no_such", "no_such.csv"], 3, "no plan 'no_such'"),
        (["pay", "no_such.toml", "no_such.csv"], 3, "no_such.toml"),
        (["pay", "flat_10"], 2, "DEALS"),
        (["plan"], 2, "new|list"),
        (["plan", "new", "--like", "no_such"], 3, "account_executive"),
        (["plan", "new", "--split", "60/50"], 3, "60/40"),
        (["plan", "new", "--set", "quota"], 3, "KEY=VALUE"),
        (["plan", "new", "--like", "sdr", "--quota", "3"], 3, "has no quota"),
        (["plan", "new", "--set", "quota.amuont=1M"], 3, "amuont"),
        (["plan", "check", "flat_10", "x.csv"], 2, "--paid"),
        (["plan", "new", "-o", "nowhere/x.toml"], 3, "folder does not exist"),
    ],
)
def test_what_is_wrong_is_said_in_one_message(words: list[str], code: int, says: str) -> None:
    done = pardner(*words, stdin=subprocess.DEVNULL)
    assert done.returncode == code and says in done.stderr
    assert "Traceback" not in done.stderr


def test_escape_sequences_of_a_log_do_not_reach_the_terminal(tmp_path: Path) -> None:
    deals = tmp_path / "deals.csv"
    deals.write_text("deal_id,date,payee,amount\nD1,2027-01-10,\x1b[31mAnn,1\n")
    done = pardner("pay", "flat_10", deals)
    assert "\x1b" not in done.stdout + done.stderr


def test_a_long_table_is_cut_and_its_totals_are_of_all(tmp_path: Path) -> None:
    deals = tmp_path / "deals.csv"
    rows = [f"D{i},2027-{i % 12 + 1:02d}-01,P{i:03d},100" for i in range(120)]
    deals.write_text("deal_id,date,payee,amount\n" + "\n".join(rows) + "\n")
    text = fine("pay", "flat_10", deals)
    assert "and 80 more payees" in text and "the last 6 of 12 periods" in text
    assert text.splitlines()[-3].split()[-1] == "1,200.00"
    assert text.splitlines()[-1] == "10% of the 12,000.00 credited"


# --- plan new -----------------------------------------------------------------------------------


def test_new_asks_nothing_without_a_terminal_and_marks_all(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    text = fine("plan", "new", "-o", path, stdin=subprocess.DEVNULL)
    plan = pay.Plan.load(path)
    for key in ("target.incentive", "target.base_salary", "quota.amount", "crediting_event",
                "component.commission.measure", "component.commission.base_rate",
                "component.commission.tiers"):  # fmt: skip
        assert key in plan.assumed
    assert set(plan.assumed) == set(assumed_notes(plan.text))
    assert "# assumed: no cap - check in your letter" in plan.text
    assert [line.split() for line in text.splitlines() if line.startswith("   ")] == [
        ["0%", "0.00"], ["50%", "45,000.00"], ["80%", "72,000.00"], ["100%", "90,000.00"],
        ["120%", "117,000.00"], ["150%", "157,500.00"],
    ]  # fmt: skip
    assert all(sentence in text for sentence in plan.sentences())
    again = pardner("plan", "new", "-o", path, stdin=subprocess.DEVNULL)
    assert again.returncode == 3 and "it is kept" in again.stderr


def test_new_takes_the_eight_things_as_options(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    fine("plan", "new", "-o", path, "--ote", "200k", "--split", "60/40", "--quota", "250k/quarter",
         "--period", "year", "--base-rate", "7%", "--accelerator", "2", "--cap", "200%",
         "--payment", "cash", "--set", "paid=quarter", "--name", 'Ann\'s "plan"',
         stdin=subprocess.DEVNULL)  # fmt: skip
    plan = pay.Plan.load(path)
    data = tomllib.loads(plan.text)
    assert plan.title == 'Ann\'s "plan"'
    assert data["target"] == {"incentive": "80k", "base_salary": "120k", "per": "year"}
    assert (data["quota"]["amount"], data["quota"]["per"]) == ("250k", "quarter")
    commission = data["component"]["commission"]
    assert commission["measure"] == "year" and commission["base_rate"] == "7%"
    assert commission["tiers"] == [{"from": "0%", "to": "100%", "times": 1},
                                   {"from": "100%", "times": 2}]  # fmt: skip
    assert data["cap"]["pay"]["amount"] == "160k" and data["crediting_event"] == "cash"
    assert list(plan.assumed) == ["splits", "quota.start_rule", "component.commission.reading",
                                  "cap.pay.over"]  # fmt: skip


def test_new_printed_is_a_plan_file(tmp_path: Path) -> None:
    text = fine("plan", "new", "--like", "saas_with_clawback", "--cap", "none",
                stdin=subprocess.DEVNULL)  # fmt: skip
    data = tomllib.loads(text)
    assert "cap" not in data and "# assumed: no cap" not in text
    assert "#    100%     110,000.00" in text
    assert pay.Plan.parse(text).components == pay.plans["saas_with_clawback"].components


@pytest.mark.parametrize("name", list(pay.plans))
def test_every_library_plan_can_be_the_start(name: str) -> None:
    plan = pay.plans[name]
    made = pay.Plan.parse(draft_plan(plan.text, name, {}, {}))
    assert {k: v for k, v in made.data.items() if k != "assumed"} == {
        k: v for k, v in plan.data.items() if k != "assumed"
    }
    assert set(plan.assumed) <= set(made.assumed)


def test_new_asks_on_a_terminal_until_the_answer_is_right(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    ours, theirs = pty.openpty()
    answers = ["150k", "70/40", "70/30", "", "month", "", "none", "", "sdf", "invoice"]
    os.write(ours, ("\n".join(answers) + "\n").encode())
    done = subprocess.run(
        [str(PARDNER), "plan", "new", "-o", str(path)], stdin=theirs, capture_output=True,
        text=True, env=ENVIRONMENT, timeout=60,
    )  # fmt: skip
    os.close(ours)
    os.close(theirs)
    assert done.returncode == 0, done.stderr
    assert "is no split" in done.stdout and "not 'sdf'" in done.stdout
    data = tomllib.loads(path.read_text())
    assert data["target"]["incentive"] == "45k" and data["crediting_event"] == "invoice"
    assert data["component"]["commission"]["tiers"] == [{"from": "0%", "times": 1}]
    assert "quota.amount" in data["assumed"] and "crediting_event" not in data["assumed"]


# --- list, schema, compare, check ---------------------------------------------------------------


def test_list_and_schema() -> None:
    text = fine("plan", "list")
    assert [line.split()[0] for line in text.splitlines()] == list(pay.plans)
    rows = json.loads(fine("plan", "list", "--json"))
    assert [row["title"] for row in rows] == [plan.title for plan in pay.plans.values()]
    schema = json.loads(fine("plan", "schema"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for plan in pay.plans.values():
        data = json.loads(json.dumps(tomllib.loads(plan.text), default=str))
        assert not list(validator.iter_errors(data)), plan.name


def test_compare_says_who_wins_and_what_it_cannot_say(deals: Path) -> None:
    text = fine("plan", "compare", "flat_10", "account_executive", deals)
    assert "'Flat 10%' pays 70,000.06 USD, 'Account executive' 80,000.08: +10,000.02" in text
    assert "2 payees: 2 would have got more, 0 less" in text and "Warning: " in text
    said = json.loads(fine("plan", "compare", "flat_10", "account_executive", deals, "--json"))
    assert said["cost_b_cents"] - said["cost_a_cents"] == 1_000_002
    assert said["winners"] == ["Ben", "Ann"]


def test_check_finds_the_accelerator_that_was_forgotten(deals: Path, tmp_path: Path) -> None:
    payroll = tmp_path / "payroll.csv"
    payroll.write_text("payee,period,amount\nAnn,2027-01,15000\nAnn,2027-02,11250.08\n"
                       "Ben,2027-02,5000\nBen,2027-05,40000\n")  # fmt: skip
    text = fine("plan", "check", "account_executive", deals, "--paid", payroll)
    assert "Ben, 2027-05: paid 40,000.00, due 48,750.00" in text
    assert "the accelerator was ignored (R10)" in text and "3 amounts agree, 1 differ" in text
    said = json.loads(
        fine("plan", "check", "account_executive", deals, "--paid", payroll, "--json")
    )
    assert said["differences"][0]["rule"] == "R10" and said["explained"] == 1


def test_a_folder_of_a_crm_is_a_log(tmp_path: Path) -> None:
    (tmp_path / "sales_pipeline.csv").write_text(
        "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n"
        "A1,Ann,P,X,Won,2027-01-02,2027-02-03,1054\nA2,Ben,P,X,Lost,2027-01-02,2027-02-03,0\n"
    )
    text = fine("pay", "flat_10", tmp_path)
    assert "105.40" in text and "read as a CRM export (maven)" in text


def test_python_runs_the_same_commands(deals: Path) -> None:
    command = [sys.executable, "-m", "pardner", "pay", "flat_10", str(deals)]
    done = subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT)
    assert done.stdout == fine("pay", "flat_10", deals)
