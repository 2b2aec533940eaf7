# SPDX-License-Identifier: Apache-2.0
"""The command `pardner` from outside: what it prints, writes and returns."""

import json
import resource
import signal
import time
from pathlib import Path

import numpy as np
import pytest
from program import PARDNER, fine, pardner, start

import pardner as package

SHORT = ("run.weeks=26", "run.warmup=4")
ENDLESS = ("saas_60", "run.replicates=5000", "run.weeks=104")


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("command") / "result.h5"
    fine("run", "saas_60", *SHORT, "--replicates", 3, "--seed", 7, "-o", path, "--quiet")
    return path


@pytest.fixture
def two_options(tmp_path: Path) -> Path:
    path = tmp_path / "what_if.toml"
    path.write_text(
        'format = 1\nextends = "saas_60"\n[run]\nweeks = 26\nwarmup = 0\n'
        '[arms.as_is]\n[arms.more]\ntitle = "one more"\nhiring.account_executives = 1\n'
    )
    return path


# --- looking ------------------------------------------------------------------------------------


def test_version_and_help() -> None:
    assert fine("--version").strip() == f"pardner {package.__version__}"
    text = fine("--help")
    for command in ("run", "compare", "calibrate", "export", "new", "list", "validate", "schema",
                    "phases", "info", "digest"):  # fmt: skip
        assert f"  {command} " in text, command


def test_list_names_what_python_names() -> None:
    listed = json.loads(fine("list", "--json"))
    assert [row["name"] for row in listed["scenarios"]] == list(package.scenarios)
    assert {row["model"] for row in listed["scenarios"]} <= {m["name"] for m in listed["models"]}


def test_new_validates_and_runs_and_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "acme.toml"
    fine("new", path)
    fine("validate", path)
    fine("run", path, *SHORT, "run.replicates=1", "--quiet")
    text = path.read_text()
    again = pardner("new", path)
    assert again.returncode == 3 and "acme.toml" in again.stderr and path.read_text() == text


def test_phases_are_the_week_of_the_model() -> None:
    text = fine("phases", "saas_60", *SHORT)
    for name, _ in package._core.describe_model("ecosystem")["phases"]:
        assert name in text and "us/week" in text


# --- running ------------------------------------------------------------------------------------


def test_a_run_as_json_agrees_with_its_file(tmp_path: Path) -> None:
    path = tmp_path / "x.h5"
    said = json.loads(fine("run", "saas_60", *SHORT, "--replicates", 2, "-o", path, "--json"))
    opened = package.open(path)
    assert said["digest"] == opened.digest == fine("digest", path).strip()
    assert said["means"]["base"]["won"]["value"] == opened["won"].sum(axis=2).mean()
    assert said["means"]["base"]["cash"]["value"] == opened["cash"][..., -1].mean()
    about = json.loads(fine("info", path, "--json"))
    assert (about["digest"], about["complete"], about["seed"]) == (said["digest"], 2, 1)
    assert not list(tmp_path.glob("*.partial"))


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_a_result_repeats_from_its_own_provenance(
    result: Path, tmp_path: Path, threads: int
) -> None:
    again = tmp_path / "again.h5"
    fine("run", "--from", result, "-o", again, "--threads", threads, "--quiet")
    assert fine("digest", again) == fine("digest", result)
    assert len(fine("digest", again).strip()) == 32


def test_python_and_command_give_the_same_bits(result: Path) -> None:
    settings = dict(word.split("=") for word in SHORT)
    changed = package.scenarios["saas_60"].with_({k: int(v) for k, v in settings.items()})
    assert changed.replicate(3, seed=7).digest == package.open(result).digest


def test_one_arm_of_several(two_options: Path, tmp_path: Path) -> None:
    both, one = tmp_path / "both.h5", tmp_path / "one.h5"
    fine("run", two_options, "--replicates", 2, "-o", both, "--quiet")
    fine("run", two_options, "--replicates", 2, "--arm", "more", "-o", one, "--quiet")
    whole, part = package.open(both), package.open(one)
    assert list(part.arms.items()) == [("more", "one more")]
    assert (part["contribution"][0] == whole["contribution"][1]).all()
    unknown = pardner("run", two_options, "--arm", "mor", "-o", one)
    assert unknown.returncode == 3 and "more" in unknown.stderr


