# SPDX-License-Identifier: Apache-2.0
"""What is believed before the log is read: the value, its 10% and 90% limits, and why.

The width of these limits against the width after the data says who decided a figure. Where the
fit itself uses a prior, it is the one named here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Default:
    """A figure before any data; scale is where widths are compared: log, logit or none."""

    value: float
    low: float
    high: float
    scale: str
    source: str


SA43 = "science.md SA43: 21% of all opportunities, 29% of qualified ones"
CYCLE = "science.md SA43: median 60 days at 25k, 72 days at 35k"
OURS = "our guess, no source"

DEFAULTS: dict[str, Default] = {
    "win_rate": Default(0.29, 0.10, 0.60, "logit", SA43),
    "won_share_of_opened": Default(0.21, 0.07, 0.50, "logit", SA43),
    "undecided_share": Default(0.28, 0.08, 0.60, "logit", "the two rates of SA43 together"),
    "cycle_median_days": Default(66, 20, 200, "log", CYCLE),
    "cycle_won_median_days": Default(66, 20, 200, "log", CYCLE),
    "cycle_lost_median_days": Default(66, 20, 200, "log", CYCLE),
    "cycle_mean_weeks": Default(13, 4, 40, "log", "feasibility.md: 6 + Exp(8) weeks"),
    "cycle_sd_weeks": Default(8, 2.5, 25, "log", "feasibility.md: 6 + Exp(8) weeks"),
    "agent_win_sigma": Default(0.34, 0.06, 0.82, "none", "half-normal with scale 0.5; " + OURS),
    "agent_volume_sigma": Default(0.47, 0.09, 1.15, "none", "half-normal with scale 0.7; " + OURS),
    "need_rate": Default(0.4, 0.1, 10.0, "log", "feasibility.md: 0.4 a year; " + OURS),
    "need_rate_sigma": Default(0.47, 0.09, 1.15, "none", "half-normal with scale 0.7; " + OURS),
    "size_sigma": Default(0.6, 0.2, 1.2, "log", "feasibility.md: 0.6; SB20"),
}
# Figures that only the log can give: nobody has a default for them.
OPEN_DEFAULT = Default(float("nan"), 1e-6, 1e6, "log", "none: nothing is known before the log")


def default_of(key: str) -> Default:
    """Return the default of figure `key`; `product.<name>.size_sigma` shares one."""
    return DEFAULTS.get(key) or DEFAULTS.get(key.rsplit(".", 1)[-1]) or OPEN_DEFAULT
