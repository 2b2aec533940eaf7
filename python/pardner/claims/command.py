# SPDX-License-Identifier: Apache-2.0
"""`pardner claims`: run claim files, judge them, write the table."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path

from ..command_line import INTERNAL, OK, count, printable, whole
from ..errors import BadInput
from . import half_steps
from .claim import Claim, load_claims
from .elsewhere import elsewhere, keep, marks, page
from .history import History, golden_digest
from .judge import pairs_for_equivalence, pairs_needed
from .running import QUICK_PAIRS, Run, Runner, run_claim
from .table import measured, render
from .verdict import FAILS, quick_failures, verdicts

FOLDER = "tests/claims"
PAGE = "docs/validation/claims.md"


def main(argv: list[str]) -> int:
    """Run `pardner claims ARGV` and return its exit code."""
    options = _parser().parse_args(argv)
    folder = Path(options.folder)
    if options.output is not None and not Path(options.output).absolute().parent.is_dir():
        raise BadInput(f"{options.output}: its folder does not exist")
    everything = load_claims(folder)
    chosen = load_claims(folder, options.ids) if options.ids else everything
    testable = sorted((one for one in chosen if one.kind != "not_testable"), key=lambda c: c.world)
    runner = Runner(options.threads)
    if options.pilot:
        return _pilot(testable, runner)
    if options.quick:
        return _quick(testable, runner)
    if options.elsewhere:
        return _elsewhere(testable, options)
    if options.half_steps:
        return _half_steps(testable, options)
    if not options.table:
        _publish(everything, testable, runner, options)
    _write(everything, folder, options.output)
    return OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pardner claims",
        description="Run claims about the model and write the table of their verdicts.",
        epilog="docs/claims.md says how a claim file is written and judged.",
    )
    parser.add_argument("ids", nargs="*", metavar="ID", help="claims to run (default: all)")
    parser.add_argument("--folder", default=FOLDER, help=f"claim files (default: {FOLDER})")
    parser.add_argument("--pairs", type=count, help="futures of each option (default: the claim's)")
    parser.add_argument("--epoch", type=_epoch, default=None, metavar="N|fresh",
                        help="which seeds; fresh (default): those never used before")  # fmt: skip
    parser.add_argument("--quick", action="store_true",
                        help=f"{QUICK_PAIRS} fixed pairs; only signs and exact zeros")  # fmt: skip
    parser.add_argument("--pilot", action="store_true", help="how many pairs a claim needs")
    parser.add_argument("--elsewhere", nargs="+", metavar="KEY=VALUE",
                        help="which claims change their sign under each of these settings")  # fmt: skip
    parser.add_argument("--half-steps", metavar="SCENARIO",
                        help="which claims of a scenario change their sign in steps of half a week")  # fmt: skip
    parser.add_argument("--table", action="store_true", help="run nothing, write the table again")
    parser.add_argument("--threads", type=whole, default=0, help="0: all there are")
    parser.add_argument("-o", "--output", metavar="FILE", help=f"the table (as {PAGE})")
    return parser


def _epoch(text: str) -> int | None:
    return None if text == "fresh" else whole(text)


def _say(text: str) -> None:
    if sys.stderr is not None and sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def _step(where: str, text: str) -> None:
    _say(f"{where} {text}")


def _publish(
    everything: list[Claim], chosen: list[Claim], runner: Runner, options: argparse.Namespace
) -> None:
    """Runs claims one by one. The history is kept after each, so an interrupted lane loses none."""
    folder = Path(options.folder)
    golden, history = golden_digest(folder), History.load(folder)
    for number, claim in enumerate(chosen, 1):
        epoch = history.fresh(claim) if options.epoch is None else options.epoch
        say = partial(_step, f"{number}/{len(chosen)}")
        run = run_claim(claim, runner, pairs=options.pairs, epoch=epoch, say=say)
        lane = verdicts(everything, history.runs(everything) | {claim.id: run})
        history.append(claim, epoch, run, lane[claim.id], golden)
        history.save()
        _say("")
        shown = measured(claim.primary, run.contrasts[claim.primary.name])
        text = f"{shown}  {run.pairs} pairs, epoch {epoch}, {run.seconds:.1f} s  {lane[claim.id]}"
        print(printable(f"{claim.id:<6} {text}"), flush=True)
    history.settle([one.id for one in chosen], verdicts(everything, history.runs(everything)))
    history.save()


def _elsewhere(chosen: list[Claim], options: argparse.Namespace) -> int:
    pairs = options.pairs or QUICK_PAIRS
    found = elsewhere(chosen, options.elsewhere, pairs, options.threads, _say)
    _say("")
    if not options.ids:  # marks are those of all claims
        keep(Path(options.folder), options.elsewhere, found)
    text = page(options.elsewhere, found, pairs)
    return _print(text, options.output)


def _half_steps(chosen: list[Claim], options: argparse.Namespace) -> int:
    pairs = options.pairs or QUICK_PAIRS
    those = [one for one in chosen if one.scenario == options.half_steps]
    if not those:
        raise BadInput(f"none of these claims is about the scenario '{options.half_steps}'")
    done = half_steps.half_steps(those, pairs, options.threads, _say)
    _say("")
    return _print(half_steps.page(options.half_steps, done, pairs), options.output)


def _print(text: str, output: str | None) -> int:
    if output is None:
        print(text, end="")
    else:
        Path(output).write_text(text, "utf-8")
        print(f"wrote {output}")
    return OK


def _write(everything: list[Claim], folder: Path, output: str | None) -> None:
    page = render(everything, History.load(folder), golden_digest(folder), marks(folder))
    if output is None:
        print(f"\n{page}", end="")
        return
    Path(output).write_text(page, "utf-8")
    print(f"wrote {output}")


def _quick(chosen: list[Claim], runner: Runner) -> int:
    failed, seconds = 0, 0.0
    for claim in chosen:
        run = run_claim(claim, runner, pairs=QUICK_PAIRS, epoch=0, say=_say)
        _say("")
        failures, seconds = quick_failures(claim, run), seconds + run.seconds
        failed += bool(failures)
        print(f"{claim.id:<6} {'; '.join([FAILS, *failures]) if failures else 'holds'}", flush=True)
    print(f"{len(chosen) - failed} hold, {failed} fail, {seconds:.1f} s")
    return INTERNAL if failed else OK


def _pilot(chosen: list[Claim], runner: Runner) -> int:
    for claim in chosen:
        run = run_claim(claim, runner, pairs=QUICK_PAIRS, epoch="pilot", say=_say)
        _say("")
        for line in pilot_lines(claim, run):
            print(line, flush=True)
    return OK


def pilot_lines(claim: Claim, run: Run) -> list[str]:
    """Pairs that each judgement needs (SE3), from the spread and correlation of a pilot."""
    found = []
    for part, estimates in (
        ("", run.contrasts),
        ("off: ", run.ablation),
        ("control: ", run.control),
    ):
        for one in (c for c in claim.contrasts if c.name in estimates):
            seen = estimates[one.name]
            zero = claim.ablation is not None and claim.ablation.judgement != "equivalence"
            if one.exact is not None or (part == "off: " and zero):
                continue
            if part == "off: " or (one.margin is not None and not part):
                margin = one.smallest / (4 if part else 1)
                need, what = pairs_for_equivalence(seen.sd, margin), f"equivalence ±{margin:.4g}"
            elif one.smallest > 0:
                need, what = pairs_needed(seen.sd, one.smallest), f"SESOI {one.smallest:.4g}"
            else:
                continue
            found.append(f"{claim.id:<6} {part}{one.name}: sd {seen.sd:.4g}, correlation "
                         f"{seen.correlation:.2f}, {what}: {need:.0f} pairs")  # fmt: skip
    return found
