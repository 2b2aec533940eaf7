# SPDX-License-Identifier: Apache-2.0
"""Does the fit find what a log was drawn from? Coverage, ranks and bias over many small logs.

`python -m pardner calibrate recovery -o FILE` writes the study; docs/validation holds the run
with 400 logs.
"""

from __future__ import annotations

import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from .errors import BadInput
from .export import write_crm
from .fit import fit_log
from .log import read_log
from .synthetic import Truth, naive, synthetic_log

BINS = 10
SEED = 400


@dataclass(frozen=True)
class Study:
    """ranks: one row per log and figure (log, key, true, value, naive, rank, covered, share).

    rank: share of posterior draws below the truth. share: how much the data decided. wins: won
    deals per log. unfitted: logs with too little in them.
    """

    ranks: pd.DataFrame
    wins: np.ndarray
    unfitted: int


def draw_truth(rng: np.random.Generator) -> Truth:
    """Return a company drawn from a wide population, sized for some 60 won deals in its log."""
    win, undecided = rng.uniform(0.15, 0.6), rng.uniform(0.05, 0.35)
    days, accounts = int(rng.uniform(300, 760)), int(rng.integers(25, 150))
    wins = 60.0 * rng.lognormal(0.0, 0.3)
    won_days = 55.0 * rng.lognormal(0.0, 0.35)
    return Truth(
        accounts=accounts,
        need_rate=wins / (accounts * days / 365.25 * win * (1 - undecided)),
        need_rate_sigma=abs(0.7 * rng.normal()),
        agents=int(rng.integers(3, 16)),
        agent_win_sigma=abs(0.5 * rng.normal()),
        agent_volume_sigma=abs(0.7 * rng.normal()),
        win_rate=win, undecided=undecided, won_days=won_days,
        lost_days=won_days * rng.lognormal(0.1, 0.35),
        cycle_sigma=rng.uniform(0.4, 0.8), size_sigma=rng.uniform(0.1, 0.8),
        size_ratio=rng.uniform(0.7, 1.1), days=days,
    )  # fmt: skip


def one_log(number: int, seed: int = SEED) -> list[dict]:
    """Return the rows of Study.ranks for synthetic log `number`; empty if it cannot be fitted."""
    rng = np.random.default_rng([seed, number])
    truth = draw_truth(rng)
    made = synthetic_log(truth, rng)
    with tempfile.TemporaryDirectory() as folder:
        write_crm(made.opportunities, folder, made.prices)
        log = read_log(folder)
    try:
        fit = fit_log(log, seed=number, forecast=False)
    except BadInput:
        return []
    counted = naive(made.opportunities)
    rows = []
    for key, true in made.truth.items():
        if key not in fit.figures:
            continue
        found = fit[key]
        low, high = found.interval(0.9)
        below = float((found.draws < true).mean() + 0.5 * (found.draws == true).mean())
        rows.append({
            "log": number, "key": key, "true": true, "value": found.value,
            "naive": counted.get(key, np.nan), "rank": below, "covered": low <= true <= high,
            "share": found.data_share, "wins": int((log.table["stage"] == "won").sum()),
        })  # fmt: skip
    return rows


def study(logs: int, jobs: int = 1, seed: int = SEED) -> Study:
    """Return the study over `logs` synthetic logs, fitted in `jobs` processes."""
    if jobs > 1:
        with ProcessPoolExecutor(jobs) as pool:
            found = list(pool.map(one_log, range(logs), [seed] * logs, chunksize=4))
    else:
        found = [one_log(k, seed) for k in range(logs)]
    ranks = pd.DataFrame([row for rows in found for row in rows])
    wins = np.array([rows[0]["wins"] for rows in found if rows])
    return Study(ranks, wins, sum(not rows for rows in found))


def coverage(found: Study) -> pd.DataFrame:
    """Return per figure: n, coverage of 90% intervals, bias of the fit and of counting rows.

    Biases are medians of the estimate minus the truth, relative to the truth. p_ranks tests the
    ranks for evenness (chi-square over 10 bins).
    """
    rows = []
    for key, part in found.ranks.groupby("key", sort=False):
        bins = rank_counts(part["rank"])
        scale = part["true"].abs().clip(lower=1e-3)
        rows.append({
            "key": key, "n": len(part), "coverage": part["covered"].mean(),
            "bias": ((part["value"] - part["true"]) / scale).median(),
            "naive_bias": ((part["naive"] - part["true"]) / scale).median(),
            "p_ranks": float(stats.chisquare(bins).pvalue), "share": part["share"].median(),
            "bins": bins,
        })  # fmt: skip
    return pd.DataFrame(rows)


def rank_counts(ranks: pd.Series) -> np.ndarray:
    """Return how many ranks (0 to 1) fall into each of 10 equal bins."""
    return np.bincount(np.minimum((ranks * BINS).astype(int), BINS - 1), minlength=BINS)


def study_text(found: Study) -> str:
    """Return the study as a Markdown page."""
    table = coverage(found)
    lines = [
        "# Calibration: parameter recovery", "",
        "Written by `python -m pardner calibrate recovery --logs "
        f"{len(found.wins) + found.unfitted} -o docs/validation/calibration_recovery.md`; do not "
        "edit.", "",
        f"{len(found.wins)} synthetic logs were fitted ({found.unfitted} held fewer than 20 "
        f"decided opportunities), with {np.median(found.wins):.0f} won deals in the median "
        f"(10% {np.quantile(found.wins, 0.1):.0f}, 90% {np.quantile(found.wins, 0.9):.0f}). Each "
        "is drawn from a company of its own (`recovery.draw_truth`), seen through a window of "
        "10 to 25 months: earlier decisions are missing, later ones still open. Cycles are "
        "lognormal, which the fit does not assume.", "",
        "Asked: 90% intervals cover 85-95%. Bias: median of (estimate - truth) / truth. Naive: "
        "counting rows. Rank p: chi-square test that the truth's rank among the draws is even.",
        "", "| figure | logs | coverage of 90% | bias | naive bias | rank p | data decided |",
        "|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    for r in table.itertuples():
        raw = "" if np.isnan(r.naive_bias) else f"{r.naive_bias:+.1%}"
        good = "" if 0.85 <= r.coverage <= 0.95 else " (outside)"
        lines.append(f"| {r.key} | {r.n} | {r.coverage:.1%}{good} | {r.bias:+.1%} | {raw} | "
                     f"{r.p_ranks:.2g} | {r.share:.0%} |")  # fmt: skip
    lines += ["", "## Rank histograms", "", "Truths per tenth of the posterior; even is right, a "
              "heap at the ends means intervals too narrow, in the middle too wide.", "",
              "| figure | " + " | ".join(f"{k}" for k in range(1, BINS + 1)) + " |",
              "|---" * (BINS + 1) + "|"]  # fmt: skip
    lines += [f"| {r.key} | " + " | ".join(map(str, r.bins)) + " |" for r in table.itertuples()]
    lines += ["", "## What logs of this size cannot tell", ""]
    weak = table[table["share"] < 0.75].sort_values("share")
    for r in weak.itertuples():
        lines.append(f"- {r.key}: the data decide {r.share:.0%} of its width, the default the rest")
    if weak.empty:
        lines.append("- nothing: each figure is decided by the data")
    return "\n".join(lines) + "\n"
