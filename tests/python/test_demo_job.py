# SPDX-License-Identifier: Apache-2.0
"""The main job of scripts/demo, small: files, sentence, planned costs, what is left out."""

from __future__ import annotations

import pytest

import pardner
from pardner import demo_job, left_out


def test_job_writes_its_three_files_and_says_the_answer(tmp_path, capsys):
    assert demo_job.main(["--out", str(tmp_path), "--replicates", "6"]) == 0
    said = capsys.readouterr().out
    assert all((tmp_path / name).stat().st_size > 10_000
               for name in ("results.h5", "comparison.png", "report.html"))  # fmt: skip
    assert "36 months" in said and "one partner manager for a reseller program" in said
    page = (tmp_path / "report.html").read_text()
    for part in ("leaves out", "could not tell", "assumed", "fitted", "sourced"):
        assert part in page
    assert "http://" not in page.replace("http://www.w3.org", "")  # nothing to fetch


def test_the_two_people_cost_the_same_by_plan():
    costs = list(demo_job.planned_costs(pardner.scenarios["hardware_vendor"]).values())
    assert costs[0] == pytest.approx(costs[1])


def test_what_is_left_out_follows_the_scenario():
    base = pardner.scenarios["saas_60"]
    assert not any("no rivals" in s for s in left_out.sentences(base))
    alone = base.with_({"market.rivals": 0}, name="alone")
    assert any("no rivals" in s for s in left_out.sentences(alone))


def test_a_missing_log_is_bad_input(tmp_path, capsys):
    with pytest.raises(SystemExit) as end:
        demo_job.main([str(tmp_path / "nothing.csv"), "--out", str(tmp_path / "out")])
    assert end.value.code == 3
    assert "nothing.csv" in capsys.readouterr().err
