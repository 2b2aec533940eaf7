# SPDX-License-Identifier: Apache-2.0
"""House rules that a person forgets and a machine does not."""

import ast
import re
import subprocess
import sys
import tomllib
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


def imported(source: str) -> set[str]:
    """Top-level names of what is imported, at the head of a file or inside a function."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.split(".")[0])
    return names


def test_what_pardner_imports_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = project["dependencies"] + project["optional-dependencies"]["plot"]
    declared = {re.split(r"[<>=~! \[]", line)[0].lower() for line in lines}
    known = declared | set(sys.stdlib_module_names) | {"pardner"}
    wrong = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in sorted((ROOT / "python" / "pardner").rglob("*.py"))
        for name in imported(path.read_text(encoding="utf-8"))
        if name.lower() not in known
    }
    assert not wrong


def test_imports_are_found_wherever_they_stand() -> None:
    source = "import a.b\ndef f():\n    from c.d import e\nfrom . import g\n"
    assert imported(source) == {"a", "c"}
