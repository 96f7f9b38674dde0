"""Typed lines and values: what a person writes becomes a command with arguments, or an error that says what to do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.lines import format_line, parse_line, split_words
from handlers.registry import find_command, get_command, list_paths
from handlers.request import Argument
from handlers.values import check_arguments, parse_first_day, parse_last_day, parse_since
from news.errors import QueryError

NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "path", "arguments"),
    [
        ("/timeline venezuela", "timeline", {"topic": "venezuela"}),
        ("/timeline russia venezuela", "timeline", {"topic": "russia venezuela"}),
        ("/timeline venezuela 2018-12 2019", "timeline", {"topic": "venezuela", "from": "2018-12", "to": "2019"}),
        ("/timeline 2019", "timeline", {"topic": "2019"}),
        ('/timeline "world cup 2026"', "timeline", {"topic": '"world cup 2026"'}),
        ("/timeline “cargo flights” 2025", "timeline", {"topic": '"cargo flights"', "from": "2025"}),
        ("/timeline cuba --dates 5 --per-date=2", "timeline", {"topic": "cuba", "dates": "5", "per_date": "2"}),
        ("/timeline --from 2018 --dates=3 cuba", "timeline", {"topic": "cuba", "from": "2018", "dates": "3"}),
        ("/watch --at 08:00 --zone=UTC add cuba", "watch add", {"topic": "cuba", "at": "08:00", "zone": "UTC"}),
        ("/watch add --at 08:00 cuba", "watch add", {"topic": "cuba", "at": "08:00"}),
        ("/timeline cuba --to 2019-03", "timeline", {"topic": "cuba", "to": "2019-03"}),
        ("/TIMELINE cuba", "timeline", {"topic": "cuba"}),
        ("/brief venezuela 24h", "brief", {"topic": "venezuela", "since": "24h"}),
        ("/brief oil prices", "brief", {"topic": "oil prices"}),
        ("/feeds", "feeds", {}),
        ("/feeds list", "feeds", {}),
        ("/feeds add http://a.example --outlet Gazette", "feed add", {"url": "http://a.example", "outlet": "Gazette"}),
        ("/watch", "watch list", {}),
        ("/timeline -- cuba 2019", "timeline", {"topic": "cuba 2019"}),
        ("/timeline --to 2020 -- cuba --to 2019", "timeline", {"topic": "cuba --to 2019", "to": "2020"}),
        ("/mark same n4 s2", "mark same", {"item": "n4", "story": "s2"}),
        ("/watch remove 3", "watch remove", {"watch": "3"}),
        ("/help feed add", "help", {"command": "feed add"}),
        ("/", "help", {}),
        ("how many troops landed?", "ask", {"question": "how many troops landed?"}),
        ("/ask who said “no”?", "ask", {"question": "who said “no”?"}),
    ],
)  # fmt: skip
def test_lines(line: str, path: str, arguments: dict[str, str]) -> None:
    typed = parse_line(line)
    assert (typed.path, typed.arguments) == (path, arguments)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("/timelime cuba", "/help shows all commands"),
        ("/timeline cuba --until 2019", "no --until"),
        ("/status now", "“now” has no place"),
        ("/feed burn 3", "no command"),
        ("/feeds burn 3", "no place"),
        ("/ask " + "x" * 5_000, "longer than"),
        (
            "/timeline cuba --format json",
            "--format is for the command line, such as `./run timeline ... --format json`",
        ),
        ("/timeline --output x.html cuba", "--output is for the command line"),
    ],
)
def test_lines_that_are_wrong_say_why(line: str, says: str) -> None:
    with pytest.raises(QueryError, match=says):
        parse_line(line)


@given(st.text(max_size=200) | st.text(alphabet='/timelnfdsaw "“”-=29', max_size=60).map("/timeline ".__add__))
def test_any_line_is_understood_or_refused(line: str) -> None:
    """Whatever is pasted into a prompt, the answer is a command that exists or one clear error."""
    try:
        typed = parse_line(line)
    except QueryError:
        return
    command = find_command(typed.path)
    assert command is not None
    assert set(typed.arguments) <= {parameter.name for parameter in command.parameters}


LINES = st.sampled_from(list_paths()).flatmap(
    lambda path: st.lists(
        st.text(alphabet='ab“”"„«»-=9', max_size=6)
        | st.sampled_from(["2019", "--", "--to", "--from=2018", "--as-of", "24h", "--dates 5", '"a b"', "“a b”"])
    ).map(lambda words: f"/{path} {' '.join(words)}")
)


@given(LINES | st.text(max_size=60) | st.text(max_size=60).map("/ask ".__add__))
def test_a_line_is_written_as_it_is_understood(line: str) -> None:
    """A button carries a command as a line: it must ask for the same when it is pressed."""
    try:
        typed = parse_line(line)
    except QueryError:
        return
    given_arguments = {name: value for name, value in typed.arguments.items() if value}
    written = format_line(typed.path, typed.arguments)
    assert written.startswith("/")
    again = parse_line(written)
    assert (again.path, again.arguments) == (typed.path, given_arguments)


@pytest.mark.parametrize(
    ("path", "arguments", "line"),
    [
        ("timeline", {"topic": "cuba", "from": "2018", "to": "2019"}, "/timeline cuba 2018 2019"),
        ("timeline", {"topic": "cuba", "to": "2019", "dates": 5}, "/timeline cuba --to 2019 --dates 5"),
        ("timeline", {"topic": "world cup 2026"}, "/timeline -- world cup 2026"),
        ("feeds add", {"url": "http://a.example", "outlet": "A Post"}, '/feed add http://a.example --outlet "A Post"'),
        ("mark same", {"item": "n4"}, "/mark same n4"),
        ("mark same", {"story": "s2"}, "/mark same --story s2 --"),
        ("watch add", {"topic": ("russia", "cuba"), "ping": None}, "/watch add russia cuba"),
        ("status", {}, "/status"),
    ],
)  # fmt: skip
def test_commands_are_written_as_people_type_them(path: str, arguments: dict[str, Argument], line: str) -> None:
    assert format_line(path, arguments) == line


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Z", "C"], exclude_characters='"“«„'), min_size=1)))
def test_words_are_kept_as_they_are(words: list[str]) -> None:
    assert [word.text for word in split_words("  ".join(words))] == words


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2018", date(2018, 1, 1), date(2018, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019-3-2", date(2019, 3, 2), date(2019, 3, 2)),
        ("today", NOW.date(), NOW.date()),
        ("Yesterday", date(2026, 3, 14), date(2026, 3, 14)),
    ],
)
def test_dates(text: str, first: date, last: date) -> None:
    assert (parse_first_day(text, now=NOW), parse_last_day(text, now=NOW)) == (first, last)


@pytest.mark.parametrize("text", ["2019-02-30", "2019-13", "0000", "soon", "20190323", "２０１９", "2019-03-23T10:00"])
def test_no_dates(text: str) -> None:
    with pytest.raises(QueryError, match="2019-03-23"):
        parse_first_day(text, now=NOW)


def test_since_goes_back_from_now() -> None:
    assert parse_since("24h", now=NOW) == NOW - timedelta(hours=24)
    assert parse_since("2w", now=NOW) == NOW - timedelta(days=14)
    assert parse_since("2026-03", now=NOW) == datetime(2026, 3, 1, tzinfo=UTC)
    with pytest.raises(QueryError):
        parse_since("9999w", now=datetime(100, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("value", ["0", "-1", "many", "1.5", "99999999999999999999", "٣"])
def test_numbers_are_checked(value: str) -> None:
    with pytest.raises(QueryError, match="whole number"):
        check_arguments(get_command("timeline"), "timeline", {"topic": "cuba", "dates": value})


def test_missing_unknown_and_endless_arguments_are_refused() -> None:
    command = get_command("timeline")
    with pytest.raises(QueryError, match="needs a topic"):
        check_arguments(command, "timeline", {"topic": "  "})
    with pytest.raises(QueryError, match="has no “colour”"):
        check_arguments(command, "timeline", {"topic": "cuba", "colour": "red"})
    with pytest.raises(QueryError, match="longer than"):
        check_arguments(command, "timeline", {"topic": "x" * 1_001})
    assert check_arguments(command, "timeline", {"topic": ("russia", "cuba"), "dates": 3}) == {
        "topic": "russia cuba",
        "dates": 3,
    }
