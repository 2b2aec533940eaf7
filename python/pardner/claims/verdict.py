# SPDX-License-Identifier: Apache-2.0
"""Verdicts: what the estimates of a claim come to, by statistics of docs/claims.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .claim import EXACTLY_ZERO, Claim, Contrast
from .estimate import Estimate
from .judge import direction, equivalence, exact, holm, identical
from .running import Run

PASS, FAILS, NOT_TESTABLE, NOT_RUN = "pass", "fails", "not testable", "not run"


@dataclass(frozen=True)
class Verdict:
    """`kind` is one of the constants above; `reason` says why it is no pass."""

    kind: str
    reason: str = ""

    def __str__(self) -> str:
        return f"{self.kind}: {self.reason}" if self.reason else self.kind


def claim_p(claim: Claim, run: Run) -> float | None:
    """The p of a claim for Holm: the worst of its judged directions; None if it has none."""
    found = [run.contrasts[one.name].p for one in claim.contrasts if one.judged and one.sign]
    return max(found) if found else None


def verdicts(claims: Sequence[Claim], runs: Mapping[str, Run]) -> dict[str, Verdict]:
    """Verdicts of a lane: directions share the 1% by Holm over all claims that were run."""
    tested = {one.id: claim_p(one, runs[one.id]) for one in claims if one.id in runs}
    adjusted = holm({name: p for name, p in tested.items() if p is not None})
    return {one.id: _verdict(one, runs.get(one.id), adjusted.get(one.id)) for one in claims}


def _verdict(claim: Claim, run: Run | None, p: float | None) -> Verdict:
    if claim.kind == "not_testable":
        return Verdict(NOT_TESTABLE, claim.reason)
    if run is None:
        return Verdict(NOT_RUN)
    if empty := _problems(claim, run):
        return Verdict(NOT_TESTABLE, "; ".join(empty))
    failures = [f"{one.name}: {text}" if one is not claim.primary else text
                for one in claim.contrasts if one.judged
                for text in contrast_failures(one, run.contrasts[one.name], p)]  # fmt: skip
    failures += [f"mechanism off: {text}" for text in ablation_failures(claim, run)]
    failures += [f"positive control: {text}" for text in control_failures(claim, run)]
    return Verdict(FAILS, "; ".join(failures)) if failures else Verdict(PASS)


def _problems(claim: Claim, run: Run) -> list[str]:
    judged = [run.contrasts[one.name] for one in claim.contrasts if one.judged]
    rows = [*judged, *run.ablation.values(), *run.control.values()]
    return list(dict.fromkeys(one.problem for one in rows if one.problem))


def contrast_failures(one: Contrast, found: Estimate, p: float | None) -> list[str]:
    """What a contrast misses of what is asked of it."""
    if one.sign:
        return direction(found, one.sign, one.sesoi, one.band, p)
    if one.margin is not None:
        return equivalence(found, -one.margin, one.margin)
    if one.exact is not None:
        return exact(found, one.tolerance)
    return equivalence(found, *one.band)


def ablation_failures(claim: Claim, run: Run) -> list[str]:
    """With the mechanism off the effect must be gone: exactly, or within a quarter of the SESOI."""
    if claim.ablation is None:
        return []
    if claim.ablation.judgement == EXACTLY_ZERO:
        return [text for found in run.ablation.values() for text in identical(found)]
    return [text for one in claim.contrasts if one.name in run.ablation
            for text in equivalence(run.ablation[one.name], -one.smallest / 4, one.smallest / 4)
            ]  # fmt: skip


def control_failures(claim: Claim, run: Run) -> list[str]:
    """The positive control must show the effect that the null denies."""
    if claim.control is None:
        return []
    return [text for one in claim.contrasts if one.name in run.control
            for text in direction(run.control[one.name], claim.control.sign or one.sign,
                                  one.smallest)]  # fmt: skip


def quick_failures(claim: Claim, run: Run) -> list[str]:
    """What 30 fixed pairs may assert: signs of means and exact zeros."""
    failures = []
    for one in (c for c in claim.contrasts if c.judged):
        found = run.contrasts[one.name]
        if one.sign and not found.effect * one.sign > 0:
            failures.append(f"{one.name}: the mean is {found.effect:.4g}")
        if one.exact is not None:
            failures += [f"{one.name}: {text}" for text in exact(found, one.tolerance)]
    if claim.ablation and claim.ablation.judgement == EXACTLY_ZERO:
        failures += [f"mechanism off: {text}" for text in ablation_failures(claim, run)]
    for name, found in run.control.items():
        sign = claim.control.sign if claim.control else 0
        sign = sign or next(c.sign for c in claim.contrasts if c.name == name)
        if not found.effect * sign > 0:
            failures.append(f"positive control: the mean is {found.effect:.4g}")
    return failures
