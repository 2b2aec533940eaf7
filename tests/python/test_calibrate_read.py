# SPDX-License-Identifier: Apache-2.0
"""Reading logs: tools told apart, defects mended and counted, hostile files refused."""

import random
from collections import Counter

import pandas as pd
import pytest

from pardner.calibrate import BadInput, Map, read_log, read_map
from pardner.calibrate.parse import amount, currency_of, date_format, day, decimal_sign

MAVEN = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value"


def write(path, *lines, encoding="utf-8"):
    path.write_bytes("\n".join(lines).encode(encoding) + b"\n")
    return path


# one of each, so that every log has won and lost
PLAIN = (
    "w,Ann,GTX,Acme,Won,2024-01-01,2024-02-01,10",
    "l,Ann,GTX,Acme,Lost,2024-01-01,2024-03-01,0",
)


def test_presets_are_told_apart_by_their_header(tmp_path):
    salesforce = write(
        tmp_path / "s.csv",
        "Opportunity ID,Opportunity Owner,Account Name,Stage,Created Date,Close Date,Amount",
        'a,Ann,Acme,Closed Won,01/31/2024,02/15/2024,"$1,200.50"',
        "b,Bob,Acme,Closed Lost,01/02/2024,02/15/2024,900",
        "c,Bob,Acme,Negotiation/Review,01/02/2024,12/31/2024,900",
    )
    hubspot = write(
        tmp_path / "h.csv",
        "Record ID,Deal Name,Deal Stage,Create Date,Close Date,Amount,Deal owner",
        "1,x,closedwon,2024-01-31 10:22,2024-02-15 09:00,100,Ann",
        "2,y,Closed Lost,2024-01-31 10:22,2024-02-16 09:00,100,Ann",
        "3,z,Contract sent,2024-01-31 10:22,,100,Ann",
    )
    a, b = read_log(salesforce), read_log(hubspot)
    assert (a.reading.preset, b.reading.preset) == ("salesforce", "hubspot")
    assert list(a.table["stage"]) == list(b.table["stage"]) == ["won", "lost", "open"]
    assert a.table["opened"][0] == b.table["opened"][0] == pd.Timestamp("2024-01-31")
    assert a.table["value"][0] == 1200.50
    assert a.reading.currency == "USD"
    # what Salesforce calls the close date of an open opportunity is a plan
    assert pd.isna(a.table["closed"][2])
    assert a.defects["open opportunities with a planned close date (ignored)"] == 1


def test_each_defect_is_counted_and_mended(tmp_path):
    write(tmp_path / "products.csv", "product,series,sales_price", "GTX Pro,G,100", "GTX 2,G,100")
    write(tmp_path / "accounts.csv", "account,sector", "Acme,technolgy", "Bolt,retail")
    write(
        tmp_path / "log.csv", MAVEN,
        "1,Ann,GTXPro,Acme,Won,2024-01-01,2024-02-01,95",  # spelling
        "2,Ann,GTX Pro,Acme,Won,2024-03-01,2024-02-01,95",  # closes before it opens
        "3,Ann,GTX Pro,,Lost,2024-01-01,2024-02-01,0",  # no account
        "4,Ann,GTX Pro,Acme,Won,2024-01-01,2024-02-01,-5",  # negative
        "5,Ann,GTX Pro,Acme,Won,2024-01-01,,5",  # no close date
        "6,Ann,GTX Pro,Acme,Engaging,,,",  # no engage date
        "7,Ann,GTX Pro,Acme,Lost,2024-01-01,2024-02-01,0",
        "7,Ann,GTX Pro,Acme,Lost,2024-01-01,2024-02-01,0",  # the same again
        "8,Ann,GTX Pro,Acme,Engaging,2024-01-01,,",
        "8,Ann,GTX Pro,Acme,Won,2024-01-01,2024-04-01,90",  # decided later: this one counts
        "9,Ann,GTX 3,Zeta,Won,2024-01-01,2024-02-01,nonsense",
        "10,Ann,GTX Pro,Acme,Limbo,2024-01-01,2024-02-31,,spare",
    )  # fmt: skip
    log = read_log(tmp_path)
    assert log.defects == {
        "rows with too few or too many cells": 1,
        "rows in a stage that is not known (read as open)": 1,
        "closed dates that cannot be read": 1,
        "amounts that cannot be read": 1,
        "rows with another spelling of a product": 1,
        "rows with a product not in the price list": 1,
        "rows that repeat another (dropped)": 1,
        "rows with an id used before (the last decided kept)": 1,
        "closes before it was engaged (engage date dropped)": 1,
        "decided without a close date (dropped)": 1,
        "decided without an engage date": 1,
        "open without an engage date": 1,
        "decided without an account": 1,
        "negative values (dropped)": 1,
        "won without a value": 2,
        "accounts with a misspelt sector": 1,
        "accounts not in the account list": 1,
    }
    table = log.table.set_index("id")
    # GTX 3 is no slip for GTX 2
    assert set(table["product"]) == {"GTX Pro", "GTX 3"}
    assert table.loc["8", "stage"] == "won"
    assert pd.isna(table.loc["2", "opened"])
    assert log.accounts == ["Acme", "Bolt", "Zeta"]


