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


def opportunities_of(
    log: pd.DataFrame, first_day: pd.Timestamp, products: list[str], minor_units: int = 100
) -> pd.DataFrame:
    """Return the simulation's log of opportunities as the table that write_crm takes.

    log: columns rep, account, product (rows of their tables), outcome (1 won, 2 lost, 3 no
    decision, anything else open), engaged_day, closed_day (days since the first simulated day),
    value (minor units). first_day: date of that day. products: names in order of the scenario.
    minor_units: per unit of currency. An opportunity without a decision stays open for ever, as
    in the CRM of most companies. Agents and accounts get numbers for names.
    """
    stage = log["outcome"].map({1: "Won", 2: "Lost"}).fillna("Engaging")
    decided = stage != "Engaging"
    first_day = pd.Timestamp(first_day)
    table = pd.DataFrame({
        "opportunity_id": [f"O{i:08d}" for i in range(len(log))],
        "sales_agent": [f"Agent {i:04d}" for i in log["rep"]],
        "product": [products[i] for i in log["product"]],
        "account": [f"Account {i:06d}" for i in log["account"]],
        "deal_stage": stage.to_numpy(),
        "engage_date": first_day + pd.to_timedelta(log["engaged_day"].to_numpy(), unit="D"),
        "close_date": (first_day + pd.to_timedelta(log["closed_day"], unit="D")).where(decided),
        "close_value": (log["value"] / minor_units).where(decided).to_numpy(),
    })  # fmt: skip
    return table.sort_values("engage_date", kind="stable").reset_index(drop=True)


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
