# SPDX-License-Identifier: Apache-2.0
"""Pictures of partners: attributed beside incremental, who touched which account, who is paid what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from .. import wording
from ..drawing import COLOURS, INK, PALE, REFERENCE_COLOUR, amount_axis, readable, wrap
from ..salesforce.plots import styled
from .attribution import RULES
from .future import VENDOR, Future, partner_name

if TYPE_CHECKING:
    from .contribution import Incremental

# Of the rules that share a deal out once among those who claim it, the equal split stands for all.
MARKERS = {"contract": "s", "sourced": "^", "first_registered": "P", "equal": "o", "pay_all": "*"}


def _axes(ax: Axes | None, width: float, height: float) -> Axes:
    if ax is not None:
        return ax
    with styled():
        return plt.figure(figsize=(width, height), layout="constrained").add_subplot()


def plot_incremental(found: Incremental, *, ax: Axes | None = None) -> Axes:
    """A row per set of partners: what each rule attributes (marks on a line), what they bring (bar
    with simulation error, 95%)."""
    table = found.table
    names = [wrap(str(name), 22) for name in table["name"]]
    ax = _axes(ax, 8.4, 1.5 + 0.52 * len(table))
    place = np.arange(len(table), dtype=float)
    ax.barh(place + 0.17, table["incremental"], height=0.32, color=COLOURS[0], alpha=0.85)
    ax.errorbar(table["incremental"], place + 0.17, xerr=table["error"], fmt="none", ecolor=INK,
                elinewidth=1.4, capsize=3)  # fmt: skip
    rules = [rule for rule in found.rules if rule in MARKERS]
    low, high = table[rules].min(axis=1), table[rules].max(axis=1)
    ax.hlines(place - 0.2, low, high, color=PALE, linewidth=2)
    for rule in rules:
        size = 10 if MARKERS[rule] == "*" else 7
        ax.plot(table[rule], place - 0.2, MARKERS[rule], color=COLOURS[1], markersize=size,
                markeredgecolor="white", markeredgewidth=0.6)  # fmt: skip
    ax.axvline(0, color=INK, linewidth=0.8)
    ax.set_yticks(place, names)
    ax.invert_yaxis()
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)
    amount_axis(ax.xaxis, wording.Unit(found.currency))
    facts = found.facts
    ax.set_xlabel(f"list value of deals won in {facts['horizon']}, {found.currency}\n"
                  f"mean of {facts['futures']} futures; whiskers: simulation error, 95%")  # fmt: skip
    handles: list[Any] = [Patch(color=COLOURS[0], alpha=0.85, label="incremental, in this model")]
    handles += [Line2D([], [], linestyle="", marker=MARKERS[rule], color=COLOURS[1], markersize=7,
                       label=f"attributed: {RULES[rule].title}") for rule in rules]  # fmt: skip
    ax.legend(handles=handles, frameon=False, loc="upper left", bbox_to_anchor=(1, 1))  # fmt: skip
    return ax


def plot_touches(
    future: Future, *, accounts: Sequence[int] | None = None, most: int = 40, ax: Axes | None = None,
) -> Axes:  # fmt: skip
    """The map of who touched which account: a column per firm, a row per account.

    A dot's area grows with the hours worked there; a ring marks who won something. accounts: None:
    those that most firms worked on, `most` of them, the busiest first.
    """
    log = future.log
    firms = log.groupby("account")["partner"].nunique()
    hours = log.groupby("account")["hours"].sum()
    if accounts is None:
        order = firms.to_frame("firms").assign(hours=hours).sort_values(
            ["firms", "hours"], ascending=False, kind="stable")  # fmt: skip
        accounts = [int(a) for a in order.index[:most]]
    rows = log[log["account"].isin(accounts)]
    cells = rows.groupby(["account", "partner"], as_index=False).agg(
        hours=("hours", "sum"), won=("value", "max")
    )
    parties = sorted(cells["partner"].unique())
    ax = _axes(ax, 1.6 + 0.52 * len(parties), 1.2 + 0.2 * len(accounts))
    x = cells["partner"].map({p: i for i, p in enumerate(parties)})
    y = cells["account"].map({a: i for i, a in enumerate(accounts)})
    area = 150 * cells["hours"] / max(float(cells["hours"].max()), 1e-9)
    tint = np.where(cells["partner"] == VENDOR, REFERENCE_COLOUR, COLOURS[0])
    ax.scatter(x, y, s=8 + area, c=tint, alpha=0.75, linewidth=0)
    won = cells["won"] > 0
    ax.scatter(x[won], y[won], s=60 + area[won], facecolors="none", edgecolors=COLOURS[1],
               linewidth=1.6)  # fmt: skip
    for i in range(len(accounts)):
        ax.axhline(i, color=PALE, linewidth=0.3, zorder=0)
    ax.set_xticks(range(len(parties)), [wrap(partner_name(p), 8) for p in parties], fontsize=8.5)
    ax.set_yticks(range(len(accounts)), [f"{a:06d}" for a in accounts], fontsize=7)
    ax.set(xlim=(-0.6, len(parties) - 0.4), ylim=(len(accounts) - 0.4, -0.6), ylabel="account")
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.spines[["top", "right", "left", "bottom"]].set_visible(False)
    handles = [
        Line2D([], [], linestyle="", marker="o", color=REFERENCE_COLOUR, label="the vendor's people"),
        Line2D([], [], linestyle="", marker="o", color=COLOURS[0], label="a partner's sellers"),
        Line2D([], [], linestyle="", marker="o", markerfacecolor="none", markersize=9,
               markeredgecolor=COLOURS[1], markeredgewidth=1.6, label="won something there"),
    ]  # fmt: skip
    ax.legend(handles=handles, frameon=False, loc="upper center", bbox_to_anchor=(0.5, 0), ncols=1,
              fontsize=8.5, title="area: hours worked", title_fontsize=8.5)  # fmt: skip
    return ax


def plot_waterfall(
    steps: Sequence[tuple[str, float]], *, currency: str = "USD", ax: Axes | None = None,
    left: str = "left to you",
) -> Axes:  # fmt: skip
    """Where the money of a deal goes: the first step is what comes in, each other one adds to it or
    (negative) takes from it; `left` is what remains."""
    unit = wording.Unit(currency)
    names = [name for name, _ in steps] + [left]
    amounts = np.array([amount for _, amount in steps], dtype=float)
    ends = np.cumsum(amounts)
    starts = np.append(0.0, ends[:-1])
    ax = _axes(ax, 1.6 + 1.0 * len(names), 4.0)
    for i, (start, end) in enumerate(zip(starts, ends, strict=True)):
        colour = REFERENCE_COLOUR if i == 0 else COLOURS[2] if end >= start else COLOURS[1]
        _step(ax, i, start, end, colour, _short(float(amounts[i]), i > 0))
        ax.plot([i + 0.35, i + 0.65], [end, end], color=PALE, linewidth=0.8)
    final = float(ends[-1])
    tint = COLOURS[0] if final >= 0 else COLOURS[1]
    _step(ax, len(steps), 0.0, final, tint, _short(final))
    ax.axhline(0, color=INK, linewidth=0.8)
    ax.set_xticks(range(len(names)), [wrap(name, 13) for name in names])
    amount_axis(ax.yaxis, unit)
    ax.set_ylabel(currency)
    low, high = min(0.0, float(ends.min())), max(0.0, float(ends.max()))
    ax.set_ylim(low - 0.1 * (high - low) * (low < 0), high + 0.12 * (high - low))
    ax.tick_params(axis="x", length=0)
    return ax


def plot_waterfalls(
    panels: Mapping[str, Sequence[tuple[str, float]]], *, currency: str = "USD",
    left: str = "left to you",
) -> Figure:  # fmt: skip
    """`plot_waterfall` one above the other, on one scale: by title."""
    with styled():
        figure = plt.figure(figsize=(8.4, 3.6 * len(panels)), layout="constrained")
        axes = figure.subplots(len(panels), 1, sharey=True, squeeze=False).ravel()
        highest = 0.0
        for ax, (title, steps) in zip(axes, panels.items(), strict=True):
            plot_waterfall(steps, currency=currency, ax=ax, left=left)
            ax.set_title(title)
            highest = max(highest, ax.get_ylim()[1])
        axes[0].set_ylim(top=highest)
    return figure


def _short(value: float, sign: bool = False) -> str:
    divisor, suffix = wording.scale_of(value)
    text = f"{value / divisor:.3g}".replace("-", wording.MINUS) + suffix
    return f"+{text}" if sign and value > 0 else text


def _step(ax: Axes, place: int, start: float, end: float, colour: str, words: str) -> None:
    ax.bar(place, end - start, bottom=start, width=0.7, color=colour, alpha=0.85, linewidth=0)
    top = max(start, end)
    ax.annotate(words, (place, top), ha="center", va="bottom", xytext=(0, 2), fontsize=8.5,
                textcoords="offset points", color=readable(colour), fontweight="bold")  # fmt: skip


def plot_overlap(table: Any, *, ax: Axes | None = None) -> Axes:
    """`Overlap.by_count()`: how many accounts 0, 1, 2 ... partners know."""
    ax = _axes(ax, 6.4, 3.6)
    floor = np.zeros(len(table))
    for colour, (name, counts) in zip((COLOURS[0], COLOURS[1]), table.items(), strict=False):
        ax.bar(table.index, counts, bottom=floor, color=colour, alpha=0.85, label=name, width=0.8)
        floor = floor + counts.to_numpy()
    ax.set_xlabel("partners that know the account")
    ax.set_ylabel("accounts")
    ax.set_xticks(table.index)
    ax.legend(frameon=False)
    return ax
