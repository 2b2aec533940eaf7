# SPDX-License-Identifier: Apache-2.0
"""The fit report, as Markdown and as one HTML file that needs no network."""

from __future__ import annotations

import base64
import html
import math
from typing import TYPE_CHECKING

from .figure import Figure

if TYPE_CHECKING:
    from .fit import Fit

# What a figure leaves open, by key or by the last part of a product's key.
CANNOT = {
    "win_rate": "whether a loss went to a rival or to no decision",
    "won_share_of_opened": "opportunities nobody entered",
    "undecided_share": "whether old open ones are dead or forgotten",
    "cycle_median_days": "the time before it was entered",
    "cycle_won_median_days": "the time before it was entered",
    "cycle_lost_median_days": "when the buyer had in truth decided",
    "cycle_mean_weeks": "the time before it was entered",
    "cycle_sd_weeks": "whether deals differ or stages do",
    "clock_min_weeks": "the shape: the model's clock has one hump, your log may have two",
    "clock_exponential_weeks": "the shape: the model's clock has one hump, your log may have two",
    "opened_per_week": "needs that never became an opportunity; the season of the year",
    "value_per_win": "cost, margin and discounts off the list",
    "price": "who gets which discount",
    "size_ratio": "who gets which discount",
    "size_sigma": "whether sizes follow the account or the agent",
    "share": "products you did not offer",
    "agents_active": "hours, part time, ramp",
    "open_per_agent": "how many hours each gets",
    "agent_win_sigma": "whether the agents differ or their accounts do",
    "agent_volume_sigma": "whether agents work more or are given more",
    "regions": "which account lies in which region",
    "accounts": "accounts that never bought and are on no list",
    "need_rate": "needs met by others without you knowing",
    "need_rate_sigma": "growth of an account over the years",
}
HEAD = ("figure", "estimate", "10% to 90%", "n", "your data decided", "the default decided",
        "this can't be told from your data")  # fmt: skip


def short(x: float) -> str:
    """Return `x` with 3 significant digits."""
    if not math.isfinite(x):
        return ""
    return f"{x:,.0f}" if abs(x) >= 1000 else f"{x:.3g}"


def figure_rows(fit: Fit) -> list[tuple[str, ...]]:
    """Return the figures as rows of text under HEAD."""
    return [_figure_row(f) for f in fit.figures.values()]


def _figure_row(f: Figure) -> tuple[str, ...]:
    exact = f.draws is None
    span = "exact" if exact else f"{short(f.low)} to {short(f.high)}"
    data = "all of it" if f.data_share > 0.995 else f"{f.data_share:.0%} of the width"
    if math.isnan(f.default.value):
        default = "nothing: there is none"
    elif f.data_share > 0.995:
        default = f"nothing ({short(f.default.value)} without data)"
    else:
        default = f"{1 - f.data_share:.0%} ({short(f.default.value)}; {f.default.source})"
    cannot = CANNOT.get(f.key) or CANNOT.get(f.key.rsplit(".", 1)[-1], "")
    return (f.key, f"{short(f.value)} {f.unit}", span, f"{f.n:,}",
            f"{data} ({f.method})", default, cannot)  # fmt: skip


def sections(fit: Fit, title: str) -> list:
    """Return the report as (kind, content) pairs: h1, h2, p, list, table (head, rows), image."""
    found, held = fit.estimate, fit.holdout
    decided = fit.log.table["stage"].isin(["won", "lost"])
    won = int((fit.log.table["stage"] == "won").sum())
    parts = [
        ("h1", f"Fit report: {title}"),
        ("p", f"{len(decided)} opportunities, {int(decided.sum())} decided, {won} won; "
              f"decisions from {found.window}; fitted: {found.used}."),
        ("image", "fit.png"),
        ("h2", "How the log was read"), ("list", fit.log.reading.lines()),
        ("h2", "Defects found and what was done"),
        ("table", (("defect", "count"), [(k, f"{v:,}") for k, v in fit.log.defects.items()]
                   or [("none", "")])),
        ("h2", "Figures"), ("table", (HEAD, figure_rows(fit))),
        ("h2", "What your data could not tell"), ("list", fit.notes),
        ("h2", "Targets that nothing was fitted to"),
        *_target_parts(fit),
        ("h2", "Held-out quarter"),
    ]  # fmt: skip
    if held is None:
        return [*parts, ("p", "The log is too short to hold a quarter out.")]
    inside = held.table.eval("low <= actual and actual <= high")
    parts.append(("p", f"Fitted to {held.trained}, then {held.quarter} forecast; "
                       f"{int(inside.sum())} of {len(inside)} values lie in their 10% to 90% "
                       "interval, which holds chance (months as uneven as before) and unknown "
                       "parameters, not a wrong model. "
                       + verdict(fit)))  # fmt: skip
    head = ("measure", "period", "happened", "fit", "10% to 90%", "last quarter repeats",
            "error of the fit", "error of the repeat")  # fmt: skip
    rows = [
        (r.measure, r.period, short(r.actual), short(r.forecast),
         f"{short(r.low)} to {short(r.high)}", short(r.baseline),
         _percent(r.error), _percent(r.baseline_error))
        for r in held.table.itertuples()
    ]  # fmt: skip
    return [*parts, ("table", (head, rows))]


