# SPDX-License-Identifier: Apache-2.0
"""Two parameters at once: outcomes of every pair of values, under the same luck in every cell."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import xarray as xr

from .. import outcomes
from ..errors import BadInput
from ..salesforce.measures import ratio
from ..scenario import Scenario

Axis = tuple[str, Sequence[float]]


def grid(
    scenario: Scenario, x: Axis, y: Axis, measured: Sequence[str], *, replicates: int,
    seed: int = 1, arm: str | None = None,
) -> xr.Dataset:  # fmt: skip
    """Runs every pair of values of two parameters; each cell meets the same futures.

    x, y       (dotted key, values)
    measured   outcomes: flows summed since the start, stocks as at the end
    arm        the option to run, of a scenario with several; None: the scenario has one
    Dataset over (y, x, replicate); coordinates are the values, with their key and unit as attributes.
    Raises BadInput for an empty axis, a key twice, an outcome or option that is not there.
    """
    if x[0] == y[0] or not len(x[1]) or not len(y[1]):
        raise BadInput("a grid is over two different parameters with at least one value each")
    if len(scenario.arms) > 1 and arm is None:
        raise BadInput(f"which option? arm= one of {', '.join(scenario.arms)}")
    if arm is not None and arm not in scenario.arms:
        raise BadInput(f"there is no option {arm!r}; there are: {', '.join(scenario.arms)}")
    within = f"arms.{arm}." if arm is not None else ""
    values = np.empty((len(measured), len(y[1]), len(x[1]), replicates))
    for row, up in enumerate(y[1]):
        for column, along in enumerate(x[1]):
            cell = scenario.with_({within + x[0]: along, within + y[0]: up})
            chosen = None if arm is None else [arm]
            run = cell.replicate(replicates, seed=seed, arms=chosen, progress=False)
            values[:, row, column] = [_at_end(run.to_xarray(), name) for name in measured]
    about = scenario.parameters()
    axes = {
        name: (name, np.asarray(axis[1], float),
               {"key": axis[0], "units": str(about.loc[axis[0], "unit"])})
        for name, axis in (("x", x), ("y", y))
    }  # fmt: skip
    found = {name: (("y", "x", "replicate"), values[i]) for i, name in enumerate(measured)}
    return xr.Dataset(found, coords=axes)


def _at_end(ds: xr.Dataset, name: str) -> np.ndarray:
    if name not in outcomes.outcome_names(ds):
        raise BadInput(f"no outcome {name!r}; there are: {', '.join(outcomes.outcome_names(ds))}")
    amounts = outcomes.cumulative(ds, name).isel(arm=0, time=-1)
    return np.asarray(amounts.values, float)


def decisions(found: xr.Dataset) -> xr.Dataset:
    """What large firms decided about the startups that signed them, in shares of those.

    found   `grid` of "signed", "built", "bought", "resourced"
    Variables over (measure, y, x): value, error (half width of the 95% interval over futures).
    Measures: built (the firm decided to build against it), bought, resourced (it gives the startup
    hours at the end), lie: none of these (dropped because nobody gave it an hour, or ended itself).
    Who is built against keeps its hours until the firm's own product is there, and counts in both, so that
    lie may fall short by those.
    """
    signed = found["signed"]
    parts = {name: found[name] for name in ("built", "bought", "resourced")}
    parts["lie"] = (signed - sum(parts.values())).clip(min=0)
    shape = (len(parts), found.sizes["y"], found.sizes["x"])
    value, error = np.empty(shape), np.empty(shape)
    for i, part in enumerate(parts.values()):
        for row, column in np.ndindex(shape[1:]):
            at = {"y": row, "x": column}
            value[i, row, column], error[i, row, column] = ratio(
                part.isel(at).values, signed.isel(at).values
            )
    dims = ("measure", "y", "x")
    coords = {"measure": list(parts), "x": found["x"], "y": found["y"]}
    return xr.Dataset({"value": (dims, value), "error": (dims, error)}, coords=coords)
