"""The words that answers share: labels, dates with their precision, sources, counts.

Owns wording only. Must never decide what is shown, and holds no markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from functools import cache

from handlers.registry import COMMANDS
from handlers.reply import (
    Link,
    Moment,
    Notice,
    Paragraph,
    Person,
    Quote,
    Reply,
    Room,
    Span,
    Strong,
    Text,
    Tone,
    Typed,
)
from handlers.request import Request
from handlers.slot_words import say_value
from news.dates.when import describe_span
from news.decision import Claim, Dispute, FactKind, KnownSince, Label, NewFact, StoredArticle, StoredReport
from news.model import DateBasis, EntityKind, Modality, Origin, OriginKind, TimeSpan
from news.reports.origins import list_independent
from news.timelines.reach import is_told_only
from news.watches.feedback import Feedback, FeedbackKind
from news.watches.watch import ClosedChannel

LABEL_WORDS = {
    Label.NEW: "NEW",
    Label.UPDATE: "UPDATE",
    Label.KNOWN: "KNOWN",
    Label.REPRINT: "REPRINT",
    Label.REVISED: "REVISED",
    Label.DISPUTED: "DISPUTED",
    Label.OLD_EVENT: "OLD EVENT",
}
"""Each label as shown."""

LABEL_MEANINGS = {
    Label.NEW: "nothing in the record tells of it",
    Label.UPDATE: "new facts on something in the record",
    Label.KNOWN: "tells nothing that the record does not hold",
    Label.REPRINT: "the same text as an article in the record",
    Label.REVISED: "the outlet changed what it had written",
    Label.DISPUTED: "contradicts what another origin says",
    Label.OLD_EVENT: "published now, about something long past",
}
"""What each label means, in one clause."""

FACT_WORDS = {
    FactKind.ACT: "event",
    FactKind.FIGURE: "figure",
    FactKind.DATE: "date",
    FactKind.PLACE: "place",
    FactKind.ACTOR: "who",
    FactKind.STATUS: "status",
}
"""Each slot of an event as shown."""

MODALITY_WORDS = {
    Modality.HAPPENED: "",
    Modality.PLANNED: "planned",
    Modality.ALLEGED: "alleged",
    Modality.DENIED: "denied",
    Modality.THREATENED: "threatened",
}
"""Each modality as shown; what happened needs no word."""

KIND_WORDS = {
    EntityKind.PERSON: "person",
    EntityKind.ORG: "organisation",
    EntityKind.PLACE: "place",
    EntityKind.EQUIPMENT: "equipment",
}
"""Each kind of name as shown."""

ORIGIN_WORDS = {
    OriginKind.WIRE: "wire agency",
    OriginKind.OUTLET: "outlet",
    OriginKind.OFFICIAL: "officials",
    OriginKind.PERSON: "person",
    OriginKind.ORGANISATION: "organisation",
    OriginKind.STATE_MEDIA: "state media",
    OriginKind.WITNESS: "witness",
    OriginKind.DOCUMENT: "document",
    OriginKind.UNNAMED: "unnamed source",
}
"""Each kind of origin as shown."""

_BARE_KINDS = frozenset({OriginKind.OUTLET, OriginKind.PERSON})
"""Kinds that a name tells by itself."""

MARK_WORDS = {
    FeedbackKind.KNOWN: "already known",
    FeedbackKind.IRRELEVANT: "not relevant",
    FeedbackKind.SAME: "the same story",
    FeedbackKind.APART: "not the same story",
}
"""Each mark as shown after "Marked"."""

LONGEST_TITLE = 250
"""Characters of a title that stands alone; what is longer is shortened there and shown in full elsewhere."""

LONGEST_QUOTE = 600
"""Characters of a quoted sentence in an alert."""

BEFORE, BESIDE = "known before: ", "compare: "
"""What a quote is beside what is new: what was held, or what another account has in its place."""
_NUMBER = re.compile(r"\d[\d.,]{0,20}")
_WHETHER = {Modality.HAPPENED.value: "it is so", Modality.DENIED.value: "it is not so"}
"""What a side of a disputed status says, where it tells no state of its own."""

FEEDBACK_STEP = "feedback"
"""``Reason.step`` of an article that a mark held back in a channel; its text begins with the mark's number, ``f3``."""

NO_ALERTS_STEP = "alerts"
"""``Reason.step`` of an article of which nothing was to be posted, with why in its text."""


def format_day(day: date) -> str:
    """Return ``23 March 2019``."""
    return describe_span(TimeSpan.of_day(day))


def format_moment(moment: datetime | None) -> str:
    """Return ``23 March 2019 14:05 UTC``, or ``undated``."""
    return "undated" if moment is None else f"{format_day(moment.date())} {moment:%H:%M} UTC"


def format_issued(moment: datetime | None) -> str:
    """Return when an article came out: midnight sharp is a day of which nobody gave the time."""
    if moment is None or moment.time() != time():
        return format_moment(moment)
    return format_day(moment.date())


