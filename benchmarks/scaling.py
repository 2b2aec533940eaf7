# SPDX-License-Identifier: Apache-2.0
"""What a week costs as the economy grows: reps, partnerships, live opportunities; memory per agent.

    python benchmarks/scaling.py [--most 1e5,reps=1e6] [--png docs/images/scaling.png]
                                 [--page docs/performance.md] [--only reps|partnerships|opportunities]

One pinned thread; each size in a process of its own, so that its peak memory is its own. The cost of
a week is that of weeks 14 to 26 of a run, in processor time: a run of 26 weeks less one of 13, so set-up
is not in it. A size that
needs more memory than there is is refused by the program and listed so. With other work beside, look at
the shape, not at the level.
"""

import argparse
import json
import math
import os
import re
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

CURVES = {
    "reps": "account executives, 5 accounts each",
    "partnerships": "active resellers, 1 seller and 20 accounts each, no vendor's people",
    "opportunities": "live opportunities of 1,000 account executives",
}
WEEKS = (13, 26)
PLAIN = {
    "run.vary": "chance", "run.warmup": 0, "run.record_every": 13, "product.widget.size_sigma": 0,
    "vendor.partner_managers": 0, "market.partner_only": 0, "demand.while_busy": 1,
    "program.candidates": 0, "program.signed_at_start": 0,
}  # fmt: skip


