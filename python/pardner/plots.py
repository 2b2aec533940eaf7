# SPDX-License-Identifier: Apache-2.0
"""Pictures: axes in, axes out, readable without a legend and without colour vision.

Every function takes `ax` (a matplotlib Axes; None makes a new figure) and returns the Axes it drew
on, or returns a Figure where the picture has several panels. Colours are those of Okabe and Ito
(https://jfly.uni-koeln.de/color/), lines are named where they end. Datasets are described in
`outcomes`; matplotlib must be installed (the extra `plot`).
"""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from . import outcomes, statistics, wording
from .drawing import (
    COLOURS,
    INK,
    PALE,
    REFERENCE_COLOUR,
    STYLE,
    amount_axis,
    colours,
    label_ends,
    own_axes,
    readable,
    time_axis,
    wrap,
)
from .effects import Effect, Effects, effects
from .outcomes import When
from .statistics import Array

MANY = 6  # options with names on two lines and several horizons in one picture


def running_amounts(ds: xr.Dataset, outcome: str) -> Array:
    """Cumulative amounts (arm, complete replicate, time) in shown units (USD, not cents)."""
    amounts = outcomes.cumulative(ds, outcome).transpose("arm", "replicate", "time").values
    complete = np.isfinite(amounts.astype(float)).all(axis=(0, 2))
    if not complete.any():
        raise ValueError(f"no future has a value of {outcome!r} in every option")
    unit = wording.Unit.parse(ds[outcome].attrs.get("units"))
    amounts = amounts[:, complete]
    if amounts.dtype.kind in "ub":
        amounts = amounts.astype(np.int64)
    return amounts / unit.divisor


def _bands(ax: Axes, months: Array, futures: Array, colour: str, fill: float) -> None:
    """5-95% band with thin edges, and the mean, of futures (n, time)."""
    low, high = statistics.band(futures)
    ax.fill_between(months, low, high, color=colour, alpha=fill, linewidth=0)
    for edge in (low, high):
        ax.plot(months, edge, color=colour, linewidth=0.7, alpha=0.7)
    ax.plot(months, futures.mean(axis=0), color=colour, linewidth=2.2)


def plot_difference(
    ds: xr.Dataset, outcome: str = "contribution", *, ax: Axes | None = None,
    time_unit: str = "months", marks: Sequence[When] = (),
) -> Axes:  # fmt: skip
    """Paired difference of a cumulative outcome to the reference over time, one band per option.

    Bands are the range of futures (5-95%), lines the mean. `marks` are horizons ("12 months") to
    mark by a thin line. The y axis is in the outcome's shown unit.
    """
    ax = own_axes(ax)
    names, titles, colour = outcomes.arm_names(ds), outcomes.arm_titles(ds), colours(ds)
    unit = wording.Unit.parse(ds[outcome].attrs.get("units"))
    months, amounts = outcomes.months_elapsed(ds), running_amounts(ds, outcome)
    width = 18 if len(names) <= MANY else 34
    ends = [(0.0, wrap(titles[names[0]], width), colour[names[0]])]
    ax.axhline(0, color=REFERENCE_COLOUR, linewidth=1.6)
    for i, name in enumerate(names[1:], start=1):
        difference = amounts[i] - amounts[0]
        _bands(ax, months, difference, colour[name], 0.17 if len(names) <= 4 else 0.07)
        ends.append((float(difference[:, -1].mean()), wrap(titles[name], width), colour[name]))
    if not amounts.any() or not np.ptp(amounts, axis=0).any():
        ax.set_ylim(-1, 1)  # options that never differ
    for one in outcomes.horizons(ds, marks) if marks else ():
        ax.axvline(months[one.index], color=PALE, linewidth=0.8, linestyle=(0, (1, 3)))
    time_axis(ax, ds, time_unit)
    amount_axis(ax.yaxis, unit, sign=True)
    ax.set_ylabel(_difference_label(ds, outcome))
    label_ends(ax, months[-1], ends)
    return ax


def _difference_label(ds: xr.Dataset, outcome: str) -> str:
    unit = wording.Unit.parse(ds[outcome].attrs.get("units"))
    flow = "cumulative " if outcomes.is_flow(ds[outcome]) else ""
    shown = f", {unit.in_words(True)}" if unit.shown else ""
    return f"difference in {flow}{outcomes.spoken(ds, outcome)}{shown}"


