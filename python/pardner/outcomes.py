# SPDX-License-Identifier: Apache-2.0
"""Reading a dataset of outcomes: what an amount is measured in, and where a horizon lies.

A dataset has dimensions (arm, replicate, time). `arm` holds names, the first is the reference;
`arm_title(arm)` what screens show. Each outcome carries the attributes
  kind      "flow" (an amount per recorded interval) or "stock" (a state at its end);
            without it `cell_methods` decides ("time: sum" is a flow)
  units     "USD cent" and the like for money in minor units, any other text for the rest
  long_name its definition in one sentence
  better    "lower" where less is better; "higher" is the default
`time` holds datetime64; its attribute `label` says whether a time is the "start" or the "end"
(default) of its interval. Dataset attributes used: `start` (ISO date), `calendar` ("fiscal",
the default, or "gregorian"), `fiscal_year`, `seed`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import xarray as xr

from .errors import BadInput

FISCAL_MONTH_DAYS = 91 / 3  # three months are 13 weeks
_MONTH_DAYS = {"fiscal": FISCAL_MONTH_DAYS, "gregorian": 365.2425 / 12}
_ABBREVIATIONS = frozenset({"acv", "arr", "grr", "npv", "nrr", "tcv"})
MISSING = np.iinfo(np.int64).min  # an integer outcome of a replicate that did not run
_DURATION = re.compile(r"\s*(\d+)\s*(week|month|quarter|year)s?\s*", re.IGNORECASE)
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
When = str | date | np.datetime64 | None  # "12 months", a date; None: the end of the run
DEFAULT_HORIZONS = ("12 months", "24 months", "36 months")


@dataclass(frozen=True)
class Horizon:
    """A point in a run: index of the last record that counts, its time, and how to say it."""

    index: int
    time: np.datetime64
    label: str


def outcome_names(ds: xr.Dataset) -> list[str]:
    """Names of the outcomes of a dataset: its variables over (arm, replicate), flags apart."""
    others = set(ds.coords)  # `ds.data_vars` and `ds[name]` gather all coordinates each time
    return [
        str(name) for name, v in ds.variables.items()
        if name not in others and {"arm", "replicate"} <= set(v.dims)
        and "flag_meanings" not in v.attrs and not str(name).startswith("param__")
    ]  # fmt: skip


def recorded(ds: xr.Dataset, name: str) -> xr.DataArray:
    """The outcome `name`, NaN where a replicate did not run; KeyError naming those there are.

    Missing is what the variable `status` (arm, replicate) does not call complete (1), or the fill
    value of integers. A dataset without missing replicates keeps its type.
    """
    if name not in outcome_names(ds):
        raise KeyError(f"no outcome {name!r}; this result has: {', '.join(outcome_names(ds))}")
    variable = ds[name]
    if "status" in ds.data_vars and (ds.variables["status"].values != 1).any():
        variable = variable.where(ds["status"] == 1)
    elif variable.dtype == np.int64 and (variable.values == MISSING).any():
        variable = variable.where(variable != MISSING)
    variable.attrs = dict(ds.variables[name].attrs)
    return variable


def spoken(ds: xr.Dataset, name: str) -> str:
    """An outcome as screens name it: its `short_name`, or "ARR end" for arr_end."""
    words = [w.upper() if w in _ABBREVIATIONS else w for w in name.split("_")]
    return str(ds.variables[name].attrs.get("short_name", " ".join(words)))


def meaning(ds: xr.Dataset, name: str) -> str:
    """What an outcome is, in one sentence; empty where the dataset does not say."""
    return str(ds.variables[name].attrs.get("long_name", ""))


def higher_is_better(ds: xr.Dataset, name: str) -> bool:
    """Whether more of an outcome is better (its attribute `better`)."""
    return ds.variables[name].attrs.get("better", "higher") != "lower"


def arm_names(ds: xr.Dataset) -> list[str]:
    """Names of the options, the reference first."""
    return [str(name) for name in ds["arm"].values]


def arm_titles(ds: xr.Dataset) -> dict[str, str]:
    """What screens call each option; the arm's name where no title is given."""
    names = arm_names(ds)
    titles = ds["arm_title"].values if "arm_title" in ds.variables else names
    return {name: str(title) or name for name, title in zip(names, titles, strict=True)}


