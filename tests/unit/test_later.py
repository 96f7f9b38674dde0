"""What was told later of a quoted sentence: which articles change it, in which order, and when it gives no answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handlers.commands.ask import _answer_blocks
from handlers.reply import Paragraph, text_of
from news.answers.answer import Answer, AnswerSentence
from news.answers.later import find_later, without_overtaken
from news.answers.retrieval import PassageHit
from news.decision import Claim, Decision, FactKind, Label, NewFact, StoredArticle
from news.model import Article

Told = tuple[StoredArticle, Decision]

AT = datetime(2026, 3, 16, tzinfo=UTC)
FIRST = "Five people died in the landslide at Orvik, the rescue service said."
SAME = "The landslide at Orvik killed five people, the rescue service said."
LATER = "The landslide at Orvik killed fourteen people, the rescue service said."
HURT = "Nine people who live near Orvik were taken to hospital."


def quote(article_id: int, text: str, *, story_id: int = 1) -> AnswerSentence:
    at = AT + timedelta(hours=article_id)
    return AnswerSentence(text, PassageHit(article_id, f"a{article_id}", story_id, "Post", "", "", at, 0, text, 1.0))


def found(*sentences: AnswerSentence, question: str = "How many people died in the landslide at Orvik?") -> Answer:
    return Answer(question, "five people", sentences, (), abstained=False, reason="told", searched=())


def tell(article_id: int, *new: NewFact, text: str = LATER, label: Label = Label.UPDATE, of: int | None = None) -> Told:
    article = Article(f"g{article_id}", "", "Mail", "", text, AT + timedelta(hours=article_id))
    stored = StoredArticle(article_id, article, 1, label, AT, "en")
    return stored, Decision(label, 1, (), duplicate_of=of, new=new)


def change(before: str = FIRST, after: str = LATER, *, was: str = "five", now: str = "fourteen") -> NewFact:
    return NewFact(FactKind.FIGURE, Claim(now, after, "Mail"), Claim(was, before, "Herald", 1))


def pairs(answer: Answer, *told: Told) -> list[tuple[int, int | None]]:
    """Return the quoted article and the later one of each change."""
    return [(each.sentence.hit.article_id, each.fact.after.article_id) for each in find_later(answer, told)]


def test_a_sentence_that_says_the_same_is_overtaken_like_the_one_whose_value_was_changed() -> None:
    """The value is that of article 1; article 2 is quoted, which gave it too."""
    answer = found(quote(2, SAME))
    later = find_later(answer, [tell(3, change())])
    assert [(each.sentence.text, each.fact.before and each.fact.before.article_id) for each in later] == [(SAME, 1)]
    assert without_overtaken(answer, later).answer is None


def test_another_sentence_of_the_article_is_not_overtaken() -> None:
    """The deaths were counted anew, and those in hospital were not."""
    answer = found(quote(1, HURT), quote(1, FIRST))
    later = find_later(answer, [tell(3, change())])
    assert [each.sentence.text for each in later] == [FIRST]
    assert without_overtaken(answer, later) == answer


def test_who_gives_the_new_value_is_not_overtaken() -> None:
    """An outlet that comes to it later changes its own count only; who gives both tells of the change itself."""
    assert pairs(found(quote(2, LATER)), tell(3, change())) == []
    both = "The landslide at Orvik killed five people on Monday and fourteen in all, the rescue service said."
    assert pairs(found(quote(2, both)), tell(3, change())) == [(2, 3)]


def test_all_changes_are_told_the_newest_first() -> None:
    answer = found(quote(1, FIRST), quote(2, SAME))
    told = (tell(4, change(now="nine")), tell(5, change()), tell(3, change(now="seven")))
    assert pairs(answer, *told) == [(1, 5), (2, 5), (1, 4), (2, 4), (1, 3), (2, 3)]
    assert pairs(found(quote(1, FIRST)), tell(3, change()), tell(4, change(after=HURT)), tell(5, change())) == [
        (1, 5),
        (1, 4),
        (1, 3),
    ]


def test_what_came_before_changes_nothing() -> None:
    """By the day of publication where both have one, else by the order in which they came in."""
    assert pairs(found(quote(4, FIRST)), tell(3, change())) == []
    assert pairs(found(quote(4, FIRST)), tell(4, change())) == []
    first = quote(2, FIRST)
    undated = replace(first, hit=replace(first.hit, published_at=None))
    assert pairs(found(undated), tell(3, change()), tell(1, change())) == [(2, 3)]
    stored, decision = tell(3, change())
    assert pairs(found(first), (replace(stored, article=replace(stored.article, published_at=AT)), decision)) == []


def test_another_story_changes_nothing() -> None:
    assert pairs(found(quote(1, FIRST, story_id=2)), tell(3, change())) == []


@pytest.mark.parametrize(
    "fact",
    [
        change("Five lorries were hired for the fair in Tolna."),
        change(after=SAME, now="five"),
        NewFact(FactKind.FIGURE, Claim(LATER, "The fair in Orvik was put off by fourteen days.", "Mail")),
        NewFact(FactKind.FIGURE, Claim(SAME, SAME, "Mail")),
    ],
    ids=["other-words", "same-value", "new-and-other-words", "new-and-the-same"],
)
def test_what_is_of_something_else_changes_nothing(fact: NewFact) -> None:
    assert pairs(found(quote(1, FIRST)), tell(3, fact)) == []
    assert pairs(found(quote(1, FIRST)), tell(3, fact, change())) == [(1, 3)]


def test_a_new_count_in_like_words_overtakes() -> None:
    new = NewFact(FactKind.FIGURE, Claim(LATER, LATER, "Mail"))
    (later,) = find_later(found(quote(1, FIRST)), [tell(3, new)])
    assert later.fact.before is not None
    assert (later.fact.kind, later.fact.before.quote, later.fact.before.article_id) == (FactKind.ACT, FIRST, 1)


NOTICE = "Correction: an earlier version gave a wrong number of people who died in the landslide at Orvik."


def test_an_article_is_corrected_by_the_one_that_replaces_it() -> None:
    """Another outlet's notice, or one of what this sentence does not tell, is none of it."""
    answer = found(quote(1, FIRST), quote(2, SAME))
    (later,) = find_later(answer, [tell(3, text=NOTICE, label=Label.REVISED, of=1)])
    assert (later.sentence.text, later.fact.after.quote) == (FIRST, NOTICE)
    assert pairs(answer, tell(3, text=NOTICE, label=Label.UPDATE, of=1)) == []
    assert pairs(answer, tell(3, text=NOTICE, label=Label.REVISED, of=9)) == []
    other = "Correction: a photo caption misspelled Tolna."
    assert pairs(answer, tell(3, text=other, label=Label.REVISED, of=1)) == []


