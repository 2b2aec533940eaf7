# SPDX-License-Identifier: Apache-2.0
"""The answer as a sentence: which option, by how much, how surely, and what it depends on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr

from . import outcomes, sensitivity, wording
from .effects import Effect, Effects, effects
from .outcomes import When
from .sensitivity import Dependence, Rerun
from .verdicts import NO_USEFUL_DIFFERENCE, USEFULLY_WORSE

RECOMMENDED = "recommended"
DEPENDS = "depends"


@dataclass(frozen=True)
class Recommendation:
    """What the futures say about which option to take.

    kind         "recommended": `best` beats every other option, also with each input that
                 matters at its 10% and 90% value; "depends": it does, but not with every such
                 value; "no useful difference": one or more others are as good; "undecided"
    best         name of the option with the best mean
    rivals       effects of all other options with `best` as the reference, at the same horizon
    against      effects of all options but the first with the first as the reference
    dependences  what was rerun; empty if nothing was
    tested       whether inputs were rerun at all
    """

    kind: str
    best: str
    titles: dict[str, str]
    rivals: Effects
    against: Effects
    dependences: tuple[Dependence, ...]
    tested: bool

    @property
    def option(self) -> str | None:
        """The option to take, or None unless `kind` is "recommended"."""
        return self.best if self.kind == RECOMMENDED else None

    @property
    def flips(self) -> tuple[Dependence, ...]:
        """The inputs whose 10% or 90% value makes another option the best."""
        return tuple(one for one in self.dependences if one.flips)

    @property
    def sentence(self) -> str:
        """The answer in one to three sentences, plain text."""
        parts = [_SENTENCES[self.kind](self)]
        if self.kind == RECOMMENDED and not self.tested:
            parts.append("Whether this holds with other inputs was not tested.")
        return " ".join(parts)

    def __str__(self) -> str:
        return self.sentence


def recommend(
    ds: xr.Dataset, outcome: str = "contribution", at: When = None, *, delta: float = 0.0,
    rerun: Rerun | None = None, top: int = 3, refine: int = 1, seed: int | None = None,
    fixed: xr.Dataset | None = None,
) -> Recommendation:  # fmt: skip
    """The recommendation at one horizon (None: the end of the run).

    Arguments as for `effects.effects`; `rerun`, `top` and `refine` as for
    `sensitivity.dependences`. Reruns are made whatever the verdict: where it is undecided, what
    the best average depends on is all the more worth knowing.
    """
    against = effects(ds, outcome, [at], delta=delta, seed=seed, fixed=fixed)
    sign = 1 if outcomes.higher_is_better(ds, outcome) else -1
    gains = [0.0] + [sign * e.mean for e in against]
    first = int(np.argmax(gains))
    order = [first] + [i for i in range(len(gains)) if i != first]
    swapped = None if fixed is None else fixed.isel(arm=order)
    rivals = effects(ds.isel(arm=order), outcome, [at], delta=delta, seed=seed, fixed=swapped)
    best = outcomes.arm_names(ds)[first]
    kind = _kind(rivals)
    found: Sequence[Dependence] = ()
    if rerun is not None:
        found = sensitivity.dependences(ds, outcome, at, best, rerun, top=top, refine=refine)
        if kind == RECOMMENDED and any(one.flips for one in found):
            kind = DEPENDS
    return Recommendation(
        kind, best, outcomes.arm_titles(ds), rivals, against, tuple(found),
        rerun is not None,
    )  # fmt: skip


def _kind(rivals: Effects) -> str:
    if all(e.verdict.worse for e in rivals):
        return RECOMMENDED
    if all(e.verdict.worse or e.verdict.kind == NO_USEFUL_DIFFERENCE for e in rivals):
        return NO_USEFUL_DIFFERENCE
    return "undecided"


def _quoted(title: str) -> str:
    return f"“{title}”"


def _span(effect: Effect) -> str:
    """ "over 36 months", "until 2028-01-31"."""
    return f"{'over' if effect.horizon[-1].isalpha() else 'until'} {effect.horizon}"


def _best_of(r: Recommendation) -> str:
    """ "X" gives the highest contribution over 36 months: +1 ± 1 USD against "Y" on average, ..."""
    rival = min(r.rivals, key=lambda e: abs(e.mean))
    shown = next((e for e in r.against if e.arm == r.best), None)
    wins = wording.count_of_100(r.rivals[0].reference_wins)
    if shown is None:  # the reference itself is best: show its lead over the next
        lead = wording.plus_minus(-rival.mean, rival.error, rival.unit)
        compared = rival.title
    else:
        lead = wording.plus_minus(shown.mean, shown.error, shown.unit)
        compared = shown.reference_title
    much = "" if all(e.verdict.kind == USEFULLY_WORSE for e in r.rivals) else (
        ", a lead too small to be surely of use" if rival.delta > 0 else "")  # fmt: skip
    return (
        f"{_quoted(r.titles[r.best])} is best for {rival.spoken} {_span(rival)}: on average "
        f"{lead} against {_quoted(compared)} (± simulation error){much}. It is the best of the "
        f"{len(r.titles)} options in {wins} of 100 futures."
    )


def _recommended(r: Recommendation) -> str:
    return _best_of(r)


def say_dependence(one: Dependence, titles: dict[str, str]) -> str:
    """Where the best option changes along one input, in words without a full stop."""
    best, low, high = one.option, one.points[0], one.points[-1]
    name = {key: _quoted(title) for key, title in titles.items()}
    if not one.flips:
        ends = f"{one.input.say(low.value)} and at {one.input.say(high.value)}"
        return f"{name[best]} stays best at {ends}"
    if len(one.break_evens) == 1:
        value = one.input.say(one.break_evens[0])
        side, other = ("below", low.best) if low.best != best else ("above", high.best)
        return f"{side} about {value} {name[other]} is better than {name[best]}"
    if len(one.break_evens) == 2:
        a, b = (one.input.say(v) for v in one.break_evens)
        return f"{name[best]} is best only between about {a} and {b}"
    others = wording.join_words([name[o] for o in one.others])
    return f"{others} is better than {name[best]} with this input at {one.input.say(low.value)}, " \
           f"at {one.input.say(high.value)} and between"  # fmt: skip


def _depends(r: Recommendation) -> str:
    named = wording.join_words([one.input.short for one in r.flips])
    where = "; ".join(say_dependence(one, r.titles) for one in r.flips)
    return f"It depends on {named}: {where}. With all inputs as drawn, {_best_of(r)}"


def _no_difference(r: Recommendation) -> str:
    equal = [e for e in r.rivals if e.verdict.kind == NO_USEFUL_DIFFERENCE]
    names = wording.join_words([_quoted(r.titles[r.best]), *(_quoted(e.title) for e in equal)])
    largest = max(equal, key=lambda e: abs(e.mean) + e.joint_error)
    within = wording.amount(largest.delta, largest.unit)
    below = f": surely less than {within}" if largest.delta > 0 else ""
    return (
        f"No useful difference in {largest.spoken} {_span(largest)} between {names}{below}."
        + _worse_rest(r, equal)
    )


def _worse_rest(r: Recommendation, equal: list[Effect]) -> str:
    rest = [_quoted(e.title) for e in r.rivals if e not in equal]
    return f" Worse: {wording.join_words(rest)}." if rest else ""


def _undecided(r: Recommendation) -> str:
    open_ones = [e for e in r.rivals if not e.verdict.worse]
    needed = max((e.verdict.pairs_needed or 0.0) for e in open_ones)
    names = wording.join_words([_quoted(e.title) for e in open_ones], "or")
    closest = min(open_ones, key=lambda e: abs(e.mean))
    lead = wording.plus_minus(abs(closest.mean), closest.error, closest.unit)
    decide = (
        f"About {needed:,.0f} futures would decide" if math.isfinite(needed) and needed <= 1e6
        else "More futures would not decide it"
    )  # fmt: skip
    return (
        f"Undecided after {closest.futures} futures: {_quoted(r.titles[r.best])} has the best "
        f"average {closest.spoken} {_span(closest)}, but it may not be better than {names} "
        f"(difference to {_quoted(closest.title)} {lead}). {decide}."
    )


_SENTENCES = {
    RECOMMENDED: _recommended,
    DEPENDS: _depends,
    NO_USEFUL_DIFFERENCE: _no_difference,
    "undecided": _undecided,
}
