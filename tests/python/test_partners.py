# SPDX-License-Identifier: Apache-2.0
"""Attributed beside incremental, account mapping, the story of a deal."""

import json
import re
from pathlib import Path

import matplotlib
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

matplotlib.use("agg")
from figures import texts
from matplotlib import pyplot as plt

import pardner
from pardner import _core, partners
from pardner.command_line import main
from pardner.errors import BadInput
from pardner.partners import attribution, contribution, plots, story
from pardner.partners.future import VENDOR, look, source_of

WEEKS = {"run.weeks": 52, "run.warmup": 13}
RESELLERS = pardner.scenarios["overlapping_resellers"].with_(WEEKS, name="resellers")
# Partner-run deals on partners' own contracts, so that they earn by margin.
FLOOR = pardner.scenarios["textbook"].with_(WEEKS, name="textbook")


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


# --- rules ------------------------------------------------------------------------------------


def rows_of(deals):
    """Rows as of `parties`: {deal: [(partner, engaged day, last day, hours, holds)]}."""
    day = np.datetime64("2027-02-01", "ns")
    rows = [
        (deal, partner, value, day + np.timedelta64(first, "D"), day + np.timedelta64(last, "D"),
         hours, float(i == 0), float(holds), partner != VENDOR and hours > 0, 30.0, 0.0)
        for deal, (value, all_) in deals.items()
        for i, (partner, first, last, hours, holds) in enumerate(all_)
    ]  # fmt: skip
    names = ["deal", "partner", "value", "engaged", "last_week", "hours", "won", "holds", "claims",
             "half_life", "referred"]  # fmt: skip
    return pd.DataFrame(rows, columns=names)


def test_the_triple_claim_by_hand():
    """C10: three claimants with 50, 30 and 20% of the hours; the second holds the registration."""
    rows = rows_of({"7-0": (100_000.0, [(VENDOR, 0, 91, 100, False), (0, 0, 0, 50, False),
                                        (1, 30, 60, 30, True), (2, 60, 90, 20, False)])})  # fmt: skip
    shared = {rule: attribution.attributed(rows, rule).tolist() for rule in attribution.RULES}
    assert shared["contract"] == [100_000, 0, 0, 0]
    assert shared["sourced"] == [50_000, 50_000, 0, 0]  # the same day: a tie
    assert shared["first_registered"] == [0, 0, 100_000, 0]
    assert shared["first_touch"] == [0, 100_000, 0, 0]
    assert shared["last_touch"] == [0, 0, 0, 100_000]
    assert shared["equal"] == pytest.approx([0, *3 * [100_000 / 3]])
    assert shared["effort"] == pytest.approx([0, 50_000, 30_000, 20_000])
    decay = np.array([0.5**3, 0.5, 1])
    assert shared["time_decay"] == pytest.approx([0, *(100_000 * decay / decay.sum())])
    assert shared["pay_all"] == [0, 100_000, 100_000, 100_000]
    assert attribution.by_partner(rows)["pay_all"].sum() == 300_000
    assert VENDOR not in attribution.by_partner(rows).index


PARTIES = st.lists(
    st.tuples(st.integers(-1, 4), st.integers(0, 60), st.integers(61, 120),
              st.floats(0, 200), st.booleans()),
    min_size=1, max_size=5, unique_by=lambda one: one[0],
)  # fmt: skip
DEALS = st.dictionaries(st.sampled_from(["1-0", "1-1", "2-0", "30-5"]),
                        st.tuples(st.floats(1, 1e6), PARTIES), min_size=1)  # fmt: skip


