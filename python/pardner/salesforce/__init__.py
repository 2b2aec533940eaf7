# SPDX-License-Identifier: Apache-2.0
"""Salespeople in simulation results: what they work on, reach, earn and cost.

    from pardner import salesforce

    run = salesforce.watch([linear, accelerated], replicates=40)   # people week by week
    salesforce.measures(run.ensemble)                              # a tidy table, ratios of sums
    salesforce.by_rep(run.reps), salesforce.effort(run.reps)       # a row per person (and product)
    salesforce.plot_attainments(run)                               # kinks of each plan marked
    salesforce.plot_week_of_quarter(run)
    salesforce.plot_effort_share(salesforce.sweep(scenario, key, values, reference=value))
    salesforce.plot_rep_quarter(salesforce.rep_quarter(run, row=4, quarter=2))

Pictures need matplotlib (the extra `plot`).
"""

from typing import Any

from .measures import MEASURES, Measure, attainments, by_rep, effort, measures, ratio
from .quarter import RepQuarter, by_week_of_quarter, rep_quarter
from .relative_pay import pay_of_a_sale, share_table, smooth_law, sweep
from .terms import Mark, Terms, of_figures, terms
from .watch import PRODUCTS, ROLES, Watched, by_week, quarter_ends, read_reps, watch

PICTURES = ("plot_attainment", "plot_attainments", "plot_effort_share", "plot_rep_quarter",
            "plot_week_of_quarter")  # fmt: skip


def __getattr__(name: str) -> Any:
    """The pictures, loaded when first used: they need matplotlib."""
    if name in PICTURES:
        from . import plots

        return getattr(plots, name)
    raise AttributeError(f"module 'pardner.salesforce' has no attribute {name!r}")


__all__ = [
    "MEASURES", "PICTURES", "PRODUCTS", "ROLES", "Mark", "Measure", "RepQuarter", "Terms", "Watched",
    "attainments", "by_rep", "by_week", "by_week_of_quarter", "effort", "measures", "of_figures",
    "pay_of_a_sale", "quarter_ends", "ratio", "read_reps", "rep_quarter", "share_table",
    "smooth_law", "sweep", "terms", "watch",
]  # fmt: skip
