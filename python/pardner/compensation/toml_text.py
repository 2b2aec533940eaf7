# SPDX-License-Identifier: Apache-2.0
"""Plan files as text: one key changed in place with all comments kept, or written from data."""

from __future__ import annotations

import datetime
import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..errors import BadInput

Key = tuple[str, ...]
_STRING = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'')
_HEADER = re.compile(r"\s*\[([^\[\]]+)\]\s*(#.*)?$")
_ENTRY = re.compile(r"""\s*("[^"]*"|[\w.-]+)\s*=""")
ASSUMED = re.compile(r"#\s*assumed:\s*(.*)$")


def read(text: str, name: str = "text") -> dict[str, Any]:
    """The file as data, decimals exactly as written. Raises BadInput if it is no TOML."""
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadInput(f"{name}: not a TOML file: {error}") from None


@dataclass(frozen=True)
class Entry:
    """Where a key stands: its first and last line (from 0), and the first comment in it."""

    first: int
    last: int
    comment: str


def entries(text: str) -> dict[Key, Entry]:
    """Every `key = value` with its place, by dotted key; values may span lines.

    Made for plan files: a text in triple quotes is not understood, [[change]] tables are left out.
    """
    found: dict[Key, Entry] = {}
    lines, i, skipped = text.split("\n"), 0, False
    table: Key = ()
    while i < len(lines):
        header, entry = _HEADER.match(lines[i]), _ENTRY.match(lines[i])
        if lines[i].lstrip().startswith("[["):
            skipped = True
        elif header:
            table = tuple(_unquoted(header[1]))
            skipped = table[0] == "change"
        elif entry and not skipped:
            last, comment = _extent(lines, i)
            found[(*table, *_unquoted(entry[1]))] = Entry(i, last, comment)
            i = last
        i += 1
    return found


def _unquoted(dotted: str) -> Iterator[str]:
    for quoted, bare in re.findall(r'"([^"]*)"|([\w-]+)', dotted):
        yield quoted or bare


def _extent(lines: Sequence[str], first: int) -> tuple[int, str]:
    """The last line of the value that begins on line `first`, and the first comment in it."""
    depth, comment = 0, ""
    for i in range(first, len(lines)):
        code, _, note = _STRING.sub('""', lines[i]).partition("#")
        if note and not comment:
            comment = lines[i][lines[i].rindex("#" + note) :]
        depth += sum(code.count(c) for c in "[{") - sum(code.count(c) for c in "]}")
        if depth <= 0:
            return i, comment
    return len(lines) - 1, comment


def assumed_notes(text: str) -> dict[str, str]:
    """What the comments `# assumed: ...` say, by dotted key."""
    notes = {".".join(key): ASSUMED.search(entry.comment) for key, entry in entries(text).items()}
    return {key: note[1].strip() for key, note in notes.items() if note}


def with_value(text: str, key: Key, value: Any, note: str | None = None) -> str:
    """The text with `key` set to `value`, in place or as a new line of its table.

    note: what is assumed; it becomes the comment. None: the line has no comment.
    """
    lines = text.split("\n")
    line = f"{key_text(key[-1])} = {value_text(value)}"
    if note:
        line += f"  # assumed: {note} - check in your letter"
    entry = entries(text).get(key)
    if entry:
        lines[entry.first : entry.last + 1] = [line]
        return "\n".join(lines)
    same = [e.last for k, e in entries(text).items() if k[:-1] == key[:-1]]
    if same:
        lines.insert(max(same) + 1, line)
        return "\n".join(lines)
    return text.rstrip("\n") + f"\n\n[{'.'.join(map(key_text, key[:-1]))}]\n{line}\n"


def without_table(text: str, table: Key) -> str:
    """The text without [table], all tables inside it, and the comments between."""
    kept: list[str] = []
    gone = False
    for line in text.split("\n"):
        header = _HEADER.match(line)
        if header or line.lstrip().startswith("[["):
            path = tuple(_unquoted(header[1])) if header else ()
            gone = path[: len(table)] == table
        if not gone:
            kept.append(line)
    return "\n".join(kept).rstrip("\n") + "\n"


def key_text(name: str) -> str:
    """A key, quoted if it must be."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _quoted(name)


def _quoted(text: str) -> str:
    # TOML knows no surrogate pairs, and DEL needs an escape that JSON does not give.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def value_text(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    if isinstance(value, Mapping):
        inner = ", ".join(f"{key_text(k)} = {value_text(v)}" for k, v in value.items())
        return f"{{ {inner} }}"
    if isinstance(value, Sequence):
        return f"[{', '.join(map(value_text, value))}]"
    return str(value)


def write(data: Mapping[str, Any]) -> str:
    """A plan file that says `data`, without comments."""
    return "\n".join(_table(data, ())) + "\n"


def _table(data: Mapping[str, Any], path: Key) -> Iterator[str]:
    tables = {k: v for k, v in data.items() if isinstance(v, Mapping)}
    for key, value in data.items():
        if key not in tables and key != "change":
            yield f"{key_text(key)} = {value_text(value)}"
    for key, table in tables.items():
        inner = (*path, key)
        if not table or any(not isinstance(v, Mapping) for v in table.values()):
            yield f"\n[{'.'.join(map(key_text, inner))}]"
        yield from _table(table, inner)
    for change in data.get("change", ()):
        yield "\n[[change]]"
        yield from _table(change, ("change",))
