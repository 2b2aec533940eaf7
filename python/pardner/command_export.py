# SPDX-License-Identifier: Apache-2.0
"""`pardner export`: a CRM log, or a table, from a result file."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import _core
from .command_line import OK, whole
from .errors import BadInput, ResultFileError
from .scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

ACCOUNT_EXECUTIVE = 0


def main(argv: list[str]) -> int:
    """Run `pardner export ARGV` and return its exit code."""
    options = _parser().parse_args(argv)
    code: int = options.run(options)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pardner export", description="Write a CRM log or a table from a result file."
    )
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="crm|csv")
    crm = kinds.add_parser(
        "crm", help="the sales log of one future, as a CRM tool would export it",
        description="Simulates one future of a result file again, to the bit, and writes the "
        "opportunities its salespeople worked on in the shape `pardner calibrate crm` reads.",
    )  # fmt: skip
    crm.add_argument("result", metavar="RESULT", help="result file of the model ecosystem")
    crm.add_argument("-o", "--output", required=True, metavar="DIR", help="folder to write into")
    crm.add_argument("--arm", default="", help="option (default: the first)")
    crm.add_argument("--replicate", type=whole, help="number of the future (default: the first)")
    crm.add_argument("--partners", action="store_true",
                     help="partner sellers too, not the vendor's own people only")  # fmt: skip
    crm.add_argument("--quiet", action="store_true", help="say nothing but errors")
    crm.set_defaults(run=_crm)
    csv = kinds.add_parser(
        "csv", help="all outcomes as one tidy table",
        description="One row per option, future and time, one column per outcome, as CSV.",
    )  # fmt: skip
    csv.add_argument("result", metavar="RESULT", help="result file")
    csv.add_argument("-o", "--output", required=True, metavar="FILE.csv")
    csv.add_argument("--quiet", action="store_true", help="say nothing but errors")
    csv.set_defaults(run=_csv)
    return parser


def _csv(options: argparse.Namespace) -> int:
    from .files import open as open_result

    target = Path(options.output)
    if not target.absolute().parent.is_dir():
        raise BadInput(f"{target}: its folder does not exist")
    table = open_result(options.result).to_pandas()
    partial = target.with_name(target.name + ".partial")
    try:
        table.to_csv(partial, index=False, date_format="%Y-%m-%d")
        os.replace(partial, target)
    finally:
        partial.unlink(missing_ok=True)
    if not options.quiet:
        print(f"wrote {target}: {len(table):,} rows, {len(table.columns)} columns")
    return OK


def _crm(options: argparse.Namespace) -> int:
    about = read_about(options.result)
    replicate = about["first_replicate"] if options.replicate is None else options.replicate
    last = about["first_replicate"] + about["replicates"] - 1
    if not about["first_replicate"] <= replicate <= last:
        raise BadInput(f"future {replicate}: the file holds {about['first_replicate']} to {last}")
    if options.arm and options.arm not in about["arms"]:
        raise BadInput(f"no option {options.arm!r}; there are: {', '.join(about['arms'])}")
    scenario = Scenario.parse(about["scenario"], options.result)
    paths = export_crm(
        scenario, options.output, arm=options.arm or about["arms"][0], replicate=replicate,
        seed=about["seed"], partners=options.partners,
    )  # fmt: skip
    if not options.quiet:
        print(f"wrote {', '.join(map(str, paths))}")
    return OK


def read_about(path: str) -> dict[str, Any]:
    """Scenario text, arms, seed and numbers of the futures of a result file."""
    try:
        return dict(_core.read_provenance(path))
    except (ValueError, OSError) as error:
        raise ResultFileError(str(error)) from None


def export_crm(
    scenario: Scenario, directory: str | os.PathLike[str], *, arm: str = "", replicate: int = 0,
    seed: int | None = None, partners: bool = False,
) -> list[Path]:  # fmt: skip
    """Simulates one future and writes its opportunities, price list and accounts.

    The log begins with the first simulated day, warm-up included. partners: also what partner
    sellers worked on. Returns the paths written.
    """
    from .calibrate import opportunities_of, write_crm

    log = opportunities(scenario, arm=arm, replicate=replicate, seed=seed)
    if not partners:
        log = log[log["role"] == ACCOUNT_EXECUTIVE].reset_index(drop=True)
    values = scenario.parameters(arm or None)["value"]
    prices = {
        key.split(".")[1]: float(value) for key, value in values.items()
        if key.startswith("product.") and key.endswith(".list_price")
    }  # fmt: skip
    table = opportunities_of(
        log, first_day(scenario), list(prices), minor_units=scenario._core.minor_units
    )
    if log.empty:
        raise BadInput("nobody worked on an opportunity in this future: there is no log to write")
    known = range(max(int(values["market.accounts"]), int(log["account"].max()) + 1))
    accounts = [f"Account {i:06d}" for i in known]
    return write_crm(table, Path(directory), prices, accounts)


def opportunities(
    scenario: Scenario, *, arm: str = "", replicate: int = 0, seed: int | None = None
) -> pd.DataFrame:
    """The log of one future as the model keeps it: `pardner._core.describe_model` says what of."""
    import pandas as pd

    tables = _core.inspect(
        scenario._core, arm=arm, replicate=replicate, seed=seed, tables=["opportunities"]
    )
    if "opportunities" not in tables:
        raise BadInput(f"model {scenario.model} keeps no log of opportunities")
    return pd.DataFrame(tables["opportunities"])


def first_day(scenario: Scenario) -> pd.Timestamp:
    """The first simulated day: the warm-up comes before `start`."""
    import pandas as pd

    warmup = int(scenario.parameters().loc["run.warmup", "value"])
    return pd.Timestamp(scenario._core.start) - pd.Timedelta(weeks=warmup)
