# SPDX-License-Identifier: Apache-2.0
"""The pay engine and a vectorised pandas version of the same plan on the same deals, in one run.

    python benchmarks/compare_pandas.py build/release/benchmarks/bench_pay

The program leaves its deals and totals in a directory; pandas reads the same file, pays the plan
of benchmarks/pay.cpp (marginal tiers on quota, a cliff bonus, a SPIF with a pool) in whole cents
on the same pinned processor, and the totals must agree to the cent.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

RUNS = 5
TIERS = ((0, 8), (100, 12), (125, 16))  # from percent of quota, percent of credit
BONUS = 500_000
SPIF, POOL = 5_000, 250_000_000
FIRST, LAST = pd.Timestamp("2027-02-01"), pd.Timestamp("2027-11-30")


def read(path: Path) -> pd.DataFrame:
    deals = pd.read_csv(path, parse_dates=["date"], dtype={"amount": str})
    whole = deals["amount"].str.replace(".", "", regex=False)  # two decimals: cents
    deals["cents"] = whole.astype("int64")
    return deals


def in_order(deals: pd.DataFrame) -> pd.DataFrame:
    return deals.sort_values(["date", "deal_id", "payee"], ignore_index=True)


def half_away(numerator: np.ndarray, denominator: int) -> np.ndarray:
    return (2 * numerator + denominator) // (2 * denominator)  # of what is not negative


def pay(deals: pd.DataFrame, quotas: pd.Series) -> dict[str, int]:
    """What each component pays in the year; `deals` are in order."""
    quarter = deals["date"].dt.quarter
    credit = deals.groupby(["payee", quarter], sort=False)["cents"].sum()
    quota = credit.index.get_level_values(0).map(quotas).to_numpy()
    reached = credit.to_numpy()
    due = np.zeros(len(reached), dtype="int64")  # in ten thousandths of a cent
    for i, (start, rate) in enumerate(TIERS):
        low = quota * start
        high = quota * TIERS[i + 1][0] if i + 1 < len(TIERS) else np.iinfo("int64").max
        due += (np.clip(reached * 100, low, high) - low) * rate
    claims = deals["date"].between(FIRST, LAST) & (deals["product"] == "addon")
    claims &= deals["cents"] > 0
    before = SPIF * np.arange(int(claims.sum()), dtype="int64")
    return {
        "commission": int(half_away(due, 10_000).sum()),
        "bonus": int((reached >= quota).sum()) * BONUS,
        "push": int(np.clip(POOL - before, 0, SPIF).sum()),
    }


def best(work: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def quotas_of(plan: Path) -> pd.Series:
    lines = plan.read_text().split("\n[payee.")[1:]
    return pd.Series({line[:4]: 100 * int(line.split("quota = ")[1]) for line in lines})


def main() -> None:
    program = Path(sys.argv[1]).resolve()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as name:
        where = Path(name)
        print(subprocess.run([program, where], check=True, capture_output=True, text=True).stdout)
        ours = json.loads((where / "pay.json").read_text())
        quotas = quotas_of(where / "plan.toml")
        reading = best(lambda: read(where / "deals.csv"))
        deals = read(where / "deals.csv")
    ordering = best(lambda: in_order(deals))
    ordered = in_order(deals)
    paying = best(lambda: pay(ordered, quotas))
    cents = pay(ordered, quotas)
    if cents != ours["cents"]:
        sys.exit(f"totals differ: pandas {cents}, Pardner {ours['cents']}")
    rate = len(ordered) / paying
    print(f"totals agree to the cent: {cents}")
    print(f"pandas {pd.__version__}: reading {reading:.2f} s, ordering {ordering:.2f} s,", end=" ")
    print(f"{rate / 1e6:.2f} million credits/s (totals only, no payee's statement)")
    print(f"Pardner / pandas: {ours['plain'] / rate:.2f} without traces,", end=" ")
    print(f"{ours['traced'] / rate:.2f} with")


if __name__ == "__main__":
    main()
