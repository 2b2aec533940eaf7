# SPDX-License-Identifier: Apache-2.0
"""The report is complete, escaped, self-contained, and opens in a browser without complaint."""

import functools
import re
import shutil
import subprocess
import threading
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import matplotlib
import numpy as np
import pandas as pd
import pytest
from synthetic import INPUTS, company

matplotlib.use("agg")
from matplotlib import pyplot as plt

from pardner import effects, html, recommendation, report, tables, wording

DELTA = 16_000_00
EVIL = "<script>alert('x')</script> & \"quoted\""
VOID = {"meta", "link", "br", "path", "use", "rect", "circle", "img", "hr"}


class Page(HTMLParser):
    """Text, tags and attributes of a page; fails on tags that do not close."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.words, self.attributes, self.open = [], [], [], []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data):
        if not self.open or self.open[-1] not in ("style", "script"):
            self.words.append(data)

    @property
    def text(self):
        return re.sub(r"\s+", " ", " ".join(self.words))


def answer_of(replicates=300, **world):
    ds = company(replicates, **world)
    return ds, recommendation.recommend(
        ds, delta=DELTA, rerun=lambda key, value: company(replicates, inputs={key: value}, **world)
    )


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    ds, answer = answer_of()
    path = report.write_report(
        ds, tmp_path_factory.mktemp("page") / "deep" / "report.html", answer=answer,
        left_out=["Rivals do not react.", EVIL], could_not_tell=report.could_not_tell(answer),
        inputs=tables.input_rows(ds),
    )  # fmt: skip
    plt.close("all")
    return ds, answer, path


def test_the_report_holds_everything_it_must(written):
    ds, answer, path = written
    page = Page(path.read_text(encoding="utf-8"))
    for text in (
        answer.sentence, "What this answer leaves out", "Rivals do not react.",
        "What your data could not tell", "What the answer depends on", "the answer changes",
        "Every input, and where it comes from", "Provenance", '"program": "pardner 0.1.0"',
        tables.MEAN, tables.RANGE, tables.WINS, "12 months", "24 months", "36 months",
        "a difference below 16.0k USD counts as of no use",
        "Contribution: gross margin less pay: the figure that decides.",
    ):  # fmt: skip
        assert text in page.text
    for e in effects.effects(ds, "contribution", delta=DELTA):
        assert e.title in page.text and str(e.verdict) in page.text
    for key in INPUTS:
        assert key in page.text
    for status in ("fitted", "sourced", "assumed"):
        assert status in page.text
    break_even = answer.flips[0].input.say(answer.flips[0].break_evens[0])
    assert f"break-even between “One partner manager” and “One more account executive” at about " \
           f"{break_even}." in page.text  # fmt: skip


def test_the_numbers_of_the_page_are_those_of_the_effects(written):
    ds, _, path = written
    table = tables.short_table(effects.effects(ds, "contribution", delta=DELTA))
    page = path.read_text(encoding="utf-8")
    cells = re.findall(r'<td role="cell"[^>]*>([^<]*)</td>', page)
    assert cells == [cell for group in table.groups for _, row in group.rows for cell in row]


def test_all_text_is_escaped(written):
    page = Page(written[2].read_text(encoding="utf-8"))
    assert "script" not in page.tags and EVIL in page.text
    ds = company(30).assign_coords(arm_title=("arm", [EVIL, "<img src=x>", "c"]))
    ds.attrs |= {"title": EVIL, "provenance": EVIL}
    ds["contribution"].attrs |= {"long_name": "<b>bold</b>", "short_name": "<b>bold</b>"}
    row = {"key": EVIL, "meaning": EVIL, "value": EVIL, "status": "assumed", "source": EVIL}
    path = written[2].with_name("evil.html")
    report.write_report(ds, path, answer=EVIL, left_out=[EVIL], could_not_tell=[EVIL],
                        inputs=[row], pictures=[(EVIL, plt.figure())])  # fmt: skip
    page = Page(path.read_text(encoding="utf-8"))
    assert not {"script", "img", "b"} & set(page.tags)
    plt.close("all")


def test_nothing_comes_from_outside(written):
    page = Page(written[2].read_text(encoding="utf-8"))
    assert not {"script", "iframe", "object", "embed"} & set(page.tags)
    for name, value in page.attributes:
        if name in ("src", "href", "xlink:href", "action", "srcset", "data"):
            assert value.startswith(("#", "data:")), value
    style = re.sub(r"<svg.*?</svg>", "", written[2].read_text(encoding="utf-8"), flags=re.DOTALL)
    assert (
        "url(" not in style
        and "@import" not in style
        and "http:" not in style
        and "https:" not in style
    )


def test_it_can_be_read_aloud(written):
    """Language, title, headings in order, header cells with a scope, a text for every picture."""
    page = Page(written[2].read_text(encoding="utf-8"))
    assert ("lang", "en") in page.attributes and "title" in page.tags
    headings = [int(tag[1]) for tag in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert headings[0] == 1 and headings.count(1) == 1
    assert page.tags.count("th") == sum(name == "scope" for name, _ in page.attributes)
    pictures = [v for n, v in page.attributes if n == "aria-label" and v.startswith("Diff")]
    assert "One partner manager at 36 months" in pictures[0] and "best in" in pictures[0]
    ids = [value for name, value in page.attributes if name == "id"]
    assert len(ids) == len(set(ids)) > 0
    used = [v[1:] for n, v in page.attributes if n in ("href", "xlink:href") and v[0] == "#"]
    used += re.findall(r"url\(#([^)]*)\)", written[2].read_text(encoding="utf-8"))
    assert used and set(used) <= set(ids)


def test_colours_of_text_have_contrast():
    css = Path(report._template().filename).read_text(encoding="utf-8")
    colours = re.findall(r"(?:--ink|--soft|--mark|\bcolor): *(#[0-9a-f]{6})", css)
    assert len(colours) >= 6
    for colour in colours:
        rgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
        linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
        on_pale = 0.914  # luminance of the palest background, #f4f6f8
        assert (on_pale + 0.05) / (linear @ [0.2126, 0.7152, 0.0722] + 0.05) >= 4.5, colour


def test_the_same_comparison_writes_the_same_page(written, tmp_path):
    ds, answer, path = written
    again = report.write_report(
        ds, tmp_path / "again.html", answer=answer, left_out=["Rivals do not react.", EVIL],
        could_not_tell=report.could_not_tell(answer), inputs=tables.input_rows(ds),
    )  # fmt: skip
    assert again.read_bytes() == path.read_bytes()
    assert [p.name for p in tmp_path.iterdir()] == ["again.html"]
    plt.close("all")


def test_a_plain_answer_and_empty_lists_make_a_page(tmp_path):
    frame = pd.DataFrame([{"key": "a.b", "value": 0.25, "status": "fitted", "low": None}])
    path = report.write_report(
        company(20), tmp_path / "r.html", answer="Hire.", inputs=frame, at=["6 months"],
        title="A title", provenance={"seed": 1},
    )  # fmt: skip
    page = Page(path.read_text(encoding="utf-8"))
    assert "Hire." in page.text and "A title" in page.text and "0.25" in page.text
    assert "Nothing was declared as left out." in page.text and '"seed": 1' in page.text
    assert "Warning: only 20 futures" in page.text and "12 months" not in page.text
    plt.close("all")


def test_an_input_without_a_mark_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"'a\.b' must be marked assumed, sourced, fitted"):
        report.write_report(company(20), tmp_path / "r.html", answer="", inputs=[{"key": "a.b"}])
    assert list(tmp_path.iterdir()) == []
    plt.close("all")


def test_what_the_data_decided_is_not_listed_as_unknown():
    _, answer = answer_of(100)
    keys = {one.input.key for one in answer.dependences}
    assert len(report.could_not_tell(answer)) == len(keys)
    assert report.could_not_tell(answer, known=keys) == []


def test_input_rows():
    ds = company(50)
    ds.coords["param__rival__count"] = ("arm", [3.0, 3, 3], {"evidence": "field_study"})
    ds.coords["param__rep__count"] = ("arm", [6.0, 7, 6])
    ds.coords["param__start"] = ("arm", ["2027-02-01"] * 3)
    ds["param__start"].attrs["key"] = "vendor.start"
    ds.coords["param__run__weeks"] = ("arm", [52.0] * 3, {"key": "run.weeks"})
    ds.coords["param__pay"] = ("arm", [9e4] * 3, {"low": "9e4", "high": "9e4", "units": "currency"})
    rows = {row["key"]: row for row in tables.input_rows(ds, {"deal.win_rate": "your log"})}
    assert rows["rival__count"]["value"] == "3" and rows["rival__count"]["status"] == "sourced"
    assert rows["rep__count"]["value"] == "6 | 7 | 6" and rows["rep__count"]["status"] == "assumed"
    assert rows["vendor.start"]["value"] == "2027-02-01"
    assert "run.weeks" not in rows
    assert [rows["pay"][k] for k in ("value", "low", "unit")] == ["90,000", "", "USD"]
    assert (rows["market.growth"]["low"], rows["market.growth"]["high"]) == ("−0.05", "0.15")
    assert rows["deal.win_rate"]["source"] == "your log"
    assert rows["deal.win_rate"]["status"] == "fitted"
    assert rows["market.growth"]["value"].startswith("drawn, median 0.0")


def test_the_table_for_the_terminal():
    found = effects.effects(company(), "contribution", delta=DELTA)
    lines = tables.format_table(found).splitlines()
    assert max(map(len, lines)) <= 100
    assert lines[0].split("  ")[0] == "Contribution, USD, 200 futures"
    assert "12 months" in lines[0] and lines[1].startswith("As is")
    assert sum(line.startswith(f"  {tables.MEAN}") for line in lines) == 2
    e, unit = found["partner_manager"][1], found[0].unit
    cells = dict(tables.short_table(found).groups[2].rows)
    assert cells[tables.RANGE][1] == wording.interval(e.low, e.high, unit, with_unit=False)
    assert cells[tables.MEAN][1] == wording.plus_minus(e.mean, e.error, unit, with_unit=False)
    assert cells[tables.WINS][1] == wording.count_of_100(e.wins)
    few = tables.format_table(effects.effects(company(50), "contribution"))
    assert "warning: only 50 futures" in few
    fixed = effects.effects(company(), "contribution", fixed=company(noise=0.5))
    assert f"{tables.MEAN}, inputs fixed" in tables.format_table(fixed)


def test_notebook_fragments_are_tables_with_escaped_text():
    rows = [
        {"key": "deal.win_rate", "value": "20%", "default": "18%", "meaning": EVIL},
        {"key": "rep.count", "value": 6, "default": 6},
    ]  # fmt: skip
    page = Page(html.parameter_table(rows, title=EVIL))
    assert "script" not in page.tags and page.text.count("(changed)") == 1
    changed = [v for n, v in page.attributes if n == "style" and "background" in v]
    assert len(changed) == 1
    ds = company(30).assign_coords(arm_title=("arm", [EVIL, "b", "c"]))
    found = effects.effects(ds, "contribution")
    fragment = found._repr_html_()
    assert fragment == html.effect_table(found)
    page = Page(fragment)
    assert "script" not in page.tags and EVIL in page.text and "only 30 futures" in page.text


def test_result_fragments_and_sparklines():
    fragment = html.result_table(
        [("contribution", [0, 50_00, 123_456_00], "USD cent"), (EVIL, [1.0], "1")], title="Result"
    )
    page = Page(fragment)
    assert "123k USD" in page.text and page.tags.count("svg") == 2 and "script" not in page.tags
    line = html.sparkline([0, 1, 0.5], name="x", width=100, height=30)
    points = re.search(r'points="([^"]*)"', line)[1].split()
    assert points == ["2.0,27.0", "50.0,3.0", "98.0,15.0"]
    for bad in ([], [np.nan], [[1, 2]]):
        with pytest.raises(ValueError, match="finite numbers"):
            html.sparkline(bad, name="x")


CHROMIUM = shutil.which("chromium")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")


class Recorder(SimpleHTTPRequestHandler):
    """Serves a folder and keeps what was asked for."""

    asked: ClassVar[list[str]] = []

    def log_message(self, *_):
        self.asked.append(self.path)


def visit(page, width=1280):
    """Opens a page in headless Chromium: (requests to the server, console messages, picture)."""
    Recorder.asked.clear()
    handler = functools.partial(Recorder, directory=str(page.parent))
    picture = page.with_suffix(f".{width}.png")
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        done = subprocess.run(
            [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
             f"--user-data-dir={page.parent / 'profile'}", f"--window-size={width},2000",
             f"--screenshot={picture}",
             f"http://127.0.0.1:{server.server_port}/{page.name}"],
            capture_output=True, text=True, timeout=120, check=True,
        )  # fmt: skip
        server.shutdown()
    console = [line for line in done.stderr.splitlines() if "CONSOLE" in line]
    return list(Recorder.asked), console, picture


@needs_chromium
@pytest.mark.parametrize("width", [360, 1280])
def test_a_browser_opens_it_without_errors_or_requests(written, width):
    asked, console, picture = visit(written[2], width)
    assert console == []
    assert asked == ["/report.html"]
    pixels = plt.imread(picture)[..., :3]
    assert (pixels < 0.5).any(axis=2).mean() > 0.005  # ink on the page


@needs_chromium
def test_errors_and_requests_would_be_noticed(tmp_path):
    page = tmp_path / "bad.html"
    page.write_text("<link rel=icon href=data:,><script>console.error('x')</script><img src=a.png>")
    asked, console, _ = visit(page)
    assert "/a.png" in asked and len(console) >= 1
