"""Bodies of one country are voices of their own; its officials in general are any of them. Waters act nowhere."""

from __future__ import annotations

import pytest

from news.model import Article, Origin, OriginKind
from news.reading import read
from news.reports.bodies import find_body, is_one_voice, list_voices, official_key
from news.reports.origins import count_independent


@pytest.mark.parametrize(
    ("phrase", "body"),
    [
        ("the Norwegian navy", "navy"),
        ("a spokesman for the army", "military"),
        ("defence ministry of Norway", "defence"),
        ("the Ministry of Defense", "defence"),
        ("el Ministerio de Defensa", "defence"),
        ("Norway's transport ministry", "transport"),
        ("coast guard of Norway", "coast-guard"),
        ("Norwegian officials", ""),
        ("the Norwegian prime minister", ""),
        ("the Norwegian minister", ""),
    ],
)
def test_the_body_that_speaks(phrase: str, body: str) -> None:
    assert find_body(phrase, country="norway") == body


def origin(phrase: str) -> Origin:
    return Origin(official_key("norway", phrase), phrase, OriginKind.OFFICIAL)


def test_two_bodies_are_two_voices_and_officials_are_any() -> None:
    """A navy can contradict its ministry; "officials" neither contradict them nor add to them."""
    ministry, navy, officials = origin("the defence ministry"), origin("the navy"), origin("officials")
    assert not is_one_voice(ministry.key, navy.key)
    assert is_one_voice(officials.key, navy.key)
    assert is_one_voice(navy.key, officials.key)
    assert not is_one_voice("outlet:post", "outlet:post/mail")
    assert count_independent([ministry, navy, officials]) == 2
    assert count_independent([officials]) == 1
    assert list_voices(["official:norway", "outlet:post"]) == {"official:norway", "outlet:post"}


def test_an_ocean_does_nothing() -> None:
    """It is a place, also where it stands as a subject or an owner would."""
    text = "The Pacific Ocean swallowed two ships on Monday. A destroyer crossed the Atlantic Ocean's edge on Tuesday."
    reports = read(Article("1", "", "Post", "", text)).reports
    assert reports
    assert all(not key.endswith("-ocean") for report in reports for key in report.actors)
