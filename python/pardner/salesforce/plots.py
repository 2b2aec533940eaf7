# SPDX-License-Identifier: Apache-2.0
"""Pictures of salespeople: attainment, weeks of the quarter, effort against pay, one rep's quarter.

As in `pardner.plots`: axes in, axes out (None makes a figure), Okabe and Ito's colours, lines named
where they end. Numbers come from `measures`, `quarter` and `relative_pay`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MultipleLocator
from numpy.typing import ArrayLike

from .. import outcomes, wording
from ..drawing import (
    COLOURS,
    INK,
    PALE,
    REFERENCE_COLOUR,
    STYLE,
    colours,
    label_ends,
    readable,
    wrap,
)
from .measures import attainments
from .quarter import WEEKS, RepQuarter, by_week_of_quarter
from .terms import Mark, terms
from .watch import PRODUCTS, ROLES, Watched

MOST = 2.5  # attainments beyond are counted in the last bar
DOTTED = (0, (1, 3))
PERCENT = FuncFormatter(lambda share, _: f"{100 * share:.3g}%")


@contextmanager
def styled() -> Iterator[None]:
    """The project's style for new figures.

    A notebook's backend starts at the first figure and turns interactive mode on. If that is in
    here, it must outlive the style, or the notebook shows no figure after the first.
    """
    with plt.rc_context(STYLE):
        yield
        interactive = plt.isinteractive()
    matplotlib.interactive(interactive)


def _axes(ax: Axes | None, height: float) -> Axes:
    if ax is not None:
        return ax
    with styled():
        ax = plt.figure(figsize=(6.4, height), layout="constrained").add_subplot()
    return ax


def plot_attainment(
    values: ArrayLike, marks: Sequence[Mark] = (), *, ax: Axes | None = None,
    colour: str = COLOURS[0], most: float = MOST, step: float = 0.05,
) -> Axes:  # fmt: skip
    """Histogram of attainments (1 is 100%), the plan's kinks marked; the height is % of periods.

    values   from `measures.attainments`; any number. What lies beyond `most` is in the last bar
    marks    from `terms(...).marks`; those at or beyond `most` are not drawn
    step     width of a bar. Bars begin at multiples of it, so none straddles a kink at one
    Raises ValueError if there are no values.
    """
    reached = np.ravel(np.asarray(values, float))
    if not reached.size:
        raise ValueError("no attainments to draw")
    ax = _axes(ax, 3.6)
    edges = step * np.arange(round(most / step) + 1)
    # A quota reached to the cent must not fall below it by rounding.
    counts, _ = np.histogram(np.clip(reached + 1e-9, 0, most), edges)
    shares = counts / reached.size
    ax.bar(edges[:-1], shares, width=step, align="edge", color=colour, alpha=0.6, linewidth=0)
    top = 1.5 * max(float(shares.max()), 1e-9)
    # Panels that share their axis have room for the highest bar of all.
    shared = len(ax.get_shared_y_axes().get_siblings(ax)) > 1
    ax.set(xlim=(0, most), ylim=(0, max(top, ax.get_ylim()[1]) if shared else top))
    for mark in (m for m in marks if m.attainment < most):
        ax.axvline(mark.attainment, color=INK, linewidth=1, linestyle=DOTTED)
        right = mark.attainment > 0.8 * most
        ax.annotate(mark.words, (mark.attainment, 1), xycoords=ax.get_xaxis_transform(),
                    xytext=(-4 if right else 4, -2), textcoords="offset points",
                    ha="right" if right else "left", va="top", fontsize=8.5)  # fmt: skip
    ax.xaxis.set_major_formatter(PERCENT)
    ax.yaxis.set_major_formatter(PERCENT)
    ax.set_xlabel("attainment of quota at the quarter's end")
    ax.set_ylabel(f"share of quotas, bars of {100 * step:.3g} pp")
    beyond = float((reached > most).mean())
    if beyond > 0:
        ax.annotate(f"{wording.quantity(beyond, 'share')} beyond", (most, shares[-1]), ha="right",
                    xytext=(0, 3), textcoords="offset points", fontsize=8, color=INK)  # fmt: skip
    return ax


def plot_attainments(run: Watched, role: str = ROLES[0], **options: float) -> Figure:
    """The histogram of every option, one above the other, with its own plan's kinks.

    options: `most`, `step` as for `plot_attainment`.
    """
    ds = run.outcomes
    names, titles, colour = outcomes.arm_names(ds), outcomes.arm_titles(ds), colours(ds)
    with styled():
        figure = plt.figure(figsize=(6.8, 0.5 + 2.3 * len(names)), layout="constrained")
        panels = figure.subplots(len(names), 1, sharex=True, sharey=True, squeeze=False).ravel()
        for ax, name in zip(panels, names, strict=True):
            values = attainments(run.reps, name, role)
            plot_attainment(values, terms(ds, name, role).marks, ax=ax, colour=colour[name],
                            **options)  # fmt: skip
            reached = wording.quantity(float((values >= 1).mean()), "share")
            ax.set_title(f"{titles[name]}: {reached} of quotas reached")
            ax.set_ylabel("share of quotas")
            ax.label_outer()
    return figure


def plot_week_of_quarter(run: Watched | pd.DataFrame, titles: dict[str, str] | None = None,
                         colour: dict[str, str] | None = None) -> Figure:  # fmt: skip
    """Bookings and discount by week of the quarter, a line per option, first and last week marked.

    run: a watched run, or a table of `by_week_of_quarter` with titles and colours by arm (None: its
    own names). Whiskers are simulation errors (95%). The dashed line is 13 weeks alike.
    """
    if isinstance(run, Watched):
        titles = titles or outcomes.arm_titles(run.outcomes)
        colour = colour or colours(run.outcomes)
        run = by_week_of_quarter(run.outcomes)
    arms = list(dict.fromkeys(run["arm"]))
    titles = titles or {arm: arm for arm in arms}
    colour = colour or dict(zip(arms, (REFERENCE_COLOUR, *COLOURS * len(arms)), strict=False))
    with styled():
        figure = plt.figure(figsize=(11, 4.1), layout="constrained")
        left, right = figure.subplots(1, 2)
        for ax, name in ((left, "bookings"), (right, "discount")):
            _weeks_panel(ax, run, name, titles if ax is right else {}, colour)
        left.axhline(1 / WEEKS, color=PALE, linewidth=1, linestyle="--")
        label_ends(left, WEEKS + 0.5, [(1 / WEEKS, "if weeks\nwere alike", PALE)])
        left.set_ylabel("share of the quarter's bookings")
        right.set_ylabel("discount, share of list value")
    return figure


def _weeks_panel(ax: Axes, table: pd.DataFrame, name: str, titles: dict[str, str],
                 colour: dict[str, str]) -> None:  # fmt: skip
    ends, top, groups = [], 0.0, list(table.groupby("arm", sort=False))
    for i, (arm, rows) in enumerate(groups):
        aside = 0.4 * ((i + 0.5) / len(groups) - 0.5)  # whiskers beside each other
        ax.errorbar(rows["week"] + aside, rows[name], yerr=rows[f"{name}_error"], color=colour[arm],
                    linewidth=1.8, elinewidth=0.8, marker="o", markersize=3.5)  # fmt: skip
        ends.append((float(rows[name].iloc[-1]), wrap(titles.get(arm, "")), colour[arm]))
        top = max(top, float((rows[name] + rows[f"{name}_error"].fillna(0)).max()))
    ax.set(xlim=(0.5, WEEKS + 0.5), ylim=(0, 1.18 * top or 0.01))
    for week, words in ((1, "first week"), (WEEKS, "last week")):
        ax.axvspan(week - 0.5, week + 0.5, color=PALE, alpha=0.13, linewidth=0)
        ax.annotate(words, (week + (-0.4 if week == 1 else 0.4), 1), va="top", fontsize=8.5,
                    xycoords=ax.get_xaxis_transform(), xytext=(0, -2), textcoords="offset points",
                    ha="left" if week == 1 else "right")  # fmt: skip
    ax.xaxis.set_major_locator(MultipleLocator(1))
    ax.yaxis.set_major_formatter(PERCENT)
    ax.set_xlabel("week of the quarter")
    if titles:
        label_ends(ax, WEEKS + 0.5, ends)


def plot_effort_share(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Share of reseller hours on the vendor's products over relative pay, with SA5's smooth law.

    table: from `relative_pay.sweep`. Dots are simulated (whiskers: simulation error, 95%), the line
    is the law drawn through the reference, marked by a ring.
    """
    ax = _axes(ax, 4.4)
    curve, at = table.attrs["curve"], table.attrs["reference"]
    ax.plot(curve["pay"], curve["share"], color=REFERENCE_COLOUR, linewidth=1.6)
    ax.errorbar(table["pay"], table["share"], yerr=table["error"], fmt="o", color=COLOURS[0],
                markersize=5.5, elinewidth=1.2, zorder=3)  # fmt: skip
    level = float(np.interp(at, curve["pay"], curve["share"]))
    ax.plot(at, level, "o", markersize=12, markerfacecolor="none", markeredgecolor=INK)
    ax.annotate("reference: the law\nstarts from here", (at, level), xytext=(10, -10), va="top",
                textcoords="offset points", fontsize=8.5)  # fmt: skip
    ax.axvline(1, color=PALE, linewidth=0.8, linestyle=DOTTED)
    ax.annotate("pays alike", (1, 0), xytext=(4, 3), textcoords="offset points", fontsize=8.5)
    end = curve["pay"][-1]
    ax.set(xlim=(0, end), ylim=(0, 1.08 * max(*curve["share"], table["share"].max())))
    label_ends(ax, end, [(curve["share"][-1], "law of SA5", REFERENCE_COLOUR),
                         (float(table["share"].iloc[-1]), "simulated", COLOURS[0])])  # fmt: skip
    ax.yaxis.set_major_formatter(PERCENT)
    ax.set_xlabel("what a sale of the vendor's pays a seller, over one of the others\n"
                  "(margin per unit of price that counts)")  # fmt: skip
    ax.set_ylabel("hours on the vendor's products, share")
    return ax


