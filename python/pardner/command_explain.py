# SPDX-License-Identifier: Apache-2.0
"""`pardner explain`: the story of one deal of a future."""

from __future__ import annotations

import argparse

from .command_line import OK, count, printable, whole
from .errors import BadInput
from .partners.story import deals, explain


def main(argv: list[str]) -> int:
    """Run `pardner explain ARGV` and return its exit code."""
    parser = argparse.ArgumentParser(
        prog="pardner explain",
        description="Tells who worked on a deal, registered it, won it, claimed it, was paid, and "
        "why. The future is simulated again, to the bit.",
    )
    parser.add_argument("what", metavar="RESULT|SCENARIO", help="result file (.h5) or scenario")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--deal", metavar="ID", help='as --list has it, such as "118-3"')
    what.add_argument("--list", action="store_true", help="the deals that can be explained")
    parser.add_argument("--most", type=count, default=30, metavar="N", help="lines of the list")
    parser.add_argument("--arm", help="option (default: the first)")
    parser.add_argument("--replicate", type=whole, help="number of the future (default: the first)")
    options = parser.parse_args(argv)
    where = {"arm": options.arm, "replicate": options.replicate}
    if options.deal:
        print(printable(str(explain(options.what, options.deal, **where))))
        return OK
    table = deals(options.what, **where)
    if table.empty:
        raise BadInput("nobody worked on an opportunity in this future")
    shown = table.head(options.most).copy()
    for day in ("born", "closed"):
        shown[day] = shown[day].dt.strftime("%Y-%m-%d").fillna("")
    shown["value"] = shown["value"].map(lambda value: f"{value:,.0f}" if value else "")
    print(printable(shown.to_string(index=False)))
    if len(table) > len(shown):
        print(f"... and {len(table) - len(shown):,} more; --most {len(table)} shows all")
    return OK
