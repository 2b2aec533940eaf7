# SPDX-License-Identifier: Apache-2.0
"""Statements: what a plan pays on a log, line by line, each cent with its trace."""

from __future__ import annotations

import difflib
import os
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import _core
from ..errors import BadInput
from .amounts import plain
from .deals import DealText, text_of
from .files import write_whole

if TYPE_CHECKING:
    import pandas as pd

    from .plan import Plan

# Columns of `payable` that are money, in the order in which they come about (R5).
SETTLED = ("earned", "clawback", "draw_advance", "draw_recovery", "forgiven", "payable",
           "draw_balance", "debt")  # fmt: skip
FILE_COLUMNS = ["payee", "period", "kind", "item", "amount"]


class Statement:
    """What a plan pays. Amounts are whole currency (floats) beside exact integer minor units.

    lines: payee, component, period, amount, cents: each rounded once (R1).
    payable: payee, period and the steps from earned to payable, each also as `<step>_cents`.
    trace: what each cent of the lines is for: deal, rule, slice, rate.
    """

    def __init__(self, plan: Plan, deals: DealText):
        self.plan = plan
        self._deals = deals
        self._log = _core.DealLog.parse(deals.text, deals.name, plan._core)
        self._paid = _core.pay(plan._core, self._log)
        self._trace: pd.DataFrame | None = None

    @property
    def notes(self) -> list[str]:
        """How a CRM export was read, and what of it could not be paid; empty for deal logs."""
        return list(self._deals.notes)

    @property
    def payees(self) -> list[str]:
        """Who is in the log."""
        return list(self._log.payees)

    @property
    def rows(self) -> int:
        """Rows of the log."""
        return int(self._log.rows)

    @property
    def lines(self) -> pd.DataFrame:
        """One row per payee, component and period: payee, component, period, amount, cents."""
        import pandas as pd

        core = self._paid["lines"]
        cents = np.asarray(core["cents"], np.int64)
        columns = {name: _texts(core[name]) for name in ("payee", "component", "period")}
        return pd.DataFrame(columns | {"amount": cents / self.plan.minor_units, "cents": cents})

    @property
    def payable(self) -> pd.DataFrame:
        """One row per payee and period, from what was earned to what is paid out.

        earned, clawback, draw_advance, draw_recovery, payable; forgiven is draw that a leaver need
        not pay back; the balances draw_balance and debt are as of the end of the period.
        """
        import pandas as pd

        core = self._paid["payable"]
        columns: dict[str, Any] = {name: _texts(core[name]) for name in ("payee", "period")}
        cents = {name: np.asarray(core[name], np.int64) for name in SETTLED}
        columns |= {name: values / self.plan.minor_units for name, values in cents.items()}
        return pd.DataFrame(columns | {f"{name}_cents": v for name, v in cents.items()})

    @property
    def trace(self) -> pd.DataFrame:
        """Every slice of every line: payee, component, period, deal, rule, credit, from, to, rate,
        amount, cents, note. The cents of a line add up to it. Made when first asked for.
        """
        if self._trace is None:
            core = _core.pay(self.plan._core, self._log, True)["trace"]
            self._trace = trace_frame(core, self.plan)
        return self._trace

    def explain(self, deal: str) -> pd.DataFrame:
        """The trace of one deal, cent by cent. Raises BadInput if it is not in the trace."""
        trace = self.trace
        found = trace[trace["deal"] == str(deal)]
        if found.empty:
            near = difflib.get_close_matches(str(deal), sorted(set(trace["deal"])), 3)
            hint = f"; near: {', '.join(near)}" if near else ""
            raise BadInput(f"nothing was paid or taken for a deal {deal!r}{hint}")
        return found.reset_index(drop=True)

    def table(self) -> pd.DataFrame:
        """Minor units payable: a row per payee, a column per period."""
        paid = self.payable
        periods = list(dict.fromkeys(sorted(paid["period"], key=_chronological)))
        table = paid.pivot_table(
            index="payee", columns="period", values="payable_cents", aggfunc="sum", fill_value=0
        )
        return table.reindex(columns=periods)

    @property
    def total(self) -> int:
        """All that is paid out, in minor units."""
        return int(np.sum(self._paid["payable"]["payable"], dtype=np.int64))

    @property
    def credited(self) -> int:
        """Amount of all deals credited, in minor units: what is paid is a share of it (R26)."""
        return int(self._paid["credited"])

    def to_csv(self, path: str | os.PathLike[str]) -> None:
        """Writes the statement, complete or not at all.

        Columns payee, period, kind, item, amount. kind "line": item is a component; kind "settled":
        item is a step from earned to payable (steps of 0 are left out, earned and payable never).
        """
        write_whole(path, text_of(FILE_COLUMNS, self._file_rows()))

    def _file_rows(self) -> list[dict[str, str]]:
        scale = self.plan.minor_units
        rows = []
        for line in self.lines.to_dict("records"):
            rows.append({"payee": line["payee"], "period": line["period"], "kind": "line",
                         "item": line["component"], "amount": plain(line["cents"], scale)})  # fmt: skip
        for one in self.payable.to_dict("records"):
            for item in SETTLED:
                cents = one[f"{item}_cents"]
                if cents or item in ("earned", "payable"):
                    rows.append({"payee": one["payee"], "period": one["period"],
                                 "kind": "settled", "item": item,
                                 "amount": plain(cents, scale)})  # fmt: skip
        return rows

    def _repr_html_(self) -> str:
        from .letter import statement_html

        return statement_html(self)

    def __repr__(self) -> str:
        who = "1 payee" if len(self.payees) == 1 else f"{len(self.payees)} payees"
        total = plain(self.total, self.plan.minor_units)
        return f"<Statement: {who}, {total} {self.plan.currency} by {self.plan.title!r}>"


def trace_frame(core: dict[str, Any], plan: Plan) -> pd.DataFrame:
    """The engine's trace as a table in whole currency; credit of `units` components in units."""
    import pandas as pd

    cents = np.asarray(core["cents"], np.int64)
    credit = np.asarray(core["credit"], np.int64)
    counted = {n for n, one in plan.data["component"].items() if one.get("basis") == "units"}
    scale = [1 if name in counted else plan.minor_units for name in core["component"]]
    texts = {"payee": "payee", "component": "component", "period": "period", "deal": "deal",
             "rule": "rule", "from": "from_", "to": "to_", "rate": "rate", "note": "note"}  # fmt: skip
    columns: dict[str, Any] = {name: _texts(core[key]) for name, key in texts.items()}
    columns["credit"] = credit / np.array(scale, np.float64)
    columns |= {"amount": cents / plan.minor_units, "cents": cents}
    order = ["payee", "component", "period", "deal", "rule", "credit", "from", "to", "rate",
             "amount", "cents", "note"]  # fmt: skip
    return pd.DataFrame(columns)[order]


def _texts(values: Any) -> list[str]:
    return [str(value) for value in values]


def _chronological(label: str) -> tuple[str, str]:
    """Labels as text sort by time ("2027-09" < "2027-10", "2027-Q1" < "2027-Q2")."""
    return label[:4], label
