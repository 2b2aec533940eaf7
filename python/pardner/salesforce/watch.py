# SPDX-License-Identifier: Apache-2.0
"""People week by week: a run whose agent columns are kept, and amounts per week made from them.

The columns are those of table `reps` (docs/odd.md, section 8), one record a week or every few weeks.
Some count since the first simulated week; here they become amounts per record. A row is a person:
who leaves keeps the row, a successor gets another.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr

from .. import agents
from ..progress import Progress
from ..results import Ensemble
from ..scenario import Scenario

PRODUCTS = ("the vendor's products", "the employer's other products", "not worked")
ROLES = ("account executive", "partner seller")
SINCE_START = ("hours_worked", "calls", "own_deals", "sold", "deals")  # counted since the start


@dataclass(frozen=True)
class Watched:
    """A run and its people: `ensemble` with the outcomes, `reps` as of `read_reps`."""

    ensemble: Ensemble
    reps: xr.Dataset

    @property
    def outcomes(self) -> xr.Dataset:
        """Outcomes (arm, replicate, time) with parameters, as `Ensemble.to_xarray` gives them."""
        return self.ensemble.to_xarray()


def watch(
    scenarios: Scenario | Sequence[Scenario], *, replicates: int, seed: int = 1, first: int = 0,
    names: Sequence[str] | None = None, every: int = 1, progress: Progress = False,
) -> Watched:  # fmt: skip
    """Runs one scenario, or several under the same luck, and keeps everybody's columns in memory.

    first       number of the first future (with run.vary = "chance": the same people, other luck)
    every       weeks between records of people and of outcomes; 1 for pictures by week
    names       what the options are called; None: their own names
    Size: 8 bytes x 20 columns x options x replicates x records x people (20 people, 30 futures, a
    year, 3 options: 15 MB). Raises BadInput as `compare` does.
    """
    kept = agents.keep(
        scenarios, "reps", replicates=replicates, seed=seed, first=first, names=names,
        every=every, progress=progress,
    )  # fmt: skip
    return Watched(kept.ensemble, kept.agents)


def read_reps(path: str | os.PathLike[str]) -> xr.Dataset:
    """The people of a result file written with `run.snapshot_every`.

    Dataset over (arm, replicate, snapshot, row), NaN where there is nobody; coordinates arm,
    arm_title, replicate, snapshot (end of the week) and week (weeks since `run.start`). Units are
    attributes of the variables (money in cents). Raises BadInput if the file has no snapshots.
    """
    return agents.read_agents(path, "reps")


def by_week(reps: xr.Dataset) -> xr.Dataset:
    """Amounts per record of everybody at work, NaN for those who are not.

    Same dimensions with one snapshot less: what is counted since the start has no amount in the
    first. Variables in hours: `ours` (the vendor's products), `own` (the employer's other
    products), `idle` (not worked), of the week the record was made in; in counts and cents, since
    the record before: `calls`, `own_deals`, `deals`, `sold`, `earned` (commission, paid or
    accrued). The rest as they are: `attainment`, `booked`, `hour_value`, `usual_week`, `skill`,
    `knowledge`, `role`.
    """
    later = reps.isel(snapshot=slice(1, None))
    there = later["at_work"] == 1
    found = dict(hours(later))
    for name in SINCE_START[1:]:
        found[name] = reps[name].fillna(0).diff("snapshot")
    found["earned"] = (reps["paid"] + reps["accrued"]).fillna(0).diff("snapshot")
    for name in ("attainment", "booked", "hour_value", "usual_week", "skill", "knowledge", "role"):
        found[name] = later[name]
    return xr.Dataset({name: values.where(there) for name, values in found.items()})


def hours(reps: xr.Dataset) -> dict[str, xr.DataArray]:
    """Hours of the week of each record: `ours`, `own`, `idle` as in `by_week`, all records."""
    there = reps["at_work"] == 1
    given, left, own = (reps[n] for n in ("hours_given", "hours_left", "own_bag_hours"))
    found = {"ours": (given - left - own).clip(min=0), "own": own, "idle": left}
    return {name: values.where(there) for name, values in found.items()}


def quarter_ends(reps: xr.Dataset) -> xr.Dataset:
    """The records at the end of a fiscal quarter (each 13th week since the start)."""
    return reps.isel(snapshot=np.flatnonzero(reps["week"].values % 13 == 0))