def test_an_answer_that_was_not_given_stays_away() -> None:
    none = replace(found(), answer=None)
    assert without_overtaken(none, ()) is none


def test_what_overtakes_two_quotes_is_shown_once() -> None:
    answer = found(quote(1, FIRST), quote(2, SAME))
    later = [each.fact for each in find_later(answer, [tell(3, change()), tell(4, change(now="nine", after=LATER))])]
    blocks = _answer_blocks(answer, (), later)
    assert len(later) == 4
    assert [text_of(each.spans)[:10] for each in blocks if isinstance(each, Paragraph)][1:] == ["Told later"] * 2


def test_what_is_quoted_already_is_told_to_stand_above() -> None:
    """A line with nothing below it would say nothing."""
    answer = found(quote(1, FIRST), quote(3, LATER))
    said = NewFact(FactKind.ACT, Claim(LATER, LATER, "Mail", 3), Claim(FIRST, FIRST, "Post", 1))
    lines = [text_of(each.spans) for each in _answer_blocks(answer, (), [said]) if isinstance(each, Paragraph)]
    assert "Told later by Mail (a3), quoted above." in lines
    unquoted = [text_of(each.spans) for each in _answer_blocks(found(), (), [said]) if isinstance(each, Paragraph)]
    assert "Told later by Mail (a3):" in unquoted
