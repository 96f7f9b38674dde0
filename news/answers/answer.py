"""Answers out of stored sentences, or none.

Owns what is quoted in answer to a question, the short answer where one stands in the quotes, and when to abstain. Must
never say a word that no stored sentence has: sentences and short answers are taken verbatim.

When it abstains (the coverage rule): there is an answer only if some article has

1. in its best passages or its title, every name that the question has (by one of its words, or by another form of a
   known name), and
2. in one of these passages with the title, at least ``answering.least_coverage`` of the question's content words,
   weighed by their rarity among the hits. A word that no hit has weighs most: the index was asked for each, so the
   record does not have it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import inf, log

from news.answers.answer_bounds import plain_stem
from news.answers.counted import harms_asked
from news.answers.fit import asked_of_past, asks_ahead, choose_fitting, is_supposed, names_year
from news.answers.questions import Asked, Name, Question, list_terms, make_query, read_question
from news.answers.retrieval import PassageHit, PassageQuery, asks_for_newest, rank_passages
from news.answers.spans import Span, find_spans
from news.dates.when import describe_span
from news.deciding.corrections import is_notice
from news.names.entities import find_mentions, lookup
from news.tables import load_toml
from news.words.meanings import act_of, acts_in, object_of
from news.words.text import content_terms, split_sentences, stem_words, tokenize
from news.words.vocabulary import language_of

__all__ = ["Answer", "AnswerSentence", "answer", "make_query"]

MAX_PASSAGES = 10
_PER_ARTICLE = 4
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_IDENTITY = re.compile(r"\s*who\s+(?:is|was|are|were)\s+\S+(?:\s+\S+){0,2}\s*\??\s*$", re.IGNORECASE)
_HAD_WRONG = re.compile(
    r"(?i)\b(?:report|version|article|story|headline)\b[^.;]*\b(?:said|gave|stated|put|named|misstated)\b"
)
_CLASS = "\0"
"""What marks the class of an act among stems."""
_OF_AN_ACT = frozenset({Asked.WHO, Asked.WHEN, Asked.WHERE})
_FEW = 2
"""Words of a short question, such as its verb and its subject: a sentence without either tells of something else."""

_WEIGHED = 12
"""Sentences that may vote for a short answer."""


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """A stored sentence, verbatim, with the passage that it stands in."""

    text: str
    hit: PassageHit


@dataclass(frozen=True, slots=True)
class Answer:
    """What the record says, or that it does not.

    Attributes:
        answer: a name, date or figure as it stands in the first sentence; None where none is clear.
        meant: the date that an answer without a year means ("Monday"), in words; empty where it says all.
        sentences: quotes, best first; empty if ``abstained``.
        passages: the ten best, each of another article, best first, also if ``abstained``.
        reason: why there is no answer, or what the answer rests on; one sentence for a reader.
        searched: the words and names that were looked for.
    """

    question: str
    answer: str | None
    sentences: tuple[AnswerSentence, ...]
    passages: tuple[PassageHit, ...]
    abstained: bool
    reason: str
    searched: tuple[str, ...]
    meant: str = ""


@dataclass(frozen=True, slots=True)
class _Scored:
    """A sentence with its worth and its share of the question's words."""

    text: str
    hit: PassageHit
    worth: float


def answer(question: str, query: PassageQuery, hits: Sequence[PassageHit]) -> Answer:
    """Return the answer to ``question`` that the hits of ``query`` hold.

    The hits may come in any order. Raises QueryError where ``make_query`` does.

    Known failures: what only two articles together say is not put together; a yes or no is never said, the sentences
    speak for themselves; a sentence that denies is as good a quote as one that affirms.
    """
    newest_on = max((hit.published_at.date() for hit in hits if hit.published_at is not None), default=None)
    asked = read_question(question, lookup, newest_on=newest_on)
    passages = rank_passages(query, hits, is_recent_asked=asks_for_newest(question))[:MAX_PASSAGES]
    weights = _weigh_terms(asked.about, hits)
    support = _group(passages, hits)
    missing, coverage = _find_gap(asked, support, weights)
    searched = tuple(dict.fromkeys((*(name.text for name in asked.names), *_typed_words(asked))))
    rules = load_toml("questions.toml")["answering"]
    if missing or coverage < rules["least_coverage"]:
        reason = _explain_gap(asked, missing, n_hits=len(hits))
        return Answer(question, None, (), passages, abstained=True, reason=reason, searched=searched)
    named = [each for each in support if not _list_missing(asked, each)]
    scored = _list_fitting(asked, _score_sentences(named, weights))
    if not scored:
        reason = _explain_unfit(asked)
        return Answer(question, None, (), passages, abstained=True, reason=reason, searched=searched)
    span, first = _choose_short(asked, scored, weights)
    sentences = _choose_sentences(scored, first)
    reason = count_quotes(sentences)
    short, meant = (span.text, span.meant) if span is not None else (None, "")
    return Answer(question, short, sentences, passages, abstained=False, reason=reason, searched=searched, meant=meant)


def count_quotes(sentences: Sequence[AnswerSentence]) -> str:
    """Return ``2 sentences of 1 article``."""
    articles = len({sentence.hit.article_id for sentence in sentences})
    return f"{_count(len(sentences), 'sentence')} of {_count(articles, 'article')}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _weigh_terms(terms: Sequence[str], hits: Sequence[PassageHit]) -> dict[str, float]:
    """Return the weight of each term: the rarer among the hits, the more."""
    counts: Counter[str] = Counter()
    for hit in hits:
        found = _terms_of(hit)
        counts.update(term for term in terms if _is_said(term, found))
    return {term: log(1 + (1 + len(hits)) / (0.5 + counts[term])) for term in terms}


def _terms_of(hit: PassageHit) -> frozenset[str]:
    return _terms_in(f"{hit.title}\n{hit.text}")


@lru_cache(maxsize=1 << 12)
def _terms_in(text: str) -> frozenset[str]:
    """Return the content stems of a text and the classes of its acts, which are no stems."""
    stems = content_terms(text)
    return frozenset((*stems, *map(plain_stem, stems), *(f"{_CLASS}{name}" for name in acts_in(text))))


def _is_said(term: str, terms: Collection[str]) -> bool:
    """Return whether a text has the stem, or another word for the same act: "killed" for "died"."""
    return term in terms or f"{_CLASS}{act_of(term)}" in terms


def _group(passages: Sequence[PassageHit], hits: Sequence[PassageHit]) -> list[list[PassageHit]]:
    """Return for each passage the best hits of its article, in the order of the passages."""
    found: dict[int, list[PassageHit]] = defaultdict(list)
    for hit in sorted(hits, key=lambda each: -each.score):
        found[hit.article_id].append(hit)
    return [found[passage.article_id][:_PER_ARTICLE] for passage in passages]


# Whether there is an answer at all


def _find_gap(
    asked: Question, support: Sequence[Sequence[PassageHit]], weights: Mapping[str, float]
) -> tuple[tuple[Name, ...], float]:
    """Return the names that the best covered article lacks, and its coverage, 0 to 1."""
    best: tuple[int, float] | None = None
    lacking: tuple[Name, ...] = asked.names
    for hits in support:
        coverage = max(_cover(_terms_of(hit), weights) for hit in hits)
        missing = _list_missing(asked, hits)
        if best is None or (-len(missing), coverage) > best:
            best, lacking = (-len(missing), coverage), missing
    return lacking, best[1] if best is not None else 0.0


def _list_missing(asked: Question, hits: Sequence[PassageHit]) -> tuple[Name, ...]:
    """Return the names and years of the question that the passages of an article lack."""
    terms = {term for hit in hits for term in _terms_of(hit)}
    years = (Name(year, ()) for year in dict.fromkeys(_YEAR.findall(asked.text)))
    missing = tuple(name for name in asked.names if not _has_name(name, terms, hits))
    return missing + tuple(year for year in years if not any(_is_of_year(hit, year.text) for hit in hits))


def _is_of_year(hit: PassageHit, year: str) -> bool:
    """Return whether a passage names the year, or was published in it."""
    return names_year(hit.text, year) or (hit.published_at is not None and f"{hit.published_at:%Y}" == year)


def _cover(terms: Collection[str], weights: Mapping[str, float]) -> float:
    total = sum(weights.values())
    return sum(weight for term, weight in weights.items() if _is_said(term, terms)) / total if total else 0.0


