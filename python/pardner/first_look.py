# SPDX-License-Identifier: Apache-2.0
"""A first look: a small what-if of a packaged company, a second of work, no files."""

from __future__ import annotations

from .comparison import Comparison, compare
from .scenario import Scenario

COMPANY = "saas_60"
FUTURES = 50


def demo(*, plot: bool = True) -> Comparison:
    """Compares a software company of 60 people as it is with one more account executive.

    Prints the answer and returns the comparison; draws it if matplotlib is there (plot).
    """
    base = Scenario.load(COMPANY)
    more = base.with_({"hiring.account_executives": 1}, name="one more account executive")
    found = compare([base, more], names=["as is", more.name], replicates=FUTURES)
    print(f"{base.title}, {FUTURES} futures of each option:")
    print(found.sentence)
    if plot:
        _draw(found)
    return found


def _draw(found: Comparison) -> None:
    try:
        import matplotlib.pyplot as plt
    except ImportError:
        print("(a picture needs matplotlib: pip install 'pardner[plot]')")
        return
    found.plot_all()
    plt.show()
