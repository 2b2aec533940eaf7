# SPDX-License-Identifier: Apache-2.0
"""The published table of claims: failing ones first, none hidden."""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from ..wording import scale_of
from .claim import EXACTLY_ZERO, KINDS, Claim, Contrast, Variant
from .estimate import Estimate
from .history import History, Record, stale
from .running import Run
from .verdict import FAILS, NOT_RUN, NOT_TESTABLE, PASS, Verdict, verdicts

ORDER = (FAILS, NOT_RUN, NOT_TESTABLE, PASS)
COLUMNS = ("id", "source", "claim", "kind", "must hold", "measured [99% interval]", "pairs",
           "mechanism off, or positive control", "futures with the sign (ties)", "epochs",
           "verdict", "s", "commit")  # fmt: skip
ROW_OF_MISSION = re.compile(r"[A-L]\d+[a-z]?")
PREAMBLE = """\
Written by `pardner claims`; docs/claims.md says how a claim is made and judged. Effects are ratios
of sums over paired futures; "futures with the sign" is the share of single futures, not a
probability that the claim is true. Epochs: seed generations in the order they were run, none
taken back. A commit with "+" was run before its claim file was committed. *stale*: numbers or the
claim file have changed since.
"""


def render(
    claims: Sequence[Claim], history: History, golden: str,
    signs: Mapping[str, Sequence[str]] | None = None,
) -> str:  # fmt: skip
    """The page docs/validation/claims.md: a pure function of claim files, history and `signs`.

    `signs` names settings under which the sign of a claim changes (see `elsewhere`).
    """
    runs = history.runs(list(claims))
    judged = verdicts(claims, runs)
    old = set(stale(list(claims), history, golden))
    rows = [c for c in claims if ROW_OF_MISSION.fullmatch(c.id)]
    others = [c for c in claims if c not in rows]
    text = f"# Claims\n<!-- golden {golden}, claims {claims_digest(claims)} -->\n{PREAMBLE}"
    text += f"\n{counts(claims, judged)}"
    for title, part in (("Rows of the mission", rows), ("Stylised facts", others)):
        if part:
            text += f"\n## {title}\n" + _table(part, history, runs, judged, old, signs or {})
    return text


def claims_digest(claims: Sequence[Claim]) -> str:
    """One digest over all claim files."""
    return hashlib.sha256("".join(one.digest for one in claims).encode()).hexdigest()[:16]


def counts(claims: Sequence[Claim], judged: dict[str, Verdict]) -> str:
    """How many of each kind came to which verdict."""
    number = Counter((one.kind, judged[one.id].kind) for one in claims)
    lines = [_line(("kind", *ORDER)), _line(["---"] * (len(ORDER) + 1))]
    for kind in KINDS:
        if any(one.kind == kind for one in claims):
            cells = (str(number[kind, verdict]) for verdict in ORDER)
            lines.append(_line((kind.replace("_", " "), *cells)))
    return "\n".join(lines) + "\n"


def _table(
    claims: Sequence[Claim], history: History, runs: dict[str, Run], judged: dict[str, Verdict],
    old: set[str], signs: Mapping[str, Sequence[str]],
) -> str:  # fmt: skip
    ranked = sorted(claims, key=lambda one: ORDER.index(judged[one.id].kind))
    lines = [_line(COLUMNS), _line(["---"] * len(COLUMNS))]
    for one in ranked:
        cells = row(one, runs.get(one.id), history.records.get(one.id, []), judged[one.id])
        if one.id in old and one.id in runs:
            cells[COLUMNS.index("verdict")] += " *(stale)*"
        if one.id in signs:
            cells[COLUMNS.index("verdict")] += f" *(another sign under {', '.join(signs[one.id])})*"
        lines.append(_line(cells))
    return "\n".join(lines) + "\n"


