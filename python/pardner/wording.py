# SPDX-License-Identifier: Apache-2.0
"""How numbers are said: whole currency with 2-3 significant digits, pp, months, fiscal quarters."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np

MINUS = "\u2212"
_SCALES = ((1e9, "bn"), (1e6, "M"), (1e3, "k"), (1.0, ""))
_MINOR = re.compile(r"([A-Z]{3}) (cent|cents|minor|penny|pence)")


@dataclass(frozen=True)
class Unit:
    """A unit as written in a file, split into what is shown and the divisor that leads to it."""

    shown: str  # "USD", "deals", "" for plain numbers
    divisor: float = 1.0  # 100 for money in cents
    percent: bool = False  # shares: shown as %, differences as pp

    @classmethod
    def parse(cls, units: str | None) -> Unit:
        """From the attribute `units`: "USD cent", "JPY", "percent", "1", "deals"."""
        text = (units or "").strip()
        match = _MINOR.fullmatch(text)
        if match:
            return cls(match[1], 100.0)
        if text in ("percent", "%"):
            return cls("%", 1.0, percent=True)
        if text in ("share", "fraction"):
            return cls("%", 0.01, percent=True)
        return cls("" if text == "1" else text)

    def in_words(self, difference: bool = False) -> str:
        """The unit beside a number: "pp" for a difference of shares."""
        return "pp" if self.percent and difference else self.shown


def scale_of(amount: float) -> tuple[float, str]:
    """(divisor, suffix) that bring an amount near to 1..999: (1e6, "M")."""
    size = abs(amount)
    for divisor, suffix in _SCALES:
        if size >= 0.9995 * divisor:
            return divisor, suffix
    return 1.0, ""


def _decimals(scaled: float, digits: int) -> int:
    if scaled == 0 or not math.isfinite(scaled):
        return 0
    # 999.95 has four digits before the point once rounded, 0.99995 one.
    rounded = float(f"{scaled:.{digits - 1}e}")
    return max(0, digits - 1 - math.floor(math.log10(abs(rounded))))


def _signed(text: str, sign: bool) -> str:
    zero = not any(c in "123456789" for c in text)
    if text.startswith("-"):
        text = text[1:] if zero else MINUS + text[1:]
    elif sign and not zero:
        text = "+" + text
    return text


def number(value: float, *, digits: int = 3, sign: bool = False) -> str:
    """A number with `digits` significant digits: 1234567 -> "1.23M", -0.0456 -> "-0.0456"."""
    if not math.isfinite(value):
        return "not known"
    divisor, suffix = scale_of(value)
    scaled = value / divisor
    decimals = min(_decimals(scaled, digits), 6)
    text = f"{scaled:.{decimals}f}"
    if "." in text and not suffix:
        text = text.rstrip("0").rstrip(".")
    return _signed(text, sign) + suffix


def amount(value: float, unit: Unit, *, digits: int = 3, sign: bool = False) -> str:
    """An amount in file units with its unit: 123456700 in "USD cent" -> "1.23M USD"."""
    text = number(value / unit.divisor, digits=digits, sign=sign)
    words = unit.in_words(sign)
    return text + words if words == "%" else f"{text} {words}".strip()


def quantity(value: float, unit: str) -> str:
    """A parameter's value with its unit, three digits: "9.2 months", "5% per year", "28k USD"."""
    match = re.fullmatch(r"(share|fraction|percent|%)\b(.*)|()(.*)", unit.strip())
    kind, rest = match[1], (match[2] if match[1] else match[4]).strip()
    scaled = 100 * value if kind in ("share", "fraction") else value
    shown = number(value) if not kind and abs(value) >= 1000 else f"{scaled:.3g}"
    shown = shown.replace("-", MINUS) + ("%" if kind else "")
    if abs(value) != 1:
        rest = re.sub(r"^(hour|day|week|month|quarter|year)\b", r"\1s", rest)
    return f"{shown} {'' if rest == '1' else rest}".strip()


def plus_minus(mean: float, error: float, unit: Unit, *, with_unit: bool = True) -> str:
    """A mean with its simulation error, both to the same place: "+1.24M ± 0.09M USD".

    The error keeps at most two digits and decides the place, but the mean never shows more than
    three.
    """
    mean, error = mean / unit.divisor, error / unit.divisor
    words = f" {unit.in_words(True)}".rstrip() if with_unit else ""
    if not math.isfinite(error):
        return f"{number(mean, sign=True)} ± not known{words}"
    divisor, suffix = scale_of(max(abs(mean), error))
    scaled_mean, scaled_error = mean / divisor, error / divisor
    if scaled_error == 0:
        place = _decimals(scaled_mean, 3)
    else:
        place = min(_decimals(scaled_error, 2), max(_decimals(scaled_mean, 3), 0))
        place = max(place, _decimals(max(abs(scaled_mean), scaled_error), 2))
    place = min(place, 6)
    error_text = f"{scaled_error:.{place}f}"
    if scaled_error > 0 and not any(c in "123456789" for c in error_text):
        error_text = f"under {10.0**-place:.{place}f}"
    text = _signed(f"{scaled_mean:.{place}f}", True)
    text = "0" if text.strip("0.") == "" else text + suffix
    return f"{text} ± {error_text}{suffix}{words}"


def interval(low: float, high: float, unit: Unit, *, with_unit: bool = True) -> str:
    """A range of differences: "-0.11M to +1.20M USD" with one scale for both ends."""
    low, high = low / unit.divisor, high / unit.divisor
    divisor, suffix = scale_of(max(abs(low), abs(high)))
    place = min(max(_decimals(max(abs(low), abs(high)) / divisor, 3), 0), 6)
    ends = [_signed(f"{end / divisor:.{place}f}", True) for end in (low, high)]
    shown = [end if end.strip("0.") == "" else end + suffix for end in ends]
    shown = ["0" if end.strip("0.") == "" else end for end in shown]
    words = f" {unit.in_words(True)}".rstrip() if with_unit else ""
    return f"{shown[0]} to {shown[1]}{words}"


def count_of_100(share: float) -> str:
    """A share of futures as a count of 100; never 0 or 100 for what happened or failed once."""
    count = round(100 * share)
    if count == 0 and share > 0:
        return "under 1"
    if count == 100 and share < 1:
        return "over 99"
    return str(count)


def fiscal_quarter(start: np.datetime64, quarters: int, fiscal_year: int | None = None) -> str:
    """Label of the quarter `quarters` after the one that begins at `start`: "FY27 Q1".

    The year's number is `fiscal_year`, or the civil year that holds the middle of the last month
    of the first fiscal year (as the simulation's calendar has it).
    """
    if fiscal_year is None:
        middle = np.datetime64(start, "D") + np.timedelta64(7 * 52 - 17, "D")
        fiscal_year = int(str(middle)[:4])
    year, quarter = divmod(quarters, 4)
    return f"FY{(fiscal_year + year) % 100:02d} Q{quarter + 1}"


def join_words(words: list[str], last: str = "and") -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
