# SPDX-License-Identifier: Apache-2.0
"""Payroll against the plan: each difference with the reading of the plan that explains it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import _core
from ..errors import BadInput
from ..html import _cell, _row, _table
from .amounts import amount, rounded, share, shown
from .deals import DealText, deal_text, frame_text, read_text
from .hypotheses import hypotheses
from .statement import Statement
from .toml_text import write

if TYPE_CHECKING:
    import pandas as pd

    from .plan import Plan

Slot = tuple[str, str, str]  # payee, period, component ("": all that is payable)
Amounts = dict[Slot, int]
_RATE = re.compile(r"\s*(-?[\d.,]+%?)\s*(?:[x×*]\s*([\d.,]+%?)\s*)?$")
COLUMNS = ["payee", "period", "component", "paid", "due", "difference", "rule", "explanation"]


@dataclass(frozen=True)
class Check:
    """differences: a row for each: payee, period, component ("" for all payable), paid, due,
    difference (paid - due; whole currency), rule ("" if it is no matter of one), explanation (""
    if none was found), and the amounts as `paid_cents`, `due_cents`, `difference_cents`.
    agreed: how many amounts other than 0 agree.
    """

    plan: Plan
    differences: pd.DataFrame
    agreed: int
    notes: tuple[str, ...] = ()

    @property
    def explained(self) -> int:
        """For how many differences a reading was found that gives what was paid, to the cent."""
        return int((self.differences["explanation"] != "").sum())

    def lines(self) -> list[str]:
        """The result as lines of text, then what was paid too much or too little in all."""
        scale, found = self.plan.minor_units, self.differences
        lines = []
        for row in found.to_dict("records"):
            what = ", ".join(filter(None, (row["payee"], row["period"], row["component"])))
            why = row["explanation"] or "no single reading of the plan gives it"
            why += f" ({row['rule']})" if row["rule"] else ""
            paid, due = shown(row["paid_cents"], scale), shown(row["due_cents"], scale)
            more = _signed(row["difference_cents"], scale)
            lines.append(f"{what}: paid {paid}, due {due}, {more}: {why}")
        total = int(found["difference_cents"].sum()) if len(found) else 0
        lines.append(f"{self.agreed} amounts agree, {len(found)} differ ({self.explained} explained), "
                     f"{_signed(total, scale)} {self.plan.currency} in all")  # fmt: skip
        return lines

    def __str__(self) -> str:
        return "\n".join((*self.lines(), *self.notes))

    def _repr_html_(self) -> str:
        scale = self.plan.minor_units
        body = [
            _row([
                _cell(f"{row['payee']}, {row['period']}", tag="th", scope="row"),
                _cell(row["component"], style="text-align:left"),
                _cell(shown(row["paid_cents"], scale)), _cell(shown(row["due_cents"], scale)),
                _cell(_signed(row["difference_cents"], scale)), _cell(row["rule"]),
                _cell(row["explanation"], style="text-align:left"),
            ])
            for row in self.differences.to_dict("records")
        ]  # fmt: skip
        head = ["payee, period", "component", "paid", "due", "difference", "rule", "likely because"]
        return _table(self.lines()[-1], head, body)


def check(plan: Plan, deals: Any, paid: Any, map_file: str | None = None) -> Check:
    """What payroll paid against what the plan says, with the likely cause of each difference.

    paid: CSV file or DataFrame with columns payee, period (labels as in a statement), amount and,
    if it is by component, component. What is due and not in `paid` counts as paid 0. A cause is one
    change to the reading of plan or log that gives exactly the amount paid; of several, the one
    that explains most. Raises BadInput, or ScenarioError for errors in the log.
    """
    text = deal_text(deals, plan, map_file)
    statement = plan.pay(text)
    payroll = _payroll(paid, plan)
    by_component = any(slot[2] for slot in payroll)
    due = _due(statement, by_component)
    _known(payroll, due, statement)
    wrong = [slot for slot in sorted({*due, *payroll}) if due.get(slot, 0) != payroll.get(slot, 0)]
    causes = _causes(plan, text, statement, by_component) if wrong else []
    rows = [_difference(slot, payroll, due, causes, plan.minor_units) for slot in wrong]
    import pandas as pd

    cents = ["paid_cents", "due_cents", "difference_cents"]
    table = pd.DataFrame(rows, columns=[*COLUMNS, *cents])
    nonzero = {slot for slot in {*due, *payroll} if due.get(slot) or payroll.get(slot)}
    return Check(plan, table, len(nonzero) - len(wrong), text.notes)


def _payroll(paid: Any, plan: Plan) -> Amounts:
    if hasattr(paid, "columns"):
        name, text = "payroll", frame_text(paid)
    else:
        name, text = str(paid), read_text(Path(paid))
    reader = csv.DictReader(io.StringIO(text, newline=""), skipinitialspace=True)
    header = [field.strip() for field in reader.fieldnames or ()]
    missing = [column for column in ("payee", "period", "amount") if column not in header]
    if missing:
        raise BadInput(f"{name}: no column {', '.join(missing)}; payroll has payee, period, amount "
                       "and, by component, component")  # fmt: skip
    reader.fieldnames = header
    found: Amounts = {}
    for row in reader:
        cell = {key: (value or "").strip() for key, value in row.items() if isinstance(key, str)}
        if not any(cell.values()):
            continue
        where = f"{name}:{reader.line_num}"
        slot = (cell["payee"], cell["period"], cell.get("component", ""))
        if slot in found:
            raise BadInput(f"{where}: {', '.join(filter(None, slot))} is there twice")
        found[slot] = _cents(cell["amount"], plan, where)
    return found


def _cents(text: str, plan: Plan, where: str) -> int:
    try:
        cents = amount(text) * plan.minor_units
    except BadInput as error:
        raise BadInput(f"{where}: {error}") from None
    if cents.denominator != 1:
        raise BadInput(f"{where}: {text} has more decimals than {plan.currency} (R1)")
    return int(cents)


def _due(statement: Statement, by_component: bool) -> Amounts:
    if not by_component:
        rows = statement.payable
        keys = zip(rows["payee"], rows["period"], [""] * len(rows), strict=True)
        return dict(zip(keys, map(int, rows["payable_cents"]), strict=True))
    lines = statement.lines
    due: Amounts = {}
    for slot, cents in zip(zip(lines["payee"], lines["period"], lines["component"], strict=True),
                           lines["cents"], strict=True):  # fmt: skip
        due[slot] = due.get(slot, 0) + int(cents)
    return due


def _known(payroll: Amounts, due: Amounts, statement: Statement) -> None:
    """Refuses labels that no statement has: every line would differ for a reason of its own."""
    if payroll and due and not {s[1] for s in payroll} & {s[1] for s in due}:
        have, want = sorted({s[1] for s in payroll}), sorted({s[1] for s in due})
        raise BadInput(f"payroll's periods are called {', '.join(have[:3])}; the statement's "
                       f"{', '.join(want[:3])}")  # fmt: skip
    if {bool(s[2]) for s in payroll} == {True, False}:
        raise BadInput("payroll gives a component in some rows and none in others")


@dataclass(frozen=True)
class Cause:
    """What would be paid under one other reading."""

    rule: str
    says: str
    amounts: Mapping[Slot, int]


def _causes(plan: Plan, text: DealText, statement: Statement, by_component: bool) -> list[Cause]:
    found = []
    for one in hypotheses(plan.data, text.text):
        try:
            core = plan._core if one.plan is None else _core.Plan.parse(write(one.plan), plan.name)
            other = type(plan)(core)
            paid = Statement(other, DealText(one.log or text.text, text.name))
        except BadInput:
            continue  # the log has no such dates, or the change leaves no valid plan
        found.append(Cause(one.rule, one.says, _due(paid, by_component)))
    return [*found, *_roundings(statement, by_component), *_missing(statement, by_component)]


def _roundings(statement: Statement, by_component: bool) -> Iterator[Cause]:
    """Pay if each deal had been rounded by itself, or if fractions of a unit had been cut off."""
    due, scale = _due(statement, by_component), statement.plan.minor_units
    yield Cause("R1", "whole currency units were paid, rounded",
                {slot: rounded(Fraction(c, scale)) * scale for slot, c in due.items()})  # fmt: skip
    lines = _due(statement, True)
    moved: Amounts = {}
    for slot, cents in _rounded_by_deal(statement).items():
        key = slot if by_component else (slot[0], slot[1], "")
        moved[key] = moved.get(key, 0) + cents - lines.get(slot, 0)
    amounts = {slot: cents + moved.get(slot, 0) for slot, cents in due.items()}
    yield Cause("R1", "each deal was rounded by itself, not the line once", amounts)


def _rounded_by_deal(statement: Statement) -> Amounts:
    """Line -> sum of its deals, each rounded; only lines whose every slice has a rate."""
    exact: dict[Slot, dict[str, Fraction] | None] = {}
    scale = statement.plan.minor_units
    for row in statement.trace.to_dict("records"):
        slot = (row["payee"], row["period"], row["component"])
        rate, deals = _rate(row["rate"]), exact.setdefault(slot, {})
        if rate is None or deals is None:
            exact[slot] = None
            continue
        credit = rounded(Fraction(row["credit"]) * scale)
        deals[row["deal"]] = deals.get(row["deal"], Fraction(0)) + credit * rate
    sums = {slot: deals for slot, deals in exact.items() if deals is not None}
    return {slot: sum(rounded(one) for one in deals.values()) for slot, deals in sums.items()}


def _rate(text: str) -> Fraction | None:
    """The rate that a trace says, "8%" or "10% x 1.5"; None if it says something else."""
    found = _RATE.match(text)
    return share(found[1]) * share(found[2] or "1") if found else None


def _missing(statement: Statement, by_component: bool) -> Iterator[Cause]:
    """Pay without one of the components, twice, or not at all."""
    due, lines = _due(statement, by_component), _due(statement, True)
    for name in statement.plan.components:
        amounts = dict(due)
        for (payee, period, component), cents in lines.items():
            slot = (payee, period, component if by_component else "")
            if component == name and slot in amounts:
                amounts[slot] -= cents
        yield Cause("", f"{name} was not paid", amounts)
    yield Cause("", "it was paid twice", {slot: 2 * cents for slot, cents in due.items()})
    yield Cause("", "nothing was paid", dict.fromkeys(due, 0))


def _difference(slot: Slot, payroll: Amounts, due: Amounts, causes: list[Cause],
                minor_units: int) -> list[Any]:  # fmt: skip
    paid, owed = payroll.get(slot, 0), due.get(slot, 0)
    fitting = [cause for cause in causes if cause.amounts.get(slot, 0) == paid]

    def explained(cause: Cause) -> int:
        return sum(cause.amounts.get(one, 0) == cents for one, cents in payroll.items())

    best = max(fitting, key=explained, default=Cause("", "", {}))  # the first of equals
    cents = [paid, owed, paid - owed]
    return [*slot, *(one / minor_units for one in cents), best.rule, best.says, *cents]


def _signed(cents: int, scale: int) -> str:
    return ("+" if cents > 0 else "") + shown(cents, scale)
