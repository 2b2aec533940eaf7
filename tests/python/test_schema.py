# SPDX-License-Identifier: Apache-2.0
"""The JSON Schema judges small scenarios as the C++ reader does (tests/sim/test_schema.cpp)."""

import datetime
import json
import math
import tomllib
from pathlib import Path

import jsonschema
import pytest

SIM = Path(__file__).parent.parent / "sim"
SCHEMA = json.loads((SIM / "toy.schema.json").read_text())


def cases():
    for block in (SIM / "scenario_cases.txt").read_text().split("\n=== ")[1:]:
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


def test_is_a_valid_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(("verdict", "text"), list(cases()))
def test_judges_as_the_reader(verdict, text):
    validator = jsonschema.Draft202012Validator(SCHEMA)
    problems = [error.message for error in validator.iter_errors(as_json(tomllib.loads(text)))]
    assert (not problems) == (verdict != "reject"), problems


def test_an_editor_is_told_the_default():
    share = SCHEMA["$defs"]["toy.vendor"]["properties"]["win_share"]
    assert share["default"] == 0.25
    assert math.isclose(share["x-low"], 0.15)
