# SPDX-License-Identifier: Apache-2.0
"""Nothing points up: std and libraries <- sim <- models <- python (docs/architecture.md, "Layers").

Each rule is a function (path, source) -> what is wrong; it is run over all sources, and over a
planted violation that it must find and a lawful neighbour that it must let pass.
"""

import re
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^">]+)[">]', re.MULTILINE)
LAYERS = {"sim": 0, "models": 1, "python": 2}
MAX_LINES = 300
LIBRARIES = ("compensation", "planning", "partnering", "ventures")
MECHANISM = "models/ecosystem/mechanisms/churn.h"  # an example

Rule = Callable[[str, str], list[str]]


def includes(source: str) -> list[str]:
    return [name for _, name in INCLUDE.findall(source)]


def quoted_includes(source: str) -> list[str]:
    return [name for mark, name in INCLUDE.findall(source) if mark == '"']


def code_of(source: str) -> str:
    """The source without comments and the insides of strings."""
    pattern = r'"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*.*?\*/'
    blank = lambda m: '""' if m[0].startswith('"') else " "  # noqa: E731
    return re.sub(pattern, blank, source, flags=re.DOTALL)


def layer_of(path: str) -> int:
    return LAYERS.get(path.split("/")[0], max(LAYERS.values()) + 1)


def no_upward_include(path: str, source: str) -> list[str]:
    """A header of the project is named from the root, and lies in the same layer or below."""
    known = tuple(f"{folder}/" for folder in [*LAYERS, "tests", "benchmarks", "scripts"])
    ours = [name for name in includes(source) if name.startswith(known)]
    wrong = [name for name in ours if layer_of(name) > layer_of(path)]
    return wrong + [name for name in quoted_includes(source) if not name.startswith(known)]


def models_do_not_know_each_other(path: str, source: str) -> list[str]:
    """models/X sees models/X and compensation; ecosystem sees planning and partnering, too,
    startups planning and ventures; compensation sees itself only. What lies in models/ itself (the catalog) and the command put models together."""
    parts = path.split("/")
    if parts[0] != "models" or len(parts) < 3 or parts[1] == "command":
        return []
    allowed = [f"models/{parts[1]}/"]
    if parts[1] != "compensation":
        allowed.append("models/compensation/")
    if parts[1] == "ecosystem":
        allowed += ["models/planning/", "models/partnering/", "models/packaged_files.h"]
    if parts[1] == "startups":
        allowed += ["models/planning/", "models/ventures/"]
    return [
        n for n in includes(source) if n.startswith("models/") and not n.startswith(tuple(allowed))
    ]


def mechanisms_meet_only_in_tables(path: str, source: str) -> list[str]:
    """A mechanism sees the facts of its model (state.h, company.h ...), the libraries among models
    (compensation, planning, partnering, ventures), sim and libraries: never another mechanism, and not model.h, where they are put
    together."""
    match = re.fullmatch(r"(models/\w+/)mechanisms/(\w+)\.(h|cpp)", path)
    if not match:
        return []
    folder, own = match[1], f"{match[1]}mechanisms/{match[2]}.h"

    def lawful(name: str) -> bool:
        fact = re.fullmatch(rf"{folder}\w+\.h", name) and name != f"{folder}model.h"
        libraries = ("sim/", *(f"models/{m}/" for m in LIBRARIES))
        return name.startswith(libraries) or name == own or bool(fact)

    return [name for name in quoted_includes(source) if not lawful(name)]


def hdf5_in_one_place(path: str, source: str) -> list[str]:
    """Only sim/hdf5.cpp and sim/hdf5_data.cpp see the HDF5 library, by a header of their own."""
    if path in ("sim/hdf5.cpp", "sim/hdf5_data.cpp", "sim/hdf5_handles.h"):
        return []
    return [n for n in includes(source) if re.match(r"(hdf5|H5|sim/hdf5_handles\.h)", n)]


def pybind11_in_python(path: str, source: str) -> list[str]:
    """Only python/ sees pybind11 and the Python C API."""
    if path.startswith("python/"):
        return []
    return [name for name in includes(source) if re.match(r"(pybind11/|Python\.h)", name)]


def no_packed_bits(path: str, source: str) -> list[str]:
    """std::vector<bool> puts neighbouring rows into one byte: a race between threads."""
    return re.findall(r"vector\s*<\s*bool\s*>", code_of(source)) if layer_of(path) < 2 else []


