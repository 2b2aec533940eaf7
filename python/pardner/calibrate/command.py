# SPDX-License-Identifier: Apache-2.0
"""`pardner calibrate`: the command line of this package."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from .errors import BadInput
from .fit import Fit, crm
from .match import Target, match_scenario, rows_of
from .presets import PRESETS
from .report import markdown, page, short
from .rows import Fixed
from .safe_file import write_together
from .scenario_of import scenario_of

OK, USAGE, BAD_INPUT, INTERRUPTED = 0, 2, 3, 75
SHOWN = (
    "win_rate", "undecided_share", "cycle_median_days", "opened_per_week", "value_per_win",
    "agents_active", "agent_win_sigma", "accounts", "need_rate", "need_rate_sigma",
)  # fmt: skip


def main(argv: list[str] | None = None) -> int:
    """Run `pardner calibrate ARGV` and return its exit code (0, 2 usage, 3 bad input, 75)."""
    try:
        options = _parser().parse_args(argv)
    except SystemExit as end:  # argparse has said why
        return int(end.code or OK)
    try:
        return options.run(options)
    except BadInput as error:
        # what a file says may hold escape sequences that a terminal would obey
        text = "".join(c if c.isprintable() else "?" for c in str(error))
        print(f"pardner calibrate: {text}", file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        print("pardner calibrate: interrupted, nothing written", file=sys.stderr)
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pardner calibrate", description="Fit a scenario to a sales log."
    )
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="crm|recovery")
    log = kinds.add_parser(
        "crm",
        help="a CRM export",
        description=f"Fit a CRM export ({', '.join(PRESETS)}, or any other with a map file) and "
        "write a scenario; a folder <OUT>_fit beside it takes the fit report.",
    )
    log.add_argument("path", metavar="FILE|DIR", help="opportunities as CSV, or their folder")
    log.add_argument("--map", metavar="FILE", help="map file (TOML): stages, columns, formats")
    log.add_argument("-o", "--output", metavar="OUT.toml", required=True, help="the scenario")
    log.add_argument("--title", help="what tables and plots call the company")
    log.add_argument("--no-match", action="store_true",
                     help="leave out the simulations that set what no log shows")  # fmt: skip
    log.add_argument("--quiet", action="store_true", help="say nothing but errors")
    log.set_defaults(run=_crm)
    study = kinds.add_parser("recovery", help="test the fit on synthetic logs (some minutes)")
    study.add_argument("--logs", type=int, default=400, help="how many (default 400)")
    study.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    study.add_argument("-o", "--output", required=True, help="the page to write (Markdown)")
    study.set_defaults(run=_recovery)
    return parser


def _crm(options: argparse.Namespace) -> int:
    output = Path(options.output)
    if output.suffix != ".toml":
        raise BadInput(f"{output.name}: the scenario's name must end in .toml")
    if not output.absolute().parent.is_dir():
        raise BadInput(f"{output.name}: its folder does not exist")
    fit = crm(options.path, options.map)
    title = options.title or output.stem.replace("_", " ")
    folder = output.with_name(f"{output.stem}_fit")
    text = scenario_of(fit, title)
    if not options.no_match:
        text = scenario_of(fit, title, _matched(fit, text, options.quiet))
    files = {output: text, folder / "fit.json": fit.to_json()}
    try:
        from .plot import figure_png

        png = files[folder / "fit.png"] = figure_png(fit)
    except ImportError:
        png = None
        print("pardner calibrate: no picture, matplotlib is not installed", file=sys.stderr)
    files[folder / "report.md"] = markdown(fit, title)
    files[folder / "report.html"] = page(fit, title, png)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise BadInput(f"{folder.name}: cannot be made: {error.strerror}") from None
    write_together(files)
    if not options.quiet:
        _say(fit, output, folder)
    return OK


def _matched(fit: Fit, text: str, quiet: bool) -> list[Fixed]:
    """Return the parameters that only a simulation can set; says what they are met by."""
    undecided, won = fit["undecided_share"].value, fit["won_share_of_opened"].value
    target = Target(won=won, lost=1 - won - undecided, value_per_win=fit["value_per_win"].value)
    found = match_scenario(text, target)
    if not quiet:
        reached = found.reached
        print(f"matched in {found.runs} simulations: won {reached.won:.3f} of opened (log "
              f"{target.won:.3f}), lost {reached.lost:.3f} ({target.lost:.3f}), value per win "
              f"{short(reached.value_per_win)} ({short(target.value_per_win)})")  # fmt: skip
    return rows_of(found, target)


def _say(fit: Fit, output: Path, folder: Path) -> None:
    print("\n".join(fit.log.reading.lines()))
    for defect, count in fit.log.defects.items():
        print(f"  {count:,} {defect}")
    print(f"fitted: decisions {fit.estimate.used}")
    for key in SHOWN:
        if key in fit.figures:
            f = fit[key]
            span = "exact" if f.draws is None else f"{short(f.low)} to {short(f.high)}"
            print(f"  {key:22} {short(f.value):>8} {f.unit} ({span})")
    print(f"wrote {output} and {folder}/report.html (.md, fit.json)")


def _recovery(options: argparse.Namespace) -> int:
    from .recovery import study, study_text

    if options.logs < 1 or options.jobs < 1:
        print("pardner calibrate: --logs and --jobs must be at least 1", file=sys.stderr)
        return USAGE
    output = Path(options.output)
    if not output.absolute().parent.is_dir():
        raise BadInput(f"{output.name}: its folder does not exist")
    write_together({output: study_text(study(options.logs, options.jobs))})
    return OK
