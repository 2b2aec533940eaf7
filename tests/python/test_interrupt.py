# SPDX-License-Identifier: Apache-2.0
"""Ctrl-C, other threads, forks and progress while a run goes on in Python."""

import multiprocessing
import signal
import subprocess
import sys
import threading
import time

import pytest

import pardner

RUN = """
import sys, time, pardner
scenario = pardner.scenarios[sys.argv[1]].with_(eval(sys.argv[2]))
print("ready", flush=True)
try:
    scenario.replicate(4000, progress=False)
except KeyboardInterrupt:
    print(time.time(), flush=True)
"""


@pytest.mark.parametrize(
    ("scenario", "changes"),
    [("saas_60", {}), ("contest", {"contest.reps": 200_000})],
    ids=["many_small", "one_long_week"],
)
def test_keyboard_interrupt_within_a_tenth_of_a_second(scenario: str, changes: dict) -> None:
    delays = []
    for _ in range(6):  # the machine may be busy: the quickest counts
        if min(delays, default=1) < 0.1:
            break
        running = subprocess.Popen(
            [sys.executable, "-c", RUN, scenario, repr(changes)], stdout=subprocess.PIPE, text=True
        )
        assert running.stdout.readline() == "ready\n"
        time.sleep(1.0)
        sent = time.time()
        running.send_signal(signal.SIGINT)
        caught = running.stdout.readline()
        assert running.wait(timeout=60) == 0
        delays.append(float(caught) - sent)
    assert 0 < min(delays) < 0.1, delays


def test_other_threads_go_on_during_a_run() -> None:
    scenario = pardner.scenarios["saas_60"]
    counts, stop = [0], threading.Event()

    def count() -> None:
        while not stop.wait(0.001):
            counts[0] += 1

    thread = threading.Thread(target=count)
    thread.start()
    before, begun = counts[0], time.monotonic()
    scenario.replicate(60, threads=1)
    seconds, counted = time.monotonic() - begun, counts[0] - before
    stop.set()
    thread.join()
    assert seconds > 0.1 and counted > 5, "the run held the interpreter"  # held: 1 at most


def test_progress_is_told_and_may_stop_the_run() -> None:
    scenario = pardner.scenarios["saas_60"].with_({"run.weeks": 52})
    told: list[tuple[int, int]] = []
    scenario.replicate(80, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (80 * (52 + 52), 80 * (52 + 52))
    assert told == sorted(told)

    def refuse(done: int, total: int) -> None:
        raise LookupError("enough")

    begun = time.monotonic()
    with pytest.raises(LookupError, match="enough"):
        scenario.replicate(100_000, progress=refuse)
    assert time.monotonic() - begun < 2


def test_no_bar_where_nobody_watches(capfd: pytest.CaptureFixture[str]) -> None:
    pardner.scenarios["saas_60"].replicate(100)
    assert capfd.readouterr() == ("", "")


def test_a_bar_where_somebody_asks(capfd: pytest.CaptureFixture[str]) -> None:
    pardner.scenarios["saas_60"].replicate(200, progress=True)
    assert "weeks" in capfd.readouterr().err


def digest(threads: int) -> str:
    return pardner.scenarios["bass"].replicate(3, threads=threads).digest


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_fork_after_threads_is_refused_clearly() -> None:
    expected = digest(2)
    with multiprocessing.get_context("fork").Pool(1) as forked:
        assert forked.apply(digest, (1,)) == expected
        with pytest.raises(pardner.PardnerError, match="spawn"):
            forked.apply(digest, (2,))
    with multiprocessing.get_context("spawn").Pool(1) as spawned:
        assert spawned.apply(digest, (2,)) == expected


HUNGRY = """
import resource, pardner
scenario = pardner.scenarios["contest"].with_({"contest.reps": 8_000_000})
resource.setrlimit(resource.RLIMIT_AS, (3_000_000_000,) * 2)
try:
    scenario.run()
except MemoryError as error:
    print(type(error).__name__, error.exit_code, error)
"""


def test_too_little_memory_is_said_before_it_is_taken() -> None:
    done = subprocess.run([sys.executable, "-c", HUNGRY], capture_output=True, text=True)
    assert done.stdout.startswith("NotEnoughMemory 4 this run needs about"), done.stderr
