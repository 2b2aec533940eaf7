# SPDX-License-Identifier: Apache-2.0
"""Bookings and discounts by week of the quarter, and one person's quarter week by week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import xarray as xr

from .. import outcomes
from ..results import Ensemble
from ..statistics import Array
from .measures import ratio
from .terms import Terms, terms
from .watch import ROLES, Watched, by_week

if TYPE_CHECKING:
    import pandas as pd

WEEKS = 13


def by_week_of_quarter(run: Ensemble | xr.Dataset) -> pd.DataFrame:
    """Bookings and discounts by week of the fiscal quarter; a row per option and week 1..13.

    Columns: arm, week, bookings (share of all first-year value booked; 1/13 if weeks are alike),
    bookings_error, discount (share of what would have been booked without it), discount_error.
    Ratios of sums over futures and whole quarters, errors the half width of the 95% interval.
    Raises ValueError without a record every week, a fiscal calendar and a whole quarter.
    """
    import pandas as pd

    ds = run if isinstance(run, xr.Dataset) else run.to_xarray()
    quarters = _whole_quarters(ds)
    rows = []
    for i, arm in enumerate(outcomes.arm_names(ds)):
        booked, given = (_folded(ds, n, i, quarters) for n in ("bookings_acv", "discount_given"))
        for week in range(WEEKS):
            share = ratio(booked[:, week], booked.sum(axis=1))
            off = ratio(given[:, week], (booked + given)[:, week])
            rows.append((arm, week + 1, *share, *off))
    head = ["arm", "week", "bookings", "bookings_error", "discount", "discount_error"]
    return pd.DataFrame(rows, columns=head)


def _whole_quarters(ds: xr.Dataset) -> int:
    start, ends = outcomes.interval_ends(ds)
    steps = np.diff(np.append(start, ends)) / np.timedelta64(7, "D")
    if outcomes.calendar(ds) != "fiscal" or not np.allclose(steps, 1):
        raise ValueError("weeks of a quarter need run.record_every = 1 and the fiscal calendar")
    if ds.sizes["time"] < WEEKS:
        raise ValueError(f"a quarter has {WEEKS} weeks, this run {ds.sizes['time']}")
    return int(ds.sizes["time"]) // WEEKS


def _folded(ds: xr.Dataset, name: str, arm: int, quarters: int) -> Array:
    """An outcome of an option summed by future and week of quarter (replicate, 13)."""
    amounts = outcomes.recorded(ds, name).transpose("arm", "replicate", "time")[arm]
    values = np.asarray(amounts.values, float)[:, : quarters * WEEKS]
    values = values[np.isfinite(values).all(axis=1)]
    return np.asarray(values.reshape(len(values), quarters, WEEKS).sum(axis=1))


@dataclass(frozen=True)
class RepQuarter:
    """A person's quarter; arrays (13,) unless said otherwise. Money in whole currency.

    ours, own, idle   hours of the week on the vendor's products, the employer's others, not worked
    reached           attainment at the end of the week
    expected          attainment at the quarter's end at the person's usual pace, seen from the start
                      of the week
    rate              what the next unit of credit pays at the attainment the week began with, by
                      the plan (a bonus' jump is no rate)
    hour_value        what the week's last hour was expected to earn; NaN where it is not looked at
    """

    title: str
    terms: Terms
    ours: Array
    own: Array
    idle: Array
    reached: Array
    expected: Array
    rate: Array
    hour_value: Array


def rep_quarter(
    run: Watched, row: int, *, quarter: int = 2, arm: str | None = None, replicate: int = 0
) -> RepQuarter:
    """A quarter of the person in a row of `run.reps`, in one future (by place).

    quarter: from 2 on; the run's first week has no record before it.

    In the last week credit is already settled: attainment is the one the payroll closed with.
    Raises ValueError if the person was not at work all quarter, has no quota, or records are not
    weekly; IndexError if there is no such row, quarter or future.
    """
    ds, reps = run.outcomes, run.reps
    name = outcomes.arm_names(ds)[0] if arm is None else arm
    weekly = by_week(reps.sel(arm=[name]).isel(replicate=[replicate], row=[row]))
    place = np.flatnonzero((weekly["week"].values - 1) // WEEKS == quarter - 1)
    if place.size != WEEKS or place[0] == 0:
        raise IndexError(f"the records do not cover quarter {quarter} week by week")
    one = weekly.isel(arm=0, replicate=0, row=0, snapshot=place)
    if one["ours"].isnull().any():
        raise ValueError("the person was not at work all quarter")
    role = ROLES[int(one["role"].values[0])]
    plan = terms(ds, name, role)
    if plan.quota <= 0:
        raise ValueError(f"a {role} has no quota under this option: there is no attainment")
    reached = one["booked"].values / 100 / plan.quota
    reached[-1] = one["attainment"].values[-1]
    before = np.append(0, reached[:-1])
    pace = weekly["usual_week"].values.ravel()[place - 1] / 100 / plan.quota
    value = one["hour_value"].values / 100
    shown = outcomes.arm_titles(ds)[name]
    return RepQuarter(
        f"{role} {row + 1}, quarter {quarter}, {shown}", plan, one["ours"].values,
        one["own"].values, one["idle"].values, reached,
        before + pace * np.arange(WEEKS, 0, -1), plan.rate(before),
        np.where(value > 0, value, np.nan),
    )  # fmt: skip
