"""Bodies of one country are voices of their own; its officials in general are any of them. Waters act nowhere."""

from __future__ import annotations

import pytest

from news.model import Article, Origin, OriginKind
from news.reading import read
from news.reports.bodies import are_two_bodies, find_body, is_one_voice, list_voices, official_key
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
        ("the oil ministry", "oil"),
        ("the ministry", ""),
        ("a cabinet minister", ""),
        ("a nuclear regulator", "nuclear-regulator"),
        ("the nuclear regulator", "nuclear-regulator"),
        ("the news agency", ""),
        ("the agency", ""),
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


def test_a_body_of_an_unnamed_country_may_be_that_of_any() -> None:
    """The police are those of whichever country, and no other body of one."""
    assert is_one_voice("official:?/police", "official:norway/police")
    assert not is_one_voice("official:?/police", "official:norway/navy")
    assert not is_one_voice("official:?/police", "official:norway")
    assert not is_one_voice("official:?", "official:?/police")


@pytest.mark.parametrize(
    ("one", "other", "are_two"),
    [
        ("official:norway/navy", "side:workers", True),
        ("official:?/police", "side:organisers", True),
        ("official:norway", "official:russia", True),
        ("side:workers", "side:firm/airline", True),
        ("org:red-cross", "official:norway/navy", True),
        ("official:?/police", "unnamed:people", True),
        ("side:firm/airline", "side:firm/company", False),  # the airline is a company
        ("org:red-cross", "side:medics", False),  # nobody knows what "the doctors" are
        ("unnamed:people", "unnamed:witnesses", False),
        ("official:norway", "official:norway/navy", False),
        ("official:norway", "official:?/police", False),  # Norway's, for all anybody knows
        ("official:norway/navy", "outlet:post", False),
        ("person:ola-dahl", "side:workers", False),  # he may lead the union
    ],
)
def test_what_is_known_to_be_two_bodies(one: str, other: str, *, are_two: bool) -> None:
    assert are_two_bodies(one, other) is are_two
    assert are_two_bodies(other, one) is are_two


def test_a_side_without_a_name_may_be_an_organisation_that_has_one() -> None:
    """The count of voices is low where it is not known, and never high."""
    assert list_voices(["side:workers", "official:norway"]) == {"side:workers", "official:norway"}
    assert list_voices(["side:workers", "org:logs"]) == {"org:logs"}
    assert len(list_voices(["side:workers", "side:firm/airline", "org:logs"])) == 2
    assert len(list_voices(["side:firm/airline", "side:firm/company"])) == 1
    assert list_voices(["name:dahl", "person:ola-dahl"]) == {"person:ola-dahl"}
    assert len(list_voices(["name:dahl-ola", "name:ola-dahl"])) == 1


def test_an_ocean_does_nothing() -> None:
    """It is a place, also where it stands as a subject or an owner would."""
    text = "The Pacific Ocean swallowed two ships on Monday. A destroyer crossed the Atlantic Ocean's edge on Tuesday."
    reports = read(Article("1", "", "Post", "", text)).reports
    assert reports
    assert all(not key.endswith("-ocean") for report in reports for key in report.actors)
