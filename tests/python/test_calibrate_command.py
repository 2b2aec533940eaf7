# SPDX-License-Identifier: Apache-2.0
"""`pardner calibrate crm` end to end, on the log that PARDNER_CRM names or a synthetic one."""

import json
import os
import re
import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pardner.calibrate import (
    BadInput,
    crm,
    fit_log,
    main,
    opportunities_of,
    read_log,
    scenario_of,
    write_crm,
)
from pardner.calibrate.scenario_of import Fixed, entries
from pardner.calibrate.synthetic import Truth, synthetic_log

REAL = os.environ.get("PARDNER_CRM")
SYNTHETIC = Truth(accounts=300, need_rate=5.0, agents=10, days=500)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The log to test on: a folder in the maven shape."""
    if REAL:
        return Path(REAL)
    made = synthetic_log(SYNTHETIC, np.random.default_rng(11))
    out = tmp_path_factory.mktemp("log")
    accounts = [f"Account {a:05d}" for a in range(SYNTHETIC.accounts)]
    write_crm(made.opportunities, out, made.prices, accounts)
    return out


@pytest.fixture(scope="module")
def fit(folder):
    return crm(folder)


def test_the_fit_has_every_figure_with_its_interval(fit):
    assert fit.log.reading.preset == "maven"
    for figure in fit.figures.values():
        assert figure.low <= figure.value <= figure.high, figure
        assert np.isfinite(figure.value)
        assert 0.0 <= figure.data_share <= 1.0
        low, high = figure.interval(0.9)
        assert low <= figure.low
        assert figure.high <= high
    for key in ("win_rate", "cycle_won_median_days", "agent_win_sigma", "need_rate"):
        assert fit[key].n > 0
    shares = sum(fit[f"product.{p.slug}.share"].value for p in fit.products)
    assert shares == pytest.approx(1.0, abs=0.02)


@pytest.mark.skipif(not REAL, reason="PARDNER_CRM is not set: the synthetic log ran instead")
def test_the_known_log_shows_its_known_defects_and_patterns(fit):
    assert len(fit.log.table) == 8800
    assert fit.log.defects == {
        "rows with another spelling of a product": 1480,
        "open without an engage date": 500,
        "open without an account": 1425,
        "accounts with a misspelt sector": 12,
    }
    assert (fit["accounts"].value, fit["agents_active"].value, fit["regions"].value) == (85, 30, 3)
    by = fit.estimate.cycle.by_position
    assert by.loc[2, ["low", "high"]].round(2).tolist() == [0.78, 0.83]
    assert by.loc[[0, 1], "low"].min().round(2) == 0.49
    assert by.loc[[0, 1], "high"].max().round(2) == 0.57
    assert by["per_month"].idxmax() != 2
    # whole quarters: the naive 0.632 holds four quarter ends in ten months
    assert str(fit.estimate.used) == "2017-04-01 to 2017-12-31"
    assert 0.59 < fit["win_rate"].value < 0.63
    assert fit["agent_win_sigma"].value < 0.12
    assert fit["product.gtx_pro.size_ratio"].value == pytest.approx(1.0, abs=0.02)
    assert any("not identified (10 months" in note for note in fit.notes)


def test_the_same_log_gives_the_same_fit(folder, fit):
    assert crm(folder).to_json() == fit.to_json()


def test_the_held_out_quarter_is_forecast_from_the_rest_only(folder, fit):
    held = fit.holdout
    assert held is not None
    assert held.trained.end < pd.Period(held.quarter).start_time
    assert len(held.table) == 12
    # rows decided in the held-out quarter must not move the forecast: scramble their outcome
    log = read_log(folder)
    late = log.table["closed"] > held.trained.end
    log.table.loc[late, "stage"] = "lost"
    log.table.loc[late, "value"] = np.nan
    again = fit_log(log).holdout
    assert again.table["forecast"].tolist() == held.table["forecast"].tolist()
    assert again.total("won deals")["actual"] == 0
    if not REAL:  # nothing changes over time in the synthetic company, so the forecast holds
        for measure in ("won deals", "decided"):
            row = held.total(measure)
            assert abs(row["error"]) < 0.25
            assert row["low"] < 1.3 * row["actual"]


def test_scenario_holds_each_figure_with_low_high_source_and_evidence(fit):
    data = tomllib.loads(scenario_of(fit, 'A "title"\n\x7f'))
    assert data["format"] == 1
    assert data["run"]["model"] == "ecosystem"
    assert data["run"]["title"] == 'A "title"\n'
    assert data["run"]["start"] > fit.estimate.window.end.date()
    assert data["run"]["start"].month in (1, 4, 7, 10)
    for key, figure, whole in entries(fit):
        entry = data
        for part in key.split("."):
            entry = entry[part]
        assert entry["source"]
        assert entry["evidence"] in ("measured", "guess")
        if isinstance(figure, Fixed):
            assert entry["source"].startswith("assumed")
            continue
        assert set(entry) == {"value", "low", "high", "source", "evidence"}
        assert entry["low"] <= entry["value"] <= entry["high"]
        expected = round(figure.value) if whole else figure.value
        assert entry["value"] == pytest.approx(expected, rel=1e-3)
        assert entry["source"].startswith("fitted from crm")


def test_log_to_fit_to_log_to_fit_closes(fit, tmp_path):
    """A company with the fitted figures writes a log whose fit finds these figures again."""
    value = {k: f.value for k, f in fit.figures.items()}
    truth = Truth(
        accounts=round(value["accounts"]), need_rate=value["need_rate"],
        need_rate_sigma=value["need_rate_sigma"], agents=round(value["agents_active"]),
        agent_win_sigma=value["agent_win_sigma"], agent_volume_sigma=value["agent_volume_sigma"],
        win_rate=value["win_rate"], undecided=value["undecided_share"],
        won_days=value["cycle_won_median_days"], lost_days=value["cycle_lost_median_days"],
        days=450,
    )  # fmt: skip
    made = synthetic_log(truth, np.random.default_rng(21))
    names = [f"Account {a:05d}" for a in range(truth.accounts)]
    write_crm(made.opportunities, tmp_path, made.prices, names)
    again = crm(tmp_path)
    for key in ("win_rate", "undecided_share", "cycle_won_median_days", "cycle_lost_median_days",
                "need_rate", "opened_per_week"):  # fmt: skip
        assert again[key].value == pytest.approx(made.truth[key], rel=0.12), key
    for key in ("need_rate_sigma", "agent_win_sigma", "agent_volume_sigma"):
        low, high = again[key].interval(0.99)
        assert low - 0.03 <= made.truth[key] <= high + 0.03, key


def test_command_writes_everything_and_names_nobody(folder, fit, tmp_path, capsys):
    out = tmp_path / "hardware.toml"
    assert main(["crm", str(folder), "-o", str(out)]) == 0
    said = capsys.readouterr().out
    assert "read as maven" in said
    assert "win_rate" in said
    report = tmp_path / "hardware_fit"
    assert sorted(p.name for p in report.iterdir()) == [
        "fit.json", "fit.png", "report.html", "report.md",
    ]  # fmt: skip
    assert sorted(p.name for p in tmp_path.iterdir()) == ["hardware.toml", "hardware_fit"]
    json.loads((report / "fit.json").read_text())
    assert (report / "fit.png").read_bytes().startswith(b"\x89PNG")
    html = (report / "report.html").read_text()
    assert "your data decided" in html
    assert not re.search(r'(src|href)="(?!data:)', html)  # no network
    names = set(fit.log.table["agent"].dropna()) | set(fit.log.table["account"].dropna())
    for path in (out, report / "fit.json", report / "report.md", report / "report.html"):
        text = path.read_text()
        assert not [name for name in names if name in text], path.name


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ([], 2, "usage"),
        (["crm"], 2, "required"),
        (["crm", "nowhere.csv", "-o", "OUT"], 3, "no such file"),
        (["crm", "LOG", "-o", "no_folder/x.toml"], 3, "does not exist"),
        (["crm", "LOG", "-o", "x.json"], 3, "must end in .toml"),
        (["crm", "LOG", "-o", "OUT", "--map", "none.toml"], 3, "cannot be read"),
        (["recovery", "--logs", "0", "-o", "x.md"], 2, "at least 1"),
    ],
)
def test_exit_codes_and_one_message(folder, tmp_path, monkeypatch, capsys, arguments, code, says):
    monkeypatch.chdir(tmp_path)
    named = {"LOG": str(folder), "OUT": "out.toml"}
    assert main([named.get(a, a) for a in arguments]) == code
    error = capsys.readouterr().err
    assert says in error
    assert "Traceback" not in error
    assert not list(tmp_path.iterdir())


def test_nothing_half_written_when_the_disk_refuses(folder, tmp_path, monkeypatch, capsys):
    real = os.fsync
    calls = []

    def full(handle):
        calls.append(handle)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", full)
    assert main(["crm", str(folder), "-o", str(tmp_path / "x.toml")]) == 3
    assert "No space left" in capsys.readouterr().err
    assert not [p for p in tmp_path.rglob("*") if p.is_file()]


def test_names_from_a_log_cannot_break_out_of_the_report(tmp_path):
    made = synthetic_log(Truth(), np.random.default_rng(1))
    table = made.opportunities.replace({"product": {"Basic": '<script>alert("1")</script>|[x](y)'}})
    write_crm(table, tmp_path, {"a": 1.0})
    assert main(["crm", str(tmp_path), "-o", str(tmp_path / "x.toml"), "--quiet"]) == 0
    assert "<script" not in (tmp_path / "x_fit" / "report.html").read_text()
    assert "<script" not in (tmp_path / "x_fit" / "report.md").read_text()
    tomllib.loads((tmp_path / "x.toml").read_text())


def test_writer_refuses_what_it_cannot_write_and_disarms_formulas(tmp_path):
    made = synthetic_log(Truth(), np.random.default_rng(1)).opportunities
    with pytest.raises(BadInput, match="without column close_value"):
        write_crm(made.drop(columns="close_value"), tmp_path)
    with pytest.raises(BadInput, match="'Gone'; allowed"):
        write_crm(made.assign(deal_stage="Gone"), tmp_path)
    (path,) = write_crm(made.assign(account="=HYPERLINK(1)"), tmp_path)
    assert "'=HYPERLINK(1)" in path.read_text()
    back = read_log(path).table
    assert len(back) == len(made)
    assert back["value"].sum() == pytest.approx(made["close_value"].sum())


def test_a_simulations_log_becomes_a_crm_log(tmp_path):
    log = pd.DataFrame({
        "rep": [3, 0, 1], "account": [7, 7, 2], "product": [1, 0, 0], "outcome": [1, 2, 3],
        "engaged_day": [10, 0, 5], "closed_day": [31, 40, 50], "value": [123_456, 0, 0],
    })  # fmt: skip
    table = opportunities_of(log, pd.Timestamp("2026-02-02"), ["Basic", "Pro"])
    write_crm(table, tmp_path, {"Basic": 5.0, "Pro": 1200.0})
    lines = (tmp_path / "sales_pipeline.csv").read_text().splitlines()[1:]
    assert lines == [
        "O00000001,Agent 0000,Basic,Account 000007,Lost,2026-02-02,2026-03-14,0",
        "O00000002,Agent 0001,Basic,Account 000002,Engaging,2026-02-07,,",
        "O00000000,Agent 0003,Pro,Account 000007,Won,2026-02-12,2026-03-05,1234.56",
    ]
    assert list(read_log(tmp_path).table["stage"]) == ["lost", "open", "won"]
