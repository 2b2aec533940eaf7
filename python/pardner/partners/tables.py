# SPDX-License-Identifier: Apache-2.0
"""Attributed beside incremental as a table: for a terminal and for notebooks."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from .. import wording
from ..html import _CHANGED, _cell, _row, _table
from .attribution import RULES

if TYPE_CHECKING:
    from .contribution import Incremental

NOTE = "In this model; freed hours go to their next best use. Amounts are list value of deals won."


def _head(found: Incremental) -> list[str]:
    return ["", *(RULES[rule][0] for rule in found.rules), "incremental", "range of futures",
            "contribution"]  # fmt: skip


def _cells(found: Incremental, row: Any) -> list[str]:
    unit = wording.Unit(found.currency)
    return [
        row["name"], *(wording.number(row[rule]) for rule in found.rules),
        wording.plus_minus(row["incremental"], row["error"], unit, with_unit=False).lstrip("+"),
        wording.interval(row["low"], row["high"], unit, with_unit=False),
        wording.plus_minus(row["contribution"], row["contribution_error"], unit, with_unit=False),
    ]  # fmt: skip


def _caption(found: Incremental) -> str:
    facts = found.facts
    how = "never signed" if facts["removed"] == "never_signed" else "sellers not paid"
    return (f"What partners bring, {found.currency}, {facts['horizon']}, {facts['futures']} futures "
            f"({facts['option']}; without: {how})")  # fmt: skip


def _more(found: Incremental) -> list[str]:
    """Lines below the table: over-attribution and interactions."""
    unit = wording.Unit(found.currency)
    ratios = [f"{RULES[str(rule)][0]} {row['ratio']:.2f} ± {row['error']:.2f}"
              for rule, row in found.over_attribution.iterrows()]  # fmt: skip
    told = ["Over-attribution (attributed / incremental, together): " + ", ".join(ratios) + "."]
    for row in found.interactions.itertuples():
        told.append(f"Interaction of {row.name}, together less the sum: "
                    f"{wording.plus_minus(row.interaction, row.error, unit)}.")  # fmt: skip
    return told


def incremental_text(found: Incremental) -> str:
    """The table, at most some 120 columns wide, then what follows from it."""
    rows = [_head(found), *(_cells(found, row) for _, row in found.table.iterrows())]
    heads = [head.split(" ") for head in rows[0]]
    depth = max(map(len, heads))
    tops = [[(head + [""] * depth)[i] for head in heads] for i in range(depth)]
    lines = [*tops, *rows[1:]]
    widths = [max(len(line[i]) for line in lines) for i in range(len(rows[0]))]
    text = [
        "  ".join(cell.ljust(w) if i == 0 else cell.rjust(w)
                  for i, (cell, w) in enumerate(zip(line, widths, strict=True))).rstrip()
        for line in lines
    ]  # fmt: skip
    return "\n".join([_caption(found), *text, NOTE, *_more(found), "", found.sentence])


def incremental_html(found: Incremental) -> str:
    """A fragment: table, notes, sentence."""
    body = []
    for _, row in found.table.iterrows():
        name, *cells = _cells(found, row)
        place = len(found.rules)
        body.append(_row([
            _cell(name, tag="th", scope="row", style="font-weight:400"),
            *(_cell(cell, style=_CHANGED if i == place else "") for i, cell in enumerate(cells)),
        ]))  # fmt: skip
    notes = "".join(f"<p>{escape(line)}</p>" for line in (NOTE, *_more(found), found.sentence))
    return _table(_caption(found), _head(found), body) + notes
