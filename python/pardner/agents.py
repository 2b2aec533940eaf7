# SPDX-License-Identifier: Apache-2.0
"""Agents over time: the snapshots of a result file, or of a run whose columns are kept.

A snapshot holds the columns that a model declares for a table of agents (`run.snapshot_every`), as
they are at the end of the week. A row is an agent and keeps its place while it is there.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import xarray as xr

from . import datasets, outcomes
from .comparison import Comparison, merged
from .errors import BadInput
from .progress import Progress
from .results import Ensemble
from .scenario import Scenario


@dataclass(frozen=True)
class Kept:
    """A run and its agents: `ensemble` with the outcomes, `agents` as of `read_agents`."""

    ensemble: Ensemble
    agents: xr.Dataset


def keep(
    scenarios: Scenario | Sequence[Scenario], table: str, *, replicates: int, seed: int = 1,
    first: int = 0, names: Sequence[str] | None = None, every: int = 1,
    record_every: int | None = None, progress: Progress = False,
) -> Kept:  # fmt: skip
    """Runs one scenario, or several under the same luck, and keeps the columns of `table`.

    first         number of the first future (with run.vary = "chance": the same agents, other luck)
    every         weeks between snapshots
    record_every  weeks between records of outcomes; None: `every`
    names         what the options are called; None: their own names
    Size: 8 bytes x columns x options x replicates x snapshots x rows. Raises BadInput as `compare`
    and `read_agents` do.
    """
    often = {"run.snapshot_every": every, "run.record_every": record_every or every}
    if isinstance(scenarios, Scenario):
        one = scenarios.with_(often, name=scenarios.name)
    else:
        called = names or [each.name for each in scenarios]
        one = merged([each.with_(often, name=each.name) for each in scenarios], called)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "kept.h5"
        held = one.replicate(replicates, seed=seed, first=first, output=path, progress=progress)
        found = Comparison(held._core) if len(one.arms) > 1 else held
        found._path = ""  # the file goes away; the results are in memory
        return Kept(found, read_agents(path, table))


def read_agents(path: str | os.PathLike[str], table: str) -> xr.Dataset:
    """The columns of a table of agents in a result file written with `run.snapshot_every`.

    Dataset over (arm, replicate, snapshot, row), NaN where there is nobody; coordinates arm,
    arm_title, replicate, snapshot (end of the week) and week (weeks since `run.start`). Units are
    attributes of the variables (money in cents). Raises BadInput if the file has no such table.
    """
    held = datasets.from_file(path)
    with xr.open_dataset(path, engine=datasets.ENGINE) as root:
        if "snapshot" not in root.variables:
            raise BadInput(f"{path} has no snapshots of {table}: set run.snapshot_every = 1")
        times = root["snapshot"].values.astype("datetime64[ns]")
    try:
        with xr.open_dataset(path, engine=datasets.ENGINE, group=f"agents/{table}") as group:
            found = group.drop_vars("row", errors="ignore").load()
    except (OSError, KeyError) as error:
        raise BadInput(f"{path} has snapshots, but none of {table}: another model's?") from error
    start = np.datetime64(held.attrs["start"], "ns")
    week = np.rint((times - start) / np.timedelta64(7, "D")).astype(int)
    titles = [outcomes.arm_titles(held)[name] for name in outcomes.arm_names(held)]
    return found.assign_coords(
        arm=held["arm"].values, arm_title=("arm", titles), replicate=held["replicate"].values,
        snapshot=times, week=("snapshot", week),
    )  # fmt: skip
