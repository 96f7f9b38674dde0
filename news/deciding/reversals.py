"""An answer in kind: who was acted on now acts on who acted.

Owns that one question, by the countries that do and suffer what the opening tells, held against all acts of the story.
A retelling keeps the parts; Minsk that sends home a consul of Tallinn, whose envoy Tallinn sent home, has news whatever
the words. Must never weigh anything else.

Known failures: two towns or firms of one country; an answer whose doer is named only in the sentence before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from news.dates.clause_tenses import Verb, clauses_of
from news.decision import StoredReport
from news.model import Modality, Report
from news.reports.tellings import is_passive, tell
from news.stories.holdings import country_of
from news.words.turns import directed_turns, turns_in
from news.words.vocabulary import language_of

__all__ = ["find_reversal"]

_OPENING = 1
Within = Mapping[str, tuple[str, ...]]


def find_reversal(reports: Iterable[Report], stored: Sequence[StoredReport], within: Within) -> str:
    """Return the first sentence of the opening whose parts the story has the other way round only; "" for none."""
    held = {(act, *parts) for one in stored for act, parts in _acts_of(one.report, within)}
    for report in reports:
        if report.sentence >= _OPENING or report.is_background or report.modality is Modality.DENIED:
            continue
        ours = list(_acts_of(report, within))
        if any((act, *parts) in held for act, parts in ours):
            continue
        if any((act, *parts[::-1]) in held for act, parts in ours):
            return report.quote
    return ""


def _acts_of(report: Report, within: Within) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the classes of acts of one side against another, with the countries of who acts and who is acted on."""
    countries = list(dict.fromkeys(filter(None, (country_of(key, within) for key in (*report.actors, *report.places)))))
    if len(countries) != 2:  # noqa: PLR2004 - who and whom
        return
    language = language_of(report.quote)
    if language != "en" and any(one.verb is Verb.PASSIVE for one in clauses_of(report.quote, language)):
        return  # the order of the names tells nothing of who did it
    doer, receiver = countries
    is_turned = " by " in report.quote and is_passive(tell(report.quote))
    parts = (receiver, doer) if is_turned else (doer, receiver)
    named = turns_in(report.trigger, language) or turns_in(report.quote, language)
    for act in frozenset().union(*named.values()) & directed_turns():
        yield act, parts
