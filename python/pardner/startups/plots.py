# SPDX-License-Identifier: Apache-2.0
"""Pictures of startups: survival, what partners seem to do and do, one life, two-parameter maps.

As in `pardner.plots`: axes in, axes out (None makes a figure), Okabe and Ito's colours, lines named
where they end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MultipleLocator
from numpy.typing import ArrayLike

from .. import wording
from ..drawing import (
    COLOURS,
    INK,
    PALE,
    REFERENCE_COLOUR,
    amount_axis,
    label_ends,
    readable,
    spread_labels,
    wrap,
)
from ..salesforce.plots import styled
from .life import Life

if TYPE_CHECKING:
    import pandas as pd

WEEKS = 52
PERCENT = FuncFormatter(lambda share, _: f"{100 * share:.3g}%")
POINTS = FuncFormatter(
    lambda share, _: f"{100 * share:+.3g}".replace("-", wording.MINUS) if share else "0"
)
MEASURES = {
    "ever": "partnered ever,\nless never",
    "landmark": "partnered after a year,\nless not yet",
    "paired": "same futures with and\nwithout partnering",
}


def _axes(ax: Axes | None, width: float, height: float) -> Axes:
    if ax is not None:
        return ax
    with styled():
        return plt.figure(figsize=(width, height), layout="constrained").add_subplot()


def plot_survival(
    curves: Mapping[str, pd.DataFrame], reference: Sequence[float] | None = None, *,
    called: str = "reference", ax: Axes | None = None,
) -> Axes:  # fmt: skip
    """Share alive over years: a line per curve with its 95% interval as a band.

    curves     name -> table with columns week, value (or survival), low, high: of `survival` for one
               option or group, or of `kaplan_meier` (whose steps are drawn as steps)
    reference  shares alive after 0, 1, 2, ... years, drawn as rings (`BLS`); called: what it is
    Raises ValueError if there is no curve.
    """
    if not curves:
        raise ValueError("no survival to draw")
    ax = _axes(ax, 6.6, 4.2)
    ends = []
    for i, (name, table) in enumerate(curves.items()):
        stepped = "survival" in table
        shares = table["survival" if stepped else "value"]
        years, colour = table["week"] / WEEKS, COLOURS[i % len(COLOURS)]
        ax.fill_between(years, table["low"], table["high"], step="post" if stepped else None,
                        color=colour, alpha=0.18, linewidth=0)  # fmt: skip
        style = "steps-post" if stepped else "default"
        ax.plot(years, shares, color=colour, linewidth=2, drawstyle=style)
        ends.append((float(shares.iloc[-1]), wrap(name, 18), colour))
    last = max(float(table["week"].max()) for table in curves.values()) / WEEKS
    if reference is not None:
        known = [(year, share) for year, share in enumerate(reference) if year <= last + 1e-9]
        ax.plot(*zip(*known, strict=True), "o", color=REFERENCE_COLOUR, markersize=5, mfc="white",
                zorder=4, clip_on=False)  # fmt: skip
        ax.annotate(called, known[len(known) // 2], xytext=(8, 14), textcoords="offset points",
                    color=REFERENCE_COLOUR, fontsize=9, fontweight="bold")  # fmt: skip
    ax.set_xlim(0, last)
    ax.set_ylim(0, 1)
    ax.yaxis.set_major_formatter(PERCENT)
    ax.xaxis.set_major_locator(MultipleLocator(1 if last <= 12 else 5))
    ax.set_xlabel("years since founding")
    ax.set_ylabel("startups alive")
    label_ends(ax, last, ends)
    return ax


def plot_gaps(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Differences of survival in percentage points, a dot with its 95% interval for each measure.

    table   of `gaps`; a group of rows for each week. A gap whose error is not known has no bar
    Raises ValueError if there is none.
    """
    if table.empty:
        raise ValueError("no gaps to draw")
    ax = _axes(ax, 6.6, 1.2 + 0.42 * len(table))
    ax.axvline(0, color=PALE, linewidth=1)
    y, ticks = 0.0, []
    for week, group in table.groupby("week"):
        ax.annotate(f"after {week / WEEKS:.3g} years", (0, y), xycoords=ax.get_yaxis_transform(),
                    xytext=(-4, 0), textcoords="offset points", ha="right", va="center",
                    fontweight="bold")  # fmt: skip
        for row in group.itertuples():
            y += 1
            colour = COLOURS[list(MEASURES).index(row.measure)]
            ticks.append((y, MEASURES[row.measure].replace("\n", " ")))
            if np.isfinite(row.error):
                ax.plot([row.low, row.high], [y, y], color=colour, linewidth=6, alpha=0.4,
                        solid_capstyle="butt")  # fmt: skip
            ax.plot(row.value, y, "o", color=colour, markersize=6)
        y += 1.3
    ax.set_ylim(y - 0.4, -0.7)
    ax.set_yticks([at for at, _ in ticks], [text for _, text in ticks])
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.xaxis.set_major_formatter(POINTS)
    ax.set_xlabel("difference in share alive, percentage points (bar: 95% interval)")
    return ax


