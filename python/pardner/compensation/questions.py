# SPDX-License-Identifier: Apache-2.0
"""The eight things a plan letter says: how each is asked, shown and written into a draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ..errors import BadInput
from .amounts import amount, is_percent, per_period, share, times

if TYPE_CHECKING:
    from .draft import Draft
    from .toml_text import Key

SPANS = ("month", "quarter", "year")
EVENTS = ("booking", "invoice", "cash")


@dataclass(frozen=True)
class Question:
    """One thing a letter says.

    name: of the option ("base_rate"). asks: the question. shown: the answer that the plan has now,
    None if the plan has no such thing. put: writes an answer; raises BadInput. guess: marks the
    present answer as assumed.
    """

    name: str
    asks: str
    shown: Callable[[dict[str, Any]], str | None]
    put: Callable[[Draft, str], None]
    guess: Callable[[Draft], None]


# --- OTE and split ------------------------------------------------------------------------------


def _pay(data: Mapping[str, Any]) -> tuple[Fraction, Fraction] | None:
    """(base salary, target incentive) a year."""
    if "target" not in data:
        return None
    target = data["target"]
    both = amount(target.get("base_salary", 0)), amount(target["incentive"])
    base, incentive = (per_period(one, target["per"], "year") for one in both)
    return base, incentive


def _ote(data: dict[str, Any]) -> str | None:
    found = _pay(data)
    return _written(sum(found, Fraction(0))) if found else None


def _split(data: dict[str, Any]) -> str | None:
    found = _pay(data)
    if not found or not sum(found):
        return None
    base = 100 * found[0] / sum(found)
    return f"{times(base)}/{times(100 - base)}"


def _put_ote(draft: Draft, answer: str) -> None:
    base, variable = _pay(draft.data) or (Fraction(0), Fraction(0))
    ote = _positive(answer, "OTE")
    _set_pay(draft, ote, base / (base + variable) if base + variable else Fraction(1, 2))


def _put_split(draft: Draft, answer: str) -> None:
    parts = [one.strip().removesuffix("%") for one in answer.split("/")]
    if len(parts) != 2 or sum(amount(one) for one in parts) != 100:
        raise BadInput(f"{answer!r} is no split; base/variable add up to 100, as in 60/40")
    found = _pay(draft.data)
    assert found
    _set_pay(draft, sum(found, Fraction(0)), amount(parts[0]) / 100)


def _set_pay(draft: Draft, ote: Fraction, base: Fraction) -> None:
    salary = round(ote * base)
    draft.set(("target", "base_salary"), _written(Fraction(salary)))
    draft.set(("target", "incentive"), _written(ote - salary))
    draft.set(("target", "per"), "year")


def _guess_split(draft: Draft) -> None:
    if "base_salary" in draft.data["target"]:
        draft.assume(("target", "base_salary"), f"a split of {_split(draft.data)}")


# --- quota and period ---------------------------------------------------------------------------


def _quota(data: dict[str, Any]) -> str | None:
    if "quota" not in data:
        return None
    return f"{_written(amount(data['quota']['amount']))}/{data['quota']['per']}"


def _put_quota(draft: Draft, answer: str) -> None:
    size, _, per = answer.partition("/")
    per = per.strip() or draft.data["quota"]["per"]
    if per not in SPANS:
        raise BadInput(f"a quota is per {', '.join(SPANS)}, as in 900k/year, not {per!r}")
    draft.set(("quota", "amount"), _written(_positive(size, "a quota")))
    draft.set(("quota", "per"), per)


def _measured(data: Mapping[str, Any]) -> list[Key]:
    """The keys that say over which period credit adds up, of what is paid all the time."""
    kinds = ("commission", "curve")
    names = [n for n, one in data.get("component", {}).items() if one["type"] in kinds]
    return [("component", name, "measure") for name in names]


def _period(data: dict[str, Any]) -> str | None:
    keys = _measured(data)
    return str(data["component"][keys[0][1]]["measure"]) if keys else None


def _put_period(draft: Draft, answer: str) -> None:
    if answer not in (*SPANS, "plan"):
        raise BadInput(f"the period is {', '.join(SPANS)} or plan, not {answer!r}")
    for key in _measured(draft.data):
        draft.set(key, answer)


# --- rates --------------------------------------------------------------------------------------


def _rated(data: Mapping[str, Any]) -> list[Key]:
    """Where the base rate stands: `base_rate`, or the only tier of the only commission."""
    tables = {n: one for n, one in data["component"].items() if one["type"] == "commission"}
    based: list[Key] = [
        ("component", name, "base_rate") for name, one in tables.items() if "base_rate" in one
    ]
    if based or len(tables) != 1:
        return based
    name, one = next(iter(tables.items()))
    flat = len(one["tiers"]) == 1 and "rate" in one["tiers"][0]
    return [("component", name, "tiers")] if flat else []


def _base_rate(data: dict[str, Any]) -> str | None:
    for _, name, key in _rated(data):
        value = data["component"][name][key]
        return str(value if key == "base_rate" else value[0]["rate"])
    return None


def _put_base_rate(draft: Draft, answer: str) -> None:
    derived = answer.replace(" ", "") == "target/quota"
    if not derived and not 0 <= share(answer) <= 1:
        raise BadInput(f'a base rate is from 0% to 100%, or "target/quota", not {answer!r}')
    for key in _rated(draft.data):
        if key[2] == "tiers":
            if derived:
                raise BadInput("this plan has no quota to derive a rate from")
            tier = draft.data["component"][key[1]]["tiers"][0]
            draft.set(key, [tier | {"rate": answer}])
        else:
            draft.set(key, "target/quota" if derived else answer)


def _accelerated(data: Mapping[str, Any]) -> list[Key]:
    """Tier tables in multiples of the base rate, by attainment of quota."""
    return [
        ("component", name, "tiers")
        for name, one in data["component"].items()
        if one["type"] == "commission" and is_percent(one["tiers"][0]["from"])
        and all("times" in tier for tier in one["tiers"])
    ]  # fmt: skip


def _accelerator(data: dict[str, Any]) -> str | None:
    for _, name, key in _accelerated(data):
        above = [t for t in data["component"][name][key] if share(t["from"]) >= 1]
        return times(share(above[0]["times"])) if above else "none"
    return None


def _put_accelerator(draft: Draft, answer: str) -> None:
    factor = None if answer == "none" else share(answer.removesuffix("x"))
    if factor is not None and not 0 < factor <= 20:
        raise BadInput(f"an accelerator is a multiple of the base rate, as 1.5, not {answer!r}")
    for key in _accelerated(draft.data):
        old = draft.data["component"][key[1]]["tiers"]
        new = [dict(tier) for tier in old if share(tier["from"]) < 1]
        last = {"from": new[-1]["from"], "times": new[-1]["times"]}
        if factor is not None:
            new[-1] = {"from": last["from"], "to": "100%", "times": last["times"]}
            last = {"from": "100%", "times": Decimal(times(factor))}
        draft.set(key, [*(new if factor is not None else new[:-1]), last])


# --- cap and payment ----------------------------------------------------------------------------


def _cap(data: dict[str, Any]) -> str | None:
    for one in data.get("cap", {}).values():
        return f"{_written(amount(one['amount']))}/{one['per']}"
    return "none"


def _put_cap(draft: Draft, answer: str) -> None:
    names = list(draft.data.get("cap", {}))
    over = draft.data["cap"][names[0]]["over"] if names else "forfeited"
    for name in names:
        draft.drop(("cap", name))
    if answer == "none":
        return
    size, _, per = answer.partition("/")
    per = per.strip() or "year"
    if per not in (*SPANS, "deal"):
        raise BadInput(f"a cap is per deal, {', '.join(SPANS)}, as in 300k/year, not {per!r}")
    given = is_percent(size.strip())
    whole = _of_target(draft, size, per) if given else _positive(size, "a cap")
    capped = [key[1] for key in _measured(draft.data)]
    draft.set(("cap", "pay", "components"), capped)
    draft.set(("cap", "pay", "amount"), _written(whole))
    draft.set(("cap", "pay", "per"), per)
    draft.set(("cap", "pay", "over"), over, "what is above is lost" if over == "forfeited"
              else "what is above is paid when there is room")  # fmt: skip


def _of_target(draft: Draft, text: str, per: str) -> Fraction:
    """A cap as a share of the target incentive: "200%"."""
    target = draft.data.get("target")
    if not target or per == "deal":
        raise BadInput(f"a cap of {text} needs a target to be a share of")
    return per_period(amount(target["incentive"]), target["per"], per) * share(text)


def _put_event(draft: Draft, answer: str) -> None:
    if answer not in EVENTS:
        raise BadInput(f"a deal counts when it is {', '.join(EVENTS)}, not {answer!r}")
    draft.set(("crediting_event",), answer)


def _guess_keys(
    keys: Callable[[Mapping[str, Any]], list[Key]], note: str
) -> Callable[[Draft], None]:
    def guess(draft: Draft) -> None:
        for key in keys(draft.data):
            draft.assume(key, note)

    return guess


def _guess_cap(draft: Draft) -> None:
    for name in draft.data.get("cap", {}):
        draft.assume(("cap", name, "amount"), "a cap as in the library")
    if "cap" not in draft.data and "no cap" not in draft.text:
        draft.text = draft.text.rstrip("\n") + "\n\n# assumed: no cap - check in your letter\n"


QUESTIONS = (
    Question("ote", "on-target earnings (base and variable) a year", _ote, _put_ote,
             _guess_keys(lambda data: [("target", "incentive")], "on-target earnings as in the library")),
    Question("split", "split of it, base/variable", _split, _put_split, _guess_split),
    Question("quota", "quota, per month, quarter or year", _quota, _put_quota,
             _guess_keys(lambda data: [("quota", "amount")], "a quota as in the library")),
    Question("period", "period in which credit adds up (month, quarter, year)", _period,
             _put_period, _guess_keys(_measured, "credit adds up over this period")),
    Question("base_rate", 'base rate, as 8%, or "target/quota"', _base_rate, _put_base_rate,
             _guess_keys(_rated, "the base rate")),
    Question("accelerator", "multiple of it above quota, as 1.5, or none", _accelerator,
             _put_accelerator, _guess_keys(_accelerated, "what is above quota pays")),
    Question("cap", "cap, as 300k/year or 200% (of target), or none", _cap, _put_cap, _guess_cap),
    Question("payment", "what makes a deal count: booking, invoice or cash",
             lambda data: str(data["crediting_event"]), _put_event,
             _guess_keys(lambda data: [("crediting_event",)], "which date counts")),
)  # fmt: skip


def _positive(text: str, what: str) -> Fraction:
    found = amount(text)
    if found <= 0:
        raise BadInput(f"{what} must be more than 0, not {text!r}")
    return found


def _written(exact: Fraction) -> str:
    """An amount as plan files write it: "900k", "2.4M"."""
    for scale, suffix in ((10**6, "M"), (10**3, "k")):
        if abs(exact) >= scale and (exact * 100 / scale).denominator == 1:
            return times(exact / scale) + suffix
    return f"{exact.numerator}" if exact.denominator == 1 else f"{float(exact):.2f}"
