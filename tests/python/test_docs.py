# SPDX-License-Identifier: Apache-2.0
"""docs/odd.md and docs/odd_startups.md have an entry for all that their models declare; generated
files are up to date."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import pardner
from pardner import _core

ROOT = Path(__file__).resolve().parents[2]
GENERATED = [
    "scenarios/base.toml",
    "docs/parameters.md",
    "docs/scenario.schema.json",
    "docs/plan.schema.json",
    "docs/odd.md",
    "docs/odd_startups.md",
]
PAGE = (ROOT / "docs/odd.md").read_text("utf-8")
STARTUPS = (ROOT / "docs/odd_startups.md").read_text("utf-8")


def declared_parameters(model: str = "ecosystem") -> dict[str, list[str]]:
    """Section -> parameters, from the model's own reference page."""
    sections = re.split(r"^## `\[", _core.reference_page(model), flags=re.MULTILINE)[1:]
    found = {s.partition("]")[0]: re.findall(r"^\| `(\w+)`", s, re.MULTILINE) for s in sections}
    del found["run"]  # no part of the model; docs/parameters.md has it
    return found


def rows(text: str) -> set[str]:
    return set(re.findall(r"^\| `([\w.]+)` \|", text, re.MULTILINE))


def block(page: str, name: str) -> str:
    return page.partition(f"<!-- generated: {name} -->")[2].partition("<!-- end -->")[0]


def missing_entries(page: str, model: str = "ecosystem", prefix: str = "") -> list[str]:
    """What a model declares and has no entry on its page, whose marks begin with `prefix`."""
    about = _core.describe_model(model)
    prose = re.sub(r"<!-- generated: .*?<!-- end -->", "", page, flags=re.DOTALL)
    headings = set(re.findall(r"^### (\w+)$", prose, re.MULTILINE))
    words = " ".join(prose.lower().split())
    listed = {name: rows(block(page, prefix + name)) for name in ("phases", "streams", "outcomes")}
    tables = dict(re.findall(r"^`\[([\w.]+)\]`\n(.*?)(?=^`\[|\Z)", block(page, prefix + "parameters"), re.M | re.S))  # fmt: skip
    phases = [name for name, _ in about["phases"]]
    streams = [stream["name"] for stream in about["streams"]]
    outcomes = [outcome["name"] for outcome in about["outcomes"]]
    columns = {f"{column['table']}.{column['name']}" for column in about["columns"]}
    missing = [f"phase {name}: submodel" for name in phases if name not in headings]
    missing += [f"phase {name}" for name in phases if name not in listed["phases"]]
    missing += [f"stream {name}" for name in streams if name not in listed["streams"]]
    missing += [f"stream {name}: draws" for name in streams if f"stream `{name}`" not in words]  # fmt: skip
    missing += [f"outcome {name}" for name in outcomes if name not in listed["outcomes"]]
    missing += [
        f"column {name}" for name in sorted(columns - rows(block(page, prefix + "columns")))
    ]
    for section, parameters in declared_parameters(model).items():
        if section not in tables:
            missing.append(f"section {section}")
        entries = rows(tables.get(section, ""))
        missing += [f"{section}.{name}" for name in parameters if name not in entries]
    return missing


def test_all_that_is_declared_has_an_entry() -> None:
    assert len(declared_parameters()) > 10
    assert len(_core.describe_model("ecosystem")["phases"]) > 5
    assert missing_entries(PAGE) == []


def test_all_that_startups_declare_has_an_entry() -> None:
    declared = declared_parameters("startups")
    assert len(declared) > 20
    assert missing_entries(STARTUPS, "startups", "startups_") == []
    prose = re.sub(r"<!-- generated: .*?<!-- end -->", "", STARTUPS, flags=re.DOTALL)
    assert [name for name in declared if f"[{name}]" not in prose] == []


@pytest.mark.parametrize(
    ("gone", "reported"),
    [
        (r"^\| `build_rate` .*\n", ["build_or_buy.build_rate"]),
        (r"^\| `naive_gap` .*\n", ["outcome naive_gap"]),
        (r"^\| `desertion` \| \d.*\n", ["stream desertion"]),
        (r"\(stream `grab`\)", ["stream grab: draws"]),
        (r"^### leak\n", ["phase leak: submodel"]),
        (r"^\| `startups.genome` .*\n", ["column startups.genome"]),
    ],
)
def test_a_missing_entry_of_startups_is_reported(gone: str, reported: list[str]) -> None:
    page, count = re.subn(gone, "", STARTUPS, flags=re.MULTILINE)
    assert count == 1
    assert set(reported) <= set(missing_entries(page, "startups", "startups_"))


@pytest.mark.parametrize(
    ("gone", "reported"),
    [
        (r"^\| `partner_reach` .*\n", ["leads.partner_reach"]),
        (r"^`\[hiring\]`\n", ["section hiring", "hiring.account_executives"]),
        (r"^\| `worst_cash` .*\n", ["outcome worst_cash"]),
        (r"^\| `renewal` \| \d.*\n", ["stream renewal"]),
        (r"stream\s`pursuit`", ["stream pursuit: draws"]),
        (r"^\| `payday` .*\n", ["phase payday"]),
        (r"^### choice\n", ["phase choice: submodel"]),
        (r"^\| `reps.skill` .*\n", ["column reps.skill"]),
    ],
)
def test_a_missing_entry_is_reported(gone: str, reported: list[str]) -> None:
    page, count = re.subn(gone, "", PAGE, flags=re.MULTILINE)
    assert count == 1
    assert set(reported) <= set(missing_entries(page))


def stale(root: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, ROOT / "scripts/generate_docs", "--check", "--root", root]
    return subprocess.run(command, capture_output=True, text=True)


def test_generated_files_are_up_to_date() -> None:
    done = stale(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("changed", GENERATED)
def test_a_stale_file_is_reported(changed: str, tmp_path: Path) -> None:
    for name in GENERATED:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    assert stale(tmp_path).returncode == 0
    path = tmp_path / changed
    text = path.read_text("utf-8").replace("partner_reach", "partner_grasp")
    text = text.replace("naive_gap", "naive_hole")
    path.write_text(text.replace("crediting_event", "crediting_fact"), "utf-8")
    done = stale(tmp_path)
    assert (done.returncode, done.stdout.split()[0]) == (1, changed)


def test_base_toml_is_a_scenario_that_holds_every_parameter() -> None:
    base = tomllib.loads((ROOT / "scenarios/base.toml").read_text("utf-8"))
    for section, parameters in declared_parameters().items():
        name, _, repeated = section.partition(".")
        if repeated and name not in base:
            continue  # a company need not have any: [partnership.NAME]
        table = base[name]["core"] if repeated else base[name]
        assert list(table) == parameters
    scenario = pardner.Scenario.load(ROOT / "scenarios/base.toml")
    assert scenario.title and not scenario.warnings
    scenario.with_({"run.weeks": 2}).run()