def plot_life(one: Life, *, currency: str = "USD", longest: float = 36) -> Figure:
    """Strip of one startup's life: strategy, money, partners over years, with what befell it.

    one      of `life`
    longest  months of runway at the top of the axis; longer ones (and endless ones) are drawn there
    Panels: each choice of its strategy (dark: 1); true and believed fit; cash, with rounds; months of
    runway; partnerships and customers. Small pivots are thin lines, large ones thick, through all panels.
    """
    with styled():
        figure = plt.figure(figsize=(9.6, 8.2), layout="constrained")
        panels = figure.subplots(5, 1, sharex=True, height_ratios=[1.5, 1, 1, 1, 1])
    years = one.week / WEEKS
    _strategy(panels[0], one, years)
    panels[1].plot(years, one.fit, color=COLOURS[0], linewidth=2)
    panels[1].plot(years, one.belief, color=COLOURS[1], linewidth=1.6)
    panels[1].set_ylim(0, 1.02)
    _named(panels[1], years, [(one.fit, "true", 0), (one.belief, "believed", 1)])
    panels[1].set_ylabel("fit with\nits market")
    panels[2].plot(years, one.cash / 100, color=COLOURS[2], linewidth=1.8)
    for week, name in one.rounds:
        panels[2].annotate(name.upper() if len(name) == 1 else name, (week / WEEKS, 0.97),
                           xycoords=panels[2].get_xaxis_transform(), ha="center", va="top",
                           fontsize=9, fontweight="bold", color=INK,
                           bbox={"fc": "white", "ec": PALE, "pad": 1.5})  # fmt: skip
    amount_axis(panels[2].yaxis, wording.Unit(currency), ticks=3)
    panels[2].set_ylabel(f"cash,\n{currency}")
    panels[2].set_ylim(
        min(0, float(one.cash.min()) / 100), max(1, 1.35 * float(one.cash.max()) / 100)
    )
    panels[3].plot(years, np.minimum(one.runway, longest), color=COLOURS[3], linewidth=1.6)
    panels[3].set_ylim(0, 1.05 * longest)
    panels[3].set_yticks([0, longest / 3, 2 * longest / 3, longest],
                         ["0", f"{longest / 3:.3g}", f"{2 * longest / 3:.3g}", f"{longest:.3g}+"])  # fmt: skip
    panels[3].set_ylabel("runway,\nmonths")
    counts = [(one.customers, "customers", 5), (one.partners, "partners", 4)]
    for values, _, colour in counts:
        panels[4].step(years, values, where="post", color=COLOURS[colour], linewidth=1.8)
    panels[4].set_ylim(0, 1.15 * max(1.0, *(float(values.max()) for values, _, _ in counts)))
    _named(panels[4], years, counts)
    panels[4].plot(np.array(one.signed) / WEEKS, np.zeros(len(one.signed)), "^", color=COLOURS[4],
                   markersize=7, clip_on=False)  # fmt: skip
    panels[4].plot(np.array(one.parted) / WEEKS, np.zeros(len(one.parted)), "x", color=INK,
                   markersize=7, clip_on=False)  # fmt: skip
    panels[4].yaxis.get_major_locator().set_params(integer=True)
    panels[4].set_ylabel("number")
    panels[4].set_xlabel("years since founding   (▲ a partner signed, × a partnership ended)")
    _marks(panels, one, float(years[-1]))
    return figure


def _named(ax: Axes, years: ArrayLike, lines: Sequence[tuple[np.ndarray, str, int]]) -> None:
    """Names where lines end; a line of text takes a sixth of a panel of the strip."""
    low, high = ax.get_ylim()
    ends = [float(values[-1]) for values, _, _ in lines]
    places = spread_labels(ends, [(high - low) / 6] * len(ends))
    places += max(0.0, low - places.min())
    for (_, name, colour), y in zip(lines, places, strict=True):
        ax.annotate(name, (float(np.asarray(years)[-1]), y), xytext=(8, 0), va="center",
                    textcoords="offset points", color=readable(COLOURS[colour]), fontsize=9,
                    fontweight="bold", annotation_clip=False)  # fmt: skip


