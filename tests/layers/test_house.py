# SPDX-License-Identifier: Apache-2.0
"""House rules that a person forgets and a machine does not."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FORBIDDEN = {
    "a path of one machine": re.compile(r"(?<![\w.])/(work|root|home)/\w"),
    "the host of a package registry": re.compile(
        r"\b(files\.pythonhosted|pypi|registry\.npmjs|deb\.debian|proxy\.golang)\.org\b"
    ),
}


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout
    paths = [ROOT / name for name in listed.split("\0") if name]
    return [path for path in paths if path.is_file()]


def text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None  # a picture, or a fuzzing seed that is not text on purpose


@pytest.mark.parametrize("what", FORBIDDEN)
def test_nothing_names(what: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)}: {match.group(0)}"
        for path in tracked()
        if path != Path(__file__) and (content := text(path))
        for match in FORBIDDEN[what].finditer(content)
    ]
    assert not wrong


def source_files() -> list[Path]:
    endings = {".h", ".cpp", ".py"}
    return [path for path in tracked() if path.suffix in endings]


def test_every_source_file_says_its_licence() -> None:
    missing = [
        str(path.relative_to(ROOT))
        for path in source_files()
        if "SPDX-License-Identifier: Apache-2.0"
        not in "\n".join((text(path) or "").splitlines()[:3])
    ]
    assert not missing


def test_cmake_holds_no_logic() -> None:
    assert len((ROOT / "CMakeLists.txt").read_text().splitlines()) < 80


def test_no_vector_of_bool() -> None:
    wrong = [
        str(path.relative_to(ROOT))
        for path in source_files()
        if path.parts[len(ROOT.parts)] in ("sim", "models")
        and re.search(r"vector<\s*bool\s*>", re.sub(r"//.*", "", text(path) or ""))
    ]
    assert not wrong
