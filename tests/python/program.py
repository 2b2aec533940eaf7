# SPDX-License-Identifier: Apache-2.0
"""The command `pardner` as tests call it: the installed one, else the one just built."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("PARDNER_BUILD", ROOT / "build" / "release"))
BESIDE = Path(sys.executable).parent / "pardner"
PARDNER = BESIDE if BESIDE.exists() else BUILD / "pardner"
# The one just built starts the `python3` of PATH for its Python commands.
PATH = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
ENVIRONMENT = {**os.environ, "PATH": PATH, "MPLBACKEND": "agg"}


def pardner(*words: object, **options: object) -> subprocess.CompletedProcess[str]:
    """Runs `pardner WORDS`; options as for subprocess.run."""
    command = [str(PARDNER), *map(str, words)]
    settings = {"env": ENVIRONMENT, "timeout": 120} | options
    return subprocess.run(command, capture_output=True, text=True, **settings)  # type: ignore[call-overload]


def start(*words: object) -> "subprocess.Popen[str]":
    """Starts `pardner WORDS` in the background."""
    return subprocess.Popen(
        [str(PARDNER), *map(str, words)], env=ENVIRONMENT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def fine(*words: object, **options: object) -> str:
    """Runs `pardner WORDS`, which must succeed; what it printed."""
    done = pardner(*words, **options)
    assert done.returncode == 0, f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout
