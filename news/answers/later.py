"""What later articles of a story make of a sentence that an answer quotes: corrected, put off, called off, grown.

Owns which of what was told later concerns the sentence. Must never find what is new or disputed: it reads the decisions
that were kept, and never says which of the two is right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from news.answers.answer import Answer, AnswerSentence, share_words
from news.answers.corrected import gives
from news.answers.questions import Asked, Question, read_question
from news.answers.sides import slot_of
from news.deciding.corrections import is_notice
from news.decision import Claim, Decision, FactKind, Label, NewFact, StoredArticle
from news.names.entities import lookup
from news.tables import load_toml
from news.words.measures import is_held, measures_in
from news.words.sentences import split_sentences
from news.words.text import content_terms
from news.words.turns import turns_in

MOST_LATER = 3
_Told = Sequence[tuple[StoredArticle, Decision]]


@dataclass(frozen=True, slots=True)
class Later:
    """What an article made of a quoted sentence.

    ``fact.before`` is the sentence, or the value that was changed: that of the first article to give it, which need not
    be the one that is quoted. Both claims name their article.
    """

    sentence: AnswerSentence
    fact: NewFact


def find_later(found: Answer, told: _Told) -> tuple[Later, ...]:
    """Return what was told later of what the answer quotes, newest first, one for each quoted sentence and article.

    Args:
        told: the articles of the quoted stories that brought something, with what was decided on them.
    """
    asked = read_question(found.question, lookup)
    return tuple(
        Later(sentence, fact)
        for stored, decision in sorted(told, key=lambda pair: -pair[0].id)
        for sentence in found.sentences
        if _is_after(stored, sentence) and (fact := _find_change(sentence, stored, decision, asked)) is not None
    )


def without_overtaken(found: Answer, later: Sequence[Later]) -> Answer:
    """Return the answer without a short answer whose sentence was overtaken by what was told later."""
    if found.answer is None or not any(each.sentence == found.sentences[0] for each in later):
        return found
    return replace(found, answer=None, meant="", reason=f"{found.reason}; what was told later differs")


def _is_after(stored: StoredArticle, sentence: AnswerSentence) -> bool:
    if stored.story_id != sentence.hit.story_id or stored.id == sentence.hit.article_id:
        return False
    ours, theirs = stored.article.published_at, sentence.hit.published_at
    return stored.id > sentence.hit.article_id if ours is None or theirs is None else ours > theirs


def _find_change(
    sentence: AnswerSentence, stored: StoredArticle, decision: Decision, asked: Question
) -> NewFact | None:
    language, least = stored.language or "en", load_toml("questions.toml")["later"]["same"]
    kinds = {slot_of(asked.text) or FactKind.FIGURE, FactKind.ACT, FactKind.STATUS}
    for fact in (one for one in decision.new if one.kind in kinds):
        after = replace(fact.after, article_id=stored.id)
        if fact.before is not None and fact.before.value != fact.after.value:
            here, once = (gives(sentence.text, claim.value, language) for claim in (fact.after, fact.before))
            if (once or not here) and share_words(fact.before.quote, sentence.text) >= least:
                return replace(fact, after=after)
            continue
        own = _relatives(language).sub(" ", fact.after.quote)
        is_near = share_words(own, sentence.text) >= least and _names_asked(own, asked)
        if is_near and _overtakes(own, sentence.text, language, asks_number=asked.asked is Asked.FIGURE):
            return NewFact(FactKind.ACT, after, claim_of(sentence), fact.event_id)
    is_corrected = decision.label is Label.REVISED and decision.duplicate_of == sentence.hit.article_id
    is_corrected &= all(fact.before is None or fact.before.value == fact.before.quote for fact in decision.new)
    return _find_notice(sentence, stored) if is_corrected else None


def _names_asked(later: str, asked: Question) -> bool:
    """Return whether a sentence has a word of each name asked about: what a firm puts off is not all that it does."""
    terms = content_terms(later)
    return all(not name.terms or not name.terms.isdisjoint(terms) for name in asked.names)


def _find_notice(sentence: AnswerSentence, stored: StoredArticle) -> NewFact | None:
    """Return what an outlet corrects its article of the sentence by: the notice, else what the text opens with.

    Of a notice that gives the value that was wrong and the right one it is known what it corrects, and nothing else.
    """
    told = [one.text for one in split_sentences(stored.article.text, stored.language or "en")]
    quote = next((one for one in told if is_notice(one)), told[0] if told else "")
    if share_words(quote, sentence.text) == 0:
        return None
    claim = Claim(quote, quote, stored.article.outlet, stored.id, published_at=stored.article.published_at)
    return NewFact(FactKind.ACT, claim, claim_of(sentence))


def _overtakes(later: str, earlier: str, language: str, *, asks_number: bool) -> bool:
    """Return whether a sentence puts off, calls off or takes back what another tells, or counts it otherwise."""
    ends = frozenset(str(load_toml("questions.toml")["later"]["turns"]).split())
    acts = {name for names in turns_in(later, language).values() for name in names} & ends
    if acts and not acts & {name for names in turns_in(earlier, language).values() for name in names}:
        return True
    ours, theirs = measures_in(later, language), measures_in(earlier, language)
    return asks_number and bool(ours and theirs) and not any(is_held(one, ours) for one in theirs)


@cache
def _relatives(language: str) -> re.Pattern[str]:
    """Return the clauses that tell more of a name: "which is buying its rival" tells nothing of the plant put off."""
    words = "|".join(load_toml("questions.toml")["later"]["relative"].get(language, "").split()) or "(?!)"
    return re.compile(rf",\s(?:\w{{1,8}}\s)?(?:{words})\b[^,;]{{3,200}},", re.IGNORECASE)


def claim_of(sentence: AnswerSentence) -> Claim:
    """Return a quoted sentence as a claim of its article."""
    hit = sentence.hit
    return Claim(sentence.text, sentence.text, hit.outlet, hit.article_id, published_at=hit.published_at)
