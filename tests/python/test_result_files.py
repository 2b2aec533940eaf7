# SPDX-License-Identifier: Apache-2.0
"""Result files seen from outside: foreign readers, kill -9, full disks, damaged files, the docs.

The files come from tests/tools/write_results.cpp. Its numbers are known: value(a, r, t) below.
"""

import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import time
from pathlib import Path

import h5py
import jsonschema
import numpy as np
import pytest
import xarray as xr

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("PARDNER_BUILD", ROOT / "build" / "release"))
WRITE = BUILD / "tests" / "write_results"
ARMS = ["base", "größer", "one_more"]
REPLICATES, WEEKS, ROWS = 6, 26, 50
MISSING = np.iinfo(np.int64).min


def write(path: Path, *options: str, **run: object) -> subprocess.CompletedProcess[str]:
    command = [WRITE, path, *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, **run)  # type: ignore[call-overload]


def read(mode: str, *paths: Path) -> list[str]:
    """What `pardner info` or `pardner digest` would say, a line for each file."""
    done = subprocess.run([WRITE, mode, *paths], capture_output=True, text=True, timeout=300)
    assert done.returncode in (0, 3), f"the reader died: {done.returncode} {done.stderr}"
    lines = done.stdout.splitlines()
    assert len(lines) == len(paths)
    return lines


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("results") / "x.h5"
    done = write(path)
    assert done.returncode == 0, done.stderr
    return path


def value(arm: int, replicate: int, t: int) -> int:
    return 1_000_000 * arm + 1_000 * replicate + t


CONTRIBUTION = np.array(
    [[[value(a, r, t) for t in range(WEEKS)] for r in range(REPLICATES)] for a in range(3)]
)


# --- foreign readers -----------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ["h5netcdf", "netcdf4"])
def test_xarray(file: Path, engine: str) -> None:
    with xr.open_dataset(file, engine=engine, mask_and_scale=False) as ds:
        assert dict(ds.sizes) == {"arm": 3, "replicate": 6, "time": 26, "snapshot": 2}
        assert ds["contribution"].dims == ("arm", "replicate", "time")
        assert ds["contribution"].dtype == np.int64
        assert ds["contribution"].attrs["units"] == "USD cent"
        np.testing.assert_array_equal(ds["contribution"], CONTRIBUTION)
        assert list(ds["arm"].values) == ARMS
        assert "arm_title" in ds["contribution"].coords
        assert list(ds["replicate"].values) == list(range(10, 16))
    with xr.open_dataset(file, engine=engine) as ds:
        assert ds["time"].values[0] == np.datetime64("2026-02-09")
        assert ds["time"].values[-1] == np.datetime64("2026-08-03")
        np.testing.assert_array_equal(ds["win_rate"], CONTRIBUTION / 8)
        assert ds["status"].dtype.kind in "if" and (ds["status"] == 1).all()
        frame = ds[["contribution", "win_rate"]].to_dataframe()
        assert frame.loc[("größer", 12, "2026-02-16"), "contribution"] == value(1, 2, 1)
    with xr.open_dataset(file, engine=engine, group="agents/accounts") as agents:
        assert agents["size"].dims == ("arm", "replicate", "snapshot", "row")
        assert agents["size"][2, 3, 1, 4] == value(2, 3, 104) / 8
        assert np.isnan(agents["size"][0, 0, 0, -1]) and not np.isnan(agents["size"][0, 0, 1, -1])
        assert np.isnan(agents["spent"][0, 0, 0, -1])


@pytest.mark.parametrize("engine", ["h5netcdf", "netcdf4"])
def test_xarray_opens_the_tree(file: Path, engine: str) -> None:
    with xr.open_datatree(file, engine=engine) as tree:
        assert set(tree.children) == {"agents", "parameters", "telemetry"}
        assert tree["parameters"]["market.growth"].dims == ("arm",)
        assert tree["parameters"]["buyer.taste"].dims == ("arm", "replicate")
        assert list(tree["parameters"]["plan.name"].values) == ["flat", "größer", ""]


