# SPDX-License-Identifier: Apache-2.0
"""Scenarios, runs and results as Python sees them."""

import pickle
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

import pardner
from pardner import Comparison, Ensemble, Scenario

SMALL = {"run.weeks": 26, "run.warmup": 4, "run.record_every": 2}


@pytest.fixture(scope="module")
def base() -> Scenario:
    return pardner.scenarios["saas_60"].with_(SMALL, name="as is")


@pytest.fixture(scope="module")
def more(base: Scenario) -> Scenario:
    return base.with_({"hiring.account_executives": 1}, name="one more account executive")


@pytest.fixture(scope="module")
def ensemble(base: Scenario) -> Ensemble:
    return base.replicate(4, seed=3)


@pytest.fixture(scope="module")
def comparison(base: Scenario, more: Scenario) -> Comparison:
    return pardner.compare([base, more], replicates=6, seed=1)


# --- scenarios ----------------------------------------------------------------------------------


def test_packaged_scenarios_are_listed_and_load() -> None:
    assert {"saas_60", "bass", "boltzmann", "contest"} <= set(pardner.scenarios)
    for name in pardner.scenarios:
        assert pardner.scenarios[name].name == name
    with pytest.raises(KeyError, match="saas_60"):
        pardner.scenarios["saas"]


def test_a_scenario_is_immutable_equal_by_text_and_pickles(base: Scenario) -> None:
    before = base.text
    more = base.with_({"hiring.account_executives": 2}, name="two more")
    assert base.text == before and more != base
    assert (more.name, more.title) == ("two more", "two more")
    assert more == base.with_({"hiring.account_executives": 2})
    assert len({base, more, base.with_({})}) == 2
    again = pickle.loads(pickle.dumps(more))
    assert again == more and again.title == "two more"
    assert Scenario.parse(more.text) == more


@pytest.mark.parametrize(
    ("value", "found"),
    [(2, 2.0), (np.int64(2), 2.0), ("1", 1.0), ({"value": 3, "low": 1, "high": 4}, 3.0)],
)
def test_values_of_many_kinds(base: Scenario, value: object, found: float) -> None:
    changed = base.with_({"hiring.account_executives": value})
    assert changed.parameters().loc["hiring.account_executives", "value"] == found


def test_texts_are_quoted(base: Scenario) -> None:
    title = 'a "quoted" \\ title with \x7f, é and 😀'
    assert base.with_({"run.title": title}).title == title


def test_an_unknown_key_says_where_and_what_is_near(base: Scenario) -> None:
    with pytest.raises(pardner.ScenarioError) as caught:
        base.with_({"hiring.acount_executives": 1})
    assert isinstance(caught.value, ValueError)
    assert caught.value.key == "hiring.acount_executives"
    assert "account_executives" in caught.value.problems[0]["help"]


def test_a_bad_file_says_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "acme.toml"
    path.write_text('format = 1\nextends = "saas_60"\n[hiring]\naccount_executives = -1\n')
    with pytest.raises(pardner.ScenarioError) as caught:
        Scenario.load(path)
    assert (caught.value.line, caught.value.file) == (4, str(path))
    with pytest.raises(pardner.PardnerError, match="no_such"):
        Scenario.load(tmp_path / "no_such.toml")


def test_parameters_are_a_table(base: Scenario) -> None:
    table = base.parameters()
    assert table.index.is_unique and len(table) > 60
    assert table.loc["run.weeks", "value"] == 26
    assert (table["meaning"].str.len() > 5).all()


# --- results ------------------------------------------------------------------------------------


def test_a_result_has_dims_units_and_dates(ensemble: Ensemble) -> None:
    ds = ensemble.to_xarray()
    assert dict(ds.sizes) == {"arm": 1, "replicate": 4, "time": 13}
    assert list(ds["arm"].values) == ["base"]
    assert ds["contribution"].attrs["units"] == "USD cent"
    assert ds["contribution"].attrs["kind"] == "flow" and ds["cash"].attrs["kind"] == "stock"
    assert ds["time"].values[0] == np.datetime64("2026-02-16") and ds.attrs["start"] == "2026-02-02"
    assert ds["param__hiring__account_executives"].attrs["key"] == "hiring.account_executives"
    drawn = [c for c in ds.coords if c.startswith("param__") and "replicate" in ds[c].dims]
    assert drawn and all(ds[c].attrs["low"] < ds[c].attrs["high"] for c in drawn)


def test_arrays_are_views_that_nobody_can_write(ensemble: Ensemble) -> None:
    for name in ensemble.outcomes:
        array, again = ensemble[name], ensemble[name]
        assert not array.flags.writeable and array.dtype in (np.int64, np.float64)
        address = array.__array_interface__["data"][0]
        assert address == again.__array_interface__["data"][0]
        assert address == ensemble.to_xarray()[name].values.__array_interface__["data"][0]
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0, 0] = 1
        with pytest.raises(ValueError):
            array.flags.writeable = True


def test_a_view_keeps_the_run_alive(base: Scenario) -> None:
    held = base.replicate(2, seed=5)
    view, copy = held["contribution"], held["contribution"].copy()
    del held
    for seed in range(3):  # would reuse the memory
        base.replicate(2, seed=seed)
    assert (view == copy).all()


def test_one_future_is_that_of_the_ensemble(base: Scenario, ensemble: Ensemble) -> None:
    result = base.run(seed=3, replicate=2)
    assert result["contribution"].shape == (13,)
    assert (result["contribution"] == ensemble["contribution"][0, 2]).all()
    assert result.to_xarray()["replicate"].values == [2]
    table = result.to_pandas()
    assert table.index.name == "time" and table.loc["2026-02-16", "won"] == result["won"][0]


