# SPDX-License-Identifier: Apache-2.0
"""docs/plans.md: every worked example pays what it says, every type of component has one, and the
page names every key; the schema takes what the reader takes."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from pardner import _core
from pardner.errors import ScenarioError

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/plans.md").read_text("utf-8")
HEAD = """format = 1
name = "example"
currency = "USD"
paid = "month"
crediting_event = "booking"
splits = "sum_to_100"
"""
COLUMNS = "deal_id,date,payee,amount\n"
EXAMPLE = re.compile(
    r"^### (.+?)\n```toml\n(.*?)```\n```csv\n(.*?)```\n```pays\n(.*?)```", re.MULTILINE | re.DOTALL
)
EXAMPLES = EXAMPLE.findall(PAGE)
SCHEMA = json.loads(_core.plan_schema())


def paid(plan: str, log: str) -> list[str]:
    made = _core.Plan.parse(HEAD + plan, "plan.toml")
    text = log if log.startswith("deal_id") else COLUMNS + log
    lines = _core.pay(made, _core.DealLog.parse(text, "deals.csv", made))["lines"]
    rows = zip(lines["payee"], lines["component"], lines["period"], lines["cents"], strict=True)
    return sorted(f"{who} {what} {when} {cents / 100:.2f}" for who, what, when, cents in rows)


@pytest.mark.parametrize(("name", "plan", "log", "pays"), EXAMPLES, ids=[e[0] for e in EXAMPLES])
def test_an_example_pays_what_it_says(name: str, plan: str, log: str, pays: str) -> None:
    assert paid(plan, log) == sorted(pays.strip().splitlines())


def test_every_type_of_component_has_an_example() -> None:
    kinds = SCHEMA["properties"]["component"]["additionalProperties"]["oneOf"]
    types = {kind["properties"]["type"]["const"] for kind in kinds}
    shown = set(re.findall(r'^type = "(\w+)"', "".join(e[1] for e in EXAMPLES), re.MULTILINE))
    assert shown == types
    assert len(EXAMPLES) == len(re.findall("^```pays", PAGE, re.MULTILINE))


def keys(schema: dict[str, Any]) -> set[str]:
    found = set(schema.get("properties", {}))
    inner = [*schema.get("properties", {}).values(), schema.get("items", {}),
             schema.get("additionalProperties", {}), *schema.get("oneOf", [])]  # fmt: skip
    return found.union(*(keys(one) for one in inner if one and isinstance(one, dict)))


def test_the_page_names_every_key() -> None:
    assert not [key for key in sorted(keys(SCHEMA)) if not re.search(rf"\b{key}\b", PAGE)]


def plain(value: Any) -> Any:
    """TOML as JSON has it: dates have no type there."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value if isinstance(value, (str, int, float, bool)) else str(value)


@pytest.mark.parametrize(
    "text", [HEAD + e[1] for e in EXAMPLES] + list(_core.packaged_plans().values())
)
def test_the_schema_takes_what_the_reader_takes(text: str) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(plain(tomllib.loads(text)))


def test_the_schema_refuses_what_the_reader_refuses() -> None:
    good = HEAD + EXAMPLES[0][1]
    for wrong in (good.replace("measure", "mesure"), good.replace('"marginal"', '"cumulative"')):
        with pytest.raises(ScenarioError):
            _core.Plan.parse(wrong, "plan.toml")
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft202012Validator(SCHEMA).validate(plain(tomllib.loads(wrong)))


def test_the_committed_schema_is_the_programs() -> None:
    assert (ROOT / "docs/plan.schema.json").read_text("utf-8") == _core.plan_schema()
