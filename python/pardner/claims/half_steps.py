# SPDX-License-Identifier: Apache-2.0
"""Claims with steps of half a week: which of them change their sign?

The engine's step is a week, 52 of them a year and 13 a quarter. A scenario is rewritten, parameter by
parameter and by declared unit, so that a step stands for half a week: an engine's year is then half
a real one. What is per step or per year of 52 steps is halved, what lasts is doubled, a chance per
step becomes 1 - sqrt(1 - p). What no unit tells, and what the calendar does, is listed and not hidden:
quarters, and with them quotas, paydays and reviews, come twice as often.

`pardner claims --half-steps textbook -o docs/validation/half_steps.md` writes the page.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..errors import BadInput
from ..scenario import Scenario
from .claim import Claim
from .elsewhere import CHANGED, KEPT, UNCLEAR, UNKNOWN, Found, primary, word
from .measures import Measure
from .running import QUICK_PAIRS, Runner, run_claim, scenario_of

PREAMBLE = """\
Written by `pardner claims --half-steps {scenario} --pairs {pairs}`. The primary contrast of each claim of the
scenario `{scenario}` as it is and in steps of half a week, from the same seeds: what is drawn once meets the
same luck, what is drawn each step does not. *changed*: both 99% intervals exclude 0, on opposite sides. *not told apart*: the
means differ in sign (or one is 0) and an interval holds 0."""
CALENDAR = """\
## What does not scale
- A year is 52 steps and a quarter 13 in the engine, in many places and in the units of its parameters, so a
  quarter lasts 6.5 weeks here. Pay is the same over time (quotas, salaries, funds are halved with the
  year), but quotas, paydays, reviews of partners and tiers, and ends of quarters come twice as often.
- Contracts with a term are invoiced each 52 steps and priced by the year: claims about them are not measured. Nor are
  those about weeks of the quarter, or with a plan in a file, whose periods are those of the calendar.
