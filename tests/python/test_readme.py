# SPDX-License-Identifier: Apache-2.0
"""The examples of README.md do what they say."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = Path(sys.executable).parent


def block_after(heading: str) -> str:
    """The indented lines that follow a heading."""
    text = README.split(f"## {heading}\n", 1)[1]
    return "\n".join(re.match(r"(?:    .*\n)+", text).group(0).splitlines())


def run(folder: Path, *command: str | Path) -> str:
    ended = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, env={**os.environ, "MPLBACKEND": "agg"}
    )
    assert ended.returncode == 0, f"{command}: {ended.stderr}"
    return ended.stdout


def test_the_command_line(tmp_path: Path) -> None:
    ran = []
    for line in block_after("Command line").splitlines():
        words = line.split("#")[0].split()
        assert words[0] == ".venv/bin/pardner"
        if "FILE" in words:
            continue  # a sales log of one's own: tests/python/test_calibrate_command.py
        run(tmp_path, COMMANDS / "pardner", *words[1:])
        ran.append(words[1])
    assert {"new", "run", "info"} <= set(ran)
    first, again = (
        run(tmp_path, COMMANDS / "pardner", "digest", name) for name in ("result.h5", "again.h5")
    )
    assert first == again, "README: the same bits"


def test_the_python_example(tmp_path: Path) -> None:
    code = re.search(r"```python\n(.*?)```", README, re.DOTALL).group(1)
    assert run(tmp_path, sys.executable, "-c", code).strip()
    assert (tmp_path / "comparison.png").stat().st_size > 1000


@pytest.mark.parametrize("folder", re.findall(r"^\| `(\w+)/`", README, re.MULTILINE))
def test_the_map_of_the_folders(folder: str) -> None:
    assert (ROOT / folder).is_dir()
