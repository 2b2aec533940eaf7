# SPDX-License-Identifier: Apache-2.0
"""Sales logs with a known truth: what the fit is tested on.

Deliberately not the fit's own model: cycles are lognormal, not piecewise exponential; agents
differ in odds and volume, accounts in rate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

PRODUCTS = {"Basic": 550.0, "GTX Pro": 4800.0, "Special": 55.0}


@dataclass(frozen=True)
class Truth:
    """What a synthetic log is drawn from.

    accounts with lognormal rates: mean need_rate per year, log-sd need_rate_sigma. agents with
    log-odds around logit(win_rate), sd agent_win_sigma, and volumes with log-sd
    agent_volume_sigma. undecided: share that never ends. won_days, lost_days: median cycle,
    cycle_sigma their log-sd. days: length of the window; history: days simulated before it,
    whose decisions the log has lost. young_open_kept: share of the open opportunities younger
    than 120 days that the log keeps (below 1 mimics logs that lack them).
    """

    accounts: int = 60
    need_rate: float = 4.0
    need_rate_sigma: float = 0.6
    agents: int = 8
    agent_win_sigma: float = 0.4
    agent_volume_sigma: float = 0.4
    win_rate: float = 0.35
    undecided: float = 0.15
    won_days: float = 50.0
    lost_days: float = 75.0
    cycle_sigma: float = 0.6
    size_sigma: float = 0.3
    size_ratio: float = 0.9
    shares: tuple[float, ...] = (0.5, 0.2, 0.3)
    days: int = 365
    history: int = 730
    young_open_kept: float = 1.0
    start: str = "2024-01-01"


@dataclass(frozen=True)
class Synthetic:
    """A log in the maven shape, its price list, and the true values of the fit's figures."""

    opportunities: pd.DataFrame
    prices: dict[str, float]
    truth: dict[str, float]


def synthetic_log(truth: Truth, rng: np.random.Generator) -> Synthetic:
    """Return a log drawn from `truth`, seen through its window (truncated and censored)."""
    rates = rng.lognormal(-(truth.need_rate_sigma**2) / 2, truth.need_rate_sigma, truth.accounts)
    span = truth.history + truth.days
    needs = rng.poisson(rates * truth.need_rate * span / 365.25)
    account = np.repeat(np.arange(truth.accounts), needs)
    n = len(account)
    opened = rng.uniform(-truth.history, truth.days, n)
    volume = rng.lognormal(0.0, truth.agent_volume_sigma, truth.agents)
    volume /= volume.sum()
    odds = special.logit(truth.win_rate) + truth.agent_win_sigma * rng.normal(size=truth.agents)
    agent = rng.choice(truth.agents, n, p=volume)
    product = rng.choice(len(truth.shares), n, p=truth.shares)
    won = rng.random(n) < special.expit(odds[agent])
    median = np.where(won, truth.won_days, truth.lost_days)
    closed = opened + median * rng.lognormal(0.0, truth.cycle_sigma, n)
    closed[rng.random(n) < truth.undecided] = np.inf
    opened, closed = np.floor(opened), np.floor(closed)
    price = np.array(list(PRODUCTS.values()))[product]
    value = price * truth.size_ratio * rng.lognormal(0.0, truth.size_sigma, n)
    decided = closed < truth.days
    kept = (closed >= 0) & (opened < truth.days)
    young = ~decided & (truth.days - opened < 120)
    kept &= ~(young & (rng.random(n) >= truth.young_open_kept))
    table = _table(truth, account, agent, product, won, opened, closed, value, decided)
    table = table[kept].sort_values("engage_date", kind="stable").reset_index(drop=True)
    share_won = float(volume @ special.expit(odds))
    return Synthetic(table, dict(PRODUCTS), _figures(truth, rates, share_won))


def _table(truth: Truth, account, agent, product, won, opened, closed, value, decided):
    start = pd.Timestamp(truth.start)
    names = np.array(list(PRODUCTS))
    stage = np.where(decided, np.where(won, "Won", "Lost"), "Engaging")
    days = np.where(decided, closed, 0)
    value = np.where(won, np.maximum(value.round(2), 0.01), 0.0)
    return pd.DataFrame({
        "opportunity_id": [f"S{i:07d}" for i in range(len(account))],
        "sales_agent": [f"Agent {a:03d}" for a in agent],
        "product": names[product],
        "account": [f"Account {a:05d}" for a in account],
        "deal_stage": stage,
        "engage_date": start + pd.to_timedelta(opened, unit="D"),
        "close_date": (start + pd.to_timedelta(days, unit="D")).where(decided),
        "close_value": np.where(decided, value, np.nan),
    })  # fmt: skip


def _figures(truth: Truth, rates, share_won: float) -> dict[str, float]:
    """Return the true values by figure key; win rates are those of the agents there are."""
    ended = 1.0 - truth.undecided
    return {
        "win_rate": share_won,
        "won_share_of_opened": share_won * ended,
        "undecided_share": truth.undecided,
        "cycle_won_median_days": truth.won_days,
        "cycle_lost_median_days": truth.lost_days,
        "opened_per_week": float(rates.sum()) * truth.need_rate / 52.18,
        "need_rate": float(rates.mean()) * truth.need_rate,
        "need_rate_sigma": truth.need_rate_sigma,
        "accounts": float(truth.accounts),
        "agent_win_sigma": truth.agent_win_sigma,
        "agent_volume_sigma": truth.agent_volume_sigma,
        "product.basic.size_ratio": truth.size_ratio,
        "product.basic.size_sigma": truth.size_sigma,
        "product.basic.share": truth.shares[0],
    }


def naive(opportunities: pd.DataFrame) -> dict[str, float]:
    """Return what counting rows gives: figures without truncation and censoring."""
    decided = opportunities[opportunities["deal_stage"].isin(["Won", "Lost"])]
    days = (decided["close_date"] - decided["engage_date"]).dt.days
    won = decided["deal_stage"] == "Won"
    return {
        "win_rate": float(won.mean()),
        "won_share_of_opened": float(won.sum() / len(opportunities)),
        "undecided_share": 1.0 - len(decided) / len(opportunities),
        "cycle_won_median_days": float(days[won].median()),
        "cycle_lost_median_days": float(days[~won].median()),
    }
