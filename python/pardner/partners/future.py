# SPDX-License-Identifier: Apache-2.0
"""One future, looked into: simulated again to the bit, with the tables a result does not hold."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import _core
from ..errors import BadInput
from ..results import Ensemble
from ..scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

What = Ensemble | Scenario | str | os.PathLike[str]
RESULT_ENDINGS = (".h5", ".nc", ".partial")
VENDOR = -1  # where a table has the number of a partner
STATUS = ("candidate", "signed", "active", "ended")  # of a partnership
OUTCOMES = ("open", "won", "lost", "no decision")


@dataclass(frozen=True)
class Source:
    """What a result was made from: any of its futures can be looked into again."""

    scenario: Scenario
    arm: str
    seed: int
    replicates: tuple[int, ...]

    @property
    def key(self) -> str:
        """Name of the option, as screens call it."""
        return self.scenario.arms[self.arm]


def is_result_file(what: What) -> bool:
    """Whether this names a result file, not a scenario."""
    return not isinstance(what, Ensemble | Scenario) and os.fspath(what).endswith(RESULT_ENDINGS)


def source_of(what: What, arm: str | None = None) -> Source:
    """The source of a result, a result file (.h5), or a scenario (a file, a name, an object).

    arm: an option's name; None: the first. Raises BadInput for what the model of the result lacks.
    """
    if is_result_file(what):
        from ..command_export import read_about

        assert not isinstance(what, Ensemble | Scenario)
        about = read_about(os.fspath(what))
        scenario = Scenario.parse(str(about["scenario"]), os.fspath(what))
        first, count = int(about["first_replicate"]), int(about["replicates"])
        return _source(scenario, arm, list(about["arms"]), int(about["seed"]),
                       range(first, first + count))  # fmt: skip
    if isinstance(what, Ensemble):
        numbers = what.to_xarray()["replicate"].values
        return _source(what.scenario, arm, list(what.arms), what.seed, [int(n) for n in numbers])
    scenario = what if isinstance(what, Scenario) else Scenario.load(what)
    return _source(scenario, arm, list(scenario.arms), scenario.seed, range(scenario.replicates))


def _source(scenario: Scenario, arm: str | None, arms: Sequence[str], seed: int,
            replicates: Sequence[int]) -> Source:  # fmt: skip
    if arm and arm not in arms:
        raise BadInput(f"no option {arm!r}; there are: {', '.join(arms)}")
    if "opportunities" not in tables_of(scenario.model):
        raise BadInput(f"model {scenario.model} keeps no log of opportunities")
    return Source(scenario, arm or arms[0], seed, tuple(replicates))


def tables_of(model: str) -> set[str]:
    """Names of the tables that a model can be looked into for."""
    return {column["table"] for column in _core.describe_model(model)["columns"]}


@dataclass(frozen=True)
class Future:
    """One future of one option at its end.

    `log` is the CRM log with names for people to read, `tables` what else was asked for. Money is
    in whole currency, days are dates; the warm-up is part of it.
    """

    source: Source
    replicate: int
    first_day: np.datetime64
    values: Mapping[str, Any]  # of parameters, by dotted key
    tables: Mapping[str, pd.DataFrame]

    @property
    def log(self) -> pd.DataFrame:
        """One row per need and rep who worked on it.

        deal            "118-3": the account and the number of the need among the account's
        partner         number of the candidate, -1: the vendor
        born, engaged, closed   dates; NaT while open. `last_week` its first day
        source          number of the partner that referred it, -1: none
        source          number of the partner that referred it, -1: none
        hours, value    of work; list value of a deal won, else 0
        """
        return self.tables["log"]

    @property
    def start(self) -> np.datetime64:
        """The day on which the warm-up ends and the run begins."""
        return self.first_day + np.timedelta64(7 * int(self.values["run.warmup"]), "D")

    @property
    def currency(self) -> str:
        """Of all its money."""
        return self.source.scenario._core.currency

    def date(self, days: Any) -> Any:
        """The date of a number of days since the first simulated day; an array of them."""
        return self.first_day + np.asarray(days).astype("timedelta64[D]")

    def partner(self, number: int) -> str:
        """What screens call a firm: "Partner 3", or "the vendor" for -1."""
        return partner_name(number)


def partner_name(number: int) -> str:
    """What screens call a firm: "Partner 3", "the vendor"."""
    return "the vendor" if number == VENDOR else f"Partner {number}"


def account_name(row: int) -> str:
    """What `pardner export crm` and account mapping call an account."""
    return f"Account {row:06d}"


def look(source: Source, replicate: int, tables: Sequence[str] = ()) -> Future:
    """Simulates one future and takes its log and `tables` (those that the model has)."""
    import pandas as pd

    from ..command_export import first_day

    scenario = source.scenario
    if "deal_events" in tables and "deal_events" in tables_of(scenario.model):
        scenario = scenario.with_({"attribution.trace": True})  # changes nothing else
    wanted = {"opportunities", "reps", *tables} & tables_of(scenario.model)
    found = _core.inspect(scenario._core, arm=source.arm, replicate=replicate, seed=source.seed,
                          tables=sorted(wanted))  # fmt: skip
    values = scenario.parameters(source.arm)["value"].to_dict()
    day = np.datetime64(first_day(scenario), "D")
    money = scenario._core.minor_units
    frames = {}
    for name in wanted - {"opportunities", "reps"}:
        frame = pd.DataFrame(found[name])
        units = {c["name"]: c["unit"] for c in _core.describe_model(scenario.model)["columns"]
                 if c["table"] == name}  # fmt: skip
        frames[name] = frame.assign(**{
            c: frame[c] / money for c in frame.columns if units[c] == "money"})  # fmt: skip
    firms = np.asarray(found["reps"]["partner"])
    frames["log"] = _log(pd.DataFrame(found["opportunities"]), firms, day, money, _products(values))
    return Future(source, replicate, day, values, frames)


def _products(values: Mapping[str, Any]) -> list[str]:
    ending = ".list_price"
    return [key.split(".")[1] for key in values
            if key.startswith("product.") and key.endswith(ending)]  # fmt: skip


def _log(raw: pd.DataFrame, firms: Any, day: np.datetime64, money: int,
         products: Sequence[str]) -> pd.DataFrame:  # fmt: skip
    import pandas as pd

    def dates(days: Any) -> Any:
        return (day + days.to_numpy().astype("timedelta64[D]")).astype("datetime64[ns]")

    account, number = raw["account"].astype(str), raw["number"].astype(str)
    closed = pd.Series(dates(raw["closed_day"])).where((raw["closed_day"] >= 0).to_numpy())
    return pd.DataFrame({
        "deal": account + "-" + number, "account": raw["account"], "number": raw["number"],
        "product": [products[i] for i in raw["product"]],
        "partner": firms[raw["rep"]], "rep": raw["rep"],
        "outcome": [OUTCOMES[i] for i in raw["outcome"]], "born": dates(raw["born_day"]),
        "engaged": dates(raw["engaged_day"]), "last_week": dates(7 * raw["last_week"]),
        "hours": raw["minutes"] / 60, "closed": closed, "value": raw["value"] / money,
        "need": raw["need"], "source": raw["source"], "contract": raw["contract"] / money,
    })  # fmt: skip