def test_quiet_prints_nothing() -> None:
    done = pardner("run", "saas_60", *SHORT, "--replicates", 1, "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


# --- what goes wrong ----------------------------------------------------------------------------


def test_a_bad_key_is_shown_where_it_stands(tmp_path: Path) -> None:
    path, out = tmp_path / "acme.toml", tmp_path / "x.h5"
    path.write_text('format = 1\nextends = "saas_60"\n[vendor]\nacount_executives = 3\n')
    done = pardner("run", path, "-o", out)
    assert done.returncode == 3 and done.stdout == ""
    assert f"{path}:4:1" in done.stderr and "^^^^" in done.stderr
    assert "acount_executives = 3" in done.stderr and "'account_executives'" in done.stderr
    assert list(tmp_path.iterdir()) == [path]
    found = json.loads(pardner("validate", path, "--json").stdout)
    assert not found["valid"] and found["problems"][0]["line"] == 4


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["run", "no_such.toml"], 3, "no_such.toml"),
        (["run", "saas60"], 3, "saas_60"),
        (["run", "saas_60", "vendor.rep=3"], 3, "vendor"),
        (["run", "saas_60", "--replicates", "x"], 2, "x"),
        (["run", "saas_60", "--no-such"], 2, "--no-such"),
        (["run"], 2, "scenario"),
        ([], 2, "subcommand"),
        (["fly"], 2, "there is no command 'fly'"),
        (["comprae"], 2, "did you mean 'compare'?"),
        (["info", "no_such.h5"], 3, "no_such.h5"),
        (["digest", str(PARDNER)], 3, "pardner"),
        (["run", "--from", str(PARDNER)], 3, "pardner"),
        (["run", "saas_60", "-o", "no/such/folder/x.h5"], 3, "no/such/folder/x.h5"),
        (["compare", "no_such.toml", "saas_60"], 3, "no_such.toml"),
        (["compare", "saas_60"], 3, "saas_60"),
        (["compare", "saas_60", "bass"], 3, "bass"),
        (["compare", "saas_60", "saas_60", "-o", "x.doc"], 3, "x.doc"),
        (["compare", "saas_60", "saas_60", "--seed", "-1"], 2, "--seed"),
        (["compare"], 2, "SCENARIO"),
        (["calibrate", "crm", "no_such.csv", "-o", "x.toml"], 3, "no_such.csv"),
        (["export", "crm", "no_such.h5", "-o", "x"], 3, "no_such.h5"),
        (["export", "csv", str(PARDNER), "-o", "x.csv"], 3, "pardner"),
    ],
)
def test_exit_codes(words: list[str], code: int, said: str, tmp_path: Path) -> None:
    done = pardner(*words, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert said in done.stderr and "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir()), "something was written nevertheless"


def limited(gigabytes: float) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (int(gigabytes * 1e9),) * 2)


@pytest.mark.parametrize(
    ("words", "gigabytes"),
    [
        (("contest", "contest.reps=1000000", "--threads", "1"), 0.3),
        (("saas_60", "market.accounts=10000000"), 1.0),
    ],
)
def test_not_enough_memory_is_said_before_it_is_taken(
    words: tuple[str, ...], gigabytes: float, tmp_path: Path
) -> None:
    out = tmp_path / "x.h5"
    begun = time.monotonic()
    done = pardner("run", *words, "-o", out, preexec_fn=lambda: limited(gigabytes))
    assert done.returncode == 4, done.stderr
    assert "memory" in done.stderr and "available" in done.stderr
    assert time.monotonic() - begun < 5 and not list(tmp_path.iterdir())


@pytest.mark.parametrize("signal_number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_run_keeps_what_was_finished(tmp_path: Path, signal_number: int) -> None:
    out = tmp_path / "x.h5"
    running = start("run", *ENDLESS, "-o", out)
    time.sleep(4.0)
    running.send_signal(signal_number)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 75 and "interrupted" in said
    assert [p.name for p in tmp_path.iterdir()] == ["x.h5.partial"]
    opened = package.open(tmp_path / "x.h5.partial")
    status = opened.to_xarray()["status"].values
    assert 0 < status.sum() < status.size
    first_hole = np.flatnonzero(status[0] == 0)[0]
    assert first_hole > 0.8 * status.sum(), "replicates are taken in order"
    first = package.scenarios["saas_60"].with_({"run.weeks": 104}).run(replicate=0)
    assert (opened["won"][0, 0] == first["won"]).all()


# --- comparing ----------------------------------------------------------------------------------


def test_a_scenario_against_itself_differs_in_nothing() -> None:
    words = ("compare", "saas_60", "saas_60", *SHORT, "--replicates", 20, "--json")
    said = json.loads(fine(*words))
    for effect in said["effects"]:
        assert effect["mean"] == effect["error"] == effect["low"] == effect["high"] == 0
    assert list(said["options"]) == ["saas_60", "saas_60_2"]
    assert said["options"]["saas_60_2"] == "saas_60 (2)"


def test_compare_writes_report_picture_and_results(two_options: Path, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("c.html", "c.png", "c.h5")]
    outputs = [word for file in files for word in ("-o", file)]
    text = fine("compare", two_options, "--replicates", 20, "--seed", 5, *outputs)
    assert "one more" in text and "range of futures" in text
    assert "one more" in files[0].read_text()
    assert files[1].read_bytes().startswith(b"\x89PNG")
    held = package.open(files[2])
    assert held.arms == {"as_is": "as_is", "more": "one more"} and held.seed == 5
    again = tmp_path / "again.h5"
    fine("run", "--from", files[2], "-o", again, "--quiet")
    assert fine("digest", again) == fine("digest", files[2])


def test_a_horizon_beyond_the_run_is_refused() -> None:
    ended = pardner("compare", "saas_60", "saas_60", *SHORT, "--replicates", 2, "--at", "90 months")
    assert ended.returncode == 3
    assert "'90 months' is outside the run" in ended.stderr and "Traceback" not in ended.stderr


def test_compare_is_interrupted(tmp_path: Path) -> None:
    running = start("compare", "saas_60", "saas_60", "--replicates", 3000, "--quiet")
    time.sleep(3.0)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=30)
    assert running.returncode == 75 and "interrupted" in said and "Traceback" not in said


# --- exporting ----------------------------------------------------------------------------------


def test_a_table_of_everything(result: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    fine("export", "csv", result, "-o", path)
    lines = path.read_text().splitlines()
    opened = package.open(result)
    assert lines[0].split(",") == ["arm", "replicate", "time", *opened.outcomes]
    first = dict(zip(lines[0].split(","), lines[1].split(","), strict=True))
    assert len(lines) == 1 + opened["won"].size
    assert int(first["contribution"]) == opened["contribution"][0, 0, 0]
