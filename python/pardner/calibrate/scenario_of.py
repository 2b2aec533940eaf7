# SPDX-License-Identifier: Apache-2.0
"""From fitted figures to scenario keys. All the knowledge of the model's keys is in ROWS,
PRODUCT_ROWS and TARGETS; a renamed parameter is one line here.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .assumptions import assumptions
from .figure import Figure
from .rows import Fixed, Row

if TYPE_CHECKING:
    from .fit import Fit

MODEL = "ecosystem"
WEEKS = 156
WARMUP = 8  # the pipeline is empty at first: more than a mean cycle (feasibility.md, artefact 8)


ROWS = (
    Row("market.accounts", "accounts", whole=True),
    Row("market.regions", "regions", whole=True),
    Row("demand.rate", "need_rate"),
    Row("demand.rate_sigma", "need_rate_sigma"),
    Row("demand.clock_min_weeks", "clock_min_weeks"),
    Row("demand.clock_mean_weeks", "clock_exponential_weeks"),
    Row("vendor.account_executives", "agents_active", whole=True),
    Row("account_executive.skill_sigma", "agent_win_sigma"),
)
FIXED = (
    Fixed("demand.while_busy", 1, "the fitted rate counts needs beside open ones"),
    Fixed("vendor.customers", 0, "a log of deals holds no running contracts"),
)
PRODUCT_ROWS = (
    Row("list_price", "price"),
    Row("share", "share"),
    Row("size_sigma", "size_sigma"),
)
PRODUCT_FIXED = (
    Fixed("term_weeks", 0, "a log of deals holds no terms: each is bought once"),
    Fixed("unit_cost", 0.5, "no cost in a log", 0.3, 0.7),
)
# The first question of everybody who reads their log: whom to hire?
ARMS = """\
[arms.as_is]
title = "as is"

[arms.account_executive]
title = "one more account executive"
hiring.account_executives = 1

[arms.partner_manager]
title = "one partner manager for a reseller program"
hiring.partner_managers = 1"""
# No parameter says these: the scenario must bring them forth. Written as comments.
TARGETS = (
    "win_rate", "undecided_share", "won_share_of_opened", "opened_per_week", "open_per_agent",
    "value_per_win", "cycle_median_days", "cycle_mean_weeks", "cycle_sd_weeks",
    "agent_volume_sigma",
)  # fmt: skip


def entries(fit: Fit, matched: Sequence[Fixed] = ()) -> list[tuple[str, Figure | Fixed, bool]]:
    """Return (scenario key, what fills it, whole?) in the order of the file, section by section."""
    found = [(r.key, fit.figures[r.figure], r.whole) for r in ROWS if r.figure in fit.figures]
    found += [(f.key, f, True) for f in (*FIXED, *assumptions(fit), *matched)]
    order = list(dict.fromkeys(key.split(".")[0] for key, _, _ in found))
    found.sort(key=lambda entry: order.index(entry[0].split(".")[0]))
    for product in fit.products:
        parent = f"product.{product.slug}"
        found += [(f"{parent}.{r.key}", fit[f"{parent}.{r.figure}"], r.whole) for r in PRODUCT_ROWS]
        found += [(f"{parent}.{f.key}", f, True) for f in PRODUCT_FIXED]
    return found


def scenario_of(fit: Fit, title: str, matched: Sequence[Fixed] = ()) -> str:
    """Return the text of a scenario file (TOML) that holds the fitted figures.

    matched: parameters found by simulation (match.py).

    Each value carries its 10% and 90% values, source and evidence grade: `measured` where the
    data decided at least half of the figure, else `guess`.
    """
    log, found = fit.log, fit.estimate
    start = found.window.end.to_period("Q").end_time.normalize()
    start = start if start <= found.window.end else start.to_period("Q").end_time.normalize()
    first = (start.to_period("Q") + 1).start_time
    lines = [
        "# Written by `pardner calibrate crm`; the fit report beside it says how sure each is.",
        f"# From {len(log.table)} opportunities, decisions {found.window}.",
        *(f"#   {name} sha256 {digest}" for name, digest in log.reading.files.items()),
        "format = 1",
        "",
        "[run]",
        f"model = {_text(MODEL)}",
        f"title = {_text(title)}",
        f"start = {first:%Y-%m-%d}",
        f"weeks = {WEEKS}",
        f"warmup = {WARMUP}",
        "record_every = 4",
        "replicates = 200",
        'vary = "chance+inputs"',
        'calendar = "gregorian"',
        f"currency = {_text(log.reading.currency)}",
    ]
    table = "run"
    for key, entry, whole in entries(fit, matched):
        parent, leaf = key.rsplit(".", 1)
        if parent != table:
            lines += ["", f"[{parent}]"]
            table = parent
        lines.append(f"{leaf} = {_value(fit, entry, whole)}")
    lines += ["", *ARMS.splitlines()]
    lines += ["", "# To be met by the scenario as a whole (10% to 90%):"]
    for key in TARGETS:
        if key in fit.figures:
            f = fit[key]
            lines.append(f"#   {key} = {_number(f.value)} ({_number(f.low)} to "
                         f"{_number(f.high)}), {f.unit}")  # fmt: skip
    return "\n".join(lines) + "\n"


def _value(fit: Fit, figure: Figure | Fixed, whole: bool) -> str:
    if isinstance(figure, Fixed):
        belief = ""
        if figure.low is not None and figure.high is not None:
            belief = f"low = {_number(figure.low)}, high = {_number(figure.high)}, "
        source = f"assumed: {figure.reason}" if figure.assumed else figure.reason
        return (f"{{ value = {_number(figure.value)}, {belief}source = {_text(source)}, "
                f'evidence = "{figure.evidence}" }}')  # fmt: skip
    evidence = "measured" if figure.data_share >= 0.5 else "guess"
    source = f"fitted from crm ({fit.log.reading.preset}, n = {figure.n}): {figure.method}"
    numbers = (figure.value, figure.low, figure.high)
    value, low, high = (str(round(x)) if whole else _number(x) for x in numbers)
    return (f"{{ value = {value}, low = {low}, high = {high}, source = {_text(source)}, "
            f"evidence = {_text(evidence)} }}")  # fmt: skip


def _number(x: float) -> str:
    """Return `x` with 4 significant digits, without an exponent."""
    if x == 0 or not math.isfinite(x):
        return "0.0"
    digits = max(3 - math.floor(math.log10(abs(x))), 0)
    text = f"{x:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _text(text: str) -> str:
    # JSON's escapes are TOML's; TOML alone also forbids the character DEL
    return json.dumps(text.replace("\x7f", ""), ensure_ascii=False)
