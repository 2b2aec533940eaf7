# SPDX-License-Identifier: Apache-2.0
"""A slow, obvious twin of the economy, written from docs/odd.md and not from the C++.

It has what scenario `textbook` has, and the switches of needs, leads, effort, pursuit, choice, own
bag, booking and pay. No contracts, renewals, hiring, recruiting or partner managers; everybody
plans by expected pay and works all hours. Money is in integer cents, time in weeks.
"""

import math
from collections import Counter
from fractions import Fraction
from types import SimpleNamespace as Row

from philox import VENDOR, Draw, child, firm, generator, named, nearest, pair, pick

POPULATION, DEMAND, LEADS, PURSUIT, CHOICE, OWN_BAG = 16, 17, 18, 19, 20, 25


class World:
    def __init__(self, p: Row, replicate: int) -> None:
        self.p, self.week, self.open, self.flows = p, 0, list[Row](), Counter[str]()
        self.chance, self.shared = generator(p.run.seed, replicate + 1), generator(p.run.seed, 0)
        self.partners: list[int] = []  # none in the first week
        executives = range(p.vendor.account_executives)
        self.reps = [hire(self, "account_executive", VENDOR, k, k, 1.0) for k in executives]
        everybody = (own := p.market.accounts) + nearest(own * p.market.partner_only)
        self.accounts = [make_account(self, i, i < own) for i in range(everybody)]


def hire(world: World, role: str, firm: int, slot: int, place: int, knowledge: float) -> Row:
    key, plan = child("rep", firm, slot), getattr(world.p, role)
    rep = Row(key=key, firm=firm, region=place % world.p.market.regions, plan=plan)
    rep.skill = plan.skill_sigma * Draw(world.shared, POPULATION, key).normal()
    rep.seller, rep.knowledge = role == "partner_seller", knowledge
    rep.booked = rep.counted = rep.due = rep.accrued = rep.paid = rep.own_deals = 0
    rep.hours_left = rep.own_bag_hours = rep.own_push = 0.0
    return rep


def make_account(world: World, i: int, reached: bool) -> Row:
    p, key = world.p, child("account", named("ecosystem"), i)
    s, z = p.demand.rate_sigma, Draw(world.shared, POPULATION, key).normal()
    rate = p.demand.rate / 52 * math.exp(s * z - s * s / 2)
    account = Row(key=key, region=i % p.market.regions, reached=reached, rate=rate)
    account.needs, account.busy_until = 0, 0.0
    account.next_need = need_draw(world, account).exponential() / rate
    return account


def need_draw(world: World, account: Row) -> Draw:
    return Draw(world.chance, DEMAND, child("need", account.key, account.needs))


def demand(world: World) -> list[Row]:
    """The needs that come this week."""
    came: list[Row] = []
    for account in world.accounts:
        while account.next_need < world.week + 1:
            came.append(need := make_need(world, account))
            account.needs += 1
            freed = math.floor(need.decides) + 1  # at the end of the week of its decision
            account.busy_until = max(account.busy_until, freed)
            e = need_draw(world, account).exponential()
            slow = account.rate * world.p.demand.while_busy
            grown = slow * (account.busy_until - need.came)
            after = account.busy_until + (e - grown) / account.rate
            account.next_need = need.came + e / slow if e < grown else after
    world.flows["needs"] += len(came)
    return came


def make_need(world: World, account: Row) -> Row:
    p, draw = world.p, need_draw(world, account)
    draw.exponential()  # its arrival, used already
    draw.uniform()  # which product: there is one
    size = p.product.list_price * 100 * math.exp(p.product.size_sigma * draw.normal())
    wait = p.demand.clock_min_weeks + p.demand.clock_mean_weeks * draw.exponential()
    need = Row(key=draw.key, account=account, came=account.next_need, opportunities=[])
    need.list_value, need.decides = max(1, nearest(size)), need.came + wait
    return need


def leads(world: World, need: Row) -> None:
    """An opportunity for the account's executive and a seller of each partner who knows it."""
    p, account = world.p, need.account
    firms = [VENDOR] if account.reached else []
    for partner in sorted(world.partners, key=lambda key: pair(VENDOR, key)):
        if Draw(world.shared, LEADS, pair(partner, account.key)).happens(p.leads.partner_reach):
            firms.append(partner)
    for employer in firms:
        staff = [r for r in world.reps if r.firm == employer and r.region == account.region]
        if staff:
            rep = max(staff, key=lambda rep: pair(rep.key, account.key))
            draw = Draw(world.chance, PURSUIT, pair(need.key, rep.key))
            thresholds = [draw.exponential() for _ in range(3)]
            need.opportunities.append(Row(key=draw.key, rep=rep, thresholds=thresholds, work=0.0))


def stage(opportunity: Row) -> int:
    return sum(sum(opportunity.thresholds[: k + 1]) <= opportunity.work for k in range(3))