def plot_rep_quarter(one: RepQuarter) -> Figure:
    """A person's quarter as a strip: hours, attainment, and what selling pays, week by week.

    one: from `rep_quarter`. Lower panels: rate on the next unit of credit by the plan; what the last
    hour of the week was expected to earn (left out if nobody looks at it).
    """
    looked_at = bool(np.isfinite(one.hour_value).any())
    heights = [1.25, 1.5, 0.75] + [0.75] * looked_at
    with styled():
        figure = plt.figure(figsize=(7.4, 1.7 * sum(heights)), layout="constrained")
        panels = figure.subplots(len(heights), 1, sharex=True, height_ratios=heights)
        _hours_panel(panels[0], one)
        _attainment_panel(panels[1], one)
        week = np.arange(WEEKS + 1) + 0.5
        panels[2].stairs(one.rate, week, baseline=None, color=INK, linewidth=1.8)
        panels[2].yaxis.set_major_formatter(PERCENT)
        panels[2].set_ylim(0, 1.25 * max(float(one.rate.max()), 1e-9))
        panels[2].set_ylabel("rate on the\nnext sale")
        if looked_at:
            panels[3].stairs(one.hour_value, week, baseline=None, color=INK, linewidth=1.8)
            panels[3].set_ylim(0, 1.25 * float(np.nanmax(one.hour_value)))
            panels[3].set_ylabel(f"last hour\nearns, {one.terms.currency}")
        panels[-1].set_xlabel("week of the quarter")
        panels[-1].set_xlim(0.5, WEEKS + 0.5)
        panels[-1].xaxis.set_major_locator(MultipleLocator(1))
        panels[0].set_title(one.title[0].upper() + one.title[1:], pad=10)
        figure.align_ylabels(panels)
    return figure


