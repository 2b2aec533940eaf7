# SPDX-License-Identifier: Apache-2.0
"""Partners in results: who touched which deal, what is attributed to whom, what they really bring.

found = pardner.incremental("saas_60", replicates=100)   # attributed beside incremental
pardner.overlap("result.h5").to_csv("known.csv")          # who knows which account
pardner.explain("result.h5", "118-3")                     # the story of one deal
"""

from __future__ import annotations

from .account_map import Overlap, overlap
from .attribution import RULES, attributed, by_partner, parties
from .contribution import Cost, Incremental, incremental
from .future import Future, look, source_of
from .story import Story, deals, explain

__all__ = [
    "RULES", "Cost", "Future", "Incremental", "Overlap", "Story", "attributed", "by_partner",
    "deals", "explain", "incremental", "look", "overlap", "parties", "source_of",
]  # fmt: skip
