# SPDX-License-Identifier: Apache-2.0
"""The main job of `scripts/demo`: as is, one more account executive, or one partner manager for a
reseller program? Three years, 200 futures under the same luck, on the company of a sales log or on
the calibrated hardware vendor.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pardner
from pardner import errors, left_out, plots, recommendation, report, tables, verdicts

OUTCOME = "contribution"
HORIZONS = ("12 months", "24 months", "36 months")
REPLICATES = 200
RERUN_REPLICATES = 40  # futures of each rerun that tests an input; the main run has them all


def main(argv: list[str] | None = None) -> int:
    """Run the job; returns the exit code (0, 2 usage, 3 bad input, 4 memory, 75 interrupted)."""
    options = _parser().parse_args(argv)
    try:
        return _job(options)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 75
    except errors.NotEnoughMemory as error:
        print(error, file=sys.stderr)
        return 4
    except (errors.BadInput, errors.ScenarioError) as error:
        print(error, file=sys.stderr)
        return 3


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/demo",
        description="Whom to hire: an account executive or a partner manager? Answers for the "
        "company of a sales log, else for a calibrated hardware vendor.",
    )
    parser.add_argument("log", nargs="?", help="sales log (CSV) or its folder, as `pardner "
                        "calibrate crm` takes; default: the packaged hardware_vendor")  # fmt: skip
    parser.add_argument(
        "--out", default="out/demo", help="folder of the results (default %(default)s)"
    )
    parser.add_argument("--replicates", type=int, default=REPLICATES, help="futures per option")
    parser.add_argument("--seed", type=int, default=1)
    return parser


def _job(options: argparse.Namespace) -> int:
    start = time.perf_counter()
    out = Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    scenario = _scenario(options.log, out)
    print(f"\n{scenario.title}: three options over three years, {options.replicates} futures each, "
          "the same luck for all", flush=True)  # fmt: skip
    costs = planned_costs(scenario)
    for title, cost in costs.items():
        print(f"  planned yearly cost of {title}: {cost:,.0f} {scenario._core.currency}")
    found = pardner.compare(
        scenario, replicates=options.replicates, seed=options.seed, output=out / "results.h5"
    )
    print(
        f"  simulated in {found.seconds:.1f} s; testing what the answer depends on ...", flush=True
    )
    answer = _answer(found, min(costs.values()), options)
    files = _write(found, answer, scenario, out)
    print()
    print(tables.format_table(found.effects(OUTCOME, HORIZONS, delta=answer.against[0].delta)))
    print(f"\n{answer.sentence}\n")
    print(
        f"picture   {files['picture']}\nreport    {files['report']}\nresults   {out / 'results.h5'}"
    )
    print(f"{time.perf_counter() - start:.0f} s in all")
    return 0


def _scenario(log: str | None, out: Path) -> pardner.Scenario:
    if log is None:
        return pardner.scenarios["hardware_vendor"]
    from pardner.calibrate.command import main as calibrate

    made = out / "company.toml"
    code = calibrate(["crm", log, "-o", str(made), "--title", f"The company of {Path(log).name}"])
    if code != 0:
        raise SystemExit(code)
    return pardner.Scenario.load(made)


def planned_costs(scenario: pardner.Scenario) -> dict[str, float]:
    """Return the fully loaded planned yearly cost of the two people, in units of currency: base
    salary, on-costs, tools and target incentive (commission at quota)."""
    value = {row["key"]: row["value"] for row in scenario._core.settings()}
    titles = {"account_executive": "an account executive", "partner_manager": "a partner manager"}
    return {titles[role]: _planned_cost(value, role) for role in titles}


def _planned_cost(value: Mapping[str, Any], role: str) -> float:
    base = value[f"{role}.base_pay"] * (1 + value[f"{role}.on_cost"])
    incentive = 4 * value[f"{role}.quota"] * value[f"{role}.base_rate"]
    return float(base + value[f"{role}.tools"] + incentive)


def _answer(
    found: pardner.Comparison, yearly_cost: float, options: argparse.Namespace
) -> recommendation.Recommendation:
    """The recommendation at three years, tested with the inputs that matter most at their ends."""
    scenario = found.scenario
    futures = min(RERUN_REPLICATES, options.replicates)

    def rerun(key: str, value: float) -> Any:
        held = scenario.with_({key: {"value": value, "distribution": "fixed"}})
        return held.replicate(futures, seed=options.seed, progress=False)._shared()

    minor = 10.0 ** (0 if scenario._core.currency == "JPY" else 2)
    delta = verdicts.indifference([yearly_cost * minor])
    return found_with(found, delta, rerun)


def found_with(
    found: pardner.Comparison, delta: float, rerun: Any
) -> recommendation.Recommendation:
    """Recommend at the last horizon with this indifference (minor units) and these reruns."""
    return recommendation.recommend(
        found._shared(), OUTCOME, HORIZONS[-1], delta=delta, rerun=rerun, refine=0
    )


def _write(
    found: pardner.Comparison, answer: recommendation.Recommendation, scenario: pardner.Scenario,
    out: Path,
) -> dict[str, Path]:  # fmt: skip
    ds = found._shared()
    picture = out / "comparison.png"
    figure = plots.plot_comparison(ds, OUTCOME, HORIZONS)
    figure.savefig(picture, dpi=150)
    inputs = tables.input_rows(ds)
    fitted = [row["key"] for row in inputs if row["status"] == "fitted"]
    page = report.write_report(
        ds, out / "report.html", answer=answer, left_out=left_out.sentences(scenario),
        could_not_tell=report.could_not_tell(answer, known=fitted), inputs=inputs,
        outcome=OUTCOME, at=HORIZONS, title=scenario.title,
    )  # fmt: skip
    return {"picture": picture, "report": page}


if __name__ == "__main__":
    sys.exit(main())
