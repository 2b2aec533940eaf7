# SPDX-License-Identifier: Apache-2.0
"""Progress of a run, where somebody may be watching."""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Callable
from types import TracebackType
from typing import Any

Progress = bool | Callable[[int, int], object] | None
PATIENCE = 1.0  # seconds a run may take before a bar appears


def in_notebook() -> bool:
    """Whether this is a Jupyter kernel."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return shell is not None and hasattr(shell, "kernel")


class Bar:
    """Progress as the core reports it: `with Bar(progress) as report: core.run(progress=report)`.

    progress: None shows a bar when a run takes over a second and stderr is a terminal or a
    notebook; True always; False never; a function is called with (done, total) in weeks.
    """

    def __init__(self, progress: Progress = None, name: str = ""):
        watched = sys.stderr is not None and (sys.stderr.isatty() or in_notebook())
        self._wanted = watched if progress is None else progress
        self._patience = 0.0 if progress is True else PATIENCE
        self._name = name
        self._start = time.monotonic()
        self._bar: Any = None

    def __enter__(self) -> Callable[[int, int], object] | None:
        if callable(self._wanted):
            return self._wanted
        return self._show if self._wanted else None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        if self._bar is not None:
            self._bar.close()

    def _show(self, done: int, total: int) -> None:
        if self._bar is None:
            if time.monotonic() - self._start < self._patience:
                return
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # without ipywidgets a plain bar is shown
                from tqdm.auto import tqdm
            self._bar = tqdm(total=total, desc=self._name or None, unit=" weeks", leave=False)
        self._bar.update(done - self._bar.n)
