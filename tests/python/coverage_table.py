# SPDX-License-Identifier: Apache-2.0
"""Prints the coverage table of docs/statistics.md: python tests/python/coverage_table.py

Share of 2,000 experiments in which a nominal 95% interval holds the true mean: Student's t, the
symmetric studentised bootstrap without smoothed tails, and ours; and the half width of ours in
standard errors (median).
"""

from unittest import mock

import numpy as np
from scipy.stats import t as student

from pardner import statistics

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


def plain(differences):
    """In place of statistics.smooth_tails: every future as it was."""
    return np.repeat(differences[:, None], 16, axis=1)


def row(name, futures):
    """One line of the table."""
    draw, mean = CASES[name]
    differences = draw(np.random.default_rng([futures, 99]), (futures, EXPERIMENTS))
    ours = statistics.mean_errors(differences, seed=1, name="coverage", resamples=1000)
    with mock.patch.object(statistics, "smooth_tails", plain):
        bootstrap = statistics.mean_errors(differences, seed=1, name="coverage", resamples=1000)
    off = np.abs(ours.mean - mean)
    t = student.ppf(0.975, futures - 1) * ours.standard_error
    covered = [f"{(off <= error).mean():.1%}" for error in (t, bootstrap.error, ours.error)]
    varying = ours.standard_error > 0
    critical = np.median(ours.error[varying] / ours.standard_error[varying])
    return f"| {name} | {futures} | {' | '.join(covered)} | {critical:.2f} |"


if __name__ == "__main__":
    print("| paired differences | futures | t | plain bootstrap | ours | half width in SE |")
    print("|---|---|---|---|---|---|")
    for case in CASES:
        for count in (50, 100, 200, 500):
            print(row(case, count), flush=True)
