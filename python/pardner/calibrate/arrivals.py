# SPDX-License-Identifier: Apache-2.0
"""How often opportunities open, how accounts share them, and who works them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from . import pooling
from .window import Spells, Window, day_number

RECENT_WEEKS = 13
MOST_PRODUCTS = 12
OTHER = "other"


def weekly_openings(spells: Spells, start: float, end: float) -> np.ndarray:
    """Return openings per whole week from day number `start` up to `end`; shape (weeks,)."""
    weeks = max(int((end + 1 - start) // 7), 1)
    at = np.floor((spells.opened - start) / 7).astype(int)
    return np.bincount(at[(at >= 0) & (at < weeks)], minlength=weeks)


def rate(weekly: np.ndarray, rng, draws: int) -> np.ndarray:
    """Return draws of the mean number per week: Gamma, widened by the weeks' overdispersion."""
    weeks, total = len(weekly), weekly.sum()
    spread = weekly.var(ddof=1) / max(weekly.mean(), 1e-9) if weeks > 1 else 1.0
    # few weeks tell little about the spread: lean on 1.5, a little more than Poisson
    over = (4.0 * 1.5 + (weeks - 1) * max(spread, 1.0)) / (4.0 + weeks - 1)
    return rng.gamma((total + 0.5) / over, over / weeks, draws)


def shares(counts: np.ndarray, rng, draws: int) -> np.ndarray:
    """Return Dirichlet draws of the mix behind `counts` (k,); shape (draws, k)."""
    return rng.dirichlet(np.asarray(counts, float) + 0.5, draws)


def accounts(table: pd.DataFrame, window: Window, listed: int | None, rng, draws: int):
    """Return (Pooled, draws of the number of accounts, counts per account, zeros listed?).

    Counts are decisions inside `window`, per account; None if fewer than 5 accounts are named.
    The number of accounts is what the account list says, else those seen and an estimate of
    those that had nothing decided in the window.
    """
    inside = table[(table["closed"] >= window.start) & (table["closed"] <= window.end)]
    counts = inside["account"].dropna().value_counts().to_numpy()
    if len(counts) < 5 or inside["account"].notna().mean() < 0.5:
        return None
    known = listed is not None and listed >= len(counts)
    if known:
        counts = np.concatenate([counts, np.zeros(listed - len(counts), counts.dtype)])
    years = window.weeks / 52.18
    found = pooling.poisson(counts, years, rng, draws, 0.7, known)
    unseen = 0 if known else rng.negative_binomial(len(counts), np.clip(found.seen, 1e-4, 1.0))
    return found, len(counts) + unseen * np.ones(draws), counts, known


def agents(table: pd.DataFrame, used: Window, window: Window) -> pd.DataFrame:
    """Return won and decided per agent inside `used`, and whether active in the last 13 weeks.

    The last 13 weeks are those of `window`.
    """
    inside = table[(table["closed"] >= used.start) & (table["closed"] <= used.end)]
    by = inside.dropna(subset=["agent"]).groupby("agent")["stage"]
    found = pd.DataFrame({"won": by.agg(lambda s: int((s == "won").sum())), "decided": by.size()})
    _, end = window.days
    recent = np.fmax(day_number(table["opened"]), day_number(table["closed"]))
    late = set(table.loc[(recent > end - 7 * RECENT_WEEKS) & (recent <= end), "agent"].dropna())
    found = found.reindex(sorted(set(found.index) | late), fill_value=0)
    found["active"] = [name in late for name in found.index]
    return found


def main_products(table: pd.DataFrame) -> pd.Series:
    """Return the product of each row; rare ones beyond the 12 most frequent become "other"."""
    names = table["product"].fillna("unnamed")
    counts = names.value_counts()
    if len(counts) <= MOST_PRODUCTS:
        return names
    return names.where(names.isin(counts.index[: MOST_PRODUCTS - 1]), OTHER)
