# SPDX-License-Identifier: Apache-2.0
"""The story of one deal: who worked on it, registered it, claimed it, was paid, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import wording
from ..errors import BadInput
from .attribution import RULES, attributed, known_rules, parties
from .future import VENDOR, Future, What, account_name, look, partner_name, source_of

if TYPE_CHECKING:
    import pandas as pd

# Table deal_events of the model, columns kind and reason.
EVENTS = (
    "filed", "approved", "queued", "rejected", "extended", "expired", "converted", "clash",
    "assisted", "won", "claimed", "paid", "credited",
)  # fmt: skip
REASONS = (
    "none", "ignorance", "house", "taken", "lapsed", "decided", "worked", "registered", "control",
    "holds", "earlier",
)  # fmt: skip
WHY = {
    "ignorance": "its seller knows too little of the product",
    "house": "the vendor's own people were there first",
    "taken": "another registration holds, and there is no queue",
    "lapsed": "its window ended",
    "decided": "the account decided",
    "worked": "it worked on the deal",
    "registered": "its registration held",
    "control": "the partner sold there last",
    "holds": "the partner's registration held",
    "earlier": "the partner was at work there before",
}


@dataclass(frozen=True)
class Story:
    """What became of one need, in plain words.

    sentences   in order of time, then who was paid, then what each rule would attribute
    events      the same as a table: day, who, what
    shares      of a deal won: one row per firm that worked on it, a column per rule, in currency
    """

    deal: str
    title: str
    sentences: tuple[str, ...]
    events: pd.DataFrame
    shares: pd.DataFrame

    def __str__(self) -> str:
        return "\n".join([self.title, *(f"  {line}" for line in self.sentences)])

    def _repr_html_(self) -> str:
        from ..html import _cell, _row, _table

        body = [
            _row([_cell(f"{row.day:%d %b %Y}", tag="th", scope="row", style="font-weight:400"),
                  _cell(row.who, style="text-align:left"), _cell(row.what, style="text-align:left")])
            for row in self.events.itertuples()
        ]  # fmt: skip
        rest = self.sentences[len(self.events) :]
        told = [f"<p>{escape(line)}</p>" for line in rest if not line.startswith(ATTRIBUTED)]
        return _table(self.title, ["day", "who", "what"], body) + "".join(told) + self._shares()

    def _shares(self) -> str:
        from ..html import _cell, _row, _table

        if self.shares.empty:
            return ""
        body = [
            _row([_cell(name, tag="th", scope="row", style="font-weight:400"),
                  *(_cell(f"{amount:,.0f}" if amount else "") for amount in row)])
            for name, row in zip(self.shares.index, self.shares.to_numpy(), strict=True)
        ]  # fmt: skip
        return _table("What each rule attributes", ["", *map(str, self.shares)], body)


def deal_events(future: Future) -> pd.DataFrame | None:
    """The model's table of deal events, with names: need, account, day, kind, partner, rep, amount,
    hours (of a claim), reason. None where the model keeps none, or the scenario does not ask for it."""
    import pandas as pd

    raw = future.tables.get("deal_events")
    if raw is None or raw.empty:
        return None
    firms = future.tables["partners"]["firm"]
    minor = future.source.scenario._core.minor_units
    number = {int(firm): int(row) for row, firm in firms.items()}
    return pd.DataFrame({
        "need": raw["need"], "account": raw["account"],
        "day": future.date(raw["day"]).astype("datetime64[ns]"),
        "kind": [EVENTS[i] for i in raw["kind"]],
        "partner": [number.get(int(firm), VENDOR) for firm in raw["firm"]],
        "rep": raw["rep"], "amount": raw["amount"], "hours": raw["amount"] * minor / 1000, "reason": [REASONS[i] for i in raw["reason"]],
    })  # fmt: skip


ATTRIBUTED = "Attributed "  # how the sentence about rules begins
TABLES = ("deal_events", "partners", "account_map")


def deals(what: What | Future, *, arm: str | None = None,
          replicate: int | None = None) -> pd.DataFrame:  # fmt: skip
    """What can be explained: one row per need that somebody worked on, the latest decisions first.

    Columns: deal, account, product, outcome, born, closed, value, firms (that worked on it),
    won_by.
    """
    future = _future(what, arm, replicate)
    log = future.log.sort_values(["deal", "engaged"], kind="stable")
    winner = log[log["outcome"] == "won"].set_index("deal")["partner"]
    rank = log["outcome"].map({"won": 0, "open": 2}).fillna(1)  # a won need has lost rows, too
    rows = log.assign(rank=rank).sort_values("rank", kind="stable")
    found = rows.groupby("deal").agg(
        account=("account", "first"), product=("product", "first"), outcome=("outcome", "first"),
        born=("born", "first"), closed=("closed", "first"), value=("value", "max"),
        firms=("partner", "nunique"),
    )  # fmt: skip
    found["won_by"] = winner.map(partner_name).reindex(found.index).fillna("")
    return found.sort_values(["closed", "born"], ascending=False, kind="stable").reset_index()


def explain(what: What | Future, deal: str, *, arm: str | None = None,
            replicate: int | None = None) -> Story:  # fmt: skip
    """The story of one deal of one future.

    what: a result, a result file, a scenario, or a future already looked into.
    deal: "118-3", as `deals` lists them: the account and the number of its need.
    arm, replicate: None: the first. Raises BadInput if nobody worked on such a deal.
    """
    future = _future(what, arm, replicate)
    rows = future.log[future.log["deal"] == deal].sort_values("engaged", kind="stable")
    if rows.empty:
        raise BadInput(_no_such_deal(future, deal))
    events = deal_events(future)
    own = None if events is None else events[events["need"] == rows["need"].iloc[0]]
    timeline = _timeline(future, rows, own)
    told = [f"{row.day:%d %b %Y}: {_sentence(row.who, row.what)}" for row in timeline.itertuples()]
    shares = _shares(future, deal)
    told += _paid(future, rows, own)
    told += _afterwards(future, rows)
    if not shares.empty:
        told.append(_would_be(future, shares))
    first = rows.iloc[0]
    title = (f"Deal {deal}: {first['product']} for {account_name(int(first['account']))}, "
             f"{_fate(rows)}")  # fmt: skip
    return Story(deal, title, tuple(told), timeline, shares)


def _future(what: What | Future, arm: str | None, replicate: int | None) -> Future:
    if isinstance(what, Future):
        return what
    source = source_of(what, arm)
    number = source.replicates[0] if replicate is None else replicate
    if number not in source.replicates:
        last = f"{source.replicates[0]} to {source.replicates[-1]}"
        raise BadInput(f"future {number}: there are {last}")
    return look(source, number, TABLES)


def _no_such_deal(future: Future, deal: str) -> str:
    from difflib import get_close_matches

    known = list(future.log["deal"].unique())
    account = deal.partition("-")[0]
    same = sorted(d for d in known if d.partition("-")[0] == account)
    near = same or get_close_matches(deal, known, n=3, cutoff=0.5)
    if not known:
        return "nobody worked on an opportunity in this future"
    hint = f"did you mean {wording.join_words(near[:3], 'or')}?" if near else f"one is {known[0]}"
    return f"nobody worked on a deal {deal!r} in this future; {hint}"


def _sentence(who: str, what: str) -> str:
    return f"{who[:1].upper()}{who[1:]} {what}"


def _money(future: Future, value: float) -> str:
    return f"{value:,.2f}".removesuffix(".00") + f" {future.currency}"


def _hours(hours: float) -> str:
    return "under an hour" if hours < 1 else f"{wording.number(hours, digits=2)} hours"


def _fate(rows: pd.DataFrame) -> str:
    if (rows["outcome"] == "won").any():
        return f"won by {partner_name(int(rows.loc[rows['outcome'] == 'won', 'partner'].iloc[0]))}"
    if (rows["outcome"] == "open").any():
        return "still open"
    return "lost to a rival" if (rows["outcome"] == "lost").any() else "nothing was bought"


def _rep(partner: int, rep: int) -> str:
    """Who: a person of the vendor's, or of a partner's."""
    return (
        f"account executive {rep}"
        if partner == VENDOR
        else f"{partner_name(partner)}'s seller {rep}"
    )


def _timeline(future: Future, rows: pd.DataFrame, own: pd.DataFrame | None) -> pd.DataFrame:
    """day, who, what; each `what` begins with a verb and ends with a full stop."""
    import pandas as pd

    first = rows.iloc[0]
    account = account_name(int(first["account"]))
    lines = [(first["born"], account, f"came to need {first['product']}{_known(future, first)}.")]
    for row in rows.itertuples():
        until = (
            ""
            if row.last_week <= row.engaged
            else f", last in the week of {row.last_week:%d %b %Y}"
        )
        lines.append((max(row.engaged, first["born"]), _rep(row.partner, row.rep),
                      f"began to work on it: {_hours(row.hours)} in all{until}."))  # fmt: skip
    for source in sorted(set(rows["source"]) - {-1}):
        lines.append((first["born"], partner_name(int(source)), "referred it to the vendor."))
    for event in () if own is None else own.itertuples():
        words = WORDS.get(event.kind)
        if words is not None:
            lines.append((_on_day(event, first["born"], rows["closed"].iloc[0]),
                          *words(future, event)))  # fmt: skip
    closed = rows["closed"].iloc[0]
    if not pd.isna(closed):
        lines.append((closed, account, _decision(future, rows)))
    for claim in () if own is None else own[own["kind"] == "claimed"].itertuples():
        lines.append((claim.day, partner_name(claim.partner), _claim(claim)))
    table = pd.DataFrame(lines, columns=["day", "who", "what"])
    return table.sort_values("day", kind="stable").reset_index(drop=True)


BY_WEEK = ("clash", "assisted")  # the model knows the week in which they were


def _on_day(event: Any, born: Any, closed: Any) -> Any:
    """When it was, at the latest; a need's events lie between its birth and its decision."""
    import pandas as pd

    day = event.day + pd.Timedelta(days=6) if event.kind in BY_WEEK else event.day
    return max(born, day if pd.isna(closed) else min(day, closed))