def test_an_arm_alone_is_that_arm_among_others(comparison: Comparison) -> None:
    alone = comparison.scenario.run(seed=1, arm="one_more_account_executive", replicate=3)
    for name in alone.outcomes:
        assert np.array_equal(alone[name], comparison[name][1, 3], equal_nan=True), name


def test_a_tidy_table(ensemble: Ensemble) -> None:
    table = ensemble.to_pandas()
    assert len(table) == 4 * 13
    row = table[(table["replicate"] == 1) & (table["time"] == "2026-03-02")].iloc[0]
    assert row["contribution"] == ensemble["contribution"][0, 1, 1]
    assert table["contribution"].dtype == np.int64


def test_results_pickle_with_values(ensemble: Ensemble) -> None:
    again = pickle.loads(pickle.dumps(ensemble))
    xr.testing.assert_identical(again.to_xarray(), ensemble.to_xarray())
    assert again.digest == ensemble.digest and again.phase_seconds == ensemble.phase_seconds


def test_threads_and_order_change_nothing(base: Scenario, ensemble: Ensemble) -> None:
    assert base.replicate(4, seed=3, threads=1).digest == ensemble.digest
    assert base.replicate(4, seed=4).digest != ensemble.digest


def test_html_is_escaped_and_shows_what_changed(base: Scenario) -> None:
    nasty = base.with_({"run.title": "<script>alert(1)</script>", "hiring.account_executives": 7})
    for page in (nasty._repr_html_(), nasty.replicate(1)._repr_html_()):
        assert "<script>" not in page and "&lt;script&gt;" in page
    assert nasty._repr_html_().count("(changed)") >= 1


@pytest.mark.parametrize("kind", ["result", "ensemble"])
def test_pictures(base: Scenario, ensemble: Ensemble, kind: str) -> None:
    held = base.run() if kind == "result" else ensemble
    assert held.plot("won").get_ylabel().startswith("cumulative won")
    assert len(held.plot().axes) >= len(held.outcomes)


def test_versions(capsys: pytest.CaptureFixture[str]) -> None:
    pardner.show_versions()
    said = capsys.readouterr().out
    assert pardner.__version__ in said and "xarray" in said and "threads" in said


def test_calibrate_is_there_when_used() -> None:
    assert pardner.calibrate.crm
    with pytest.raises(AttributeError, match="calibrat"):
        pardner.calibrat  # noqa: B018


@pytest.mark.parametrize(
    "wrong", [{"n": 0}, {"n": -1}, {"n": 2.5}, {"seed": -1}, {"first": -1}, {"threads": -2}]
)
def test_wrong_numbers_are_named(base: Scenario, wrong: dict[str, float]) -> None:
    with pytest.raises(pardner.BadInput, match=next(iter(wrong))):
        base.replicate(**({"n": 1} | wrong))
    with pytest.raises(pardner.BadInput, match="as_was"):
        base.run(arm="as_was")


def test_a_run_that_is_stopped_leaves_what_was_finished(base: Scenario, tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        if done > 5 * 30:
            raise LookupError

    with pytest.raises(LookupError):
        base.replicate(3000, output=tmp_path / "x.h5", progress=stop)
    assert [p.name for p in tmp_path.iterdir()] == ["x.h5.partial"]
    held = pardner.open(tmp_path / "x.h5.partial")
    status = held.to_xarray()["status"].values[0]
    assert 0 < status.sum() < 3000  # of some 5 finished, what was written until now
    table = held.to_pandas().groupby("replicate")["contribution"]
    assert (table.count() > 0).sum() == status.sum(), "what did not run is missing, not a number"


# --- files --------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ["h5netcdf", "netcdf4"])
def test_a_file_holds_what_memory_held(ensemble: Ensemble, tmp_path: Path, engine: str) -> None:
    path = tmp_path / "saved.h5"
    assert ensemble.save(path) == ensemble.digest
    opened = pardner.open(path, engine)
    assert type(opened) is Ensemble and opened.digest == ensemble.digest
    memory, file = ensemble.to_xarray(), opened.to_xarray()
    assert memory.equals(file)  # not one by one: each of its arrays has all parameters beside it
    for name in memory.variables:
        assert memory[name].dtype.kind == file[name].dtype.kind, name
        for key, value in memory[name].attrs.items():
            assert np.all(file[name].attrs[key] == value), (name, key)
    assert {k: file.attrs[k] for k in memory.attrs} == memory.attrs
    assert not opened["contribution"].flags.writeable
    assert opened.scenario == ensemble.scenario
    assert pickle.loads(pickle.dumps(opened)).digest == ensemble.digest


def test_writing_while_running_is_the_same_file(comparison: Comparison, tmp_path: Path) -> None:
    path = tmp_path / "run.h5"
    held = comparison.scenario.replicate(6, seed=1, output=path)
    assert held.path == str(path) and held.digest == comparison.digest
    opened = pardner.open(path)
    assert type(opened) is Comparison
    assert str(opened.effects("won")) == str(comparison.effects("won"))


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "no.h5"
    path.write_text("nothing of the kind")
    with pytest.raises(pardner.ResultFileError, match=r"no\.h5"):
        pardner.open(path)
    with pytest.raises(OSError, match=r"absent\.h5"):
        pardner.open(tmp_path / "absent.h5")
