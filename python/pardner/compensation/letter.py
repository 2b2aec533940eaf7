# SPDX-License-Identifier: Apache-2.0
"""A plan as a plan letter, text and HTML; a statement as HTML. All that files say is escaped."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from ..errors import BadInput
from ..html import _CHANGED, _cell, _row, _table
from . import sentences as said
from .amounts import percent, say, shown
from .curve import LEVELS, attainment_of, curve, year_of
from .sentences_pay import named

if TYPE_CHECKING:
    import pandas as pd

    from .plan import Plan
    from .statement import Statement

MOST_ROWS = 60  # of a statement in a notebook
LEFT_OUT = {"payee": "terms of single payees", "change": "later changes",
            "subquota": "sub-quotas (taken as met)"}  # fmt: skip


def levels(plan: Plan) -> pd.DataFrame | None:
    """Pay at the attainments a letter shows; None if no pay follows from credit alone."""
    try:
        return curve(plan.text, LEVELS, plan.minor_units)
    except BadInput:
        return None


def level_title(plan: Plan) -> str:
    """What the attainments of `levels` are shares of."""
    year = year_of(plan.text)
    if year.of_quota:
        return "attainment of quota"
    credit = attainment_of(1) * year.period_credit / (1 if year.units else plan.minor_units)
    unit = "units" if year.units else plan.currency
    return f"share of {say(credit, unit)} a {year.span}"


def level_rows(plan: Plan) -> list[tuple[str, str]]:
    """(attainment, pay of a plan year) for a letter's table; empty if there is no curve."""
    table = levels(plan)
    if table is None:
        return []
    pairs = zip(LEVELS, table["cents"], strict=True)
    return [(percent(attainment_of(at)), shown(int(c), plan.minor_units)) for at, c in pairs]


def left_out(table: pd.DataFrame) -> str:
    """What of the plan is not in its curve, as a sentence; "" if all of it is."""
    gone = [LEFT_OUT.get(one, named(one)) for one in table.attrs["left_out"]]
    return f"Not in this table: {', '.join(gone)}." if gone else ""


def letter_text(plan: Plan) -> str:
    """The plan in 80 columns: sentences, pay at some attainments, what is assumed."""
    parts = [plan.title, "=" * len(plan.title), "", *_paragraphs(plan.sentences())]
    parts += ["", *_paragraphs(said.general(plan.data))]
    rows = level_rows(plan)
    if rows:
        parts += ["", f"Pay of a plan year in {plan.currency} by {level_title(plan)}:"]
        parts += [f"  {at:>6} {pay:>14}" for at, pay in rows]
        parts += filter(None, [left_out(curve(plan.text, [1], plan.minor_units))])
    if plan.assumed:
        parts += ["", "Assumed, because plan letters often leave it out; check in yours:"]
        parts += _paragraphs(f"{key} - {note}" for key, note in _assumed(plan))
    return "\n".join(parts) + "\n"


def _paragraphs(lines: Iterable[str]) -> list[str]:
    return [
        textwrap.fill(line, 80, initial_indent="- ", subsequent_indent="  ") for line in lines
    ]  # fmt: skip


def _assumed(plan: Plan) -> list[tuple[str, str]]:
    end = "- check in your letter"
    return [(key, note.removesuffix(end).strip()) for key, note in plan.assumed.items()]


def letter_html(plan: Plan) -> str:
    """The plan as a letter for a notebook, assumed points tinted."""
    body = "".join(f"<li>{escape(one)}</li>" for one in plan.sentences())
    terms = " ".join(escape(one) for one in said.general(plan.data))
    html = f"<h3>{escape(plan.title)}</h3><ul>{body}</ul><p>{terms}</p>"
    rows = level_rows(plan)
    if rows:
        title = f"Pay of a plan year in {plan.currency}"
        cells = [_row([_cell(at, tag="th", scope="row"), _cell(pay)]) for at, pay in rows]
        html += _table(title, [level_title(plan), "pay"], cells)
        note = left_out(curve(plan.text, [1], plan.minor_units))
        html += f"<p>{escape(note)}</p>" if note else ""
    assumed = _assumed(plan)
    if assumed:
        cells = [
            _row([
                _cell(key, tag="th", scope="row", style="font-weight:400"),
                _cell(f"{note} (assumed)", style=f"text-align:left;{_CHANGED}"),
            ])
            for key, note in assumed
        ]  # fmt: skip
        html += _table("Assumed: check in your letter", ["key", "what is assumed"], cells)
    return html


def statement_html(statement: Statement) -> str:
    """What is payable by payee and period, totals last, with notes about how the log was read."""
    plan, table = statement.plan, statement.table()
    scale = plan.minor_units
    body = []
    for payee, row in table.head(MOST_ROWS).iterrows():
        cells = [shown(int(cents), scale) for cents in (*row, row.sum())]
        body.append(_row([_cell(payee, tag="th", scope="row"), *map(_cell, cells)]))
    if len(table) > MOST_ROWS:
        body.append(_row([_cell(f"and {len(table) - MOST_ROWS:,} more", tag="th", scope="row")]))
    totals = [shown(int(cents), scale) for cents in (*table.sum(), statement.total)]
    body.append(_row([_cell("all", tag="th", scope="row", style="font-weight:600"),
                      *(_cell(one, style="font-weight:600") for one in totals)]))  # fmt: skip
    title = f"Payable by {plan.title}, {plan.currency}"
    notes = "".join(f"<p>{escape(note)}</p>" for note in statement.notes)
    return _table(title, ["payee", *map(str, table.columns), "all"], body) + notes
