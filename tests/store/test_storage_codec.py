"""Values of the subject survive their written form."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.decision import Decision, Label, NewFact, Reason
from news.errors import StorageError
from news.model import NO_TIME, Report, TimeSpan
from storage.codec import from_json, to_json
from storage.types import from_microseconds, storable, to_microseconds
from tests.contract.store_texts import FULL_REPORT

TEXT = st.text(st.characters(codec="utf-8"))
REPORTS = st.builds(Report, when=st.one_of(st.just(NO_TIME), st.builds(TimeSpan)), quote=TEXT)


def test_a_report_with_everything_comes_back() -> None:
    assert from_json(Report, to_json(FULL_REPORT)) == FULL_REPORT


@given(REPORTS)
def test_reports_come_back(report: Report) -> None:
    assert from_json(Report, to_json(report)) == report


@given(st.builds(Decision, new=st.lists(st.builds(NewFact), max_size=2).map(tuple)))
def test_decisions_come_back(decision: Decision) -> None:
    assert from_json(Decision, to_json(decision)) == decision


def test_fields_with_their_default_are_left_out() -> None:
    assert json.loads(to_json(Reason("figure", "2 -> 4"))) == {"step": "figure", "text": "2 -> 4"}


def test_rows_of_another_version_are_read() -> None:
    """A field that a later or earlier program does not know neither breaks nor spoils the rest."""
    data = json.loads(to_json(FULL_REPORT)) | {"mood": "calm"}
    del data["trigger"]
    assert from_json(Report, json.dumps(data)) == replace(FULL_REPORT, trigger="")


@pytest.mark.parametrize("data", ["", "{", "[]", "{}", '{"sentence": 1}', "3", "null"])
def test_damaged_rows_are_named(data: str) -> None:
    with pytest.raises(StorageError, match="a stored Report cannot be read"):
        from_json(Report, data)


def test_what_follows_a_value_is_damage() -> None:
    with pytest.raises(StorageError, match="cannot be read"):
        from_json(dict[str, int], '{"a":1}{"b":2}')


def test_an_unknown_label_is_damage() -> None:
    with pytest.raises(StorageError):
        from_json(frozenset[Label], '["NEW", "BRAND_NEW"]')
    assert from_json(frozenset[Label], to_json(frozenset({Label.NEW}))) == {Label.NEW}


@given(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=-4)), timezone(timedelta(hours=14))])))
def test_moments_come_back_to_the_microsecond(moment: datetime) -> None:
    try:
        expected = moment.astimezone(UTC)
    except OverflowError:
        return
    back = from_microseconds(to_microseconds(moment))
    assert back == expected
    assert back.tzinfo is UTC


@given(st.text(st.characters()))
def test_storable_text_keeps_its_length(text: str) -> None:
    """Offsets into an article stay right whatever has to be replaced in it."""
    stored = storable(text)
    assert len(stored) == len(text)
    stored.encode()
    assert "\x00" not in stored
    assert storable(stored) == stored