- Sums over the last 52 weeks (what a partner earned, retention) look back 26 weeks.
- What is decided once a quarter is decided about half the money (marketing funds: C15).
- A person decides once a step how to spend its hours: twice as often here. That is what is tested."""


def _half(x: float) -> float:
    return x / 2


def _double(x: float) -> float:
    return x * 2


def _chance(p: float) -> float:
    return 1 - math.sqrt(1 - p)


Rule = tuple[str, Callable[[float], float] | None]  # None: it stays
KEEP: Rule = ("as it is", None)
HALF: Rule = ("/ 2", _half)
DOUBLE: Rule = ("x 2", _double)
CHANCE: Rule = ("1 - sqrt(1 - p)", _chance)

# A year, a quarter and a day of the engine are 52 steps, 13 steps and a seventh of a step.
BY_UNIT: dict[str, Rule] = {
    "1/year": HALF, "1/week": HALF, "1/quarter": HALF, "hour/week": HALF, "share/year": CHANCE,
    "currency/year": HALF, "currency/quarter": HALF,
    "week": DOUBLE, "month": DOUBLE, "day": DOUBLE,
    "hour": KEEP, "1/hour": KEEP, "currency": KEEP, "currency/hour": KEEP, "1/currency": KEEP,
    "1": KEEP, "share": KEEP, "date": KEEP, "file": KEEP,
}  # fmt: skip

# Whose unit does not tell: chances that are declared as rates, and what is per week or quarter by its
# meaning.
BY_NAME: dict[str, Rule] = {
    "confusion.asks": CHANCE, "trust.forgetting": CHANCE, "trust.decay": CHANCE,
    "partner_development.please_gain": CHANCE, "partner_development.enable_gain": CHANCE,
    "learning.training_every": KEEP,  # each step, half the hours
    "mdf.min_claim": HALF, "mdf.claim_cost": HALF,  # of a quarter's claim
    "reporting.audit": CHANCE, "timing.inconvenience": HALF, "lead_sharing.promised": HALF,
    "exit.patience": DOUBLE, "exit.memory": ("sqrt", math.sqrt),
    "reasoning.booking_cv": ("x sqrt(2)", lambda x: x * math.sqrt(2)),
}  # fmt: skip

PERIOD = re.compile(r"\b(week|quarter|year|month|period)s?\b")
NO_WINDOW = {"weeks_of_quarter", "at", "before", "after"}


@dataclass(frozen=True)
class Change:
    """What became of a parameter; `rule` "" where nothing could be done for it."""

    name: str
    unit: str
    before: Any
    after: Any
    rule: str
    meaning: str = ""


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _apply(rule: Callable[[float], float], value: Any) -> Any:
    if isinstance(value, list):
        return [_apply(rule, one) for one in value]
    made = rule(value)
    return int(made) if isinstance(value, int) and made == int(made) else made


def halved(scenario: Scenario) -> tuple[dict[str, Any], list[Change]]:
    """Settings that make a step half a week, and what was done, or could not be, for whom."""
    settings: dict[str, Any] = {}
    changes: list[Change] = []
    for name, row in scenario.parameters().iterrows():
        name, unit, value, meaning = str(name), row["unit"], row["value"], row["meaning"]
        if name.startswith("run."):  # the claim's own weeks are doubled by `in_half_steps`
            continue
        said, rule = BY_NAME.get(name, BY_UNIT.get(unit, ("", None)))
        if rule is not None and (_number(value) or isinstance(value, list)):
            made = _apply(rule, value)
            if made != value:
                settings[name] = made
                changes.append(Change(name, unit, value, made, said, meaning))
            continue
        speaks = unit in ("1", "share") and PERIOD.search(meaning)
        if (speaks and name not in BY_NAME and value not in (0, "", [], False)) or not said:
            changes.append(Change(name, unit, value, value, "", meaning))
    return settings, changes


def refused(claim: Claim, scenario: Scenario) -> str:
    """Why a claim cannot be told in half steps; "" if it can."""
    used = [claim.measures[claim.primary.measure]]
    if any(NO_WINDOW & set(one.arguments) for one in used):
        return "looks at weeks of the quarter or at a date"
    for name, row in scenario.parameters().iterrows():
        if str(name).endswith(".term_weeks") and row["value"]:
            return "contracts with a term"
        if str(name).endswith(".plan") and row["value"]:
            return "a plan in a file"
    return ""


def _window(measure: Measure) -> Measure:
    """Weeks [a, b] are steps [2a - 1, 2b]."""
    arguments = dict(measure.arguments)
    if "weeks" in arguments:
        first, last = arguments["weeks"]
        arguments["weeks"] = [2 * first - 1, 2 * last]
    if arguments.get("week", -1) != -1:
        arguments["week"] *= 2
    return Measure(measure.function, arguments)


def in_half_steps(claim: Claim) -> tuple[Claim, dict[str, list[Change]]]:
    """The primary contrast of a claim in half steps, with the changes of each option it needs.
    BadInput says why it cannot be done."""
    one = primary(claim)
    options, done = {}, {}
    for name in claim.primary.options:
        scenario = scenario_of(one, name)
        if why := refused(one, scenario):
            raise BadInput(why)
        settings, done[name] = halved(scenario)
        options[name] = {**claim.base, **claim.options[name], **settings}
    measure = claim.primary.measure
    return replace(
        one, base={}, options=options, weeks=2 * claim.weeks, warmup=2 * claim.warmup,
        measures={measure: _window(claim.measures[measure])},
    ), done  # fmt: skip


@dataclass(frozen=True)
class Halved:
    """What was found: claims, changes by parameter (of all options together), who was left out."""

    found: list[Found]
    changes: list[Change]
    left_out: dict[str, str]


def half_steps(
    claims: Sequence[Claim], pairs: int | None = None, threads: int = 0,
    say: Callable[[str], object] = lambda text: None,
) -> Halved:  # fmt: skip
    """Runs the claims as they are and in half steps."""
    found: list[Found] = []
    changes: dict[tuple[str, str], Change] = {}
    left_out: dict[str, str] = {}
    n = pairs or QUICK_PAIRS
    for number, claim in enumerate(claims, 1):
        say(f"{number}/{len(claims)} {claim.id}")
        name = claim.primary.name
        try:
            other, done = in_half_steps(claim)
        except BadInput as error:
            left_out[claim.id] = str(error)
            continue
        for one in (change for option in done.values() for change in option):
            changes[one.name, str(one.before)] = one
        here = run_claim(primary(claim), Runner(threads), pairs=n).contrasts[name]
        there = run_claim(other, Runner(threads), pairs=n).contrasts[name]
        said = word(here, there)
        if said == KEPT and (here.effect == 0) != (there.effect == 0):
            said = UNCLEAR  # nothing is no sign
        found.append(Found(claim.id, here.unit, here.effect, (there.effect,), (said,)))
    return Halved(found, sorted(changes.values(), key=lambda one: one.name), left_out)


def page(scenario: str, done: Halved, pairs: int) -> str:
    """Claims whose sign changes first; then what was changed, and what was not."""
    rank = {CHANGED: 0, UNCLEAR: 1, KEPT: 2, UNKNOWN: 3}
    rows = sorted(done.found, key=lambda one: (rank[one.words[0]], one.id))
    count = [sum(one.words[0] == w for one in rows) for w in (CHANGED, UNCLEAR, KEPT)]
    text = [
        "# Claims in steps of half a week", PREAMBLE.format(scenario=scenario, pairs=pairs), "",
        f"{count[0]} changed, {count[1]} not told apart, {count[2]} kept, "
        f"{len(done.left_out)} not measured.",
        "", "| claim | unit | steps of a week | of half a week | sign |", "|---|---|---|---|---|",
    ]  # fmt: skip
    for one in rows:
        there = one.there[0]
        text.append(f"| {one.id} | {one.unit} | {one.here:.4g} | {there:.4g} | {one.words[0]} |")
    text += [f"| {name} | | | | not measured: {why} |" for name, why in done.left_out.items()]
    text += ["", CALENDAR, "", "## Parameters that were changed", "",
             "| parameter | unit | as it is | half steps | rule |", "|---|---|---|---|---|"]  # fmt: skip
    treated = [one for one in done.changes if one.rule]
    text += [f"| `{c.name}` | {c.unit} | {_shown(c.before)} | {_shown(c.after)} | {c.rule} |"
             for c in treated]  # fmt: skip
    text += ["", "## Parameters that were not", "",
             "Neither 0 nor off, and their meaning speaks of a period that their unit does not.", "",
             "| parameter | unit | value | meaning |", "|---|---|---|---|"]  # fmt: skip
    text += [f"| `{c.name}` | {c.unit} | {_shown(c.before)} | {c.meaning} |"
             for c in done.changes if not c.rule]  # fmt: skip
    return "\n".join(text) + "\n"


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_shown(one) for one in value)
    return f"{value:.6g}" if isinstance(value, float) else str(value)
