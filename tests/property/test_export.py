"""Formats that an answer is handed over in: complete, and harmless wherever they are opened."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.render.chart.themes import PALETTES
from bot.render.export import safe_cell
from bot.render.formats import FORMATS
from bot.render.html import render_html
from bot.render.safety import clean_line
from handlers.registry import iter_commands
from handlers.reply import Notice, Reply, Text, Tone
from tests.property.replies import URLS, texts

NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
BREAKOUT = "</script></style></title>--><script>alert(1)</script><img src=x onerror=alert(1)>\"' onclick='alert(1)"
OF_TIMELINES = sorted({"json", *dict(iter_commands())["timeline"].exports})


def make_reply(text: str, url: str = "https://gazette.example/1", **more: object) -> Reply:
    report = {"article": text, "outlet": text, "url": url, "published_at": "2019-03-25T00:00:00+00:00", "quote": text,
              "origin": {"key": "x", "name": text, "kind": "wire"}}  # fmt: skip
    claim = {"value": text, "outlet": text, "quote": text}
    first = {
        "from": "2019-03-23",
        "to": "2019-03-23",
        "precision": "day",
        "basis": "stated",
        "modality": "alleged",
        "kind": "move",
        "title": text,
        "sentences": [text, "A second sentence."],
        "reports": [report, {**report, "url": "", "outlet": "Herald", "published_at": None}],
        "n_independent": 2,
        "disputes": [{"kind": "figure", "event": "e1", "here": claim, "there": {**claim, "value": "20 troops"}}],
        "events": ["e1"],
        **more,
    }
    ahead = {**first, "from": "2027-01-01", "to": None, "precision": "span", "modality": "planned", "disputes": []}
    undated = {**first, "from": None, "to": None, "precision": "unknown", "reports": []}
    blocks = (Notice(Tone.INFO, (Text(f"Not shown: {text}"),)),)
    return Reply(f"{text}: 3 entries", blocks, {"topic": text, "entries": [first, ahead, undated]})


class Page(HTMLParser):
    """Elements, attributes and texts as a browser would find them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def list_tags(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def check_page(text: str) -> Page:
    """Nothing of the page runs but our one script, and nothing is fetched from anywhere."""
    page = Page(text)
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert [len(page.list_tags(tag)) for tag in ("script", "style", "main", "h1", "svg")] == [1, 1, 1, 1, 1]
    assert not {"img", "iframe", "object", "embed", "link", "base", "image", "use"} & {tag for tag, _ in page.elements}
    for tag, attributes in page.elements:
        assert not any(name.startswith("on") or name in {"style", "src", "srcset"} for name in attributes), (
            tag,
            attributes,
        )
        if (attributes.get("href") or "").startswith("#"):
            assert (attributes["href"] or "")[1:] in ids
        elif "href" in attributes:
            assert re.match(r"https?://[^\s\"]+", attributes["href"] or "")
            assert attributes["rel"] == "noopener noreferrer nofollow"
    return page


def test_a_page_cannot_be_broken_out_of() -> None:
    """A quote that closes our script, an outlet with attributes, a link that runs: all of it stays text."""
    page = check_page(render_html(make_reply(BREAKOUT, 'https://x.example/"onclick="alert(1)'), now=NOW))
    assert any(BREAKOUT in text for text in page.texts)
    for url in ("javascript:alert(1)", "data:text/html,x", "//x.example", "ftp://x.example", " https://x.example"):
        found = check_page(render_html(make_reply("x", url), now=NOW))
        links = [link["href"] or "" for link in found.list_tags("a")]
        assert all(link.startswith("#") for link in links)


@settings(max_examples=40)
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_makes_a_sound_page(text: str, url: str) -> None:
    check_page(render_html(make_reply(text, "https://x.example/" + url.replace(" ", "")), now=NOW))


def test_the_policy_names_exactly_our_script_and_style() -> None:
    text = render_html(make_reply("x"), now=NOW)
    (policy,) = (meta["content"] or "" for meta in Page(text).list_tags("meta") if "http-equiv" in meta)
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag in ("script", "style"):
        inside = re.search(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        assert inside is not None
        digest = base64.b64encode(hashlib.sha256(inside[1].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_a_page_can_be_read_without_eyes_and_without_scripts() -> None:
    """Landmarks, headings, labels, a way past the filters; everything is there before any script has run."""
    page = check_page(render_html(make_reply("Two planes landed."), now=NOW))
    assert page.elements[0] == ("html", {"lang": "en"})
    assert {"header", "main", "footer", "h1", "h2", "h3", "details", "summary"} <= {tag for tag, _ in page.elements}
    ids = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    named = {label["for"] for label in page.list_tags("label")}
    assert named == {"words", "outlet", "state", "from", "to"}
    assert named | {"entries", "chart-title", "chart-desc", "e1"} <= ids
    status = {"id": "shown", "role": "status", "aria-live": "polite"}
    assert status in page.list_tags("p")
    assert "hidden" in page.list_tags("form")[0]
    assert [tag for tag, _ in page.elements if re.fullmatch(r"h\d", tag)] == [
        "h1", "h2", "h3", "h4", "h2", "h3", "h2", "h3"]  # fmt: skip
    shown = " ".join(page.texts)
    for words in ("3 events shown.", "23 March 2019", "· alleged", "· 2 independent origins",
                  "2 reports, 2 independent origins",
                  "≠ Disputed figure:", "20 troops", "Today, 10 March 2026",
                  "Date unknown", "from 2027", "Not shown:"):  # fmt: skip
        assert words in shown


def test_filters_offer_what_the_entries_name() -> None:
    """Who and where are read from names, records or keys; a filter without a choice is not offered."""
    entries = [
        {**make_reply("x").data["entries"][0], "actors": [{"key": "person:ana", "name": "Ana Ríos"}], "kind": "move"},
        {**make_reply("x").data["entries"][0], "actors": ["Ana Ríos", "Bo"], "places": ["place:la-guaira", "Lima"],
         "kind": "agree", "is_new": True},
    ]  # fmt: skip
    text = render_html(Reply("x: 2 entries", (), {"topic": "x", "entries": entries}), now=NOW)
    page = check_page(text)
    options = [option["value"] for option in page.list_tags("option") if option["value"]]
    assert options == ["Ana Ríos", "Bo", "La Guaira", "Lima", "agree", "move", "Herald", "x", "alleged", "disputed",
                       "new"]  # fmt: skip
    assert "Ana Ríos (2)" in page.texts
    tags = [json.loads(entry["data-tags"] or "") for entry in page.list_tags("li") if "data-tags" in entry]
    assert tags[1]["actor"] == ["Ana Ríos", "Bo"]
    assert tags[1]["state"] == ["alleged", "disputed", "new"]


def test_quotes_say_their_language() -> None:
    """A screen reader must not read Russian with an English voice."""
    report = {"outlet": "Вестник", "url": "", "published_at": None, "quote": "Два самолёта приземлились в Каракасе."}
    entry = {**make_reply("x").data["entries"][0], "sentences": [report["quote"]], "disputes": []}
    given = {**report, "quote": "Bei uns regnet es.", "language": "de-AT"}
    bad = {**report, "quote": "?", "language": 'x" onclick="'}
    data = {"topic": "x", "entries": [{**entry, "reports": [report, given, bad]}]}
    page = check_page(render_html(Reply("x", (), data), now=NOW))
    assert [found.get("lang") for found in page.list_tags("p") if "dir" in found] == ["ru", "ru", "de-AT", None]


def test_today_is_what_the_answer_took_for_it() -> None:
    """The day of the reader's time zone, where the answer names it; what an outlet changed is told."""
    revision = {"kind": "figure", "value": "4 planes", "before": {"value": "2 planes"}, "outlet": "Gazette"}
    entry = {**make_reply("x").data["entries"][1], "revisions": [revision, {}]}
    reply = Reply("x", (), {"topic": "x", "entries": [entry], "today": "2026-03-11"})
    shown = " ".join(check_page(render_html(reply, now=NOW)).texts)
    assert "Today, 11 March 2026" in shown
    assert "Revised figure: Gazette said 2 planes, and later 4 planes" in shown
    assert "11 March 2026" in FORMATS["svg"].render(reply, NOW).decode()


def test_what_has_no_month_is_under_none() -> None:
    """An event of "2018" stands under 2018 and not under January."""
    entry = make_reply("x").data["entries"][0]
    year = {**entry, "from": "2018-01-01", "to": "2018-12-31", "precision": "year"}
    entries = [year, {**entry, "from": "2018-01-05", "to": "2018-01-05"}, entry]
    page = check_page(render_html(Reply("x", (), {"topic": "x", "entries": entries}), now=NOW))
    assert [tag for tag, _ in page.elements if re.fullmatch(r"h[2-4]", tag)] == [
        "h2", "h3", "h3", "h4", "h2", "h3", "h4"]  # fmt: skip
    assert page.texts.count("January") == 1


def test_a_page_of_nothing() -> None:
    text = render_html(Reply("Nothing on x.", (), {"topic": "x", "entries": []}), now=NOW)
    assert "0 events shown." in text
    assert "<svg" not in text


@pytest.mark.parametrize("name", OF_TIMELINES)
def test_every_format_renders(name: str) -> None:
    made = FORMATS[name]
    payload = made.render(make_reply("Two planes landed."), NOW)
    assert payload
    assert made.render(Reply("nothing", (), {"topic": "x", "entries": []}), NOW)
    assert made.suffix.startswith(".")
    assert "/" in made.media_type
    assert len(made.words) <= 60
    if not made.is_binary:
        assert "planes landed" in payload.decode()


def test_formats_hold_the_same() -> None:
    reply = make_reply("=2+3")
    assert json.loads(FORMATS["json"].render(reply, NOW)) == json.loads(json.dumps(reply.data))
    rows = list(csv.DictReader(io.StringIO(FORMATS["csv"].render(reply, NOW).decode(), newline="")))
    assert [row["title"] for row in rows] == ["'=2+3"] * 3
    ET.fromstring(FORMATS["svg"].render(reply, NOW))  # noqa: S314 - our own text
    light, dark = (FORMATS[name].render(reply, NOW) for name in ("png", "png-dark"))
    assert light.startswith(b"\x89PNG\r\n\x1a\n")
    assert dark.startswith(b"\x89PNG\r\n\x1a\n")
    assert light != dark
    assert PALETTES["dark"]["ground"] in FORMATS["svg-dark"].render(reply, NOW).decode()
    assert PALETTES["light"]["ground"] in FORMATS["svg"].render(reply, NOW).decode()


def test_the_command_table_knows_only_formats_that_there_are() -> None:
    assert {name for _, command in iter_commands() for name in command.exports} <= FORMATS.keys()


@given(st.text(max_size=100))
def test_file_names_are_plain(topic: str) -> None:
    name = FORMATS["csv"].file_name(Reply("x", (), {"topic": topic}))
    assert re.fullmatch(r"timeline(-[a-z0-9]+)*\.csv", name)
    assert len(name) <= 80


@given(st.text(max_size=40))
def test_no_cell_is_a_formula(text: str) -> None:
    assert not safe_cell(text).lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


@settings(max_examples=60)
@given(texts(), st.sampled_from(URLS) | texts())
def test_csv_reads_back_as_it_was(text: str, url: str) -> None:
    """RFC 4180: as many cells in every row, lines end in CRLF, and no cell loses more than signs that nobody sees."""
    body = FORMATS["csv"].render(make_reply(text, url), NOW).decode()
    rows = list(csv.reader(io.StringIO(body, newline=""), strict=True))
    assert {len(row) for row in rows} == {18}
    assert body.endswith("\r\n")
    assert body.count("\r\n") == body.count("\n") == body.count("\r") == len(rows) == 4
    assert all(re.fullmatch(r"""(("([^"]|"")*"|[^"',;\s]*)(,|$))+""", line) for line in body.split("\r\n")[:-1])
    assert rows[1][4].removeprefix("'") == clean_line(text)[:32_000].removeprefix("'")
    assert all(re.match("https?://", found) for row in rows[1:] for found in row[7].split())


def test_csv_tells_who_and_where() -> None:
    named: dict[str, Any] = {
        "actors": [{"key": "place:russia", "name": "Russia"}, "Ana"],
        "places": [{"name": "Caracas"}],
    }
    body = FORMATS["csv"].render(make_reply("x", **named), NOW).decode()
    row = next(csv.DictReader(io.StringIO(body, newline="")))
    assert [row[key] for key in ("kind", "actors", "places", "basis", "events")] == [
        "move", "Russia; Ana", "Caracas", "stated", "e1"]  # fmt: skip


SIGNS = re.compile(r"(?<!\\)(?:\\\\)*[`*_\[\]#|<>~&$]")


@settings(max_examples=60)
@given(texts(), st.sampled_from(URLS) | texts())
def test_markdown_of_strangers_is_only_text(text: str, url: str) -> None:
    """Each sign that could be markup is escaped, and all lines are ours."""
    body = FORMATS["markdown"].render(make_reply(text, url), NOW).decode()
    for line in filter(None, body.splitlines()):
        assert re.match(r"# |## |- \*\*|  - |Note: ", line), line
        own = re.sub(r"\]\(<https?://[!-;=?-~]*>\), (undated|\d{4}-\d\d-\d\d)$", "", line)
        own = re.sub(r"^(# |## |- \*\*.*?\*\*|  - )", "", own)
        own = own.replace("” — [", "” — ", 1) if own != line else own
        assert not SIGNS.search(own), line
        assert "://" not in own
        assert "www." not in own.lower()


@settings(max_examples=40)
@given(texts(), texts())
def test_every_format_takes_any_text(text: str, url: str) -> None:
    reply = make_reply(text, url)
    for name in OF_TIMELINES:
        made = FORMATS[name]
        if made.is_binary:
            continue
        body = made.render(reply, NOW).decode()
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]", body)
        if name.startswith("svg"):
            ET.fromstring(body.encode())  # noqa: S314 - our own text


def test_file_names_are_told_in_any_script() -> None:
    names = [
        FORMATS["ics"].file_name(Reply("x", (), {"topic": topic})) for topic in ("Россия", "Perú", "東京", "../etc")
    ]
    assert names == ["timeline-rossiya.ics", "timeline-peru.ics", "timeline.ics", "timeline-etc.ics"]


def test_pages_differ_only_by_what_they_are_of() -> None:
    """The same answer at the same moment is the same page: nothing in it is random."""
    assert render_html(make_reply("x"), now=NOW) == render_html(make_reply("x"), now=NOW)
    assert date(2026, 3, 10).isoformat() not in render_html(make_reply("x"), now=NOW)
