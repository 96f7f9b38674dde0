"""A note in which an outlet corrects its own report: what it corrects, and what was wrong.

Owns the tie between a notice that stands alone and the article that it is about. Must never judge a text that is
printed again with other facts: ``news.deciding.repeats`` does.
"""

from __future__ import annotations

from news.deciding.corrections import is_correction
from news.decision import Claim, FactKind, NewFact, StoredArticle
from news.disputes.slots import is_voice_of
from news.stories.belonging import group_by_story
from news.stories.case import Case
from news.words.measures import is_held, measures_in
from news.words.sentences import split_sentences
from news.words.text import content_terms

_MIN_COMMON = 2


def find_corrected(case: Case, story_id: int | None) -> StoredArticle | None:
    """Return the newest article of the story by the same outlet, if the article says that it corrects; else None."""
    if story_id is None or not is_correction(case.article.title, case.article.text):
        return None
    own = [one for one in group_by_story(case.candidates).get(story_id, ()) if is_voice_of(case.article, one)]
    return max(own, key=lambda one: one.id, default=None)


def list_corrections(case: Case, corrected: StoredArticle) -> tuple[NewFact, ...]:
    """Return the sentences of a note with a number that the corrected article lacks, each with its former wording.

    The former wording is the sentence of the article with most words in common; there must be two.
    """
    language = case.reading.language or "en"
    held = measures_in(f"{corrected.article.title}\n{corrected.article.text}", language)
    lines = [one.text for one in split_sentences(corrected.article.text, language)]
    facts: list[NewFact] = []
    for sentence in case.reading.sentences:
        fresh = [one for one in measures_in(sentence.text, language) if not is_held(one, held)]
        ours = content_terms(sentence.text, language).keys()
        former = max(lines, key=lambda line: len(ours & content_terms(line, language).keys()), default="")
        if not fresh or len(ours & content_terms(former, language).keys()) < _MIN_COMMON:
            continue
        value = sentence.text[fresh[0].start : fresh[0].end]
        before = Claim(
            former, former, corrected.article.outlet, corrected.id, published_at=corrected.article.published_at
        )
        facts.append(NewFact(FactKind.FIGURE, case.claim(value, sentence.text), before))
    return tuple(facts)