@given(DEALS)
def test_every_rule_shares_a_deal_out_once_at_most(deals):
    rows = rows_of(deals)
    claimed = rows.groupby("deal")["claims"].any()
    for rule in attribution.RULES:
        each = attribution.attributed(rows, rule)
        assert (each >= 0).all() and (each <= rows["value"] + 1e-6).all()
        total = each.groupby(rows["deal"]).sum()
        value = rows.groupby("deal")["value"].first()
        if rule == attribution.PAY_ALL:
            assert total.to_numpy() == pytest.approx(value * rows.groupby("deal")["claims"].sum())
        elif rule in ("contract", "sourced"):
            assert total.to_numpy() == pytest.approx(value)
        elif rule != "first_registered":  # a claim rule gives the deal to those who claim
            assert total.to_numpy() == pytest.approx(value * claimed)


@given(st.sets(st.integers(0, 60), min_size=1))
def test_ranges_name_the_partners(numbers):
    text = contribution.ranges(tuple(numbers))
    found = set()
    for part in text.split(", "):
        first, _, last = part.partition("-")
        found |= set(range(int(first), int(last or first) + 1))
    assert found == numbers
    parts = [int(n) for n in re.findall(r"\d+", text)]
    assert parts == sorted(parts)


@pytest.mark.parametrize("policy", ["pay_all", "equal", "effort", "time_decay", "first_touch",
                                    "last_touch", "first_registered"])  # fmt: skip
def test_shares_are_those_the_model_pays(policy):
    """With 20% to a claim and no discount, what the model pays is a fifth of what we attribute."""
    window = {"registration.window_weeks": 13} if policy == "first_registered" else {}
    scenario = RESELLERS.with_({"arms.open_3.attribution.policy": policy,
                                **{f"arms.open_3.{k}": v for k, v in window.items()}})  # fmt: skip
    future = look(source_of(scenario, "open_3"), 0, ("partners", "deal_events"))
    rows = attribution.parties(future)
    rows["attributed"] = attribution.attributed(rows, policy)
    events = story.deal_events(future)
    needs = future.log.drop_duplicates("deal").set_index("need")["deal"]
    paid = events[events["kind"] == "paid"]
    paid = paid.assign(deal=paid["need"].map(needs)).groupby(["deal", "partner"])["amount"].sum()
    found = rows.set_index(["deal", "partner"])
    inside = paid[paid.index.get_level_values("deal").isin(rows["deal"])]
    assert len(inside) > 20 and not inside.index.difference(found.index).size
    both = found["attributed"].to_frame().join(inside.rename("paid")).fillna({"paid": 0.0})
    if policy in ("first_touch", "last_touch"):  # ties: there by lot, here in equal parts
        both = both.groupby("deal").sum()
    both = (
        both.drop(index=VENDOR, level="partner", errors="ignore")
        if both.index.nlevels > 1
        else both
    )
    rough = {"effort": 2e-3, "time_decay": 1e-3}.get(policy, 1e-6)
    assert both["paid"].to_numpy() == pytest.approx(
        0.2 * both["attributed"].to_numpy(), rel=rough, abs=20
    )


def test_the_log_holds_what_the_outcomes_say():
    result = FLOOR.run(seed=3, replicate=2)
    future = look(source_of(result), 2, ())
    rows = attribution.parties(future)
    deals = rows.drop_duplicates("deal")
    assert deals["value"].sum() * 100 == pytest.approx(result["bookings_list"].sum(), abs=1)
    assert len(deals) == result["won"].sum()
    won = future.log[(future.log["outcome"] == "won") & (future.log["closed"] >= future.start)]
    assert (won["partner"] != VENDOR).sum() == result["won_partner"].sum()
    hours = future.log["hours"]
    assert (hours > 0).all() and (
        future.log["engaged"] >= future.log["born"] - pd.Timedelta(days=6)
    ).all()


# --- incremental ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def found():
    told = []
    result = pardner.incremental(FLOOR, replicates=12, seed=1, say=told.append)
    return result, told


def test_the_cost_is_said_first(found):
    _, told = found
    assert len(told) == 1 and told[0].startswith("cost: 60 runs (12 futures")  # 2 + 3 sets


