# SPDX-License-Identifier: Apache-2.0
"""A sales log as one clean table, with a count of everything that had to be mended."""

from __future__ import annotations

import dataclasses
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from .clean import mended, outcomes, product_names, sectors
from .csv_text import Table, read_table
from .errors import BadInput
from .mapping import Map
from .parse import amount, currency_of, date_format, day, decimal_sign
from .presets import FIELDS, PRESETS, SIDE_TABLES, Preset, columns_of, detect, squash


@dataclass(frozen=True)
class Reading:
    """How a log was read: what a user must check and may override in a map file."""

    preset: str
    columns: dict[str, str]
    stages: dict[str, str]
    date_format: str
    decimal: str
    currency: str
    files: dict[str, str] = field(default_factory=dict)

    def lines(self) -> list[str]:
        """Return the reading as lines of text, for a screen."""
        columns = ", ".join(f"{k} = {v!r}" for k, v in self.columns.items())
        stages = ", ".join(f"{k!r} {v}" for k, v in self.stages.items())
        return [
            f"read as {self.preset} ({', '.join(self.files)})",
            f"  columns: {columns}",
            f"  stages: {stages}",
            f"  dates {self.date_format}, decimal sign {self.decimal}, currency {self.currency}",
        ]


@dataclass(frozen=True)
class Log:
    """A clean log.

    table: one row per opportunity; columns id, agent, product, account (text or missing),
        stage (won, lost, open), opened, closed (days or missing), value (currency units or NaN).
        Decided rows have `closed`; open rows never do.
    prices: product -> list price in currency units, empty if no price list came with the log.
    accounts: names in the account list, None if there is none. regions: number of sales regions.
    """

    table: pd.DataFrame
    prices: dict[str, float]
    accounts: list[str] | None
    regions: int | None
    reading: Reading
    defects: dict[str, int]


def read_log(path: str | Path, given: Map | None = None) -> Log:
    """Return the log in the CSV file `path`, or in the folder `path` with its side tables.

    Raises BadInput if no log is there or it cannot be read.
    """
    path, given, defects = Path(path), given or Map(), Counter()
    deals, sides = _find(path, given, defects)
    preset, columns = _columns(deals, given)
    cells = _cells(deals, columns)
    reading, table = _convert(deals, cells, preset, columns, given, defects)
    prices = _prices(sides.get("products"), reading.decimal)
    accounts = _names(sides.get("accounts"), "account")
    table["product"] = product_names(table["product"], prices, defects)
    table = mended(table, defects)
    if accounts is not None:
        sectors(sides["accounts"], defects)
        unlisted = set(table["account"].dropna()) - set(accounts)
        defects["accounts not in the account list"] += len(unlisted)
        accounts = sorted(set(accounts) | unlisted)
    regions = len(_names(sides.get("teams"), "regionaloffice") or []) or None
    files = {t.name: t.sha256 for t in (deals, *sides.values())}
    reading = dataclasses.replace(reading, files=files)
    return Log(table, prices, accounts, regions, reading, {k: v for k, v in defects.items() if v})


def _find(path: Path, given: Map, defects: Counter) -> tuple[Table, dict[str, Table]]:
    """Return the opportunity table and the side tables (by kind) of a file or a folder."""
    if not path.exists():
        raise BadInput(f"{path.name}: no such file or folder")
    if path.is_file():
        return read_table(path, defects), {}
    paths = sorted(p for p in path.iterdir() if p.suffix.casefold() == ".csv" and p.is_file())
    tables = [read_table(p, defects) for p in paths]
    logs, sides = [], {}
    for table in tables:
        names = {squash(h) for h in table.header}
        kind = next((k for k, need in SIDE_TABLES.items() if names.issuperset(need)), None)
        mapped = set(given.columns.values())
        if detect(table.header) or (mapped and mapped.issubset(table.header)):
            logs.append(table)
        elif kind:
            sides[kind] = table
    if len(logs) != 1:
        found = ", ".join(t.name for t in (logs or tables)) or "no CSV file"
        raise BadInput(f"{path.name}: one file of opportunities expected, found {found}")
    return logs[0], sides


def _columns(deals: Table, given: Map) -> tuple[Preset, dict[str, int]]:
    preset = PRESETS[given.preset] if given.preset else detect(deals.header)
    if preset is None and not given.columns:
        raise BadInput(
            f"{deals.name}: columns {', '.join(deals.header[:12])[:200]} fit no preset "
            f"({', '.join(PRESETS)}); name them in a map file under [columns]"
        )
    preset = preset or Preset("map", {}, ("stage", "opened", "closed"), (), {})
    columns = columns_of(deals.header, preset)
    for name, header in given.columns.items():
        if header not in deals.header:
            raise BadInput(f"{deals.name}: no column {header!r} (columns.{name} of the map file)")
        columns[name] = deals.header.index(header)
    missing = [f for f in preset.required if f not in columns]
    if missing:
        raise BadInput(f"{deals.name}: no column for {', '.join(missing)}; name it under [columns]")
    if not deals.rows:
        raise BadInput(f"{deals.name}: a header but no rows")
    return preset, columns


def _cells(deals: Table, columns: dict[str, int]) -> pd.DataFrame:
    """Return the text of the named columns; fields without a column are empty."""
    empty = [""] * len(deals.rows)
    return pd.DataFrame(
        {f: [r[columns[f]] for r in deals.rows] if f in columns else empty for f in FIELDS},
        dtype=object,
    )


def _convert(deals: Table, cells: pd.DataFrame, preset: Preset, columns, given: Map, defects):
    """Return (Reading, table with typed columns) of text `cells`."""
    stage_of = outcomes(cells["stage"], preset, given, defects)
    form = given.date_format or date_format(
        [*cells["opened"], *cells["closed"]], preset.day_first, defects
    )
    decimal = given.decimal or decimal_sign(list(cells["value"]))
    currency = given.currency or currency_of(list(cells["value"])) or "USD"
    table = pd.DataFrame({f: cells[f].where(cells[f] != "", None) for f in FIELDS})
    table["stage"] = cells["stage"].map(stage_of)
    for name in ("opened", "closed"):
        days = {t: day(t, form) for t in cells[name].unique() if t}
        unread = [t for t in cells[name] if t and days[t] is None]
        if len(unread) > 0.5 * (cells[name] != "").sum():
            raise BadInput(f"{name} dates like {unread[0][:40]!r} are not in the form {form}; "
                           "say date_format in a map file")  # fmt: skip
        defects[f"{name} dates that cannot be read"] += len(unread)
        table[name] = pd.to_datetime(cells[name].map(lambda t, d=days: d.get(t)))
    amounts = {t: amount(t, decimal) for t in cells["value"].unique() if t}
    bad = [t for t in cells["value"] if t and amounts[t] != amounts[t]]
    defects["amounts that cannot be read"] += len(bad)
    table["value"] = cells["value"].map(lambda t: amounts.get(t, float("nan"))).astype(float)
    named = {f: deals.header[i] for f, i in columns.items()}
    return Reading(preset.name, named, stage_of, form, decimal, currency), table


def _prices(products: Table | None, decimal: str) -> dict[str, float]:
    if products is None:
        return {}
    names = [squash(h) for h in products.header]
    at, price = names.index("product"), names.index("salesprice")
    pairs = {row[at]: amount(row[price], decimal) for row in products.rows if row[at]}
    return {name: value for name, value in pairs.items() if value > 0}


def _names(table: Table | None, column: str) -> list[str] | None:
    if table is None:
        return None
    at = [squash(h) for h in table.header].index(column)
    return sorted({row[at] for row in table.rows if row[at]})
