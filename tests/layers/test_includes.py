# SPDX-License-Identifier: Apache-2.0
"""Nothing points up: std and libraries <- sim <- models <- python/bindings."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
INCLUDE = re.compile(r'^\s*#\s*include\s+[<"]([^">]+)[">]', re.MULTILINE)
LAYERS = {"sim": 0, "models": 1, "python": 2}


def sources(folder: str) -> list[Path]:
    return sorted(path for ending in ("*.h", "*.cpp") for path in (ROOT / folder).rglob(ending))


def includes(path: Path) -> list[str]:
    return INCLUDE.findall(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("layer", LAYERS)
def test_no_layer_includes_one_above_it(layer: str) -> None:
    files = sources(layer)
    assert files, f"no sources in {layer}/"
    above = [name for name, height in LAYERS.items() if height > LAYERS[layer]]
    above += ["tests", "benchmarks"]
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in files
        for name in includes(path)
        if name.split("/")[0] in above
    ]
    assert not wrong


def only_in(pattern: str, allowed: str) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}: {name}"
        for layer in LAYERS
        for path in sources(layer)
        for name in includes(path)
        if re.search(pattern, name) and not re.fullmatch(allowed, str(path.relative_to(ROOT)))
    ]


def test_hdf5_stays_in_one_file() -> None:
    assert not only_in(r"^(hdf5|H5)", r"sim/hdf5\.cpp")


def test_pybind11_stays_in_the_bindings() -> None:
    assert not only_in(r"^(pybind11/|Python\.h)", r"python/bindings/.*")


def test_mechanisms_meet_only_in_tables() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sources("models")
        if path.parent.name == "mechanisms"
        for name in includes(path)
        if "mechanisms/" in name
    ]
    assert not wrong


def test_the_check_can_fail(tmp_path: Path) -> None:
    file = tmp_path / "bad.h"
    file.write_text('#pragma once\n  # include "models/catalog.h"\n#include <vector>\n')
    assert includes(file) == ["models/catalog.h", "vector"]