def world(curve: str, size: int) -> dict[str, Any]:
    """What makes an economy of this size. People per region stay alike, as territories do."""
    if curve == "reps":
        return PLAIN | {"vendor.account_executives": size, "market.accounts": 5 * size,
                        "market.regions": max(1, size // 100)}  # fmt: skip
    if curve == "partnerships":
        return PLAIN | {"vendor.account_executives": 0, "market.accounts": 20 * size,
                        "market.regions": max(1, size // 10), "program.candidates": size,
                        "program.signed_at_start": size, "program.sellers": 1,
                        "leads.partner_reach": 0.1}  # fmt: skip
    # Needs live some 14 weeks: at 2 a year half an account has one open.
    return PLAIN | {"vendor.account_executives": 1000, "market.accounts": 2 * size,
                    "market.regions": 10}  # fmt: skip


def one(curve: str, size: int) -> dict[str, Any]:
    """Measures one size in this process."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    import pardner

    def measured(weeks: int) -> tuple[float, float]:
        scenario = pardner.scenarios["textbook"].with_(world(curve, size) | {"run.weeks": weeks})
        began = time.process_time()
        ran = scenario.replicate(1, threads=1, progress=False)
        return time.process_time() - began, float(ran["open_pipeline"][0, 0, -1])

    # A small one first, so that what is loaded once is not counted.
    small = pardner.scenarios["textbook"].with_({"run.weeks": 1, "run.warmup": 0})
    small.replicate(1, threads=1, progress=False)["open_pipeline"]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    costs = []
    try:
        for _ in range(5 if size < 30_000 else 1):
            (first, _), (both, pipeline) = (measured(weeks) for weeks in WEEKS)
            costs.append((both - first) / (WEEKS[1] - WEEKS[0]))
    except pardner.NotEnoughMemory as refused:
        return {"refused": str(refused)}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    values = world(curve, size)
    reps = values["vendor.account_executives"] + (size if curve == "partnerships" else 0)
    live = pipeline / 100 / 28_000
    return {"size": live if curve == "opportunities" else size, "week": float(np.median(costs)),
            "mb": 1024 * (peak - before) / 1e6, "agents": reps + values["market.accounts"] + live}  # fmt: skip


def sizes(most: int) -> list[int]:
    steps = np.geomspace(1e3, most, 2 * round(math.log10(most / 1e3)) + 1)
    return [int(float(f"{step:.2g}")) for step in steps]


def measure(curve: str, most: int) -> list[dict[str, Any]]:
    rows = []
    for size in sizes(most):
        done = subprocess.run([sys.executable, __file__, "--one", curve, str(size)], check=True,
                              capture_output=True, text=True, env=os.environ)  # fmt: skip
        row = json.loads(done.stdout)
        if "refused" in row:
            print(f"{curve:14} {size:9,}  refused: {row['refused']}", flush=True)
            rows.append({"size": size, "refused": row["refused"]})
            break
        print(f"{curve:14} {row['size']:11,.0f}  {1e3 * row['week']:10.3f} ms a week  "
              f"{1e9 * row['week'] / row['size']:7.0f} ns each  {row['mb']:8.1f} MB",
              flush=True)  # fmt: skip
        rows.append(row)
    return rows


def slope(rows: list[dict[str, Any]]) -> float:
    """Of log cost over log size; 1: linear."""
    fine = [row for row in rows if "week" in row]
    x = np.log([row["size"] for row in fine])
    y = np.log([max(row["week"], 1e-9) for row in fine])
    return float(np.polyfit(x, y, 1)[0])


def bytes_each(rows: list[dict[str, Any]]) -> float:
    """Memory of one more agent: the slope of memory over agents, largest sizes weighing most."""
    fine = [row for row in rows if "mb" in row]
    return float(
        1e6 * np.polyfit([row["agents"] for row in fine], [row["mb"] for row in fine], 1)[0]
    )


def plot(found: dict[str, list[dict[str, Any]]], path: Path) -> None:
    import matplotlib

    matplotlib.use("agg")
    import matplotlib.pyplot as plt

    from pardner.drawing import COLOURS, PALE, STYLE

    with plt.rc_context(STYLE):
        figure, axes = plt.subplots(1, 2, figsize=(11, 4.4), layout="constrained")
        for colour, (curve, rows) in zip(COLOURS, found.items(), strict=False):
            fine = [row for row in rows if "week" in row]
            x = [row["size"] for row in fine]
            label = f"{curve}: slope {slope(rows):.2f}"
            axes[0].loglog(x, [1e3 * row["week"] for row in fine], "o-", color=colour, label=label)
            axes[1].loglog([row["agents"] for row in fine], [row["mb"] for row in fine], "o-",
                           color=colour, label=f"{curve}: {bytes_each(rows):.0f} bytes an agent")  # fmt: skip
        low, high = axes[0].get_xlim()
        level = axes[0].get_ylim()[0]
        axes[0].plot([low, high], [level, level * high / low], "--", color=PALE, linewidth=1,
                     label="linear", zorder=0)  # fmt: skip
        axes[0].set(xlabel="number of them", ylabel="ms a week, one thread")
        axes[1].set(xlabel="agents (reps, accounts, live opportunities)", ylabel="MB")
        for ax in axes:
            ax.legend(frameon=False, fontsize=8.5)
        figure.savefig(path, dpi=130)


def page(found: dict[str, list[dict[str, Any]]]) -> str:
    lines = ["| curve | size | ms a week | ns each | MB |", "|---|---|---|---|---|"]
    for curve, rows in found.items():
        for row in rows:
            if "refused" in row:
                lines.append(f"| {curve} | {row['size']:,.0f} | refused: not enough memory | | |")
                continue
            lines.append(f"| {curve} | {row['size']:,.0f} | {1e3 * row['week']:,.2f} | "
                         f"{1e9 * row['week'] / row['size']:,.0f} | {row['mb']:,.0f} |")  # fmt: skip
    slopes = ", ".join(f"{curve} {slope(rows):.2f}" for curve, rows in found.items())
    each = ", ".join(f"{curve} {bytes_each(rows):.0f}" for curve, rows in found.items())
    told = [f"Slopes of log cost over log size (1: linear): {slopes}. Bytes an agent more: {each}."]
    return "\n".join([*lines, "", *told, *(f"- {name}: {what}" for name, what in CURVES.items())])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--most", default="1e5,reps=1e6", help="largest size, and a curve's own")
    parser.add_argument("--only", choices=list(CURVES), action="append")
    parser.add_argument("--png", type=Path)
    parser.add_argument("--page", type=Path, help="page whose block `scaling` is rewritten")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(one(options.one[0], int(options.one[1]))))
        return
    most = dict(part.split("=") if "=" in part else ("", part) for part in options.most.split(","))
    curves = options.only or CURVES
    found = {curve: measure(curve, int(float(most.get(curve, most.get(""))))) for curve in curves}
    if options.png:
        plot(found, options.png)
    if options.page:
        text = options.page.read_text("utf-8")
        block = f"<!-- scaling -->\n{page(found)}\n<!-- end -->"
        options.page.write_text(re.sub(r"<!-- scaling -->.*?<!-- end -->", lambda _: block, text,
                                       flags=re.DOTALL), "utf-8")  # fmt: skip


if __name__ == "__main__":
    main()
