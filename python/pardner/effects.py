# SPDX-License-Identifier: Apache-2.0
"""Effects: what an option changes against the reference, future by future.

Three numbers, each with its own name, never mixed:
  simulation error   95% interval of the mean paired difference, printed only as "±"
  range of futures   5-95% band of the paired difference
  wins               in k of 100 futures the option is the best of all options
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import combinations
from typing import Any, overload

import numpy as np
import pandas as pd
import xarray as xr

from . import outcomes, statistics, wording
from .outcomes import Horizon, When
from .statistics import Array
from .verdicts import Verdict, judge


@dataclass(frozen=True)
class Effect:
    """The paired difference of one option to the reference in one outcome at one horizon.

    Amounts are in the outcome's own unit (`units`, for example "USD cent"), cumulative since the
    start for flows. Shares are in 0..1.
    """

    outcome: str
    spoken: str  # the outcome as screens name it
    meaning: str  # its definition in one sentence, may be empty
    units: str
    arm: str
    title: str
    reference: str
    reference_title: str
    at: np.datetime64
    horizon: str
    futures: int
    mean: float
    error: float  # simulation error: half width of the 95% interval of the mean
    joint_error: float  # half width that holds for all options and horizons asked for together
    standard_error: float
    low: float  # range of futures, 5%
    high: float  # range of futures, 95%
    level: float  # mean of the option itself
    reference_level: float
    wins: float  # share of futures in which this option is best of all, ties split
    reference_wins: float
    p_best_mean: float  # for researchers: share of resampled means that are best
    correlation: float
    variance_reduction: float
    tail_share: float  # share of the absolute differences in the largest 1% of futures
    mean_without_tail: float
    fixed_inputs: bool  # mean and its errors are of a run at fixed inputs
    delta: float
    verdict: Verdict
    warnings: tuple[str, ...]

    @property
    def interval(self) -> tuple[float, float]:
        """The 95% interval of the mean: mean - error, mean + error."""
        return self.mean - self.error, self.mean + self.error

    @property
    def unit(self) -> wording.Unit:
        """How the amounts are shown."""
        return wording.Unit.parse(self.units)

    def to_dict(self) -> dict[str, Any]:
        """All fields as plain values; `at` an ISO date, the verdict its text."""
        plain = asdict(self) | {
            "at": str(np.datetime64(self.at, "D")),
            "verdict": str(self.verdict),
        }
        return plain | {"warnings": list(self.warnings)}

    def __str__(self) -> str:
        unit = self.unit
        mean = wording.plus_minus(self.mean, self.error, unit)
        futures = wording.interval(self.low, self.high, unit)
        lines = [
            f"{self.title} against {self.reference_title}, {self.spoken} at {self.horizon}",
            f"  mean difference ± simulation error  {mean}",
            f"  range of futures (5-95%)            {futures}",
            f"  best in k of 100 futures            {wording.count_of_100(self.wins)}",
            f"  verdict                             {self.verdict}",
            f"  {self.futures} futures, correlation {self.correlation:.3f}, "
            f"largest 1% carry {self.tail_share:.0%}",
        ]
        return "\n".join(lines + [f"  warning: {text}" for text in self.warnings])


class Effects(Sequence[Effect]):
    """Effects of several options or horizons, in the order options, then horizons."""

    def __init__(self, effects: Sequence[Effect]):
        self._effects = tuple(effects)

    def __len__(self) -> int:
        return len(self._effects)

    @overload
    def __getitem__(self, key: int) -> Effect: ...
    @overload
    def __getitem__(self, key: slice) -> Effects: ...
    @overload
    def __getitem__(self, key: str) -> Any: ...
    def __getitem__(self, key: int | slice | str) -> Any:
        """By position, or by an option's name: its one effect, or its effects at all horizons."""
        if not isinstance(key, str):
            picked = self._effects[key]
            return Effects(picked) if isinstance(key, slice) else picked
        found = [e for e in self._effects if e.arm == key]
        if not found:
            known = ", ".join(dict.fromkeys(e.arm for e in self._effects))
            raise KeyError(f"no effect of an option {key!r}; there are: {known}")
        return found[0] if len(found) == 1 else Effects(found)

    def __iter__(self) -> Iterator[Effect]:
        return iter(self._effects)

    def to_pandas(self) -> pd.DataFrame:
        """One row per effect, all fields as columns."""
        return pd.DataFrame([e.to_dict() for e in self._effects])

    def __str__(self) -> str:
        return "\n\n".join(str(e) for e in self._effects)

    def _repr_html_(self) -> str:
        from .html import effect_table

        return effect_table(self)


