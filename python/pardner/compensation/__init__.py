# SPDX-License-Identifier: Apache-2.0
"""Exact pay: plans as data, statements to the cent, each cent explained.

    from pardner import compensation as pay

    plan = pay.plans["account_executive"]          # or pay.Plan.load("mine.toml")
    statement = plan.pay("deals.csv")              # docs/plans.md has the columns
    statement.payable, statement.explain("D-17")   # DataFrames
    plan.plot()                                    # pay over attainment, kinks marked
    print(pay.compare(plan, pay.Plan.load("next_year.toml"), "deals.csv"))
    print(pay.check(plan, "deals.csv", "payroll.csv"))

Amounts are computed in whole minor units by the engine (models/compensation); nothing here rounds.
"""

from .check import Check, check
from .compare import PlanComparison, compare
from .plan import Library, Plan
from .statement import Statement

plans = Library()

__all__ = ["Check", "Library", "Plan", "PlanComparison", "Statement", "check", "compare", "plans"]
