# SPDX-License-Identifier: Apache-2.0
"""What the pictures share: colours, axes in months and money, labels at line ends, SVG text."""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Sequence
from html import escape

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator, MultipleLocator

from . import outcomes, wording
from .statistics import Array

REFERENCE_COLOUR = "#444444"
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
INK = "#222222"
PALE = "#767676"
STYLE = {
    "font.size": 10, "axes.spines.top": False, "axes.spines.right": False,
    "axes.edgecolor": PALE, "axes.labelcolor": INK, "text.color": INK, "xtick.color": INK,
    "ytick.color": INK, "axes.titlesize": 11, "axes.titleweight": "bold",
    "axes.titlelocation": "left", "figure.dpi": 110,
}  # fmt: skip


def colours(ds: xr.Dataset) -> dict[str, str]:
    """The colour of each option: grey for the reference, then Okabe and Ito's, again if needed."""
    names = outcomes.arm_names(ds)
    chosen = {name: COLOURS[i % len(COLOURS)] for i, name in enumerate(names[1:])}
    return {names[0]: REFERENCE_COLOUR} | chosen


def readable(colour: str) -> str:
    """The colour darkened until text in it on white has a contrast of at least 4.5 (WCAG AA)."""
    rgb = np.array(to_rgb(colour))
    while True:
        linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
        if 1.05 / (linear @ [0.2126, 0.7152, 0.0722] + 0.05) >= 4.5:
            return to_hex(rgb)
        rgb = rgb * 0.96


def own_axes(ax: Axes | None, width: float = 6.4, height: float = 4.4) -> Axes:
    """`ax`, or the axes of a new figure of that size in inches."""
    if ax is not None:
        return ax
    with plt.rc_context(STYLE):
        return plt.figure(figsize=(width, height), layout="constrained").add_subplot()


def amount_axis(axis: Axis, unit: wording.Unit, *, sign: bool = False, ticks: int = 6) -> None:
    """Ticks of an axis as whole currency or counts: "+0.5M". The unit belongs into the label."""
    axis.set_major_locator(MaxNLocator(nbins=ticks, steps=[1, 2, 2.5, 5, 10]))

    def tick(value: float, _: int | None) -> str:
        divisor, suffix = wording.scale_of(value)
        text = f"{value / divisor:.4g}".replace("-", wording.MINUS)
        return f"{'+' if sign and value > 0 else ''}{text}{suffix}" if value else "0"

    axis.set_major_formatter(FuncFormatter(tick))


def time_axis(ax: Axes, ds: xr.Dataset, unit: str = "months") -> None:
    """The x axis in months since the start, or in fiscal quarters ("Q1" over "FY27")."""
    months = outcomes.months_elapsed(ds)[-1]
    ax.set_xlim(0, months)
    if unit == "quarters":
        start = outcomes.interval_ends(ds)[0]
        year = ds.attrs.get("fiscal_year")
        labels = [
            wording.fiscal_quarter(start, q, None if year is None else int(year)).split()
            for q in range(int(months // 3) + 1)
        ]
        ax.set_xticks([3 * q for q in range(len(labels))])
        ax.set_xticklabels([f"{q}\n{fy}" if q == "Q1" else q for fy, q in labels], ha="left")
    elif unit == "months":
        step = next((s for s in (1, 3, 6, 12, 24) if months / s <= 8), 60)
        ax.xaxis.set_major_locator(MultipleLocator(step))
        ax.set_xlabel("months from the start")
    else:
        raise ValueError(f"a time axis is in 'months' or 'quarters', not {unit!r}")


def spread_labels(positions: Sequence[float], heights: Sequence[float]) -> Array:
    """Centres of labels of given heights, moved as little as needed not to overlap, order kept."""
    order = np.argsort(positions, kind="stable")
    placed, height = np.asarray(positions, float)[order], np.asarray(heights, float)[order]
    gaps = (height[1:] + height[:-1]) / 2
    for _ in range(500):
        push = np.maximum(gaps - np.diff(placed), 0) / 2
        if (push <= 1e-6 * gaps).all():
            break
        placed[:-1] -= push
        placed[1:] += push
    result = np.empty_like(placed)
    result[order] = placed
    return result


def label_ends(ax: Axes, x: float, ends: list[tuple[float, str, str]]) -> None:
    """Names (y, text, colour) to the right of the axes, next to where their lines end."""
    low, high = ax.get_ylim()
    line = 0.21 / max(ax.figure.get_figheight(), 1.0)  # a line of text beside 5.4 inches: 3.8%
    heights = [(0.015 + line * (text.count("\n") + 1)) * (high - low) for _, text, _ in ends]
    places = spread_labels([y for y, _, _ in ends], heights)
    tops = places + np.asarray(heights) / 2
    places -= max(0.0, tops.max() - high)  # none above the axes, where the title is
    for (_, text, colour), y in zip(ends, places, strict=True):
        ax.annotate(
            text, (x, y), xytext=(5, 0), textcoords="offset points", va="center",
            color=readable(colour), fontweight="bold", fontsize=9, annotation_clip=False,
            linespacing=1.0,
        )  # fmt: skip


def wrap(text: str, width: int = 18) -> str:
    """Text in lines of at most `width` characters, words left whole."""
    return "\n".join(textwrap.wrap(text, width, break_long_words=False)) or text


def to_svg(figure: Figure, title: str, prefix: str) -> str:
    """A figure as one <svg> element for a page: named for screen readers, ids made unique.

    `title` is the text read out instead of the picture; `prefix` must differ between the pictures
    of one page. Closes the figure. The same figure gives the same text.
    """
    buffer = io.StringIO()
    with plt.rc_context({"svg.hashsalt": prefix, "svg.fonttype": "path"}):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    plt.close(figure)
    svg = buffer.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'\bid="', f'id="{prefix}-', svg)
    svg = re.sub(r'href="#', f'href="#{prefix}-', svg).replace("url(#", f"url(#{prefix}-")
    label = escape(title, quote=True)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)
