# SPDX-License-Identifier: Apache-2.0
"""Boltzmann wealth in Mesa and in Pardner, in one run on one pinned thread; the ratio counts.

    python benchmarks/compare_mesa.py build/release/benchmarks/bench_boltzmann [AGENTS...]

Needs `pip install mesa`. The share of people with nothing stands beside each timing: it tells
which rule an engine really ran (random activation 1/2, synchronous 0.41421, shuffled sweep 0.462),
and one rule is never compared with another.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import mesa

STEPS = {10_000: 200, 100_000: 60, 1_000_000: 30}  # enough for the share to settle
PARDNER_RUNS = 5
UPDATES_OF_A_PARDNER_RUN = 40_000_000


class Person(mesa.Agent):
    def __init__(self, model: "Society") -> None:
        super().__init__(model)
        self.wealth = 1
        self.received = 0

    def give(self) -> None:
        if self.wealth > 0:
            self.wealth -= 1
            self.random.choice(self.model.people).wealth += 1

    def give_at_once(self) -> None:
        if self.wealth > 0:
            self.wealth -= 1
            self.random.choice(self.model.people).received += 1

    def receive(self) -> None:
        self.wealth += self.received
        self.received = 0


class Society(mesa.Model):
    """The partner comes from a cached list: the fastest form that Mesa's users know."""

    def __init__(self, agents: int) -> None:
        super().__init__(seed=1)
        self.people = [Person(self) for _ in range(agents)]

    def shuffled(self) -> None:
        self.agents.shuffle_do("give")

    def synchronous(self) -> None:
        self.agents.do("give_at_once")
        self.agents.do("receive")

    def random_activation(self) -> None:
        for _ in range(len(self.people)):
            self.random.choice(self.people).give()

    def share_zero(self) -> float:
        return sum(person.wealth == 0 for person in self.people) / len(self.people)


RULES: dict[str, Callable[[Society], None]] = {
    "shuffled": Society.shuffled,
    "synchronous": Society.synchronous,
    "random": Society.random_activation,
}


def run_mesa(rule: str, agents: int) -> tuple[float, float]:
    """Updates per second, and the share of people with nothing at the end."""
    society = Society(agents)
    steps = STEPS.get(agents, 30)
    start = time.perf_counter()
    for _ in range(steps):
        RULES[rule](society)
    return agents * steps / (time.perf_counter() - start), society.share_zero()


def run_pardner(program: str, rule: str, agents: int, threads: int) -> tuple[float, float]:
    """The median of several runs, with the check of the sum in each step."""
    weeks = max(STEPS.get(agents, 30), UPDATES_OF_A_PARDNER_RUN // agents)
    command = [program, rule, str(agents), str(threads), str(weeks)]
    runs = [
        json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
        for _ in range(PARDNER_RUNS)
    ]
    return statistics.median(run["with_check"] for run in runs), runs[0]["share_zero"]


def main() -> None:
    program, *sizes = sys.argv[1:]
    processors = os.sched_getaffinity(0)
    print(
        f"Mesa {mesa.__version__}, Python {sys.version.split()[0]}; updates per second, one thread"
    )
    print("rule            agents   Mesa     share   Pardner  share   ratio   two threads")
    for agents in map(int, sizes or ["10000", "100000"]):
        for rule in RULES:
            os.sched_setaffinity(0, {min(processors)})
            slow, mesa_share = run_mesa(rule, agents)
            fast, share = run_pardner(program, rule, agents, 1)
            os.sched_setaffinity(0, processors)
            two = ""
            if rule == "synchronous" and len(processors) > 1:
                two = f"{run_pardner(program, rule, agents, 2)[0] / fast:.2f}x"
            print(
                f"{rule:12s} {agents:9,d}   {slow:.2e} {mesa_share:.4f}  "
                f"{fast:.2e} {share:.4f}  {fast / slow:5.0f}   {two}",
                flush=True,
            )


if __name__ == "__main__":
    main()
