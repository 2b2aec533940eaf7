# SPDX-License-Identifier: Apache-2.0
"""Deal logs from whatever holds them: a file, text, a DataFrame, or a CRM export."""

from __future__ import annotations

import csv
import datetime
import io
import math
import os
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import BadInput

if TYPE_CHECKING:
    import pandas as pd

    from .plan import Plan

NEEDED = ("deal_id", "date", "payee", "amount")


@dataclass(frozen=True)
class DealText:
    """A deal log as CSV text. name: its name in messages. notes: what was mended or left out."""

    text: str
    name: str
    notes: tuple[str, ...] = ()


def deal_text(deals: Any, plan: Plan, map_file: str | None = None) -> DealText:
    """The deals as CSV text with the columns of docs/plans.md.

    deals: path of a deal log, path of a CRM export (a file or a folder; map_file as for `pardner
    calibrate crm`), CSV text (it has a line break), or a DataFrame. Raises BadInput.
    """
    if isinstance(deals, DealText):
        return deals
    if hasattr(deals, "columns") and hasattr(deals, "itertuples"):
        return DealText(frame_text(deals), "deals")
    if isinstance(deals, str) and "\n" in deals:
        return DealText(deals, "deals")
    if not isinstance(deals, str | os.PathLike):
        raise BadInput(f"deals are a file, CSV text or a DataFrame, not {type(deals).__name__}")
    path = Path(deals)
    if map_file or path.is_dir() or _is_crm(path):
        from .crm import crm_deals

        return crm_deals(path, plan, map_file)
    return DealText(read_text(path), str(path))


def read_text(path: Path) -> str:
    """The text of a file. Raises BadInput if it cannot be read or is not UTF-8."""
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise BadInput(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise BadInput(f"{path}: not UTF-8; save it as CSV in UTF-8") from None


def _is_crm(path: Path) -> bool:
    """Does the header name the columns of a CRM tool, and not those of a deal log?"""
    from ..calibrate.presets import detect

    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            first = file.readline()
        delimiter = max(",;\t|", key=first.count)  # CRM tools in Europe write semicolons
        header = next(csv.reader([first], delimiter=delimiter), [])
    except (OSError, csv.Error):
        return False  # reading it properly says what is wrong
    return not set(NEEDED) <= {h.strip() for h in header} and detect(header) is not None


def frame_text(frame: pd.DataFrame) -> str:
    """A DataFrame as CSV text: dates without time, numbers exactly as they are, no NaN."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([str(name) for name in frame.columns])
    for row in frame.itertuples(index=False, name=None):
        writer.writerow([_cell(value) for value in row])
    return out.getvalue()


def _cell(value: Any) -> str:
    if hasattr(value, "item"):
        value = value.item()  # a NumPy scalar
    if value is None or value != value:  # NaN and NaT differ from themselves
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and math.isfinite(value):
        return format(Decimal(repr(value)).normalize(), "f")
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value)


def rows_of(text: str) -> tuple[list[str], list[dict[str, str]]]:
    """Header and rows of CSV text; short rows are filled with "" and long ones cut."""
    rows = [row for row in csv.reader(io.StringIO(text, newline="")) if any(row)]
    header = [name.strip() for name in rows[0]] if rows else []
    filled = [(row + [""] * len(header))[: len(header)] for row in rows[1:]]
    return header, [dict(zip(header, row, strict=True)) for row in filled]


def text_of(header: list[str], rows: list[dict[str, str]]) -> str:
    """Header and rows as CSV text."""
    out = io.StringIO()
    writer = csv.DictWriter(out, header, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
