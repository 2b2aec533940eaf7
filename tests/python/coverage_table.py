# SPDX-License-Identifier: Apache-2.0
"""Prints the coverage table of docs/statistics.md: python tests/python/coverage_table.py

Share of 2,000 experiments in which the 95% interval holds the true mean, and the half width of
the interval in standard errors (median), for the plain t interval and for ours.
"""

import numpy as np
from pardner import statistics
from scipy.stats import t as student

EXPERIMENTS = 2000
CASES = {
    "normal": (lambda r, shape: r.standard_normal(shape), 0.0),
    "lognormal, sigma 0.5": (lambda r, s: np.exp(0.5 * r.standard_normal(s)), np.exp(0.125)),
    "lognormal, sigma 1.0": (lambda r, s: np.exp(r.standard_normal(s)), np.exp(0.5)),
    "lognormal, sigma 1.3": (lambda r, s: np.exp(1.3 * r.standard_normal(s)), np.exp(0.845)),
    "lognormal, sigma 1.7": (lambda r, s: np.exp(1.7 * r.standard_normal(s)), np.exp(1.445)),
    "difference of two lognormals, 1.7": (
        lambda r, s: np.exp(1.7 * r.standard_normal(s)) - np.exp(1.7 * r.standard_normal(s)), 0.0),
    "one in twenty, else 0": (lambda r, s: (r.random(s) < 0.05) * 1.0, 0.05),
}  # fmt: skip


def measure(draw, mean, futures):
    """(coverage of t, coverage of ours, median critical value of ours)."""
    differences = draw(np.random.default_rng([futures, 99]), (futures, EXPERIMENTS))
    found = statistics.mean_errors(differences, seed=1, name="coverage", resamples=1000)
    off = np.abs(found.mean - mean)
    width = student.ppf(0.975, futures - 1) * found.standard_error
    critical = found.error / np.where(found.standard_error > 0, found.standard_error, 1)
    return (off <= width).mean(), (off <= found.error).mean(), np.median(critical)


if __name__ == "__main__":
    print("| paired differences | futures | t interval | ours | half width in SE |")
    print("|---|---|---|---|---|")
    for name, (draw, mean) in CASES.items():
        for futures in (50, 100, 200, 500):
            plain, ours, critical = measure(draw, mean, futures)
            print(f"| {name} | {futures} | {plain:.1%} | {ours:.1%} | {critical:.2f} |")
