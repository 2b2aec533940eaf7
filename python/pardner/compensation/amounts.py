# SPDX-License-Identifier: Apache-2.0
"""Amounts and shares of a plan file: read exactly as the engine reads them, and said in words.

Everything is a Fraction: amounts in whole currency units, shares as plain numbers (8% is 2/25).
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from ..errors import BadInput
from ..wording import MINUS

SCALES = {"k": 10**3, "M": 10**6, "bn": 10**9}
MONTHS = {"month": 1, "quarter": 3, "year": 12, "plan": 12}


def amount(value: Any) -> Fraction:
    """An amount as plans and logs write it (1200, "225k", "1.5M", "99.95") in whole units.

    Raises BadInput if it is none.
    """
    text = str(value).strip()
    scale = next((s for s in SCALES if text.endswith(s)), "")
    return _number(text.removesuffix(scale), value, "an amount") * SCALES.get(scale, 1)


def share(value: Any) -> Fraction:
    """A share or multiple as plans write it (0.08, "8%", 1.5). Raises BadInput if it is none."""
    text = str(value).strip()
    percent = text.endswith("%")
    return _number(text.removesuffix("%"), value, "a share") / (100 if percent else 1)


def is_percent(value: Any) -> bool:
    """Is a tier's bound given as a share of quota ("125%")?"""
    return isinstance(value, str) and value.strip().endswith("%")


def _number(text: str, value: Any, what: str) -> Fraction:
    try:
        found = Decimal(text.strip().replace("_", "").replace(",", ""))
        return Fraction(found)
    except (ArithmeticError, ValueError, OverflowError):
        raise BadInput(f"{value!r} is not {what}") from None


def minor(value: Fraction, minor_units: int) -> int:
    """The amount in minor units, halves away from zero."""
    return rounded(value * minor_units)


def rounded(value: Fraction) -> int:
    """The nearest whole number, halves away from zero (R1)."""
    whole = int(abs(value) + Fraction(1, 2))
    return whole if value >= 0 else -whole


def per_period(value: Fraction, given: str, wanted: str) -> Fraction:
    """An amount per `given` period as one per `wanted` period, not rounded."""
    return value * MONTHS[wanted] / MONTHS[given]


def plain(cents: int, minor_units: int) -> str:
    """An amount as a file has it, all decimals: 123450 -> "1234.50"."""
    places = len(str(minor_units)) - 1
    text = f"{abs(cents):0{places + 1}d}"
    whole, rest = (text[:-places], "." + text[-places:]) if places else (text, "")
    return f"{'-' if cents < 0 else ''}{whole}{rest}"


def shown(cents: int, minor_units: int) -> str:
    """An amount as a screen has it: 123450 -> "1,234.50"."""
    whole, _, rest = plain(abs(cents), minor_units).partition(".")
    text = f"{int(whole):,}{'.' if rest else ''}{rest}"
    return (MINUS if cents < 0 else "") + text


def say(value: Fraction, unit: str = "") -> str:
    """An amount in a sentence: "225,000 USD", "99.95 USD"; no decimals that are zero."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    text = f"{exact:,.2f}" if value.denominator > 1 else f"{value.numerator:,}"
    return f"{text.replace('-', MINUS)} {unit}".strip()


def percent(value: Fraction) -> str:
    """A share in a sentence: "8%", "12.5%"; endless decimals stop after the fourth."""
    text = f"{float(100 * value):.4f}".rstrip("0").rstrip(".")
    return f"{text.replace('-', MINUS)}%"


def times(value: Fraction) -> str:
    """A multiple in a sentence: "1.5", "2"."""
    return f"{float(value):.4f}".rstrip("0").rstrip(".").replace("-", MINUS)
