# SPDX-License-Identifier: Apache-2.0
"""Won opportunities of a CRM export as deals: the readers of `pardner calibrate` do the reading."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import BadInput
from .deals import DealText, text_of

if TYPE_CHECKING:
    import pandas as pd

    from ..calibrate import Log
    from .plan import Plan

COLUMNS = ["deal_id", "date", "payee", "amount"]


def crm_deals(path: Path, plan: Plan, map_file: str | None = None) -> DealText:
    """The won opportunities of the export `path`, each booked on its close date by its owner.

    Everything the readers mended or dropped is in the notes: it changes what is paid. Products are
    kept if the plan names products. Raises BadInput if it cannot be read or nothing is won.
    """
    from ..calibrate import read_log, read_map

    log = read_log(path, read_map(map_file))
    won = log.table[log.table["stage"] == "won"]
    if won.empty:
        raise BadInput(f"{path.name}: no opportunity is won: there is nothing to pay")
    worth = won[won["value"] > 0]
    header = COLUMNS + (["product"] if "products" in plan.data else [])
    rows = [_row(i, row) for i, row in enumerate(worth.to_dict("records"), 1)]
    return DealText(text_of(header, rows), str(path), _notes(log, won, plan))


def _row(number: int, opportunity: dict[str, object]) -> dict[str, str]:
    closed, value = opportunity["closed"], opportunity["value"]
    assert isinstance(closed, datetime.datetime)
    return {
        "deal_id": _text(opportunity["id"]) or f"row_{number}",
        "date": closed.date().isoformat(),
        "payee": _text(opportunity["agent"]),
        "amount": format(Decimal(repr(value)).normalize(), "f"),
        "product": _text(opportunity["product"]),
    }


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _notes(log: Log, won: pd.DataFrame, plan: Plan) -> tuple[str, ...]:
    reading = log.reading
    worth = int((won["value"] > 0).sum())
    notes = [
        f"read as a CRM export ({reading.preset}): {worth:,} won opportunities of "
        f"{len(log.table):,} are deals, booked on their close date by their owner",
        f"dates {reading.date_format}, decimal sign {reading.decimal}",
    ]
    notes += [f"{count:,} {defect}" for defect, count in log.defects.items()]
    if reading.currency != plan.currency:
        notes.append(f"the log seems to be in {reading.currency}, the plan is in {plan.currency}")
    return tuple(notes)
