"""Timelines as calendars: read back by strict rules of our own (RFC 5545), honest about days, harmless in any text."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.render.calendar import render_calendar
from bot.render.safety import clean_line
from handlers.reply import Reply
from tests.property.replies import URLS, texts

NOW = datetime(2026, 3, 10, 9, 30, 5, tzinfo=UTC)
LINE = re.compile(r"(?P<name>[A-Z-]+)(?P<parameters>(?:;[A-Z-]+=[^;:,\"]+)*):(?P<value>.*)")
UNESCAPED = re.compile(r"(?<!\\)(?:\\\\)*[,;]")
TEXTS = {"NAME", "X-WR-CALNAME", "DESCRIPTION", "X-WR-CALDESC", "SUMMARY"}
KNOWN = TEXTS | {"BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "UID", "DTSTAMP", "DTSTART", "DTEND", "URL",
                 "CATEGORIES", "STATUS", "TRANSP"}  # fmt: skip

Component = dict[str, str]


def entry(first: str | None, last: str | None = None, **more: object) -> dict[str, Any]:
    return {"from": first, "to": last or first, "precision": "day", "basis": "stated", "modality": "happened",
            "title": "A ship left.", "sentences": ["A ship left."], "reports": [], "n_independent": 1, "disputes": [],
            "kind": "move", "events": ["e1"], **more}  # fmt: skip


def read(entries: list[dict[str, Any]], topic: str = "ships") -> tuple[Component, list[Component]]:
    """Return the calendar and its components as a strict reader finds them."""
    body = render_calendar(Reply("x", (), {"topic": topic, "entries": entries}), now=NOW).encode()
    assert body.endswith(b"\r\n")
    lines = body.split(b"\r\n")[:-1]
    assert all(0 < len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    assert b"".join(lines).decode() == "".join(line.decode() for line in lines)  # no letter is cut in two
    unfolded = body.decode().replace("\r\n ", "").split("\r\n")[:-1]
    stack: list[tuple[str, Component]] = []
    done: list[tuple[str, Component]] = []
    for line in unfolded:
        match = LINE.fullmatch(line)
        assert match is not None, line
        name, value = match["name"], match["value"]
        assert name in KNOWN
        if name == "BEGIN":
            stack.append((value, {}))
        elif name == "END":
            assert stack[-1][0] == value
            done.append(stack.pop())
        else:
            assert name not in stack[-1][1], name
            stack[-1][1][name] = read_text(value) if name in TEXTS else value
            assert match["parameters"] == (";VALUE=DATE" if name in {"DTSTART", "DTEND"} else "")
    assert not stack
    *parts, (kind, calendar) = done
    assert kind == "VCALENDAR"
    assert (calendar["VERSION"], bool(calendar["PRODID"]), bool(parts)) == ("2.0", True, True)
    return calendar, [check(name, part) for name, part in parts]


def read_text(value: str) -> str:
    assert not UNESCAPED.search(value), value
    assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", value)
    assert not re.search(r"(?<!\\)(?:\\\\)*\\[^\\,;n]", value)
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] == "n" else match[1], value)


def check(kind: str, part: Component) -> Component:
    """Hold one component against what the RFC asks of it."""
    assert part["UID"]
    assert part["DTSTAMP"] == "20260310T093005Z"
    if kind == "VJOURNAL":
        return part
    assert kind == "VEVENT"
    assert {"DTSTART", "SUMMARY", "DESCRIPTION", "STATUS", "TRANSP"} <= part.keys()
    starts_on = day(part["DTSTART"])
    if "DTEND" in part:
        assert day(part["DTEND"]) > starts_on
    assert part["STATUS"] in {"CONFIRMED", "TENTATIVE"}
    assert part["TRANSP"] == "TRANSPARENT"
    assert re.fullmatch(r"https?://[!-~]*", part.get("URL", "http://"))
    return part


def day(text: str) -> date:
    assert re.fullmatch(r"\d{8}", text)
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def test_an_entry_takes_its_days() -> None:
    """The end is the day after the last; an open end is not filled up to today."""
    _, parts = read([
        entry("2019-03-23", events=["e1"]),
        entry("2018-12-10", "2018-12-16", precision="week", events=["e2"]),
        entry("2018-06-01", precision="span", to=None, events=["e3"]),
        {**entry(None, precision="span", events=["e4"]), "to": "2017-12-31"},
    ])  # fmt: skip
    assert [(part["DTSTART"], part["DTEND"]) for part in parts] == [
        ("20190323", "20190324"),
        ("20181210", "20181217"),
        ("20180601", "20180602"),
        ("20171231", "20180101"),
    ]


@pytest.mark.parametrize(
    ("more", "title"),
    [
        ({}, "A ship left."),
        ({"modality": "planned"}, "Planned: A ship left."),
        ({"modality": "alleged", "disputes": [{"kind": "figure"}]}, "Alleged, disputed: A ship left."),
        ({"basis": "article"}, "A ship left. (reported 1 May 2021)"),
        ({"to": "2021-05-31", "precision": "month"}, "A ship left. (May 2021, day not known)"),
        ({"to": "2021-05-03", "precision": "span"}, "A ship left. (1-3 May 2021)"),
        ({"to": None, "precision": "span"}, "A ship left. (from May 2021)"),
    ],
)
def test_a_title_is_no_surer_than_what_is_known(more: dict[str, Any], title: str) -> None:
    _, (part,) = read([entry("2021-05-01", **more)])
    assert part["SUMMARY"] == title
    assert part["STATUS"] == ("CONFIRMED" if more.get("modality", "happened") == "happened" else "TENTATIVE")


def test_quotes_with_their_sources_stand_in_the_description() -> None:
    report = {"outlet": "Gazette; Sons", "url": "https://gazette.example/a b,c;d?é", "quote": "It left, he said.",
              "published_at": "2019-03-25T00:00:00+00:00"}  # fmt: skip
    claim = {"value": "2 ships", "outlet": "Herald"}
    dispute = {"kind": "figure", "here": claim, "there": {"value": "3 ships"}}
    _, (part,) = read([entry("2019-03-23", reports=[report] * 22, disputes=[dispute])])
    lines = part["DESCRIPTION"].split("\n")
    assert lines[0] == "23 March 2019: A ship left."
    assert lines[1] == "Disputed figure: 2 ships (Herald) against 3 ships"
    assert lines[2] == "“It left, he said.” - Gazette; Sons, 2019-03-25 https://gazette.example/a b,c;d?é"
    assert lines[-1] == "and 2 more reports"
    assert part["URL"] == "https://gazette.example/a%20b,c;d?%C3%A9"


def test_a_calendar_that_is_read_again_replaces_what_it_had() -> None:
    """The same entry has the same UID whatever else is there; two entries never share one."""
    one, other, nameless = entry("2019-03-23"), entry("2020-01-01", events=["e2"]), entry("2021-01-01", events=[])
    _, before = read([one, nameless])
    _, after = read([other, {**one, "title": "Other words.", "n_independent": 3}, nameless])
    assert [part["UID"] for part in before] == [part["UID"] for part in after[1:]]
    _, twice = read([one, one, nameless, nameless])
    assert len({part["UID"] for part in twice}) == 4


def test_what_has_no_day_is_counted() -> None:
    calendar, parts = read([entry(None, precision="unknown"), entry("2019-03-23")])
    assert len(parts) == 1
    assert calendar["DESCRIPTION"] == "1 event without a date is not in it."
    calendar, (part,) = read([])
    assert part["SUMMARY"] == "No dated events"
    assert "DESCRIPTION" not in calendar


@pytest.mark.parametrize("edge", ["0001-01-01", "9999-12-31"])
def test_ends_of_the_calendar(edge: str) -> None:
    _, (part,) = read([entry(edge)])
    assert day(part["DTSTART"]).isoformat() == edge
    _, (part,) = read([entry("0001-01-01", "9999-12-31", precision="span")])
    assert part["DTEND"] == "99991231"


@settings(max_examples=80)
@given(texts(), texts(), st.sampled_from(URLS) | texts(), st.dates(), st.integers(0, 9000))
def test_any_text_makes_a_sound_calendar(text: str, outlet: str, url: str, first: date, n_days: int) -> None:
    last = min(first.toordinal() + n_days, date.max.toordinal())
    claim = {"value": text, "outlet": outlet}
    whole = entry(
        first.isoformat(),
        date.fromordinal(last).isoformat(),
        precision="span" if n_days else "day",
        title=text,
        sentences=[text],
        kind=outlet,
        events=[text],
        reports=[{"outlet": outlet, "url": url, "quote": text, "published_at": None}],
        disputes=[{"kind": text, "here": claim, "there": claim}],
    )
    calendar, (part,) = read([whole], topic=text)
    assert day(part["DTSTART"]) == first
    assert clean_line(text).strip()[:20].strip().casefold() in calendar["NAME"].casefold() or len(text) > 20
    if last < date.max.toordinal():
        assert day(part["DTEND"]) == date.fromordinal(last) + timedelta(days=1)
