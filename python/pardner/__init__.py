# SPDX-License-Identifier: Apache-2.0
"""Pardner: what a partner ecosystem will do before anyone signs.

First steps:

    import pardner
    pardner.demo()                                    # a first look, no files needed
    base = pardner.scenarios["saas_60"]               # or pardner.Scenario.load("acme.toml")
    more = base.with_({"hiring.account_executives": 1}, name="one more account executive")
    print(pardner.compare([base, more], replicates=200, seed=1).sentence)
"""

from importlib import import_module
from types import ModuleType

from ._core import __version__
from .comparison import Comparison, compare
from .errors import (
    BadInput,
    InterruptedRun,
    NotEnoughMemory,
    PardnerError,
    ResultFileError,
    ScenarioError,
    SweepError,
)
from .files import open
from .first_look import demo
from .partners import explain, incremental, overlap
from .results import Ensemble, Result
from .scenario import Packaged, Scenario
from .versions import show_versions

scenarios = Packaged()


def __getattr__(name: str) -> ModuleType:
    """The larger parts of the package, loaded when first used: they take a second."""
    if name in ("calibrate", "claims", "compensation", "partners", "salesforce"):
        return import_module(f"pardner.{name}")
    raise AttributeError(f"module 'pardner' has no attribute {name!r}")


__all__ = [
    "BadInput", "Comparison", "Ensemble", "InterruptedRun", "NotEnoughMemory", "PardnerError",
    "Result", "ResultFileError", "Scenario", "ScenarioError", "SweepError", "__version__",
    "compare", "demo", "explain", "incremental", "open", "overlap", "scenarios", "show_versions",
]  # fmt: skip
