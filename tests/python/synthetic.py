# SPDX-License-Identifier: Apache-2.0
"""A made-up company for tests of statistics, plots and reports: fast, paired, known answers.

Three options over three years: a new account executive pays back soon, a partner program later
and more, unless the first partner deal takes long. Inputs are drawn per future, the same in all
options, as in a real comparison.
"""

import json

import numpy as np
import xarray as xr

INPUTS = {  # key: low, high, unit, meaning, source, evidence
    "partner.months_to_first_deal": (3, 15, "months", "signing to a partner's first deal",
                                     "assumption", "guess"),
    "rep.ramp_months": (2, 8, "months", "hire to full productivity of an account executive",
                        "Bridge Group survey", "field_study"),
    "deal.win_rate": (0.15, 0.25, "share", "won of decided opportunities", "sales log",
                      "measured"),
    "market.growth": (-0.05, 0.15, "share per year", "yearly growth of needs", "assumption",
                      "guess"),
    "staff.on_cost": (0.2, 0.3, "share of pay", "employer's cost on top of pay", "payroll law",
                      "field_study"),
}  # fmt: skip
ARMS = {
    "as_is": "As is",
    "account_executive": "One more account executive",
    "partner_manager": "One partner manager",
}


def drawn_inputs(replicates=200, seed=1):
    """Uniform draws of every input, its low and high their 10% and 90%: {key: (replicate,)}."""
    random = np.random.default_rng([seed, 77])
    return {
        key: random.uniform(v[0] - (v[1] - v[0]) / 8, v[1] + (v[1] - v[0]) / 8, replicates)
        for key, v in INPUTS.items()
    }


def company(replicates=200, weeks=156, seed=1, inputs=None, arms=tuple(ARMS), noise=1.0):
    """A comparison of `arms`; `inputs` replaces draws by given arrays or numbers.

    contribution  flow, USD cent    arr_end  stock    active_partners  stock, a count
    """
    random = np.random.default_rng([seed, 5])
    draws = drawn_inputs(replicates, seed) | (inputs or {})
    draws = {k: np.broadcast_to(np.asarray(v, float), replicates) for k, v in draws.items()}
    week = np.arange(weeks)
    growth = (1 + draws["market.growth"])[:, None] ** (week / 52)
    luck = np.exp(noise * 0.6 * random.standard_normal((replicates, weeks)) - 0.18 * noise**2)
    company_luck = np.exp(0.4 * random.standard_normal((replicates, 1)))
    weekly = 95_000_00 * growth * luck * (0.2 + 0.8 * company_luck)
    partner_luck = np.exp(0.7 * random.standard_normal((replicates, 1)) - 0.245)
    win = draws["deal.win_rate"][:, None] / 0.2
    cost = 3_200_00 * (1 + draws["staff.on_cost"][:, None]) / 1.25
    ramp = np.clip(week / (4.33 * draws["rep.ramp_months"][:, None]), 0, 1)
    first = 4.33 * draws["partner.months_to_first_deal"][:, None]
    partners = np.clip((week - first) / 26, 0, 3)
    gain = {
        "as_is": 0 * weekly,
        "account_executive": 5_200_00 * ramp * win * luck * growth - cost,
        "partner_manager": 4_900_00 * partners * partner_luck * win * luck - cost,
    }
    contribution = np.stack([weekly + gain[arm] for arm in arms])
    counts = {"partner_manager": np.floor(2 * partners) + 4}
    active = np.stack([counts.get(arm, 4 + 0 * weekly) + 0 * weekly for arm in arms])
    return dataset(contribution, active, draws, arms, seed)


def dataset(contribution, active, draws, arms, seed):
    """The arrays (arm, replicate, time) as a dataset like those of a run."""
    dims = ("arm", "replicate", "time")
    start = np.datetime64("2027-02-01", "ns")
    weeks = contribution.shape[2]
    time = start + np.timedelta64(7, "D") * np.arange(1, weeks + 1)
    arr = np.cumsum(contribution, axis=2) * 52 // (7 * np.arange(1, weeks + 1) + 300)
    ds = xr.Dataset(
        {
            "contribution": (dims, np.rint(contribution).astype(np.int64),
                             {"units": "USD cent", "cell_methods": "time: sum",
                              "long_name": "gross margin less pay: the figure that decides"}),
            "arr_end": (dims, np.rint(arr).astype(np.int64),
                        {"units": "USD cent", "cell_methods": "time: point",
                         "long_name": "annual value of running contracts"}),
            "active_partners": (dims, active.astype(np.int64),
                                {"units": "partners", "long_name": "partners with a deal",
                                 "kind": "stock"}),
        },
        coords={
            "arm": list(arms), "arm_title": ("arm", [ARMS.get(a, a) for a in arms]),
            "replicate": np.arange(contribution.shape[1]),
            "time": ("time", time, {"label": "end"}),
        },
        attrs={"seed": seed, "start": "2027-02-01", "calendar": "fiscal", "title": "Synthetic Inc.",
               "provenance": json.dumps({"program": "pardner 0.1.0", "seed": seed})},
    )  # fmt: skip
    for key, values in draws.items():
        low, high, unit, meaning, source, evidence = INPUTS[key]
        ds.coords["param__" + key.replace(".", "__")] = ("replicate", values, {
            "key": key, "low": low, "high": high, "unit": unit, "meaning": meaning,
            "source": source, "evidence": evidence})  # fmt: skip
    return ds


def from_differences(difference, reference=None, units="USD cent", weeks=1):
    """Two options whose contribution at the end differs by `difference` (replicate,)."""
    difference = np.asarray(difference)
    base = np.zeros_like(difference) if reference is None else np.asarray(reference)
    values = np.zeros((2, difference.size, weeks), dtype=np.result_type(base, difference))
    values[0, :, 0], values[1, :, 0] = base, base + difference
    return xr.Dataset(
        {"contribution": (("arm", "replicate", "time"), values, {"units": units, "kind": "flow"})},
        coords={
            "arm": ["base", "new"], "replicate": np.arange(difference.size),
            "time": np.datetime64("2027-02-08", "ns") + np.timedelta64(7, "D") * np.arange(weeks),
        },
    )  # fmt: skip
