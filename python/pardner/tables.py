# SPDX-License-Identifier: Apache-2.0
"""The short table: what each option changes, horizon by horizon, three numbers never mixed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr

from . import outcomes, sensitivity, wording
from .effects import Effect, Effects

MEAN = "mean difference ± simulation error"
RANGE = "range of futures (5–95%)"
WINS = "best in k of 100 futures"
VERDICT = "verdict"
# Evidence grades of a parameter, and what a reader is told about where its value comes from.
STATUS = {
    "measured": "fitted", "field_study": "sourced", "vendor_claim": "sourced", "guess": "assumed",
    "definition": "sourced",
}  # fmt: skip


@dataclass(frozen=True)
class Group:
    """The rows of one option: (name, one cell per horizon)."""

    title: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class ShortTable:
    """caption, a column per horizon, a group per option (the reference first).

    `meaning` defines the outcome in one sentence; it may be empty.
    """

    caption: str
    meaning: str
    columns: tuple[str, ...]
    groups: tuple[Group, ...]


def _cells(effects: Sequence[Effect], say: Callable[[Effect], str]) -> tuple[str, ...]:
    return tuple(say(e) for e in effects)


def _option(effects: Sequence[Effect]) -> Group:
    unit = effects[0].unit
    bare = {"unit": unit, "with_unit": False}
    fixed = ", inputs fixed" if effects[0].fixed_inputs else ""
    return Group(
        effects[0].title,
        (
            (f"{effects[0].spoken}, mean",
             _cells(effects, lambda e: wording.number(e.level / unit.divisor))),
            (MEAN + fixed,
             _cells(effects, lambda e: wording.plus_minus(e.mean, e.error, **bare))),
            (RANGE, _cells(effects, lambda e: wording.interval(e.low, e.high, **bare))),
            (WINS, _cells(effects, lambda e: wording.count_of_100(e.wins))),
            (VERDICT, _cells(effects, lambda e: str(e.verdict))),
        ),
    )  # fmt: skip


def _reference(effects: Sequence[Effect]) -> Group:
    unit = effects[0].unit
    return Group(
        f"{effects[0].reference_title} (all differences are to this)",
        (
            (f"{effects[0].spoken}, mean",
             _cells(effects, lambda e: wording.number(e.reference_level / unit.divisor))),
            (WINS, _cells(effects, lambda e: wording.count_of_100(e.reference_wins))),
        ),
    )  # fmt: skip


def short_table(found: Effects) -> ShortTable:
    """The table of effects on one outcome, as `effects.effects` gives them."""
    by_arm: dict[str, list[Effect]] = {}
    for e in found:
        by_arm.setdefault(e.arm, []).append(e)
    first = next(iter(by_arm.values()))
    shown = f", {first[0].unit.shown}" if first[0].unit.shown else ""
    return ShortTable(
        f"{first[0].spoken[:1].upper()}{first[0].spoken[1:]}{shown}, {first[0].futures} futures",
        first[0].meaning,
        tuple(e.horizon for e in first),
        (_reference(first), *(_option(effects) for effects in by_arm.values())),
    )


def format_table(found: Effects) -> str:
    """The short table as text for a terminal, at most 100 columns wide for three horizons."""
    table = short_table(found)
    short = [[_shorten(cell) for cell in cells] for g in table.groups for _, cells in g.rows]
    names = [name for g in table.groups for name, _ in g.rows]
    first = max(len(name) for name in names) + 4
    widths = [
        max(len(cell) for cell in (column, *(cells[i] for cells in short))) + 2
        for i, column in enumerate(table.columns)
    ]
    head = "".join(c.rjust(w) for c, w in zip(table.columns, widths, strict=True))
    lines = [table.caption.ljust(first) + head.rjust(0)]
    if len(table.caption) > first - 2:
        lines = [table.caption, " " * first + head]
    rows = iter(short)
    for group in table.groups:
        lines.append(group.title)
        for name, _ in group.rows:
            cells = "".join(c.rjust(w) for c, w in zip(next(rows), widths, strict=True))
            lines.append(f"  {name}".ljust(first) + cells)
    lines += [f"warning: {text}" for text in dict.fromkeys(t for e in found for t in e.warnings)]
    return "\n".join(lines)


def _shorten(cell: str) -> str:
    """Verdicts for narrow columns; the long form is in reports."""
    if not cell.startswith("undecided"):
        return cell.replace("by a useful amount", "usefully")
    return cell.split(" (")[0]


def input_rows(ds: xr.Dataset, fitted: Mapping[str, str] | None = None) -> list[dict[str, str]]:
    """The inputs of a comparison as rows for `report.write_report`: from its `param__` variables.

    `fitted` names keys whose values came from the user's own data, with a word on how; the rest is
    sourced or assumed by evidence grade. Parameters without a grade count as assumed. Settings of
    the run itself (`run.weeks`) are no inputs.
    """
    rows = []
    for name in sorted(map(str, ds.variables)):
        if not name.startswith(sensitivity.PREFIX):
            continue
        variable = ds[name]
        attrs = variable.attrs
        key = str(attrs.get("key", name.removeprefix(sensitivity.PREFIX)))
        if key.startswith("run."):
            continue
        own = (fitted or {}).get(key)
        unit = outcomes.parameter_unit(ds, attrs)
        evidence = str(attrs.get("evidence", "guess")).replace(" ", "_")
        rows.append({
            "key": key,
            "meaning": str(attrs.get("meaning", attrs.get("long_name", ""))),
            "value": _value(variable),
            "unit": "" if unit == "1" else unit,
            **_bounds(attrs),
            "status": "fitted" if own is not None else STATUS.get(evidence, "assumed"),
            "source": own or str(attrs.get("source", "")),
        })  # fmt: skip
    return rows


def _value(variable: xr.DataArray) -> str:
    """What an input was: one value, a value per option, or the median and range of its draws."""
    values = variable.values
    if values.dtype.kind not in "fiu":
        return " | ".join(dict.fromkeys(map(str, values.ravel())))
    if np.ptp(values) == 0:
        return _figure(values.flat[0])
    if "replicate" in variable.dims:
        low, middle, high = (_figure(v, 3) for v in np.quantile(values, [0.05, 0.5, 0.95]))
        return f"drawn, median {middle} ({low} to {high})"
    return " | ".join(_figure(v) for v in values.ravel())


def _figure(value: float, digits: int = 6) -> str:
    """A number in full: 90,000 rather than 9e+04."""
    rounded = float(f"{value:.{digits - 1}e}")
    text = f"{rounded:,.0f}" if abs(rounded) >= 1000 else f"{rounded:.{digits}g}"
    return text.replace("-", wording.MINUS) if "e" not in text else text


def _bounds(attrs: Mapping[str, Any]) -> dict[str, str]:
    """The 10% and 90% values, empty where nothing is uncertain."""
    try:
        low, high = float(attrs["low"]), float(attrs["high"])
    except (KeyError, ValueError):
        return {"low": "", "high": ""}
    return {"low": _figure(low), "high": _figure(high)} if low < high else {"low": "", "high": ""}
