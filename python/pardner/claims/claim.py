# SPDX-License-Identifier: Apache-2.0
"""Claims: what is said about the model, committed before it is run (docs/claims.md)."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import BadInput
from .fields import Fields, nearest
from .measures import MEASURES, Measure

KINDS = ("emergent", "null", "assumed", "identity", "not_testable")
EFFECTS = ("difference", "relative")
SIGNS = {"+": 1, "-": -1}
EQUIVALENCE, EXACTLY_ZERO, APPEARS = "equivalence", "exactly_zero", "appears"


@dataclass(frozen=True)
class Contrast:
    """One effect and what it must be: `left` less `right` in `measure`.

    right    an option, or a number the level of `left` is held against
    effect   "difference" or "relative" (left / right - 1)
    beyond   two further options whose own effect is taken off: an interaction
    Of sign (with band), margin and exact, one says what must hold. Amounts are in the effect's unit.
    """

    name: str
    left: str
    right: str | float
    measure: str
    effect: str
    beyond: tuple[str, str] | None = None
    sign: int = 0
    band: tuple[float, float] = (-math.inf, math.inf)
    sesoi: float = 0.0  # smallest effect of interest
    margin: float | None = None
    exact: float | None = None
    tolerance: float = 0.0
    judged: bool = True

    @property
    def options(self) -> list[str]:
        """The options it needs."""
        right = [self.right] if isinstance(self.right, str) else []
        return [self.left, *right, *(self.beyond or ())]

    @property
    def smallest(self) -> float:
        """What counts as an effect: the SESOI, or the margin of an equivalence."""
        return self.sesoi if self.margin is None else self.margin


@dataclass(frozen=True)
class Variant:
    """The same options in a changed world: the mechanism off (ablation), or a positive control."""

    judgement: str  # EQUIVALENCE, EXACTLY_ZERO, APPEARS
    changes: dict[str, Any]
    option_changes: dict[str, dict[str, Any]]
    contrasts: tuple[str, ...]
    sign: int = 0  # of the control's effect; 0: that of the contrast


@dataclass(frozen=True)
class Claim:
    """A claim file, read and checked."""

    id: str
    title: str
    source: str
    kind: str
    reason: str = ""
    scenario: str = ""  # name or path of a scenario, else `text` is one
    text: str = ""
    base: dict[str, Any] = field(default_factory=dict)
    options: dict[str, dict[str, Any]] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    contrasts: tuple[Contrast, ...] = ()
    ablation: Variant | None = None
    control: Variant | None = None
    pairs: int = 200
    weeks: int = 104
    warmup: int = 26
    world: str = ""  # claims of one world share luck and the runs of equal options
    file: str = ""
    digest: str = ""

    def seed(self, epoch: int | str) -> int:
        """Seed of an epoch: the hash of (id, epoch), of (world, epoch) where runs are shared."""
        name = f"world {self.world}" if self.world else self.id
        hashed = hashlib.blake2b(f"{name}|{epoch}".encode(), digest_size=4).digest()
        return int.from_bytes(hashed, "little")

    @property
    def primary(self) -> Contrast:
        """The contrast that is always judged: the first."""
        return self.contrasts[0]


def load_claims(folder: Path | str, ids: list[str] | None = None) -> list[Claim]:
    """All claims of a folder (or those asked for) in order of id; BadInput with file and line."""
    files = {path.stem: path for path in sorted(Path(folder).glob("*.toml"))}
    if not files:
        raise BadInput(f"{folder}: there are no claim files (*.toml)")
    for one in ids or []:
        if one not in files:
            raise BadInput(f"no claim '{one}'{nearest(one, list(files))}")
    return [load_claim(files[one]) for one in sorted(ids or files, key=order)]


def order(claim_id: str) -> tuple[str, int, str]:
    """A2 before A10."""
    letters = claim_id.rstrip("0123456789abcdefghijklmnopqrstuvwxyz_")
    digits = "".join(c for c in claim_id[len(letters) :] if c.isdigit())
    return letters, int(digits or 0), claim_id


def load_claim(path: Path | str) -> Claim:
    """One claim file. BadInput names file, line and the nearest known name."""
    path = Path(path)
    top = Fields.load(path)
    if top.take("format", int) != 1:
        raise top.wrong("this program reads claim files of format 1", "format")
    head = {
        "id": top.take("id", str), "title": top.take("title", str),
        "source": top.take("source", str), "kind": top.choice("kind", KINDS),
        "reason": top.take("reason", str, ""), "file": str(path),
        "digest": hashlib.sha256(path.read_bytes()).hexdigest()[:16],
    }  # fmt: skip
    if head["id"] != path.stem:
        raise top.wrong(f"the file of claim '{head['id']}' must be called {head['id']}.toml", "id")
    if head["kind"] == "not_testable":
        if not head["reason"]:
            raise top.wrong("a claim that is not testable needs a 'reason'", "kind")
        top.done()
        return Claim(**head)
    claim = Claim(**head, **_body(top))
    top.done()
    _check(claim, top)
    return claim


def _body(top: Fields) -> dict[str, Any]:
    numbers = {key: top.take(key, int, default) for key, default in
               (("pairs", 200), ("weeks", 104), ("warmup", 26))}  # fmt: skip
    if numbers["pairs"] < 2 or numbers["weeks"] < 1 or numbers["warmup"] < 0:
        raise top.wrong("'pairs' must be at least 2, 'weeks' 1, 'warmup' 0", "pairs")
    options = {name: row.overrides() for name, row in top.named("option").items()}
    measures = _measures(top)
    contrasts = tuple(_contrast(row, i, options, measures)
                      for i, row in enumerate(top.tables("contrast")))  # fmt: skip
    names = [one.name for one in contrasts]
    return numbers | {
        "scenario": _scenario(top), "text": top.take("text", str, ""),
        "world": top.take("world", str, ""), "base": top.table("base").overrides(),
        "options": options, "measures": measures, "contrasts": contrasts,
        "ablation": _variant(top, "ablation", (EQUIVALENCE, EXACTLY_ZERO), names, options),
        "control": _variant(top, "control", (APPEARS,), names, options),
    }  # fmt: skip


def _scenario(top: Fields) -> str:
    named = top.take("scenario", str, "")
    if bool(named) == top.has("text"):
        raise top.wrong("say either 'scenario' (a name or a path) or 'text' (a whole scenario)")
    return str(named)


def _measures(top: Fields) -> dict[str, Measure]:
    raw = top.take("measure", dict, {})
    if "function" in raw:  # a single one needs no name
        return {"measure": _measure(top.inner(raw, "measure"))}
    return {name: _measure(top.inner(row, "measure", name)) for name, row in raw.items()}


def _measure(row: Fields) -> Measure:
    function = row.choice("function", list(MEASURES))
    arguments = row.rest()
    try:
        return Measure(function, arguments)
    except ValueError as error:
        raise row.wrong(str(error)) from None


def _contrast(
    row: Fields, number: int, options: dict[str, Any], measures: dict[str, Measure]
) -> Contrast:
    names, known = list(options), list(measures)
    first = known[0] if len(known) == 1 else ...
    right = row.take("right", float) if _is_number(row) else row.choice("right", names)
    beyond = row.take("beyond", list, None)
    if beyond is not None and (len(beyond) != 2 or not set(beyond) <= set(names)):
        raise row.wrong("'beyond' must be a list of two options", "beyond")
    sign = row.choice("sign", tuple(SIGNS), None)
    band = row.take("band", list, None)
    found = Contrast(
        name=row.take("name", str, f"contrast {number + 1}"), left=row.choice("left", names),
        right=right, measure=row.choice("measure", known, first),
        effect=row.choice("effect", EFFECTS, "difference"),
        beyond=tuple(beyond) if beyond else None, sign=SIGNS.get(sign, 0),
        band=_band(row, band), sesoi=row.take("sesoi", float, 0.0),
        margin=row.take("margin", float, None), exact=row.take("exact", float, None),
        tolerance=row.take("tolerance", float, 0.0), judged=row.take("judged", bool, number == 0),
    )  # fmt: skip
    row.done()
    return _sound(row, found, band is not None, number)


def _is_number(row: Fields) -> bool:
    return isinstance(row._left.get("right"), int | float)


def _band(row: Fields, band: list[Any] | None) -> tuple[float, float]:
    if band is None:
        return -math.inf, math.inf
    if len(band) != 2 or not all(isinstance(x, int | float) for x in band) or band[0] >= band[1]:
        raise row.wrong("'band' must be [low, high]", "band")
    return float(band[0]), float(band[1])


def _sound(row: Fields, one: Contrast, banded: bool, number: int) -> Contrast:
    """Exactly one thing must be asked for; a band clear of 0 says the sign itself."""
    if number == 0 and not one.judged:
        raise row.wrong("the first contrast is the primary one and is always judged", "judged")
    if banded and not one.sign and (one.band[0] >= 0 or one.band[1] <= 0):
        one = _with(one, sign=1 if one.band[0] >= 0 else -1)
    asked = [one.sign != 0, one.margin is not None, one.exact is not None,
             banded and not one.sign]  # fmt: skip
    if sum(asked) != 1:
        raise row.wrong("say one of 'sign' (with 'band' if there is one), 'margin', 'exact'")
    if one.sign and not one.sesoi > 0:
        raise row.wrong("a direction needs 'sesoi', the smallest effect of interest, above 0")
    if one.margin is not None and not one.margin > 0:
        raise row.wrong("'margin' must be above 0", "margin")
    if one.beyond and not isinstance(one.right, str):
        raise row.wrong("'beyond' needs an option as 'right'", "beyond")
    return one


def _with(one: Contrast, **changes: Any) -> Contrast:
    from dataclasses import replace

    return replace(one, **changes)


def _variant(
    top: Fields, key: str, judgements: tuple[str, ...], names: list[str], options: dict[str, Any]
) -> Variant | None:
    if not top.has(key):
        top.take(key, dict, {})
        return None
    row = top.table(key)
    judgement = row.choice("judgement", judgements, judgements[0] if len(judgements) == 1 else ...)
    chosen = tuple(row.take("contrasts", list, names[:1]))
    for name in chosen:
        if name not in names:
            raise row.wrong(f"no contrast {name!r}{nearest(str(name), names)}", "contrasts")
    sign = SIGNS.get(row.choice("sign", tuple(SIGNS), None), 0)
    by_option = {name: one.overrides() for name, one in row.named("option").items()}
    if unknown := [name for name in by_option if name not in options]:
        raise row.wrong(f"no option {unknown[0]!r}{nearest(unknown[0], list(options))}", "option")
    changes = row.table("set").overrides()
    row.done()
    if not changes and not by_option:
        raise row.wrong(f"[{key}] changes nothing: give [{key}.set] or [{key}.option.NAME]")
    return Variant(judgement, changes, by_option, chosen, sign)


def _check(claim: Claim, top: Fields) -> None:
    """What each kind of claim must bring."""
    if not claim.measures or not claim.contrasts or not claim.options:
        raise top.wrong("a claim needs options, a measure and a [[contrast]]")
    primary = claim.primary
    if claim.kind == "emergent" and claim.ablation is None:
        raise top.wrong("an emergent claim needs its [ablation]: what turns the mechanism off")
    if claim.kind in ("emergent", "assumed") and not primary.sign:
        raise top.wrong(f"the primary contrast of an {claim.kind} claim needs 'sign' or 'band'")
    if claim.kind == "null":
        if primary.margin is None:
            raise top.wrong("the primary contrast of a null claim needs a 'margin'")
        if claim.control is None:
            raise top.wrong("a null claim needs its positive [control]")
    if claim.kind == "identity" and primary.exact is None:
        raise top.wrong("the primary contrast of an identity needs 'exact'")
    for variant in filter(None, (claim.ablation, claim.control)):
        for one in (c for c in claim.contrasts if c.name in variant.contrasts):
            if variant.judgement != EXACTLY_ZERO and not one.smallest > 0:
                raise top.wrong(f"{one.name}: its variant needs a 'sesoi' or 'margin' to judge by")
            if variant.judgement == APPEARS and not (variant.sign or one.sign):
                raise top.wrong("[control] needs 'sign': the sign of the effect that must appear")
