# SPDX-License-Identifier: Apache-2.0
"""What a bug report should say."""

from __future__ import annotations

import platform
import sys
from importlib import metadata

from . import _core

LIBRARIES = (
    "numpy", "pandas", "xarray", "h5netcdf", "h5py", "netCDF4", "scipy", "matplotlib", "jinja2",
    "tqdm",
)  # fmt: skip


def show_versions() -> None:
    """Prints versions of pardner, Python and the libraries, and the platform."""
    rows = {"pardner": _core.__version__, "Python": sys.version.split()[0]}
    rows["platform"] = f"{platform.platform()}, {_core.default_threads()} threads"
    for name in LIBRARIES:
        try:
            rows[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            rows[name] = "not installed"
    for name, value in rows.items():
        print(f"{name:<12} {value}")