def moment_span(moment: datetime | None) -> Span:
    """Return a moment that is known to the minute, or ``undated``."""
    return Text(format_moment(None)) if moment is None else Moment(format_moment(moment), moment)


def issued_span(moment: datetime | None) -> Span:
    """Return when an article came out; a day of which nobody gave the time stays a day."""
    is_exact = moment is not None and moment.time() != time()
    return moment_span(moment) if is_exact else Text(format_issued(moment))


def mark_spans(feedback: Feedback, *, names_actor: bool = True) -> tuple[Span, ...]:
    """Return ``Marked already known by …, 15 March 2026 12:00 UTC, f3``; other places are not told who it was."""
    if feedback.is_own:
        what = "Joined" if feedback.kind is FeedbackKind.SAME else "Parted"
        return (Text(f"{what} by the bot itself, "), moment_span(feedback.at), Text(f", f{feedback.id}"))
    actor: Span = Person(feedback.actor) if names_actor else Text("somebody elsewhere")
    words = Text(f"Marked {MARK_WORDS[feedback.kind]} by ")
    return (words, actor, Text(", "), moment_span(feedback.at), Text(f", f{feedback.id}"))


def format_published(moment: datetime | None) -> str:
    """Return the day of publication, or ``undated``."""
    return "undated" if moment is None else format_day(moment.date())


def format_span(span: TimeSpan) -> str:
    """Return when something was with the precision that is known: ``week of 10 December 2018``, ``March 2019``.

    A date that is only the article's own says so: ``reported 23 March 2019``.
    """
    words = describe_span(span)
    is_day = span.first_on is not None and span.last_on is not None
    return f"reported {words}" if span.basis is DateBasis.ARTICLE and is_day else words


def format_when(span: TimeSpan, modality: Modality, reports: Sequence[StoredReport]) -> str:
    """Return when an event was, as ``format_span``; of a plan without a day when it was told.

    ``told in the week of 18 March 2019``: what is to come has no date then, and none is given to it.
    """
    if not is_told_only(span, modality, reports):
        return format_span(span)
    words = describe_span(span).removeprefix("from ")
    if span.basis is DateBasis.ARTICLE:
        return f"reported {words}"
    return f"told in the {words}" if words.startswith("week of") else f"told {words}"


def sure_words(span: TimeSpan, modality: Modality, reports: Sequence[StoredReport]) -> str:
    """Return how sure an event is, in words, and whether a plan has a day: ``planned, no day named``; may be empty."""
    words = MODALITY_WORDS[modality]
    return f"{words}, no day named" if is_told_only(span, modality, reports) else words