def currency(ds: xr.Dataset) -> str:
    """The currency of a dataset's money, "USD"; "currency" where no outcome is in money."""
    for name in outcome_names(ds):
        match = re.fullmatch(r"([A-Z]{3})( \w+)?", str(ds.variables[name].attrs.get("units", "")))
        if match:
            return match[1]
    return "currency"


def parameter_unit(ds: xr.Dataset, attrs: Mapping[str, Any]) -> str:
    """The unit of a parameter from its attributes, "currency" replaced by the run's own."""
    unit = str(attrs.get("unit", attrs.get("units", "")))
    return re.sub(r"\bcurrency\b", currency(ds), unit)


def with_parameters(ds: xr.Dataset, parameters: xr.Dataset) -> xr.Dataset:
    """Outcomes with the inputs they were made from as coordinates `param__...`.

    `parameters` is the group of that name in a result file: variables named by dotted key over
    (arm) or (arm, replicate), meaning and unit in `long_name` and `units`. The dotted key is kept
    in the attribute `key`.
    """
    added = {
        "param__" + str(name).replace(".", "__"): (
            v.dims, v.values, {**v.attrs, "key": str(name)})
        for name, v in parameters.variables.items() if "arm" in v.dims and name != "arm"
    }  # fmt: skip
    return ds.assign_coords(added)


def is_flow(variable: xr.DataArray) -> bool:
    """Whether an outcome is an amount per interval. ValueError if its attributes do not say."""
    kind = variable.attrs.get("kind")
    if kind is None:
        methods = str(variable.attrs.get("cell_methods", ""))
        match = re.search(r"time:\s*(\w+)", methods)
        kind = {"sum": "flow", "point": "stock", "mean": "stock"}.get(match[1] if match else "")
    if kind not in ("flow", "stock"):
        raise ValueError(f"outcome {variable.name!r} does not say whether it is a flow or a stock")
    return kind == "flow"


def cumulative(ds: xr.Dataset, name: str) -> xr.DataArray:
    """An outcome as a running amount: a flow summed since the start, a stock as it is.

    Same dimensions, unit and (for integers) exactness as the outcome. Raises KeyError for an
    unknown outcome, ValueError where attributes do not say whether it is a flow.
    """
    variable = recorded(ds, name)
    if "time" not in variable.dims or not is_flow(variable):
        return variable
    summed = np.cumsum(variable.values, axis=variable.get_axis_num("time"))
    return variable.copy(deep=False, data=summed)  # xarray would rebuild 300 coordinates


def calendar(ds: xr.Dataset) -> str:
    """'fiscal' (52-week years of 13-week quarters) or 'gregorian'."""
    return str(ds.attrs.get("calendar", "fiscal"))


def interval_ends(ds: xr.Dataset) -> tuple[np.datetime64, np.ndarray]:
    """Start of the run and the end of each recorded interval (datetime64[ns])."""
    times = ds["time"].values.astype("datetime64[ns]")
    label = ds["time"].attrs.get("label")
    week = np.timedelta64(7, "D").astype("timedelta64[ns]")
    start = np.datetime64(ds.attrs["start"], "ns") if "start" in ds.attrs else None
    if label == "start":
        last_step = times[-1] - times[-2] if times.size > 1 else week
        return times[0], np.append(times[1:], times[-1] + last_step)
    if label == "end" and start is not None:
        return start, times
    return times[0] - (times[1] - times[0] if times.size > 1 else week), times