def _claim(event: Any) -> str:
    if event.reason == "registered":
        return f"claimed credit for it: its registration held ({_hours(event.hours)} of work)."
    return f"claimed credit for it: {_hours(event.hours)} of work."


def _known(future: Future, first: Any) -> str:
    accounts = future.tables.get("account_map")
    if accounts is None:
        return ""
    direct = accounts["direct"].iloc[int(first["account"])] == 1
    return "" if direct else "; your own people do not reach it"


def _decision(future: Future, rows: pd.DataFrame) -> str:
    won = rows[rows["outcome"] == "won"]
    if won.empty:
        return "chose a rival." if (rows["outcome"] == "lost").any() else "decided to buy nothing."
    partner, rep = int(won["partner"].iloc[0]), int(won["rep"].iloc[0])
    return f"bought for {_money(future, float(won['value'].iloc[0]))} (list) from {_rep(partner, rep)}."


def _why(event: Any) -> str:
    return f": {WHY[event.reason]}" if event.reason in WHY else ""


Words = Callable[[Future, Any], tuple[str, str]]
WORDS: Mapping[str, Words] = {
    "filed": lambda f, e: (
        _rep(e.partner, e.rep), f"filed a registration for {_money(f, e.amount)} of list value."),
    "approved": lambda f, e: ("the vendor", f"approved it: {partner_name(e.partner)} holds the deal."),
    "queued": lambda f, e: (
        "the vendor", f"put {partner_name(e.partner)}'s registration into the queue: another holds."),
    "rejected": lambda f, e: (
        "the vendor", f"rejected {partner_name(e.partner)}'s registration{_why(e)}."),
    "extended": lambda f, e: ("the vendor", f"extended {partner_name(e.partner)}'s registration."),
    "expired": lambda f, e: (partner_name(e.partner), f"lost its registration{_why(e)}."),
    "converted": lambda f, e: (partner_name(e.partner), "held the registration when it was decided."),
    "clash": lambda f, e: (
        _rep(VENDOR, e.rep), f"clashed with {partner_name(e.partner)} in the account{_why(e)}."),
    "assisted": lambda f, e: (
        _rep(VENDOR, e.rep), "sorted out for the buyer who represents the vendor."),
}  # fmt: skip


