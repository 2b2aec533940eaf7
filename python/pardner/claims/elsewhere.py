# SPDX-License-Identifier: Apache-2.0
"""Claims under other settings: which of them change their sign?

`pardner claims --elsewhere run.rotate_phases=1 run.rotate_phases=9 -o docs/validation/phases.md` runs the
primary contrast of each claim as it is and once under each setting, all with the same luck (the
pairs of the quick lane, or --pairs). A sign counts as changed where both intervals of 99% exclude 0
on opposite sides; where only the means differ in sign it is "not told apart".
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..errors import BadInput
from .claim import Claim
from .estimate import Estimate
from .running import QUICK_PAIRS, Runner, run_claim

FILE = "elsewhere.json"  # beside the claim files; the table marks rows by it
CHANGED, UNCLEAR, KEPT, UNKNOWN = "changed", "not told apart", "kept", "not measured"
PREAMBLE = """\
Written by `pardner claims --elsewhere`. The primary contrast of each claim as it is, and under each
setting, with {pairs} pairs of the same luck. *changed*: both 99% intervals exclude 0, on opposite
sides. *not told apart*: the means differ in sign and an interval holds 0.
"""


@dataclass(frozen=True)
class Found:
    """One claim: its effect as it is, then under each setting (None: could not be measured)."""

    id: str
    unit: str
    here: float
    there: tuple[float | None, ...]
    words: tuple[str, ...]


def setting(text: str) -> tuple[str, Any]:
    """("run.rotate_phases", 9) of "run.rotate_phases=9". BadInput if it is no KEY=VALUE."""
    key, equals, value = text.partition("=")
    if not equals or "." not in key:
        raise BadInput(f"--elsewhere takes section.key=value, not '{text}'")
    try:
        return key.strip(), json.loads(value)
    except json.JSONDecodeError:
        return key.strip(), value.strip()


def moved(claim: Claim, change: tuple[str, Any]) -> Claim:
    """The primary contrast of a claim alone, under one more setting."""
    base = dict(claim.base)
    base[change[0]] = change[1]
    return replace(primary(claim), base=base)


def primary(claim: Claim) -> Claim:
    return replace(claim, contrasts=(claim.primary,), ablation=None, control=None)


def word(here: Estimate, there: Estimate) -> str:
    """What became of a sign."""
    if there.problem or here.problem:
        return UNKNOWN
    if here.effect * there.effect >= 0:
        return KEPT
    clear = all(one.low > 0 or one.high < 0 for one in (here, there))
    return CHANGED if clear else UNCLEAR


def elsewhere(
    claims: Sequence[Claim], settings: Sequence[str], pairs: int | None = None, threads: int = 0,
    say: Callable[[str], object] = lambda text: None,
) -> list[Found]:  # fmt: skip
    """Runs all claims as they are and under each setting; those it does not apply to are None."""
    changes, found = [setting(one) for one in settings], []
    for number, claim in enumerate(claims, 1):
        say(f"{number}/{len(claims)} {claim.id}")
        name = claim.primary.name
        n = pairs or QUICK_PAIRS
        here = run_claim(primary(claim), Runner(threads), pairs=n, epoch=0).contrasts[name]
        there: list[Estimate | None] = []
        for change in changes:
            try:
                run = run_claim(moved(claim, change), Runner(threads), pairs=n, epoch=0)
                there.append(run.contrasts[name])
            except BadInput:  # this model has no such parameter, or its options set it
                there.append(None)
        words = tuple(word(here, one) if one else UNKNOWN for one in there)
        effects = tuple(one.effect if one else None for one in there)
        found.append(Found(claim.id, here.unit, here.effect, effects, words))
    return found


def keep(folder: Path, settings: Sequence[str], found: Sequence[Found]) -> None:
    """Remembers which signs changed, for the marks of the table."""
    held = {
        one.id: [s for s, w in zip(settings, one.words, strict=True) if w == CHANGED]
        for one in found
    }
    marks = {name: where for name, where in held.items() if where}
    (folder / FILE).write_text(json.dumps(marks, indent=1, sort_keys=True) + "\n", "utf-8")


def marks(folder: Path) -> dict[str, list[str]]:
    """Claims whose sign changes, with the settings under which it does."""
    path = folder / FILE
    kept: dict[str, list[str]] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return kept


def page(settings: Sequence[str], found: Sequence[Found], pairs: int) -> str:
    """A table: claims whose sign changes first."""
    rank = {CHANGED: 0, UNCLEAR: 1, UNKNOWN: 3, KEPT: 2}
    rows = sorted(found, key=lambda one: (min(rank[w] for w in one.words), one.id))
    count = [sum(one.words[i] == w for one in found) for i in range(len(settings))
             for w in (CHANGED, UNCLEAR, KEPT, UNKNOWN)]  # fmt: skip
    text = ["# Claims under other settings", PREAMBLE.format(pairs=pairs)]
    text += [
        "| setting | changed | not told apart | kept | not measured |",
        "|---|---|---|---|---|",
    ]
    text += [f"| `{s}` | " + " | ".join(map(str, count[4 * i : 4 * i + 4])) + " |"
             for i, s in enumerate(settings)]  # fmt: skip
    heads = "".join(f" `{s}` |" for s in settings)
    text += ["", f"| claim | as it is |{heads}", "|---" * (2 + len(settings)) + "|"]
    for one in rows:
        cells = [f"{'' if e is None else _figure(e)} {'' if w == KEPT else '*' + w + '*'}".strip()
                 for e, w in zip(one.there, one.words, strict=True)]  # fmt: skip
        text.append(f"| {one.id} | {_figure(one.here)} {one.unit} | " + " | ".join(cells) + " |")
    return "\n".join(text) + "\n"


def _figure(x: float) -> str:
    return f"{x:.4g}"