def test_incremental_is_the_difference_to_the_same_futures(found):
    result, _ = found
    base = FLOOR.replicate(12, seed=1)
    without = FLOOR.with_({"program.without": "all"}).replicate(12, seed=1)
    for outcome, column in (("bookings_list", "incremental"), ("contribution", "contribution")):
        expected = (base[outcome].sum(axis=-1) - without[outcome].sum(axis=-1)).mean() / 100
        assert result.together[column] == pytest.approx(expected)
    assert result.together["error"] > 0 and result.together["low"] <= result.together["high"]
    assert without["won_partner"].sum() == 0


def test_one_kind_and_two_partners_make_four_rows(found):
    result, _ = found
    assert sorted(result.table["name"]) == ["Partner 0", "Partner 1", "all partners"]
    assert result.table["equal"].is_monotonic_decreasing  # the top one first
    pair = result.table[result.table["group"] == "partner"]
    assert pair["pay_all"].sum() == pytest.approx(result.together["pay_all"])
    ratio = result.over_attribution
    assert ratio.loc["equal", "ratio"] == pytest.approx(
        result.together["equal"] / result.together["incremental"]
    )
    assert "first_registered" not in ratio.index  # nobody registers


def test_it_is_said_in_words_table_and_picture(found):
    result, _ = found
    assert result.sentence.startswith("In this model, the same 12 futures without any partner")
    text = str(result)
    for words in ("on their contract", "range of futures", "never signed", "Over-attribution"):
        assert words in text
    assert max(map(len, text.split("\n")[:12])) <= 118
    page = result._repr_html_()
    assert page.startswith("<table") and "each in full" in page and "Partner 1" in page
    said = texts(result.plot().figure)
    for words in ("incremental, in this model", "attributed: equal split", "Partner 0",
                  "simulation error"):  # fmt: skip
        assert words in said


def test_parts_and_the_whole(tmp_path):
    """A result file, some partners only: together less the sum is the interaction."""
    path = tmp_path / "run.h5"
    RESELLERS.replicate(6, arms=["open_3"], output=path, progress=False)
    found = pardner.incremental(path, by="partner", partners=[0, 1, 2], say=None)
    rows = found.table.set_index("name")
    assert list(rows["group"]) == ["all", "partner", "partner", "partner", "listed"]
    one = found.interactions.iloc[0]
    alone = rows[rows["group"] == "partner"]["incremental"].sum()
    assert one["interaction"] == pytest.approx(rows.loc["these 3 together", "incremental"] - alone)
    assert found.source.arm == "open_3" and found.facts["futures"] == 6
    assert found.together["partners"] == 12


FRIENDS = """
format = 1
extends = "textbook"
[run]
weeks = 52
warmup = 13
[partnership.friends]
kind = "referral"
candidates = 4
signed_at_start = 4
fee = 0.2
reach = 0.6
lead_cost = 100
"""


def test_kinds_are_taken_away_one_by_one():
    """Who refers a deal has sourced it, without working on it."""
    scenario = pardner.Scenario.parse(FRIENDS)
    found = pardner.incremental(scenario, top=0, replicates=6, say=None)
    rows = found.table.set_index("name")
    assert list(rows.index) == ["all partners", "resellers", "referral"]
    assert list(rows["partners"]) == [6, 2, 4]
    assert rows.loc["referral", "sourced"] > 0 and rows.loc["referral", "pay_all"] == 0
    assert rows.loc["resellers", "pay_all"] == pytest.approx(rows.loc["all partners", "pay_all"])
    one = found.interactions.iloc[0]
    alone = rows["incremental"].iloc[1:].sum()
    assert one["interaction"] == pytest.approx(rows["incremental"].iloc[0] - alone)
    named = scenario.with_({"program.without": "friends"}).run()
    numbered = scenario.with_({"program.without": "2-5"}).run()
    assert named["won"].sum() == numbered["won"].sum()
    future = look(source_of(scenario), 0, story.TABLES)
    deal = future.log[future.log["source"] >= 0]["deal"].iloc[0]
    assert "referred it to the vendor." in str(pardner.explain(future, deal))
    with pytest.raises(BadInput, match="did you mean 'friends'"):
        scenario.with_({"program.without": "freinds"}).run()


