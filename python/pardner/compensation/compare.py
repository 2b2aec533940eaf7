# SPDX-License-Identifier: Apache-2.0
"""Two plans on the same deals: what each would have cost, who wins and who loses."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from html import escape
from typing import TYPE_CHECKING, Any

from ..errors import BadInput
from ..html import _cell, _row, _table
from .amounts import percent, shown
from .deals import deal_text

if TYPE_CHECKING:
    import pandas as pd

    from .plan import Plan

SHARE = 5  # percent of pay: a change that people notice
WARNING = (
    "This pays the same deals twice. Under another plan people would have sought other deals: "
    "it says what the change costs, not what it achieves."
)
MOST_LINES = 30


@dataclass(frozen=True)
class PlanComparison:
    """What two plans pay on one log. Money in minor units; payees with no pay count as well.

    payees: a row per payee with columns a, b (payable under each), difference (b - a), all in whole
    currency, and the same as `a_cents`, ...; sorted by difference.
    """

    plan_a: Plan
    plan_b: Plan
    payees: pd.DataFrame
    notes: tuple[str, ...] = ()

    @property
    def costs(self) -> tuple[int, int]:
        """All that is paid out under each plan, in minor units."""
        return int(self.payees["a_cents"].sum()), int(self.payees["b_cents"].sum())

    @property
    def winners(self) -> list[str]:
        """Who is paid more under b, the largest gain first."""
        rows = self.payees[self.payees["difference_cents"] > 0]
        return list(rows.index[::-1])

    @property
    def losers(self) -> list[str]:
        """Who is paid less under b, the largest loss first."""
        return list(self.payees.index[self.payees["difference_cents"] < 0])

    @property
    def changed(self) -> list[str]:
        """Whose pay changes by more than 5%, or from nothing to something."""
        table = self.payees
        much = 100 * table["difference_cents"].abs() > SHARE * table["a_cents"].abs()
        return list(table.index[much])

    @property
    def warning(self) -> str:
        """What such a comparison cannot say."""
        return WARNING

    def lines(self) -> list[str]:
        """The answer as lines of text."""
        scale, currency = self.plan_a.minor_units, self.plan_a.currency
        a, b = self.costs
        change = f" ({_signed_percent(b - a, a)})" if a else ""
        return [
            f"{self.plan_a.title!r} pays {shown(a, scale)} {currency}, "
            f"{self.plan_b.title!r} {shown(b, scale)}: {_signed(b - a, scale)}{change}",
            f"{len(self.payees)} payee{'s' * (len(self.payees) != 1)}: "
            f"{len(self.winners)} would have got more, {len(self.losers)} less; for "
            f"{len(self.changed)} pay changes by more than {SHARE}%",
        ]

    def __str__(self) -> str:
        scale = self.plan_a.minor_units
        width = max([len(str(name)) for name in self.payees.index] + [5])
        rows = [f"{'payee':<{width}} {'A':>15} {'B':>15} {'difference':>15}"]
        for name, row in self.payees.head(MOST_LINES).iterrows():
            a, b = int(row["a_cents"]), int(row["b_cents"])
            rows.append(f"{name:<{width}} {shown(a, scale):>15} {shown(b, scale):>15} "
                        f"{_signed(b - a, scale):>15} {_signed_percent(b - a, a)}".rstrip())  # fmt: skip
        if len(self.payees) > MOST_LINES:
            rows.append(f"... and {len(self.payees) - MOST_LINES} more")
        return "\n".join([*rows, "", *self.lines(), *self.notes, f"Warning: {WARNING}"])

    def _repr_html_(self) -> str:
        scale = self.plan_a.minor_units
        body = []
        for name, row in self.payees.head(MOST_LINES).iterrows():
            a, b = int(row["a_cents"]), int(row["b_cents"])
            cells = [shown(a, scale), shown(b, scale), _signed(b - a, scale)]
            cells.append(_signed_percent(b - a, a))
            body.append(_row([_cell(name, tag="th", scope="row"), *map(_cell, cells)]))
        head = ["payee", self.plan_a.title, self.plan_b.title, "difference", ""]
        said = "".join(f"<p>{escape(line)}</p>" for line in (*self.lines(), *self.notes))
        title = f"Payable, {self.plan_a.currency}"
        return _table(title, head, body) + said + f"<p>Warning: {escape(WARNING)}</p>"


def compare(plan_a: Plan, plan_b: Plan, deals: Any, map_file: str | None = None) -> PlanComparison:
    """What both plans pay on one log: pay(b) - pay(a) for every payee.

    deals: as for `Plan.pay`. Raises BadInput if the currencies differ, ScenarioError if the log has
    an error under either plan.
    """
    if plan_a.currency != plan_b.currency:
        raise BadInput(f"{plan_a.title!r} pays {plan_a.currency}, {plan_b.title!r} "
                       f"{plan_b.currency}: they cannot be compared")  # fmt: skip
    text = deal_text(deals, plan_a, map_file)
    a, b = (_totals(plan, deals, text, map_file) for plan in (plan_a, plan_b))
    import pandas as pd

    table = pd.DataFrame({"a_cents": a, "b_cents": b}).fillna(0).astype("int64")
    table["difference_cents"] = table["b_cents"] - table["a_cents"]
    for name in ("a", "b", "difference"):
        table[name] = table[f"{name}_cents"] / plan_a.minor_units
    table.index.name = "payee"
    order = table.sort_index().sort_values("difference_cents", kind="stable")
    columns = ["a", "b", "difference", "a_cents", "b_cents", "difference_cents"]
    return PlanComparison(plan_a, plan_b, order[columns], text.notes)


def _totals(plan: Plan, deals: Any, text: Any, map_file: str | None) -> pd.Series:
    # A CRM export is read for each plan: which columns it gives depends on the plan.
    statement = plan.pay(deals if text.notes else text, map_file)
    paid = statement.payable.groupby("payee")["payable_cents"].sum()
    return paid.reindex(sorted({*paid.index, *statement.payees}), fill_value=0)


def _signed(cents: int, scale: int) -> str:
    return ("+" if cents > 0 else "") + shown(cents, scale)


def _signed_percent(change: int, of: int) -> str:
    if not of:
        return "new" if change else ""
    text = percent(Fraction(round(1000 * change / abs(of)), 1000))
    return ("+" if change > 0 else "") + text