def count_words(n: int, one: str, many: str = "") -> str:
    """Return ``1 report``, ``3 reports``; ``many`` for words that do not just take an s."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def independence_words(n_reports: int, n_independent: int) -> str:
    """Return ``5 reports, 2 independent origins``; one report is one origin and needs no second number."""
    reports = count_words(n_reports, "report")
    return reports if n_reports == 1 else f"{reports}, {count_words(n_independent, 'independent origin')}"


def origin_words(origins: Iterable[Origin]) -> str:
    """Return the names of the origins with their kind, one for each voice: ``Reuters (wire agency), Ola Dahl``.

    They are the independent ones: unnamed ones are told only where there is no other.
    """
    return ", ".join(
        origin.name if origin.kind in _BARE_KINDS else f"{origin.name} ({ORIGIN_WORDS[origin.kind]})"
        for origin in list_independent(origins)
    )


def title_of(stored: StoredArticle) -> str:
    """Return the title, or the beginning of the text where there is none."""
    return stored.article.title or shorten(stored.article.text, 90) or f"article a{stored.id}"


def shorten(text: str, limit: int) -> str:
    """Return the text in one line, at most ``limit`` characters of it: its first words and an ellipsis."""
    line = " ".join(text[: limit * 4].split())
    if len(line) <= limit and len(text) <= limit * 4:
        return line
    return line[: limit - 2].rsplit(" ", 1)[0] + " …"


def article_spans(stored: StoredArticle) -> tuple[Span, ...]:
    """Return outlet, day, linked title and id of an article."""
    outlet = stored.article.outlet or "unknown outlet"
    day = format_published(stored.article.published_at)
    title = shorten(title_of(stored), LONGEST_TITLE)
    return (Text(f"{outlet}, {day}: "), Link(title, stored.article.url), Text(f" (a{stored.id})"))


def source_spans(
    outlet: str, published_at: datetime | None, *, url: str = "", article: str = "", origin: Origin | None = None
) -> tuple[Span, ...]:
    """Return where a quote stands: linked outlet, day, article reference, and who it is traced to."""
    spans: list[Span] = [Link(outlet or "unknown outlet", url), Text(f", {format_published(published_at)}")]
    if article:
        spans.append(Text(f", {article}"))
    if origin is not None and origin.name and origin.name != outlet:
        spans.append(Text(f", citing {origin.name}"))
    return tuple(spans)


def claim_quote(claim: Claim, *, url: str = "", limit: int = 0, role: str = "") -> Quote:
    """Return the sentence of a claim with its source; the value of what is new is marked in it.

    Args:
        limit: characters of the sentence; 0 for all.
        role: what it is beside what is new, told before its source: ``BEFORE`` or ``BESIDE``.
    """
    article = "" if claim.article_id is None else f"a{claim.article_id}"
    spans = source_spans(claim.outlet, claim.published_at, url=url, article=article, origin=claim.origin)
    text = shorten(claim.quote, limit) if limit and len(claim.quote) > limit else claim.quote
    if role == BEFORE:
        return Quote(text, (Text(BEFORE), *spans))
    return Quote(text, (Text(role), *spans) if role else spans, find_marks(text, claim.value))


def find_marks(text: str, value: str) -> tuple[tuple[int, int], ...]:
    """Return where the value stands in the sentence, or the first number of it; empty where it is in other words."""
    number = _NUMBER.search(value)
    for wanted in (value, "" if number is None else number[0].rstrip(".,")):
        found = re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", text, re.IGNORECASE) if wanted else None
        if found is not None and found[0] != text:
            return (found.span(),)
    return ()


def fact_paragraph(fact: NewFact) -> Paragraph:
    """Return what is new in one line: ``figure: 2 aircraft → 4 aircraft``."""
    slot = FACT_WORDS[fact.kind]
    if fact.before is None:
        return Paragraph((Strong(f"new {slot}: "), Text(say_value(fact.kind, fact.after.value))))
    before, after = say_value(fact.kind, fact.before.value), say_value(fact.kind, fact.after.value)
    change = (Text(before), Text(" → "), Strong(after))
    return Paragraph((Strong(f"{slot}: "), *change))


def dispute_paragraph(dispute: Dispute) -> Paragraph:
    """Return both values side by side, each with who says it."""
    here, there = dispute.here, dispute.there
    return Paragraph(
        (
            Strong(f"{FACT_WORDS[dispute.kind]} disputed: "),
            Text(f"{_say_who(here) or 'this article'} says "),
            Strong(_say_side(dispute.kind, here.value)),
            Text(f"; {_say_who(there) or 'another'} says "),
            Strong(_say_side(dispute.kind, there.value)),
        )
    )


def _say_side(kind: FactKind, value: str) -> str:
    """Return what one side says, behind "says": a value, or whether what the other side tells is so."""
    told = _WHETHER.get(value) if kind is FactKind.STATUS else None
    return told or say_value(kind, value)


def _say_who(claim: Claim) -> str:
    """Return whom a claim cites and the outlet that it stands in, else the article; empty where neither is known."""
    where = claim.outlet or ("" if claim.article_id is None else f"a{claim.article_id}")
    return f"{claim.origin.name} (in {where})" if claim.origin is not None and where else where


def known_since_paragraph(known: KnownSince) -> Paragraph:
    """Return since when and from which article it is known."""
    spans = source_spans(known.outlet, known.published_at, url=known.url, article=f"a{known.article_id}")
    return Paragraph((Strong("Known since "), *spans))


@cache
def _find_commands() -> re.Pattern[str]:
    names = "|".join(command.name for command in COMMANDS)
    return re.compile(rf"(?<![\w/“\"])/(?:{names})\b(?![/.]\w)")


def word_spans(text: str) -> tuple[Span, ...]:
    """Return words of our own with the commands in them set apart, so that each platform writes them its own way."""
    spans: list[Span] = []
    end = 0
    for found in _find_commands().finditer(text):
        spans.extend((Text(text[end : found.start()]), Typed(found[0])))
        end = found.end()
    return tuple(span for span in (*spans, Text(text[end:])) if span.text)


def notice(text: str, tone: Tone = Tone.INFO) -> Notice:
    """Return a notice of plain words; commands in them are set apart."""
    return Notice(tone, word_spans(text))


def closed_notice(closed: ClosedChannel) -> Notice:
    """Return which channel refuses the bot, since when, why, and what to do."""
    n_waiting = count_words(closed.n_waiting, "alert")
    hint = "They come when the bot may write there again; /watch resume tries at once."
    spans = (
        Room(closed.channel),
        Text(" has refused the bot since "),
        moment_span(closed.closed_at),
        *word_spans(f": {closed.reason}. {n_waiting} waiting. {hint}"),
    )
    return Notice(Tone.WARNING, spans)


def failure(title: str, *hints: str, is_misuse: bool = False) -> Reply:
    """Return the answer of a command that could not do what was asked, with what to do."""
    blocks = tuple(notice(hint, Tone.WARNING) for hint in hints)
    data = {"error": title, "hints": list(hints)}
    return Reply(title, blocks, data, failed=True, is_misuse=is_misuse, is_private=True)


def say_channel(request: Request, channel: str) -> str:
    """Return ``This channel``, or ``Another channel`` where that is not the one of the asker."""
    return "This channel" if channel == request.channel else "Another channel"


def join_names(names: Sequence[str]) -> str:
    """Return ``A, B or C``."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