def test_who_never_sells_brings_exactly_nothing():
    found = pardner.incremental(
        RESELLERS, arm="open_1", by="partner", partners=[5], replicates=4, say=None
    )
    row = found.table.set_index("name").loc["Partner 5"]
    assert row["incremental"] == row["error"] == row["contribution"] == row["pay_all"] == 0


def test_sellers_who_are_not_paid_are_another_way_to_be_without():
    unpaid = pardner.incremental(FLOOR, top=0, replicates=4, removed="unpaid", say=None)
    gone = pardner.incremental(FLOOR, top=0, replicates=4, say=None)
    assert unpaid.together["incremental"] == pytest.approx(gone.together["incremental"])
    assert "sellers not paid" in str(unpaid)


def test_what_cannot_be_asked_says_why():
    with pytest.raises(BadInput, match="kind, tier, partner"):
        pardner.incremental(FLOOR, by="colour")
    with pytest.raises(BadInput, match="there is no partner 7; they are numbered from 0 to 1"):
        pardner.incremental(FLOOR, partners=[7], replicates=1, say=None)
    with pytest.raises(BadInput, match="no partners"):
        pardner.incremental(FLOOR.with_({"program.candidates": 0, "program.signed_at_start": 0}),
                            replicates=1, say=None)  # fmt: skip
    with pytest.raises(BadInput, match="keeps no log"):
        pardner.incremental("bass", replicates=1)
    with pytest.raises(BadInput, match="no option 'x'"):
        pardner.incremental(FLOOR, arm="x")


# --- account mapping ---------------------------------------------------------------------------


def test_the_matrix_counts_accounts():
    scenario = pardner.scenarios["saas_60"].with_(
        WEEKS | {"market.accounts": 300, "run.vary": "chance"}
    )
    found = pardner.overlap(scenario, replicate=1)
    cells = found.cells()
    signed = found.partners[found.partners["status"] != "candidate"]
    assert sorted(cells["partner"].unique()) == sorted(signed.index)
    known = found.reach[found.reach["partner"].isin(signed.index)]
    assert cells["accounts"].sum() == len(known)
    ours = known["account"].map(found.accounts["customer"]) == 1
    table = found.matrix()
    assert table[("customer", "customer")].sum() == ours.sum() > 10
    assert table[("prospect", "prospect")].sum() == 0  # by chance, all it knows are its customers
    value = found.matrix(value="potential")[("prospect", "customer")]
    expected = (
        known[~ours]
        .groupby("partner")["account"]
        .apply(lambda rows: found.accounts.loc[rows, "potential"].sum())
    )
    expected = expected.rename(index=partners.future.partner_name).reindex(
        value.index, fill_value=0
    )
    assert value.to_numpy() == pytest.approx(expected.to_numpy())
    assert found.by_count().to_numpy().sum() == len(found.accounts) == 375
    assert len(found.matrix(candidates=True)) == 60
    assert "partners know" in found.sentence and "USD" in found.sentence
    assert "your prospects, their customers" in found._repr_html_()
    assert "accounts" in texts(plots.plot_overlap(found.by_count()).figure)