def test_a_map_overrides_columns_stages_dates_and_decimals(tmp_path):
    log = write(
        tmp_path / "log.csv", "Nr;Verkäufer;Kunde;Phase;Beginn;Ende;Betrag",
        "1;Jörg;Acme;Gewonnen;03.04.2024;05.06.2024;1.234,50 €",
        "2;Jörg;Acme;Verloren;03.04.2024;05.06.2024;",
        "3;Jörg;Acme;Test;03.04.2024;05.06.2024;",
        encoding="cp1252",
    )  # fmt: skip
    given = write(
        tmp_path / "map.toml",
        "[columns]", 'id = "Nr"', 'agent = "Verkäufer"', 'account = "Kunde"', 'stage = "Phase"',
        'opened = "Beginn"', 'closed = "Ende"', 'value = "Betrag"',
        "[stages]", 'Gewonnen = "won"', 'Verloren = "lost"', 'Test = "ignored"',
        "[window]", "start = 2024-01-01",
    )  # fmt: skip
    with pytest.raises(BadInput, match="fit no preset"):
        read_log(log)
    found = read_log(log, read_map(given))
    assert list(found.table["stage"]) == ["won", "lost"]
    assert found.table["value"][0] == 1234.5
    assert found.table["agent"][0] == "Jörg"
    assert found.table["closed"][0] == pd.Timestamp("2024-06-05")
    assert (found.reading.decimal, found.reading.currency) == (",", "EUR")
    assert found.defects["lines not in UTF-8 (read as Windows-1252)"] == 4


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("curency = 'EUR'", "did you mean currency"),
        ("decimal = ';'", "allowed: ., ,"),
        ("preset = 'sap'", "allowed: maven, salesforce, hubspot"),
        ("[stages]\nDone = 'finished'", "allowed: won, lost, open, ignored"),
        ("[window]\nstart = 2024-02-01\nend = 2024-01-01", "not before"),
        ("[accounts]\ncount = 0", "whole number"),
        ("columns = 3", "must be a table"),
        ("x = [", "not a TOML file"),
    ],
)
def test_a_wrong_map_says_what_is_allowed(tmp_path, text, says):
    with pytest.raises(BadInput, match=says):
        read_map(write(tmp_path / "map.toml", text))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\n\n  \n", "empty"),
        (MAVEN.encode() + b"\n", "no rows"),
        (b"a,b,c\n1,2,3\n", "fit no preset"),
        (b"\xff\xfe\x00", "UTF-16"),
        (bytes(range(32)) * 50, "not a text file"),
        (MAVEN.encode() + b"\n" + b'1,"' + b"x\n" * 500, "never closed"),
        (b"a," * 3000 + b"\n1\n", "columns; at most"),
        (MAVEN.encode() + b"\n1,A,G,C,Done,2024-01-01,2024-01-02,3\n", "no stage is known as won"),
        (MAVEN.encode() + b"\n1,A,G,C,Won,soon,later,3\n2,A,G,C,Lost,x,y,3\n", "no known form"),
        ((MAVEN + "\n" + "x" * (1 << 21) + "\n").encode(), "not a CSV file"),
    ],
)
def test_hostile_files_end_with_one_clear_message(tmp_path, content, says):
    path = tmp_path / "log.csv"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=says):
        read_log(path)


