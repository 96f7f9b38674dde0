"""When a story falls into two events: only where either part has a subject of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from news.decision import Label, StoredArticle
from news.model import Article, Precision
from news.stories.parting import FEATURES, LEAST, MOST, find_parting, is_due, part
from news.stories.texts import tell_text

START = datetime(2026, 3, 15, tzinfo=UTC)

RAMOS_TEXT = (
    "Heavyweight champion Nils Brandt stopped Felipe Ramos of Chile in the seventh round in Hanover on "
    "Saturday. Ramos had been down twice when the referee ended the fight. Brandt keeps his belt and has won "
    "40 times."
)
RAMOS_AGAIN_TEXT = (
    "Felipe Ramos, a late substitute from Chile, lasted seven rounds against heavyweight champion Nils Brandt. "
    "Ramos had two weeks to prepare for the fight in Hanover. Brandt keeps his belt and looks for an opponent."
)
RAMOS_AFTER_TEXT = (
    "Champion Nils Brandt knocked Felipe Ramos down in the sixth and stopped him in the seventh round. The "
    "Chilean Ramos, 36, said in Hanover that he would retire. Heavyweight Brandt keeps his belt."
)
OKORO_TEXT = (
    "Heavyweight champion Nils Brandt stopped Samuel Okoro in the fourth round in Bern on Saturday. Okoro, a "
    "left-hander from Lagos, was cut above the eye. Brandt keeps his belt before 22,000 people, his 43rd win."
)
OKORO_AGAIN_TEXT = (
    "Samuel Okoro had promised Lagos a new heavyweight champion, but Nils Brandt stopped him in the fourth "
    "round in Bern. The left-hander Okoro bled from a cut above the eye. Brandt keeps his belt."
)
OKORO_AFTER_TEXT = (
    "A crowd of 22,000 in Bern saw champion Nils Brandt stop Samuel Okoro in round four. Okoro of Lagos wants "
    "a rematch when the cut has healed. Heavyweight Brandt keeps his belt."
)
RAMOS = ("Brandt stops Ramos in the seventh round to keep his title", RAMOS_TEXT)
OKORO = ("Brandt beats Okoro in Bern to keep his heavyweight title", OKORO_TEXT)
RAMOS_AGAIN = ("Ramos no match for champion Brandt", RAMOS_AGAIN_TEXT)
OKORO_AGAIN = ("Okoro stopped in four by champion Brandt", OKORO_AGAIN_TEXT)
RAMOS_AFTER = ("Brandt keeps title as Ramos is stopped in Hanover", RAMOS_AFTER_TEXT)
OKORO_AFTER = ("22,000 see Brandt defeat left-hander Okoro", OKORO_AFTER_TEXT)
MIXED = (RAMOS, OKORO, RAMOS_AGAIN, OKORO_AGAIN, RAMOS_AFTER, OKORO_AFTER)


def store(number: int, title: str, text: str, *, language: str = "en", of: int | None = None) -> StoredArticle:
    article = Article(str(number), f"https://gazette.example/{number}", "Gazette", title, text, START, Precision.DAY)
    return StoredArticle(number, article, 1, Label.UPDATE, START, language, duplicate_of=of)


def story(*texts: tuple[str, str]) -> list[StoredArticle]:
    return [store(number, *text) for number, text in enumerate(texts, 1)]


def test_two_fights_of_one_champion_fall_apart() -> None:
    """What both share says nothing; the part with the oldest article keeps the story, and both are named."""
    parting = find_parting(story(*MIXED))
    assert parting is not None
    assert (parting.kept, parting.moved) == ((1, 3, 5), (2, 4, 6))
    assert "Ramos" in parting.kept_names
    assert "Okoro" in parting.moved_names


def test_a_copy_goes_where_its_original_goes() -> None:
    """Copies say nothing of their own, so they have no say in how a story falls."""
    parting = find_parting([*story(*MIXED), store(7, *OKORO, of=2), store(8, *RAMOS, of=1)])
    assert parting is not None
    assert parting.moved == (2, 4, 6, 7)


def test_one_fight_stays_whole() -> None:
    """Accounts that differ in what they dwell on are no two events."""
    assert find_parting(story(RAMOS, RAMOS_AGAIN, RAMOS_AFTER, RAMOS)) is None


def test_one_article_alone_is_no_part() -> None:
    """A single misfit proves nothing: it may be a report from the side."""
    assert find_parting(story(RAMOS, RAMOS_AGAIN, RAMOS_AFTER, OKORO)) is None


def test_what_is_told_in_two_languages_stays_whole() -> None:
    """Words of two languages have little in common, which is no sign of two events."""
    mixed = story(*MIXED)
    assert find_parting([*mixed[:-1], replace(mixed[-1], language="es")]) is None


def test_a_story_of_three_is_not_asked() -> None:
    """With so few nothing is common to the story."""
    assert find_parting(story(*MIXED[: LEAST - 1])) is None


def test_a_story_is_looked_at_each_time_and_then_ever_more_seldom() -> None:
    """The work grows with the story, so it is done less often, and never for what is a subject of many events."""
    due = [n for n in range(1, MOST + 20) if is_due(n)]
    assert due[:8] == [4, 5, 6, 7, 8, 10, 12, 14]
    assert max(due) <= MOST
    assert len([n for n in due if n > MOST // 2]) <= MOST // 8


@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=200)), min_size=LEAST, max_size=9))
def test_any_texts_are_parted_whole_or_not_at_all(texts: list[tuple[str, str]]) -> None:
    """Every article is on one side, the oldest on the first."""
    found = part([tell_text(title, text, "en") for title, text in texts])
    if found is not None:
        (ours, theirs), values = found
        assert sorted([*ours, *theirs]) == list(range(len(texts)))
        assert ours[0] == 0
        assert len(values) == len(FEATURES)
