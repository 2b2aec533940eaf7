# SPDX-License-Identifier: Apache-2.0
"""What a measure may read of one option: weekly outcomes and columns of agents, per replicate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..errors import BadInput
from ..outcomes import MISSING
from ..statistics import Array
from ..wording import Unit
from .fields import nearest


@dataclass
class World:
    """The futures of one option.

    outcomes  name -> (replicates, weeks); flows per week, stocks at the end of the week
    units     name -> unit as in the result ("USD cent"); of columns by "table.column"
    columns   "table.column" -> (replicates, snapshots, rows), NaN where there is no agent
    Money is handed out in whole currency, so that claims speak of dollars.
    """

    outcomes: dict[str, Array]
    units: dict[str, str]
    columns: dict[str, Array]

    def outcome(self, name: str | list[str]) -> Array:
        """An outcome as floats (replicates, weeks); of several names their sum."""
        if isinstance(name, list):
            return np.asarray(sum(self.outcome(one) for one in name))
        return self._read(self.outcomes, name, "outcome")

    def column(self, name: str) -> Array:
        """A column of agents as floats (replicates, snapshots, rows)."""
        if not self.columns:
            raise BadInput(f"column '{name}': the model wrote no snapshot of agents")
        return self._read(self.columns, name, "column")

    def unit(self, name: str | list[str]) -> str:
        """The unit in which `outcome` and `column` speak."""
        first = name[0] if isinstance(name, list) else name
        shown = Unit.parse(self.units.get(first, "")).shown
        return "1" if shown == "" else shown

    def _read(self, values: dict[str, Array], name: str, what: str) -> Array:
        if name not in values:
            raise BadInput(f"there is no {what} '{name}'{nearest(name, list(values))}")
        found = values[name]
        plain = found.astype(float)
        if np.issubdtype(found.dtype, np.integer):
            plain[found == MISSING] = np.nan
        return plain / Unit.parse(self.units.get(name, "")).divisor
