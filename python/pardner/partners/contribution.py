# SPDX-License-Identifier: Apache-2.0
"""Attributed beside incremental: what rules credit partners with, and what they really bring.

Incremental is the difference between the same futures with and without some partners, in this
model. What each rule attributes is read from the log of deals of the futures with everybody. Both
are list value of deals won (`bookings_list`), so they can be divided.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import _core, wording
from ..errors import BadInput
from ..progress import Progress
from ..results import Ensemble
from .attribution import RULES, by_partner, known_rules, parties
from .future import Future, Source, What, look, partner_name, source_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from ..outcomes import When
    from ..statistics import Array

VALUE = "bookings_list"  # what is attributed
MONEY = "contribution"  # what it leaves the vendor
BY = ("kind", "tier", "partner")
TABLES = ("partners", "partnerships", "deal_events")
RANKED_BY = "equal"  # whose partners are the top ones
ALL = "all partners"


@dataclass(frozen=True)
class Cost:
    """What a question costs before it is asked: a probe of one future took `probe` seconds."""

    sets: int
    futures: int
    probe: float
    threads: int

    @property
    def runs(self) -> int:
        """Futures simulated: with everybody, once more to read its log, and without each set."""
        return (self.sets + 2) * self.futures

    @property
    def seconds(self) -> float:
        """About how long it takes."""
        return self.runs * self.probe / self.threads

    def __str__(self) -> str:
        return (
            f"cost: {self.runs:,} runs ({self.futures:,} futures with everybody, again to read who "
            f"worked on what, and without each of {self.sets}), about "
            f"{wording.number(max(self.seconds, 0.1), digits=2)} s on {self.threads} "
            f"{'thread' if self.threads == 1 else 'threads'} (a probe of one took "
            f"{wording.number(self.probe, digits=2)} s)"
        )


@dataclass(frozen=True)
class PartnerSet:
    """Some partners that are taken away together. group: "all", "kind", "tier", "partner"."""

    group: str
    name: str
    partners: tuple[int, ...]

    @property
    def text(self) -> str:
        """As `[program] without` says it: "0-3, 7"."""
        return ranges(self.partners)


def ranges(numbers: Sequence[int]) -> str:
    """Whole numbers as `[program] without` takes them: (0, 1, 2, 7) is "0-2, 7"."""
    parts: list[list[int]] = []
    for number in sorted(set(numbers)):
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in parts)


class Incremental:
    """Attributed and incremental contribution of partners. In a notebook it is a table.

    `table` has a row per set of partners: group, name, partners (how many), one column per rule
    (attributed, mean over futures), and
      incremental   list value of deals won that would be missing without them, mean
      error         its simulation error: half width of the 95% interval
      low, high     range of futures, 5% to 95%
      contribution, contribution_error   the same for what is left to the vendor
    in whole currency over the run. `interactions`: for kinds, and for the partners listed, what all
    together bring less the sum of what each brings alone.
    """

    def __init__(self, source: Source, table: pd.DataFrame, interactions: pd.DataFrame,
                 over: pd.DataFrame, facts: dict[str, Any]):  # fmt: skip
        self.source = source
        self.table = table
        self.interactions = interactions
        self.over_attribution = over  # rule (index): ratio, error
        self.facts = facts

    @property
    def rules(self) -> list[str]:
        """The rules that attributed something."""
        return list(self.over_attribution.index)

    @property
    def together(self) -> pd.Series:
        """The row of all partners together."""
        return self.table[self.table["group"] == "all"].iloc[0]

    @property
    def currency(self) -> str:
        """Of all amounts."""
        return str(self.facts["currency"])

    def _money(self, value: float, sign: bool = False) -> str:
        return wording.amount(value, wording.Unit(self.currency), sign=sign)

    def _pm(self, mean: float, error: float) -> str:
        return wording.plus_minus(mean, error, wording.Unit(self.currency)).lstrip("+")

    @property
    def sentence(self) -> str:
        """The answer in words."""
        all_ = self.together
        futures = self.facts["futures"]
        without = f"In this model, the same {futures} futures without any partner"
        if not all_["error"] < abs(all_["incremental"]):
            return (f"{without} cannot be told from those with them in what was sold "
                    f"({self._pm(all_['incremental'], all_['error'])} at list).")  # fmt: skip
        less = "less" if all_["incremental"] > 0 else "more"
        told = (f"{without} sold {self._pm(abs(all_['incremental']), all_['error'])} {less} at list; "
                f"to contribution partners bring "
                f"{self._pm(all_['contribution'], all_['contribution_error'])}.")  # fmt: skip
        return f"{told} {self._over()}{self._interaction()}"

    def _over(self) -> str:
        ratio = self.over_attribution["ratio"]
        if ratio.empty:
            return "Nothing was attributed to partners."
        equal = self.over_attribution.loc["equal"]
        least, most = ratio.idxmin(), ratio.idxmax()
        return (
            f"An equal split attributes {self._money(self.together['equal'])} to them, "
            f"{equal['ratio']:.2g} times what they bring (± {equal['error']:.1g}); "
            f"by the rules known it is {ratio[least]:.2g} ({RULES[str(least)].title}) to "
            f"{ratio[most]:.2g} times ({RULES[str(most)].title})."
        )

    def _interaction(self) -> str:
        told = []
        for row in self.interactions.itertuples():
            if not abs(row.interaction) > row.error:
                continue
            what = ("stand in for each other: together they bring more than" if row.interaction > 0
                    else "build on each other: together they bring less than")  # fmt: skip
            told.append(f" {row.name[:1].upper()}{row.name[1:]} {what} the sum of what each brings "
                        f"alone, by {self._pm(abs(row.interaction), row.error)}.")  # fmt: skip
        return "".join(told)

    def plot(self, ax: Axes | None = None) -> Axes:
        """Attributed beside incremental, a row per set of partners."""
        from .plots import plot_incremental

        return plot_incremental(self, ax=ax)

    def __str__(self) -> str:
        return format_incremental(self)

    def _repr_html_(self) -> str:
        from .tables import incremental_html

        return incremental_html(self)


def format_incremental(found: Incremental) -> str:
    """The table as text for a terminal, and the sentence."""
    from .tables import incremental_text

    return incremental_text(found)


def incremental(
    what: What, *, by: str = "kind", top: int = 5, partners: Sequence[int] | None = None,
    at: When = None, replicates: int | None = None, seed: int | None = None,
    arm: str | None = None, removed: str = "never_signed", threads: int = 0,
    say: Callable[[str], object] | None = print, progress: Progress = False,
) -> Incremental:  # fmt: skip
    """Attributed beside incremental contribution, by kind and for the top partners.

    what        a scenario, a result, or a result file; its futures are simulated again
    by          "kind", "tier" (at the end of the first future), or "partner": then the top partners
                (or `partners`) alone
    top         that many partners by what an equal split attributes to them; 0: none
    at          horizon ("12 months", a date); None: the end of the run
    replicates, seed, arm   None: as the result or scenario has them, and its first option
    removed     what "without" means: "never_signed", or "unpaid": their sellers' plan pays nothing
                for the vendor's deals
    say         told the cost before the runs; None: nobody
    Freed hours go to their next best use. Raises BadInput if there is no partner to take away.
    """
    if by not in BY:
        raise BadInput(f"by {by!r}: allowed are {', '.join(BY)}")
    source = source_of(what, arm)
    numbers = _numbers(source, replicates)
    source = Source(source.scenario, source.arm, source.seed if seed is None else seed, numbers)
    workers = threads or _core.default_threads()
    first = look(source, numbers[0], TABLES)  # also loads what any run needs
    began = time.perf_counter()
    second = look(source, numbers[min(1, len(numbers) - 1)], TABLES)
    probe = time.perf_counter() - began
    grouped = _groups(first, by)
    everyone = len(first.tables["partners"])
    listed = len(partners) if partners is not None else min(top, everyone)
    if say is not None:
        groups = len(grouped) if len(grouped) > 1 else 0
        sets = 1 + groups + listed + (1 < listed < everyone)
        say(str(Cost(sets, len(numbers), probe, workers)))
    futures = [first, second, *_look_all(source, numbers[2:], workers)][: len(numbers)]
    base = _run(source, "", removed, threads, progress)
    shared = _attributions(futures, base, at)
    chosen = partners if partners is not None else _ranked(shared, top)
    sets_ = _sets(futures, grouped, chosen)
    runs = {one: _run(source, one.text, removed, threads, progress) for one in sets_}
    return _put_together(source, base, runs, shared, at, removed)


def _numbers(source: Source, replicates: int | None) -> tuple[int, ...]:
    if replicates is None or replicates == len(source.replicates):
        return source.replicates
    if replicates < 1:
        raise BadInput("replicates must be at least 1")
    return tuple(range(source.replicates[0], source.replicates[0] + replicates))


def _look_all(source: Source, numbers: Sequence[int], workers: int) -> list[Future]:
    if workers == 1:
        return [look(source, number, TABLES) for number in numbers]
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(lambda number: look(source, number, TABLES), numbers))


def _groups(future: Future, by: str) -> list[PartnerSet]:
    """The kinds or tiers of the partners; none for by="partner"."""
    table = future.tables["partners"]
    more = future.tables.get("partnerships")  # a model with kinds and tiers has it
    if more is not None and by in more.columns:
        table = table.assign(**{by: more[by]})
    if table.empty:
        raise BadInput("the scenario has no partners")
    if by == "partner":
        return []
    if by not in table.columns:
        if by == "kind":  # all are of one
            return [PartnerSet("kind", "resellers", tuple(map(int, table.index)))]
        raise BadInput(f"the model knows no {by} of partners")
    names = KINDS if by == "kind" else None
    return [
        PartnerSet(by, names[int(value)] if names else f"tier {int(value)}", tuple(map(int, rows)))
        for value, rows in table.groupby(by).groups.items()
    ]


# Column `kind` of table partners.
KINDS = ("resellers", "logo", "referral", "OEM", "co-sell", "platform", "marketplace", "peers")


def _sets(futures: Sequence[Future], grouped: Sequence[PartnerSet],
          chosen: Sequence[int]) -> list[PartnerSet]:  # fmt: skip
    everyone = tuple(map(int, futures[0].tables["partners"].index))
    unknown = set(chosen) - set(everyone)
    if unknown:
        raise BadInput(f"there is no partner {min(unknown)}; they are numbered from 0 to "
                       f"{everyone[-1]}")  # fmt: skip
    sets = [PartnerSet("all", ALL, everyone)]
    if len(grouped) > 1:
        sets += grouped
    sets += [PartnerSet("partner", partner_name(n), (n,)) for n in chosen]
    if len(set(chosen)) > 1 and not _ever_signed(futures) <= set(chosen):
        sets.append(PartnerSet("listed", f"these {len(chosen)} together", tuple(chosen)))
    return sets


def _ever_signed(futures: Sequence[Future]) -> set[int]:
    tables = [future.tables["partners"] for future in futures]
    return {int(n) for table in tables for n in table.index[table["status"] > 0]}


def _run(source: Source, without: str, removed: str, threads: int, progress: Progress) -> Ensemble:
    changes = {"run.record_every": source.scenario.parameters()["value"]["run.record_every"]}
    if without:
        changes |= {"program.without": without, "program.removed": removed}
    scenario = source.scenario.with_(changes, name=f"without {without}")
    if without and scenario.parameters(source.arm)["value"]["program.without"] != without:
        # The option says itself whom it does without.
        own = source.scenario.parameters(source.arm)["value"]["program.without"]
        arm = f"arms.{source.arm}.program."
        scenario = source.scenario.with_({f"{arm}without": f"{own}, {without}",
                                          f"{arm}removed": removed})  # fmt: skip
    return scenario.replicate(len(source.replicates), seed=source.seed, arms=[source.arm],
                              first=source.replicates[0], threads=threads, progress=progress)  # fmt: skip


@dataclass(frozen=True)
class Shared:
    """Attributed value by future, partner and rule: a frame per future."""

    by_future: list[pd.DataFrame]
    rules: list[str]

    def total(self, rule: str, partners: Sequence[int] | None = None) -> Array:
        """By future, of some partners or all."""
        return np.array([
            float((t[rule] if partners is None else t[rule].reindex(partners)).sum())
            for t in self.by_future
        ])  # fmt: skip


def _attributions(futures: Sequence[Future], base: Ensemble, at: When) -> Shared:
    from .. import outcomes

    ds = base._shared()
    until = outcomes.horizon(ds, at).time
    rows = [parties(future, until=until) for future in futures]
    rules = {rule for each in rows for rule in known_rules(each)}
    return Shared([by_partner(each) for each in rows], [r for r in RULES if r in rules])


def _ranked(shared: Shared, top: int) -> list[int]:
    import pandas as pd

    if not shared.by_future:
        return []
    total = pd.concat([t[RANKED_BY] for t in shared.by_future]).groupby(level=0).sum()
    total = total[total > 0].sort_index().sort_values(ascending=False, kind="stable")
    return [int(n) for n in total.index[:top]]


def _differences(base: Ensemble, run: Ensemble, outcome: str, at: When) -> Array:
    """With less without, by future, in whole currency."""
    from .. import outcomes

    def amounts(ensemble: Ensemble) -> Array:
        ds = ensemble._shared()
        return outcomes.amounts_at(ds, outcome, outcomes.horizon(ds, at))[:, 0].astype(float)

    divisor = wording.Unit.parse(base.units[outcome]).divisor
    return (amounts(base) - amounts(run)) / divisor


def _put_together(source: Source, base: Ensemble, runs: dict[PartnerSet, Ensemble],
                  shared: Shared, at: When, removed: str) -> Incremental:  # fmt: skip
    import pandas as pd

    from .. import outcomes, statistics

    value = np.stack([_differences(base, run, VALUE, at) for run in runs.values()], axis=1)
    money = np.stack([_differences(base, run, MONEY, at) for run in runs.values()], axis=1)
    value_errors = statistics.mean_errors(value, seed=source.seed, name=f"incremental {VALUE}")
    money_errors = statistics.mean_errors(money, seed=source.seed, name=f"incremental {MONEY}")
    low, high = statistics.band(value)
    rows = []
    for i, one in enumerate(runs):
        partners = None if one.group == "all" else one.partners
        credited = {rule: shared.total(rule, partners).mean() for rule in shared.rules}
        rows.append({"group": one.group, "name": one.name, "partners": len(one.partners)} | credited
                    | {"incremental": value_errors.mean[i], "error": value_errors.error[i],
                       "low": low[i], "high": high[i], "contribution": money_errors.mean[i],
                       "contribution_error": money_errors.error[i]})  # fmt: skip
    ds = base._shared()
    facts = {
        "futures": len(source.replicates), "seed": source.seed, "removed": removed,
        "reallocate": "freed hours go to their next best use", "currency": outcomes.currency(ds),
        "horizon": outcomes.horizon(ds, at).label, "option": source.key,
    }  # fmt: skip
    return Incremental(source, pd.DataFrame(rows), _interactions(list(runs), value, source.seed),
                       _over_attribution(shared, value[:, 0]), facts)  # fmt: skip


def _interactions(sets: Sequence[PartnerSet], value: Array, seed: int) -> pd.DataFrame:
    """Together minus the sum of each alone: of the kinds (or tiers), and of the partners listed."""
    import pandas as pd

    from .. import statistics

    groups = [s.group for s in sets]
    asked: list[tuple[str, str]] = [(g, "all") for g in ("kind", "tier") if g in groups]
    if groups.count("partner") > 1:  # without a set of its own they are all there are
        asked.append(("partner", "listed" if "listed" in groups else "all"))
    rows = []
    for group, together in asked:
        alone = value[:, [g == group for g in groups]].sum(axis=1)
        difference = value[:, groups.index(together)] - alone
        found = statistics.mean_errors(difference[:, None], seed=seed, name=f"interaction {group}")
        name = {"kind": "kinds of partners", "tier": "tiers of partners",
                "partner": "the partners listed"}[group]  # fmt: skip
        rows.append((group, name, float(found.mean[0]), float(found.error[0])))
    return pd.DataFrame(rows, columns=["group", "name", "interaction", "error"])


def _over_attribution(shared: Shared, together: Array) -> pd.DataFrame:
    """Sum attributed / together, with the error of a ratio of means."""
    import pandas as pd

    from ..salesforce.measures import ratio

    rows = {rule: ratio(shared.total(rule), together) for rule in shared.rules}
    return pd.DataFrame.from_dict(rows, orient="index", columns=["ratio", "error"])