def _hours_panel(ax: Axes, one: RepQuarter) -> None:
    week, floor, names = np.arange(1, WEEKS + 1), np.zeros(WEEKS), []
    shades = (COLOURS[0], COLOURS[4], "#d9d9d9")
    for hours, name, shade in zip((one.ours, one.own, one.idle), PRODUCTS, shades, strict=True):
        if hours.max() > 0:
            ax.bar(week, hours, bottom=floor, width=0.86, color=shade, linewidth=0)
            names.append((float((floor + hours / 2)[-1]), wrap(name, 16), readable(shade)))
        floor = floor + hours
    ax.set_ylim(0, 1.05 * max(float(floor.max()), 1))
    ax.set_ylabel("hours\na week")
    label_ends(ax, WEEKS + 0.5, _apart(ax, names))


def _apart(ax: Axes, names: list[tuple[float, str, str]]) -> list[tuple[float, str, str]]:
    """In a low panel a line of text takes more of the height than `label_ends` counts with."""
    low, high = ax.get_ylim()
    ax.set_ylim(low, high)
    if len(names) < 2:
        return names
    places = low + (high - low) * np.linspace(0.12, 0.88, len(names))
    order = np.argsort([y for y, _, _ in names], kind="stable")
    return [(float(p), *names[i][1:]) for p, i in zip(places, order, strict=True)]


def _attainment_panel(ax: Axes, one: RepQuarter) -> None:
    week = np.arange(WEEKS + 1) + 0.5
    ax.stairs(one.reached, week, color=COLOURS[0], fill=True, alpha=0.35)
    ax.stairs(one.reached, week, baseline=None, color=COLOURS[0], linewidth=1.8)
    ax.plot(np.arange(1, WEEKS + 1), one.expected, color=COLOURS[1], linewidth=1.6, marker=".")
    top = 1.15 * max(1.1, float(one.reached.max()), float(one.expected.max()))
    ax.set_ylim(0, top)
    for mark in (m for m in one.terms.marks if m.attainment < top):
        ax.axhline(mark.attainment, color=INK, linewidth=1, linestyle=DOTTED)
        ax.annotate(mark.words.replace("\n", ", "), (0.5, mark.attainment), xytext=(4, 2),
                    textcoords="offset points", fontsize=8,
                    bbox={"facecolor": "white", "alpha": 0.75, "pad": 0.6, "linewidth": 0})  # fmt: skip
    ax.yaxis.set_major_formatter(PERCENT)
    ax.set_ylabel("attainment")
    label_ends(ax, WEEKS + 0.5, _apart(ax, [
        (float(one.reached[-1]), "reached by the\nend of the week", COLOURS[0]),
        (float(one.expected[-1]), "at the quarter's\nend, at the usual\npace", COLOURS[1]),
    ]))  # fmt: skip
