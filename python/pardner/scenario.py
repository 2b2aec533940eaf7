# SPDX-License-Identifier: Apache-2.0
"""Scenarios: what is simulated. Immutable; a changed one is another one."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from . import _core
from .errors import BadInput
from .progress import Bar, Progress

if TYPE_CHECKING:
    import pandas as pd

    from .results import Ensemble, Result

Path = str | os.PathLike[str]


class Scenario:
    """A valid scenario: every parameter with a value, one or more arms (options).

    Made by `Scenario.load`, `Scenario.parse`, `pardner.scenarios[...]` or `with_`. Two are equal
    if their complete text is.
    """

    __slots__ = ("_core", "_name", "_title")

    def __init__(self, core: _core.Scenario, name: str | None = None, title: str | None = None):
        self._core = core
        self._name = name
        self._title = title

    @classmethod
    def load(cls, file_or_name: Path, overrides: Mapping[str, Any] | None = None) -> Scenario:
        """A file (".toml" or with a "/"), or a packaged scenario by name ("saas_60").

        overrides: as for `with_`. Raises ScenarioError with all problems and their places.
        """
        where = os.fspath(file_or_name)
        if not isinstance(file_or_name, str) and "/" not in where:
            where = f"./{where}"
        return cls(_core.Scenario.load(where, _words(overrides or {})))

    @classmethod
    def parse(cls, text: str, name: str = "text") -> Scenario:
        """A scenario from TOML text; `name` stands for the file in messages."""
        return cls(_core.Scenario.parse(text, name))

    def with_(self, changes: Mapping[str, Any], name: str | None = None) -> Scenario:
        """This scenario with some values changed: `with_({"hiring.account_executives": 1})`.

        changes: dotted keys as in the file. Numbers, texts, dates, lists; texts may carry a unit
        ("20%", "28k USD"); a dictionary may also say what is believed about the value
        ({"value": 3, "low": 2, "high": 5, "source": "..."}).
        name: what tables and pictures call it; None: the changes in short.
        """
        words = _words(changes)
        changed = self._core.with_overrides(words)
        return Scenario(changed, name or (", ".join(words) if words else self._name), name)

    @property
    def name(self) -> str:
        """What it is called: as given to `with_`, else the file's name without ending."""
        return self._name or self._core.name

    @property
    def title(self) -> str:
        """What screens call it: as given to `with_`, else the title of [run]."""
        return self._title or self._core.title or self.name

    @property
    def model(self) -> str:
        """Name of the model that runs it."""
        return self._core.model

    @property
    def arms(self) -> dict[str, str]:
        """Its options: names and what screens call them. The first is the reference."""
        return dict(self._core.arms)

    @property
    def seed(self) -> int:
        """The seed of [run]."""
        return self._core.seed

    @property
    def replicates(self) -> int:
        """Futures per option, as [run] says."""
        return self._core.replicates

    @property
    def text(self) -> str:
        """The whole scenario as one TOML file with every value written out."""
        return self._core.text

    @property
    def warnings(self) -> list[str]:
        """What is allowed and probably not meant."""
        return list(self._core.warnings)

    def parameters(self, arm: str | None = None) -> pd.DataFrame:
        """Every parameter with value, default, unit, range, source and meaning, by dotted key."""
        import pandas as pd

        rows = pd.DataFrame(self._core.settings(arm or "")).set_index("key")
        shown = ["value", "default", "unit", "low", "high", "distribution", "role", "evidence",
                 "source", "origin", "meaning"]  # fmt: skip
        return rows[shown]

    def run(
        self, seed: int | None = None, *, arm: str | None = None, replicate: int = 0,
        threads: int = 0, progress: Progress = None,
    ) -> Result:  # fmt: skip
        """One future of one option (None: the first), the one that `replicate` has of that number.

        seed: None takes the scenario's. threads: 0 takes all processors this process may use.
        progress: see `progress.Bar`.
        """
        from .results import Result

        arms = [arm or next(iter(self.arms))]
        _check(seed=seed, replicate=replicate, threads=threads)
        with Bar(progress, self.name) as report:
            core = _core.run(
                self._core, arms=arms, seed=seed, replicates=1, first_replicate=replicate,
                threads=threads, progress=report,
            )  # fmt: skip
        return Result(core)

    def replicate(
        self, n: int | None = None, *, seed: int | None = None, arms: Sequence[str] | None = None,
        first: int = 0, threads: int = 0, output: Path | None = None, progress: Progress = None,
    ) -> Ensemble:  # fmt: skip
        """n futures (None: as [run] says) of each option, the same luck in each.

        arms: some options only. first: number of the first future. output: also write a result
        file, replicate by replicate; Ctrl-C then leaves `<output>.partial` with what was finished.
        """
        from .results import Ensemble

        _check(n=n, seed=seed, first=first, threads=threads)
        with Bar(progress, self.name) as report:
            core = _core.run(self._core, arms=list(arms or []), seed=seed, replicates=n,
                             first_replicate=first, threads=threads,
                             output=os.fspath(output or ""), progress=report)  # fmt: skip
        return Ensemble(core)

    def _repr_html_(self) -> str:
        from .html import parameter_table

        own = [row for row in self._core.settings("") if not row["key"].startswith("run.")]
        return parameter_table(own, title=f"{self.title} ({self.model}, {_arms(self)})")

    def __repr__(self) -> str:
        return f"<Scenario {self.name!r}: {self.model}, {_arms(self)}, {self._core.weeks} weeks>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scenario) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __reduce__(self) -> tuple[Any, ...]:
        return Scenario, (self._core, self._name, self._title)


def _check(**numbers: int | None) -> None:
    """Whole numbers, not negative; None where the scenario decides. BadInput otherwise."""
    for name, number in numbers.items():
        if number is None:
            continue
        if not hasattr(number, "__index__") or number < (name == "n"):
            least = "1" if name == "n" else "0"
            raise BadInput(f"{name} must be a whole number from {least} on, not {number!r}")


def _arms(scenario: Scenario) -> str:
    count = len(scenario.arms)
    return "1 option" if count == 1 else f"{count} options"


def _words(changes: Mapping[str, Any]) -> list[str]:
    return [f"{key}={_toml(value)}" for key, value in changes.items()]


def _toml(value: Any) -> str:
    """A value as TOML writes it."""
    if hasattr(value, "item") and getattr(value, "ndim", 0) == 0:
        value = value.item()  # a NumPy scalar
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        # TOML knows no surrogate pairs, and DEL needs an escape that JSON does not give.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(k)} = {_toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, Sequence) or hasattr(value, "tolist"):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return repr(value)


def _key(key: Any) -> str:
    return str(key) if re.fullmatch(r"[A-Za-z0-9_.-]+", str(key)) else json.dumps(str(key))


class Packaged(Mapping[str, Scenario]):
    """The scenarios that come with pardner, by name."""

    def __getitem__(self, name: str) -> Scenario:
        if name not in _core.packaged_scenarios():
            raise KeyError(f"no packaged scenario {name!r}; there are: {', '.join(self)}")
        return Scenario.load(name)

    def __iter__(self) -> Iterator[str]:
        return iter(_core.packaged_scenarios())

    def __len__(self) -> int:
        return len(_core.packaged_scenarios())

    def __repr__(self) -> str:
        return f"<scenarios: {', '.join(self)}>"