def _paid(future: Future, rows: pd.DataFrame, own: pd.DataFrame | None) -> list[str]:
    """Who got what of a deal won: what the contracting party keeps, payouts, credit."""
    won = rows[rows["outcome"] == "won"]
    if won.empty:
        return []
    value, winner = float(won["value"].iloc[0]), int(won["partner"].iloc[0])
    net, told = _net(future, own, value, winner), []
    if winner != VENDOR:
        told.append(_contract(future, winner, value, net))
    if own is None:
        return told
    paid = own[own["kind"] == "paid"]
    for row in paid.itertuples():
        told.append(f"Paid on claims: {_money(future, row.amount)} to {partner_name(row.partner)}.")
    for partner in sorted(set(own[own["kind"] == "claimed"]["partner"]) - set(paid["partner"])):
        told.append(f"{partner_name(partner)} claimed it, too, and was paid nothing: "
                    f"{POLICIES[str(future.values['attribution.policy'])]}.")  # fmt: skip
    for row in own[own["kind"] == "credited"].itertuples():
        who = _rep(VENDOR, row.rep)
        told.append(_sentence(who, f"has {_money(future, row.amount)} credited to the own plan."))
    if len(paid) and net > 0:
        share = wording.quantity(float(paid["amount"].sum()) / net, "share")
        told.append(f"Payouts on claims are {share} of what the vendor gets of it, "
                    f"{_money(future, net)} a year.")  # fmt: skip
    return told


