# SPDX-License-Identifier: Apache-2.0
"""One plain sentence for each component of a plan: what earns pay, and how much."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ..wording import join_words
from .amounts import amount, is_percent, per_period, percent, say, share, times

Table = Mapping[str, Any]
BASES = {
    "amount": "the amount", "first_year": "the first year's value",
    "tcv": "the total contract value", "margin": "the margin", "list": "the list price",
    "discount": "the discount given", "units": "the units",
}  # fmt: skip
READINGS = {
    "marginal": "each slice of credit is paid at its own rate",
    "retroactive": "the rate reached holds for all credit of the {measure}, back to its first deal",
    "per_deal_flat": "each deal is paid as a whole at the rate of its size",
    "per_deal_step": "the slices are those inside each deal",
    "interpolated": "between these amounts pay grows in proportion",
}
SPANS = {"month": "month", "quarter": "quarter", "year": "plan year", "plan": "whole plan"}
POLICIES = {
    "first_registered": "the first who registered the deal is paid",
    "first_touch": "the first who touched the deal is paid",
    "last_touch": "the last who touched the deal is paid",
    "equal": "all who claim share equally",
    "effort": "those who claim share by their hours",
    "time_decay": "those who claim share by how recently they touched the deal",
    "pay_all": "everybody who claims is paid in full",
    "house": "nobody is paid",
    "marketplace": "the marketplace is paid if it sold the deal, else the first who registered",
}


@dataclass(frozen=True)
class Words:
    """What sentences need beside their own table: the currency, and target / quota (or None)."""

    currency: str
    base: Fraction | None

    @classmethod
    def of(cls, data: Table) -> Words:
        """From the data of a plan file."""
        base = None
        if "target" in data and "quota" in data:
            target, quota = data["target"], data["quota"]
            credit = per_period(amount(quota["amount"]), quota_span(quota), "year")
            paid = per_period(amount(target["incentive"]), target["per"], "year")
            base = paid / credit if credit else None
        return cls(data["currency"], base)

    def money(self, value: Any) -> str:
        """An amount of the file with the currency."""
        return say(amount(value), self.currency)


def quota_span(quota: Table) -> str:
    """The period a quota's amount is for: with a season always the year."""
    return "year" if "season" in quota else str(quota["per"])


def named(key: str) -> str:
    """A key of the file as a name on screens."""
    return key.replace("_", " ")


def which(table: Table, words: Words) -> str:
    """Which deals a filter lets through, as words behind a noun; "" if all."""
    said = []
    for key, text in (("products", "of"), ("kinds", "of kind"), ("channels", "through"),
                      ("registrations", "registered as"), ("roles", "in the role of")):  # fmt: skip
        if key in table:
            said.append(f"{text} {join_words(list(table[key]), 'or')}")
    if "at_least" in table:
        said.append(f"of at least {words.money(table['at_least'])}")
    return "".join(f" {one}" for one in said)


def deals(table: Table, words: Words) -> str:
    """What a component counts: "the amount of your deals of kind renewal"."""
    whose = "the orders of your people" if table.get("credits") == "rolled_up" else "your deals"
    return f"{BASES[table.get('basis', 'amount')]} of {whose}{which(table, words)}"


def component(name: str, table: Table, words: Words) -> str:
    """The sentence of one component."""
    body = _TYPES[table["type"]](table, words)
    return f"{named(name)[:1].upper()}{named(name)[1:]}: {body}."


def _commission(table: Table, words: Words) -> str:
    basis, tiers = table.get("basis", "amount"), table["tiers"]
    reading = READINGS[table["reading"]].format(measure=SPANS[table["measure"]])
    sliced = table["reading"] in ("marginal", "per_deal_step")
    parts = [_tier(one, words, basis, table) + _range(one, words, basis, sliced) for one in tiers]
    body = f"on {deals(table, words)} in each {SPANS[table['measure']]} "
    body += f"you earn {join_words(parts)}"
    if len(tiers) > 1:
        body += f"; {reading}"
    return body + _conditions(table, words)


def _tier(tier: Table, words: Words, basis: str, table: Table) -> str:
    if "rate" in tier:
        return percent(share(tier["rate"]))
    if "each" in tier:
        return f"{words.money(tier['each'])} for each {'unit' if basis == 'units' else 'deal'}"
    if "amount" in tier:
        return words.money(tier["amount"])
    given = table.get("base_rate", "target/quota")
    base = words.base if given == "target/quota" else share(given)
    factor = share(tier["times"])
    rate = f" ({percent(base * factor)})" if base is not None else ""
    if factor == 1:
        return f"the base rate{rate}"
    return f"{times(factor)} times the base rate{rate}"