def _has_name(name: Name, terms: Collection[str], hits: Sequence[PassageHit]) -> bool:
    """Return whether the article has the name: one of its words, or any other form of a known name."""
    own = name.terms
    if not own or any(term in terms for term in own):
        return True
    wanted = set(name.keys)
    return (
        any(wanted.intersection((key, *within)) for hit in hits for key, within in _keys_in(hit.text))
        if wanted
        else False
    )


def _keys_in(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for mention in find_mentions(text, split_sentences(text), language_of(text)):
        yield mention.entity.key, mention.entity.within


def _list_fitting(asked: Question, scored: list[_Scored]) -> list[_Scored]:
    fits = choose_fitting(asked, [(each.text, each.hit) for each in scored])
    return [each for each, fit in zip(scored, fits, strict=True) if fit]


def _explain_unfit(asked: Question) -> str:
    if asked.days:
        return f"No stored sentence on it is of {' or '.join(map(describe_span, asked.days))}."
    return "What is nearest tells of another place or another happening, or only of what may be or is planned."


def _explain_gap(asked: Question, missing: Sequence[Name], *, n_hits: int) -> str:
    if not n_hits:
        return "No stored article has any of the words of the question."
    if missing:
        names = ", ".join(name.text for name in missing)
        return f"No stored article that fits the rest of the question names {names}."
    return f"No stored article has enough of the question's words: {', '.join(_typed_words(asked))}."


def _typed_words(asked: Question) -> tuple[str, ...]:
    """Return the words of the question that were looked for, as they were typed, those of its names left out."""
    named = {word for name in asked.names for word in tokenize(name.text)}
    words = [
        word
        for word in tokenize(asked.text)
        if word not in named and not set(asked.terms).isdisjoint(list_terms(word, asked.language))
    ]
    return tuple(dict.fromkeys(words))


# Which sentences


def _score_sentences(support: Sequence[Sequence[PassageHit]], weights: Mapping[str, float]) -> list[_Scored]:
    """Return the sentences of the supporting passages, best first, equal texts once."""
    scored: dict[str, _Scored] = {}
    for rank, hits in enumerate(support):
        for hit in hits:
            around = _cover(_terms_of(hit), weights)
            for sentence in split_sentences(hit.text):
                worth = _cover(_terms_in(sentence.text), weights) + around
                worth *= load_toml("questions.toml")["answering"]["headline"] if sentence.text == hit.title else 1.0
                scored.setdefault(sentence.text, _Scored(sentence.text, hit, worth / (1 + rank / MAX_PASSAGES)))
    return sorted(scored.values(), key=lambda each: -each.worth)


def _choose_sentences(scored: Sequence[_Scored], first: _Scored | None) -> tuple[AnswerSentence, ...]:
    rules = load_toml("questions.toml")["answering"]
    order = [first, *scored] if first is not None else list(scored)
    least = rules["near_best"] * max((each.worth for each in scored), default=0.0)
    chosen: list[_Scored] = []
    for each in order:
        is_new = all(share_words(each.text, other.text) < rules["same"] for other in chosen)
        if len(chosen) < rules["most"] and is_new and (not chosen or each.worth >= least):
            chosen.append(each)
    return tuple(AnswerSentence(each.text, each.hit) for each in chosen)


def share_words(one: str, other: str) -> float:
    """Return the share of the shorter sentence's content words that the other has."""
    ours, theirs = content_terms(one).keys(), content_terms(other).keys()
    return len(ours & theirs) / max(1, min(len(ours), len(theirs)))


# The short answer


def _choose_short(
    asked: Question, scored: Sequence[_Scored], weights: Mapping[str, float]
) -> tuple[Span | None, _Scored | None]:
    """Return the name, date or figure that answers, and the best sentence that has it; both None where unclear.

    Only a sentence that has most of the question's words counts, and for who, when and where all of its names: a wrong
    short answer is worse than none. "Who is X?" asks what somebody is, which no name answers.
    """
    if asked.asked in {Asked.WHAT, Asked.YES_NO} or _IDENTITY.match(asked.text):
        return None, None
    votes: dict[tuple[int, str], float] = defaultdict(float)
    said: dict[tuple[int, str], tuple[Span, _Scored]] = {}
    withdrawn = _list_withdrawn(asked, scored)
    for each in [one for one in scored[:_WEIGHED] if not is_notice(one.text) and _may_answer(asked, one, weights)]:
        for span in find_spans(asked, each.text, each.hit):
            key = (each.hit.story_id, span.key)
            if key in withdrawn:
                continue
            votes[key] += span.fit * each.worth**3
            if key not in said or (span.is_whole, span.fit) > (said[key][0].is_whole, said[key][0].fit):
                said[key] = (span, each)
    chosen = _choose_key(asked, votes, said)
    if chosen is None or not said[chosen][0].is_whole:
        return None, None
    span, sentence = said[chosen]
    return span, sentence


def _list_withdrawn(asked: Question, scored: Sequence[_Scored]) -> set[tuple[int, str]]:
    """Return story and value of what a notice of correction says that an earlier report had wrong."""
    notices = [each for each in scored if is_notice(each.text) and _HAD_WRONG.search(each.text)]
    return {(each.hit.story_id, span.key) for each in notices for span in find_spans(asked, each.text, each.hit)}


def _choose_key(
    asked: Question, votes: Mapping[tuple[int, str], float], said: Mapping[tuple[int, str], tuple[Span, _Scored]]
) -> tuple[int, str] | None:
    """Return the story and value that have most votes; None where no value has enough of them.

    Of a toll that a story gives more than once, the newest stands. Where two stories have tolls that differ, and about
    as many votes, it is not clear which happening is meant.
    """
    if not votes:
        return None
    rules = load_toml("questions.toml")["answering"]
    if harms_asked(asked):
        by_story: Counter[int] = Counter()
        for (story, _), vote in votes.items():
            by_story[story] += vote  # type: ignore[assignment]  # Counter adds floats as well
        story = max(by_story, key=lambda each: by_story[each])
        latest = max((key for key in votes if key[0] == story), key=lambda key: (_told_at(said[key][1]), votes[key]))
        rivals = [each for each in by_story if by_story[each] >= rules["rival"] * by_story[story]]
        is_clear = all((each, latest[1]) in votes for each in rivals)
        if story:
            return latest if is_clear else None
    by_value: Counter[str] = Counter()
    for (_, value), vote in votes.items():
        by_value[value] += vote  # type: ignore[assignment]  # the same
    value = max(by_value, key=lambda each: by_value[each])
    if by_value[value] / sum(votes.values()) < rules["least_lead"]:
        return None
    return max((key for key in votes if key[1] == value), key=lambda key: said[key][0].fit)


def _told_at(each: _Scored) -> float:
    return each.hit.published_at.timestamp() if each.hit.published_at is not None else -inf


def _may_answer(asked: Question, each: _Scored, weights: Mapping[str, float]) -> bool:
    terms = _terms_in(each.text)
    asked_in = _terms_of(each.hit) if harms_asked(asked) else terms
    if _cover(asked_in, weights) < load_toml("questions.toml")["answering"]["least_short"]:
        return False
    if asked.asked in _OF_AN_ACT and not _tells_asked(asked, terms):
        return False
    if not asks_ahead(asked) and asked_of_past(asked) and is_supposed(each.text, each.hit.title):
        return False
    text = each.hit if asked.asked is Asked.FIGURE else replace(each.hit, text=each.text)
    return all(
        _has_name(name, _terms_of(text) if asked.asked is Asked.FIGURE else terms, [text]) for name in asked.names
    )


def _tells_asked(asked: Question, terms: Collection[str]) -> bool:
    """Return whether a sentence has the verb and the subject of a short question, or other words for them.

    "When did the bombers arrive?" is answered by no sentence without bombers, nor by one in which they leave.
    """
    named = {term for name in asked.names for term in name.terms}
    own = [term for term in asked.about if term not in named]
    things = {object_of(term) for term in terms}
    narrow = stem_words(load_toml("questions.toml")["narrow"]["words"])
    return len(own) > _FEW or all(
        _is_said(plain_stem(term), terms) or (term not in narrow and object_of(term) in things) for term in own
    )
