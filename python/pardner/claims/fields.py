# SPDX-License-Identifier: Apache-2.0
"""Tables of a TOML file read strictly: what nobody asked for is an error, with its line."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..errors import BadInput

_HEADER = re.compile(r"\s*\[\[?\s*([^\]]+?)\s*\]\]?\s*(#.*)?$")
_KNOWN_OF_A_VALUE = {"value", "low", "high", "distribution", "source", "evidence"}


class Fields:
    """One table. Each field is taken by name; `done` refuses what is left over.

    path: the names that lead to the table, a number for an entry of an array of tables.
    """

    def __init__(self, file: str, text: str, table: dict[str, Any], path: tuple[Any, ...] = ()):
        self._file, self._text, self._path = file, text, path
        self._left = dict(table)
        self._asked: list[str] = []

    @classmethod
    def load(cls, path: Path) -> Fields:
        """The top table of a file. BadInput if it cannot be read or is no TOML."""
        try:
            text = path.read_text("utf-8")
            return cls(str(path), text, tomllib.loads(text))
        except (OSError, UnicodeDecodeError) as error:
            raise BadInput(f"{path}: cannot be read: {error}") from None
        except tomllib.TOMLDecodeError as error:
            raise BadInput(f"{path}: no TOML: {error}") from None

    def wrong(self, message: str, key: str = "") -> BadInput:
        """The error to raise, with file and line of `key` (or of the table itself)."""
        line = line_of(self._text, (*self._path, key) if key else self._path)
        return BadInput(f"{self._file}:{line}: {message}")

    def take(self, key: str, kind: type, default: Any = ...) -> Any:
        """The field `key`, which must be of `kind` (float also takes whole numbers)."""
        self._asked.append(key)
        if key not in self._left:
            if default is ...:
                raise self.wrong(f"{self._name()} needs '{key}'")
            return default
        value = self._left.pop(key)
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
            said = {str: "a text", float: "a number", int: "a whole number", bool: "true or false",
                    list: "a list", dict: "a table"}[kind]  # fmt: skip
            raise self.wrong(f"'{key}' must be {said}, not {value!r}", key)
        return value

    def choice(self, key: str, allowed: Sequence[str], default: Any = ...) -> Any:
        """A text that is one of `allowed`."""
        value = self.take(key, str, default)
        if value != default and value not in allowed:
            raise self.wrong(f"'{key}' is {value!r}{_nearest(value, allowed)}", key)
        return value

    def table(self, key: str) -> Fields:
        """A table in this one, empty where it is absent."""
        return self.inner(self.take(key, dict, {}), key)

    def tables(self, key: str) -> list[Fields]:
        """The tables of `[[key]]`."""
        rows = self.take(key, list, [])
        if not all(isinstance(row, dict) for row in rows):
            raise self.wrong(f"'{key}' must be written [[{key}]]", key)
        return [self.inner(row, key, i) for i, row in enumerate(rows)]

    def named(self, key: str) -> dict[str, Fields]:
        """The tables of `[key.NAME]` by name."""
        rows = self.take(key, dict, {})
        if bad := [name for name, row in rows.items() if not isinstance(row, dict)]:
            raise self.wrong(f"'{key}.{bad[0]}' must be a table [{key}.{bad[0]}]", key)
        return {name: self.inner(row, key, name) for name, row in rows.items()}

    def rest(self) -> dict[str, Any]:
        """All that is left, as it stands."""
        left, self._left = self._left, {}
        return left

    def overrides(self) -> dict[str, Any]:
        """All that is left, as overrides of a scenario by dotted key."""
        return dict(_flat(self.rest()))

    def has(self, key: str) -> bool:
        """Whether the field is there and not yet taken."""
        return key in self._left

    def done(self) -> None:
        """Refuses what was not taken."""
        for key in self._left:
            raise self.wrong(f"{self._name()} has no '{key}'{_nearest(key, self._asked)}", key)

    def inner(self, table: dict[str, Any], *step: Any) -> Fields:
        return Fields(self._file, self._text, table, (*self._path, *step))

    def _name(self) -> str:
        names = [str(step) for step in self._path if not isinstance(step, int)]
        return f"[{'.'.join(names)}]" if names else "a claim"


def nearest(word: str, allowed: Sequence[str]) -> str:
    """'; did you mean ...?' or the list of what there is."""
    near = difflib.get_close_matches(word, allowed, 1)
    if near:
        return f"; did you mean '{near[0]}'?"
    return f"; there are: {', '.join(allowed)}" if allowed else ""


_nearest = nearest


def _flat(table: dict[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    """Dotted keys; a table of what is known about a value stays one."""
    found: list[tuple[str, Any]] = []
    for key, value in table.items():
        if isinstance(value, dict) and not set(value) <= _KNOWN_OF_A_VALUE:
            found += _flat(value, f"{prefix}{key}.")
        else:
            found.append((prefix + key, value))
    return found


def line_of(text: str, path: tuple[Any, ...]) -> int:
    """The line (from 1) of a key or table; that of the nearest table around it if not found."""
    names = [str(step) for step in path if not isinstance(step, int)]
    wanted = next((step for step in path if isinstance(step, int)), None)
    best, best_depth, table, seen = 1, 0, [], dict[str, int]()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = _split(header[1])
            seen[header[1]] = seen.get(header[1], -1) + 1
            entry = seen[header[1]]
            here = table
        elif "=" in line and not line.lstrip().startswith("#"):
            here = table + _split(line.partition("=")[0])
        else:
            continue
        if wanted is not None and table == names[: len(table)] and table and entry != wanted:
            continue
        depth = next((i for i, (a, b) in enumerate(zip(here, names, strict=False)) if a != b),
                     min(len(here), len(names)))  # fmt: skip
        if depth > best_depth and depth >= min(len(here), len(names)):
            best, best_depth = number, depth
    return best


def _split(key: str) -> list[str]:
    return [part.strip().strip("\"'") for part in key.strip().split(".")]
