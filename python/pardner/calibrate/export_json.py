# SPDX-License-Identifier: Apache-2.0
"""The fit as JSON: what a program, or somebody who doubts a figure, reads."""

from __future__ import annotations

import dataclasses
import json
import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .fit import Fit

FORMAT = 1


def fit_json(fit: Fit) -> str:
    """Return `fit` as JSON text (format 1); numbers that do not exist are null.

    No names of people or accounts are in it, only figures, products and file names with hashes.
    """
    found = fit.estimate
    cycle = found.cycle
    held = fit.holdout
    data = {
        "format": FORMAT,
        "reading": dataclasses.asdict(fit.log.reading),
        "rows": len(fit.log.table),
        "defects": fit.log.defects,
        "window": str(found.window),
        "window_fitted": str(found.used),
        "young_open_opportunities_missing": found.young_open_missing,
        "figures": [
            {
                "key": f.key, "value": f.value, "low": f.low, "high": f.high,
                "interval_90": list(f.interval()), "unit": f.unit, "n": f.n, "method": f.method,
                "data_share": f.data_share, "default": f.default.value,
                "default_source": f.default.source,
            }
            for f in fit.figures.values()
        ],
        "products": [dataclasses.asdict(p) for p in fit.products],
        "targets": {
            "quarter_cycle": cycle.by_position.reset_index().to_dict("records"),
            "quarter_cycle_p_value": cycle.p_value,
            "months": cycle.months.to_dict("records"),
        },
        "holdout": held and {
            "trained": str(held.trained), "quarter": held.quarter,
            "table": held.table.to_dict("records"),
        },
        "notes": fit.notes,
    }  # fmt: skip
    return json.dumps(_plain(data), indent=1, allow_nan=False) + "\n"


def _plain(value):
    """Return `value` with NumPy scalars as Python's and numbers that do not exist as None."""
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