POLICIES = {
    "first_registered": "only a registration that holds is paid",
    "first_touch": "who touched it first is paid",
    "last_touch": "who touched it last is paid",
    "equal": "the claims were too small to share",
    "effort": "the claims were too small to share",
    "time_decay": "the claims were too small to share",
    "pay_all": "the claims were too small to pay",
    "house": "the vendor pays no claims",
    "marketplace": "the marketplace or a registration that holds is paid",
}


def _net(future: Future, own: pd.DataFrame | None, value: float, winner: int) -> float:
    """What the vendor gets of the first year, as it was booked."""
    event = None if own is None else own[own["kind"] == "won"]
    if event is not None and not event.empty:
        return float(event["amount"].iloc[0])
    return value if winner == VENDOR else value * (1 - _discount(future))


def _discount(future: Future) -> float:
    return float(future.values["booking.reseller_discount"])


def _contract(future: Future, winner: int, value: float, net: float) -> str:
    """What whoever closed it has of what the customer pays."""
    who, price = partner_name(winner), _money(future, value)
    if future.values.get("account_control.paper") == "vendor":
        kept = _money(future, value * _discount(future))
        return f"The contract is the vendor's own; {who} is paid {kept} for closing it."
    if net < value:
        return f"The contract is {who}'s own: it keeps {_money(future, value - net)} of the {price} that the customer pays."
    return f"The contract is {who}'s own; it passes the {price} on to the vendor."


def _afterwards(future: Future, rows: pd.DataFrame) -> list[str]:
    won = rows[rows["outcome"] == "won"]
    if won.empty or not float(future.values[f"product.{rows['product'].iloc[0]}.term_weeks"]):
        return []
    yearly = float(won["contract"].iloc[0])
    if yearly > 0:
        return [f"At the end of the run the contract goes on, at {_money(future, yearly)} a year."]
    return ["At the end of the run the contract has ended."]


def _shares(future: Future, deal: str) -> pd.DataFrame:
    """Attribution of this deal: firm x rule, in currency."""
    rows = parties(future, since=np.datetime64("1900-01-01"))
    own = rows[rows["deal"] == deal].set_index("partner", drop=False)
    columns = {RULES[rule].title: attributed(own, rule) for rule in known_rules(own)}
    import pandas as pd

    return pd.DataFrame(columns).rename(index=partner_name)


def _would_be(future: Future, shares: pd.DataFrame) -> str:
    parts = []
    for rule, column in shares.items():
        given = [
            f"{name} {_money(future, amount)}" for name, amount in column.items() if amount > 0
        ]
        parts.append(f"{rule}: {wording.join_words(given)}" if given else f"{rule}: nobody")
    return ATTRIBUTED + "; ".join(parts) + "."
