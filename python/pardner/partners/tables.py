# SPDX-License-Identifier: Apache-2.0
"""Attributed beside incremental as a table: for a terminal and for notebooks."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from .. import wording
from ..html import _CHANGED, _cell, _row, _table
from .attribution import RULES

if TYPE_CHECKING:
    from .contribution import Incremental

NOTE = "In this model; freed hours go to their next best use. Amounts are list value of deals won."
BRINGS = ("incremental", "range of futures", "contribution")


def _brings(found: Incremental, row: Any) -> list[str]:
    unit = wording.Unit(found.currency)
    return [
        wording.plus_minus(row["incremental"], row["error"], unit, with_unit=False).lstrip("+"),
        wording.interval(row["low"], row["high"], unit, with_unit=False),
        wording.plus_minus(row["contribution"], row["contribution_error"], unit, with_unit=False),
    ]


def _credited(found: Incremental, row: Any) -> list[str]:
    return [wording.number(row[rule]) for rule in found.rules]


def _caption(found: Incremental) -> str:
    facts = found.facts
    how = "never signed" if facts["removed"] == "never_signed" else "sellers not paid"
    return (f"What partners bring, {found.currency}, {facts['horizon']}, {facts['futures']} futures "
            f"({facts['option']}; without: {how})")  # fmt: skip


def _more(found: Incremental) -> list[str]:
    """Lines below the table: over-attribution and interactions."""
    unit = wording.Unit(found.currency)
    ratios = [f"{RULES[str(rule)].title} {row['ratio']:.2f} ± {row['error']:.2f}"
              for rule, row in found.over_attribution.iterrows()]  # fmt: skip
    told = ["Over-attribution (attributed / incremental, together): " + ", ".join(ratios) + "."]
    for row in found.interactions.itertuples():
        told.append(f"Interaction of {row.name}, together less the sum: "
                    f"{wording.plus_minus(row.interaction, row.error, unit)}.")  # fmt: skip
    return told


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of cells as lines: the first column to the left, the others to the right."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return [
        "  ".join(cell.ljust(w) if i == 0 else cell.rjust(w)
                  for i, (cell, w) in enumerate(zip(row, widths, strict=True))).rstrip()
        for row in rows
    ]  # fmt: skip


def incremental_text(found: Incremental) -> str:
    """Two tables, at most some 110 columns wide, then what follows from them."""
    sets = [row for _, row in found.table.iterrows()]
    brings = [["", *BRINGS], *([row["name"], *_brings(found, row)] for row in sets)]
    shorts = [RULES[rule].short for rule in found.rules]
    credited = [
        ["attributed by", *shorts],
        *([row["name"], *_credited(found, row)] for row in sets),
    ]
    lines = [_caption(found), *aligned(brings), "", *aligned(credited), "", NOTE, *_more(found)]
    return "\n".join([*lines, "", found.sentence])


def incremental_html(found: Incremental) -> str:
    """A fragment: table, notes, sentence."""
    head = ["", *BRINGS, *(RULES[rule].title for rule in found.rules)]
    body = [
        _row([_cell(row["name"], tag="th", scope="row", style="font-weight:400"),
              *(_cell(cell, style=_CHANGED if i == 0 else "")
                for i, cell in enumerate([*_brings(found, row), *_credited(found, row)]))])
        for _, row in found.table.iterrows()
    ]  # fmt: skip
    notes = "".join(f"<p>{escape(line)}</p>" for line in (NOTE, *_more(found), found.sentence))
    return _table(_caption(found), head, body) + notes
