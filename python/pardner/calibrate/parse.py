# SPDX-License-Identifier: Apache-2.0
"""Dates and amounts of money from text, with the format found from the whole column."""

from __future__ import annotations

import datetime
import math
import re
from collections import Counter

from .errors import BadInput

DAY_FIRST = ("%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y")
MONTH_FIRST = ("%m/%d/%Y", "%m/%d/%y", "%m-%d-%Y")
OTHER = ("%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%d.%m.%y", "%Y%m%d", "%d %b %Y", "%b %d, %Y")
CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
CLOCK = re.compile(
    r"[T,]?\s*\d{1,2}:\d{2}(:\d{2})?(\.\d+)?\s*([AaPp][Mm])?\s*(Z|[+-]\d{2}:?\d{2})?$"
)
MOST = 1e13
EARLIEST, LATEST = datetime.date(1980, 1, 1), datetime.date(2100, 1, 1)


def _strip_time(text: str) -> str:
    """Return `text` without a time of day: '2024-03-01T10:22:03Z', '3/1/2024, 9:05 AM'."""
    return CLOCK.sub("", text).strip()


def day(text: str, form: str) -> datetime.date | None:
    """Return the date that `text` writes in `form`, or None."""
    try:
        found = datetime.datetime.strptime(_strip_time(text), form).date()
    except ValueError:
        return None
    return found if EARLIEST <= found < LATEST else None


def date_format(texts: list[str], day_first: bool, defects: Counter) -> str:
    """Return the format that reads most of `texts` (at most 2,000 looked at).

    A column which day-first and month-first forms read equally well is a defect: it is read as
    the preset says.
    """
    sample = [t for t in dict.fromkeys(texts) if t][:2000]
    forms = (*OTHER, *(DAY_FIRST + MONTH_FIRST if day_first else MONTH_FIRST + DAY_FIRST))
    score = {form: sum(day(t, form) is not None for t in sample) for form in forms}
    best = max(forms, key=lambda form: score[form])
    if sample and score[best] == 0:
        raise BadInput(f"dates like {sample[0][:40]!r} are in no known form; say date_format "
                       'in a map file, as in date_format = "%d/%m/%Y"')  # fmt: skip
    for one, other in zip(DAY_FIRST, MONTH_FIRST, strict=True):
        if best in (one, other) and score[one] == score[other]:
            defects[f"dates that could be day or month first (read as {best})"] += len(sample)
    return best


def decimal_sign(texts: list[str]) -> str:
    """Return "," if the amounts look like 1.234,56, else "."."""
    comma = sum(bool(re.search(r",\d{1,2}\D*$", t)) for t in texts)
    point = sum(bool(re.search(r"\.\d{1,2}\D*$", t)) for t in texts)
    return "," if comma > point else "."


def currency_of(texts: list[str]) -> str | None:
    """Return the currency whose sign or code most amounts carry, or None."""
    found: Counter = Counter()
    for text in texts:
        for sign, code in CURRENCIES.items():
            found[code] += sign in text
        match = re.search(r"\b[A-Z]{3}\b", text)
        if match:
            found[match.group()] += 1
    return found.most_common(1)[0][0] if any(found.values()) else None


def amount(text: str, decimal: str) -> float:
    """Return the number in `text` (currency signs and thousands separators dropped), or NaN.

    Below half a cent it is 0; beyond MOST it is no amount of money.
    """
    kept = re.sub(r"[^\d.,()eE+-]", "", text)
    negative = kept.startswith("(") and kept.endswith(")")
    kept = kept.strip("()eE").replace("." if decimal == "," else ",", "").replace(",", ".")
    try:
        value = float(kept)
    except ValueError:
        return math.nan
    value = -value if negative else value
    if abs(value) < 0.005:
        return 0.0
    return value if abs(value) < MOST else math.nan
