# SPDX-License-Identifier: Apache-2.0
"""A row per startup: how long it lived, how it ended, when it first had a partner and each round."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import xarray as xr

from .. import agents, outcomes
from ..agents import Kept
from ..progress import Progress
from ..scenario import Scenario
from ..statistics import Array

if TYPE_CHECKING:
    import pandas as pd

ENDINGS = ("alive", "bought", "closed")  # by the column `status`
ROUNDS = ("seed", "a", "b", "c")


def watch(
    scenarios: Scenario | Sequence[Scenario], *, replicates: int, seed: int = 1, first: int = 0,
    names: Sequence[str] | None = None, every: int = 4, progress: Progress = False,
) -> Kept:  # fmt: skip
    """Runs one scenario, or several under the same luck, and keeps the columns of all startups.

    every   weeks between snapshots: what is dated by snapshots (partners, rounds, pivots) is known
            to that many weeks; the week in which a startup ended is exact
    Size: 8 bytes x 26 columns x options x replicates x snapshots x startups (200 startups, ten
    years, every 4 weeks: 5 MB for each future and option). Raises BadInput as `pardner.compare` does.
    """
    return agents.keep(
        scenarios, "startups", replicates=replicates, seed=seed, first=first, names=names,
        every=every, progress=progress,
    )  # fmt: skip


def lives(startups: xr.Dataset) -> pd.DataFrame:
    """A row per option, future and startup, from snapshots (arm, replicate, snapshot, row).

    Columns: arm, option (as screens call it), replicate, startup (its number); weeks it lived, or
    was seen to live, since week 0; ended; how ("alive", "bought", "closed"); after_a_year (-1 gone
    by then, 0 without a partner yet, 1 partnered); partner (week of the snapshot in which it first
    had one), seed, a, b, c (likewise, of rounds), NaN where there was none; small and large pivots.
    A startup that ends in week 3, the fourth, has lived 4 weeks: it is not alive at 4.
    """
    import pandas as pd

    last, week = startups.isel(snapshot=-1), startups["week"].values
    shape = last["status"].transpose("arm", "replicate", "row").shape
    place = np.indices(shape).reshape(3, -1)

    def now(name: str) -> Array:
        return np.asarray(last[name].transpose("arm", "replicate", "row").values).ravel()

    def first(reached: xr.DataArray) -> Array:
        """Week of the first snapshot in which it is so, NaN if in none."""
        seen = reached.transpose("arm", "replicate", "row", "snapshot").values
        found = np.where(seen.any(axis=-1), week[seen.argmax(axis=-1)].astype(float), np.nan)
        return np.asarray(found.ravel())

    status, ended = now("status").astype(int), now("ended")
    titles = outcomes.arm_titles(startups)
    names = startups["arm"].values[place[0]]
    dates = {name: first(startups["round"] >= i + 1) for i, name in enumerate(ROUNDS)}
    return pd.DataFrame(
        {
            "arm": names, "option": [titles[str(name)] for name in names],
            "replicate": startups["replicate"].values[place[1]], "startup": place[2],
            "weeks": np.where(ended >= 0, ended + 1, week[-1]).astype(int), "ended": ended >= 0,
            "how": np.array(ENDINGS)[status], "after_a_year": now("after_a_year").astype(int),
            "partner": first(startups["partners_ever"] > 0), **dates,
            "small": now("small_pivots").astype(int), "large": now("large_pivots").astype(int),
        }
    )  # fmt: skip