def test_a_round_trip_through_the_file_changes_nothing(tmp_path):
    small = pardner.scenarios["saas_60"].with_(
        WEEKS | {"market.accounts": 200, "program.activation_share": 1, "run.vary": "chance"}
    )
    file = pardner.overlap(small).to_csv(tmp_path / "known.csv")
    told = small.with_({"leads.known_accounts": file})
    a, b = small.replicate(3), told.replicate(3)
    for outcome in a.outcomes:
        assert np.array_equal(a[outcome], b[outcome], equal_nan=True), outcome
    assert a["won_partner"].sum() > 0
    again = pardner.overlap(told)
    assert again.to_csv(tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_text() == Path(file).read_text()
    # The scenario holds the table: the file may go.
    Path(file).unlink()
    kept = pardner.Scenario.parse(told.text)
    assert kept == told and kept.run()["won"].sum() == told.run()["won"].sum()


@pytest.mark.parametrize(
    ("line", "column", "row", "message", "help_"),
    [
        (2, 1, "acount,1,customer", "'acount' is no account", "numbered 0 to 124"),
        (2, 1, "Acount 000003,1,customer", "is no account", "did you mean 'Account 000003'?"),
        (2, 3, "3,Partnr 1,customer", "is no partner", "did you mean 'Partner 1'?"),
        (2, 3, "3,77,customer", "there is no partner 77", "numbered 0 to 59"),
        (2, 5, "3,1,custmer", "'custmer' is no status", "did you mean 'customer'?"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_file_has_its_place(tmp_path, line, column, row, message, help_):
    file = tmp_path / "known.csv"
    file.write_text(f"account,partner,status\n{row}\n", "utf-8")
    scenario = pardner.scenarios["saas_60"].with_(
        {"run.vary": "chance", "market.accounts": 100, "leads.known_accounts": str(file)}
    )
    with pytest.raises(BadInput) as caught:
        scenario.run()
    for words in (f"known.csv:{line}:{column}", row, message, help_):
        assert words in str(caught.value)


def test_a_file_that_is_no_text_is_refused(tmp_path):
    file = tmp_path / "known.csv"
    file.write_bytes("account,partner,status\nMüller,1,customer\n".encode("latin-1"))
    with pytest.raises(pardner.ScenarioError, match="is no UTF-8"):
        pardner.scenarios["saas_60"].with_({"leads.known_accounts": str(file)})
    with pytest.raises(pardner.ScenarioError, match="can't read"):
        pardner.scenarios["saas_60"].with_({"leads.known_accounts": str(tmp_path / "none.csv")})


# --- the story of a deal -----------------------------------------------------------------------


def test_names_of_events_are_the_models():
    columns = {c["name"]: c["meaning"] for c in _core.describe_model("ecosystem")["columns"]
               if c["table"] == "deal_events"}  # fmt: skip
    for column, names in (("kind", story.EVENTS), ("reason", story.REASONS)):
        found = re.findall(r"(\d+) (\w+)", columns[column])
        assert [name for _, name in found] == list(names)
        assert [int(number) for number, _ in found] == list(range(len(names)))
    assert set(story.WHY) == set(story.REASONS) - {"none"}


@pytest.fixture(scope="module")
def triple():
    """A future in which three resellers a territory claim what they worked on."""
    return look(source_of(RESELLERS, "open_3"), 0, story.TABLES)


def test_a_deal_that_three_claim_is_told(triple):
    table = partners.deals(triple)
    several = table[(table["outcome"] == "won") & (table["firms"] >= 4)]
    told = pardner.explain(triple, several["deal"].iloc[0])
    text = str(told)
    assert text.startswith(f"Deal {several['deal'].iloc[0]}: widget for Account 0")
    for words in ("came to need widget", "began to work on it", "bought for", "claimed credit",
                  "Paid on claims:", "Payouts on claims are", "Attributed "):  # fmt: skip
        assert words in text, text
    events = story.deal_events(triple)
    own = events[events["need"] == triple.log.set_index("deal").loc[told.deal, "need"].iloc[0]]
    paid = own[own["kind"] == "paid"]
    assert len(paid) == text.count("Paid on claims:") >= 3
    share = 100 * paid["amount"].sum() / own[own["kind"] == "won"]["amount"].iloc[0]
    assert round(share) == round(20 * len(paid)) and f"are {share:.3g}%" in text
    assert told.events["day"].is_monotonic_increasing
    page = told._repr_html_()
    assert (
        page.startswith("<table")
        and "Payouts on claims" in page
        and "What each rule attributes" in page
    )


def test_registration_is_told():
    future = look(source_of(RESELLERS, "registered_3"), 0, story.TABLES)
    events = story.deal_events(future)
    kinds = set(events["kind"])
    assert {"filed", "approved", "converted"} <= kinds
    needs = future.log.drop_duplicates("need").set_index("need")["deal"]
    for kind, words in (("filed", "filed a registration"), ("approved", "holds the deal"),
                        ("converted", "held the registration"), ("queued", "into the queue"),
                        ("expired", "lost its registration")):  # fmt: skip
        some = [n for n in events[events["kind"] == kind]["need"] if n in needs.index]
        if some:
            assert words in str(pardner.explain(future, needs[some[0]]))


def test_every_deal_can_be_told(triple):
    table = partners.deals(triple)
    assert table["deal"].is_unique and set(table["outcome"]) <= {
        "won",
        "lost",
        "no decision",
        "open",
    }
    assert len(table) == triple.log["deal"].nunique()
    for deal in table["deal"].iloc[:: max(1, len(table) // 40)]:
        told = pardner.explain(triple, deal)
        assert len(told.sentences) >= 2 and all(line.endswith(".") for line in told.sentences)


def test_a_contract_on_partners_paper_says_what_the_partner_keeps():
    future = look(source_of(FLOOR), 0, story.TABLES)
    table = partners.deals(future)
    deal = table[table["won_by"].str.startswith("Partner")]["deal"].iloc[0]
    text = str(pardner.explain(future, deal))
    assert "it keeps 7,000 USD of the 28,000 USD that the customer pays" in text


def test_an_unknown_deal_names_what_is_near(triple):
    some = triple.log["deal"].iloc[0]
    with pytest.raises(BadInput, match=f"did you mean.*{some.split('-')[0]}-"):
        pardner.explain(triple, f"{some.split('-')[0]}-99")
    with pytest.raises(BadInput, match="future 99: there are 0 to"):
        pardner.explain(FLOOR, "1-1", replicate=9999) if False else pardner.explain(
            FLOOR.replicate(2), "1-1", replicate=99
        )


def test_the_map_of_touches(triple):
    ax = plots.plot_touches(triple, most=12)
    said = texts(ax.figure)
    for words in ("the vendor's people", "a partner's sellers", "won something there", "account"):
        assert words in said
    assert len(ax.get_yticklabels()) == 12


def test_the_waterfall_adds_up():
    ax = plots.plot_waterfall(
        [("first year", 100_000.0), ("claims", -60_000.0), ("own cost", -45_000.0)]
    )
    said = texts(ax.figure)
    assert "−5k" in said and "−60k" in said and "left to you" in said
    assert ax.patches[-1].get_height() == -5000


# --- commands ----------------------------------------------------------------------------------


def test_the_commands(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    FLOOR.replicate(3, seed=2, output=tmp_path / "run.h5", progress=False)
    assert (
        main(["incremental", "run.h5", "--top", "1", "-o", "a.png", "-o", "a.csv", "-o", "a.html"])
        == 0
    )
    said = capsys.readouterr()
    assert said.err.startswith("cost: ") and "In this model" in said.out
    for name in ("a.png", "a.csv", "a.html"):
        assert (tmp_path / name).stat().st_size > 300
    assert main(["incremental", "run.h5", "--top", "0", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["sets"][0]["name"] == "all partners" and document["futures"] == 3
    assert main(["incremental", "run.h5", "-o", "a.xyz"]) == 3
    assert "must end in" in capsys.readouterr().err
    assert main(["overlap", "run.h5", "--csv", "known.csv", "--all"]) == 0
    assert "wrote known.csv" in capsys.readouterr().out
    assert (tmp_path / "known.csv").read_text().startswith("account,partner,status")
    assert main(["explain", "run.h5", "--list", "--most", "3"]) == 0
    listed = capsys.readouterr().out
    assert "and" in listed and "more" in listed
    deal = re.search(r"\d+-\d+", listed)[0]
    assert main(["explain", "run.h5", "--deal", deal]) == 0
    assert f"Deal {deal}" in capsys.readouterr().out
    assert main(["explain", "run.h5", "--deal", "9999-0"]) == 3
