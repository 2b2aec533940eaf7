# SPDX-License-Identifier: Apache-2.0
"""The committed stub of pardner._core says what the compiled module has; mypy takes the package.

PARDNER_UPDATE=1 rewrites the stub.
"""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import pardner

ROOT = Path(__file__).resolve().parents[2]
STUB = ROOT / "python" / "pardner" / "_core.pyi"
HEAD = "# SPDX-License-Identifier: Apache-2.0\n# Written by pybind11-stubgen: see test_stubs.py.\n"


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> str:
    out = tmp_path_factory.mktemp("stubs")
    command = [Path(sys.executable).parent / "pybind11-stubgen", "pardner._core", "-o", str(out)]
    paths = os.pathsep.join(filter(None, sys.path))
    done = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    text = (out / "pardner" / "_core.pyi").read_text()
    text = re.sub(r"__version__: str = .*", "__version__: str", text)
    text = text.replace("-> dict:", "-> dict[str, typing.Any]:")
    return HEAD + re.sub(r"(-> |: )(list|tuple)\b(?!\[)", r"\1\2[typing.Any, ...]", text).replace(
        "list[typing.Any, ...]", "list[typing.Any]"
    )


def surface(text: str) -> set[str]:
    """Every name of a stub with the names of its arguments; types differ between pybind11s."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{described(member)}" for member in node.body}
        elif isinstance(node, ast.Module):
            found |= {described(member) for member in node.body}
    return found


def described(node: ast.stmt) -> str:
    if isinstance(node, ast.FunctionDef):
        names = [a.arg for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
        return f"{node.name}({', '.join(names)})"
    return getattr(node, "name", "")


def test_the_stub_is_up_to_date(generated: str) -> None:
    if os.environ.get("PARDNER_UPDATE"):
        STUB.write_text(generated)
    assert surface(STUB.read_text()) == surface(generated)
    functions = {name.split("(")[0] for name in surface(generated)}
    for name in dir(pardner._core):
        assert name.startswith("_") or name in functions


def examples() -> list[str]:
    text = (ROOT / "docs" / "python.md").read_text()
    return re.findall(r"```python\n(.*?)```", text, re.S)


def test_the_package_and_the_examples_are_typed(tmp_path: Path) -> None:
    example = tmp_path / "example.py"
    example.write_text("\n".join(examples()))
    files = [ROOT / "python" / "pardner" / f"{name}.py" for name in TYPED]
    command = [sys.executable, "-m", "mypy", "--config-file", ROOT / "pyproject.toml"]
    quiet = ["--follow-imports=silent", "--cache-dir", tmp_path / "cache"]
    done = subprocess.run(
        [*command, *quiet, *files, STUB, example],
        env={**os.environ, "MYPYPATH": str(ROOT / "python")}, capture_output=True, text=True,
        cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr


def test_the_examples_run(capsys: pytest.CaptureFixture[str]) -> None:
    exec("\n".join(examples()), {})
    said = capsys.readouterr().out
    assert "our log" in said and "(1, 20, 39) int64 False" in said and said.endswith("True\n")


TYPED = (
    "command_compare", "command_explain", "command_export", "command_incremental", "command_line",
    "command_overlap", "comparison", "datasets", "errors", "files", "first_look",
    "partners/__init__", "partners/account_map", "partners/attribution", "partners/contribution",
    "partners/future", "partners/plots", "partners/story", "partners/tables", "progress", "results",
    "scenario", "versions",
)  # fmt: skip
