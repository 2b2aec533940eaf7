# SPDX-License-Identifier: Apache-2.0
"""Comparisons: options under the same luck, the first being the reference."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from . import _core
from .errors import BadInput
from .progress import Bar, Progress
from .results import DECISIVE, Ensemble
from .scenario import Path, Scenario

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from .effects import Effects
    from .outcomes import When
    from .recommendation import Recommendation


class Comparison(Ensemble):
    """An ensemble of two or more options, with what sets them apart.

    Differences are to the first option, future by future; see `effects.Effect` for the three
    numbers each difference has.
    """

    @property
    def decisive(self) -> str:
        """The outcome that decides where none is named: `contribution`, else the first."""
        return DECISIVE if DECISIVE in self.outcomes else self.outcomes[0]

    def effect(
        self, outcome: str | None = None, at: When = None, arm: str | None = None, **options: Any
    ) -> Any:
        """The effect on an outcome at a horizon ("12 months", a date; None: the end of the run).

        With `arm` (an option's name) one `effects.Effect`, without it all of them (`Effects`).
        options: `delta`, `seed`, `fixed` as for `effects.effects`.
        """
        from . import effects

        ds, name = self._shared(), outcome or self.decisive
        if arm is None:
            return effects.effect(ds, name, at, **options)
        return effects.effect(ds, name, at, arm=self._arm(arm), **options)

    def effects(
        self, outcome: str | None = None, at: Sequence[When] | None = None, **options: Any
    ) -> Effects:
        """Effects of all options at several horizons; None: 12, 24 and 36 months."""
        from . import effects

        return effects.effects(self._shared(), outcome or self.decisive, at, **options)

    def recommend(
        self, outcome: str | None = None, at: When = None, *, test: bool = False, **options: Any
    ) -> Recommendation:
        """Which option to take, as an object whose `sentence` says it.

        test: also simulate again with each input that matters at its 10% and 90% value, which
        takes some ten times as long as the comparison. options: `delta`, `top`, `refine`.
        """
        from . import recommendation

        rerun = self.rerun if test else None
        return recommendation.recommend(
            self._shared(), outcome or self.decisive, at, rerun=rerun, **options
        )

    @property
    def sentence(self) -> str:
        """The answer in words, without testing the inputs."""
        return self.recommend().sentence

    def rerun(self, key: str, value: float) -> xr.Dataset:
        """The same futures of all options with the input `key` held at `value` in all of them."""
        fixed = {"value": value, "distribution": "fixed"}
        held = self.scenario.with_({key: fixed})
        return self._again(held)._shared()

    def _again(self, scenario: Scenario) -> Ensemble:
        first = int(self._shared()["replicate"].values[0])
        return scenario.replicate(self.replicates, seed=self.seed, first=first, progress=False)

    def plot(
        self, outcome: str | None = None, ax: Axes | None = None, **options: Any
    ) -> Axes:  # fmt: skip
        """The paired difference of an outcome to the reference over time, a band per option."""
        from . import plots

        return plots.plot_difference(
            self._shared(), outcome or self.decisive, ax=ax, **options)  # fmt: skip

    def plot_all(
        self, outcome: str | None = None, at: Sequence[When] | None = None
    ) -> Figure:  # fmt: skip
        """The picture for a decision: differences over time and at a few horizons."""
        from . import plots

        return plots.plot_comparison(self._shared(), outcome or self.decisive, at)

    def to_html(self, path: Path, *, outcome: str | None = None, **options: Any) -> str:
        """Writes one page with answer, pictures, numbers and inputs; returns its path.

        options: those of `report.write_report`; what is not given is made from the comparison.
        """
        from . import report, tables

        ds, name = self._shared(), outcome or self.decisive
        options.setdefault("answer", self.recommend(name))
        options.setdefault("inputs", tables.input_rows(ds))
        return os.fspath(report.write_report(ds, path, outcome=name, **options))

    def _arm(self, name: str) -> str:
        """The option of that name, or of that name on screens."""
        by_title = {title: arm for arm, title in self.arms.items()}
        return name if name in self.arms else by_title.get(name, name)

    def _repr_html_(self) -> str:
        from .html import effect_table

        return effect_table(self.effects())


def compare(
    scenarios: Scenario | str | Sequence[Scenario | str], *, replicates: int | None = None,
    seed: int | None = None, names: Sequence[str] | None = None, crn: bool = True,
    threads: int = 0, output: Path | None = None, progress: Progress = None,
) -> Comparison:  # fmt: skip
    """Simulates options under the same luck, future by future.

    scenarios   several scenarios (each its first option), the first being the reference; or one
                scenario, whose own options are compared. Texts are names or files to load
    replicates  futures of each option; None: as [run] of the first says
    seed        None: that of the first scenario
    names       what the options are called; None: their own names
    crn         False: every option meets luck of its own (to see what pairing is worth)
    output      also write a result file, as `Scenario.replicate` does

    Scenarios must agree in model and [run] but for title, seed and replicates: BadInput otherwise.
    """
    one = merged(scenarios, names)
    if len(one.arms) < 2:
        raise BadInput(f"{one.name} has one option only: there is nothing to compare it with")
    n = one.replicates if replicates is None else replicates
    chosen = one.seed if seed is None else seed
    if crn:
        held = one.replicate(n, seed=chosen, threads=threads, output=output, progress=progress)
        return Comparison(held._core)
    if output is not None:
        raise BadInput("a comparison without common random numbers cannot be written to one file")
    with Bar(progress, one.name) as report:
        parts = [
            _core.run(one._core, arms=[arm], seed=chosen, replicates=n, first_replicate=i * n,
                      threads=threads, progress=report)
            for i, arm in enumerate(one.arms)
        ]  # fmt: skip
    return Comparison(dataset=_unpaired(parts))


def _unpaired(parts: list[_core.Results]) -> xr.Dataset:
    """One dataset of runs with luck of their own; replicates are numbered as the first's."""
    import xarray as xr

    from .datasets import from_core, parameters_placed

    datasets = [from_core(part) for part in parts]
    numbers = datasets[0]["replicate"]
    same = [ds.assign_coords(replicate=numbers) for ds in datasets]
    one = xr.concat(same, "arm", data_vars="all", coords="different", compat="equals",
                    join="exact", combine_attrs="override")  # fmt: skip
    return parameters_placed(one)


def merged(
    scenarios: Scenario | str | Sequence[Scenario | str], names: Sequence[str] | None = None
) -> Scenario:
    """One scenario with the options of a comparison; see `compare`."""
    if isinstance(scenarios, Scenario | str):
        only = _loaded(scenarios)
        if names is not None and len(names) != len(only.arms):
            raise BadInput(f"{len(names)} names for {len(only.arms)} options")
        titles = dict(zip(only.arms, names or (), strict=False))
        renamed = {f"arms.{arm}.title": title for arm, title in titles.items()}
        return only.with_(renamed, name=only.name) if renamed else only
    all_ = [_loaded(one) for one in scenarios]
    if len(all_) == 1 and names is None:
        return all_[0]
    titles_ = list(names) if names is not None else _distinct([one.name for one in all_])
    if len(titles_) != len(all_):
        raise BadInput(f"{len(titles_)} names for {len(all_)} scenarios")
    core = _core.merge([one._core for one in all_], arm_names(titles_), titles_)
    return Scenario(core, name=all_[0].name)


def _distinct(titles: Sequence[str]) -> list[str]:
    """Titles that tell the options apart: the second "acme" is "acme (2)"."""
    counted = [titles[: i + 1].count(title) for i, title in enumerate(titles)]
    return [t if n == 1 else f"{t} ({n})" for t, n in zip(titles, counted, strict=True)]


def _loaded(scenario: Scenario | str) -> Scenario:
    return Scenario.load(scenario) if isinstance(scenario, str) else scenario


def arm_names(titles: Sequence[str]) -> list[str]:
    """Names for options as files take them: "one more account executive" with underscores."""
    names: list[str] = []
    for title in titles:
        plain = re.sub(r"[^A-Za-z0-9-]+", "_", title).strip("_")[:50] or "option"
        name, number = plain, 1
        while name in names:
            number += 1
            name = f"{plain}_{number}"
        names.append(name)
    return names
