# SPDX-License-Identifier: Apache-2.0
"""The picture of a plan: pay over attainment, and beneath it what the next unit of credit pays."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, PercentFormatter

from .. import wording
from ..drawing import COLOURS, INK, PALE, STYLE, amount_axis, own_axes
from .amounts import percent, say
from .curve import Course, Kink, course

if TYPE_CHECKING:
    from .plan import Plan

LINE, CLIFF = COLOURS[0], COLOURS[1]
MOST_LABELS = 6  # more would cover the curve


def plot_plan(plan: Plan, ax: Axes | None = None) -> Axes:
    """Draws the plan on `ax`, whose space is divided in two; returns the upper Axes.

    Raises BadInput if no pay of the plan follows from credit alone.
    """
    found = course(plan.text)
    ax = own_axes(ax, 6.8, 5.2)
    with plt.rc_context(STYLE):
        below = _beneath(ax)
        _draw_pay(ax, found, plan)
        _draw_rate(below, found, plan)
        for one in _marked(found):
            for axes in (ax, below):
                axes.axvline(one.attainment, color=PALE, linewidth=0.8, linestyle=(0, (1, 3)))
            _mark(ax, one, plan, found)
    return ax


def _beneath(ax: Axes) -> Axes:
    """Axes under `ax` in the lower part of its space, with the same x axis."""
    figure, spec = ax.get_figure(), ax.get_subplotspec()
    assert figure is not None
    if spec is None:  # placed by hand: there is no grid to divide
        return ax.inset_axes((0, -0.62, 1, 0.4), sharex=ax)
    parts = spec.subgridspec(2, 1, height_ratios=[3, 1.1], hspace=0.08)
    ax.set_subplotspec(parts[0])
    below: Axes = figure.add_subplot(parts[1], sharex=ax)
    return below


def _marked(found: Course) -> tuple[Kink, ...]:
    """Kinks worth a mark: with many of them, those that change most."""
    if len(found.kinks) <= MOST_LABELS:
        return found.kinks
    weight = sorted(found.kinks, key=lambda k: (-abs(k.jump), -abs(k.after - k.before)))
    return tuple(sorted(weight[:MOST_LABELS], key=lambda k: k.attainment))


def _draw_pay(ax: Axes, found: Course, plan: Plan) -> None:
    unit = wording.Unit(plan.currency)
    ax.plot(found.attainment, found.pay / plan.minor_units, color=LINE, linewidth=2)
    ax.set_xlim(0, found.attainment[-1])
    ax.set_ylim(bottom=min(0.0, float(found.pay.min()) / plan.minor_units))
    amount_axis(ax.yaxis, unit)
    ax.set_ylabel(f"pay of a plan year, {plan.currency}")
    ax.set_title(plan.title)
    ax.tick_params(labelbottom=False)


def _draw_rate(ax: Axes, found: Course, plan: Plan) -> None:
    # Pay and credit are both in minor units, except where units are counted.
    rates = found.rates / (plan.minor_units if found.year.units else 1)
    ax.stairs(rates, found.edges, color=INK, linewidth=1.5, baseline=None)
    # The unit that crosses a cliff is no rate; the axis shows what is between.
    ax.set_ylim(min(0.0, float(rates.min())), 1.25 * max(float(rates.max()), 1e-9))
    if found.year.units:
        ax.set_ylabel(f"{plan.currency}\nper unit")
    else:
        tick = FuncFormatter(lambda rate, _: percent(Fraction(round(rate, 6))))
        ax.yaxis.set_major_formatter(tick)
        ax.set_ylabel("marginal\nrate")
    ax.xaxis.set_major_formatter(PercentFormatter(1.0, 0))
    ax.set_xlabel(_x_label(found, plan))


def _x_label(found: Course, plan: Plan) -> str:
    year = found.year
    if year.of_quota:
        return f"attainment of quota, in every {year.span}"
    full = Fraction(year.period_credit, 1 if year.units else plan.minor_units)
    unit = "units" if year.units else plan.currency
    return f"credit in every {year.span}, 100% is {say(full, unit)}"


def _mark(ax: Axes, kink: Kink, plan: Plan, found: Course) -> None:
    """A dot at the kink with what changes there; a cliff's drop in the colour of alarm."""
    pay = kink.pay / plan.minor_units
    colour = CLIFF if kink.is_cliff else INK
    ax.plot(kink.attainment, pay, "o", color=colour, markersize=5, zorder=3)
    if kink.is_cliff:
        ax.plot([kink.attainment] * 2, [pay - kink.jump / plan.minor_units, pay], color=CLIFF,
                linewidth=2.6, zorder=2.5)  # fmt: skip
    top = float(np.max(found.pay)) / plan.minor_units or 1.0
    # The curve rises: on its left there is room above, near the right edge only there.
    left = kink.attainment > 0.25 * found.attainment[-1]
    ax.annotate(
        _label(kink, plan, found), (kink.attainment, pay),
        xytext=(-8 if left else 8, 5 if left else -4), textcoords="offset points",
        ha="right" if left else "left", va="bottom" if left and pay < 0.9 * top else "top",
        fontsize=8, color=INK, linespacing=1.3,
    )  # fmt: skip


def _label(kink: Kink, plan: Plan, found: Course) -> str:
    where = percent(Fraction(round(1000 * kink.attainment), 1000))
    if found.year.units:
        rates = [say(Fraction(round(100 * r / plan.minor_units), 100))
                 for r in (kink.before, kink.after)]  # fmt: skip
    else:
        rates = [percent(Fraction(round(10**4 * r), 10**4)) for r in (kink.before, kink.after)]
    bend = " → ".join(dict.fromkeys(rates))
    if not kink.is_cliff:
        return f"{where}: {bend}"
    jump = say(Fraction(round(kink.jump / plan.minor_units)))
    return f"{where}: {bend}\ncliff {'+' if kink.jump > 0 else ''}{jump} a year"
