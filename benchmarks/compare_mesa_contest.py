# SPDX-License-Identifier: Apache-2.0
"""The account contest in Mesa and in Pardner, in one run on one pinned thread; the ratio counts.

    python benchmarks/compare_mesa_contest.py build/release/benchmarks/bench_contest [REPS...]

Needs `pip install mesa`. Both play the same rules (models/contest/README.md). Mesa's run must keep
the invariants and, like Pardner's, the bands of the contest, so that one rule is never compared
with another.
"""

import math
import os
import random
import statistics
import subprocess
import sys
import time

import mesa

FIRMS, BOOK, TERRITORY, ACCOUNTS_PER_REP = 8, 20, 80, 10
BLOCKS, HOURS, HOURS_SCALE, NO_DECISION = 5, 8, 20.0, 2.5
WEEKS, QUARTER, QUOTA, SPREAD = 52, 13, 250_000, 45_000.0
RATE, ACCELERATED, PARTNER_RATE = 8, 16, 11
RINGS = -math.expm1(-1 / 13)

# Centre and sd at 1,000 reps; the sd falls with the root of their number.
BANDS = {
    "won per rep-week": (0.3097, 0.0023),
    "won / closed": (0.2093, 0.0011),
    "for nobody / decided": (0.4502, 0.0027),
    "pursuers per decision": (2.628, 0.0064),
    "mean won deal": (74_310, 640),
    "commission per rep-week": (2_356, 31.6),
    "partner share of deals": (0.3018, 0.0039),
    "quota attained": (0.3249, 0.0080),
    "partner hours, week 1": (0.2473, 0.0046),
    "partner hours, week 7": (0.3238, 0.0050),
    "partner hours, week 13": (0.3610, 0.0064),
}


def deal_size(chance: random.Random) -> int:
    return round(min(max(50_000 * math.exp(0.8 * chance.gauss()), 1_000), 10_000_000))


class Account(mesa.Agent):
    def __init__(self, model: "Contest") -> None:
        super().__init__(model)
        self.deal = deal_size(model.random)
        self.pull = NO_DECISION
        self.suitors: list[Opportunity] = []

    def resolve(self) -> None:
        self.pull = NO_DECISION + sum(suitor.weight for suitor in self.suitors)
        if not self.suitors or self.random.random() >= RINGS:
            return
        counts = self.model.counts
        counts["decided"] += 1
        counts["pursuers"] += len(self.suitors)
        point = self.random.random() * self.pull - NO_DECISION
        winner = None
        if point >= 0:
            for winner in self.suitors:
                point -= winner.weight
                if point < 0:
                    break
        counts["nobody"] += winner is None
        for suitor in self.suitors:
            suitor.closed, suitor.won = True, suitor is winner
            suitor.size = self.deal
        self.suitors = []
        self.deal = deal_size(self.random)
        self.pull = NO_DECISION


class Opportunity:
    __slots__ = ("account", "closed", "fit", "fresh", "hours", "own", "size", "weight", "won")

    def __init__(self, account: Account, own: bool, fit: float) -> None:
        self.account, self.own, self.fit, self.weight = account, own, fit, fit
        self.hours, self.size, self.fresh, self.closed, self.won = 0, 0, True, False, False


class Rep(mesa.Agent):
    def __init__(self, model: "Contest", territory: list[Account]) -> None:
        super().__init__(model)
        self.territory = territory
        self.skill = math.exp(0.25 * model.random.gauss())
        self.booked = self.paid = 0
        self.book: list[Opportunity] = []
        self.refill()

    def refill(self) -> None:
        held = {opportunity.account for opportunity in self.book}
        while len(self.book) < BOOK:
            account = self.territory[int(self.random.random() * TERRITORY)]
            if account in held:
                continue
            held.add(account)
            own = self.random.random() >= 0.3
            opportunity = Opportunity(account, own, math.exp(0.5 * self.random.gauss()))
            account.suitors.append(opportunity)
            self.book.append(opportunity)
            self.model.counts["opened"] += 1

    def choose(self) -> None:
        week = self.model.week % QUARTER
        left = QUARTER - week
        z = (self.booked + QUOTA / QUARTER * left - QUOTA) / (SPREAD * math.sqrt(left))
        rate = RATE + (ACCELERATED - RATE) * 0.5 * math.erfc(-z / math.sqrt(2))
        skill = self.skill
        rivals, worth, pay = [], [], []
        for o in self.book:
            n = o.account.pull - (0 if o.fresh else o.weight)
            w = (rate if o.own else PARTNER_RATE) * o.account.deal * n
            rivals.append(n)
            worth.append(w)
            pay.append(w * o.weight / ((o.weight + n) ** 2 * (HOURS_SCALE + skill * o.hours)))
            o.fresh = False
        for _ in range(BLOCKS):
            j = pay.index(max(pay))
            o = self.book[j]
            o.hours += HOURS
            effort = HOURS_SCALE + skill * o.hours
            o.weight = o.fit * math.sqrt(effort / HOURS_SCALE)
            pay[j] = worth[j] * o.weight / ((o.weight + rivals[j]) ** 2 * effort)
            if not o.own:
                self.model.partner_hours[week] += HOURS

    def settle(self) -> None:
        open_ones = [o for o in self.book if not o.closed]
        if len(open_ones) < BOOK:
            counts = self.model.counts
            for o in self.book:
                if not o.closed:
                    continue
                counts["closed"] += 1
                counts["closed hours"] += o.hours
                if o.won:
                    self.win(o)
            self.book = open_ones
            self.refill()
        if self.model.week % QUARTER == QUARTER - 1:
            self.model.counts["attained"] += self.booked >= QUOTA
            self.booked = 0

    def win(self, o: Opportunity) -> None:
        if o.own:
            low = min(o.size, max(0, QUOTA - self.booked))
            self.paid += RATE * low + ACCELERATED * (o.size - low)
            self.booked += o.size
        else:
            self.paid += PARTNER_RATE * o.size
        self.model.log.append((self.model.week, self, o.account, o.size, o.own))


