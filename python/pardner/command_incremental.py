# SPDX-License-Identifier: Apache-2.0
"""`pardner incremental`: what partners bring, beside what is attributed to them."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from .command_compare import PICTURES
from .command_line import OK, count, printable, whole
from .errors import BadInput
from .partners.contribution import BY, Incremental, incremental


def main(argv: list[str]) -> int:
    """Run `pardner incremental ARGV` and return its exit code."""
    options = _parser().parse_args(argv)
    for file in options.output:
        if Path(file).suffix.lower() not in (*PICTURES, ".csv", ".html"):
            raise BadInput(
                f"{file}: its name must end in {', '.join((*PICTURES, '.csv', '.html'))}"
            )
        if not Path(file).absolute().parent.is_dir():
            raise BadInput(f"{file}: its folder does not exist")
    found = incremental(
        options.what, by=options.by, top=options.top, partners=options.partner or None,
        at=options.at, replicates=options.replicates, seed=options.seed, arm=options.arm,
        removed="unpaid" if options.unpaid else "never_signed", threads=options.threads,
        say=lambda words: print(printable(words), file=sys.stderr, flush=True),
        progress=False if options.quiet else None,
    )  # fmt: skip
    for file in options.output:
        _write(found, file)
    if not options.quiet:
        text = json.dumps(document(found), indent=2) if options.json else str(found)
        print(text if options.json else printable(text))
        if options.output and not options.json:
            print(f"wrote {', '.join(options.output)}")
    return OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pardner incremental",
        description="Simulates the same futures with and without partners and sets what that makes "
        "of a difference beside what each rule attributes to them. What it costs is said first.",
    )
    parser.add_argument("what", metavar="RESULT|SCENARIO",
                        help="result file (.h5), scenario file or name")  # fmt: skip
    parser.add_argument("--by", choices=BY, default="kind",
                        help="take away each kind or tier, or single partners only")  # fmt: skip
    parser.add_argument("--top", type=whole, default=5, metavar="N",
                        help="and each of the N partners to whom most is attributed")  # fmt: skip
    parser.add_argument("--partner", type=whole, action="append", default=[], metavar="NUMBER",
                        help="this partner instead of those; may be repeated")  # fmt: skip
    parser.add_argument("--unpaid", action="store_true",
                        help="without: their sellers are not paid for the vendor's deals; else: "
                        "they never signed")  # fmt: skip
    parser.add_argument("--at", metavar="WHEN", help='horizon such as "12 months" or a date')
    parser.add_argument("--arm", help="option (default: the first)")
    parser.add_argument("--replicates", type=count, help="futures")
    parser.add_argument("--seed", type=whole, help="same seed, same futures")
    parser.add_argument("--threads", type=whole, default=0, help="0: all there are")
    parser.add_argument("-o", "--output", action="append", default=[], metavar="FILE",
                        help="picture (.png, .pdf, .svg), table (.csv) or page (.html)")  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print everything as JSON")
    parser.add_argument("--quiet", action="store_true", help="print nothing but cost and errors")
    return parser


def document(found: Incremental) -> dict[str, object]:
    """All of it as JSON has it."""
    ratios = found.over_attribution.rename_axis("rule").reset_index()
    return {
        **found.facts, "answer": found.sentence,
        "sets": json.loads(found.table.to_json(orient="records")),
        "over_attribution": json.loads(ratios.to_json(orient="records")),
        "interactions": json.loads(found.interactions.to_json(orient="records")),
    }  # fmt: skip


def _write(found: Incremental, file: str) -> None:
    ending = Path(file).suffix.lower()
    if ending == ".csv":
        found.table.to_csv(file, index=False)
    elif ending == ".html":
        page = f"<!doctype html><meta charset='utf-8'><title>Partners</title>{found._repr_html_()}"
        Path(file).write_text(page, "utf-8")
    else:
        figure = found.plot().get_figure(root=True)
        assert figure is not None
        figure.savefig(file, dpi=150)