def verdict(fit: Fit) -> str:
    """Return the sentence that says who forecast the quarter's totals better."""
    totals = fit.holdout.table.query("period == 'total'")
    better = totals[totals["error"].abs() < totals["baseline_error"].abs()]["measure"].tolist()
    if len(better) == len(totals):
        return "The fit forecast every total better than repeating the last quarter."
    if not better:
        return (
            "Repeating the last quarter forecast every total better than the fit: it failed here."
        )
    return f"The fit forecast {', '.join(better)} better than repeating the last quarter, no other."


def _percent(x: float) -> str:
    return f"{x:+.0%}" if math.isfinite(x) else ""


def _target_parts(fit: Fit) -> list:
    cycle = fit.estimate.cycle
    names = ("first", "middle", "last")
    rows = [
        (names[i], f"{int(r.decided):,}", f"{r.per_month:.0f}", f"{r.share:.3f}",
         f"{r.low:.2f} to {r.high:.2f}")
        for i, r in zip(cycle.by_position.index, cycle.by_position.itertuples(), strict=True)
    ]  # fmt: skip
    head = ("month of the quarter", "decided", "decided per month", "win share of decided",
            "lowest to highest month")  # fmt: skip
    p = f"{cycle.p_value:.2g}" if math.isfinite(cycle.p_value) else "not computed"
    return [("table", (head, rows)), ("p", f"Equal win shares: p = {p} (chi-square).")]


def markdown(fit: Fit, title: str) -> str:
    """Return the report as Markdown; its picture is fit.png beside it."""
    lines = []
    for kind, content in sections(fit, title):
        if kind in ("h1", "h2"):
            lines += [f"{'#' * int(kind[1])} {_flat(content)}", ""]
        elif kind == "p":
            lines += [_flat(content), ""]
        elif kind == "list":
            lines += [f"- {_flat(item.strip())}" for item in content] + [""]
        elif kind == "image":
            lines += ["![the fit beside the data](fit.png)", ""]
        else:
            head, rows = content
            lines += ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
            lines += ["| " + " | ".join(_flat(c) for c in row) + " |" for row in rows] + [""]
    return "\n".join(lines)


def _flat(text: str) -> str:
    """Return `text` on one line, harmless inside a table and as HTML in Markdown."""
    text = " ".join(html.escape(text, quote=False).split())
    return text.replace("|", "\\|").replace("[", "\\[").replace("`", "'")


STYLE = """body{font:15px/1.5 system-ui,sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem;
color:#222}table{border-collapse:collapse;margin:.5rem 0 1.5rem}td,th{border-bottom:1px solid #ddd;
padding:.25rem .6rem;text-align:left;vertical-align:top}img{max-width:100%}"""


def page(fit: Fit, title: str, png: bytes | None) -> str:
    """Return the report as one HTML file; `png` is put inside it."""
    body = []
    for kind, content in sections(fit, title):
        if kind in ("h1", "h2", "p"):
            body.append(f"<{kind}>{html.escape(content)}</{kind}>")
        elif kind == "list":
            body.append("<ul>" + "".join(f"<li>{html.escape(i)}</li>" for i in content) + "</ul>")
        elif kind == "image" and png:
            data = base64.b64encode(png).decode()
            body.append(f'<img alt="the fit beside the data" src="data:image/png;base64,{data}">')
        elif kind == "table":
            head, rows = content
            cells = "".join(f"<th>{html.escape(h)}</th>" for h in head)
            body.append(f"<table><tr>{cells}</tr>" + "".join(
                "<tr>" + "".join(f"<td>{html.escape(c)}</td>" for c in row) + "</tr>"
                for row in rows) + "</table>")  # fmt: skip
    return (f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{html.escape(title)}'
            f"</title><style>{STYLE}</style><body>{''.join(body)}</body></html>\n")  # fmt: skip
