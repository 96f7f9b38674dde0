"""Articles in which people remember: a happening of months or years ago, told by those who were there.

Owns the cues of remembering and of the time gone by since. Must never say that an event is known, nor look at a store.

Unlike ``lookback`` and ``retrospect`` it asks for no date at the head of a sentence: a feature says "sixteen months
after the blast, the firemen have told", "forty years on, a valley recalls", "she still sets four plates". It is none
where the article tells an act of these days: a day of late beside anything but a commemoration, or an act in the
present perfect that stories turn on ("has died", "have filed a lawsuit").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from news.dates.lookback import is_done_now
from news.model import Article, Precision, Reading, Sentence, TimeExpression
from news.tables import load_toml
from news.words.small_letters import small
from news.words.turns import strong_turns, turns_in

__all__ = ["is_remembrance"]

_OPENING_SENTENCES = 3
_MAX_SENTENCES = 60
_LONG_AGO = timedelta(days=60)
_AGES = timedelta(days=300)
"""From here on "still" is a word of memory; "two months after the quake 4,000 still live in tents" is news."""
_AGE_MONTHS = 10
_LEAST_MONTHS = 2
_SPAN = (
    r"(\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|several|many) "
)
_ELAPSED = small(
    _SPAN + r"(months?|years?|decades?|centur(?:y|ies))(?:,? (?:and a (?:half|day) )?(?:after|since|on|later|ago)\b)"
)
_ONE = frozenset({"a", "an", "one", "1"})
_RECALLS = small(
    r"\brecall(?:s|ed|ing)?(?=[.,;:]|$| (?:how|that|when|what|seeing|hearing|being|the (?:day|night|hour|moment))\b)"
)
"""What is recalled otherwise is an ambassador, or a product."""
_AHEAD = small(r"\b(?:will|(?:is|are) (?:going )?to|plans? to|set to)\b")
_INDEFINITE = small(r"(?:\b(?:an?|one) |'s? )$")
_POINTING = ("'s", "\N{RIGHT SINGLE QUOTATION MARK}s")
_QUOTED = re.compile(r"[\"“«][^\"“”«»]{0,600}[\"”»]")
_NAMED = frozenset({Precision.DAY, Precision.MONTH, Precision.SEASON, Precision.YEAR})


@cache
def _words(table: str) -> re.Pattern[str]:
    words = "|".join(re.escape(word).replace(r"\ ", " ") for word in load_toml("lookback.toml")[table]["words"])
    return small(rf"(?<!\w)(?:{words})(?!\w)")


def _months_gone(text: str) -> int:
    """Return the most months that an opening says have gone by, 0 if it says none; ages and terms do not count."""
    most = 0
    for found in _ELAPSED.finditer(text):
        count, unit = found.group(1), found.group(2)
        number = 1 if count in _ONE else int(count) if count.isdigit() else 2
        most = max(most, number * (1 if unit.startswith("month") else 12))
    return most


def _oldest(reading: Reading, opening: tuple[Sentence, ...]) -> date | None:
    """Return the last day of the oldest date in the opening; a bare year counts from its end."""
    end = opening[-1].end
    days = [
        one.span.last_on
        for one in reading.dates
        if one.start < end and one.span.precision in _NAMED and one.span.last_on is not None
    ]
    return min(days, default=None)


def is_remembrance(article: Article, reading: Reading, horizon: date, *, published_on: date) -> bool:
    """Return whether an article tells what people remember of a happening before ``horizon``, and no news of late.

    English, Spanish and Russian by their words of memory, English only by the time gone by. Known failure: a feature
    that names a day on which somebody spoke to its writer.
    """
    opening = reading.sentences[:_OPENING_SENTENCES]
    if not opening:
        return False
    head = f"{article.title}\n{article.text[: opening[-1].end]}".casefold()
    months, oldest = _months_gone(head), _oldest(reading, opening)
    if months < _LEAST_MONTHS and (oldest is None or oldest >= horizon - _LONG_AGO):
        return False
    is_ages = months >= _AGE_MONTHS or (oldest is not None and published_on - oldest >= _AGES)
    if not _remembers(article, reading, is_ages=is_ages) or _looks_ahead(opening[0]) or _turns(article, opening[0]):
        return False
    return not any(_is_news(sentence, reading, horizon) for sentence in reading.sentences[:_MAX_SENTENCES])


def _remembers(article: Article, reading: Reading, *, is_ages: bool) -> bool:
    texts = [article.title.casefold(), *(one.text.casefold() for one in reading.sentences[:_MAX_SENTENCES])]
    if any(_words("memory").search(text) or _RECALLS.search(text) for text in texts):
        return True
    if _months_gone(texts[0]) > 1 and any(_words("commemoration").search(text) for text in texts):
        return True
    return is_ages and any(_words("lasting").search(text) for text in texts[: _OPENING_SENTENCES + 1])


def _turns(article: Article, first: Sentence) -> bool:
    """Return whether the title and the first sentence tell one act that stories turn on: "Court jails captain"."""
    named = [frozenset().union(*turns_in(text).values()) for text in (article.title, first.text)]
    return bool(named[0] & named[1] & strong_turns())


def _looks_ahead(first: Sentence) -> bool:
    """Return whether an article opens with what is to come, and that is no commemoration."""
    text = first.text.casefold()
    return bool(_AHEAD.search(text)) and not _words("commemoration").search(text)


def _is_news(sentence: Sentence, reading: Reading, horizon: date) -> bool:
    text = sentence.text.casefold()
    if not _words("memory").search(text) and is_done_now(text):
        return True
    return any(True for _ in _recent_days(sentence, reading, horizon)) and not _words("commemoration").search(text)


def _recent_days(sentence: Sentence, reading: Reading, horizon: date) -> Iterator[TimeExpression]:
    """Yield the days of late of a sentence: not in quotations, nor those that only set a scene ("a Sunday in May")."""
    quoted = [(found.start(), found.end()) for found in _QUOTED.finditer(sentence.text)]
    for one in reading.dates:
        start, end = one.start - sentence.start, one.end - sentence.start
        first = one.span.first_on
        if not sentence.start <= one.start < sentence.end or one.span.precision is not Precision.DAY or first is None:
            continue
        is_alluded = sentence.text[end:].startswith(_POINTING) or one.text.casefold().startswith("that ")
        is_dated = bool(_ELAPSED.match(sentence.text[end:].casefold().lstrip(" ,")))  # "on Saturday five years ago"
        is_scene = is_dated or bool(_INDEFINITE.search(sentence.text[:start].casefold()))
        if first >= horizon and not is_alluded and not is_scene and not any(a < start < z for a, z in quoted):
            yield one