def months_elapsed(ds: xr.Dataset) -> np.ndarray:
    """Months from the start of the run to the end of each interval, shape (time,)."""
    start, ends = interval_ends(ds)
    days = (ends - start) / np.timedelta64(1, "D")
    return days / _MONTH_DAYS[calendar(ds)]


def _days_until(ds: xr.Dataset, start: np.datetime64, count: int, unit: str) -> float:
    if unit == "week":
        return 7.0 * count
    months = count * _MONTHS[unit]
    if calendar(ds) == "fiscal":  # months of 4, 4 and 5 weeks
        return 7.0 * (13 * (months // 3) + (0, 4, 8)[months % 3])
    day = start.astype("datetime64[D]")
    in_month = day - day.astype("datetime64[M]")
    return float((day.astype("datetime64[M]") + months + in_month - day) / np.timedelta64(1, "D"))


def horizon(ds: xr.Dataset, at: When = None) -> Horizon:
    """Where `at` lies in a run: None (its end), "12 months", "2 years", or a date.

    A duration means the record whose interval ends nearest to it; a date the last record at or
    before it. Raises BadInput (a ValueError) for anything else and for a point outside the run.
    """
    times = ds["time"].values
    months = months_elapsed(ds)
    covered = f"the run covers {months[-1]:.0f} months from {_day(interval_ends(ds)[0])}"
    if at is None:
        return Horizon(times.size - 1, times[-1], _length(months[-1], ds))
    match = _DURATION.fullmatch(at) if isinstance(at, str) else None
    if match:
        count, unit = int(match[1]), match[2].lower()
        start, ends = interval_ends(ds)
        days = (ends - start) / np.timedelta64(1, "D")
        off = np.abs(days - _days_until(ds, start, count, unit))
        index = int(off.argmin())
        longest_step = np.diff(days, prepend=0.0).max()
        if count == 0 or off[index] > longest_step / 2:
            raise BadInput(f"{at!r} is outside the run: {covered}")
        return Horizon(index, times[index], f"{count} {unit}{'' if count == 1 else 's'}")
    try:
        day = np.datetime64(at, "ns")
    except ValueError:
        allowed = "a duration like '12 months' or a date like '2028-01-31'"
        raise BadInput(f"{at!r} is no point in time; allowed: {allowed}") from None
    index = int(np.searchsorted(times.astype("datetime64[ns]"), day, side="right")) - 1
    if np.isnat(day) or index < 0 or day > interval_ends(ds)[1][-1]:
        raise BadInput(f"{at} is outside the run: {covered}")
    return Horizon(index, times[index], _day(times[index]))


def horizons(ds: xr.Dataset, at: Sequence[When] | None = None) -> list[Horizon]:
    """Several horizons; None means 12, 24 and 36 months as far as the run goes, or else its end."""
    if at is not None:
        return [horizon(ds, one) for one in at]
    found = []
    for one in DEFAULT_HORIZONS:
        try:
            found.append(horizon(ds, one))
        except ValueError:
            break
    return found or [horizon(ds)]


def amounts_at(ds: xr.Dataset, name: str, where: Horizon) -> np.ndarray:
    """Cumulative amounts at a horizon, shape (replicate, arm), NaN where a future has no value."""
    amounts = cumulative(ds, name)
    if "time" in amounts.dims:
        amounts = amounts.isel(time=where.index)
    values = amounts.transpose("replicate", "arm").values
    # Differences of unsigned or boolean numbers would wrap around.
    return values.astype(np.int64) if values.dtype.kind in "ub" else values


def _length(months: float, ds: xr.Dataset) -> str:
    if months >= 3:
        return f"{months:.0f} months"
    weeks = round(months * _MONTH_DAYS[calendar(ds)] / 7)
    return "1 week" if weeks == 1 else f"{weeks} weeks"


def _day(time: Any) -> str:
    return str(np.datetime64(time, "D"))