def _range(tier: Table, words: Words, basis: str, sliced: bool) -> str:
    low, high = tier["from"], tier.get("to")
    first = (share(low) if is_percent(low) else amount(low)) == 0
    if "amount" in tier:  # interpolated: the amount is for reaching the bound
        return f" at {_bound(low, words, basis)}"
    if high is None:
        bound = _bound(low, words, basis)
        return "" if first else f" above {bound}" if sliced else f" from {bound} on"
    if first:
        return f" up to {_bound(high, words, basis)}"
    return f" from {_bound(low, words, basis)} to {_bound(high, words, basis)}"


def _bound(value: Any, words: Words, basis: str) -> str:
    if is_percent(value):
        return f"{percent(share(value))} of quota"
    return say(amount(value)) + " units" if basis == "units" else words.money(value)


def _conditions(table: Table, words: Words) -> str:
    said = []
    if "threshold" in table:
        bound = _bound(table["threshold"], words, table.get("basis", "amount"))
        how = {
            "from_first_dollar": "reaching it pays all of it",
            "above_only": "reaching it pays only what is above",
        }
        said.append(f"below {bound} nothing is paid, {how[table['threshold_pays']]}")
    if "windfall" in table:
        fall = table["windfall"]
        rate = "the base rate" if fall["pays"] == "base_rate" else percent(share(fall["pays"]))
        counts = "counts" if fall["quota_credit"] else "does not count"
        said.append(f"of one deal, credit above {words.money(fall['above'])} pays {rate} and "
                    f"{counts} for quota")  # fmt: skip
    if "minimum_per_deal" in table:
        said.append(f"a deal pays at least {words.money(table['minimum_per_deal'])}")
    if "minimum" in table:
        said.append(f"each {SPANS[table['measure']]} pays at least {words.money(table['minimum'])}")
    return "".join(f"; {one}" for one in said)


def _curve(table: Table, words: Words) -> str:
    points = [
        f"{percent(share(paid))} of target at {percent(share(at))} of quota"
        for at, paid in table["points"]
    ]
    beyond = {"flat": "no more above that", "extend": "and on along the last line above that"}
    return (
        f"each {SPANS[table['measure']]} pays {join_words(points)}, straight between these points, "
        f"nothing below the first and {beyond[table['beyond']]}"
    )


def _bonus(table: Table, words: Words) -> str:
    if "amount" in table:
        paid = words.money(table["amount"])
    else:
        paid = f"{percent(share(table['share_of_target']))} of the target"
    span = SPANS[table["measure"]]
    late = "is paid once the plan year has caught up" if table["catch_up"] else "stays missed"
    return (f"{paid} for each {span} that reaches {percent(share(table['at']))} of quota; "
            f"a {span} that was missed {late}")  # fmt: skip


def _spif(table: Table, words: Words) -> str:
    if "per_deal" in table:
        paid = f"{words.money(table['per_deal'])} for each deal{which(table, words)}"
    elif "per_unit" in table:
        paid = f"{words.money(table['per_unit'])} for each unit{which(table, words)}"
    else:
        paid = f"{percent(share(table['rate']))} on {deals(table, words)}"
    said = [f"{paid} from {table['from']} to {table['to']}, both days included"]
    if "pool" in table:
        said.append(f"{words.money(table['pool'])} for all together, first come, first served")
    if "per_person" in table:
        said.append(f"at most {words.money(table['per_person'])} a person")
    if "last_claim" in table:
        rest = {"none": "nothing", "partial": "what is left"}[table["last_claim"]]
        said.append(f"a claim larger than what is left gets {rest}")
    said.append("beside other SPIFs" if table["stackable"] else "not beside another SPIF")
    return "; ".join(said)


def _contest(table: Table, words: Words) -> str:
    prizes = join_words([words.money(one) for one in table["prizes"]])
    least = f" and at least {words.money(table['least'])} of it" if "least" in table else ""
    return (f"{prizes} for those with the most credit from {table['from']} to {table['to']}"
            f"{least}; equals share the prizes of their places")  # fmt: skip


def _fund(table: Table, words: Words) -> str:
    return (f"{percent(share(table['accrual']))} of {deals(table, words)} goes into a marketing "
            f"fund, which pays {percent(share(table['match']))} of what an activity cost if it is "
            f"claimed within {table['deadline_days']} days")  # fmt: skip


def _claims(table: Table, words: Words) -> str:
    cap = table["claims_cap"]
    said = [
        f"{percent(share(table['rate']))} of {BASES[table.get('basis', 'amount')]} of a deal that "
        f"is claimed{which(table, words)}; {POLICIES[table['policy']]}",
        f"a registration lives {table['window_days']} days, its last day {table['last_day']}",
        "later ones wait in a queue" if table["queue"] else "later ones do not wait",
    ]
    if cap != "none":
        said.append(f"all together get at most {percent(share(cap))}")
    return "; ".join(said)


_TYPES: dict[str, Callable[[Table, Words], str]] = {
    "commission": _commission, "curve": _curve, "bonus": _bonus, "spif": _spif,
    "contest": _contest, "mdf": _fund, "claims": _claims,
}  # fmt: skip