def plot_horizons(found: Effects, colour: dict[str, str], *, ax: Axes | None = None) -> Axes:
    """Effects at several horizons: dot = mean, thick bar = simulation error, line = futures.

    A row per option under each horizon; at the right, in how many of 100 futures it is the best.
    `colour` as from `colours`.
    """
    groups = list(dict.fromkeys(e.horizon for e in found))
    rows = len(groups) * (len({e.arm for e in found}) + 2)
    ax = own_axes(ax, height=max(3.2, 0.9 + 0.3 * rows))
    ax.axvline(0, color=REFERENCE_COLOUR, linewidth=1.6)
    y, ticks = 0.0, []
    for group in groups:
        inside = [e for e in found if e.horizon == group]
        ax.annotate(
            f"at {group}", (0, y), xycoords=ax.get_yaxis_transform(), xytext=(-4, 0),
            textcoords="offset points", ha="right", va="center", fontweight="bold",
        )  # fmt: skip
        for e in inside:
            y += 1
            ticks.append((y, e.title, colour[e.arm]))
            _horizon_row(ax, y, e, colour[e.arm])
            _wins_text(ax, y, e.wins, colour[e.arm])
        y += 1
        ticks.append((y, inside[0].reference_title, REFERENCE_COLOUR))
        _wins_text(ax, y, inside[0].reference_wins, REFERENCE_COLOUR)
        y += 1.4
    _finish_horizons(ax, found, ticks, y - 0.6)
    return ax


def _horizon_row(ax: Axes, y: float, effect: Effect, colour: str) -> None:
    divisor = effect.unit.divisor
    ax.plot([effect.low / divisor, effect.high / divisor], [y, y], color=colour, linewidth=1.2)
    if np.isfinite(effect.error):
        low, high = (end / divisor for end in effect.interval)
        ax.plot([low, high], [y, y], color=colour, linewidth=6, alpha=0.45, solid_capstyle="butt")
    ax.plot(effect.mean / divisor, y, "o", color=colour, markersize=5.5, markeredgecolor="white",
            markeredgewidth=0.7, zorder=3)  # fmt: skip


def _wins_text(ax: Axes, y: float, wins: float, colour: str) -> None:
    ax.annotate(wording.count_of_100(wins), (1, y), xycoords=ax.get_yaxis_transform(),
                xytext=(8, 0), textcoords="offset points", va="center",
                color=readable(colour), fontweight="bold", annotation_clip=False)  # fmt: skip


def _finish_horizons(
    ax: Axes, found: Effects, ticks: list[tuple[float, str, str]], bottom: float
) -> None:
    ax.set_ylim(bottom, -0.7)
    width = 26 if len({e.arm for e in found}) < MANY else 40
    ax.set_yticks([y for y, _, _ in ticks], [wrap(title, width) for _, title, _ in ticks])
    for label, (_, _, colour) in zip(ax.get_yticklabels(), ticks, strict=True):
        label.set_color(readable(colour))
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    unit = found[0].unit
    amount_axis(ax.xaxis, unit, sign=True)
    shown = f", {unit.in_words(True)}" if unit.shown else ""
    ax.set_xlabel(f"difference in {found[0].spoken}{shown}")
    ax.annotate(
        "best in … of\n100 futures", (1, 1), xycoords="axes fraction", xytext=(8, 0),
        textcoords="offset points", va="center", fontsize=8.5, annotation_clip=False,
    )  # fmt: skip
    if all(e.low == e.high == e.mean == 0 for e in found):
        ax.set_xlim(-1, 1)


def plot_comparison(
    ds: xr.Dataset, outcome: str = "contribution", at: Sequence[When] | None = None, *,
    found: Effects | None = None, time_unit: str = "months",
) -> Figure:  # fmt: skip
    """The picture for a decision: differences over time, and their values at a few horizons.

    `found` are effects already computed for `at`; None computes them. Of more than six options only
    the last horizon is shown.
    """
    found = effects(ds, outcome, at) if found is None else found
    options = len(outcomes.arm_names(ds))
    if options > MANY:
        found = Effects([e for e in found if e.horizon == found[-1].horizon])
    marks = list(dict.fromkeys(e.at for e in found))
    rows = len(marks) * (options + 1.4)
    with plt.rc_context(STYLE):
        figure = plt.figure(figsize=(12.6, max(5.4, 1.6 + 0.29 * rows)), layout="constrained")
        left, right = figure.subplots(1, 2, width_ratios=[1.15, 1])
        plot_difference(ds, outcome, ax=left, time_unit=time_unit, marks=marks)
        plot_horizons(found, colours(ds), ax=right)
        left.set_title(f"Difference to “{found[0].reference_title}” over time", pad=14)
        right.set_title(
            "At the horizons" if len(marks) > 1 else f"After {found[0].horizon}", pad=14
        )
        figure.supxlabel(reading_help(found[0].futures), fontsize=9, color=INK, x=0.01, ha="left")
    return figure


