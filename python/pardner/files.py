# SPDX-License-Identifier: Apache-2.0
"""Result files back into results."""

from __future__ import annotations

import os

from .comparison import Comparison
from .results import Ensemble
from .scenario import Path


def open(path: Path, engine: str | None = None) -> Ensemble | Comparison:
    """The results of a file: a Comparison if it holds several options, else an Ensemble.

    Reads also what an interrupted run left (`.partial`); futures that did not run are then
    missing. engine: xarray's, "netcdf4" (None) or "h5netcdf". Raises ResultFileError.
    """
    from .datasets import from_file

    dataset = from_file(path, engine)
    kind = Comparison if dataset.sizes["arm"] > 1 else Ensemble
    return kind(dataset=dataset, path=os.fspath(path))
