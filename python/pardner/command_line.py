# SPDX-License-Identifier: Apache-2.0
"""What the Python commands share: which there are, exit codes, errors as one message."""

from __future__ import annotations

import argparse
import importlib
import os
import signal
import sys
from collections.abc import Callable
from types import FrameType

from .errors import PardnerError

OK, INTERNAL, USAGE, BAD_INPUT, NO_MEMORY, INTERRUPTED = 0, 1, 2, 3, 4, 75
# command -> (module with main(argv) -> exit code, meaning)
COMMANDS = {
    "compare": ("pardner.command_compare", "compare options under the same luck"),
    "calibrate": ("pardner.calibrate", "make a scenario from a sales log"),
    "pay": ("pardner.command_pay", "pay a deal log by a plan, to the cent"),
    "plan": ("pardner.command_plan", "make, list, compare and check pay plans"),
    "claims": ("pardner.claims.command", "run claims about the model, write their verdicts"),
    "incremental": (
        "pardner.command_incremental",
        "what partners bring, beside what is attributed",
    ),
    "overlap": ("pardner.command_overlap", "which accounts you share with which partner"),
    "explain": ("pardner.command_explain", "the story of one deal: who worked, won, was paid, why"),
    "export": ("pardner.command_export", "write a CRM log or a table from a result file"),
    "demo": ("pardner.demo_job", "run the first what-if and write its report"),
}


def main(argv: list[str]) -> int:
    """Runs one command and returns the exit code; every error is one message on stderr."""
    if not argv or argv[0] in ("-h", "--help"):
        print("usage: python -m pardner COMMAND ...\n")
        print("\n".join(f"  {name:<11} {meaning}" for name, (_, meaning) in COMMANDS.items()))
        return OK if argv else USAGE
    if argv[0] not in COMMANDS:
        print(f"there is no command {argv[0]!r}; there are: {', '.join(COMMANDS)}", file=sys.stderr)
        return USAGE
    signal.signal(signal.SIGTERM, _interrupt)
    return guarded(lambda: run(argv[0], argv[1:]), argv[0])


def run(command: str, argv: list[str]) -> int:
    """The command's own main."""
    code: int = importlib.import_module(COMMANDS[command][0]).main(argv)
    return code


def _interrupt(signal_number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def guarded(action: Callable[[], int], name: str) -> int:
    """The action's exit code, or that of its error, told on stderr."""
    try:
        code = action()
        sys.stdout.flush()
        return code
    except SystemExit as end:  # argparse has said why
        return int(end.code or OK)
    except KeyboardInterrupt:
        return _say(f"{name}: interrupted", INTERRUPTED)
    except PardnerError as error:
        return _say(str(error), error.exit_code)
    except MemoryError:
        return _say("not enough memory; fewer replicates need less", NO_MEMORY)
    except BrokenPipeError:  # whoever read has gone, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except OSError as error:
        what = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        return _say(what, INTERNAL)


def _say(message: str, code: int) -> int:
    print(printable(message), file=sys.stderr)
    return code


def printable(text: str) -> str:
    """Text without what a terminal would obey: a file may hold escape sequences."""
    return "".join(c if c.isprintable() or c == "\n" else "?" for c in text)


def count(text: str) -> int:
    """An argument that is a whole number, at least 1."""
    return _at_least(text, 1)


def whole(text: str) -> int:
    """An argument that is a whole number, at least 0."""
    return _at_least(text, 0)


def _at_least(text: str, least: int) -> int:
    try:
        number = int(text)
    except ValueError:
        number = least - 1
    if number < least:
        raise argparse.ArgumentTypeError(f"a whole number from {least} on expected, not {text!r}")
    return number
