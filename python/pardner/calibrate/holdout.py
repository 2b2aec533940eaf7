# SPDX-License-Identifier: Apache-2.0
"""Forecast of the log's last quarter from what stood in the log before it.

The forecast is the flow model that the figures describe: opportunities open on the eve of the
quarter end as their age says, new ones open at the fitted rate. The baseline says that each
month repeats the month in its place of the quarter before, so it knows the quarter's rhythm and
ours does not; both are shown.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .errors import BadInput
from .estimate import Estimate, estimate, value_per_win
from .window import WON, Window, as_of, day_number

MEASURES = ("won deals", "won value", "decided")
FEWEST_BEFORE = 20


@dataclass(frozen=True)
class Holdout:
    """The held-out quarter.

    table: one row per measure and month or total; columns measure, period, actual, forecast,
        low, high (10% and 90%), baseline, error, baseline_error (relative, signed).
    trained: the window fitted. quarter: the quarter forecast, like 2017Q4.
    """

    table: pd.DataFrame
    trained: Window
    quarter: str

    def total(self, measure: str) -> pd.Series:
        """Return the quarter's total row of one of MEASURES."""
        rows = self.table[(self.table["measure"] == measure) & (self.table["period"] == "total")]
        return rows.iloc[0]


def holdout(
    table: pd.DataFrame, prices: dict[str, float], window: Window, seed: int, draws: int
) -> Holdout | None:
    """Return the forecast of the last whole quarter of `window`; None if it is too short.

    Needs a whole quarter before it for the baseline and 20 decisions to fit.
    """
    quarter = window.end.to_period("Q")
    if quarter.end_time.normalize() > window.end + pd.Timedelta(days=7):
        quarter -= 1
    before = Window(window.start, quarter.start_time.normalize() - pd.Timedelta(days=1))
    if before.weeks < 13:
        return None
    past = as_of(table, before.end)
    if (past["closed"] >= before.start).sum() < FEWEST_BEFORE:
        return None
    rng = np.random.default_rng(seed)
    try:
        found = estimate(past, prices, before, rng, draws)
    except BadInput:
        return None
    months = list(pd.period_range(quarter.start_time, quarter.end_time, freq="M"))
    forecast = _forecast(past, prices, found, months, rng, draws)
    rows = []
    for k, measure in enumerate(MEASURES):
        actual = np.array([_measure(table, m, measure) for m in months])
        base = np.array([_measure(table, m - 3, measure) for m in months])
        rows += _rows(measure, months, actual, forecast[k], base)
    return Holdout(pd.DataFrame(rows), before, str(quarter))


def _measure(table: pd.DataFrame, month: pd.Period, measure: str) -> float:
    inside = table[table["closed"].dt.to_period("M") == month]
    if measure == "decided":
        return float(len(inside))
    won = inside[inside["stage"] == "won"]
    return float(len(won) if measure == "won deals" else won["value"].sum())


def _rows(measure, months, actual, draws, base) -> list[dict]:
    """Return the rows of one measure; draws is (draws, months)."""
    rows = []
    columns = [(str(m), actual[k], draws[:, k], base[k]) for k, m in enumerate(months)]
    columns.append(("total", actual.sum(), draws.sum(axis=1), base.sum()))
    for period, real, drawn, repeat in columns:
        low, high = np.quantile(drawn, [0.1, 0.9])
        scale = real if real > 0 else np.nan
        rows.append({
            "measure": measure, "period": period, "actual": real,
            "forecast": float(drawn.mean()), "low": float(low), "high": float(high),
            "baseline": repeat, "error": float(drawn.mean() - real) / scale,
            "baseline_error": (repeat - real) / scale,
        })  # fmt: skip
    return rows


def _forecast(past, prices, found: Estimate, months, rng, draws: int) -> np.ndarray:
    """Return draws of (measure, draw, month) in the order of MEASURES."""
    start = found.window.days[1] + 0.5
    ends = np.array([(m.end_time.normalize() - pd.Timestamp("1970-01-01")).days + 0.5
                     for m in months])  # fmt: skip
    open_now = past[(past["stage"] == "open") & past["opened"].notna()]
    ages = start - day_number(open_now["opened"])
    expected = np.stack([
        _from_pipeline(found, cause, ages, ends - start)
        + _from_new(found, cause, ends - start)
        for cause in (WON, None)
    ])  # fmt: skip
    won = _uneven(expected[0], past, found.window, "won", rng)
    lost = _uneven(np.maximum(expected[1] - expected[0], 0.0), past, found.window, "lost", rng)
    mean = value_per_win(found, prices, past, rng, draws)
    seen = past.loc[(past["stage"] == "won") & (past["value"] > 0), "value"].to_numpy()
    spread = seen.std() / seen.mean() if len(seen) > 1 else 1.0
    # the sum of a month's deals: normal around its mean, as its deals are many or the mean vague
    noise = rng.normal(size=won.shape) * spread * np.sqrt(np.maximum(won, 0))
    value = mean[:, None] * np.maximum(won + noise, 0.0)
    return np.stack([won, value, won + lost])


def _uneven(mean: np.ndarray, past, window: Window, stage: str, rng) -> np.ndarray:
    """Return counts around `mean` that vary from month to month as those of the log did."""
    inside = past[(past["stage"] == stage) & (past["closed"] >= window.start)]
    months = pd.period_range(window.start, window.end, freq="M")
    counts = inside["closed"].dt.to_period("M").value_counts().reindex(months, fill_value=0)
    spread = counts.var(ddof=1) / max(counts.mean(), 1e-9) if len(counts) > 1 else 1.0
    # as in arrivals.rate: few months tell little about their spread
    over = (2.0 * 1.5 + (len(counts) - 1) * max(spread, 1.0)) / (1.0 + len(counts))
    return rng.poisson(rng.gamma(np.maximum(mean, 1e-9) / (over - 1.0), over - 1.0))


def _curve(found: Estimate, cause, at: np.ndarray) -> np.ndarray:
    """Return draws of the share ended by `cause` up to ages `at` [days]; (draws, len(at))."""
    curve, ages = found.incidence.curve(cause), found.incidence.ages
    k = np.clip(np.searchsorted(ages, at, side="right"), 1, len(ages) - 1)
    part = np.clip((at - ages[k - 1]) / (ages[k] - ages[k - 1]), 0.0, 1.0)
    return curve[:, k - 1] * (1 - part) + curve[:, k] * part


def _from_pipeline(found: Estimate, cause, ages: np.ndarray, horizon: np.ndarray) -> np.ndarray:
    """Return the expected endings per month of opportunities now `ages` days old."""
    grid, count = np.unique(np.floor(ages / 7.0) * 7.0 + 3.5, return_counts=True)
    still = 1.0 - _curve(found, None, grid)
    by = np.stack([_curve(found, cause, grid + h) for h in (0.0, *horizon)], axis=2)
    ending = np.diff(by, axis=2) / np.maximum(still, 1e-6)[:, :, None]
    return (np.clip(ending, 0.0, 1.0) * count[None, :, None]).sum(axis=1)


def _from_new(found: Estimate, cause, horizon: np.ndarray) -> np.ndarray:
    """Return the expected endings per month of opportunities opened from now on."""
    days = np.arange(0.5, horizon[-1], 1.0)
    ended = _curve(found, cause, days)
    up_to = np.stack([ended[:, : round(h)].sum(axis=1) for h in horizon], axis=1)
    return np.diff(np.c_[np.zeros(len(up_to)), up_to], axis=1) * found.opened[:, None] / 7.0
