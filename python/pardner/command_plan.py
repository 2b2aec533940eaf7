# SPDX-License-Identifier: Apache-2.0
"""`pardner plan`: new, list, compare, check, schema."""

from __future__ import annotations

import argparse
import json
import re
import sys
from typing import TYPE_CHECKING, Any

from . import _core
from .command_line import OK, printable
from .command_pay import paid
from .compensation.check import Check, check
from .compensation.compare import PlanComparison, compare
from .compensation.draft import asked, draft_plan
from .compensation.files import must_be_new, must_have_folder, write_whole
from .compensation.letter import left_out, level_rows, level_title, levels
from .compensation.plan import Plan
from .compensation.questions import QUESTIONS
from .errors import BadInput

if TYPE_CHECKING:
    from .compensation.questions import Question

LIKE = "account_executive"


def main(argv: list[str]) -> int:
    """Run `pardner plan ARGV` and return its exit code."""
    options = _parser().parse_args(argv)
    code: int = options.run(options)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pardner plan", description="Make, list, compare and check pay plans."
    )
    kinds = parser.add_subparsers(
        dest="kind", required=True, metavar="new|list|compare|check|schema"
    )
    _add_new(kinds.add_parser(
        "new", help="a plan of your own, from one of the library",
        description="Asks the eight things a plan letter says (on a terminal; or takes them as "
        "options) and fills in the rest, marked `# assumed: ... - check in your letter`.",
    ))  # fmt: skip
    listed = kinds.add_parser("list", help="the plans of the library")
    listed.add_argument("--json", action="store_true", help="print as JSON")
    listed.set_defaults(run=_list)
    _add_compare(kinds.add_parser(
        "compare", help="what the same deals cost under two plans",
        description="Pays the same deals by two plans: cost, winners and losers.",
    ))  # fmt: skip
    _add_check(kinds.add_parser(
        "check", help="what payroll paid against what the plan says",
        description="Names each difference between payroll and plan with its likely cause: one "
        "other reading of the plan that gives what was paid, to the cent.",
    ))  # fmt: skip
    schema = kinds.add_parser("schema", help="the JSON Schema of plan files")
    schema.set_defaults(run=_schema)
    return parser


def _add_new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--like", default=LIKE, metavar="NAME",
                        help=f"plan to start from (default: {LIKE})")  # fmt: skip
    parser.add_argument("-o", "--output", metavar="FILE.toml",
                        help="file to write (default: print it); never overwritten")  # fmt: skip
    parser.add_argument("--name", help="what the plan calls itself")
    for one in QUESTIONS:
        help_text = one.asks.replace("%", "%%")
        parser.add_argument(f"--{one.name.replace('_', '-')}", metavar="X", help=help_text)
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE",
                        help="any other key, as quota.amount=1M; may be repeated")  # fmt: skip
    parser.set_defaults(run=_new)


def _add_compare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("a", metavar="A", help="plan: file or name of `pardner plan list`")
    parser.add_argument("b", metavar="B", help="the other plan")
    _add_deals(parser)
    parser.set_defaults(run=_compare)


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("plan", metavar="PLAN", help="file or name of `pardner plan list`")
    _add_deals(parser)
    parser.add_argument("--paid", required=True, metavar="PAYROLL.csv",
                        help="columns payee, period, amount and, if by component, component")  # fmt: skip
    parser.set_defaults(run=_check)


