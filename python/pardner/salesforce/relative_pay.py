# SPDX-License-Identifier: Apache-2.0
"""Whose products a reseller's sellers work on, as the vendor's pay changes against the others'.

SA5: for returns v h^eps the best hours are proportional to v^(1/(1-eps)). So a person who gave the
share s of the hours to the vendor's products at pay 1 gives s r^k / (s r^k + 1 - s) at pay r, with
k = 1/(1-eps): a smooth law, no jump. It holds exactly for one person in one week; what touching
more or fewer opportunities and another pipeline change is what a run adds to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import xarray as xr
from numpy.typing import ArrayLike

from ..scenario import Scenario
from ..statistics import Array
from .measures import ratio
from .watch import ROLES, Watched, hours, watch

if TYPE_CHECKING:
    import pandas as pd

ELASTICITY = 0.34  # of progress in hours (Albers, Mantrala, Sridhar 2010; SA5)


def smooth_law(
    relative: ArrayLike, shares: ArrayLike, weights: ArrayLike | None = None,
    elasticity: float = ELASTICITY,
) -> Array:  # fmt: skip
    """SA5's share of hours at `relative` pay (m,), from shares (n,) at pay 1 weighted by hours.

    Shares of 0 and 1 stay: who has nothing of the other kind to do has no choice; but nobody works
    for pay 0. Raises ValueError unless pay is not negative, shares lie in [0, 1] and elasticity in (0, 1).
    """
    pay, s = np.atleast_1d(np.asarray(relative, float)), np.ravel(np.asarray(shares, float))
    if (pay < 0).any() or not ((s >= 0) & (s <= 1)).all() or not 0 < elasticity < 1:
        raise ValueError("pay must not be negative; shares lie in [0, 1], elasticity in (0, 1)")
    weight = np.ones_like(s) if weights is None else np.ravel(np.asarray(weights, float))
    values, counts = np.unique(np.round(s, 6), return_inverse=True)
    weight = np.bincount(counts, weight, minlength=values.size)
    power = pay[:, None] ** (1 / (1 - elasticity))
    above = values * power
    law = np.divide(above, above + 1 - values, out=np.zeros_like(above), where=above > 0)
    return np.asarray(law @ weight / weight.sum())


def pay_of_a_sale(ds: xr.Dataset) -> Array:
    """Pay for a unit of price of the vendor's product over one of the others, per option (arm,).

    commission_share x reseller_discount / own_margin: both earn the same rate of the employer's
    plan on the margin they bring, so the rate itself cancels (docs/odd.md, effort). Differences in
    quota credit (`quota_share`) are not in it.
    """

    def held(key: str) -> Array:
        return np.asarray(ds[f"param__{key.replace('.', '__')}"].values, float)

    paid = held("partner_seller.commission_share") * held("booking.reseller_discount")
    return np.asarray(paid / held("partner_seller.own_margin"))


def sweep(
    scenario: Scenario, key: str, values: Sequence[float], *, reference: float,
    replicates: int = 30, seed: int = 1,
) -> pd.DataFrame:  # fmt: skip
    """Share of reseller hours on the vendor's products over what it pays; a row per value of `key`.

    key         partner_seller.commission_share, partner_seller.own_margin or
                booking.reseller_discount
    reference   the value whose people the law starts from (it need not be among `values`)
    Columns: value, pay (as of `pay_of_a_sale`), share, error (half width of the 95% interval), law
    (SA5 from the reference). `attrs`: key, reference (its pay), curve (pay, share: the law on a fine
    grid). Raises BadInput as `compare` does, ValueError if no seller of a partner works.
    """
    names = [f"{value:.4g}" for value in (reference, *values)]
    arms = [scenario.with_({key: value}, name=name)
            for name, value in zip(names, (reference, *values), strict=True)]  # fmt: skip
    arms[0] = arms[0].with_({}, name="reference")
    found = watch(arms, replicates=replicates, seed=seed, names=["reference", *names[1:]])
    return share_table(found, key, list(values))


def share_table(found: Watched, key: str, values: Sequence[float]) -> pd.DataFrame:
    """The table of `sweep` from a run whose first option is the reference, the rest `values`."""
    import pandas as pd

    ds = found.outcomes
    pay = pay_of_a_sale(ds)
    ours = ds["seller_hours"].sum("time").transpose("arm", "replicate").values
    all_hours = ds["seller_hours_all"].sum("time").transpose("arm", "replicate").values
    parts = [ratio(a, b) for a, b in zip(ours, all_hours, strict=True)]
    shares, worked = person_weeks(found.reps.isel(arm=0))
    elasticity = float(np.ravel(ds["param__effort__elasticity"].values)[0])
    fine = np.linspace(0, 1.05 * pay.max(), 121)

    def law(at: Array) -> Array:
        return smooth_law(at / pay[0], shares, worked, elasticity)

    rows = zip(values, pay[1:], *zip(*parts[1:], strict=True), law(pay[1:]), strict=True)
    table = pd.DataFrame(rows, columns=["value", "pay", "share", "error", "law"])
    curve = {"pay": fine.tolist(), "share": law(fine).tolist()}
    table.attrs = {"key": key, "reference": float(pay[0]), "curve": curve}
    return table


def person_weeks(reps: xr.Dataset) -> tuple[Array, Array]:
    """Share of the vendor's products and hours worked of each seller and week of one option."""
    spent, sellers = hours(reps), reps["role"] == ROLES.index("partner seller")
    ours, own = (spent[name].where(sellers).values.ravel() for name in ("ours", "own"))
    worked = ours + own
    some = np.isfinite(worked) & (worked > 0)
    if not some.any():
        raise ValueError("no seller of a partner works in this result")
    return np.clip(ours[some] / worked[some], 0, 1), worked[some]
