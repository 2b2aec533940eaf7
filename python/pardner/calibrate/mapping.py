# SPDX-License-Identifier: Apache-2.0
"""The map file: what a user says about a log that its header does not say."""

from __future__ import annotations

import datetime
import difflib
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from .errors import BadInput
from .presets import FIELDS, OUTCOMES, PRESETS

TOP = ("preset", "date_format", "decimal", "currency", "columns", "stages", "window", "accounts")
LARGEST_MAP = 1 << 20  # bytes; a map file of more is a mistake


@dataclass(frozen=True)
class Map:
    """Overrides; an empty one changes nothing.

    columns: field -> column name. stages: stage name -> won, lost, open or ignored.
    window_start, window_end: first and last day whose decisions the log holds.
    accounts: number of accounts the company could sell to, if the log names only some.
    """

    preset: str | None = None
    date_format: str | None = None
    decimal: str | None = None
    currency: str | None = None
    columns: dict[str, str] = field(default_factory=dict)
    stages: dict[str, str] = field(default_factory=dict)
    window_start: datetime.date | None = None
    window_end: datetime.date | None = None
    accounts: int | None = None


def read_map(path: str | Path | None) -> Map:
    """Return the map in the TOML file `path` (None: an empty one).

    Raises BadInput with the file's name, what was found and what is allowed.
    """
    if path is None:
        return Map()
    name = Path(path).name
    try:
        raw = Path(path).read_bytes()
        if len(raw) > LARGEST_MAP:
            raise BadInput(f"{name}: a map file of {len(raw)} bytes; at most {LARGEST_MAP}")
        data = tomllib.loads(raw.decode("utf-8-sig"))
    except OSError as error:
        raise BadInput(f"{name}: cannot be read: {error.strerror}") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadInput(f"{name}: not a TOML file: {error}") from None
    return _map_of(name, data)


def _map_of(name: str, data: dict) -> Map:
    _known(name, "", data, TOP)
    window = _table(name, data, "window")
    accounts = _table(name, data, "accounts")
    columns = _table(name, data, "columns")
    stages = _table(name, data, "stages")
    _known(name, "window.", window, ("start", "end"))
    _known(name, "accounts.", accounts, ("count",))
    _known(name, "columns.", columns, FIELDS)
    for key in ("preset", "date_format", "decimal", "currency"):
        if key in data and not isinstance(data[key], str):
            raise BadInput(f"{name}: {key} must be a text, found {data[key]!r}")
    _allowed(name, "preset", data.get("preset"), PRESETS)
    _allowed(name, "decimal", data.get("decimal"), (".", ","))
    for key, value in columns.items():
        if not isinstance(value, str):
            raise BadInput(f"{name}: columns.{key} must be the name of a column, found {value!r}")
    for stage, outcome in stages.items():
        _allowed(name, f'stages."{stage}"', outcome, OUTCOMES)
    count = accounts.get("count")
    if count is not None and (type(count) is not int or not 1 <= count <= 10**8):
        raise BadInput(f"{name}: accounts.count must be a whole number from 1 to 10^8")
    start, end = (_day(name, f"window.{k}", window.get(k)) for k in ("start", "end"))
    if start and end and start >= end:
        raise BadInput(f"{name}: window.start {start} is not before window.end {end}")
    return Map(
        data.get("preset"), data.get("date_format"), data.get("decimal"), data.get("currency"),
        dict(columns), dict(stages), start, end, count,
    )  # fmt: skip


def _table(name: str, data: dict, key: str) -> dict:
    value = data.get(key, {})
    if not isinstance(value, dict):
        raise BadInput(f"{name}: {key} must be a table, found {value!r}")
    return value


def _known(name: str, prefix: str, table: dict, allowed) -> None:
    for key in table:
        if key not in allowed:
            near = difflib.get_close_matches(key, allowed, 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise BadInput(f"{name}: no key {prefix}{key}{hint} Allowed: {', '.join(allowed)}")


def _allowed(name: str, key: str, value, allowed) -> None:
    if value is not None and value not in list(allowed):
        raise BadInput(f"{name}: {key} is {value!r}; allowed: {', '.join(allowed)}")


def _day(name: str, key: str, value) -> datetime.date | None:
    if value is None or (type(value) is datetime.date):
        return value
    raise BadInput(f"{name}: {key} must be a date like 2024-01-31, found {value!r}")
