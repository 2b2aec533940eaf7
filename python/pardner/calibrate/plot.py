# SPDX-License-Identifier: Apache-2.0
"""The picture of a fit: six panels, each data beside what was fitted."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np

from .window import LOST, WON

if TYPE_CHECKING:
    from .fit import Fit

BLUE, RED, GREY, GOLD = "#2a6f97", "#c44536", "#7a7a7a", "#e0a030"


def figure_png(fit: Fit) -> bytes:
    """Return the fit's figure as a PNG file. Raises ImportError without matplotlib."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    canvas = FigureCanvasAgg(Figure(figsize=(13, 8), dpi=110, layout="constrained"))
    axes = canvas.figure.subplots(2, 3).ravel()
    panels = (_ends, _months, _sizes, _agents, _accounts, _heldout)
    for axis, panel in zip(axes, panels, strict=True):
        panel(axis, fit)
        axis.spines[["top", "right"]].set_visible(False)
    out = io.BytesIO()
    canvas.print_png(out)
    return out.getvalue()


def _ends(axis, fit: Fit) -> None:
    inc = fit.estimate.incidence
    for cause, colour, word in ((WON, BLUE, "won"), (LOST, RED, "lost")):
        low, middle, high = np.quantile(inc.curve(cause), [0.05, 0.5, 0.95], axis=0)
        axis.fill_between(inc.ages, low, high, color=colour, alpha=0.25, lw=0)
        axis.plot(inc.ages, middle, color=colour, label=word)
        axis.annotate(f"{word} {middle[-1]:.0%}", (inc.ages[-1], middle[-1]), color=colour,
                      ha="right", va="bottom")  # fmt: skip
    axis.set(title="How opportunities end", xlabel="days since opened",
             ylabel="share of opened (90% band)", ylim=(0, None), xlim=(0, None))  # fmt: skip


def _months(axis, fit: Fit) -> None:
    months = fit.estimate.cycle.months
    if not len(months):
        axis.set(title="No whole month in the log")
        return
    at = np.arange(len(months))
    colours = [GOLD if p == 2 else GREY for p in months["position"]]
    axis.bar(at, months["decided"], color=colours, alpha=0.6)
    axis.set_xticks(at[:: max(len(at) // 8, 1)], months["month"][:: max(len(at) // 8, 1)],
                    rotation=45, ha="right")  # fmt: skip
    axis.set(title="Decisions by month (gold: quarter end)", ylabel="decided",
             ylim=(0, 1.5 * months["decided"].max()))  # fmt: skip
    other = axis.twinx()
    other.plot(at, months["share"], "o-", color=BLUE)
    rate = fit["win_rate"]
    other.axhline(rate.value, color=BLUE, ls=":", lw=1)
    other.set_ylabel("win share of decided (dotted: fitted)", color=BLUE)
    other.set_ylim(0, 1)
    other.spines["top"].set_visible(False)


def _sizes(axis, fit: Fit) -> None:
    ratios, found = fit.estimate.ratios, fit.estimate.sizes
    listed = {p.name: p for p in fit.products}
    shown = [p for p in listed if len(ratios[p])][:8][::-1]
    for k, name in enumerate(shown):
        price = 1.0 if listed[name].price_listed else listed[name].price
        middle, spread = found.log_ratio[name].mean(), found.sigma[name].mean()
        data = np.exp(np.quantile(ratios[name], [0.05, 0.5, 0.95])) / price
        model = np.exp(middle + spread * np.array([-1.645, 0.0, 1.645])) / price
        axis.plot(data[[0, 2]], [k + 0.12] * 2, color=GREY, lw=3)
        axis.plot(data[1], k + 0.12, "o", color=GREY)
        axis.plot(model[[0, 2]], [k - 0.12] * 2, color=BLUE, lw=3)
        axis.plot(model[1], k - 0.12, "o", color=BLUE)
    axis.set_yticks(range(len(shown)), [s[:20] for s in shown])
    axis.axvline(1.0, color=GREY, lw=0.7, ls=":")
    axis.set(title="Deal sizes (grey: data, blue: fit)", xlabel="value / price, middle 90%")


def _agents(axis, fit: Fit) -> None:
    agents = fit.agents[fit.agents["decided"] > 0]
    if "log_odds" not in agents:
        axis.set(title="Too few agents to compare")
        return
    agents = agents.sort_values("log_odds").reset_index(drop=True).tail(60)
    at = np.arange(len(agents))
    curve = lambda x: 1.0 / (1.0 + np.exp(-x))  # noqa: E731
    low = curve(agents["log_odds"] - 1.645 * agents["error"])
    high = curve(agents["log_odds"] + 1.645 * agents["error"])
    axis.hlines(at, low, high, color=BLUE, lw=2, alpha=0.6)
    axis.plot(curve(agents["log_odds"]), at, "o", color=BLUE, ms=4, label="pooled, 90%")
    axis.plot(agents["won"] / agents["decided"], at, "x", color=GREY, ms=5, label="counted")
    axis.set_yticks([])
    axis.legend(frameon=False, loc="lower right")
    axis.set(title=f"Win rate of {len(agents)} agents", xlabel="share of decided")


def _accounts(axis, fit: Fit) -> None:
    counts = np.sort(fit.account_counts)[::-1]
    if not len(counts):
        axis.set(title="Too few accounts named to compare")
        return
    rng = np.random.default_rng(1)
    n, sigma = len(counts), fit["need_rate_sigma"].draws
    drawn = np.sort(rng.lognormal(size=(200, n)) ** rng.choice(sigma, (200, 1)), axis=1)
    drawn = rng.poisson(drawn * counts.sum() / drawn.sum(axis=1, keepdims=True))
    low, high = np.quantile(np.sort(drawn, axis=1)[:, ::-1], [0.05, 0.95], axis=0)
    at = np.arange(1, n + 1)
    axis.fill_between(at, low, high, color=BLUE, alpha=0.25, lw=0, label="fitted, 90%")
    axis.plot(at, counts, ".", color=GREY, label="counted")
    axis.legend(frameon=False)
    axis.set(title="Decisions per account, largest first", xlabel="rank of the account",
             ylabel="decisions", ylim=(0, None))  # fmt: skip


def _heldout(axis, fit: Fit) -> None:
    if fit.holdout is None:
        axis.set(title="No quarter could be held out")
        return
    rows = fit.holdout.table.query("measure == 'won deals' and period != 'total'")
    at = np.arange(len(rows))
    axis.bar(at, rows["actual"], color=GREY, alpha=0.5, label="what happened")
    error = np.abs(rows[["low", "high"]].to_numpy().T - rows["forecast"].to_numpy())
    axis.errorbar(at - 0.1, rows["forecast"], yerr=error, fmt="o", color=BLUE, label="fit, 80%")
    axis.plot(at + 0.1, rows["baseline"], "s", color=GOLD, label="last quarter repeats")
    axis.set_xticks(at, rows["period"])
    top = max(rows[["actual", "high", "baseline"]].max())
    axis.set(title=f"Held out: won deals in {fit.holdout.quarter}", ylim=(0, 1.35 * top))
    axis.legend(frameon=False, ncols=2, loc="upper left")
