# SPDX-License-Identifier: Apache-2.0
"""What may be said about a difference: four verdicts, from a joint interval and an indifference.

The rule for a fixed number of futures: the interval mean +- joint error holds for all options and
horizons of the table together with 95%, so a table of options that do not differ says "better" or
"worse" anywhere in at most 5% of cases. Looking again after more futures is a different rule.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from .statistics import pairs_to_decide

USEFULLY_BETTER = "better by a useful amount"
BETTER = "better"
NO_USEFUL_DIFFERENCE = "no useful difference"
UNDECIDED = "undecided"
WORSE = "worse"
USEFULLY_WORSE = "worse by a useful amount"


@dataclass(frozen=True)
class Verdict:
    """What the futures decide. `kind` is one of the constants above.

    "worse" is "better" said of the reference. `pairs_needed` is set for "undecided" only: the
    number of futures that would decide with 90% if things stay as seen (infinite: none would).
    """

    kind: str
    pairs_needed: float | None = None

    @property
    def better(self) -> bool:
        """Better, usefully or not."""
        return self.kind in (BETTER, USEFULLY_BETTER)

    @property
    def worse(self) -> bool:
        """Worse, usefully or not."""
        return self.kind in (WORSE, USEFULLY_WORSE)

    def __str__(self) -> str:
        if self.kind != UNDECIDED or self.pairs_needed is None:
            return self.kind
        if not math.isfinite(self.pairs_needed) or self.pairs_needed > 1e6:
            return f"{UNDECIDED} (more futures would not decide it)"
        return f"{UNDECIDED} (about {self.pairs_needed:,.0f} futures would decide)"


def judge(
    gain: float, joint_error: float, delta: float = 0.0, *, futures: int = 0,
    standard_error: float = 0.0,
) -> Verdict:  # fmt: skip
    """The verdict on a mean gain (positive = better) with its joint simulation error.

    `delta`, the indifference, is an amount of the same unit, not negative: a smaller difference
    is of no use. A difference that is surely there and surely below delta is "no useful
    difference". `futures` and `standard_error` are needed to say how many futures would decide.
    """
    if not delta >= 0:
        raise ValueError(f"the indifference must be 0 or more, not {delta}")
    low, high = gain - joint_error, gain + joint_error
    if -delta <= low and high <= delta:
        return Verdict(NO_USEFUL_DIFFERENCE)
    if low > 0:
        return Verdict(USEFULLY_BETTER if low > delta else BETTER)
    if high < 0:
        return Verdict(USEFULLY_WORSE if high < -delta else WORSE)
    if futures < 2 or standard_error == 0 or not math.isfinite(joint_error):
        return Verdict(UNDECIDED, math.inf)
    needed = pairs_to_decide(
        gain, standard_error * math.sqrt(futures), delta, critical=joint_error / standard_error
    )
    return Verdict(UNDECIDED, max(needed, 50 * (futures // 50 + 1)))


def indifference(yearly_costs: Iterable[float]) -> float:
    """The default indifference: one month of the cheapest option's planned yearly cost.

    Options that cost nothing (doing nothing) do not count; 0 if no option costs anything.
    """
    costs = [cost for cost in yearly_costs if cost > 0]
    return min(costs) / 12 if costs else 0.0