FUNCTIONS = (
    "exp|exp2|expm1|log|log2|log10|log1p|pow|cbrt|hypot|sin|cos|tan|asin|acos|atan|atan2|"
    "sinh|cosh|tanh|erf|erfc|tgamma|lgamma"
)
# A call, with what stands before the name: a qualifier, a member access, or another word.
MATH_CALL = re.compile(rf"([\w:]*::|\.|->|\b\w+[ \t]+)?\b({FUNCTIONS})[fl]?\s*\(")
LIBRARY_LUCK = re.compile(
    r"\b(?:std|boost|boost::random)::\w+_(?:distribution|engine)\b"
    r"|\bstd::(?:mt19937\w*|random_device|shuffle|sample)\b"
)


def library_math(code: str, bare_is_ours: bool) -> list[str]:
    """Calls of the C library's functions. With <cmath> bare names are the same, unless namespace
    sim hides them. Members, other namespaces and declarations ("double log(") are let pass."""
    libraries = {"std::", "::"}
    if not bare_is_ours:
        libraries |= {"", "return", "else", "case", "co_return"}
    return [m[0] for m in MATH_CALL.finditer(code) if (m[1] or "").strip() in libraries]


def one_arithmetic(path: str, source: str) -> list[str]:
    """exp, log, ... come from sim/math.h, which gives the same bits on every processor; luck comes
    from sim/random.h. sqrt, floor, fabs and their like are exact by IEEE 754 and allowed."""
    if layer_of(path) > 1 or re.match(r"sim/(math|random)", path):
        return []
    code = code_of(source)
    bare_is_ours = path.startswith("sim/") and "sim/math.h" in includes(source)
    return library_math(code, bare_is_ours) + LIBRARY_LUCK.findall(code)


RULES: list[Rule] = [
    no_upward_include,
    models_do_not_know_each_other,
    mechanisms_meet_only_in_tables,
    hdf5_in_one_place,
    pybind11_in_python,
    no_packed_bits,
    one_arithmetic,
]


def cpp_sources() -> dict[str, str]:
    files = [f for folder in LAYERS for end in ("*.h", "*.cpp") for f in (ROOT / folder).rglob(end)]
    return {str(f.relative_to(ROOT)): f.read_text(encoding="utf-8") for f in sorted(files)}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_all_sources_keep(rule: Rule) -> None:
    sources = cpp_sources()
    assert {path.split("/")[0] for path in sources} == set(LAYERS), "a layer without sources"
    wrong = [f"{path}: {what}" for path, source in sources.items() for what in rule(path, source)]
    assert not wrong, rule.__doc__


def mechanisms_reached(sources: dict[str, str]) -> list[str]:
    """Mechanisms that another mechanism includes through whatever other headers."""
    wrong = []
    for start in [path for path in sources if "/mechanisms/" in path]:
        seen, todo = {start}, [start]
        while todo:
            names = [n for n in includes(sources.get(todo.pop(), "")) if n not in seen]
            seen.update(names)
            todo += names
        stem = start.rsplit(".", 1)[0]
        wrong += [
            f"{start}: {n}" for n in seen if "/mechanisms/" in n and not n.startswith(f"{stem}.")
        ]
    return wrong


def test_mechanisms_do_not_meet_behind_a_header() -> None:
    assert not mechanisms_reached(cpp_sources())
    shared = "models/ecosystem/company.h"
    planted = {
        MECHANISM: f'#include "{shared}"',
        shared: '#include "models/ecosystem/mechanisms/trust.h"',
        "models/ecosystem/mechanisms/trust.h": "",
    }
    assert mechanisms_reached(planted) == [f"{MECHANISM}: models/ecosystem/mechanisms/trust.h"]


def test_the_package_imports_nothing_above_it() -> None:
    above = re.compile(r"^\s*(?:from|import)\s+(?:tests|notebooks|scripts|benchmarks)\b", re.M)
    files = list((ROOT / "python" / "pardner").rglob("*.py"))
    assert files
    assert not [str(f) for f in files if above.search(f.read_text(encoding="utf-8"))]


def long_files(sources: dict[str, str]) -> dict[str, int]:
    return {p: n for p, s in sources.items() if (n := len(s.splitlines())) > MAX_LINES}


def test_files_stay_short() -> None:
    """A warning, not a failure: some tables are longer for a good reason."""
    for path, lines in long_files(cpp_sources()).items():
        warnings.warn(f"{path}: {lines} lines, house rule about {MAX_LINES}", stacklevel=1)
    assert long_files({"sim/a.h": "\n" * 301, "sim/b.h": "\n" * 300}) == {"sim/a.h": 301}


