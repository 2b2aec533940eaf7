# SPDX-License-Identifier: Apache-2.0
"""Files compiled for x86-64-v3 leave nothing for the linker to share with baseline code.

The linker keeps one copy of an inline function that several objects define; were it the copy for
newer processors, an older one would stop at an illegal instruction (sim/cpu.h).
"""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRESETS = ("release", "dev")  # sanitizers add weak symbols of their own


def shared_symbols(compiled: Path) -> list[str]:
    """Weak, unique and common symbols: definitions of which the linker keeps one of several."""
    nm = subprocess.run(
        ["nm", "--defined-only", compiled], check=True, capture_output=True, text=True
    )
    assert nm.stdout.strip(), f"{compiled} defines nothing"
    lines = (line.split(maxsplit=1)[-1] for line in nm.stdout.splitlines())
    return [line for line in lines if line[0] in "WVuC"]


def test_v3_objects_share_nothing() -> None:
    objects = [path for preset in PRESETS for path in ROOT.glob(f"build/{preset}/**/*_v3.cpp.o")]
    assert objects, "build the release preset first"
    for path in objects:
        assert not shared_symbols(path), path


def test_a_planted_inline_function_is_found(tmp_path: Path) -> None:
    source, compiled = tmp_path / "planted_v3.cpp", tmp_path / "planted.o"
    source.write_text("inline double twice(double x) { return x + x; }\nauto* entry = twice;\n")
    subprocess.run(["g++", "-c", source, "-o", compiled], check=True)
    assert shared_symbols(compiled)
