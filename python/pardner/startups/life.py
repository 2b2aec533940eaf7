# SPDX-License-Identifier: Apache-2.0
"""One startup's life: its strategy, money and partners week by week, and what befell it when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import xarray as xr

from ..errors import BadInput
from ..statistics import Array
from .lives import ENDINGS, ROUNDS

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Life:
    """What snapshots say of one startup; arrays (n,) by snapshot until it ended.

    Dates are weeks since the start, of the snapshot in which the change is first seen.
    """

    startup: int
    week: Array
    choices: Array  # (attributes, n) of 0 and 1: its strategy
    market: Array
    cash: Array  # minor units
    runway: Array  # months; 1200 where cash does not fall
    customers: Array
    fit: Array
    belief: Array
    partners: Array  # partnerships
    small: list[int]  # pivots of one choice
    large: list[int]  # pivots to another product
    signed: list[int]  # a partner came
    parted: list[int]  # a partner went
    rounds: list[tuple[int, str]]
    end: int | None  # weeks it lived; None: alive at the end
    how: str


def _one(startups: xr.Dataset, startup: int, arm: str | None, replicate: int) -> xr.Dataset:
    named = [str(name) for name in startups["arm"].values]
    if arm is not None and arm not in named:
        raise BadInput(f"there is no option {arm!r}; there are: {', '.join(named)}")
    for name, number in (("row", startup), ("replicate", replicate)):
        if not 0 <= number < startups.sizes[name]:
            raise BadInput(f"{name} {number} is not among the {startups.sizes[name]} there are")
    place = 0 if arm is None else named.index(arm)
    return startups.isel(arm=place, replicate=replicate, row=startup)


def life(
    startups: xr.Dataset, startup: int, *, arm: str | None = None, replicate: int = 0,
    attributes: int = 10,
) -> Life:  # fmt: skip
    """The life of startup number `startup`, from snapshots as of `watch` (best every week).

    arm         option; None: the first. replicate: place of the future
    attributes  choices of a strategy (`strategy.attributes`)
    Raises BadInput for an option, future or startup that is not there.
    """
    one = _one(startups, startup, arm, replicate)
    week, ended = one["week"].values, int(one["ended"].values[-1])
    end = ended + 1 if ended >= 0 else None
    how = ENDINGS[int(one["status"].values[-1])]
    seen = week < end if end is not None else np.ones(week.size, bool)
    if end is not None and not seen.any():
        seen[0] = True  # it ended before the first snapshot
    one, when = one.isel(snapshot=np.flatnonzero(seen)), week[seen]

    def held(name: str) -> Array:
        return np.asarray(one[name].values)

    def rises(name: str) -> list[int]:
        return [int(w) for w in when[np.diff(held(name), prepend=0) > 0]]

    partners, ever = held("partners"), held("partners_ever")
    came = np.diff(ever, prepend=0)
    gone = came - np.diff(partners, prepend=0)
    reached, before = held("round").astype(int), 0
    rounds: list[tuple[int, str]] = []
    for w, now in zip(when, reached, strict=True):
        rounds += [(int(w), ROUNDS[i]) for i in range(before, now)]
        before = now
    bits = held("genome").astype(np.int64)
    return Life(
        startup=startup, week=when, choices=bits[None, :] >> np.arange(attributes)[:, None] & 1,
        market=held("market"), cash=held("cash"), runway=held("runway"),
        customers=held("customers"), fit=held("fit"), belief=held("belief"), partners=partners,
        small=rises("small_pivots"), large=rises("large_pivots"),
        signed=[int(w) for w in when[came > 0]], parted=[int(w) for w in when[gone > 0]],
        rounds=rounds, end=end, how=how,
    )  # fmt: skip


def most_eventful(lives: pd.DataFrame, least_weeks: int = 156) -> int:
    """Number of a startup whose life shows much: both kinds of pivots, a partner, an end.

    Of those in `lives` (one option and future) with most of: a partner, a large pivot, a small one,
    an end after `least_weeks` or more; among them the one with most large pivots, then small ones.
    """
    ended = lives["ended"] & (lives["weeks"] >= least_weeks)
    wishes = [lives["partner"].notna(), lives["large"] > 0, lives["small"] > 0, ended]
    met = sum(wish.astype(int) for wish in wishes)
    best = lives[met == met.max()].sort_values(["large", "small"], ascending=False, kind="stable")
    return int(best["startup"].iloc[0])
