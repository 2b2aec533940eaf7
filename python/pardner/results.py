# SPDX-License-Identifier: Apache-2.0
"""Results: one future (Result) or many under each option (Ensemble)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from . import _core
from .errors import PardnerError
from .scenario import Path, Scenario

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Numbers = npt.NDArray[Any]
DECISIVE = "contribution"


class Ensemble:
    """Futures of one or more options: every outcome has dimensions (arm, replicate, time).

    `ensemble["contribution"]` is a read-only NumPy view of the simulation's own array (no copy);
    `to_xarray()` has the same arrays with names, units and dates; `to_pandas()` copies.
    Money is in minor units (cents); flows are amounts per recorded interval.
    """

    def __init__(
        self, core: _core.Results | None = None, dataset: xr.Dataset | None = None, path: str = ""
    ):
        self._core = core
        self._dataset = dataset
        self._path = path or (core.path if core is not None else "")
        self._facts: dict[str, Any] = {}  # kept where the core is gone (pickle)

    def to_xarray(self) -> xr.Dataset:
        """A dataset with units, long names, dates and one coordinate per parameter."""
        ds = self._shared()
        return ds.set_coords([name for name in ds.variables if str(name).startswith("param__")])

    def _shared(self) -> xr.Dataset:
        """The one dataset behind this, to look at and not to change.

        Parameters that are the same everywhere are variables in it: each step of xarray's carries
        all coordinates along, and some 300 of them take 100 ms.
        """
        if self._dataset is None:
            from .datasets import from_core

            assert self._core is not None
            self._dataset = from_core(self._core)
        return self._dataset

    def to_pandas(self) -> pd.DataFrame:
        """A tidy table: one row per (arm, replicate, time), one column per outcome. Copies."""
        import pandas as pd

        ds = self._shared()
        sizes = [ds.sizes[name] for name in ("arm", "replicate", "time")]
        rows = np.indices(sizes).reshape(3, -1)
        index = {name: ds[name].values[row]
                 for name, row in zip(("arm", "replicate", "time"), rows, strict=True)}  # fmt: skip
        columns = {name: self._masked(name).ravel() for name in self.outcomes}
        table = pd.DataFrame(index | columns)
        table.attrs["units"] = self.units
        return table

    @property
    def arrays(self) -> Mapping[str, Numbers]:
        """All outcomes by name as read-only NumPy arrays (arm, replicate, time)."""
        if self._core is not None:
            found = {name: about["values"] for name, about in self._core.outcomes.items()}
        else:
            ds = self._shared()
            found = {name: ds.variables[name].values for name in self.outcomes}
        return MappingProxyType(found)

    def __getitem__(self, outcome: str) -> Numbers:
        if outcome not in self.outcomes:
            raise KeyError(f"no outcome {outcome!r}; there are: {', '.join(self.outcomes)}")
        return self.arrays[outcome]

    def _masked(self, name: str) -> Numbers:
        """An outcome with NaN where a future did not run."""
        from .outcomes import recorded

        return recorded(self._shared(), name).values

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Names of what was measured."""
        from .outcomes import outcome_names

        return tuple(outcome_names(self._shared()))

    @property
    def units(self) -> dict[str, str]:
        """The unit of each outcome ("USD cent": money in minor units)."""
        ds = self._shared()
        return {name: str(ds.variables[name].attrs.get("units", "")) for name in self.outcomes}

    @property
    def arms(self) -> dict[str, str]:
        """The options: names and what screens call them; the first is the reference."""
        from .outcomes import arm_titles

        return arm_titles(self._shared())

    @property
    def replicates(self) -> int:
        """How many futures of each option."""
        return int(self._shared().sizes["replicate"])

    @property
    def seed(self) -> int:
        """The seed; with the scenario it repeats the run to the bit."""
        return int(self._shared().attrs["seed"])

    @property
    def scenario(self) -> Scenario:
        """The complete scenario that was run."""
        return Scenario.parse(str(self._shared().attrs["scenario_toml"]), self._title())

    @property
    def provenance(self) -> dict[str, Any]:
        """Software, run and platform; docs/schemas/provenance.json describes it."""
        from .datasets import provenance

        return provenance(self._shared())

    @property
    def path(self) -> str:
        """The result file it is in; "" if it is only in memory."""
        return self._path

    @property
    def digest(self) -> str:
        """One hash over all results; a file of them has the same (`pardner digest FILE`)."""
        if self._core is not None:
            return self._core.digest()
        return str(self._facts.get("digest") or _core.digest_file(self._path))

    @property
    def seconds(self) -> float:
        """How long the simulation took; NaN for results from a file."""
        found = self._facts.get("seconds", np.nan)
        return self._core.seconds if self._core is not None else float(found)

    @property
    def phase_seconds(self) -> dict[str, float]:
        """Seconds per phase of the week, added up over threads; empty for results from a file."""
        if self._core is not None:
            return dict(self._core.phase_seconds)
        return dict(self._facts.get("phase_seconds", {}))

    def save(self, path: Path) -> str:
        """Writes a result file (docs/results_format.md), complete or not at all; its digest.

        Snapshots of agents are only in files written by `replicate(output=...)`.
        """
        if self._core is None:
            raise PardnerError("only results of a run in this session can be saved; copy the file")
        digest = self._core.save(os.fspath(path))
        self._path = os.fspath(path)
        return digest

    def plot(self, outcome: str | None = None, ax: Axes | None = None) -> Axes | Figure:
        """One outcome over time with its range of futures (Axes), or all of them (Figure)."""
        from . import plots

        ds = self._shared()
        return plots.plot_result(ds) if outcome is None else plots.plot_bands(ds, outcome, ax=ax)

    def _title(self) -> str:
        return str(self._shared().attrs.get("title", ""))

    def _repr_html_(self) -> str:
        from .html import result_table
        from .outcomes import cumulative, spoken

        ds = self._shared()
        first = ds.isel(arm=[0])
        series = [
            (spoken(ds, name), cumulative(first, name).mean(("arm", "replicate")).values.tolist(),
             self.units[name])
            for name in self.outcomes
        ]  # fmt: skip
        shown = f"{self._title()}: {next(iter(self.arms.values()))}, {self._futures()}"
        return result_table(series, title=shown)

    def _futures(self) -> str:
        return "1 future" if self.replicates == 1 else f"mean of {self.replicates} futures"

    def __repr__(self) -> str:
        sizes = ", ".join(f"{n}: {size}" for n, size in self._shared().sizes.items())
        return f"<{type(self).__name__} of {self._title()!r} ({sizes})>"

    def __reduce__(self) -> tuple[Any, ...]:
        """By path if it is in a file, else with all values."""
        if self._path and not self._path.endswith(".partial"):
            return _from_path, (type(self), os.path.abspath(self._path))
        facts = {name: getattr(self, name) for name in ("digest", "seconds", "phase_seconds")}
        return _from_values, (type(self), self._shared(), facts)


class Result(Ensemble):
    """One future of one option: `result["contribution"]` has the dimension (time) alone.

    `to_xarray()` keeps the dimensions (arm, replicate, time), the first two of length 1.
    """

    @property
    def arrays(self) -> Mapping[str, Numbers]:
        """All outcomes by name as read-only NumPy arrays (time)."""
        return MappingProxyType({name: v[0, 0] for name, v in super().arrays.items()})

    def to_pandas(self) -> pd.DataFrame:
        """One row per time, one column per outcome. Copies."""
        table = super().to_pandas().drop(columns=["arm", "replicate"]).set_index("time")
        table.attrs["units"] = self.units
        return table


def _from_path(kind: type[Ensemble], path: str) -> Ensemble:
    from .datasets import from_file

    return kind(dataset=from_file(path), path=path)


def _from_values(kind: type[Ensemble], dataset: xr.Dataset, facts: dict[str, Any]) -> Ensemble:
    held = kind(dataset=dataset)
    held._facts = facts
    return held
