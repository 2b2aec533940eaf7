# SPDX-License-Identifier: Apache-2.0
"""Numbers about salespeople, as tidy tables: one row per option and measure, or per person.

Every measure of an option is a ratio of sums over its futures and weeks, never a mean of ratios: a
week without a sale has no discount, and must not count as one without discounts. Its simulation
error is that of a ratio estimator (Cochran 1977, Sampling Techniques, 6.3).
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np
import xarray as xr
from scipy.stats import t as student

from .. import outcomes, statistics
from ..results import Ensemble
from ..statistics import Array
from .watch import PRODUCTS, ROLES, by_week, quarter_ends

if TYPE_CHECKING:
    import pandas as pd

Sums = Callable[[xr.Dataset], xr.DataArray]


@dataclass(frozen=True)
class Measure:
    """above / below, both sums (arm, replicate) of outcomes; `unit` is that of the ratio."""

    name: str
    unit: str
    above: Sums
    below: Sums
    meaning: str


def _sum(*names: str, times: float = 1) -> Sums:
    def found(ds: xr.Dataset) -> xr.DataArray:
        each = [outcomes.recorded(ds, name).sum("time", skipna=False) for name in names]
        return reduce(operator.add, each) * times

    return found


def _people_weeks(*names: str, per: float = 1) -> Sums:
    """Weeks that people of these stocks spent, counted at the end of each record, / per."""
    return lambda ds: _sum(*names)(ds) * _weeks_of_record(ds) / per


def _where_there(name: str, stock: str, count: bool = False) -> Sums:
    """Sum of `name` over records with somebody of `stock`; `count`: how many those are."""

    def found(ds: xr.Dataset) -> xr.DataArray:
        there = outcomes.recorded(ds, stock) > 0
        values = outcomes.recorded(ds, name)
        return (there if count else values.where(there, 0)).astype(float).sum("time")

    return found


MEASURES = (
    Measure("reseller hours on the vendor's products", "share", _sum("seller_hours"),
            _sum("seller_hours_all"), "of all hours that sellers of active partners worked"),
    Measure("hours worked", "hour/week", _sum("executive_hours"),
            _people_weeks("account_executives"), "selling hours of an account executive at work"),
    Measure("joint calls", "calls per 100 hours", _sum("calls", times=100), _sum("seller_hours"),
            "asked for by resellers' sellers, per 100 hours on the vendor's products"),
    Measure("quotas reached", "share", _sum("quota_attained"), _sum("quota_periods"),
            "of the account executives' quotas that fell due"),
    Measure("commission per booking", "share", _sum("commission"), _sum("bookings_acv"),
            "commission of the vendor's people over first-year value booked"),
    Measure("pay per booking", "share", _sum("commission", "fixed_pay"), _sum("bookings_acv"),
            "base salaries, on-costs, tools and commission over first-year value booked"),
    Measure("discount to close early", "share", _sum("discount_given"),
            _sum("bookings_acv", "discount_given"), "of what would have been booked without it"),
    Measure("decisions pulled in", "share", _sum("pulled_in"), _sum("decided"),
            "of the needs decided"),
    Measure("decisions pushed out", "share", _sum("pushed_out"), _sum("decided"),
            "of the needs decided"),
    Measure("mis-sold", "share", _sum("missold"), _sum("won"), "of the deals won"),
    Measure("turnover", "1/year", _sum("quits"), _people_weeks("account_executives", per=52),
            "account executives who quit, per one at work and year"),
    Measure("seats vacant", "share", _sum("vacant_seats"),
            _sum("account_executives", "vacant_seats"), "of the account executives' seats"),
    Measure("knowledge of executives", "share", _where_there("knowledge_executives", "account_executives"),
            _where_there("knowledge_executives", "account_executives", count=True),
            "mean over account executives at work and weeks"),
    Measure("knowledge of reseller sellers", "share", _where_there("knowledge_partners", "partners_active"),
            _where_there("knowledge_partners", "partners_active", count=True),
            "mean over sellers of active partners and weeks"),
    Measure("pipeline as reported", "times the true", _sum("pipeline_reported"),
            _sum("pipeline_true"), "expected value of open opportunities, as sellers report it"),
)  # fmt: skip


def ratio(above: Array, below: Array) -> tuple[float, float]:
    """sum(above) / sum(below) over futures (n,), and the half width of its 95% interval.

    NaN for what cannot be known: nothing to divide by, or a single future. Exact for constant
    ratios (error 0); the error is that of the linearised ratio, Student's t with n - 1.
    """
    above, below = np.asarray(above, float), np.asarray(below, float)
    total, n = below.sum(), below.size
    if not total:
        return np.nan, np.nan
    value = above.sum() / total
    if n < 2:
        return float(value), np.nan
    rest = above - value * below
    spread = np.sqrt((rest @ rest) / (n * (n - 1)))
    error = student.ppf(0.5 + statistics.LEVEL / 2, n - 1) * spread / abs(below.mean())
    return float(value), float(error)


def measures(run: Ensemble | xr.Dataset) -> pd.DataFrame:
    """Everything measured about salespeople: a row per option and measure.

    Columns: arm, option (as screens call it), measure, value, error (half width of the 95%
    interval: simulation error), low and high (5-95% of futures), unit, futures, meaning. Futures
    that did not finish are left out. NaN where there is nothing to divide by: no resellers, no
    quota.
    """
    import pandas as pd

    ds = run if isinstance(run, xr.Dataset) else run.to_xarray()
    titles = outcomes.arm_titles(ds)
    rows = []
    for one in MEASURES:
        above = one.above(ds).transpose("arm", "replicate").values.astype(float)
        below = one.below(ds).transpose("arm", "replicate").values.astype(float)
        for arm, a, b in zip(outcomes.arm_names(ds), above, below, strict=True):
            finished = np.isfinite(a) & np.isfinite(b)
            a, b = a[finished], b[finished]
            value, error = ratio(a, b)
            each = a[b != 0] / b[b != 0]
            low, high = statistics.band(each) if each.size else (np.nan, np.nan)
            rows.append((arm, titles[arm], one.name, value, error, float(low), float(high),
                         one.unit, a.size, one.meaning))  # fmt: skip
    head = [
        "arm",
        "option",
        "measure",
        "value",
        "error",
        "low",
        "high",
        "unit",
        "futures",
        "meaning",
    ]
    return pd.DataFrame(rows, columns=head)


def _weeks_of_record(ds: xr.Dataset) -> float:
    start, ends = outcomes.interval_ends(ds)
    return float((ends[-1] - start) / np.timedelta64(7, "D")) / ds.sizes["time"]


def by_rep(reps: xr.Dataset) -> pd.DataFrame:
    """A row per option, future and person who was at work, over the records of `reps`.

    Columns: arm, replicate, row, role, weeks (records at work), hours a week on the vendor's
    products, on the employer's others and not worked (`ours`, `own`, `idle`), share (of hours
    worked, ours), calls, deals, own_deals, sold and earned (whole currency; list value and
    commission), skill, knowledge (mean), attainment (mean of the quarters closed). `attrs["units"]`
    has the units. Amounts begin after the first record.
    """
    weekly = by_week(reps)
    ends = quarter_ends(weekly)["attainment"]
    here = weekly["ours"].notnull().sum("snapshot")
    mean = {n: weekly[n].mean("snapshot") for n in ("ours", "own", "idle", "skill", "knowledge")}
    sums = {n: weekly[n].sum("snapshot") for n in ("calls", "deals", "own_deals")}
    money = {n: weekly[n].sum("snapshot") / 100 for n in ("sold", "earned")}
    worked = mean["ours"] + mean["own"]
    facts = {"role": weekly["role"].max("snapshot"), "weeks": here} | mean | sums | money
    facts["share"] = mean["ours"] / worked.where(worked > 0)
    facts["attainment"] = ends.mean("snapshot")
    table = xr.Dataset(facts).drop_vars("arm_title").to_dataframe().reset_index()
    table = table[table["weeks"] > 0].reset_index(drop=True)
    table["role"] = [ROLES[int(role)] for role in table["role"]]
    money_unit = str(reps["sold"].attrs.get("units", "")).removesuffix(" cent")
    table.attrs["units"] = (
        dict.fromkeys(("ours", "own", "idle"), "hour/week")
        | dict.fromkeys(("share", "knowledge", "attainment"), "share")
        | dict.fromkeys(("sold", "earned"), money_unit)
    )
    return table


def effort(reps: xr.Dataset) -> pd.DataFrame:
    """Hours by person and product: a row per option, future, person and product.

    Columns: arm, replicate, row, role, product (one of PRODUCTS), hours (a week), share (of the
    hours there were). The vendor's products are one: columns of people do not tell them apart.
    """
    table = by_rep(reps)
    long = table.melt(
        ["arm", "replicate", "row", "role"], ["ours", "own", "idle"], "product", "hours"
    )
    there = np.tile(table[["ours", "own", "idle"]].sum(axis=1), 3)
    long["product"] = long["product"].map(dict(zip(("ours", "own", "idle"), PRODUCTS, strict=True)))
    long["share"] = long["hours"] / there
    return long


def attainments(reps: xr.Dataset, arm: str | None = None, role: str = ROLES[0]) -> Array:
    """Attainment (1 is 100%) of everybody of a role at the end of each fiscal quarter, one array.

    For quotas by quarter; those of a year count the year to date of its last close. ValueError if
    no record falls on the end of a quarter.
    """
    ends = quarter_ends(reps)
    if not ends.sizes["snapshot"]:
        raise ValueError("no record of people falls on the end of a quarter (each 13th week)")
    chosen = ends if arm is None else ends.sel(arm=arm)
    there = (chosen["at_work"] == 1) & (chosen["role"] == ROLES.index(role))
    values = chosen["attainment"].where(there).values.ravel()
    return np.asarray(values[np.isfinite(values)])
