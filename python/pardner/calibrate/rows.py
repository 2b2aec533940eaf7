# SPDX-License-Identifier: Apache-2.0
"""How a line of a scenario comes about: from a figure of the fit, or from something else."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """Scenario key `key` takes its value from figure `figure`; `whole` rounds it.

    In PRODUCT_ROWS both are relative to product.<slug>.
    """

    key: str
    figure: str
    whole: bool = False


@dataclass(frozen=True)
class Fixed:
    """Scenario key `key` gets `value`, because of `reason`; the log does not hold it.

    low, high: 10% and 90% values of the belief, if there is one.
    """

    key: str
    value: float
    reason: str
    low: float | None = None
    high: float | None = None
    evidence: str = "guess"
    assumed: bool = True
