# SPDX-License-Identifier: Apache-2.0
"""A new plan from one of the library: what a letter says is written in, the rest marked."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from ..errors import BadInput
from .questions import QUESTIONS, Question
from .toml_text import Key, assumed_notes, entries, read, with_value, without_table

HEAD = """# Made by `pardner plan new --like {template}`.
# What is marked as assumed was not said: look it up in your plan letter, correct it, and remove the
# mark and its key in the list `assumed`.
"""


class Draft:
    """The text of a plan while it is being filled in; it remembers what is assumed."""

    def __init__(self, text: str):
        self.text = text
        self.notes = assumed_notes(text)

    @property
    def data(self) -> dict[str, Any]:
        """The plan as it stands."""
        return read(self.text)

    def set(self, key: Key, value: Any, note: str | None = None) -> None:
        """Sets a key; with a note it is assumed, without it somebody said so."""
        self.text = with_value(self.text, key, value, note)
        self.notes.pop(".".join(key), None)
        if note:
            self.notes[".".join(key)] = note

    def assume(self, key: Key, note: str) -> None:
        """Marks a key as assumed, value as it is; a note that is there already stays."""
        if ".".join(key) not in self.notes:
            value: Any = self.data
            for part in key:
                value = value[part]
            self.set(key, value, note)

    def drop(self, table: Key) -> None:
        """Removes a table with all that is assumed in it."""
        self.text = without_table(self.text, table)
        start = ".".join(table)
        self.notes = {k: n for k, n in self.notes.items() if not f"{k}.".startswith(f"{start}.")}

    def finished(self) -> str:
        """The text with the list `assumed` as it must be: one entry for each marked key."""
        marked = [".".join(key) for key in entries(self.text) if ".".join(key) in self.notes]
        return with_value(self.text, ("assumed",), marked)


def draft_plan(
    template: str, name: str, answers: Mapping[str, str], settings: Mapping[str, str]
) -> str:
    """The text of the plan `template` with the answers; what nobody answered is marked as assumed.

    name: what the template is called. answers: by name of question. settings: other dotted keys
    with TOML values. Raises BadInput for answers that make no sense, or to questions that this plan
    does not have.
    """
    # Its own first comment speaks of the numbers that are about to change.
    draft = Draft(HEAD.format(template=name) + re.sub(r"\A(#.*\n)+", "", template))
    for one in asked(draft.data):
        if one.name in answers:
            one.put(draft, answers[one.name].strip())
    unasked = set(answers) - {one.name for one in asked(draft.data)}
    if unasked:
        raise BadInput(f"a plan like this has no {', '.join(sorted(unasked))}; leave it out")
    for one in asked(draft.data):
        if one.name not in answers:
            one.guess(draft)
    for dotted, value in settings.items():
        draft.set(tuple(dotted.split(".")), toml_value(value))
    return draft.finished()


def asked(data: dict[str, Any]) -> Iterator[Question]:
    """The questions that make sense for a plan, in letter order."""
    return (one for one in QUESTIONS if one.shown(data) is not None)


def toml_value(text: str) -> Any:
    """A value as TOML writes it, else the text itself: 3, true, "quarter", quarter."""
    try:
        return tomllib.loads(f"value = {text}", parse_float=Decimal)["value"]
    except (tomllib.TOMLDecodeError, RecursionError):
        return text
