# SPDX-License-Identifier: Apache-2.0
"""`pardner pay`: what a plan pays on a deal log; table, statement file, the trace of a deal."""

from __future__ import annotations

import argparse
import json
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from .command_line import OK, printable
from .compensation.amounts import percent, shown
from .compensation.files import must_have_folder
from .compensation.plan import Plan
from .compensation.statement import SETTLED, Statement
from .errors import ScenarioError

if TYPE_CHECKING:
    import pandas as pd

MOST_ROWS = 40  # payees in the table; a file has all
MOST_COLUMNS = 6  # periods in the table
TRACED = ["payee", "component", "period", "rule", "credit", "from", "to", "rate", "cents", "note"]


def main(argv: list[str]) -> int:
    """Run `pardner pay ARGV` and return its exit code."""
    options = _parser().parse_args(argv)
    if options.output:
        must_have_folder(options.output)
    plan = Plan.load(options.plan)
    statement = paid(plan, options)
    trace = statement.explain(options.explain) if options.explain else None
    if options.output:
        statement.to_csv(options.output)
    if options.quiet:
        return OK
    if options.json:
        print(json.dumps(document(statement, trace), indent=2))
        return OK
    said = [table_text(statement)] if trace is None else [trace_text(statement, trace)]
    said += statement.notes
    print(printable("\n".join(said)))
    if options.output:
        print(printable(f"wrote {options.output}"))
    return OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pardner pay",
        description="Pay a deal log by a plan, to the cent (docs/plans.md has both formats). "
        "Nothing is paid from a log that has an error.",
    )
    parser.add_argument("plan", metavar="PLAN", help="file (.toml) or name of `pardner plan list`")
    parser.add_argument("deals", metavar="DEALS", help="deal log (CSV), or a CRM export")
    parser.add_argument("-o", "--output", metavar="FILE.csv", help="write the statement")
    parser.add_argument("--explain", metavar="DEAL", help="show what each cent of a deal is for")
    parser.add_argument("--report", action="store_true", help="list all errors of the log")
    parser.add_argument("--map", metavar="FILE", help="how to read a CRM export (TOML)")
    parser.add_argument("--json", action="store_true", help="print everything as JSON, in cents")
    parser.add_argument("--quiet", action="store_true", help="print nothing but errors")
    return parser


def paid(plan: Plan, options: argparse.Namespace) -> Statement:
    """The statement; errors of the log as one message, all of them with --report."""
    try:
        return plan.pay(options.deals, options.map)
    except ScenarioError as error:
        problems = error.problems
        shown_ones = problems if options.report else problems[:1]
        text = "\n\n".join(problem_text(one) for one in shown_ones)
        hidden = len(problems) - len(shown_ones)
        if hidden > 0:
            text += f"\n\n{hidden} more; --report lists all. Nothing was paid"
        else:
            text += f"\n\n{_counted(len(problems))}. Nothing was paid"
        raise ScenarioError(text, problems) from None


def _counted(problems: int) -> str:
    return "1 error" if problems == 1 else f"{problems} errors"


def problem_text(problem: dict[str, Any]) -> str:
    """One error with its place and what to do, as the compiler of a language says it."""
    place = str(problem.get("file", ""))
    for part in ("line", "column"):
        if problem.get(part):
            place += f":{problem[part]}"
    text = f"error: {problem['message']}\n  --> {place}"
    return text + (f"\n  = help: {problem['help']}" if problem.get("help") else "")


def table_text(statement: Statement) -> str:
    """Payable by payee and period with totals; a long table is cut, its totals are of all."""
    plan, table = statement.plan, statement.table()
    scale = plan.minor_units
    periods = list(table.columns)[-MOST_COLUMNS:]
    rows = [("payee", *map(str, periods), "all")]
    for payee, row in table.head(MOST_ROWS).iterrows():
        cents = [*(row[period] for period in periods), row.sum()]
        rows.append((str(payee), *(shown(int(one), scale) for one in cents)))
    total = [*(table[period].sum() for period in periods), statement.total]
    rows.append(("all", *(shown(int(one), scale) for one in total)))
    more = len(table) - MOST_ROWS
    lines = [f"{plan.title}: payable, {plan.currency}", *aligned(rows)]
    if more > 0:
        lines.insert(-1, f"... and {more:,} more payees; -o writes all")
    if len(table.columns) > len(periods):
        lines.append(f"the last {len(periods)} of {len(table.columns)} periods; -o writes all")
    if statement.credited > 0:
        share = percent(Fraction(round(1000 * statement.total / statement.credited), 1000))
        lines.append(f"{share} of the {shown(statement.credited, scale)} credited")
    return "\n".join(lines)


def aligned(rows: list[tuple[str, ...]]) -> list[str]:
    """Rows as lines: the first column to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]).rstrip()
        for row in rows
    ]


def trace_text(statement: Statement, trace: pd.DataFrame) -> str:
    """Each slice of a deal with its rule, and the sum."""
    scale = statement.plan.minor_units
    rows: list[tuple[str, ...]]
    rows = [("payee", "component", "period", "rule", "credit", "of", "rate", "amount", "")]
    for one in trace.to_dict("records"):
        span = " to ".join(filter(None, (one["from"], one["to"])))
        rows.append((one["payee"], one["component"], one["period"], one["rule"],
                     f"{one['credit']:,.2f}", span, one["rate"], shown(one["cents"], scale),
                     one["note"]))  # fmt: skip
    total = shown(int(trace["cents"].sum()), scale)
    head = f"deal {trace['deal'].iloc[0]}: {total} {statement.plan.currency} in all"
    return "\n".join([head, *left_aligned(rows)])


def left_aligned(rows: list[tuple[str, ...]]) -> list[str]:
    """Rows as lines, numbers (columns 4 and 7) to the right, all else to the left."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    right = (4, 7)
    return [
        "  ".join(
            cell.rjust(width) if i in right else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def document(statement: Statement, trace: pd.DataFrame | None) -> dict[str, Any]:
    """The statement for JSON; money in minor units."""
    plan = statement.plan
    settled = [f"{name}_cents" for name in SETTLED]
    payable = statement.payable[["payee", "period", *settled]]
    found = {
        "plan": plan.title, "currency": plan.currency, "minor_units": plan.minor_units,
        "rows": statement.rows, "credited_cents": statement.credited,
        "total_cents": statement.total,
        "lines": statement.lines[["payee", "component", "period", "cents"]].to_dict("records"),
        "payable": payable.to_dict("records"), "notes": statement.notes,
    }  # fmt: skip
    if trace is not None:
        found["trace"] = trace[TRACED].to_dict("records")
    return found