class Contest(mesa.Model):
    def __init__(self, reps: int, seed: int = 1) -> None:
        super().__init__(seed=seed)
        self.week = 0
        names = ["decided", "pursuers", "nobody", "opened", "closed", "attained"]
        self.counts = dict.fromkeys([*names, "closed hours"], 0)
        self.partner_hours = [0] * QUARTER
        self.log: list[tuple[int, Rep, Account, int, bool]] = []
        accounts = [Account(self) for _ in range(ACCOUNTS_PER_REP * reps)]
        people = []
        for _ in range(FIRMS):
            order = self.random.sample(accounts, len(accounts))
            people += [Rep(self, order[i : i + TERRITORY]) for i in range(0, len(order), TERRITORY)]
        self.reps = people
        # Agent sets made once: `agents_by_type` would give the same.
        self.rep_set = self.agents_by_type[Rep]
        self.account_set = self.agents_by_type[Account]

    def step_week(self) -> None:
        self.rep_set.do("choose")
        self.account_set.do("resolve")
        self.rep_set.do("settle")
        self.week += 1

    def check_invariants(self) -> None:
        counts, held = self.counts, [o for rep in self.reps for o in rep.book]
        hours = counts["closed hours"] + sum(o.hours for o in held)
        assert hours == BLOCKS * HOURS * len(self.reps) * self.week
        assert counts["closed"] == counts["pursuers"]
        assert counts["opened"] == counts["closed"] + BOOK * len(self.reps)
        assert counts["decided"] == len(self.log) + counts["nobody"]
        booked: dict[tuple[Rep, int], int] = {}
        cents = 0
        for week, rep, _, size, own in self.log:
            if own:
                booked[rep, week // QUARTER] = booked.get((rep, week // QUARTER), 0) + size
            else:
                cents += PARTNER_RATE * size
        for dollars in booked.values():
            low = min(dollars, QUOTA)
            cents += RATE * low + ACCELERATED * (dollars - low)
        assert cents == sum(rep.paid for rep in self.reps)
        for rep in self.reps:
            accounts = {o.account for o in rep.book}
            assert len(accounts) == BOOK and accounts <= set(rep.territory)
        assert {id(o) for o in held} == {id(o) for a in self.account_set for o in a.suitors}

    def figures(self) -> dict[str, float]:
        counts, won, reps = self.counts, len(self.log), len(self.reps)
        hours = self.week // QUARTER * reps * BLOCKS * HOURS
        values = [
            won / (reps * self.week),
            won / counts["closed"],
            counts["nobody"] / counts["decided"],
            counts["pursuers"] / counts["decided"],
            sum(row[3] for row in self.log) / won,
            sum(rep.paid for rep in self.reps) / 100 / (reps * self.week),
            sum(not row[4] for row in self.log) / won,
            counts["attained"] / (reps * (self.week // QUARTER)),
            *(self.partner_hours[week] / hours for week in (0, 6, 12)),
        ]
        return dict(zip(BANDS, values, strict=True))


def outside(figures: dict[str, float], reps: int) -> list[str]:
    """The figures that lie outside their bands."""
    wrong = []
    for name, (centre, sd) in BANDS.items():
        if abs(figures[name] - centre) > 4 * sd * math.sqrt(1000 / reps):
            wrong.append(f"{name} is {figures[name]:.5g}, not {centre}")
    return wrong


def run_mesa(reps: int) -> float:
    """Rep-weeks per second of the 52 weeks, without set-up and checks."""
    contest = Contest(reps)
    start = time.perf_counter()
    for _ in range(WEEKS):
        contest.step_week()
    seconds = time.perf_counter() - start
    contest.check_invariants()
    if wrong := outside(contest.figures(), reps):
        raise SystemExit(f"Mesa, {reps} reps: " + "; ".join(wrong))
    return reps * WEEKS / seconds


def run_pardner(program: str, reps: int, threads: int) -> float:
    """Its own median; the run itself checks all invariants, the tests hold the bands."""
    command = [program, "--reps", str(reps), str(threads)]
    lines = subprocess.run(command, capture_output=True, check=True, text=True).stdout.splitlines()
    return float(lines[-1].split()[2])


def main() -> None:
    program, *sizes = sys.argv[1:]
    processors = os.sched_getaffinity(0)
    print(
        f"Mesa {mesa.__version__}, Python {sys.version.split()[0]}; rep-weeks per second, one thread"
    )
    print("     reps   Mesa     Pardner   ratio   two threads")
    for reps in map(int, sizes or ["1000", "10000"]):
        os.sched_setaffinity(0, {min(processors)})
        before = run_pardner(program, reps, 1)
        slow = run_mesa(reps)
        fast = statistics.mean([before, run_pardner(program, reps, 1)])  # before and after Mesa
        os.sched_setaffinity(0, processors)
        two = f"{run_pardner(program, reps, 2) / fast:.2f}x" if len(processors) > 1 else ""
        print(f"{reps:9,d}   {slow:.2e} {fast:.2e}  {fast / slow:5.0f}   {two}", flush=True)


if __name__ == "__main__":
    main()
