# SPDX-License-Identifier: Apache-2.0
"""Keys, draws and rounding, written from section 4 of docs/odd.md ("Keys and draws").

Philox4x32-10: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3" (2011).
"""

import math
from statistics import NormalDist

M32, M64 = 2**32 - 1, 2**64 - 1
GOLDEN, ODD = 0x9E3779B97F4A7C15, 0x632BE59BD9B4E019


def philox(counter: list[int], key: list[int]) -> list[int]:
    """Ten rounds over four words of 32 bits, with a key of two."""
    (a, b, c, d), (j, k) = counter, key
    for _ in range(10):
        left, right = 0xD2511F53 * a, 0xCD9E8D57 * c
        a, b, c, d = (right >> 32) ^ b ^ j, right & M32, (left >> 32) ^ d ^ k, left & M32
        j, k = (j + 0x9E3779B9) & M32, (k + 0xBB67AE85) & M32
    return [a, b, c, d]


def mix64(z: int) -> int:
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & M64
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & M64
    return z ^ (z >> 31)


def named(name: str) -> int:
    """The key of a name: FNV-1a, mixed."""
    h = 0xCBF29CE484222325
    for byte in name.encode():
        h = ((h ^ byte) * 0x100000001B3) & M64
    return mix64(h)


def child(kind: str, parent: int, ordinal: int) -> int:
    h = mix64((parent + mix64((named(kind) + ODD) & M64)) & M64)
    return mix64(h ^ mix64((ordinal + GOLDEN) & M64))


def pair(first: int, second: int) -> int:
    return mix64(mix64((first + ODD) & M64) ^ ((second * GOLDEN + 0x7F4A7C15) & M64))


def firm(kind: str, ordinal: int) -> int:
    number = {"vendor": 0, "rival": 1, "partner": 2}[kind]
    return child("firm", child("firm", named("ecosystem"), number), ordinal)


VENDOR = firm("vendor", 0)


def nearest(x: float) -> int:
    """Whole cents, of amounts that are not negative."""
    return math.floor(x + 0.5)


def generator(seed: int, number: int) -> int:
    """`number`: replicate + 1, or 0 for what all replicates share."""
    return mix64(mix64((seed + GOLDEN) & M64) ^ (number * 0xD1342543DE82EF95 & M64))


def pick(weights: list[float], u: float) -> int:
    """The place that the share u falls on, the weights laid end to end in their order."""
    return next(i for i in range(len(weights)) if u * sum(weights) < sum(weights[: i + 1]))


class Draw:
    """The numbers of one (stream, key), in order."""

    def __init__(self, generator: int, stream: int, key: int, week: int = 0xFFFF) -> None:
        self.key = key
        self.philox_key = [generator & M32, generator >> 32]
        self.counter = [key & M32, key >> 32, week | stream << 16, 0]
        self.words: list[int] = []

    def word(self) -> int:
        if not self.words:
            self.words = philox(self.counter, self.philox_key)
            self.counter[3] += 1
        return self.words.pop(0)

    def uniform(self) -> float:
        low = self.word()
        return (((self.word() << 32 | low) >> 12) + 0.5) * 2.0**-52

    def happens(self, chance: float) -> bool:
        return self.word() < math.floor(chance * 2**32)

    def exponential(self) -> float:
        return -math.log(self.uniform())

    def normal(self) -> float:
        return NormalDist().inv_cdf(self.uniform())

    def poisson(self, mean: float) -> int:
        """By inversion: the first count whose chance of being at most that is not below U."""
        u, mass, count = self.uniform(), math.exp(-mean), 0
        below = mass
        while u > below and count < 60:
            count += 1
            mass *= mean / count
            below += mass
        return count
