# SPDX-License-Identifier: Apache-2.0
"""A plan in plain sentences: target, quota, components, sub-quotas, caps, clawback, draw."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ..wording import join_words
from .amounts import amount, percent, say, share, times
from .sentences_pay import BASES, SPANS, Table, Words, component, named, quota_span, which

NUMBERED = {"month": "months", "quarter": "quarters", "year": "plan years"}
EVENTS = {"booking": "is booked", "invoice": "is invoiced", "cash": "has been paid"}
MUCH = {"full": "all of it", "pro_rata": "the part for the days not served"}
START_RULES = {
    "15th": "whoever starts by the 15th has that month in full, later ones not at all",
    "daily": "the month somebody starts in counts by its days",
    "full": "the month somebody starts in counts in full",
}


def sentences(data: Table) -> list[tuple[str, str]]:
    """(dotted table, sentence) for all that the data of a plan file says, in letter order."""
    found = list(_terms(data, data, Words.of(data), ""))
    now = dict(data)
    for change in data.get("change", ()):
        now = laid_over(now, change)
        found += list(_terms(change, now, Words.of(now), f"From {change['from']}: "))
    return found


def laid_over(data: Table, change: Table) -> dict[str, Any]:
    """What holds once `change` is laid over `data`: its keys win, table by table."""
    merged = dict(data)
    for key, value in change.items():
        old = merged.get(key)
        if isinstance(value, Mapping) and isinstance(old, Mapping):
            value = laid_over(old, value)
        merged[key] = value
    return merged


def general(data: Table) -> list[str]:
    """When pay is settled and what counts as a sale."""
    splits = {"sum_to_100": "add up to exactly 100%", "may_exceed_100": "may exceed 100%"}
    return [
        f"Pay is settled every {data['paid']}; a deal counts on the day it "
        f"{EVENTS[data['crediting_event']]}.",
        f"The sellers' shares of a deal {splits[data['splits']]}.",
    ]


def _terms(said: Table, now: Table, words: Words, lead: str) -> Iterator[tuple[str, str]]:
    """Sentences for the tables of `said`, with what holds now."""
    single: dict[str, Callable[[Table, Words], str]] = {"target": _target, "quota": _quota}
    named_ones = {"component": component, "subquota": _subquota, "cap": _cap}
    last = {"clawback": _clawback, "draw": _draw}
    for key, sentence in single.items():
        if key in said:
            yield key, lead + sentence(now[key], words)
    if "payee" in said:
        yield "payee", f"{lead}Some terms differ for {_names(list(said['payee']))}."
    for key, named_sentence in named_ones.items():
        for name in said.get(key, {}):
            yield f"{key}.{name}", lead + named_sentence(name, now[key][name], words)
    for key, sentence in last.items():
        if key in said:
            yield key, lead + sentence(now[key], words)


def _names(names: list[str], most: int = 8) -> str:
    more = len(names) - most
    return join_words(names[:most] + ([f"{more} more"] if more > 0 else []))


def _target(table: Table, words: Words) -> str:
    text = f"At target you earn {words.money(table['incentive'])} a {table['per']}"
    if "base_salary" in table:
        text += f" on top of a base salary of {words.money(table['base_salary'])}"
    return text + "."


def _quota(table: Table, words: Words) -> str:
    basis = table.get("basis", "amount")
    if basis == "units":
        size = f"{say(amount(table['amount']))} units"
        counted = f"of deals{which(table, words)}"
    else:
        size = words.money(table["amount"])
        what = "deals" if basis == "amount" else f"{BASES[basis]} of deals"
        counted = f"of {what}{which(table, words)}"
    said = [f"The quota is {size} a {quota_span(table)} {counted}"]
    if "season" in table:
        said.append(f"weighted {join_words([percent(share(w)) for w in table['season']])}")
    if "ramp" in table:
        months = join_words([percent(share(r)) for r in table["ramp"]])
        rate = {"base": "at the usual base rate", "super": "at a higher base rate"}
        said.append(f"{months} of it in the first months, {rate[table['ramp_rate']]}")
    said += _measured(table)
    if "start_rule" in table:
        said.append(START_RULES[table["start_rule"]])
    return "; ".join(said) + "."


def _measured(table: Table) -> Iterator[str]:
    where = table.get("measured_on", "own")
    if where == "team":
        yield "attainment is that of the team, all credit over all quotas"
    if where == "mix":
        own = share(table["own_weight"])
        yield f"attainment is {percent(own)} your own and {percent(1 - own)} the team's"
    if "ratchet" in table:
        one = table["ratchet"]
        ways = {"up_only": "it never falls", "both": "it may rise or fall"}
        yield (f"the next quota moves {percent(share(one['weight']))} of the way to sales plus "
               f"{percent(share(one['growth']))}, {ways[one['direction']]}")  # fmt: skip


def _subquota(name: str, table: Table, words: Words) -> str:
    pays = join_words([named(one) for one in table["applies_to"]])
    whose = "the team's" if table.get("on") == "team" else "your"
    span = SPANS[table["measure"]]
    if table.get("quota"):
        reach = f"{whose} attainment of the quota reaches {percent(share(table['at']))}"
    else:
        size = f"{table['units']} units" if "units" in table else words.money(table["amount"])
        reach = f"{whose} credit{which(table, words)} reaches {size}"
    title = f"{named(name)[:1].upper()}{named(name)[1:]}"
    if table["kind"] == "gate":
        return f"{title}: {pays} pays nothing in a {span} unless {reach}."
    steps = [f"times {times(share(s['times']))} from {percent(share(s['from']))} of it on"
             for s in table["steps"]]  # fmt: skip
    return f"{title}: {pays} of a {span} is multiplied by how far {reach}: {join_words(steps)}."


def _cap(name: str, table: Table, words: Words) -> str:
    pays = join_words([named(one) for one in table["components"]])
    over = {"forfeited": "what is above is lost",
            "refundable": "what is above is paid when a later period has room"}  # fmt: skip
    per = "plan year" if table["per"] == "year" else table["per"]
    most = words.money(table["amount"])
    return f"Cap: {pays} pays at most {most} a {per}; {over[table['over']]}."


def _clawback(table: Table, words: Words) -> str:
    events = {"churn": "leaves", "non_payment": "does not pay", "downgrade": "buys less"}
    why = join_words([events[one] for one in table["triggers"]], "or")
    window = (f"{table['window_months']} months" if "window_months" in table
              else f"{table['window_days']} days")  # fmt: skip
    if table["amount"] == "sliding":
        steps = [f"{percent(share(s['share']))} from month {s['month']} on" for s in table["steps"]]
        much = join_words(steps)
    else:
        much = MUCH[table["amount"]]
    valued = {"original_rate": "at the rate it was paid at",
              "restated": "by computing its period again without it"}[table["valued_at"]]  # fmt: skip
    pays = join_words([named(one) for one in table["components"]])
    return (f"Clawback: if the customer {why} within {window} of the contract's start, {pays} is "
            f"taken back: {much}, {valued}.")  # fmt: skip


def _draw(table: Table, words: Words) -> str:
    text = f"Draw: every payday pays at least {words.money(table['amount'])}"
    if "from" in table or "to" in table:
        days = [f"from {table['from']}"] if "from" in table else []
        text += " " + " ".join([*days, *([f"to {table['to']}"] if "to" in table else [])])
    if table["kind"] == "non_recoverable":
        return text + "; what is advanced is never recovered."
    text += "; what is advanced is recovered"
    if "recovery_share" in table:
        text += f", {percent(share(table['recovery_share']))} at a time"
    if table.get("floor") == "draw":
        text += ", from earnings above the draw only"
    if "recovery_starts" in table:
        text += f", from payday {table['recovery_starts']} on"
    if "leaver" in table:
        owes = {"forgiven": "owes nothing", "owed": "owes the rest"}[table["leaver"]]
        text += f"; who leaves {owes}"
    return text + "."
