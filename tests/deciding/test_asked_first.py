"""What deciding asks first: cheap questions whose "no" must be the "no" of the costly ones behind them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import _lru_cache_wrapper
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.dates import find_dates
from news.dates.quoted import dates_in
from news.deciding import outcomes
from news.decision import Label, StoredArticle
from news.disputes.desk import Desk
from news.disputes.frames import ties as frame_ties
from news.disputes.frames import values as frame_values
from news.disputes.frames.ties import open_text
from news.disputes.openings import main_events
from news.disputes.prominence import Ground
from news.disputes.tallies import find_tally, is_of_contest
from news.model import Article
from news.reports import act_words, like_acts
from news.reports.negations import is_told_as_fact, list_denied
from news.reports.tellings import tell
from news.tables import load_toml
from news.words import transliteration
from news.words.beginnings import beginnings_of, starts_of
from news.words.meanings import is_date_word
from news.words.transliteration import cyrillize

NOW = datetime(2026, 3, 4, tzinfo=UTC)


def _stored(number: int, outlet: str, text: str, title: str = "") -> StoredArticle:
    article = Article(f"s{number}", f"https://{outlet}.example/{number}", outlet, title, text, NOW)
    return StoredArticle(number, article, number, Label.NEW, NOW, "en", {}, {})


# --- beginnings


@pytest.mark.parametrize(
    ("pattern", "starts"),
    [
        ("freed|set free", {"fre", "set"}),
        ("(?:is|are) up", {"is", "are"}),
        ("(?:be )?closed", {"be", "clo"}),
        ("banned?|cut[a-z|]x|b", {"ban", "cut", "b"}),
        ("bann?ed", {"ban"}),
        ("be?", {"b"}),
        ("b(?:x|y)", {"b"}),
    ],
)
def test_starts(pattern: str, starts: set[str]) -> None:
    assert starts_of(pattern) == frozenset(starts)


@pytest.mark.parametrize("pattern", [r"\w+ed", "[ab]c", "(?:a|b)*c", "a?b", "(?:x )??y", ""])
def test_who_cannot_say_where_a_pattern_begins_says_nothing(pattern: str) -> None:
    assert starts_of(pattern) is None


_ROWS = [(name, part) for name in load_toml("outcomes.toml") for part in ("state", "outcome")]
_WORDS = sorted(
    {word for row in load_toml("outcomes.toml").values() for word in re.findall(r"\w+", " ".join(row.values()))}
)


@given(st.lists(st.sampled_from(_WORDS), max_size=8), st.sampled_from([" ", "-", ", ", "s ", "ed "]))
def test_no_pattern_is_found_where_no_word_begins_as_it_does(words: list[str], between: str) -> None:
    """The look at the beginnings must never say no where the pattern would say yes."""
    text = between.join(words).lower()
    for name, part in _ROWS:
        row = outcomes._patterns(part)[name]
        assert row.starts is not None
        if row.pattern.search(text):
            assert not row.starts.isdisjoint(beginnings_of(text)), (name, part, text)


# --- words


@given(st.text(alphabet="acehgijklpqstuwxyz", max_size=10))
def test_each_spelling_has_its_letter(word: str) -> None:
    """A spelling is tried only where its letter stands; without the letter it must not stand."""
    for sign, pattern, _ in transliteration._TO_CYRILLIC:
        assert sign in word or not pattern.search(word)


def test_names_are_spelled_as_before() -> None:
    assert [cyrillize(name) for name in ("Shchukin", "Jekyll", "Quito", "Yeltsin")] == [
        "щукин",
        "хекилл",
        "кито",
        "елцин",
    ]


def test_a_day_is_one_however_it_is_written() -> None:
    assert all(map(is_date_word, ("Monday", "monday", "MARCH")))
    assert not is_date_word("Mondays' child of unending length, which nobody remembers as a word")


# --- sentences


@pytest.mark.parametrize(
    ("quote", "tally"),
    [
        ("Parliament passed the bill by 31 votes to 27, officials said.", "31 votes to 27"),
        ("Rovers won 3-1 on Saturday.", "3-1"),
        ("The motion was adopted, the speaker said, with 98 in favour and 91 against.", "98 in favour and 91 against"),
        ("The fire burned for 3 days and 2 nights.", ""),
        ("According to the club, the match ended 2-2.", "2-2"),
    ],
)
def test_a_sentence_with_a_tally_passes_the_gate_of_votes(quote: str, tally: str) -> None:
    """The gate lets through whatever has a tally, and the tally is read as before."""
    assert find_tally(tell(quote).core) == tally
    assert is_of_contest(quote) or not tally


def test_the_dates_of_a_sentence_are_those_that_are_found_in_it() -> None:
    quote, on = "The strike began on Monday and ends on 9 March.", date(2026, 3, 4)
    assert dates_in(quote, on, "en") == find_dates(quote, published_on=on, language="en")
    assert dates_in(quote, on, "en") is dates_in(quote, on, "en")
    assert dates_in(quote, date(2025, 3, 4), "en") != dates_in(quote, on, "en")


def test_a_denial_of_what_a_sentence_tells_is_found_by_its_words() -> None:
    """The share of the words is asked first; a sentence that tells the very thing must pass it, and others not."""
    (denied,) = list_denied(tell("The company denied that the dam had burst near Tarnow."))
    assert is_told_as_fact(denied, tell("The dam burst near Tarnow on Monday."))
    assert not is_told_as_fact(denied, tell("The minister met farmers in Lublin."))


@pytest.mark.parametrize(
    "memory", [act_words.meant_by, like_acts.rows_of, dates_in, outcomes._tells, frame_values._told]
)
def test_every_memory_has_an_end(memory: _lru_cache_wrapper[Any]) -> None:
    most = memory.cache_info().maxsize
    assert 0 < (most or 0) <= 1 << 11


# --- openings


def test_an_opening_is_one_object_for_each_text_and_another_for_an_edited_one() -> None:
    """What is remembered of an opening is remembered by its identity: an edited row gets nothing of the old one."""
    before = open_text("Ferry sinks", "A ferry sank off Palawan on Monday with 40 people aboard.", "Ark", NOW.date())
    same = open_text("Ferry sinks", "A ferry sank off Palawan on Monday with 40 people aboard.", "Ark", NOW.date())
    after = open_text("Ferry sinks", "A ferry sank off Cebu on Tuesday with 52 people aboard.", "Ark", NOW.date())
    assert before is same
    assert after is not before
    assert (before.days, before.names) != (after.days, after.names)
    assert before.days.isdisjoint(after.days)
    told = [frame_values._told(one)["aboard"][0].part.measure.value for one in (before, after)]
    assert told == [40, 52]


def test_days_and_meanings_of_an_opening_are_worked_out_when_they_are_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("nobody asked")

    monkeypatch.setattr(frame_ties, "_days", fail)
    monkeypatch.setattr(frame_ties, "_concepts", fail)
    opening = open_text("Mast falls", "A mast fell at Lopik on Sunday, hurting two.", "Ark", NOW.date())
    assert "lopik" in opening.names
    with pytest.raises(AssertionError):
        _ = opening.days


def test_nobody_is_held_against_himself() -> None:
    article = Article("n", "https://ark.example/n", "Ark", "Blast in Tarnow", "A blast tore through Tarnow.", NOW)
    own, near, far = (
        _stored(1, "Ark", "A blast tore through Tarnow.", "Tarnow blast"),
        _stored(2, "Bell", "A blast shook Tarnow.", "Tarnow blast"),
        _stored(3, "Cliff", "A blast shook Callao.", "Callao blast"),
    )
    case: Any = SimpleNamespace(article=article, reading=SimpleNamespace(reports=()))
    nothing: Any = None
    desk = Desk((), nothing, Ground(case, [own, near, far], ()), nothing, nothing)
    assert desk.others == [near, far]


def test_who_stands_alone_is_asked_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """An article that opens a story has nobody to contradict: its conditions, parts and places are not looked for."""

    def fail(*_: object, **__: object) -> None:
        raise AssertionError("nobody to hold it against")

    for room, name in (
        (main_events, "_states"),
        (main_events, "_parts"),
        (main_events, "_places"),
        (frame_values, "_told"),
    ):
        monkeypatch.setattr(room, name, fail)
    desk: Any = SimpleNamespace(others=[], now=NOW)
    assert not list(main_events.find_opposed(desk))
    assert not list(frame_values.find_other_parts(desk))
