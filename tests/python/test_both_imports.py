# SPDX-License-Identifier: Apache-2.0
"""Our HDF5 and those inside the wheels of h5py and netCDF4 live in one process, in any order."""

import subprocess
import sys
from itertools import permutations
from pathlib import Path

import pytest

WORK = """
import sys
names, folder = sys.argv[1].split(","), sys.argv[2]
for name in names:
    __import__(name)
import h5py, netCDF4, numpy, pardner
with h5py.File(f"{folder}/scales.h5", "w") as file:  # what broke in other projects
    file["x"] = numpy.arange(3.0)
    file["x"].make_scale("x")
    file["y"] = numpy.ones(3)
    file["y"].dims[0].attach_scale(file["x"])
ensemble = pardner.scenarios["bass"].replicate(2, output=f"{folder}/run.h5")
with h5py.File(f"{folder}/run.h5") as file:
    assert (file["adopters"][:] == ensemble["adopters"]).all()
    assert file["adopters"].dims[2][0].name == "/time"
with netCDF4.Dataset(f"{folder}/run.h5") as file:
    assert (file["adopters"][:] == ensemble["adopters"]).all()
with h5py.File(f"{folder}/scales.h5") as file:
    assert file["y"].dims[0][0].name == "/x"
opened = pardner.open(f"{folder}/run.h5")
assert opened.digest == ensemble.digest
ensemble.save(f"{folder}/again.h5")
print(h5py.version.hdf5_version, "fine")
"""


@pytest.mark.parametrize("order", list(permutations(["h5py", "pardner", "netCDF4"])), ids=",".join)
def test_import_order(order: tuple[str, ...], tmp_path: Path) -> None:
    command = [sys.executable, "-c", WORK, ",".join(order), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and done.stdout.endswith("fine\n"), done.stderr
