# SPDX-License-Identifier: Apache-2.0
"""Files of the real `pardner run`, opened by programs that know nothing of pardner.

test_result_files.py does the same, in more detail, with invented numbers.
"""

import json
import shutil
import subprocess
from pathlib import Path

import h5py
import jsonschema
import numpy as np
import pandas as pd
import pytest
import xarray as xr
from program import ROOT, fine

import pardner

TEXT = """format = 1
extends = "saas_60"
[run]
weeks = 52
warmup = 4
record_every = 4
snapshot_every = 13
[arms.as_is]
title = "so wie heute – größer"
[arms.more]
title = "one more"
hiring.account_executives = 1
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    (folder / "what_if.toml").write_text(TEXT)
    words = ("--replicates", 5, "--seed", 3, "--quiet")
    fine("run", folder / "what_if.toml", "-o", folder / "run.h5", *words)
    return folder / "run.h5"


@pytest.fixture(scope="module")
def memory() -> pardner.Ensemble:
    return pardner.Scenario.parse(TEXT).replicate(5, seed=3)


@pytest.mark.parametrize("engine", ["h5netcdf", "netcdf4"])
def test_xarray(file: Path, memory: pardner.Ensemble, engine: str) -> None:
    with xr.open_dataset(file, engine=engine) as ds:
        assert ds["contribution"].dims == ("arm", "replicate", "time")
        assert {n: ds.sizes[n] for n in ("arm", "replicate", "time")} == {
            "arm": 2, "replicate": 5, "time": 13
        }  # fmt: skip
        assert list(ds["arm_title"].values) == ["so wie heute – größer", "one more"]
        assert ds["time"].values[0] == np.datetime64("2026-03-02")
        assert ds["time"].values[-1] == np.datetime64("2027-02-01")
        for name in memory.outcomes:
            assert ds[name].attrs["units"] == memory.units[name] and ds[name].attrs["long_name"]
            np.testing.assert_array_equal(ds[name], memory[name], err_msg=name)
        frame = ds[list(memory.outcomes)].to_dataframe()
        assert len(frame) == 2 * 5 * 13
    with xr.open_dataset(file, engine=engine, group="agents/reps") as reps:
        assert reps["skill"].dims == ("arm", "replicate", "snapshot", "row")
        assert reps.sizes["snapshot"] == 4 and np.isfinite(reps["skill"][:, :, 0, 0]).all()
    with xr.open_dataset(file, engine=engine, group="parameters") as parameters:
        hired = parameters["hiring.account_executives"]
        assert list(hired.values) == [0, 1] and hired.attrs["source"] is not None


def test_h5py(file: Path, memory: pardner.Ensemble) -> None:
    with h5py.File(file) as f:
        np.testing.assert_array_equal(f["contribution"], memory["contribution"])
        assert [text.decode() for text in f["arm"]] == ["as_is", "more"]
        assert [f["contribution"].dims[i][0].name for i in range(3)] == [
            "/arm", "/replicate", "/time"
        ]  # fmt: skip
        assert f.attrs["format"] == b"pardner-result" and f.attrs["seed"] == 3
        provenance = json.loads(f.attrs["provenance"])
    schema = json.loads((ROOT / "docs" / "schemas" / "provenance.json").read_text())
    jsonschema.validate(provenance, schema)
    assert provenance["run"]["arms"] == ["as_is", "more"]


def need(program: str) -> str:
    return shutil.which(program) or pytest.skip(f"{program} is not installed")


def said_by(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_ncdump(file: Path) -> None:
    text = said_by(need("ncdump"), "-t", "-v", "arm,time,status", file)
    for part in (
        "int64 contribution(arm, replicate, time) ;",
        'contribution:units = "USD cent" ;',
        'arm = "as_is", "more" ;',
        'time = "2026-03-02", "2026-03-30"',
        "double demand.rate(arm, replicate) ;",
        "group: reps {",
    ):
        assert part in text, part


def test_octave(file: Path, memory: pardner.Ensemble) -> None:
    packages = "cellfun(@(p) printf('%s ', p.name), pkg('list'))"
    if "netcdf" not in said_by(need("octave"), "--quiet", "--eval", packages):
        pytest.skip("octave-netcdf is not installed")
    script = f"""
      pkg load netcdf
      x = ncread('{file}', 'contribution');
      printf('%d %d %d\\n%d\\n%s\\n', size(x), x(13, 2, 2), ncreadatt('{file}', 'time', 'units'));
    """
    lines = said_by(need("octave"), "--quiet", "--no-window-system", "--eval", script).splitlines()
    assert lines == ["13 5 2", str(memory["contribution"][1, 1, 12]), "days since 2026-02-02"]


def test_what_the_run_promised_in_its_file(file: Path, tmp_path: Path) -> None:
    """The same run again gives the same file but for provenance, and pardner reads it."""
    again = tmp_path / "again.h5"
    fine("run", "--from", file, "-o", again, "--threads", 1, "--quiet")
    assert fine("digest", again) == fine("digest", file)
    opened = pardner.open(file)
    assert isinstance(opened, pardner.Comparison) and opened.arms["more"] == "one more"
    frame = opened.to_pandas()
    assert frame["time"].min() == pd.Timestamp("2026-03-02") and len(frame) == 130