def test_wrong_paths_are_bad_input(tmp_path):
    with pytest.raises(BadInput, match="no such file"):
        read_log(tmp_path / "none.csv")
    with pytest.raises(BadInput, match="no CSV file"):
        read_log(tmp_path)
    for name in ("a.csv", "b.csv"):
        write(tmp_path / name, MAVEN, *PLAIN)
    with pytest.raises(BadInput, match=r"found a\.csv, b\.csv"):
        read_log(tmp_path)
    write(tmp_path / "c.csv", MAVEN.replace("close_date", "when"), *PLAIN)
    with pytest.raises(BadInput, match="no column for closed"):
        read_log(tmp_path / "c.csv", Map(preset="maven"))


SCRAPS = (
    '"',
    '""',
    ",",
    "\n",
    "\0",
    "=1+1",
    "-1e308",
    "1e-308",
    "NaN",
    "9999-12-31",
    "2024-13-45",
    "Won",
    "Lost",
    "Engaging",
    "\xff\xfe",
    "\ufeff",
    ";;;;;;",
    "\r",
    "\x1b[31m",
)


def test_damaged_logs_are_read_or_refused_but_never_break_the_reader(tmp_path):
    rng = random.Random(1)
    rows = [
        f"{i},Agent {i % 5},GTX,Account {i % 9},{('Won', 'Lost', 'Engaging')[i % 3]},"
        f"2024-01-{i % 28 + 1:02},{'' if i % 3 == 2 else f'2024-03-{i % 28 + 1:02}'},{i}.5"
        for i in range(60)
    ]
    whole = "\n".join([MAVEN, *rows])
    outcomes = Counter()
    for _ in range(300):
        text = whole
        for _ in range(rng.choice([1, 3, 30])):
            at = rng.randrange(len(text))
            text = text[:at] + rng.choice(SCRAPS) + text[at + rng.choice([0, 1, 12]) :]
        path = tmp_path / "log.csv"
        path.write_bytes(text.encode(rng.choice(["utf-8", "utf-16"]), "surrogatepass"))
        try:
            table = read_log(path).table
        except BadInput as error:
            assert str(error)
            outcomes["refused"] += 1
        else:
            assert set(table["stage"]) <= {"won", "lost", "open"}
            assert not (table["closed"] < table["opened"]).any()
            assert not (table["value"] <= 0).any()
            outcomes["read"] += 1
    assert outcomes["read"] > 30
    assert outcomes["refused"] > 30


def test_utf16_tabs_and_nul_bytes_are_read(tmp_path):
    lines = "\n".join([MAVEN, *PLAIN]).replace(",", "\t")
    path = tmp_path / "log.csv"
    path.write_bytes(lines.encode("utf-16"))
    assert len(read_log(path).table) == 2
    path.write_bytes(lines.replace("Ann", "An\0n").encode())
    log = read_log(path)
    assert set(log.table["agent"]) == {"Ann"}
    assert log.defects["NUL characters (dropped)"] == 2


def test_dates_and_amounts():
    defects = Counter()
    assert date_format(["31/01/2024", "02/03/2024"], False, defects) == "%d/%m/%Y"
    assert date_format(["01/31/2024", "02/03/2024"], True, defects) == "%m/%d/%Y"
    assert not defects
    assert date_format(["02/03/2024"], False, defects) == "%m/%d/%Y"
    assert date_format(["02/03/2024"], True, defects) == "%d/%m/%Y"
    assert sum(defects.values()) == 2
    assert str(day("2024-03-01T10:22:03.000Z", "%Y-%m-%d")) == "2024-03-01"
    assert str(day("3/1/2024, 9:05 AM", "%m/%d/%Y")) == "2024-03-01"
    assert day("9999-01-01", "%Y-%m-%d") is None
    assert decimal_sign(["1.234,50", "3"]) == ","
    assert amount("1.234,50 €", ",") == 1234.5
    assert amount("USD 1,234.50", ".") == 1234.5
    assert amount("(1,200)", ".") == -1200
    assert amount("1e999", ".") != amount("1e999", ".")  # infinite: no amount
    assert amount("=cmd()", ".") != amount("=cmd()", ".")
    assert currency_of(["£3", "£4", "$5"]) == "GBP"
    assert currency_of(["3", "4"]) is None
