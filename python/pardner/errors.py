# SPDX-License-Identifier: Apache-2.0
"""What can go wrong, one class per kind. Each message is complete: show it as it is.

`exit_code` is the code with which the command `pardner` ends.
"""

from __future__ import annotations

from typing import Any


class PardnerError(Exception):
    """The base of all; by itself a fault of Pardner's own."""

    exit_code = 1


class BadInput(PardnerError, ValueError):
    """What was given cannot be used; the message says why and what to do."""

    exit_code = 3


class ScenarioError(BadInput):
    """A scenario is not valid.

    `file`, `line`, `column` (from 1; 0: the file as a whole) and `key` ("vendor.reps") say where
    the first problem is. `problems` lists up to ten, each a dictionary with these and `message`
    and `help`.
    """

    file: str = ""
    line: int = 0
    column: int = 0
    key: str = ""
    problems: list[dict[str, Any]]

    def __init__(self, message: str, problems: list[dict[str, Any]] | None = None):
        super().__init__(message)
        self.problems = problems or []


class ResultFileError(PardnerError, OSError):
    """A result file cannot be read or written."""

    exit_code = 3


class SweepError(PardnerError):
    """Parts of a sweep failed."""


class InterruptedRun(PardnerError):
    """A run was stopped before its end; finished replicates are in the `.partial` file, if any."""

    exit_code = 75


class NotEnoughMemory(PardnerError, MemoryError):
    """A run needs more memory than there is; nothing was allocated."""

    exit_code = 4