def reading_help(futures: int) -> str:
    """How to read the pictures of differences, one line."""
    return (
        f"{futures} futures, each simulated under every option. Line and dot: mean. "
        "Thick bar: ± simulation error of the mean (95%). "
        "Band and thin line: range of futures (5–95%)."
    )


def plot_bands(
    ds: xr.Dataset, outcome: str, *, arms: Sequence[str] | None = None, ax: Axes | None = None,
    time_unit: str = "months",
) -> Axes:  # fmt: skip
    """An outcome itself (cumulative for flows) over time: mean and range of futures per option."""
    ax = own_axes(ax)
    names, titles, colour = outcomes.arm_names(ds), outcomes.arm_titles(ds), colours(ds)
    months, amounts = outcomes.months_elapsed(ds), running_amounts(ds, outcome)
    shown = names if arms is None else list(arms)
    ends = []
    for name in shown:
        futures = amounts[names.index(name)]
        _bands(ax, months, futures, colour[name], 0.17 if len(shown) <= 3 else 0.07)
        ends.append((float(futures[:, -1].mean()), wrap(titles[name]), colour[name]))
    unit = wording.Unit.parse(ds[outcome].attrs.get("units"))
    time_axis(ax, ds, time_unit)
    amount_axis(ax.yaxis, unit)
    flow = "cumulative " if outcomes.is_flow(ds[outcome]) else ""
    ax.set_ylabel(f"{flow}{outcomes.spoken(ds, outcome)}{', ' + unit.shown if unit.shown else ''}")
    if len(names) > 1:
        label_ends(ax, months[-1], ends)
    return ax


def plot_result(ds: xr.Dataset, names: Sequence[str] | None = None, *, columns: int = 3) -> Figure:
    """Small pictures of the outcomes of a run, one panel each, with the last value written out.

    One future shows as a line, several as mean and range. Flows are cumulative.
    """
    timed = [n for n in outcomes.outcome_names(ds) if "time" in ds[n].dims]
    names = timed if names is None else list(names)
    if not names:
        raise ValueError("this result has no outcome over time")
    rows = -(-len(names) // columns)
    with plt.rc_context(STYLE | {"font.size": 9, "axes.titlesize": 9.5}):
        figure = plt.figure(figsize=(4.1 * columns, 0.3 + 2.2 * rows), layout="constrained")
        panels = figure.subplots(rows, columns, squeeze=False).ravel()
        for panel, name in zip(panels, names, strict=False):
            _result_panel(panel, ds, name)
        for panel in panels[len(names) :]:
            panel.set_visible(False)
    return figure


def _result_panel(ax: Axes, ds: xr.Dataset, name: str) -> None:
    months, amounts = outcomes.months_elapsed(ds), running_amounts(ds, name)
    unit = wording.Unit.parse(ds[name].attrs.get("units"))
    colour = colours(ds) | {outcomes.arm_names(ds)[0]: COLOURS[0]}
    for arm, futures in zip(outcomes.arm_names(ds), amounts, strict=True):
        if len(futures) == 1:
            ax.plot(months, futures[0], color=colour[arm], linewidth=1.8)
        else:
            _bands(ax, months, futures, colour[arm], 0.15)
    time_axis(ax, ds)
    ax.set_xlabel("months" if ax.get_subplotspec().is_last_row() else "")
    ax.margins(y=0.16)
    if np.ptp(amounts) == 0:  # a flat line belongs into a scale that starts at 0
        ax.set_ylim(sorted((0, 1.3 * amounts.flat[0] or 1)))
    amount_axis(ax.yaxis, unit, ticks=3)
    flow = ", cumulative" if outcomes.is_flow(ds[name]) else ""
    ax.set_title(f"{outcomes.spoken(ds, name)}{flow}", fontweight="bold")
    last = amounts[0][:, -1].mean() * unit.divisor
    ax.annotate(
        wording.amount(last, unit), (months[-1], last / unit.divisor), xytext=(-2, 5),
        textcoords="offset points", ha="right", fontsize=8.5, fontweight="bold",
        color=readable(colour[outcomes.arm_names(ds)[0]]),
    )  # fmt: skip
