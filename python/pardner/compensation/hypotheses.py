# SPDX-License-Identifier: Apache-2.0
"""How payroll may have read a plan otherwise: one thing changed at a time, in plan or log."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .amounts import is_percent, share
from .deals import rows_of, text_of

Data = dict[str, Any]
Change = Callable[[Data], None]


@dataclass(frozen=True)
class Hypothesis:
    """rule: the pay rule it is about ("R7"). says: what was done otherwise, in words.

    plan: the changed plan's data, or None if unchanged. log: the changed log's text, or None.
    """

    rule: str
    says: str
    plan: Data | None = None
    log: str | None = None


def hypotheses(data: Data, log: str) -> Iterator[Hypothesis]:
    """All single changes that fit this plan and log, the most usual mistakes first."""
    for rule, says, change in _changes(data):
        changed = copy.deepcopy(data)
        changed.pop("assumed", None)  # it may name keys that the change removes
        for version in (changed, *changed.get("change", ())):
            change(version)
        if changed != {key: value for key, value in data.items() if key != "assumed"}:
            yield Hypothesis(rule, says, plan=changed)
    yield from _log_changes(data, log)


def _changes(data: Data) -> Iterator[tuple[str, str, Change]]:
    for name, table in data.get("component", {}).items():
        makers = _BY_TYPE.get(table["type"])
        if makers:
            yield from makers(name, table)
    yield from _events(data)
    yield from _caps(data)
    yield from _later(data)
    yield from _quotas(data)
    for name in data.get("subquota", {}):
        yield "R23", f"the sub-quota {name} was ignored", _dropped("subquota", name)
    if "change" in data:
        for change in data["change"]:
            day = change["from"]
            yield "R3", f"the change of {day} was not applied", _without_change(day)


def _set(kind: str, name: str, /, **values: Any) -> Change:
    """Sets keys of one named table where it is; None removes the key."""

    def change(version: Data) -> None:
        table = version.get(kind, {}).get(name)
        if table is None:
            return
        for key, value in values.items():
            if value is None:
                table.pop(key, None)
            elif key in table:
                table[key] = value

    return change


def _dropped(kind: str, name: str | None = None) -> Change:
    def change(version: Data) -> None:
        if name is None:
            version.pop(kind, None)
        else:
            version.get(kind, {}).pop(name, None)

    return change


def _top(kind: str, /, **values: Any) -> Change:
    """Sets keys of a table that has no names, and adds those it lacks; None removes."""

    def change(version: Data) -> None:
        table = version.get(kind)
        if table is not None:
            table.update(values)
            for key in [k for k, v in values.items() if v is None]:
                del table[key]

    return change


def _without_change(day: datetime.date) -> Change:
    def change(version: Data) -> None:
        if "change" in version:
            version["change"] = [one for one in version["change"] if one["from"] != day]

    return change


def _commission(name: str, table: Mapping[str, Any]) -> Iterator[tuple[str, str, Change]]:
    reading = table["reading"]
    others = {
        "marginal": [("R7", "retroactive")], "retroactive": [("R6", "marginal")],
        "per_deal_flat": [("R8", "per_deal_step")], "per_deal_step": [("R8", "per_deal_flat")],
    }.get(reading, [])  # fmt: skip
    for rule, other in others:
        says = f"{name}: tiers were read {other}, the plan says {reading}"
        yield rule, says, _set("component", name, reading=other)
    if "threshold" in table:
        here = table["threshold_pays"]
        other = "above_only" if here == "from_first_dollar" else "from_first_dollar"
        yield ("R11", f"{name}: the threshold was read {other}, the plan says {here}",
               _set("component", name, threshold_pays=other))  # fmt: skip
        yield ("R11", f"{name}: the threshold was ignored",
               _set("component", name, threshold=None, threshold_pays=None))  # fmt: skip
    slow = _unaccelerated(table["tiers"])
    if slow:
        yield "R10", f"{name}: the accelerator was ignored", _set("component", name, tiers=slow)
    if "windfall" in table:
        says = f"{name}: the windfall clause was ignored"
        yield "R13", says, _set("component", name, windfall=None)
    if "minimum_per_deal" in table:
        says = f"{name}: the minimum per deal was ignored"
        yield "R17", says, _set("component", name, minimum_per_deal=None)


def _unaccelerated(tiers: list[Data]) -> list[Data] | None:
    """The tiers below quota, the last one without end; None if that changes nothing."""
    if not all(is_percent(tier["from"]) for tier in tiers):
        return None
    low = [dict(tier) for tier in tiers if share(tier["from"]) < 1]
    if not low or len(low) == len(tiers):
        return None
    low[-1].pop("to", None)
    return low


def _curve(name: str, table: Mapping[str, Any]) -> Iterator[tuple[str, str, Change]]:
    other = "extend" if table["beyond"] == "flat" else "flat"
    yield ("R10", f"{name}: beyond the last point the curve was read {other!r}",
           _set("component", name, beyond=other))  # fmt: skip


def _bonus(name: str, table: Mapping[str, Any]) -> Iterator[tuple[str, str, Change]]:
    says = "missed ones were not caught up" if table["catch_up"] else "missed ones were caught up"
    yield "R12", f"{name}: {says}", _set("component", name, catch_up=not table["catch_up"])


def _spif(name: str, table: Mapping[str, Any]) -> Iterator[tuple[str, str, Change]]:
    last = table["to"] - datetime.timedelta(days=1)
    if last >= table["from"]:
        yield "R22", f"{name}: its last day was left out", _set("component", name, to=last)
    if "last_claim" in table:
        other = "none" if table["last_claim"] == "partial" else "partial"
        yield ("R22", f"{name}: the last claim was paid {other!r}",
               _set("component", name, last_claim=other))  # fmt: skip
    yield ("R22", f"{name}: read as {'not ' if table['stackable'] else ''}stackable",
           _set("component", name, stackable=not table["stackable"]))  # fmt: skip


_BY_TYPE = {"commission": _commission, "curve": _curve, "bonus": _bonus, "spif": _spif}


def _events(data: Data) -> Iterator[tuple[str, str, Change]]:
    here = data["crediting_event"]
    for other in ("booking", "invoice", "cash"):
        if other != here:

            def change(version: Data, event: str = other) -> None:
                if "crediting_event" in version:
                    version["crediting_event"] = event

            yield "R3", f"deals were credited at {other}, the plan says {here}", change


def _caps(data: Data) -> Iterator[tuple[str, str, Change]]:
    for name, table in data.get("cap", {}).items():
        yield "R13", f"the cap {name} was ignored", _dropped("cap", name)
        if table["per"] != "deal":
            other = "refundable" if table["over"] == "forfeited" else "forfeited"
            says = f"the cap {name} was {other}, the plan says {table['over']}"
            yield "R13", says, _set("cap", name, over=other)


def _later(data: Data) -> Iterator[tuple[str, str, Change]]:
    """Clawback and draw."""
    if "clawback" in data:
        claw = data["clawback"]
        other = "restated" if claw["valued_at"] == "original_rate" else "original_rate"
        says = f"clawback was valued at {other}, the plan says {claw['valued_at']}"
        yield "R17", says, _top("clawback", valued_at=other)
        for much in ("full", "pro_rata"):
            if much != claw["amount"]:
                says = f"clawback took {much}, the plan says {claw['amount']}"
                yield "R17", says, _top("clawback", amount=much, steps=None)
        yield "R17", "nothing was clawed back", _dropped("clawback")
    if "draw" in data:
        yield "R16", "the draw was ignored", _dropped("draw")
        if data["draw"]["kind"] == "recoverable":
            says = "the draw was not recovered"
            yield "R16", says, _top("draw", kind="non_recoverable", floor=None, recovery_starts=None,
                                    recovery_share=None, leaver=None)  # fmt: skip
        else:
            says = "the draw was recovered"
            yield "R16", says, _top("draw", kind="recoverable", floor="draw", recovery_starts=1,
                                    recovery_share="100%", leaver="owed")  # fmt: skip


def _quotas(data: Data) -> Iterator[tuple[str, str, Change]]:
    quota = data.get("quota", {})
    here = quota.get("start_rule", "15th")
    for other in ("15th", "daily", "full"):
        if quota and other != here:
            says = f"the month of the first day was counted {other!r}, the plan says {here!r}"
            yield "R19", says, _top("quota", start_rule=other)
    if "ramp" in quota:
        yield "R19", "the ramp was ignored", _top("quota", ramp=None, ramp_rate=None)
    if "ratchet" in quota:
        yield "R20", "the ratchet was ignored", _top("quota", ratchet=None)
    if quota.get("measured_on", "own") != "own":
        says = f"attainment was measured on own credit, the plan says {quota['measured_on']}"
        yield "R21", says, _top("quota", measured_on="own", own_weight=None)


def _log_changes(data: Data, log: str) -> Iterator[Hypothesis]:
    header, rows = rows_of(log)
    if "split" in header:
        whole = text_of(header, [row | {"split": ""} for row in rows])
        if whole != text_of(header, rows):
            plan = data | {"splits": "may_exceed_100"}
            yield Hypothesis("R14", "splits were ignored: everybody had full credit", plan, whole)
    kept = [row for row in rows if not _is_credit_note(row)]
    if len(kept) < len(rows):
        says = "credit notes were ignored"
        yield Hypothesis("R18", says, log=text_of(header, kept))
    for column, says in (("quota_credit", "deals without quota credit counted for quota"),
                         ("commissionable", "deals that pay nothing were paid")):  # fmt: skip
        if any(row.get(column) == "no" for row in rows):
            changed = text_of(header, [row | {column: "yes"} for row in rows])
            yield Hypothesis("R15", says, log=changed)


def _is_credit_note(row: Mapping[str, str]) -> bool:
    return row.get("type") == "credit_note" or row.get("amount", "").strip().startswith("-")