def chance_to_win(p: Row, stage: int) -> float:
    """Of one rep of full knowledge, against rivals and nobody, without tastes."""
    c = p.choice
    ours = c.base + c.stage_gain * stage + c.knowledge_gain - c.price_weight * math.log(c.price)
    others = p.market.rivals * math.exp(c.rival_strength) + math.exp(c.no_decision)
    return math.exp(ours) / (math.exp(ours) + others)


def gain(p: Row, stage: int) -> float:
    """What a stage adds to the chance to win: the mean of those that remain."""
    if stage == 3:
        return 0.05 * gain(p, 2)
    return (chance_to_win(p, 3) - chance_to_win(p, stage)) / (3 - stage)


def shadow_rate(world: World, rep: Row) -> float:
    """What the next unit of credit is expected to pay at the end of the quarter (EQ2)."""
    plan, q = rep.plan, (13 - world.quarter_week) / 13
    if plan.quota == 0:
        return plan.base_rate
    z = (rep.counted / (plan.quota * 100) + q - 1) / (world.p.reasoning.booking_cv * math.sqrt(q))
    phi = 0.5 * math.erfc(-z / math.sqrt(2))
    return plan.base_rate * (1 + (plan.accelerator - 1) * phi)


def split(p: Row, hours: float, values: list[float]) -> list[float]:
    """SA5: hours for each of the n best values, after their touch costs; 0 for the others."""
    eps, touch = p.effort.elasticity, p.effort.touch_hours
    power = [value ** (1 / (1 - eps)) for value in values]
    best = sorted(range(len(values)), key=lambda j: -power[j])  # ties as they stand
    worth = {
        n: (hours - n * touch) ** eps * sum(power[j] for j in best[:n]) ** (1 - eps)
        for n in range(1, len(values) + 1)
        if hours > n * touch
    }
    n = max(worth, key=lambda n: worth[n], default=0)
    total = sum(power[j] for j in best[:n])
    given = [0.0] * len(values)
    for j in best[:n]:
        given[j] = (hours - n * touch) * power[j] / total
    return given


def effort(world: World, rep: Row) -> list[tuple[Row, float]]:
    """The hours that a rep gives to its opportunities; the rest goes to its own bag."""
    p, own = world.p, world.p.partner_seller
    mine = [(o, n.list_value) for n in world.open for o in n.opportunities if o.rep is rep]
    mine.sort(key=lambda it: it[0].key)
    pay = rate = shadow_rate(world, rep)
    each = rate * own.own_margin * own.own_deal * 100 * gain(p, 0)
    if rep.seller:
        now = rate_at(rep.plan, rep.counted)
        pay = own.commission_share * now + own.quota_share * (rate - now)
        pay *= p.choice.price * p.booking.reseller_discount
    values = [pay * rep.knowledge * value * gain(p, stage(o)) for o, value in mine]
    values += [each] * math.floor(own.own_opportunities) * rep.seller
    given = split(p, rep.plan.hours, values)
    for_own = [h for h in given[len(mine) :] if h > 0]
    rep.own_bag_hours = sum(h + p.effort.touch_hours for h in for_own)
    rep.own_push = sum((h / p.effort.scale_hours) ** p.effort.elasticity for h in for_own)
    rep.hours_left = 0.0 if any(given) else rep.plan.hours
    return [(o, h) for (o, _), h in zip(mine, given, strict=False)]


def pursuit(p: Row, opportunity: Row, hours: float) -> None:
    pace = p.pursuit.stage_rate * opportunity.rep.knowledge**p.pursuit.knowledge_power
    opportunity.work += pace * (hours / p.effort.scale_hours) ** p.effort.elasticity


def choice(world: World, need: Row) -> Row | str:
    """What the account decides for: an opportunity of ours, "rival" or "nobody"."""
    p, c = world.p, world.p.choice
    draw = Draw(world.chance, CHOICE, need.key)
    which, who, z = draw.uniform(), draw.uniform(), draw.normal()
    worked, weights = [o for o in need.opportunities if o.work > 0], []
    for o in worked:
        utility = c.base + c.stage_gain * stage(o) + c.knowledge_gain * o.rep.knowledge
        utility += o.rep.skill - c.price_weight * math.log(c.price)
        weights.append(math.exp(utility / c.nest))
    ours = math.exp(c.nest * math.log(sum(weights)) + c.taste_sigma * z) if worked else 0.0
    tastes = [c.taste_sigma * draw.normal() for _ in range(p.market.rivals)]
    rivals = [math.exp(c.rival_strength + taste) for taste in tastes]
    chosen = pick([ours, *rivals, math.exp(c.no_decision)], which)
    if chosen == 0:
        return worked[pick(weights, who)]
    return "rival" if chosen <= len(rivals) else "nobody"


def own_bag(world: World) -> None:
    """Other products that sellers of partners sell this week, before yours are booked."""
    own, pace = world.p.partner_seller, gain(world.p, 0) * world.p.pursuit.stage_rate
    for rep in [rep for rep in world.reps if rep.own_push > 0]:
        won = Draw(world.chance, OWN_BAG, rep.key, world.week).poisson(rep.own_push * pace)
        rep.own_deals += won
        for _ in range(won):
            credit(rep, nearest(own.own_deal * 100 * own.own_margin), 1, 1)


