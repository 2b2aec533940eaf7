# SPDX-License-Identifier: Apache-2.0
"""From a clean log to figures with intervals: the heart of `pardner calibrate crm`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import special

from . import arrivals, pooling
from .estimate import Estimate, estimate, value_per_win
from .export_json import fit_json
from .figure import Figure, figure
from .holdout import Holdout, holdout
from .incidence import Incidence
from .log import Log, read_log
from .mapping import Map, read_map
from .notes import notes_of
from .window import LOST, WON, window_of

DRAWS = 1000
SEED = 20171231  # the fit's own draws; results repeat to the bit on one version of numpy


@dataclass(frozen=True)
class Product:
    """A product of the log: slug for keys, price [currency units], whether a list gave it."""

    name: str
    slug: str
    price: float
    price_listed: bool


@dataclass(frozen=True)
class Fit:
    """A fitted log.

    figures: key -> Figure. agents: one row per agent (won, decided, active, log_odds, error),
    without names. estimate: curves and cohorts behind the figures. holdout: forecast of the
    log's last quarter by the rest, None if the log is too short.
    """

    log: Log
    figures: dict[str, Figure]
    products: list[Product]
    agents: pd.DataFrame
    account_counts: np.ndarray
    estimate: Estimate
    holdout: Holdout | None
    notes: list[str] = field(default_factory=list)

    def __getitem__(self, key: str) -> Figure:
        return self.figures[key]

    def to_json(self) -> str:
        """Return the fit as JSON text: figures, reading, defects, targets, held-out table."""
        return fit_json(self)


def crm(path: str | Path, map: str | Path | Map | None = None) -> Fit:
    """Return the fit of the sales log at `path`, a CSV file or a folder in the maven shape.

    map: a map file, or a Map, that says what the header does not. Raises BadInput with one
    message that tells what was found and what to do.
    """
    given = map if isinstance(map, Map) else read_map(map)
    return fit_log(read_log(path, given), given)


def fit_log(log: Log, given: Map | None = None, seed: int = SEED, draws: int = DRAWS,
            forecast: bool = True) -> Fit:  # fmt: skip
    """Return the fit of a clean log; `forecast` adds the held-out quarter."""
    given = given or Map()
    rng = np.random.default_rng(seed)
    window = window_of(log.table, given)
    found = estimate(log.table, log.prices, window, rng, draws)
    products = _products(log, found)
    figures = [*_cycle_figures(found), *_product_figures(log, found, products, rng, draws)]
    agents, more = _agent_figures(log, found, rng, draws)
    counts, accounts = _account_figures(log, found, given, rng, draws)
    figures += more + accounts
    held = holdout(log.table, log.prices, window, seed, draws) if forecast else None
    by_key = {f.key: f for f in figures}
    fit = Fit(log, by_key, products, agents, counts, found, held)
    return Fit(log, by_key, products, agents, counts, found, held, notes_of(fit))


def _cycle_figures(found: Estimate) -> list[Figure]:
    inc: Incidence = found.incidence
    decided = int(found.spells.decided.sum())
    won = int((found.spells.cause == WON).sum())
    mean, sd = (days / 7.0 for days in inc.mean_sd())
    shortest = np.maximum(mean - sd, 0.0)
    n, how = len(found.spells.exit), inc.method
    clock = "first two moments of the cycle"
    weeks = "openings in whole weeks, overdispersed Poisson"
    return [
        figure("win_rate", inc.win_rate(), "share of decided", decided, how),
        figure("won_share_of_opened", inc.won_share(), "share of opened", n, how),
        figure("undecided_share", inc.undecided(), "share of opened", n, how),
        figure("cycle_median_days", inc.median(), "days", decided, how),
        figure("cycle_won_median_days", inc.median(WON), "days", won, how),
        figure("cycle_lost_median_days", inc.median(LOST), "days", decided - won, how),
        figure("cycle_mean_weeks", mean, "weeks", decided, how),
        figure("cycle_sd_weeks", sd, "weeks", decided, how),
        figure("clock_min_weeks", shortest, "weeks", decided, clock),
        figure("clock_exponential_weeks", mean - shortest, "weeks", decided, clock),
        figure("opened_per_week", found.opened, "per week", found.weekly.sum(), weeks),
    ]


def _products(log: Log, found: Estimate) -> list[Product]:
    products, taken = [], set()
    for name in found.products.value_counts().index:
        slug = re.sub(r"[^a-z0-9]+", "_", str(name).casefold()).strip("_")[:40] or "product"
        slug = slug if slug[0].isalpha() else f"p_{slug}"
        while slug in taken:
            slug += "_2"
        taken.add(slug)
        listed = name in log.prices
        price = log.prices[name] if listed else float(np.exp(found.sizes.log_ratio[name].mean()))
        products.append(Product(str(name), slug, price, listed))
    return products


def _product_figures(log: Log, found: Estimate, products, rng, draws) -> list[Figure]:
    opened = found.products[log.table["opened"].notna()].value_counts()
    counts = np.array([opened.get(p.name, 0) for p in products])
    mix = arrivals.shares(counts, rng, draws)
    decided = log.table["closed"].between(found.used.start, found.used.end)
    won = (decided & (log.table["stage"] == "won")).groupby(found.products).sum()
    tried = decided.groupby(found.products).sum()
    names = [p.name for p in products]
    odds = pooling.binomial(won[names], tried[names], rng, draws, 0.5)
    figures = [figure("value_per_win", value_per_win(found, log.prices, log.table, rng, draws),
                      log.reading.currency, sum(found.sizes.n.values()),
                      "lognormal sizes, mix of won products")]  # fmt: skip
    for k, product in enumerate(products):
        key, name, n = f"product.{product.slug}", product.name, found.sizes.n[product.name]
        ratio, sigma = found.sizes.log_ratio[name], found.sizes.sigma[name]
        price = product.price if product.price_listed else np.exp(ratio)
        ratio = np.exp(ratio) if product.price_listed else np.exp(ratio) / product.price
        rate = special.expit(odds.traits[k] + odds.errors[k] * rng.normal(size=draws))
        how = "price list" if product.price_listed else "median of won deals"
        size = "lognormal, spread pooled over products"
        figures += [
            figure(f"{key}.price", price, log.reading.currency, n, how),
            figure(f"{key}.size_ratio", ratio, "median value / price", n, size),
            figure(f"{key}.size_sigma", sigma, "log-sd", n, size),
            figure(f"{key}.share", mix[:, k], "share of opened", counts.sum(), "Dirichlet"),
            figure(
                f"{key}.win_rate", rate, "share of decided", int(tried[name]), "pooled log-odds"
            ),
        ]
    return figures


def _agent_figures(log: Log, found: Estimate, rng, draws) -> tuple[pd.DataFrame, list[Figure]]:
    agents = arrivals.agents(log.table, found.used, found.window)
    active = int(agents["active"].sum())
    figures = [figure("agents_active", active, "agents", len(agents), "seen in the last 13 weeks")]
    if active:
        figures.append(_load(found, active))
    if len(agents) >= 2:
        odds = pooling.binomial(agents["won"], agents["decided"], rng, draws, 0.5)
        volume = pooling.poisson(agents["decided"], found.used.weeks, rng, draws, 0.7, True)
        n = int(agents["decided"].sum())
        figures += [
            figure("agent_win_sigma", odds.sigma, "log-odds", n, "pooled log-odds"),
            figure("agent_volume_sigma", volume.sigma, "log-sd", n, "pooled Poisson rates"),
        ]
        agents = agents.assign(log_odds=odds.traits, error=odds.errors)
    return agents.sort_values("decided", ascending=False).reset_index(drop=True), figures


def _load(found: Estimate, active: int) -> Figure:
    """Return how many opportunities that will be decided an agent has open at a time."""
    inc = found.incidence
    weeks = inc.mean_sd()[0] / 7.0
    draws = found.opened * (1.0 - inc.undecided()) * weeks / active
    how = "openings x share decided x mean cycle / agents"
    return figure("open_per_agent", draws, "opportunities", found.weekly.sum(), how)


def _account_figures(log: Log, found: Estimate, given: Map, rng, draws):
    listed = given.accounts or (len(log.accounts) if log.accounts is not None else None)
    result = arrivals.accounts(log.table, found.used, listed, rng, draws)
    figures = [figure("regions", log.regions, "regions", log.regions, "team list")] if (
        log.regions) else []  # fmt: skip
    if result is None:
        return np.zeros(0), figures
    pooled, number, counts, known = result
    rate = found.opened * 52.18 / number
    how = "account list" if known else "seen, and those too rare to be seen"
    n = int(counts.sum())
    figures += [
        figure("accounts", float(number[0]) if known else number, "accounts", n, how),
        figure("need_rate", rate, "per account and year", n, "openings / accounts"),
        figure("need_rate_sigma", pooled.sigma, "log-sd", n, "pooled Poisson rates"),
    ]
    return counts, figures
