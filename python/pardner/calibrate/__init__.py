# SPDX-License-Identifier: Apache-2.0
"""Calibration: from a sales log to a scenario, with an interval on every figure.

crm(path, map=None) fits a log; main(argv) is `pardner calibrate`; write_crm writes a log in the
shape that crm reads, opportunities_of makes one from a simulation's result. The methods are in
docs/calibration.md.
"""

from .command import main
from .errors import BadInput
from .export import opportunities_of, write_crm
from .figure import Figure
from .fit import Fit, crm, fit_log
from .log import Log, read_log
from .mapping import Map, read_map
from .scenario_of import scenario_of

__all__ = [
    "BadInput", "Figure", "Fit", "Log", "Map", "crm", "fit_log", "main", "opportunities_of",
    "read_log", "read_map", "scenario_of", "write_crm",
]  # fmt: skip
