# SPDX-License-Identifier: Apache-2.0
"""Running a claim: one scenario per option, the same luck in each; then its estimates."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from ..errors import BadInput, ScenarioError
from ..scenario import Scenario
from ..statistics import Array
from .claim import APPEARS, Claim, Contrast, Variant
from .estimate import Estimate, Pair, estimate
from .fields import nearest
from .world import World

Say = Callable[[str], object]
QUICK_PAIRS = 30


@dataclass
class Run:
    """What was measured of a claim in one epoch; estimates by contrast."""

    pairs: int
    seed: int
    seconds: float = 0.0
    contrasts: dict[str, Estimate] = field(default_factory=dict)
    ablation: dict[str, Estimate] = field(default_factory=dict)
    control: dict[str, Estimate] = field(default_factory=dict)


class Runner:
    """Simulates options. Runs of equal scenarios are shared within a claim and within a world."""

    def __init__(self, threads: int = 0, progress: Any = False):
        self._threads, self._progress = threads, progress
        self._held: dict[tuple[Any, ...], World] = {}
        self._shared = ""

    def begin(self, claim: Claim) -> None:
        """Forgets what no later claim can use (claims of a world come one after the other)."""
        if not claim.world or claim.world != self._shared:
            self._held.clear()
        self._shared = claim.world

    def world(self, scenario: Scenario, seed: int, pairs: int, columns: Iterable[str]) -> World:
        """The futures of a scenario's one option."""
        wanted = tuple(sorted(columns))
        key = (scenario.text, seed, pairs, wanted)
        if key not in self._held:
            self._held[key] = self._run(scenario, seed, pairs, wanted)
        return self._held[key]

    def _run(self, scenario: Scenario, seed: int, pairs: int, columns: tuple[str, ...]) -> World:
        settings: dict[str, Any] = {"threads": self._threads, "progress": self._progress}
        with TemporaryDirectory() as folder:
            if columns:  # only files hold snapshots of agents
                settings["output"] = Path(folder) / "run.h5"
            found = scenario.replicate(pairs, seed=seed, **settings)
            units = found.units
            outcomes = {name: values[0] for name, values in found.arrays.items()}
            agents = _columns(settings["output"], columns, units) if columns else {}
        return World(outcomes, units, agents)


def _columns(file: Path, wanted: tuple[str, ...], units: dict[str, str]) -> dict[str, Array]:
    """Columns of agents of a result file's only arm; their units go into `units`."""
    import h5py  # type: ignore[import-untyped]

    found: dict[str, Array] = {}
    with h5py.File(file) as opened:
        tables = opened.get("agents", {})
        known = [f"{table}.{name}" for table, rows in tables.items()
                 for name, column in rows.items() if column.ndim == 4]  # fmt: skip
        for name in wanted:
            if name not in known:
                raise BadInput(f"there is no column '{name}'{nearest(name, known)}")
            column = tables[name.replace(".", "/")]
            found[name] = np.asarray(column[0])
            unit = column.attrs.get("units", "")
            units[name] = unit.decode() if isinstance(unit, bytes) else str(unit)
    return found


def scenario_of(claim: Claim, option: str, variant: Variant | None = None) -> Scenario:
    """The scenario of an option, as it is or in a variant. BadInput names claim and option."""
    settings = {"run.weeks": claim.weeks, "run.warmup": claim.warmup, "run.record_every": 1,
                "run.replicates": claim.pairs}  # fmt: skip
    if any(one.agents for one in claim.measures.values()):
        settings["run.snapshot_every"] = claim.weeks
    layers = [settings, claim.base, claim.options[option]]
    if variant:
        layers += [variant.changes, variant.option_changes.get(option, {})]
    try:
        made = _start(claim)
        for layer in layers:
            made = made.with_(layer) if layer else made
    except ScenarioError as error:
        raise BadInput(f"{claim.file}: option '{option}': {error}") from None
    if len(made.arms) != 1:
        raise BadInput(f"{claim.file}: the scenario of a claim has no options of its own")
    if made.parameters().loc["run.calendar", "value"] != "fiscal":
        raise BadInput(f"{claim.file}: claims count weeks in the fiscal calendar")
    return made


def _start(claim: Claim) -> Scenario:
    if claim.text:
        return Scenario.parse(claim.text, claim.file)
    if "/" in claim.scenario or claim.scenario.endswith(".toml"):
        return Scenario.load(Path(claim.file).parent / claim.scenario)
    return without_options(Scenario.load(claim.scenario))


def without_options(scenario: Scenario) -> Scenario:
    """The scenario before its options: a claim brings its own."""
    if len(scenario.arms) == 1:
        return scenario
    sections = re.split(r"(?m)^(?=\[)", scenario.text)
    kept = [one for one in sections if not one.startswith("[arms.")]
    return Scenario.parse("".join(kept), scenario.name)


def run_claim(
    claim: Claim, runner: Runner, *, pairs: int | None = None, epoch: int | str = 0,
    say: Say = lambda text: None,
) -> Run:  # fmt: skip
    """All estimates of a claim in an epoch."""
    began = time.monotonic()
    n = pairs or claim.pairs
    found = Run(n, claim.seed(epoch))
    runner.begin(claim)
    for part, variant in (("contrasts", None), ("ablation", claim.ablation),
                          ("control", claim.control)):  # fmt: skip
        if part != "contrasts" and variant is None:
            continue
        say(f"{claim.id} {part}")
        setattr(found, part, _estimates(claim, variant, runner, n, found.seed))
    found.seconds = time.monotonic() - began
    return found


def _estimates(
    claim: Claim, variant: Variant | None, runner: Runner, pairs: int, seed: int
) -> dict[str, Estimate]:
    asked = [c for c in claim.contrasts if variant is None or c.name in variant.contrasts]
    scenarios = {name: scenario_of(claim, name, variant) for c in asked for name in c.options}
    for one in asked:
        _not_empty(claim, one, scenarios)
    columns = {name for one in claim.measures.values() for name in one.columns}
    try:
        worlds = {n: runner.world(s, seed, pairs, columns) for n, s in scenarios.items()}
        return {one.name: _one(claim, one, variant, worlds, seed) for one in asked}
    except BadInput as error:
        raise BadInput(f"{claim.file}: {error}") from None


def _not_empty(claim: Claim, one: Contrast, scenarios: dict[str, Scenario]) -> None:
    """Two scenarios that are the same text cannot differ: nothing would be tested."""
    if isinstance(one.right, str) and scenarios[one.left] == scenarios[one.right]:
        raise BadInput(
            f"{claim.file}: {one.name}: '{one.left}' and '{one.right}' are the same scenario there, "
            "so nothing is tested; turn the mechanism off by a switch of its own"
        )


def _one(
    claim: Claim, one: Contrast, variant: Variant | None, worlds: dict[str, World], seed: int
) -> Estimate:
    measure = claim.measures[one.measure]
    values: dict[str, Pair] = {name: measure(worlds[name]) for name in one.options}
    sign = variant.sign if variant and variant.judgement == APPEARS else 0
    return estimate(one, values, seed=seed, unit=measure.unit(worlds[one.left]), sign=sign)