@dataclass(frozen=True)
class _Paired:
    """Amounts of the futures complete in all options, per horizon: each (n, options)."""

    amounts: list[Array]
    left_out: int
    warnings: tuple[str, ...]


def _pair(ds: xr.Dataset, name: str, where: Sequence[Horizon]) -> _Paired:
    amounts = [outcomes.amounts_at(ds, name, one) for one in where]
    if not all(np.issubdtype(values.dtype, np.integer) for values in amounts):
        complete = np.all([np.isfinite(values).all(axis=1) for values in amounts], axis=0)
        left_out = int((~complete).sum())
        amounts = [values[complete] for values in amounts]
    else:
        left_out = 0
    futures = len(amounts[0])
    if futures == 0:
        raise ValueError(f"no future has a value of {name!r} in every option")
    warnings = []
    if left_out:
        warnings.append(f"{left_out} of {futures + left_out} futures left out: no value of {name}")
    if futures < statistics.FEW_FUTURES:
        warnings.append(
            f"only {futures} futures: below {statistics.FEW_FUTURES} the simulation error of "
            "heavy-tailed outcomes is understated"
        )
    return _Paired(amounts, left_out, tuple(warnings))


def _family_errors(amounts: list[Array], seed: int, name: str) -> statistics.MeanErrors:
    """Errors of all pairs of options at all horizons, ordered pairs, then horizons.

    All pairs, not only those with the reference: the recommended option must beat the others too.
    """
    pairs = combinations(range(amounts[0].shape[1]), 2)
    differences = [values[:, b] - values[:, a] for a, b in pairs for values in amounts]
    return statistics.mean_errors(np.stack(differences, axis=1), seed=seed, name=name)


def effects(
    ds: xr.Dataset, outcome: str, at: Sequence[When] | None = None, *,
    arms: Sequence[str] | None = None, delta: float = 0.0, seed: int | None = None,
    fixed: xr.Dataset | None = None,
) -> Effects:  # fmt: skip
    """Effects of the options on one outcome at several horizons.

    ds       dimensions (arm, replicate, time), see `outcomes`; the first arm is the reference
    at       horizons ("12 months", dates); None: 12, 24, 36 months as far as the run goes
    arms     names of options; None: all but the reference
    delta    indifference for the verdict, in the outcome's unit (see `verdicts.indifference`)
    seed     of the bootstrap; None: the dataset's own `seed`
    fixed    the same options simulated with all inputs at their central values: mean and
             simulation error come from there, so that both hold "at fixed inputs". Without it
             they are of the mean over the drawn inputs, whose error is the larger one.

    Raises KeyError for an unknown outcome or option, ValueError for an unusable horizon or where
    no future is complete.
    """
    names = outcomes.arm_names(ds)
    if len(names) < 2:
        raise ValueError("an effect needs at least two options")
    asked = names[1:] if arms is None else list(arms)
    if unknown := [arm for arm in asked if arm not in names]:
        raise KeyError(f"no option {unknown[0]!r}; there are: {', '.join(names)}")
    where = outcomes.horizons(ds, at)
    seed = int(np.ravel(ds.attrs.get("seed", 0))[0]) if seed is None else seed
    paired = _pair(ds, outcome, where)
    centre = paired if fixed is None else _pair_fixed(fixed, names, outcome, where)
    errors = _family_errors(centre.amounts, seed, outcome)
    order = {pair: i for i, pair in enumerate(combinations(range(len(names)), 2))}
    shares = [_shares(ds, outcome, values, seed) for values in paired.amounts]
    result = []
    for arm in asked:
        option = names.index(arm)
        for h, one in enumerate(where):
            column = order[0, option] * len(where) + h if option else None
            mean = tuple(0.0 if column is None else float(part[column]) for part in errors)
            result.append(_effect(ds, outcome, one, option, paired, h, mean, shares[h], delta))
    if fixed is not None:
        result = [replace(one, fixed_inputs=True) for one in result]
    return Effects(result)