def _add_deals(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("deals", metavar="DEALS", help="deal log (CSV), or a CRM export")
    parser.add_argument("--map", metavar="FILE", help="how to read a CRM export (TOML)")
    parser.add_argument("--report", action="store_true", help="list all errors of the log")
    parser.add_argument("--json", action="store_true", help="print everything as JSON, in cents")


# --- new ----------------------------------------------------------------------------------------


def _new(options: argparse.Namespace) -> int:
    if options.output:
        must_have_folder(options.output)
        must_be_new(options.output)
    settings = dict(_setting(word) for word in options.set)
    template = Plan.load(options.like)
    answers = {one.name: getattr(options, one.name) for one in QUESTIONS}
    answers = {name: answer for name, answer in answers.items() if answer is not None}
    if sys.stdin.isatty():
        answers |= ask(template, answers)
    if options.name:
        settings = {"name": json.dumps(options.name), **settings}
    text = draft_plan(template.text, template.name, answers, settings)
    plan = Plan.parse(text, options.output or "new plan")
    if options.output:
        write_whole(options.output, text)
        print(printable(f"wrote {options.output}\n\n{summary(plan)}"))
    else:  # what is printed is a plan file: the rest of it as comments
        print(printable(text + "\n" + re.sub(r"(?m)^", "# ", summary(plan))))
    return OK


def _setting(word: str) -> tuple[str, str]:
    key, sign, value = word.partition("=")
    if not sign or not key.strip():
        raise BadInput(f"--set takes KEY=VALUE, as quota.amount=1M, not {word!r}")
    return key.strip(), value.strip()


def ask(template: Plan, given: dict[str, str]) -> dict[str, str]:
    """Asks what is not given, one question after the other; Enter leaves it as in the library."""
    print("Enter takes what is in brackets, and marks it as assumed.")
    answers: dict[str, str] = {}
    for one in asked(template.data):
        if one.name not in given:
            answer = _asked_until_right(one, template, given | answers)
            if answer:
                answers[one.name] = answer
    return answers


def _asked_until_right(one: Question, template: Plan, given: dict[str, str]) -> str:
    while True:
        try:
            answer = input(f"{one.asks} [{one.shown(template.data)}]: ").strip()
        except EOFError:
            raise BadInput("the input ended before all was answered; nothing written") from None
        if not answer:
            return ""
        try:
            draft_plan(template.text, template.name, {**given, one.name: answer}, {})
            return answer
        except BadInput as error:
            print(printable(f"  {error}"))


def summary(plan: Plan) -> str:
    """What the plan pays at some attainments, and what it says, in sentences."""
    lines = []
    rows = level_rows(plan)
    if rows:
        lines.append(f"pay of a plan year, {plan.currency}, by {level_title(plan)}:")
        lines += [f"  {at:>5} {pay:>14}" for at, pay in rows]
        table = levels(plan)
        assert table is not None
        lines += filter(None, [left_out(table)])
        lines.append("")
    return "\n".join(lines + plan.sentences())


# --- list, schema -------------------------------------------------------------------------------


def _list(options: argparse.Namespace) -> int:
    plans = [
        (name, Plan.parse(text, name)) for name, text in sorted(_core.packaged_plans().items())
    ]
    if options.json:
        rows = [{"name": name, "title": plan.title, "for": who_for(plan)} for name, plan in plans]
        print(json.dumps(rows, indent=2))
        return OK
    for name, plan in plans:
        print(f"{name:<20} {who_for(plan)}")
    return OK


def who_for(plan: Plan) -> str:
    """The first sentence of a plan's first comment."""
    comment = re.match(r"(#.*\n)+", plan.text)
    words = " ".join(comment[0].replace("#", " ").split()) if comment else plan.title
    return re.split(r"(?<=[^0-9])[.:] ", words)[0].rstrip(".")


def _schema(options: argparse.Namespace) -> int:
    print(_core.plan_schema().rstrip("\n"))
    return OK


# --- compare, check -----------------------------------------------------------------------------


def _compare(options: argparse.Namespace) -> int:
    a, b = Plan.load(options.a), Plan.load(options.b)
    for plan in (a, b):
        paid(plan, options)  # errors of the log, said as `pardner pay` says them
    found = compare(a, b, options.deals, options.map)
    print(json.dumps(_comparison(found), indent=2) if options.json else printable(str(found)))
    return OK


def _comparison(found: PlanComparison) -> dict[str, Any]:
    a, b = found.costs
    columns = ["payee", "a_cents", "b_cents", "difference_cents"]
    return {
        "a": found.plan_a.title, "b": found.plan_b.title, "currency": found.plan_a.currency,
        "cost_a_cents": a, "cost_b_cents": b, "winners": found.winners, "losers": found.losers,
        "changed_by_more_than_5_percent": found.changed, "warning": found.warning,
        "payees": found.payees.reset_index()[columns].to_dict("records"),
        "notes": list(found.notes),
    }  # fmt: skip


def _check(options: argparse.Namespace) -> int:
    plan = Plan.load(options.plan)
    paid(plan, options)
    found = check(plan, options.deals, options.paid, options.map)
    print(json.dumps(_checked(found), indent=2) if options.json else printable(str(found)))
    return OK


def _checked(found: Check) -> dict[str, Any]:
    columns = ["payee", "period", "component", "paid_cents", "due_cents", "difference_cents",
               "rule", "explanation"]  # fmt: skip
    return {
        "plan": found.plan.title, "currency": found.plan.currency, "agreed": found.agreed,
        "explained": found.explained, "notes": list(found.notes),
        "differences": found.differences[columns].to_dict("records"),
    }  # fmt: skip
