# SPDX-License-Identifier: Apache-2.0
"""Claims about the model: files committed before they are run, judged by one rule (docs/claims.md).

from pardner import claims
claim = claims.load_claim("tests/claims/A3.toml")
run = claims.run_claim(claim, claims.Runner(), pairs=30)
print(claims.verdicts([claim], {claim.id: run})[claim.id])
"""

from .claim import Claim, Contrast, Variant, load_claim, load_claims
from .command import main
from .estimate import Estimate, estimate
from .history import History, golden_digest, stale
from .measures import MEASURES, Measure
from .running import Run, Runner, run_claim, scenario_of
from .table import render
from .verdict import Verdict, quick_failures, verdicts
from .world import World

__all__ = [
    "MEASURES", "Claim", "Contrast", "Estimate", "History", "Measure", "Run", "Runner", "Variant",
    "Verdict", "World", "estimate", "golden_digest", "load_claim", "load_claims", "main",
    "quick_failures", "render", "run_claim", "scenario_of", "stale", "verdicts",
]  # fmt: skip
