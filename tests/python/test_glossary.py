# SPDX-License-Identifier: Apache-2.0
"""docs/glossary.md and the program use the same words."""

import re
import tomllib
from pathlib import Path

from pardner import _core

GLOSSARY = (Path(__file__).resolve().parents[2] / "docs" / "glossary.md").read_text("utf-8")
# Words that the glossary replaces, as they would appear in a name.
REPLACED = re.compile(
    r"(^|_)(net_rev|net_revenue|salesman|salesperson|salespeople|bdm|pm|giant|giants|marquee|tilt"
    r"|causal|paper|sales_rep)(_|$)"
)


def outcomes() -> list[str]:
    return [entry["name"] for entry in _core.describe_model("ecosystem")["outcomes"]]


def parameter_names() -> set[str]:
    def names(table: dict[str, object]) -> set[str]:
        inner = [names(value) for value in table.values() if isinstance(value, dict)]
        return set(table).union(*inner)

    return names(tomllib.loads(_core.base_toml("ecosystem")))


def test_every_outcome_is_explained_and_no_other() -> None:
    table = GLOSSARY.split("| outcome | is |", 1)[1]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    explained = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert sorted(explained) == sorted(outcomes())


def test_names_use_our_words() -> None:
    names = parameter_names() | set(outcomes())
    assert len(names) > 50
    assert not [name for name in names if REPLACED.search(name)]


def test_the_check_finds_a_replaced_word() -> None:
    assert REPLACED.search("net_rev") and REPLACED.search("paper_owner")
    assert not REPLACED.search("partner_manager") and not REPLACED.search("tools")