def _strategy(ax: Axes, one: Life, years: np.ndarray) -> None:
    rows = len(one.choices)
    step = years[1] - years[0] if len(years) > 1 else years[0]
    edges = np.append(max(0.0, years[0] - step), years)  # a snapshot is of the end of its week
    ax.pcolormesh(edges, np.arange(rows + 1), one.choices, cmap=ListedColormap(["#E4ECF2", "#1F4E79"]),
                  vmin=0, vmax=1, rasterized=True)  # fmt: skip
    ax.hlines(np.arange(1, rows), 0, years[-1], color="white", linewidth=1.5)
    ax.set_ylim(rows, 0)
    ax.set_yticks(np.arange(rows) + 0.5, [str(i + 1) for i in range(rows)], fontsize=7.5)
    ax.tick_params(axis="y", length=0)
    ax.set_ylabel("choice of\nstrategy")


def _marks(panels: Sequence[Axes], one: Life, last: float) -> None:
    for ax in panels:
        for week in one.small:
            ax.axvline(week / WEEKS, color=COLOURS[4], linewidth=1.1, zorder=3)
        for week in one.large:
            ax.axvline(week / WEEKS, color=COLOURS[1], linewidth=3, zorder=3)
        if one.end is not None:
            ax.axvline(one.end / WEEKS, color=INK, linewidth=2.5, linestyle=(0, (2, 1)), zorder=3)
        ax.set_xlim(0, 1.005 * last)
    panels[0].annotate(
        "thin: small pivot, one choice tried   thick: large pivot, another product"
        + ("" if one.end is None else f"   dashed: the end ({one.how})"),
        (0, 1), xycoords="axes fraction", xytext=(0, 4), textcoords="offset points", fontsize=9,
        color=INK,
    )  # fmt: skip


def plot_map(
    values: xr.DataArray, *, ax: Axes | None = None, error: xr.DataArray | None = None,
    low: float = 0, high: float = 1, labels: tuple[str, str] | None = None,
) -> Axes:  # fmt: skip
    """A share over two parameters: a cell for each pair of values, its number written into it.

    values   (y, x) with the parameters' values as coordinates, as of `grid` and `decisions`
    error    half widths of 95% intervals, the same shape; written below the number unless 0 or NaN
             (none or all in each future: the interval is not known, not narrow)
    low, high   values of the palest and the darkest cell
    labels   of the x and the y axis; None: key and unit of the coordinates
    Cells are of equal size whatever the steps between values. Raises ValueError for other shapes.
    """
    if values.ndim != 2 or (error is not None and error.shape != values.shape):
        raise ValueError("a map is over (y, x), and its errors have the same shape")
    values = values.transpose("y", "x")
    rows, columns = values.shape
    ax = _axes(ax, 1.6 + 0.8 * columns, 1.2 + 0.55 * rows)
    shown = np.clip((values.values - low) / (high - low), 0, 1)
    ax.imshow(shown, cmap="Blues", vmin=-0.05, vmax=1.15, origin="lower", aspect="auto")
    for row, column in np.ndindex(rows, columns):
        number, dark = float(values.values[row, column]), shown[row, column] > 0.55
        text = "" if not np.isfinite(number) else f"{100 * number:.0f}"
        if error is not None and error.values[row, column] > 0 and text:
            text += f"\n±{100 * float(error.values[row, column]):.0f}"
        ax.text(column, row, text, ha="center", va="center", fontsize=9, linespacing=1.05,
                color="white" if dark else INK)  # fmt: skip
    for axis, name in ((ax.xaxis, "x"), (ax.yaxis, "y")):
        ticks = [f"{value:.4g}" for value in values[name].values]
        axis.set_ticks(np.arange(len(ticks)), ticks)
    ax.tick_params(length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)
    words = labels or tuple(f"{values[n].attrs.get('key', n)}, {values[n].attrs.get('units', '')}"
                            for n in ("x", "y"))  # fmt: skip
    ax.set_xlabel(words[0])
    ax.set_ylabel(words[1])
    return ax


def plot_maps(
    found: xr.Dataset, titles: Mapping[str, str], *, labels: tuple[str, str] | None = None,
) -> Figure:  # fmt: skip
    """Maps side by side on one scale, one for each measure of `titles` (measure -> title).

    found   `value` and `error` over (measure, y, x), as of `decisions`: shares, written in %
    Raises KeyError for a measure that is not there.
    """
    rows = -(-len(titles) // 2)
    with styled():
        figure = plt.figure(figsize=(9.8, 0.5 + 3.6 * rows), layout="constrained")
        panels = np.ravel(figure.subplots(rows, min(2, len(titles)), sharex=True, sharey=True))
    for panel, (name, title) in zip(panels, titles.items(), strict=False):
        one = found.sel(measure=name)
        plot_map(one["value"], error=one["error"], ax=panel, labels=labels)
        panel.set_title(wrap(title, 46))
        panel.label_outer()
    for panel in panels[len(titles) :]:
        panel.set_visible(False)
    return figure
