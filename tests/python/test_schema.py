# SPDX-License-Identifier: Apache-2.0
"""The JSON Schema judges small scenarios as the C++ reader does (tests/sim/test_schema.cpp)."""

import datetime
import json
import math
import os
import subprocess
import tomllib
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("PARDNER_BUILD", ROOT / "build" / "release"))
CASES = ROOT / "tests" / "sim" / "scenario_cases.txt"


@pytest.fixture(scope="module")
def schema():
    done = subprocess.run([BUILD / "tests" / "toy_schema"], capture_output=True, check=True)
    return json.loads(done.stdout)


def cases():
    for block in CASES.read_text().split("\n=== ")[1:]:
        head, _, text = block.partition("\n")
        verdict, _, name = head.partition(" ")
        yield pytest.param(verdict, text, id=name.replace(" ", "_"))


def as_json(value):
    """A TOML value as JSON has it: dates are texts."""
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def test_is_a_valid_schema(schema):
    jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize(("verdict", "text"), list(cases()))
def test_judges_as_the_reader(schema, verdict, text):
    validator = jsonschema.Draft202012Validator(schema)
    problems = [error.message for error in validator.iter_errors(as_json(tomllib.loads(text)))]
    assert (not problems) == (verdict != "reject"), problems


@pytest.fixture(scope="module")
def command_schema():
    done = subprocess.run([BUILD / "pardner", "schema"], capture_output=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "scenarios").glob("*.toml")), ids=lambda path: path.stem
)
def test_packaged_scenarios_please_both(command_schema, path):
    subprocess.run([BUILD / "pardner", "validate", path], check=True, capture_output=True)
    validator = jsonschema.Draft202012Validator(command_schema)
    scenario = as_json(tomllib.loads(path.read_text()))
    assert not [error.message for error in validator.iter_errors(scenario)]
    scenario["run"] = {**scenario.get("run", {}), "week": 3}
    assert [error.message for error in validator.iter_errors(scenario)]


def test_the_command_refuses_what_the_schema_refuses(tmp_path, command_schema):
    text = 'format = 1\n[run]\nmodel = "bass"\nweeks = -1\n'
    (tmp_path / "bad.toml").write_text(text)
    done = subprocess.run(
        [BUILD / "pardner", "validate", tmp_path / "bad.toml"], capture_output=True
    )
    assert done.returncode == 3
    assert b"run.weeks: -1 is too small" in done.stderr
    assert not jsonschema.Draft202012Validator(command_schema).is_valid(tomllib.loads(text))


def test_an_editor_is_told_the_default(schema):
    share = schema["$defs"]["toy.vendor"]["properties"]["win_share"]
    assert share["default"] == 0.25
    assert math.isclose(share["x-low"], 0.15)
