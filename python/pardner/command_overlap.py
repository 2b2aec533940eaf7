# SPDX-License-Identifier: Apache-2.0
"""`pardner overlap`: which accounts the vendor shares with which partner."""

from __future__ import annotations

import argparse
from pathlib import Path

from .command_line import OK, printable, whole
from .errors import BadInput
from .partners.account_map import format_overlap, overlap


def main(argv: list[str]) -> int:
    """Run `pardner overlap ARGV` and return its exit code."""
    parser = argparse.ArgumentParser(
        prog="pardner overlap",
        description="Account mapping at the end of one future: your prospects and customers beside "
        "those of each partner, how many and what their needs are worth a year.",
        epilog="A scenario reads the file that --csv writes with leads.known_accounts = FILE.csv.",
    )
    parser.add_argument("what", metavar="RESULT|SCENARIO", help="result file (.h5) or scenario")
    parser.add_argument("--csv", metavar="FILE.csv",
                        help="write who knows which account: account, partner, status")  # fmt: skip
    parser.add_argument("--all", action="store_true", help="candidates that have not signed, too")
    parser.add_argument("--arm", help="option (default: the first)")
    parser.add_argument("--replicate", type=whole, help="number of the future (default: the first)")
    options = parser.parse_args(argv)
    if options.csv and not Path(options.csv).absolute().parent.is_dir():
        raise BadInput(f"{options.csv}: its folder does not exist")
    found = overlap(options.what, arm=options.arm, replicate=options.replicate)
    print(printable(format_overlap(found, candidates=options.all)))
    if options.csv:
        print(f"wrote {found.to_csv(options.csv)}: {len(found.reach):,} rows")
    return OK
