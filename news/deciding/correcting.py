"""A note in which an outlet corrects its own report: what it corrects, and what was wrong.

Owns the tie between a notice that stands alone and the article that it is about. Must never judge a text that is
printed again with other facts: ``news.deciding.repeats`` does.
"""

from __future__ import annotations

from news.deciding.amended import find_amended
from news.deciding.corrections import is_correction, is_notice
from news.decision import Claim, FactKind, NewFact, StoredArticle
from news.disputes.slots import is_voice_of
from news.stories.belonging import group_by_story
from news.stories.case import Case
from news.words.measures import Measure, is_held, measures_in
from news.words.sentences import split_sentences
from news.words.text import content_terms, fold

_MIN_COMMON = 2
_NOTICE_SENTENCES = 2
"""Sentences of a notice: what was wrong, and what is right."""


def find_corrected(case: Case, story_id: int | None) -> StoredArticle | None:
    """Return the newest article of the story by the same outlet, if the article says that it corrects; else None."""
    if story_id is None or not is_correction(case.article.title, case.article.text):
        return None
    own = [one for one in group_by_story(case.candidates).get(story_id, ()) if is_voice_of(case.article, one)]
    return max(own, key=lambda one: one.id, default=None)


def list_corrections(case: Case, corrected: StoredArticle) -> tuple[NewFact, ...]:
    """Return what a note corrects: the values that it had wrong and that are right, else what the article lacks.

    A note that gives both ("an earlier version said 12; it is 21") is taken at its word. Of another each sentence
    counts that has a number which the corrected article lacks, with the sentence of the article that has most words in
    common (two at least) as its former wording.
    """
    return list_amended(case, corrected) or _list_fresh(case, corrected)


def list_amended(case: Case, corrected: StoredArticle) -> tuple[NewFact, ...]:
    """Return the pairs of values that the notices of a text give, each beside the sentence that had the wrong one."""
    facts: dict[tuple[str, str], NewFact] = {}
    sentences = case.reading.sentences
    for at, sentence in enumerate(sentences):
        if is_notice(sentence.text):
            told = sentences[at : at + _NOTICE_SENTENCES]
            for one in find_amended(" ".join(each.text for each in told), case.reading.language or "en"):
                quote = next((each.text for each in told if one.now in each.text), sentence.text)
                former = _former_of(one.was, quote, corrected)
                before = _claim_of(corrected, one.was, former) if former else case.claim(one.was, sentence.text)
                facts.setdefault((one.was, one.now), NewFact(one.kind, case.claim(one.now, quote), before))
    return tuple(facts.values())


def _former_of(value: str, note: str, corrected: StoredArticle) -> str:
    """Return the sentence of the article that gives a value, of several the one most like the note; empty for none."""
    language = corrected.language or "en"
    lines = [one.text for one in split_sentences(f"{corrected.article.text}\n\n{corrected.article.title}", language)]
    wanted, ours = measures_in(value, language), content_terms(note, language).keys()
    giving = [
        line
        for line in lines
        if (all(is_held(one, measures_in(line, language)) for one in wanted) if wanted else fold(value) in fold(line))
    ]
    return max(giving, key=lambda line: len(ours & content_terms(line, language).keys()), default="")


def _claim_of(article: StoredArticle, value: str, quote: str) -> Claim:
    return Claim(value, quote, article.article.outlet, article.id, published_at=article.article.published_at)


def _list_fresh(case: Case, corrected: StoredArticle) -> tuple[NewFact, ...]:
    """Return the sentences of a note with a number that the corrected article lacks, each with its former wording."""
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
        before = _claim_of(corrected, _value_of(former, fresh[0], language), former)
        facts.append(NewFact(FactKind.FIGURE, case.claim(value, sentence.text), before))
    return tuple(facts)


def _value_of(former: str, fresh: Measure, language: str) -> str:
    """Return the one number of its kind in a former sentence; the sentence where there are more or none."""
    found = [one for one in measures_in(former, language) if one.kind == fresh.kind]
    return former[found[0].start : found[0].end] if len(found) == 1 else former
