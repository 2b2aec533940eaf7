# SPDX-License-Identifier: Apache-2.0
"""Plans: how somebody is paid. Immutable; docs/plans.md is the format of the files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import _core
from ..errors import BadInput
from . import sentences as said
from .deals import deal_text, read_text
from .toml_text import assumed_notes, read

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from .statement import Statement

LEVELS = (0, 0.5, 0.8, 1, 1.2, 1.5)  # attainments at which a letter shows pay


class Plan:
    """A valid pay plan. Made by `Plan.load`, `Plan.parse` or `plans[...]`; equal if its text is."""

    __slots__ = ("_core", "_data")

    def __init__(self, core: _core.Plan):
        self._core = core
        self._data: dict[str, Any] | None = None

    @classmethod
    def load(cls, file_or_name: str | os.PathLike[str]) -> Plan:
        """A file (".toml" or with a "/"), or a plan of the library by name ("flat_10").

        Raises ScenarioError with all problems and their places, BadInput if there is no such plan.
        """
        where = os.fspath(file_or_name)
        if not isinstance(file_or_name, str) or "/" in where or where.endswith(".toml"):
            return cls.parse(read_text(Path(where)), where)
        library = _core.packaged_plans()
        name = where.replace("-", "_")
        if name not in library:
            raise BadInput(f"no plan {where!r} in the library; there are: "
                           f"{', '.join(sorted(library))}. A file ends in .toml")  # fmt: skip
        return cls.parse(library[name], name)

    @classmethod
    def parse(cls, text: str, name: str = "plan") -> Plan:
        """A plan from TOML text; `name` stands for the file in messages."""
        return cls(_core.Plan.parse(text, name))

    @property
    def name(self) -> str:
        """The file's name, or that in the library."""
        return str(self._core.name)

    @property
    def title(self) -> str:
        """What the plan calls itself."""
        return str(self._core.title)

    @property
    def text(self) -> str:
        """The file, with its comments."""
        return str(self._core.text)

    @property
    def currency(self) -> str:
        """Three letters, "USD"."""
        return str(self._core.currency)

    @property
    def minor_units(self) -> int:
        """Minor units in one unit of the currency: 100 cents."""
        return int(self._core.minor_units)

    @property
    def components(self) -> dict[str, str]:
        """What earns pay: name -> type ("commission", "bonus", ...), in the order of the file."""
        return dict(self._core.components)

    @property
    def data(self) -> dict[str, Any]:
        """The file as plain data, decimals exactly as written. Do not change it."""
        if self._data is None:
            self._data = read(self.text, self.name)
        return self._data

    @property
    def assumed(self) -> dict[str, str]:
        """What was filled in without a letter saying so: dotted key -> what is assumed."""
        notes = assumed_notes(self.text)
        keys = [str(key) for key in self.data.get("assumed", ())]
        return {key: notes.get(key, "check in your letter") for key in keys}

    def pay(self, deals: Any, map_file: str | None = None) -> Statement:
        """What everybody in a deal log is paid.

        deals: a file (docs/plans.md; or a CRM export, map_file as for `pardner calibrate crm`), CSV
        text, or a DataFrame with the same columns. Raises ScenarioError, whose `problems` are all
        that is wrong with the log; nothing is paid from a log with an error.
        """
        from .statement import Statement

        return Statement(self, deal_text(deals, self, map_file))

    def curve(self, attainments: Sequence[Any] = LEVELS) -> pd.DataFrame:
        """What a plan year pays (currency, base salary apart) at attainments such as 1.2, "120%".

        Really paid on made-up logs: one deal a month, every measuring period of the year reaches
        the attainment. Without a quota 100% is the bound of the last tier, or a round sum; see the
        column `credit`. `attrs["left_out"]`: what of the plan is not in it (draw, SPIFs, ...).
        Raises BadInput if no pay follows from credit alone.
        """
        from .curve import curve

        return curve(self.text, attainments, self.minor_units)

    def plot(self, ax: Axes | None = None) -> Axes:
        """Pay over 0..200% of quota, kinks and cliffs marked; the marginal rate beneath.

        ax: what to draw on (its space is divided); None: a new figure. Returns the upper Axes.
        """
        from .plot import plot_plan

        return plot_plan(self, ax)

    def sentences(self) -> list[str]:
        """The plan in plain words, a sentence for each thing it says."""
        return [sentence for _, sentence in said.sentences(self.data)]

    def letter(self) -> str:
        """The plan as a plan letter in text: sentences, pay at some attainments, what is assumed."""
        from .letter import letter_text

        return letter_text(self)

    def _repr_html_(self) -> str:
        from .letter import letter_html

        return letter_html(self)

    def __repr__(self) -> str:
        names = ", ".join(self.components)
        return f"<Plan {self.title!r}: {names}; {self.currency}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Plan) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __reduce__(self) -> tuple[Any, ...]:
        return Plan.parse, (self.text, self.name)


class Library(Mapping[str, Plan]):
    """The plans that come with pardner, by name."""

    def __getitem__(self, name: str) -> Plan:
        library = _core.packaged_plans()
        if name not in library:
            raise KeyError(f"no plan {name!r} in the library; there are: {', '.join(self)}")
        return Plan.parse(library[name], name)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(_core.packaged_plans()))

    def __len__(self) -> int:
        return len(_core.packaged_plans())

    def __repr__(self) -> str:
        return f"<plans: {', '.join(self)}>"
