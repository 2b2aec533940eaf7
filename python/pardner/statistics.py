# SPDX-License-Identifier: Apache-2.0
"""Numbers about paired futures: plain arrays in, plain arrays out.

Everything the project says about a comparison is computed here, once. A *future* is a replicate
simulated under every option with the same luck, so options are compared future by future (paired).
Arrays have futures along axis 0.

The simulation error is a symmetric studentised bootstrap of the paired differences (Hall 1988,
Annals of Statistics 16: symmetric critical points), joint over options and horizons because whole
futures are resampled. Partner revenue is heavy-tailed, and the plain form covers only 88% at
lognormal sigma 1.7 with 200 futures instead of 95%: 200 futures simply do not show how long the
tail is. So the tenth of the futures at either end is resampled from a lognormal tail fitted to
the outer 36% (the semi-parametric bootstrap of Cowell and Flachaire 2007, Journal of
Econometrics 141:1044, with a lognormal instead of a Pareto tail). docs/statistics.md holds the
measured coverage; tests/python/coverage_table.py prints it again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

Array = NDArray[Any]

LEVEL = 0.95  # of simulation errors, alone and joint
RESAMPLES = 2000
FUTURES_BAND = (0.05, 0.95)  # the range of futures
FEW_FUTURES = 200  # below: a warning, bootstrap intervals of heavy tails are then too short

_CELLS = 16  # points by which a smoothed tail observation is represented
_FITTED_TAIL = 0.36  # share of futures at either end to which the tail is fitted
_SMOOTHED_TAIL = 0.1  # share of futures at either end resampled from the fitted tail
_FEWEST_IN_TAIL = 8
_BLOCK = 4_000_000  # resampled numbers in memory at once


@dataclass(frozen=True)
class MeanErrors:
    """Means of k paired differences with their simulation errors; arrays of shape (k,).

    `error` is the half width of the 95% interval of one mean by itself, `joint_error` that of
    intervals which all hold together with 95% (for verdicts).
    """

    mean: Array
    standard_error: Array
    error: Array
    joint_error: Array

    def __iter__(self) -> Iterator[Array]:
        return iter((self.mean, self.standard_error, self.error, self.joint_error))


def keyed_bits(seed: int, name: str, count: int, skip: int = 0) -> Array:
    """`count` 64-bit words that depend on (seed, name) only: Philox4x64 keyed by their hash.

    NumPy guarantees the raw stream of a bit generator across versions, but not `integers()`.
    `skip` words (a multiple of 4, one Philox block) are passed over.
    """
    digest = hashlib.blake2b(f"{int(seed)}|{name}".encode(), digest_size=16).digest()
    philox = np.random.Philox(key=int.from_bytes(digest, "little"))
    philox.advance(skip // 4)
    return philox.random_raw(count)


def keyed_indices(seed: int, name: str, below: int, rows: range, width: int) -> Array:
    """Rows `rows` of an endless table of uniform indices in [0, below), `width` to a row."""
    aligned = -(-width // 4) * 4  # each row begins with a Philox block, however rows are asked for
    words = keyed_bits(seed, name, len(rows) * aligned, skip=rows.start * aligned)
    # Multiply-shift: bias below / 2^32, far under the noise of any bootstrap.
    index = ((words >> np.uint64(32)) * np.uint64(below)) >> np.uint64(32)
    return index.astype(np.int64).reshape(len(rows), aligned)[:, :width]


def _tail_cells(sorted_excess: Array, futures: int) -> Array | None:
    """Cells (r, 16) of the smoothed tail for the r largest excesses over the median, or None.

    `sorted_excess` (m,), largest first, are the positive excesses among the outer 36%. The tail
    is the line of log excess against normal quantile through them: a lognormal tail.
    """
    if sorted_excess.size < _FEWEST_IN_TAIL:
        return None
    quantile = -ndtri((np.arange(sorted_excess.size) + 0.5) / futures)
    log_excess = np.log(sorted_excess)
    centred = quantile - quantile.mean()
    slope = centred @ (log_excess - log_excess.mean()) / (centred @ centred)
    replaced = min(max(round(_SMOOTHED_TAIL * futures), 1), sorted_excess.size)
    cells = np.arange(replaced)[:, None] + (np.arange(_CELLS) + 0.5) / _CELLS
    return np.exp(log_excess.mean() + slope * (-ndtri(cells / futures) - quantile.mean()))


def smooth_tails(differences: Array) -> Array:
    """Each of n paired differences as 16 equally likely cells: (n,) -> (n, 16).

    The inner eight tenths stay what they are; the largest and smallest tenth are spread over
    their part of a fitted lognormal tail. Each future keeps its rank, so a resampled future means
    the same luck for all options. Values that do not vary in the tail are left as they are.
    """
    cells = np.repeat(differences[:, None], _CELLS, axis=1)
    futures = differences.size
    order = np.argsort(differences, kind="stable")
    median = np.median(differences)
    outer = max(round(_FITTED_TAIL * futures), _FEWEST_IN_TAIL)
    # Counts over counts take few values, and rounding parts equal ones: not a tail of a lognormal.
    rounding = 1e-9 * np.ptp(differences)
    for sign, ends in ((1.0, order[::-1]), (-1.0, order)):
        excess = sign * (differences[ends[:outer]] - median)
        tail = _tail_cells(excess[excess > rounding], futures)
        if tail is not None:
            cells[ends[: len(tail)]] = median + sign * tail
    return cells


def _studentised(cells: Array, index: Array, width: int) -> Array:
    """Studentised means of resamples `index` (B, n) of centred cells (k, n * 16): (B, k).

    A resample that met none of the few futures that differ is infinitely far off: it says that
    the error is not known, not that it is 0.
    """
    result = np.full((len(index), len(cells)), np.inf)
    for column, values in enumerate(cells):
        drawn = values[index]
        mean = drawn.mean(axis=1)
        variance = np.maximum((drawn * drawn).mean(axis=1) - mean * mean, 0) / (width - 1)
        varies = variance > 1e-24 * mean * mean
        result[varies, column] = mean[varies] / np.sqrt(variance[varies])
    return result


def mean_errors(
    differences: Array, *, seed: int, name: str, level: float = LEVEL,
    resamples: int = RESAMPLES,
) -> MeanErrors:  # fmt: skip
    """Mean and simulation error of k paired differences (n, k), in their own unit.

    Draws are keyed by (seed, name): the same input gives the same interval on every machine.
    Differences that never vary have an error of exactly 0. One future (n = 1) has an unknown,
    infinite error. Raises ValueError on an empty or not finite input.
    """
    differences = np.asarray(differences, dtype=float)
    if differences.ndim != 2 or 0 in differences.shape or not np.isfinite(differences).all():
        raise ValueError(
            "paired differences must be a finite, not empty array (futures, contrasts)"
        )
    futures, contrasts = differences.shape
    constant = (differences == differences[0]).all(axis=0)
    mean = np.where(constant, differences[0], differences.mean(axis=0))
    if futures == 1:
        unknown = np.full(contrasts, np.inf)
        return MeanErrors(mean, unknown, unknown.copy(), unknown.copy())
    spread = np.where(constant, 0.0, differences.std(axis=0, ddof=1)) / np.sqrt(futures)
    varying = np.flatnonzero(~constant)
    error, joint = np.zeros(contrasts), np.zeros(contrasts)
    if varying.size:
        studentised = np.abs(_bootstrap(differences[:, varying], seed, name, resamples))
        single = np.quantile(studentised, level, axis=0, method="higher")
        error[varying] = single * spread[varying]
        largest = np.quantile(studentised.max(axis=1), level, method="higher")
        joint[varying] = largest * spread[varying]
    return MeanErrors(mean, spread, error, joint)


def _bootstrap(differences: Array, seed: int, name: str, resamples: int) -> Array:
    """Studentised bootstrap means (resamples, k) of differences (n, k)."""
    futures = len(differences)
    # In units of their own spread, so that squares neither overflow nor lose digits.
    scaled = (differences - np.median(differences, axis=0)) / differences.std(axis=0)
    cells = np.stack([smooth_tails(column).ravel() for column in scaled.T])
    cells -= cells.mean(axis=1, keepdims=True)
    block = max(1, _BLOCK // futures)
    parts = []
    for start in range(0, resamples, block):
        rows = range(start, min(start + block, resamples))
        index = keyed_indices(seed, name, futures * _CELLS, rows, futures)
        parts.append(_studentised(cells, index, futures))
    return np.concatenate(parts)


def band(values: ArrayLike, probabilities: Sequence[float] = FUTURES_BAND, axis: int = 0) -> Array:
    """Quantiles of futures (linear interpolation); result axis 0 runs over `probabilities`.

    The one function behind every band in tables, pictures and pages. Futures without a value
    (NaN) must be left out by the caller: a band that silently ignored them would lie.
    """
    values = np.asarray(values)
    if values.shape[axis] == 0:
        raise ValueError("a band needs at least one future")
    return np.quantile(values.astype(float), probabilities, axis=axis)


def shares_best(values: Array, higher_is_better: bool = True) -> Array:
    """Share of rows of values (n, options) in which each option is best, ties split: (options,)."""
    values = np.asarray(values)
    best = values.max(axis=1) if higher_is_better else values.min(axis=1)
    at_best = values == best[:, None]
    return (at_best / at_best.sum(axis=1, keepdims=True)).mean(axis=0)


def chance_best_mean(
    values: Array, *, seed: int, name: str, higher_is_better: bool = True,
    resamples: int = RESAMPLES,
) -> Array:  # fmt: skip
    """Share of bootstrap resamples in which each option has the best mean, ties split.

    values: (n, options). For researchers: it goes to 0 or 1 with many futures, however small the
    difference, and is not the share of futures in which an option is best.
    """
    values = np.asarray(values, dtype=float)
    futures, options = values.shape
    means = np.empty((resamples, options))
    block = max(1, _BLOCK // futures)
    for start in range(0, resamples, block):
        rows = range(start, min(start + block, resamples))
        index = keyed_indices(seed, name, futures * _CELLS, rows, futures) // _CELLS
        for option in range(options):
            means[rows.start : rows.stop, option] = values[:, option][index].mean(axis=1)
    return shares_best(means, higher_is_better)


def correlation(first: ArrayLike, second: ArrayLike) -> float:
    """Correlation over futures that pairing achieved; 1 if the difference never varies.

    NaN when one of the two does not vary and the other does: then there is nothing to share.
    """
    first, second = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    difference = second - first
    if (difference == difference[0]).all():
        return 1.0
    if (first == first[0]).all() or (second == second[0]).all():
        return float("nan")
    return float(np.clip(np.corrcoef(first, second)[0, 1], -1.0, 1.0))


def variance_reduction(first: ArrayLike, second: ArrayLike) -> float:
    """How many times fewer futures pairing needs: (var a + var b) / var(b - a).

    Infinite when the difference never varies although the options do, 1 when nothing varies.
    """
    first, second = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    difference = second - first
    apart = first.var() + second.var()
    if (difference == difference[0]).all():
        return float("inf") if apart > 0 else 1.0
    return float(apart / difference.var())


def tail_share(differences: ArrayLike) -> tuple[float, float]:
    """What the largest 1% of futures (at least one) do to an effect: (share, mean without them).

    The share is of the sum of absolute paired differences, so it stays within 0 and 1 when gains
    and losses cancel; 0 for differences that are all 0.
    """
    differences = np.asarray(differences, dtype=float)
    size = np.abs(differences)
    largest = np.argsort(size, kind="stable")[::-1][: max(1, round(0.01 * size.size))]
    rest = np.delete(differences, largest)
    total = size.sum()
    share = float(size[largest].sum() / total) if total > 0 else 0.0
    return share, float(rest.mean()) if rest.size else float(differences.mean())


def pairs_to_decide(
    difference: float, standard_deviation: float, delta: float, *, critical: float = 1.96,
    power: float = 0.9,
) -> float:  # fmt: skip
    """Pairs of futures after which a verdict falls with the given power, if things stay as seen.

    Either the difference is clear of 0, or it is clear of both -delta and +delta (no useful
    difference); the easier of the two counts. Rounded up to blocks of 50; infinite when the
    difference sits exactly on a boundary. All amounts in one unit.
    """
    reach = (critical + float(ndtri(power))) * standard_deviation
    gap = max(abs(difference), delta - abs(difference))
    if gap <= 0:
        return float("inf")
    pairs = (reach / gap) ** 2
    return float(np.ceil(pairs / 50) * 50) if np.isfinite(pairs) else float("inf")
