# SPDX-License-Identifier: Apache-2.0
"""What a scenario needs and no sales log holds: pay, costs, partners. Sized by what the log does
hold, by ratios of the field (science.md SA41), and marked as assumed with wide beliefs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .rows import Fixed

if TYPE_CHECKING:
    from .fit import Fit

QUOTA_TO_OTE = 5.0  # SA41: quotas are 4 to 6 times on-target earnings
BASE_SHARE = 0.5  # SA41: half of on-target earnings is base salary
TOOLS_SHARE = 0.08  # software, travel, desk: a guess


def revenue_per_executive(fit: Fit) -> float:
    """Return won value per account executive and year, in units of currency."""
    won = fit["opened_per_week"].value * 52 * fit["won_share_of_opened"].value
    return won * fit["value_per_win"].value / max(fit["agents_active"].value, 1.0)


def _pay(role: str, revenue: float) -> list[Fixed]:
    ote = revenue / QUOTA_TO_OTE
    reason = "no pay in a log; on-target earnings a fifth of sales per head, half of it base (SA41)"
    return [
        Fixed(f"{role}.base_pay", ote * BASE_SHARE, reason),
        Fixed(f"{role}.tools", ote * TOOLS_SHARE, "8% of on-target earnings"),
        Fixed(f"{role}.quota", revenue / 4, "what an account executive sells in a quarter"),
        Fixed(f"{role}.base_rate", (1 - BASE_SHARE) / QUOTA_TO_OTE, reason),
    ]


def assumptions(fit: Fit) -> list[Fixed]:
    """Return what the scenario assumes beyond the fit. The partner manager's planned yearly cost is
    that of an account executive: same base, tools, quota and rate."""
    revenue = revenue_per_executive(fit)
    deal = fit["value_per_win"].value
    load = fit["open_per_agent"].value
    found = _pay("account_executive", revenue) + _pay("partner_manager", revenue)
    found += [
        Fixed("partner_manager.accelerator", 1.5, "as for account executives"),
        Fixed("partner_seller.own_deal", deal, "other products they carry sell for as much",
              deal * 0.5, deal * 2),
        Fixed("partner_seller.own_opportunities", load, "they are as busy as the vendor's people",
              load * 0.5, load * 1.5),
        Fixed("vendor.partner_managers", 0, "no partner in the log"),
        Fixed("program.signed_at_start", 0, "no partner in the log"),
        Fixed("program.candidates", 40, "resellers that could be won: a guess"),
        Fixed("effort.touch_hours", 0, "every opportunity in a log was worked on", 0, 0.1),
    ]  # fmt: skip
    return found