# rule, path, planted violation, lawful neighbour
PLANTED: list[tuple[Rule, str, str, str]] = [
    (no_upward_include, "sim/a.h", '  # include "models/catalog.h"', '#include "sim/id.h"'),
    (no_upward_include, "sim/a.h", "#include <models/catalog.h>", "#include <vector>"),
    (no_upward_include, "sim/a.h", '#include "../models/catalog.h"', '#include "sim/id.h"'),
    (no_upward_include, "models/a.h", '#include "python/bindings/a.h"', '#include "models/b.h"'),
    (no_upward_include, "python/bindings/a.cpp", '#include "tests/a.h"', '#include "models/b.h"'),
    (
        models_do_not_know_each_other,
        "models/compensation/pay.cpp",
        '#include "models/ecosystem/state.h"',
        '#include "models/compensation/plan.h"',
    ),
    (
        models_do_not_know_each_other,
        "models/bass/model.h",
        '#include "models/catalog.h"',
        '#include "models/compensation/plan.h"',
    ),
    (
        models_do_not_know_each_other,
        "models/planning/split.h",
        '#include "models/ecosystem/state.h"',
        '#include "models/compensation/pay_function.h"',
    ),
    (
        models_do_not_know_each_other,
        "models/partnering/attribution.cpp",
        '#include "models/ecosystem/state.h"',
        '#include "models/compensation/exact.h"',
    ),
    (
        models_do_not_know_each_other,
        "models/contest/week.cpp",
        '#include "models/planning/split.h"',
        '#include "models/contest/rules.h"',
    ),
    (
        models_do_not_know_each_other,
        "models/compensation/pay_function.cpp",
        '#include "models/planning/split.h"',
        '#include "models/compensation/plan.h"',
    ),
    (
        models_do_not_know_each_other,
        "models/ecosystem/setup.cpp",
        '#include "models/contest/rules.h"',
        '#include "models/planning/split.h"',
    ),
    (
        mechanisms_meet_only_in_tables,
        MECHANISM,
        '#include "models/ecosystem/mechanisms/trust.h"',
        '#include "models/ecosystem/state.h"',
    ),
    (
        mechanisms_meet_only_in_tables,
        MECHANISM,
        '#include "models/ecosystem/model.h"',
        '#include "models/compensation/pay.h"\n#include <cmath>',
    ),
    (
        mechanisms_meet_only_in_tables,
        MECHANISM,
        '#include "models/ecosystem/mechanisms/churn_helpers.h"',
        '#include "models/ecosystem/books.h"',
    ),
    (hdf5_in_one_place, "sim/results.h", "#include <hdf5.h>", '#include "sim/hdf5.h"'),
    (
        hdf5_in_one_place,
        "sim/results.cpp",
        '#include "sim/hdf5_handles.h"',
        '#include "sim/hdf5.h"',
    ),
    (pybind11_in_python, "models/a.h", "#include <pybind11/pybind11.h>", "#include <vector>"),
    (no_packed_bits, "sim/a.h", "std::vector< bool > x;", "// no vector<bool>, please"),
    (one_arithmetic, "sim/a.h", "x = std::exp(y);", "x = sim::exp(y);"),
    (one_arithmetic, "sim/a.h", "x = exp(y);", '#include "sim/math.h"\nx = exp(y);'),
    (one_arithmetic, "models/a.h", '#include "sim/math.h"\nx = exp(y);', "x = sim::exp(y);"),
    (one_arithmetic, "models/a.h", "x = exp(y);", "x = rates.exp(y) + std::sqrt(y);"),
    (one_arithmetic, "models/a.h", "x = 2 * ::logf(y);", 'throw BadInput("log(0) of y");'),
    (one_arithmetic, "models/a.h", "return pow(y, 2);", "double log(double x);"),
    (one_arithmetic, "models/a.h", "x = y * log (z);", "x = y * sim::log(z);"),
    (one_arithmetic, "models/a.h", "std::normal_distribution<double> n;", "x = explain(y);"),
    (one_arithmetic, "models/a.h", "std::mt19937_64 g;", "sim::Draw draw;"),
]


@pytest.mark.parametrize("planted", PLANTED, ids=lambda p: f"{p[0].__name__}: {p[2][:40]}")
def test_each_rule_can_fail(planted: tuple[Rule, str, str, str]) -> None:
    rule, path, violation, lawful = planted
    assert rule(path, f"#pragma once\n{violation}\n")
    assert not rule(path, f"#pragma once\n{lawful}\n")


def test_no_rule_is_left_without_a_planted_violation() -> None:
    assert {rule for rule, *_ in PLANTED} == set(RULES)
