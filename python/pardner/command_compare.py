# SPDX-License-Identifier: Apache-2.0
"""`pardner compare`: options under the same luck; table, answer, and on request files."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from .command_line import OK, count, printable, whole
from .comparison import Comparison, compare
from .errors import BadInput
from .scenario import Scenario

PICTURES = (".png", ".pdf", ".svg")
RESULTS = (".h5", ".nc")


def main(argv: list[str]) -> int:
    """Run `pardner compare ARGV` and return its exit code."""
    options = _parser().parse_args(argv)
    outputs = _outputs(options.output, options.png)
    scenarios = [_named(name) for name in options.scenarios if not _is_override(name)]
    changes = [word for word in options.scenarios if _is_override(word)]
    if not scenarios:
        raise BadInput("give one scenario with options, or several scenarios")
    all_ = [Scenario(one._core.with_overrides(changes), one._name) for one in scenarios]
    found = compare(
        all_[0] if len(all_) == 1 else all_, replicates=options.replicates, seed=options.seed,
        threads=options.threads, output=outputs.get("results"),
        progress=False if options.quiet or options.json else None,
    )  # fmt: skip
    _write(found, outputs, options)
    _print(found, outputs, options)
    return OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pardner compare",
        description="Simulate options under the same luck, future by future, and say which is "
        "best. The first one is the reference.",
        epilog="The first option of each scenario is compared; of a single scenario, all.",
    )
    parser.add_argument(
        "scenarios", nargs="+", metavar="SCENARIO|key=value",
        help="file or name of `pardner list`; values changed in all of them",
    )  # fmt: skip
    parser.add_argument("--replicates", type=count, help="futures of each option")
    parser.add_argument("--seed", type=whole, help="same seed, same futures")
    parser.add_argument("--threads", type=whole, default=0, help="0: all there are")
    parser.add_argument("--outcome", help="what decides (default: contribution)")
    parser.add_argument("--at", action="append", metavar="WHEN",
                        help='horizons such as "12 months" or a date; may be repeated')  # fmt: skip
    parser.add_argument("-o", "--output", action="append", default=[], metavar="FILE",
                        help="report (.html), picture (.png, .pdf, .svg) or result file (.h5); "
                        "may be repeated")  # fmt: skip
    parser.add_argument("--png", metavar="FILE", help="picture")
    parser.add_argument("--json", action="store_true", help="print everything as JSON")
    parser.add_argument("--quiet", action="store_true", help="print nothing but errors")
    return parser


def _is_override(word: str) -> bool:
    return "=" in word and not Path(word).exists()


def _named(name: str) -> Scenario:
    return Scenario.load(name)


def _outputs(files: list[str], png: str | None) -> dict[str, str]:
    """Output files by kind: report, picture, results."""
    kinds = {".html": "report", **dict.fromkeys(PICTURES, "picture"),
             **dict.fromkeys(RESULTS, "results")}  # fmt: skip
    found: dict[str, str] = {} if png is None else {"picture": png}
    for file in files:
        ending = Path(file).suffix.lower()
        if ending not in kinds:
            raise BadInput(f"{file}: its name must end in {', '.join(kinds)}")
        found[kinds[ending]] = file
    for file in found.values():
        if not Path(file).absolute().parent.is_dir():
            raise BadInput(f"{file}: its folder does not exist")
    return found


def _write(found: Comparison, outputs: dict[str, str], options: argparse.Namespace) -> None:
    if "report" in outputs:
        found.to_html(outputs["report"], outcome=options.outcome, at=options.at)
    if "picture" in outputs:
        figure = found.plot_all(options.outcome, options.at)
        figure.savefig(outputs["picture"], dpi=150)


def _print(found: Comparison, outputs: dict[str, str], options: argparse.Namespace) -> None:
    if options.quiet:
        return
    effects = found.effects(options.outcome, options.at)
    answer = found.recommend(options.outcome, (options.at or [None])[-1])
    if options.json:
        print(json.dumps(_document(found, effects, answer.sentence, outputs), indent=2))
        return
    from .tables import format_table

    print(printable(f"{format_table(effects)}\n\n{answer.sentence}"))
    if outputs:
        print(f"wrote {', '.join(outputs.values())}")


def _document(
    found: Comparison, effects: Any, sentence: str, outputs: dict[str, str]
) -> dict[str, Any]:  # fmt: skip
    rows = [{k: _plain(v) for k, v in one.to_dict().items()} for one in effects]
    return {
        "options": found.arms, "replicates": found.replicates, "seed": found.seed,
        "digest": found.digest, "answer": sentence, "effects": rows,
        "files": list(outputs.values()),
    }  # fmt: skip


def _plain(value: Any) -> Any:
    """JSON knows no NaN and no infinity."""
    if isinstance(value, float) and not abs(value) < float("inf"):
        return None
    return value