def _shares(ds: xr.Dataset, outcome: str, values: Array, seed: int) -> tuple[Array, Array]:
    """Wins and chances of the best mean of all options, each (options,)."""
    higher = outcomes.higher_is_better(ds, outcome)
    best_means = statistics.chance_best_mean(
        values, seed=seed, name=outcome, higher_is_better=higher
    )
    return statistics.shares_best(values, higher), best_means


def _pair_fixed(
    fixed: xr.Dataset, names: list[str], outcome: str, where: Sequence[Horizon]
) -> _Paired:
    if outcomes.arm_names(fixed) != names or fixed.sizes["time"] <= max(h.index for h in where):
        raise ValueError("the run at fixed inputs must have the same options and length")
    return _pair(fixed, outcome, where)


@overload
def effect(
    ds: xr.Dataset, outcome: str, at: When = None, arm: None = None, **options: Any
) -> Effects: ...
@overload
def effect(
    ds: xr.Dataset, outcome: str, at: When = None, *, arm: str, **options: Any
) -> Effect: ...
@overload
def effect(ds: xr.Dataset, outcome: str, at: When, arm: str, **options: Any) -> Effect: ...
def effect(
    ds: xr.Dataset, outcome: str, at: When = None, arm: str | None = None, **options: Any
) -> Effect | Effects:
    """The effect of option `arm` at one horizon (None: the end of the run), or of all options.

    With `arm` an Effect, without it Effects with one entry per option other than the reference.
    Further arguments and errors as for `effects`.
    """
    found = effects(ds, outcome, [at], arms=None if arm is None else [arm], **options)
    return found if arm is None else found[0]


def _effect(
    ds: xr.Dataset, name: str, where: Horizon, option: int, paired: _Paired, h: int,
    mean_error: tuple[float, ...], shares: tuple[Array, Array], delta: float,
) -> Effect:  # fmt: skip
    variable, names, titles = ds[name], outcomes.arm_names(ds), outcomes.arm_titles(ds)
    values, (wins, best_means) = paired.amounts[h], shares
    reference, own = values[:, 0], values[:, option]
    difference = own - reference
    mean, spread, error, joint = mean_error
    share, without = statistics.tail_share(difference)
    low, high = statistics.band(difference)
    gain = mean if outcomes.higher_is_better(ds, name) else -mean
    verdict = judge(gain, joint, delta, futures=len(values), standard_error=spread)
    return Effect(
        outcome=name, spoken=outcomes.spoken(ds, name), meaning=outcomes.meaning(ds, name),
        units=str(variable.attrs.get("units", "")),
        arm=names[option], title=titles[names[option]],
        reference=names[0], reference_title=titles[names[0]],
        at=where.time, horizon=where.label, futures=len(values),
        mean=mean, error=error, joint_error=joint, standard_error=spread,
        low=float(low), high=float(high),
        level=float(own.mean()), reference_level=float(reference.mean()),
        wins=float(wins[option]), reference_wins=float(wins[0]),
        p_best_mean=float(best_means[option]),
        correlation=statistics.correlation(reference, own),
        variance_reduction=statistics.variance_reduction(reference, own),
        tail_share=share, mean_without_tail=without,
        fixed_inputs=False, delta=delta, verdict=verdict, warnings=paired.warnings,
    )  # fmt: skip
