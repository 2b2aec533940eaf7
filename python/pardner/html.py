# SPDX-License-Identifier: Apache-2.0
"""HTML for notebooks: plain data in, one escaped fragment out, no scripts, no network.

Colours are left to the notebook's theme, light or dark, except for a tint on changed cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from . import wording
from .tables import short_table

if TYPE_CHECKING:
    from .effects import Effects

_CELL = "padding:2px 10px;border-bottom:1px solid rgba(128,128,128,.3);vertical-align:top"
_CHANGED = "background:rgba(230,159,0,.28);font-weight:600"
_TABLE = "border-collapse:collapse;font-variant-numeric:tabular-nums"


def _cell(text: object, *, tag: str = "td", style: str = "", scope: str = "") -> str:
    align = "text-align:left" if tag == "th" or scope else "text-align:right"
    where = f' scope="{scope}"' if scope else ""
    return f'<{tag}{where} style="{_CELL};{align};{style}">{escape(str(text))}</{tag}>'


def _row(cells: Iterable[str]) -> str:
    return f"<tr>{''.join(cells)}</tr>"


def _table(caption: str, head: Sequence[str], rows: Iterable[str]) -> str:
    heading = _row(_cell(name, tag="th", scope="col") for name in head)
    title = f'<caption style="text-align:left;font-weight:600">{escape(caption)}</caption>'
    body = f"<thead>{heading}</thead><tbody>{''.join(rows)}</tbody>"
    return f'<table style="{_TABLE}">{title}{body}</table>'


def parameter_table(rows: Iterable[Mapping[str, object]], *, title: str) -> str:
    """A scenario: value, default, unit and meaning of its parameters, changed values tinted.

    rows: mappings with `key` and `value`, and if known `default`, `unit`, `meaning`. A value is
    changed where it differs from a given default; for those who do not see the tint it also says
    "changed".
    """
    body = []
    for row in rows:
        changed = "default" in row and row["default"] != row["value"]
        style = _CHANGED if changed else ""
        body.append(_row([
            _cell(row["key"], tag="th", scope="row", style="font-weight:400"),
            _cell(f"{row['value']}{' (changed)' if changed else ''}", style=style),
            _cell(row.get("default", "")), _cell(row.get("unit", ""), style="text-align:left"),
            _cell(row.get("meaning", ""), style="text-align:left"),
        ]))  # fmt: skip
    return _table(title, ["parameter", "value", "default", "unit", "meaning"], body)


def sparkline(values: Sequence[float], *, name: str, width: int = 140, height: int = 30) -> str:
    """A line through `values` (finite numbers, at least one) as inline SVG without axes.

    It takes the colour of the text around it. `name` is read out in its place.
    """
    numbers = np.asarray(values, dtype=float)
    if numbers.ndim != 1 or numbers.size == 0 or not np.isfinite(numbers).all():
        raise ValueError("a sparkline needs a row of finite numbers")
    span = np.ptp(numbers) or 1.0
    x = np.linspace(2, width - 2, numbers.size) if numbers.size > 1 else np.array([width / 2])
    y = height - 3 - (numbers - numbers.min()) / span * (height - 6)
    points = " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(x, y, strict=True))
    return (
        f'<svg role="img" aria-label="{escape(name, quote=True)}" width="{width}" '
        f'height="{height}" viewBox="0 0 {width} {height}">'
        f'<polyline points="{points}" fill="none" stroke="currentColor" stroke-width="1.5"/>'
        f'<circle cx="{x[-1]:.1f}" cy="{y[-1]:.1f}" r="2.2" fill="currentColor"/></svg>'
    )


def result_table(
    series: Iterable[tuple[str, Sequence[float], str | None]], *, title: str
) -> str:  # fmt: skip
    """A result: a row per outcome with its course as a sparkline and its last value.

    series: (name on screens, values over time in file units, units such as "USD cent").
    """
    body = []
    for name, values, units in series:
        last = wording.amount(float(values[-1]), wording.Unit.parse(units))
        line = sparkline(values, name=f"course of {name}, ending at {last}")
        body.append(_row([
            _cell(name, tag="th", scope="row", style="font-weight:400"),
            f'<td style="{_CELL}">{line}</td>', _cell(last),
        ]))  # fmt: skip
    return _table(title, ["outcome", "course", "at the end"], body)


def effect_table(found: Effects) -> str:
    """A comparison: the short table of `effects.Effects`, warnings below."""
    table = short_table(found)
    body = []
    for group in table.groups:
        span = f'colspan="{len(table.columns) + 1}"'
        body.append(
            f'<tr><th {span} scope="rowgroup" style="{_CELL};text-align:left;padding-top:8px">'
            f"{escape(group.title)}</th></tr>"
        )
        for name, cells in group.rows:
            first = _cell(name, tag="th", scope="row", style="font-weight:400;padding-left:18px")
            body.append(_row([first, *map(_cell, cells)]))
    warnings = dict.fromkeys(text for e in found for text in e.warnings)
    notes = "".join(f"<p>Warning: {escape(text)}</p>" for text in warnings)
    return _table(table.caption, ["", *table.columns], body) + notes
