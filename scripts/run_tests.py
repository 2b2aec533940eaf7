# SPDX-License-Identifier: Apache-2.0
"""All tests, stage by stage, with the seconds each took and one summary at the end.

Called by scripts/test after the set-up. A stage that cannot run here (a compiler is not installed)
is skipped with its reason; a stage that breaks counts as one failure, whatever it had to count.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as xml
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOG = ROOT / "build" / "log"
TOOLS = Path(sys.executable).parent
FUZZ_SECONDS = 20
PAY_CASES = "100000"  # random plans and logs in the release build; 2,000 under sanitizers
CPUS = os.cpu_count() or 1
TOO_LONG = 25 * 60  # seconds; nothing here takes a quarter of it
# Property tests try the same cases each time here; fresh seeds are for the slow lane.
FIXED = {"RC_PARAMS": "seed=20261122"}


@dataclass
class Count:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped
        )

    def __str__(self) -> str:
        text = f"{self.passed} passed, {self.failed} failed"
        return text + (f", {self.skipped} skipped" if self.skipped else "")


class Skip(Exception):
    """This stage cannot run here; the message says why."""


def run(*command: str | Path, **environment: str) -> int:
    print("  $", " ".join(map(str, command)), flush=True)
    settings = {**FIXED, **os.environ, **environment}
    try:
        return subprocess.run(command, cwd=ROOT, env=settings, timeout=TOO_LONG).returncode
    except subprocess.TimeoutExpired:
        print(f"stopped after {TOO_LONG} s", flush=True)
        return 1


def check(*command: str | Path) -> Count:
    return Count(passed=1) if run(*command) == 0 else Count(failed=1)


def at_least_one_failure(code: int, count: Count) -> Count:
    """A runner that ends badly has failed even if its report (or its absence) does not say so."""
    return count + Count(failed=1) if code != 0 and count.failed == 0 else count


# --- runners -----------------------------------------------------------------------------------


def build(preset: str, *targets: str) -> None:
    cache = ROOT / "build" / preset / "CMakeCache.txt"
    if cache.exists() and f"CMAKE_HOME_DIRECTORY:INTERNAL={ROOT}\n" not in cache.read_text():
        shutil.rmtree(cache.parent)  # the checkout has moved
    python = f"-DPython_EXECUTABLE={sys.executable}"
    options = ["-DPARDNER_TESTS=ON", *([python] if preset == "release" else [])]
    for command in (
        ["cmake", "--preset", preset, "--log-level=WARNING", *options],
        ["cmake", "--build", f"build/{preset}", "--target", *targets],
    ):
        if run(*command) != 0:
            raise RuntimeError(f"the {preset} build failed")


def count_report(report: Path, code: int) -> Count:
    if not report.exists():
        print(f"{report.stem} ended with code {code} and left no report")
        return Count(failed=1)
    count = Count()
    for suite in json.loads(report.read_text())["testsuites"]:
        for case in suite["testsuite"]:
            if case["result"] == "SKIPPED":
                count.skipped += 1
            elif case["status"] == "RUN":
                bad = bool(case.get("failures"))
                count += Count(failed=1) if bad else Count(passed=1)
    return at_least_one_failure(code, count)


def googletest(preset: str, name: str, shards: int = 1, **environment: str) -> Count:
    """One program, its tests dealt out to so many processes side by side."""
    program = ROOT / "build" / preset / "tests" / name

    def shard(index: int) -> Count:
        report = LOG / f"{preset}_{name}_{index}.json"
        report.unlink(missing_ok=True)
        part = {"GTEST_TOTAL_SHARDS": str(shards), "GTEST_SHARD_INDEX": str(index)}
        arguments = ("--gtest_brief=1", f"--gtest_output=json:{report}")
        return count_report(report, run(program, *arguments, **part, **environment))

    with ThreadPoolExecutor(shards) as several:
        return sum(several.map(shard, range(shards)), Count())


def pytest(*arguments: str, **environment: str) -> Count:
    report = LOG / "pytest.xml"
    report.unlink(missing_ok=True)
    code = run(sys.executable, "-m", "pytest", f"--junitxml={report}", *arguments, **environment)
    if not report.exists():
        return Count(failed=1)
    suite = next(xml.parse(report).getroot().iter("testsuite"))
    total, bad, skipped = (
        int(suite.get("tests", 0)),
        int(suite.get("failures", 0)) + int(suite.get("errors", 0)),
        int(suite.get("skipped", 0)),
    )
    return at_least_one_failure(code, Count(total - bad - skipped, bad, skipped))


def need_clang() -> None:
    runtime = subprocess.run(
        ["sh", "-c", "clang++ -print-file-name=libclang_rt.fuzzer-x86_64.a"],
        capture_output=True,
        text=True,
    )
    if not shutil.which("clang++"):
        raise Skip("needs clang (Debian: clang)")
    if not Path(runtime.stdout.strip()).is_absolute():
        raise Skip("needs clang's sanitizers (Debian: libclang-rt-14-dev)")


# --- stages ------------------------------------------------------------------------------------


def cpp_sources() -> list[Path]:
    folders = ("sim", "models", "python/bindings", "tests", "benchmarks")
    return [
        path
        for folder in folders
        for ending in ("*.h", "*.cpp")
        for path in sorted((ROOT / folder).rglob(ending))
    ]


def formatting() -> Count:
    return (
        check(TOOLS / "clang-format", "--dry-run", "-Werror", *cpp_sources())
        + check(TOOLS / "ruff", "check", "--quiet", ".")
        + check(TOOLS / "ruff", "format", "--check", "--quiet", ".")
    )


def release_build() -> Count:
    # Not the benchmarks: whoever times something builds them.
    tools = sorted(path.stem for path in (ROOT / "tests" / "tools").glob("*.cpp"))
    build("release", "pardner", "_core", "test_sim", "test_models", *tools)
    return Count(passed=1)


def release_tests() -> Count:
    models = googletest("release", "test_models", CPUS, PARDNER_PAY_CASES=PAY_CASES)
    return googletest("release", "test_sim") + models


def python_tests() -> Count:
    return pytest("-n", str(CPUS), "--dist=worksteal", "--durations=8")


def fuzz_targets() -> list[str]:
    return sorted(path.stem for path in (ROOT / "tests" / "fuzz").glob("fuzz_*.cpp"))


# Without the tests of pure laws (planning, partnering, ventures), for time: what economies use of
# that code runs here, the rest (cohorts, selection and their like) only in the release build.
def asan_build() -> Count:
    need_clang()
    build("asan", "test_sim", "test_models", *fuzz_targets())  # no benchmarks
    return Count(passed=1)


# Statistics that take half a second and more in the release build, where they run: other tests run
# the same code under the sanitizers.
STATISTICS = (
    "Exact.*Draw*:Outlook.Shadow*:Economy.OnePercentOfPrice*:Invariance.DoublingTheWorld*"
    ":Bass.*:Boltzmann.*:HourCost.NothingElse*:Turnover.TenureAndRamp*"
    ":Turnover.PayForPerformance*:Survival.*:Pairs.*:StartupsDigest.*:Partnering.ScarceHours*"
    ":Pivot.CountsUnder*:Runway.CommonShocks*:Endorsement.ANameBrings*"
)


def asan_tests() -> Count:
    need_clang()
    models = googletest("asan", "test_models", CPUS, GTEST_FILTER=f"-{STATISTICS}")
    return googletest("asan", "test_sim", CPUS) + models


def fuzzing() -> Count:
    need_clang()
    targets = sorted((ROOT / "build/asan").rglob("fuzz_*"))
    programs = [path for path in targets if path.is_file() and os.access(path, os.X_OK)]
    if not programs:
        raise Skip("there is no tests/fuzz/fuzz_*.cpp yet")
    with ThreadPoolExecutor(CPUS) as several:  # a fuzzer is one thread
        counts = several.map(lambda p: check("scripts/fuzz", p.name, f"{FUZZ_SECONDS}s"), programs)
    return sum(counts, Count())


# The preset builds the tests in which more than one thread runs.
def tsan_build() -> Count:
    build("tsan", "test_sim", "planted_race")
    return Count(passed=1)


def race_is_reported(kind: str) -> bool:
    program = ROOT / "build/tsan/tests/planted_race"
    ended = subprocess.run([program, kind], capture_output=True, text=True, timeout=60)
    return ended.returncode != 0 and "ThreadSanitizer: data race" in ended.stderr


def tsan_tests() -> Count:
    count = googletest("tsan", "test_sim", TSAN_OPTIONS="halt_on_error=1")
    sees = race_is_reported("planted") and not race_is_reported("lawful")
    print("a planted race is", "reported" if sees else "NOT told from lawful code", flush=True)
    return count + (Count(passed=1) if sees else Count(failed=1))


Stage = Callable[[], Count]
QUICK: list[Stage] = [formatting, release_build, release_tests, python_tests]
SLOW: list[Stage] = [asan_build, asan_tests, fuzzing, tsan_build, tsan_tests]


def run_stage(stage: Stage) -> tuple[Count, str]:
    try:
        return stage(), ""
    except Skip as reason:
        return Count(skipped=1), f"skipped: {reason}"
    except (RuntimeError, OSError, subprocess.SubprocessError) as error:
        return Count(failed=1), str(error)


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/test", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="no sanitizers and no fuzzing")
    parser.add_argument("--update", action="store_true", help="rewrite the golden files")
    parser.add_argument("--setup-seconds", type=float, default=0.0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.update:
        os.environ["PARDNER_UPDATE"] = "1"
    LOG.mkdir(parents=True, exist_ok=True)

    lines = [("setup", options.setup_seconds, "")]
    total = Count()
    for stage in QUICK if options.quick else QUICK + SLOW:
        name = stage.__name__.replace("_", " ")
        print(f"== {name}", flush=True)
        start = time.monotonic()
        count, remark = run_stage(stage)
        total += count
        lines.append((name, time.monotonic() - start, f"{count}  {remark}".rstrip()))
    print("== seconds per stage")
    for name, seconds, remark in lines:
        print(f"{seconds:8.1f}  {name:15s} {remark}")
    print(f"{sum(seconds for _, seconds, _ in lines):8.1f}  total")
    print(total)
    return 0 if total.failed == 0 and total.passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
