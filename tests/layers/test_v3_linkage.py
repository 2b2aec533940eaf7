# SPDX-License-Identifier: Apache-2.0
"""Files compiled for x86-64-v3 leave nothing for the linker to share with baseline code (sim/cpu.h)."""

import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]


def objects():
    found = [path for path in ROOT.glob("build/*/**/*_v3.cpp.o") if path.parts[len(ROOT.parts) + 1] in ("release", "dev")]
    assert found, "build the release preset first"
    return found


def shared_symbols(nm_output):
    """Weak, unique and common symbols: definitions of which the linker keeps one of several."""
    lines = (line.split(maxsplit=1)[-1] for line in nm_output.splitlines())
    return [line for line in lines if line[0] in "WVuC"]


def test_no_shared_symbol():
    for path in objects():
        output = subprocess.run(["nm", "--defined-only", str(path)], check=True, capture_output=True, text=True).stdout
        assert output.strip(), path
        assert not shared_symbols(output), path


def test_a_shared_inline_function_is_seen(tmp_path):
    source = tmp_path / "bad_v3.cpp"
    source.write_text("inline double twice(double x) { return x + x; } double (*entry)(double) = twice;")
    subprocess.run(["g++", "-c", str(source), "-o", str(tmp_path / "bad.o")], check=True)
    output = subprocess.run(["nm", "--defined-only", str(tmp_path / "bad.o")], check=True, capture_output=True, text=True).stdout
    assert shared_symbols(output)
