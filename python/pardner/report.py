# SPDX-License-Identifier: Apache-2.0
"""The page about a comparison: one HTML file that can be mailed, printed and read on a phone.

It needs no network and no scripts. All text is escaped; pictures are inline SVG with a text that
is read out in their place.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import xarray as xr
from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from . import wording
from .effects import Effect, Effects, effects
from .outcomes import When
from .recommendation import Recommendation
from .sensitivity import Dependence
from .tables import format_table, short_table

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["could_not_tell", "format_table", "write_report"]

_STATUSES = ("assumed", "sourced", "fitted")
_STATUS_MEANING = {
    "assumed": "assumed: nobody measured it, the value is a guess",
    "sourced": "sourced: from a published study or a vendor's figures",
    "fitted": "fitted: measured in your own data",
}


def write_report(
    ds: xr.Dataset, path: str | os.PathLike[str], *, answer: str | Recommendation,
    left_out: Sequence[str] = (), could_not_tell: Sequence[str] = (),
    inputs: pd.DataFrame | Iterable[Mapping[str, Any]] = (), outcome: str = "contribution",
    at: Sequence[When] | None = None, found: Effects | None = None, title: str | None = None,
    pictures: Sequence[tuple[str, Figure]] = (), provenance: Mapping[str, Any] | None = None,
) -> Path:  # fmt: skip
    """Writes the report of a comparison and returns its path.

    ds              dimensions (arm, replicate, time), see `outcomes`
    answer          the first thing on the page: a Recommendation (its sentence, and what it
                    depends on as a table) or a sentence
    left_out        sentences: what is switched off or not built
    could_not_tell  sentences: what the data did not decide; see the function of that name
    inputs          rows with key, meaning, value, unit, low, high, status ("fitted", "sourced" or
                    "assumed") and source, as from `tables.input_rows`
    outcome, at     what is compared and at which horizons; None: 12, 24, 36 months as far as run
    found           effects already computed for these; None computes them
    pictures        further (title, matplotlib Figure); the two of the comparison are made here
    provenance      None: the dataset's attribute `provenance` (JSON)

    The file appears complete or not at all. Raises ValueError for an input without a valid
    status, OSError where the file cannot be written.
    """
    if found is None:
        found = answer_effects(ds, outcome, at, answer)
    page = _template().render(
        title=title or str(ds.attrs.get("title", "Comparison of options")),
        answer=answer.sentence if isinstance(answer, Recommendation) else answer,
        short=short_table(found), outcome=found[0].spoken, joint=_needs_joint_note(found),
        unit=found[0].unit.shown, pictures=[*_own_pictures(ds, outcome, found),
                                            *_further_pictures(pictures)],
        dependences=_dependence_rows(answer), left_out=list(left_out),
        could_not_tell=list(could_not_tell), inputs=_inputs(inputs),
        status_meaning=_STATUS_MEANING, research=[_research_row(e) for e in found],
        warnings=list(dict.fromkeys(text for e in found for text in e.warnings)),
        futures=found[0].futures, delta=_delta(found), fixed=found[0].fixed_inputs,
        provenance=_provenance(ds, provenance),
    )  # fmt: skip
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    try:
        partial.write_text(page, encoding="utf-8")
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)
    return path


def answer_effects(
    ds: xr.Dataset, outcome: str, at: Sequence[When] | None, answer: str | Recommendation
) -> Effects:
    """Effects at the horizons of the report, judged with the indifference of the answer."""
    delta = answer.against[0].delta if isinstance(answer, Recommendation) else 0.0
    return effects(ds, outcome, at, delta=delta)


def could_not_tell(answer: Recommendation, known: Iterable[str] = ()) -> list[str]:
    """Sentences about rerun inputs that the data did not decide, each with its break-even.

    `known` are the keys of inputs that the data did decide (fitted); they are left out.
    """
    decided, sentences = set(known), []
    for one in answer.dependences:
        if one.input.key in decided:
            continue
        span = f"{one.input.say(one.points[0].value)} to {one.input.say(one.points[-1].value)}"
        best = answer.titles[one.option]
        if one.break_evens:
            values = wording.join_words([one.input.say(v) for v in one.break_evens])
            rivals = wording.join_words([f"“{answer.titles[o]}”" for o in one.others])
            tail = f"break-even between “{best}” and {rivals} at about {values}."
        else:
            tail = f"no break-even in this range, “{best}” stays best."
        name = one.input.short[:1].upper() + one.input.short[1:]
        sentences.append(f"{name} ({one.input.key}): anything from {span} is possible; {tail}")
    return sentences


def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("pardner"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template("report.html.j2")


def _own_pictures(ds: xr.Dataset, outcome: str, found: Effects) -> list[dict[str, Any]]:
    import matplotlib.pyplot as plt

    from . import drawing, plots

    summary = "; ".join(_said(e) for e in found)
    marks = list(dict.fromkeys(e.at for e in found))
    with plt.rc_context(drawing.STYLE):
        horizons = plots.plot_horizons(found, drawing.colours(ds)).figure
        beside = drawing.own_axes(None, *horizons.get_size_inches())
        over_time = plots.plot_difference(ds, outcome, marks=marks, ax=beside).figure
    reference, name = found[0].reference_title, found[0].spoken
    made = [
        (f"Difference to “{reference}” over time", over_time,
         "Bands: range of futures (5–95%). Lines: mean."),
        ("At the horizons", horizons,
         "Dot: mean. Thick bar: ± simulation error of the mean. Thin line: range of futures. "
         "Right: in how many of 100 futures the option is the best."),
    ]  # fmt: skip
    return [
        {"title": title, "caption": caption,
         "svg": drawing.to_svg(
             figure, f"{title}, {name}: {summary}", f"picture-{i}")}
        for i, (title, figure, caption) in enumerate(made)
    ]  # fmt: skip


def _further_pictures(pictures: Sequence[tuple[str, Figure]]) -> list[dict[str, Any]]:
    from . import drawing

    return [
        {
            "title": title,
            "caption": "",
            "svg": drawing.to_svg(figure, title, f"further-{i}"),
        }
        for i, (title, figure) in enumerate(pictures)
    ]


def _said(e: Effect) -> str:
    return (
        f"{e.title} at {e.horizon}: {wording.plus_minus(e.mean, e.error, e.unit)}, range "
        f"{wording.interval(e.low, e.high, e.unit)}, best in {wording.count_of_100(e.wins)} of 100"
    )


def _needs_joint_note(found: Effects) -> bool:
    """Whether some mean clears its own error but not the joint one that verdicts use."""
    return any(e.error < abs(e.mean) <= e.joint_error for e in found)


def _delta(found: Effects) -> str:
    return wording.amount(found[0].delta, found[0].unit) if found[0].delta > 0 else ""


def _dependence_rows(answer: str | Recommendation) -> list[dict[str, Any]]:
    if not isinstance(answer, Recommendation):
        return []

    def ends(one: Dependence) -> list[str]:
        return [
            f"at {one.input.say(p.value)}: {answer.titles[p.best]}"
            for p in (one.points[0], one.points[-1])
        ]

    return [
        {"meaning": one.input.meaning, "key": one.input.key, "share": f"{one.share:.0%}",
         "ends": ends(one), "flips": one.flips,
         "break_evens": wording.join_words([one.input.say(v) for v in one.break_evens]) or "none"}
        for one in answer.dependences
    ]  # fmt: skip


def _research_row(e: Effect) -> dict[str, Any]:
    """The numbers for researchers; a short row name and plain text cells."""
    correlation = "not defined" if e.correlation != e.correlation else f"{e.correlation:.3f}"
    joint = wording.plus_minus(e.mean, e.joint_error, e.unit)
    return {
        "name": f"{e.title}, {e.horizon}",
        "cells": [
            joint, f"{e.p_best_mean:.3f}", correlation, wording.number(e.variance_reduction),
            f"{e.tail_share:.0%}", wording.amount(e.mean_without_tail, e.unit, sign=True),
        ],
    }  # fmt: skip


def _inputs(rows: pd.DataFrame | Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    records = rows.to_dict("records") if isinstance(rows, pd.DataFrame) else [dict(r) for r in rows]
    for row in records:
        if row.get("status") not in _STATUSES:
            raise ValueError(
                f"input {row.get('key')!r} must be marked {', '.join(_STATUSES)}, "
                f"not {row.get('status')!r}"
            )
    shown = [
        {name: _text(row.get(name)) for name in
         ("key", "meaning", "value", "unit", "low", "high", "status", "source")}
        for row in records
    ]  # fmt: skip
    return sorted(shown, key=lambda row: (_STATUSES.index(row["status"]), row["key"]))


def _text(value: object) -> str:
    if value is None or (isinstance(value, float) and value != value):
        return ""
    return f"{value:,.6g}" if isinstance(value, float) else str(value)


def _provenance(ds: xr.Dataset, given: Mapping[str, Any] | None) -> str:
    if given is not None:
        return json.dumps(given, indent=2, ensure_ascii=False, default=str)
    text = str(ds.attrs.get("provenance", ""))
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    except ValueError:
        return text
