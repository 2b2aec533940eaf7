# SPDX-License-Identifier: Apache-2.0
"""Who may not install packages is told what to install, before anything else happens.

The whole set-up on a bare system is tested by scripts/chroot_check.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ["setup", "test", "demo"]


def stand_in(folder: Path, name: str, body: str) -> None:
    program = folder / name
    program.write_text(f"#!/bin/sh\n{body}\n")
    program.chmod(0o755)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the scripts, with commands that tell of a bare Debian and a user without rights."""
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    commands = tmp_path / "commands"
    commands.mkdir()
    stand_in(commands, "dpkg-query", "exit 1")
    stand_in(commands, "id", "echo 1000")
    stand_in(commands, "sudo", "exit 1")
    stand_in(commands, "apt-get", f"touch {tmp_path}/apt_was_called")
    return tmp_path


def call(checkout: Path, script: str) -> subprocess.CompletedProcess[str]:
    path = f"{checkout / 'commands'}:{os.environ['PATH']}"
    return subprocess.run(
        [checkout / "scripts" / script],
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("script", SCRIPTS)
def test_without_packages_and_rights(checkout: Path, script: str) -> None:
    before = {path.name for path in checkout.iterdir()}
    ended = call(checkout, script)
    assert ended.returncode != 0
    wanted = (ROOT / "scripts" / "packages.txt").read_text().split()
    line = next(line for line in ended.stderr.splitlines() if "apt-get install" in line)
    assert set(wanted) <= set(line.split())
    assert {path.name for path in checkout.iterdir()} == before, "something was done nevertheless"


def test_with_rights_they_are_installed(checkout: Path) -> None:
    stand_in(checkout / "commands", "id", "echo 0")
    stand_in(checkout / "commands", "apt-get", f'echo "$@" >>{checkout}/apt_calls; exit 9')
    ended = call(checkout, "setup")
    assert ended.returncode == 1
    assert (checkout / "apt_calls").read_text().startswith("update")
    assert "Debian packages failed" in ended.stderr


def test_an_unknown_argument_is_refused(checkout: Path) -> None:
    stand_in(checkout / "commands", "dpkg-query", "echo installed")
    ended = subprocess.run(
        [checkout / "scripts" / "setup", "--test"], capture_output=True, text=True
    )
    assert ended.returncode == 2
    assert "--test" in ended.stderr
