# SPDX-License-Identifier: Apache-2.0
"""A sales log in the maven shape from a table of opportunities: `pardner export crm`."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd

from .errors import BadInput
from .safe_file import write_together

COLUMNS = (
    "opportunity_id", "sales_agent", "product", "account", "deal_stage", "engage_date",
    "close_date", "close_value",
)  # fmt: skip
STAGES = ("Won", "Lost", "Engaging", "Prospecting")
# A spreadsheet takes a cell that starts like this for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_crm(
    opportunities: pd.DataFrame,
    directory: str | Path,
    prices: dict[str, float] | None = None,
    accounts: list[str] | None = None,
) -> list[Path]:
    """Write sales_pipeline.csv (and products.csv, accounts.csv if given) into `directory`.

    opportunities: the eight COLUMNS; dates as datetimes, missing allowed except where a decided
    stage needs them; values in currency units. prices: product -> list price. Returns the paths
    written. Raises BadInput if a column is missing or a stage is none of STAGES.
    """
    missing = [c for c in COLUMNS if c not in opportunities]
    if missing:
        raise BadInput(f"opportunities without column {', '.join(missing)}")
    odd = set(opportunities["deal_stage"]) - set(STAGES)
    if odd:
        raise BadInput(f"deal_stage {sorted(map(str, odd))[0]!r}; allowed: {', '.join(STAGES)}")
    table = opportunities.loc[:, list(COLUMNS)].copy()
    for name in ("engage_date", "close_date"):
        table[name] = pd.to_datetime(table[name]).dt.strftime("%Y-%m-%d")
    texts = {"sales_pipeline.csv": _csv(list(COLUMNS), table.itertuples(index=False))}
    if prices is not None:
        texts["products.csv"] = _csv(["product", "series", "sales_price"],
                                     [(p, "", v) for p, v in prices.items()])  # fmt: skip
    if accounts is not None:
        texts["accounts.csv"] = _csv(["account", "sector"], [(a, "") for a in accounts])
    directory = Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    return write_together({directory / name: text for name, text in texts.items()})


def _csv(header: list[str], rows) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return out.getvalue()


def _cell(value) -> str:
    """Return the text of a cell; missing is empty, whole numbers have no point."""
    if value is None or value is pd.NaT or value != value:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.2f}"
    text = str(value)
    return "'" + text if text.startswith(FORMULA) and not _number(text) else text


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