def rate_at(plan: Row, credit: int) -> Fraction:
    times = plan.accelerator if plan.quota and credit >= plan.quota * 100 else 1
    return Fraction(str(plan.base_rate)) * Fraction(str(times))


def commission_due(plan: Row, credit: int) -> Fraction:
    below = min(credit, plan.quota * 100) if plan.quota else credit
    return below * rate_at(plan, 0) + (credit - below) * rate_at(plan, credit)


def credit(rep: Row, amount: int, pays: float, counts: float) -> int:
    """`pays` of an amount earns commission, `counts` of it counts for quota: first what does both;
    what only pays is paid at the rate reached. Returns what it makes due."""
    plan, both = rep.plan, nearest(amount * min(pays, counts))
    rep.booked += amount
    rep.due += commission_due(plan, rep.counted + both) - commission_due(plan, rep.counted)
    rep.counted += both + nearest(amount * max(0, counts - pays))
    rep.due += nearest(amount * max(0, pays - counts)) * rate_at(plan, rep.counted)
    earned = nearest(rep.due) - rep.accrued
    rep.accrued += earned
    return earned


def booking(world: World, need: Row, chosen: Row | str) -> None:
    p, flows = world.p, world.flows
    flows["decided"] += 1
    if isinstance(chosen, str):
        touched = any(o.work > 0 for o in need.opportunities)
        flows["lost" if touched else "untouched"] += 1
        flows["no_decision"] += touched and chosen == "nobody"
        return
    rep, own = chosen.rep, p.partner_seller
    price = nearest(need.list_value * p.choice.price)
    margin = nearest(price * p.booking.reseller_discount) if rep.seller else 0
    cost = nearest(price * (p.product.unit_cost / p.choice.price))
    flows.update(won=1, bookings_acv=price - margin, cost_of_goods=cost)
    if rep.seller:
        credit(rep, margin, own.commission_share, own.quota_share)
        flows.update(won_partner=1, bookings_partner=price - margin, partner_margin=margin)
    else:
        flows["commission"] += credit(rep, price, 1, 1)


def program(world: World) -> None:
    """In the first week the sellers of the signed partners come, all of whom sell."""
    p, knowledge = world.p, world.p.partner_seller.knowledge
    keys = [firm("partner", i) for i in range(p.program.signed_at_start)]
    world.partners = sorted(keys, key=lambda key: pair(VENDOR, key) % 2**32)
    for key in world.partners:
        for k in range(p.program.sellers):
            world.reps.append(hire(world, "partner_seller", key, k, keys.index(key), knowledge))


def payday(world: World) -> None:
    if world.quarter_week == 12:
        for rep in world.reps:
            rep.paid += rep.accrued
            rep.booked = rep.counted = rep.due = rep.accrued = 0


def record(world: World) -> dict[str, float]:
    """Outcomes of the week. Nothing has a term, so revenue is recognised with the booking."""
    p, out = world.p, world.flows
    plan, t = p.account_executive, world.week
    year = nearest((plan.base_pay * (1 + plan.on_cost) + plan.tools) * 100)
    out["fixed_pay"] = ((t + 1) * year // 52 - t * year // 52) * p.vendor.account_executives
    out["contribution"] = out["bookings_acv"] - out["cost_of_goods"]
    out["contribution"] -= out["fixed_pay"] + out["commission"]
    return {**out, "open_pipeline": sum(need.list_value for need in world.open)}


def simulate_week(world: World) -> dict[str, float]:
    world.quarter_week, world.flows = (world.week - world.p.run.warmup) % 13, Counter()
    for need in demand(world):
        leads(world, need)
        world.open.append(need)
    for opportunity, h in [given for rep in world.reps for given in effort(world, rep)]:
        pursuit(world.p, opportunity, h)
    own_bag(world)
    due = [need for need in world.open if need.decides < world.week + 1]
    for need in sorted(due, key=lambda need: need.decides):
        booking(world, need, choice(world, need))
    world.open = [need for need in world.open if need.decides >= world.week + 1]
    if world.week == 0:
        program(world)
    payday(world)
    return record(world)


COLUMNS = ("booked", "accrued", "paid", "skill", "knowledge")
COLUMNS += ("hours_left", "own_bag_hours", "own_deals")


def run(p: Row, replicate: int) -> tuple[list[dict], list[list[list[float]]]]:
    """Of each week after the warm-up: outcomes, and the columns of each rep."""
    world, outcomes, columns = World(p, replicate), [], []
    for world.week in range(p.run.warmup + p.run.weeks):
        outcomes.append(simulate_week(world))
        columns.append([[getattr(rep, name) for name in COLUMNS] for rep in world.reps])
    return outcomes[p.run.warmup :], columns[p.run.warmup :]