def row(claim: Claim, run: Run | None, records: Sequence[Record], verdict: Verdict) -> list[str]:
    """The cells of a claim; secondary contrasts below the primary one."""
    head = [claim.id, claim.source, claim.title, claim.kind.replace("_", " ")]
    epochs = ", ".join(f"{one['epoch']} {one['verdict']}" for one in records)
    said = f"**{verdict.kind}**" + (f": {verdict.reason}" if verdict.reason else "")
    if run is None:
        return [*head, "", "", "", "", "", epochs, said, "", ""]
    lines = [(one, run.contrasts[one.name]) for one in claim.contrasts]
    alone = len(lines) == 1
    return [
        *head, "<br>".join(_named(one, target(one), alone) for one, _ in lines),
        "<br>".join(_named(one, measured(one, found), alone) for one, found in lines),
        str(run.pairs), "<br>".join(_variants(claim, run)),
        "<br>".join(futures(found) for _, found in lines), epochs, said,
        f"{run.seconds:.0f}", records[-1]["commit"],
    ]  # fmt: skip


def _named(one: Contrast, text: str, alone: bool) -> str:
    return text if alone else f"{one.name}{'' if one.judged else ' (reported)'}: {text}"


def target(one: Contrast) -> str:
    """What must hold: "+, at least 2%, in 3% .. 15%"."""
    relative = one.effect == "relative"
    if one.exact is not None:
        return "exactly " + amount(one.exact, "1", relative)
    if one.margin is not None:
        return f"within ±{amount(one.margin, '1', relative)} (90% interval)"
    band = " .. ".join(amount(x, "1", relative) for x in one.band)
    if not one.sign:
        return f"within {band} (90% interval)"
    text = f"{'+' if one.sign > 0 else '−'}, at least {amount(one.sesoi, '1', relative)}"
    return text if math.isinf(one.band[0]) and math.isinf(one.band[1]) else f"{text}, in {band}"


def measured(one: Contrast, found: Estimate) -> str:
    """Effect with its 99% interval and unit."""
    if found.problem:
        return found.problem
    relative = one.effect == "relative"
    low, high = (amount(x, "1", relative) for x in (found.low, found.high))
    text = f"{amount(found.effect, '1', relative, True)} [{low}, {high}]"
    text += "" if found.unit in ("1", "") else f" {found.unit}"
    return text + (f", {found.left_out} left out" if found.left_out else "")


def futures(found: Estimate) -> str:
    """Share of futures with the sign, ties apart."""
    if found.problem:
        return ""
    return f"{100 * found.share:.0f}%" + (f" ({100 * found.ties:.0f}%)" if found.ties else "")


def _variants(claim: Claim, run: Run) -> list[str]:
    by_name = {one.name: one for one in claim.contrasts}
    found = []
    for name, one in run.ablation.items():
        assert claim.ablation is not None
        found.append(f"off: {_variant(by_name[name], one, claim.ablation)}")
    for name, one in run.control.items():
        found.append(f"control: {measured(by_name[name], one)}")
    return found


def _variant(one: Contrast, found: Estimate, variant: Variant) -> str:
    if variant.judgement == EXACTLY_ZERO:
        if found.identical:  # of what, so that a world in which nothing happens is seen
            return f"exactly 0 (both {amount(found.level)})"
        return f"{measured(one, found)}, not exactly 0"
    relative = one.effect == "relative"
    low, high = (amount(x, "1", relative) for x in (found.low90, found.high90))
    margin = amount(one.smallest / 4, "1", relative)
    return f"90% interval [{low}, {high}], allowed ±{margin}"


def amount(value: float, unit: str = "1", relative: bool = False, signed: bool = False) -> str:
    """Three digits: "+12.3%", "-1.25k", "0.031"."""
    if math.isnan(value):
        return "not known"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if relative:
        text = f"{100 * abs(value):.3g}%"
    else:
        divisor, suffix = scale_of(value)
        text = f"{abs(value) / divisor:.3g}{suffix}"
    sign = "−" if value < 0 else "+" if signed and value > 0 else ""
    return sign + text


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