def test_h5py(file: Path) -> None:
    with h5py.File(file) as f:
        np.testing.assert_array_equal(f["contribution"], CONTRIBUTION)
        assert [label.decode() for label in f["arm"]] == ARMS
        assert f["contribution"].dims[2][0] == f["time"]
        assert f["contribution"].chunks == (1, 6, 26)
        assert f["contribution"].fletcher32 and f["contribution"].shuffle
        assert f["win_rate"].compression_opts == 1 and not f["win_rate"].shuffle
        assert f["agents/accounts/spent"][0, 0, 0, -1] == MISSING


def test_netcdf4_can_append_a_variable(file: Path, tmp_path: Path) -> None:
    """Fails with "Can't write file" if creation order is not tracked everywhere."""
    import netCDF4

    copy = shutil.copy(file, tmp_path / "copy.h5")
    with netCDF4.Dataset(copy, "a") as nc:
        nc.createVariable("note", "f8", ("arm",))[:] = 1.0
    with xr.open_dataset(copy, engine="h5netcdf") as ds:
        assert ds["note"].dims == ("arm",)


def need(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed")
    return found


def output_of(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_ncdump(file: Path) -> None:
    text = output_of(need("ncdump"), "-t", "-v", "time,arm,status", file)
    for part in (
        "int64 contribution(arm, replicate, time) ;",
        'contribution:units = "USD cent" ;',
        "contribution:_FillValue = -9223372036854775808LL ;",
        'arm = "base", "größer", "one_more" ;',
        'time = "2026-02-09", "2026-02-16"',
        'status:flag_meanings = "missing complete" ;',
        "group: accounts {",
    ):
        assert part in text, f"{part} not in\n{text}"


def test_octave(file: Path) -> None:
    script = f"""
      pkg load netcdf
      f = '{file}';
      x = ncread(f, 'win_rate');            % dimensions reversed: (time, replicate, arm)
      printf('%d %d %d\\n', size(x));
      printf('%.3f\\n', x(2, 3, 2));
      printf('%d\\n', ncread(f, 'contribution')(2, 3, 2));
      printf('%s\\n', ncreadatt(f, 'contribution', 'units'));
      printf('%s\\n', ncreadatt(f, '/', 'arm_names'));
      printf('%s\\n', ncreadatt(f, 'time', 'units'));
    """
    if "netcdf" not in output_of(need("octave"), "--quiet", "--eval", "disp(pkg('list'){1}.name)"):
        pytest.skip("octave-netcdf is not installed")
    lines = output_of(need("octave"), "--quiet", "--no-window-system", "--eval", script).split("\n")
    assert lines[:3] == ["26 6 3", f"{value(1, 2, 1) / 8:.3f}", str(value(1, 2, 1))]
    assert lines[3:6] == ["USD cent", ",".join(ARMS), "days since 2026-02-02"]


def test_r(file: Path) -> None:
    script = f"""
      suppressMessages(library(ncdf4))
      say <- function(...) cat("=", ..., "\\n")      # nc_open prints warnings of its own
      f <- nc_open("{file}")
      v <- f$var[["contribution"]]
      say(sapply(v$dim, function(d) d$name))
      say(v$units)
      x <- ncvar_get(f, "win_rate")
      say(dim(x), format(x[2, 3, 2], digits = 12))
      say(ncvar_get(f, "arm"))
      say(f$dim$time$units)
      say(ncatt_get(f, 0, "format")$value)
    """
    if subprocess.run([need("Rscript"), "-e", "library(ncdf4)"], capture_output=True).returncode:
        pytest.skip("R's ncdf4 is not installed")
    output = output_of("Rscript", "-e", script)
    assert re.findall("^= (.*?) *$", output, re.MULTILINE) == [
        "time replicate arm",
        "USD cent",
        f"26 6 3 {value(1, 2, 1) / 8}",
        " ".join(ARMS),
        "days since 2026-02-02",
        "pardner-result",
    ]


def test_a_long_scenario_keeps_the_file_readable(tmp_path: Path) -> None:
    """Attributes beyond 64 KB are kept outside of the header: not every reader looks there."""
    path = tmp_path / "x.h5"
    assert write(path, "comment=300000").returncode == 0
    for engine in ("h5netcdf", "netcdf4"):
        with xr.open_dataset(path, engine=engine) as ds:
            assert len(ds.attrs["scenario_toml"]) > 300_000
            assert json.loads(ds.attrs["provenance"])["run"]["seed"] == 7
    if shutil.which("ncdump"):
        assert "int64 contribution(arm, replicate, time)" in output_of("ncdump", "-h", path)


# --- same bits -----------------------------------------------------------------------------------


def test_twice_the_same_bytes_and_any_order_the_same_digest(file: Path, tmp_path: Path) -> None:
    again, backward = tmp_path / "again.h5", tmp_path / "backward.h5"
    write(again)
    assert again.read_bytes() == file.read_bytes()
    write(backward, "order=backward")
    assert backward.read_bytes() != file.read_bytes()
    assert read("digest", backward) == read("digest", file)


def test_the_digest_is_as_the_docs_say(file: Path) -> None:
    """The words of docs/results_format.md, followed with another implementation of the format."""
    xxhash = pytest.importorskip("xxhash")

    def u64(*numbers: int) -> bytes:
        return b"".join(int(n).to_bytes(8, "little") for n in numbers)

    def text(t: str) -> bytes:
        return u64(len(t.encode())) + t.encode()

    with h5py.File(file) as f:
        tables = {name: sorted(set(f["agents"][name]) - {"row"}) for name in sorted(f["agents"])}
        paths = ["/contribution", "/win_rate"]
        paths += [f"/agents/{table}/{column}" for table in tables for column in tables[table]]

        def described(path: str) -> bytes:
            kind = int(f[path].dtype.kind == "f")
            return text(path) + text(f[path].attrs["units"].decode()) + u64(kind)

        low = high = 0
        for path in paths:
            data = f[path][:]
            fill = np.array(f[path].attrs["_FillValue"], data.dtype).tobytes()
            series = data.ndim == 3
            for place in np.ndindex(data.shape[:-1]):
                row = data[place].tobytes()
                while row.endswith(fill):
                    row = row[:-8]
                if not row:
                    continue
                content = xxhash.xxh3_128_intdigest(row)
                whole = u64(
                    xxhash.xxh3_64_intdigest(path.encode()),
                    *place,
                    *([0] if series else []),
                    content % 2**64,
                    content >> 64,
                )
                hashed = xxhash.xxh3_128_intdigest(whole)
                low, high = (low + hashed) % 2**64, (high + (hashed >> 64)) % 2**64
        message = text("pardner-result digest 1") + u64(3) + b"".join(map(text, ARMS))
        message += u64(10, REPLICATES) + text("2026-02-02")
        for times in ("time", "snapshot"):
            message += u64(len(f[times])) + f[times][:].tobytes()
        message += b"".join(map(described, paths[:2]))
        for table, columns in tables.items():
            message += text(table) + u64(len(f["agents"][table]["row"]))
            message += b"".join(described(f"/agents/{table}/{column}") for column in columns)
        message += f["status"][:].tobytes() + u64(low, high)
        assert read("digest", file) == [xxhash.xxh3_128_hexdigest(message)]
        assert f.attrs["digest"].decode() == xxhash.xxh3_128_hexdigest(message)


# --- nothing lost --------------------------------------------------------------------------------


def test_kill_leaves_the_previous_file_and_a_readable_partial(tmp_path: Path) -> None:
    path, partial = tmp_path / "x.h5", tmp_path / "x.h5.partial"
    write(path)
    before = path.read_bytes()
    rng = random.Random(7)
    readable = kept = 0
    for _ in range(20):
        partial.unlink(missing_ok=True)
        run = subprocess.Popen(
            [WRITE, path, "noise=1", "replicates=4000", "weeks=156", "rows=100"],
            stdout=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 30
        while not partial.exists():  # from here on there is something to read
            assert run.poll() is None and time.monotonic() < deadline
            time.sleep(0.0005)
        time.sleep(rng.uniform(0, 0.4))
        run.send_signal(signal.SIGKILL)
        assert run.wait() == -signal.SIGKILL
        assert path.read_bytes() == before
        if re.fullmatch("[0-9a-f]{32}", read("digest", partial)[0]):
            readable += 1
            with h5py.File(partial) as f:
                kept += int(f["status"][:].sum())
                assert "digest" not in f.attrs, "a killed run cannot have finished"
    # Not promised is the moment between two writes of one flush; it was hit by 0 of 195 kills.
    assert readable >= 18
    assert kept > 0, "replicates are flushed while the run goes on"
    assert write(path).returncode == 0, "what a killed run leaves does not stop the next"
    assert not partial.exists()


def test_interrupted_runs_keep_what_they_have(tmp_path: Path) -> None:
    path, partial = tmp_path / "x.h5", tmp_path / "x.h5.partial"
    assert write(path, "abandon=interrupted by SIGINT").stdout.strip() == str(partial)
    assert not path.exists()
    with xr.open_dataset(partial, mask_and_scale=False) as ds:
        assert ds.attrs["unfinished"] == "interrupted by SIGINT"
        complete = ds["status"].values == 1
        assert complete.sum() == 9
        np.testing.assert_array_equal(ds["contribution"].values[complete], CONTRIBUTION[complete])
        assert (ds["contribution"].values[~complete] == MISSING).all()


@pytest.fixture
def small_disk(tmp_path: Path):  # type: ignore[no-untyped-def]
    folder = tmp_path / "disk"
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder], capture_output=True, text=True
    )
    if done.returncode != 0:
        pytest.skip(f"a small disk cannot be mounted here: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_too_little_room_is_said_before_the_run(small_disk: Path) -> None:
    done = write(small_disk / "x.h5", "rows=20000")
    assert done.returncode == 1
    assert re.search(r"x\.h5: the results may need .* MB, the disk has .* MB left", done.stderr)
    assert not list(small_disk.iterdir())


def test_a_disk_that_fills_up_ends_the_run_with_the_reason(small_disk: Path) -> None:
    rng = random.Random(3)
    path, filler = small_disk / "x.h5", small_disk / "filler"
    for attempt in range(10):
        filler.unlink(missing_ok=True)
        options = ["noise=1", "replicates=24", "rows=400", "pause=20"]
        run = subprocess.Popen(
            [WRITE, path, *options], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        while not (small_disk / "x.h5.partial").exists():
            assert run.poll() is None
        time.sleep(rng.uniform(0, 0.05))
        with filler.open("wb") as f:  # somebody else takes the rest of the disk
            try:
                while True:
                    os.write(f.fileno(), bytes(4096))
            except OSError:
                pass
        error = run.communicate(timeout=60)[1]
        assert run.returncode == 1, f"attempt {attempt}: {run.returncode} {error}"
        assert re.fullmatch(r"error: cannot write .*/x\.h5: .*No space left on device\n", error)
        assert [p.name for p in small_disk.iterdir()] == ["filler"]


def test_writing_may_fail_at_any_byte(tmp_path: Path) -> None:
    """A limit on the size of files fails at a chosen byte, where a full disk fails by chance."""
    path = tmp_path / "x.h5"
    options = ["noise=1", "replicates=70", "rows=100"]
    assert write(path, *options).returncode == 0
    before, size = path.read_bytes(), path.stat().st_size
    for limit in [*range(0, 24_000, 1_500), *range(24_000, size, size // 24), size - 1]:

        def restrict(limit: int = limit) -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        # Python ignores SIGXFSZ and hands that down: write() then fails with EFBIG.
        done = write(path, *options, "seed=8", preexec_fn=restrict, restore_signals=False)
        assert done.returncode == 1, f"limit {limit}: {done.returncode} {done.stderr}"
        assert re.fullmatch(r"error: cannot write .*File too large\n", done.stderr)
        assert os.listdir(tmp_path) == ["x.h5"]
        assert path.read_bytes() == before


# --- damaged files -------------------------------------------------------------------------------


def test_damaged_files_are_refused_or_read_never_fatal(file: Path, tmp_path: Path) -> None:
    rng = random.Random(11)
    good, digest = file.read_bytes(), read("digest", file)[0]
    paths = []
    for i in range(150):
        bad = bytearray(good)
        if i % 10 == 9:
            bad = bad[: rng.randrange(len(bad))]
        else:
            for _ in range(rng.choice([1, 1, 2, 8])):
                bad[rng.randrange(9_000)] = rng.randrange(256)
        paths.append(tmp_path / f"{i}.h5")
        paths[-1].write_bytes(bad)
    for mode in ("info", "digest"):
        lines = read(mode, *paths)
        refused = [line for line in lines if not re.fullmatch("ok 2|[0-9a-f]{32}", line)]
        assert all(line.startswith(str(tmp_path)) and ".h5: " in line for line in refused)
        assert len(refused) > 50, "the mutations hit something"
        # Silent change is the one thing that must not happen.
        assert all(line in refused or line.startswith("ok") or line == digest for line in lines)


# --- the docs ------------------------------------------------------------------------------------

INTERNAL = {"CLASS", "NAME", "REFERENCE_LIST", "DIMENSION_LIST"}
DOCS = (ROOT / "docs" / "results_format.md").read_text(encoding="utf-8")


def table(heading: str) -> list[list[str]]:
    """The cells of the first table after a heading, without its two head lines."""
    lines = DOCS.split(f"## {heading}\n")[1].split("\n## ")[0].splitlines()
    rows = [line for line in lines if line.startswith("|")][2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def type_name(data: h5py.Dataset | np.ndarray | object) -> str:
    dtype = data.dtype if hasattr(data, "dtype") else None
    if dtype is None or h5py.check_string_dtype(dtype) or dtype.kind in "SUO":
        return "text"
    return str(dtype)


@pytest.fixture(scope="module")
def partial(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("partial") / "x.h5"
    write(path, "abandon=interrupted")
    return path.with_name("x.h5.partial")


def test_attributes_are_those_of_the_docs(file: Path, partial: Path) -> None:
    rows = {row[0].strip("`"): row for row in table("Attributes of the file")}
    with h5py.File(file) as complete, h5py.File(partial) as unfinished:
        assert set(complete.attrs) == {name for name in rows if rows[name][2] != "if interrupted"}
        assert set(unfinished.attrs) == set(rows)
        for name, row in rows.items():
            assert type_name(unfinished.attrs[name]) == row[1], name
        assert complete.attrs["Conventions"] == b"CF-1.11"
        major, minor = complete.attrs["format_version"]
        assert DOCS.startswith(f"# Result files, format {major}.{minor}\n")


def dimensions(f: h5py.File, data: h5py.Dataset) -> list[str]:
    if data.is_scale:
        return [data.name.rsplit("/", 1)[1]]
    return [dim[0].name.rsplit("/", 1)[1] for dim in data.dims]


def test_variables_are_those_of_the_docs(file: Path) -> None:
    rows = table("Variables")
    patterns = {row[0].strip("`"): row for row in rows}
    seen = set()

    def compare(name: str, data: object) -> None:
        if not isinstance(data, h5py.Dataset):
            return
        path = f"/{name}"
        found = (
            path
            if path in patterns
            else next(p for p in patterns if re.fullmatch(re.sub("<[a-z]+>", "[^/]+", p), path))
        )
        seen.add(found)
        _, kind, dims, attributes, _ = patterns[found]
        assert kind == "none" or type_name(data) in kind.split(" or "), path
        assert " ".join(dimensions(data.file, data)) in dims.split(" or "), path
        attrs = set(data.attrs) - INTERNAL
        allowed = set(attributes.split())
        assert attrs <= allowed or "*" in allowed, f"{path} has {attrs - allowed} beyond the docs"
        optional = {"cell_methods", "*"} | ({"units"} if type_name(data) == "text" else set())
        assert allowed - attrs <= optional, f"{path} lacks {allowed - attrs}"

    with h5py.File(file) as f:
        f.visititems(compare)
    assert seen == set(patterns), f"not in the file: {set(patterns) - seen}"


def test_provenance_keeps_its_schema(file: Path) -> None:
    schema = json.loads((ROOT / "docs" / "schemas" / "provenance.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    with h5py.File(file) as f:
        document = json.loads(f.attrs["provenance"])
        assert document["run"]["scenario_toml"] == f.attrs["scenario_toml"].decode()
        assert document["run"]["seed"] == f.attrs["seed"] == 7
    jsonschema.validate(document, schema)
    for broken in ({**document, "user": "me"}, {**document, "run": {}}, {}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(broken, schema)
    private = [os.environ.get("USER"), os.environ.get("HOME"), os.uname().nodename, str(ROOT)]
    assert not [word for word in private if word and len(word) > 4 and word in json.dumps(document)]
