"""The accounts of one event side by side, as blocks and as data.

Owns the wording of ``/compare`` and its ``data`` contract. What agrees and what contradicts is
``news.timelines.accounts``'.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.entries import Item, dispute_lines, entry_record, report_spans, revision_paragraph
from handlers.messages import MODALITY_WORDS, claim_quote, count_words, dispute_paragraph, format_when, notice
from handlers.ports import Transaction
from handlers.records import Record, References, dispute_record, fact_record, origin_record, report_record, span_record
from handlers.reply import Action, Block, Heading, Listing, Paragraph, Quote, Reply, Span, Strong, Text
from handlers.slot_words import say_value
from handlers.standing import list_disputes
from news.decision import Dispute, FactKind, StoredReport
from news.model import Modality
from news.reports.quotes import is_clear
from news.timelines.accounts import ITSELF, Comparison, SlotKind, SlotRow, Verdict, compare_accounts
from news.timelines.by_outlet import Account
from news.timelines.contests import Contests
from news.timelines.occurrences import Occurrence
from news.timelines.timeline import choose_modality, make_entry
from news.timelines.titles import shorten

SLOT_WORDS = {
    SlotKind.WHEN: "When",
    SlotKind.WHERE: "Where",
    SlotKind.WHO: "Who",
    SlotKind.FIGURE: "Figure",
    SlotKind.STATUS: "Happened or not",
    SlotKind.SOURCE: "Said by",
}
"""Each slot as shown."""

VERDICT_WORDS = {
    Verdict.AGREE: "the accounts agree",
    Verdict.DIFFER: "the accounts differ, and may all be right",
    Verdict.CONTRADICT: "disputed, the accounts contradict each other",
}
"""How accounts stand to each other; one alone is named instead."""

_SOURCE_WORDS = {Verdict.AGREE: "one source behind all", Verdict.DIFFER: "different sources"}
_SAID = {Modality.HAPPENED.value: "happened"} | {each.value: words for each, words in MODALITY_WORDS.items() if words}
_MOST_QUOTES = 4
_MOST_NAMED = 6
_MOST_BEYOND = 5


@dataclass(frozen=True, slots=True)
class Offer:
    """Another event that may be meant: its id, when it was, and its title."""

    event_id: int
    when: str
    title: str


def answer_comparison(
    occurrence: Occurrence,
    tx: Transaction,
    others: Sequence[Offer] = (),
    *,
    today: date,
    disputes: Sequence[Dispute] | None = None,
) -> Reply:
    """Return the accounts of an event, slot by slot, then each outlet's sentences with their sources.

    Args:
        disputes: those of its story; None reads them.
    """
    story = occurrence.reports[0].story_id
    told = tx.events.list_of_story(story)
    beside = [stored for event in told if event.id not in occurrence.event_ids for stored in event.reports]
    disputes = list_disputes(tx, [story]) if disputes is None else disputes
    contests = Contests(disputes, told)
    compared = compare_accounts(occurrence.reports, beside, contests.list_at(occurrence.reports))
    references = References(tx)
    references.look_up(occurrence.reports)
    event_id = occurrence.event_ids[0]
    n_outlets = count_words(len(compared.accounts), "outlet tells", "outlets tell")
    title = f"e{event_id}: {n_outlets} of it, {count_words(compared.n_independent, 'independent origin')}"
    lead = _choose_lead(occurrence)
    blocks: list[Block] = [Paragraph((Strong(f"{_say_when(occurrence)}: "), Text(lead)))]
    blocks.extend(_slot_blocks(compared))
    blocks.extend(_dispute_blocks(compared))
    blocks.extend(revision_paragraph(fact) for fact in compared.revisions)
    blocks.extend(_account_blocks(compared.accounts))
    beyond = [each for each in disputes if each not in compared.disputes]
    blocks.extend(_beyond_blocks(beyond, story))
    blocks.extend(_other_blocks(others))
    actions = (Action("Why", "why", {"item": f"e{event_id}"}), Action("Story", "story", {"story": f"s{story}"}))
    data = _record(occurrence, compared, lead, references, others)
    item = Item(1, make_entry(occurrence, contests), len(occurrence.reports), revisions=compared.revisions)
    data |= {"entry": entry_record(item, references, today=today), "today": today.isoformat()}
    data |= {"also_disputed": list(map(dispute_record, beyond))}
    return Reply(title, tuple(blocks), data, actions=actions)


def offer_events(typed: str, others: Sequence[Offer]) -> Reply:
    """Return the answer to a description that no event fits, with the nearest ones."""
    title = f"No event in the record fits “{typed[:80]}”."
    hint = notice(f"The nearest ones are below; /compare e{others[0].event_id} opens the first.")
    nearest = [_offer_record(each) for each in others]
    return Reply(
        title, (hint, _list_offers(others)), {"error": title, "nearest": nearest}, failed=True, is_private=True
    )


def _list_offers(others: Sequence[Offer]) -> Listing:
    return Listing(
        tuple((Strong(f"e{each.event_id} "), Text(f"{each.when}: {shorten(each.title)}")) for each in others)
    )


def _offer_record(each: Offer) -> Record:
    return {"event": f"e{each.event_id}", "when": each.when, "title": each.title}


def _say_when(occurrence: Occurrence) -> str:
    return format_when(occurrence.when, choose_modality(occurrence.reports), occurrence.reports)


def _choose_lead(occurrence: Occurrence) -> str:
    dated = [stored for stored in occurrence.reports if stored.report.when == occurrence.when]
    quotes = [stored.report.quote for stored in dated or occurrence.reports]
    return next((quote for quote in quotes if is_clear(quote)), quotes[0])


def _dispute_blocks(compared: Comparison) -> Iterator[Block]:
    """Yield each dispute with those of its two sentences that do not stand with the accounts below."""
    told = {stored.report.quote for account in compared.accounts for stored in _list_quoted(account)[:_MOST_QUOTES]}
    for dispute in compared.disputes:
        yield dispute_paragraph(dispute)
        for claim in (dispute.here, dispute.there):
            if claim.quote not in told:
                yield claim_quote(claim)
                told.add(claim.quote)


def _list_quoted(account: Account) -> list[StoredReport]:
    """Return the reports of an outlet, newest first, each sentence once."""
    return list({stored.report.quote: stored for stored in reversed(account.reports)}.values())[::-1]


def _slot_blocks(compared: Comparison) -> Iterator[Block]:
    if len(compared.accounts) == 1 and not compared.disputes:
        yield notice("Only one outlet tells of it, so nothing can be held against it.")
        yield Listing(tuple((Strong(f"{_slot_name(row)}: "), Text(_say_value(row, 0))) for row in compared.slots))
        return
    for row in compared.slots:
        yield Heading(f"{_slot_name(row)}: {say_verdict(row)}", level=2)
        yield Listing(tuple(_value_spans(row, values) for values in _by_text(row)))


def _slot_name(row: SlotRow) -> str:
    return f"{SLOT_WORDS[row.kind]}, {row.subject}" if row.subject else SLOT_WORDS[row.kind]


def say_verdict(row: SlotRow) -> str:
    """Return how the accounts stand to each other in a slot, in words."""
    if row.verdict is Verdict.ALONE:
        return f"only {row.values[0].claim.outlet or 'one outlet'} says"
    if row.kind is SlotKind.SOURCE:
        is_own = all(value.text == ITSELF for value in row.values)
        return "each outlet speaks for itself" if is_own else _SOURCE_WORDS[row.verdict]
    return VERDICT_WORDS[row.verdict]


def _by_text(row: SlotRow) -> list[list[int]]:
    """Return the places of values that are equal in words, so that each stands once."""
    found: dict[str, list[int]] = {}
    for at, value in enumerate(row.values):
        found.setdefault(value.text, []).append(at)
    return list(found.values())


def _say_value(row: SlotRow, at: int) -> str:
    text = row.values[at].text
    if row.kind is SlotKind.WHEN:
        return say_value(FactKind.DATE, text)
    return _SAID.get(text, text) if row.kind is SlotKind.STATUS else text


def _value_spans(row: SlotRow, values: Sequence[int]) -> tuple[Span, ...]:
    claims = [row.values[at].claim for at in values]
    names = [f"{claim.outlet or 'unknown outlet'} (a{claim.article_id})" for claim in claims]
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return (Strong(_say_value(row, values[0])), Text(f" — {', '.join(names[:_MOST_NAMED])}{more}"))


def _account_blocks(accounts: Sequence[Account]) -> Iterator[Block]:
    yield Heading("In their words")
    for account in accounts:
        told = _list_quoted(account)
        for stored in told[:_MOST_QUOTES]:
            yield Quote(stored.report.quote, report_spans(stored))
        if len(told) > _MOST_QUOTES:
            yield notice(f"{count_words(len(told) - _MOST_QUOTES, 'more sentence')} by {account.outlet}.")


def _beyond_blocks(disputes: Sequence[Dispute], story_id: int) -> Iterator[Block]:
    """Yield what else of the story is disputed, the newest first."""
    if disputes:
        yield Heading("Also disputed in this story")
    for dispute in disputes[:_MOST_BEYOND]:
        yield from dispute_lines(dispute)
    if len(disputes) > _MOST_BEYOND:
        more = count_words(len(disputes) - _MOST_BEYOND, "more dispute")
        yield notice(f"{more}: /story s{story_id} shows all.")


def _other_blocks(others: Sequence[Offer]) -> Iterator[Block]:
    if others:
        yield Heading("Other events that fit")
        yield _list_offers(others)


def _record(
    occurrence: Occurrence,
    compared: Comparison,
    lead: str,
    references: References,
    others: Sequence[Offer],
) -> Record:
    return {
        "event": f"e{occurrence.event_ids[0]}",
        "events": [f"e{event_id}" for event_id in occurrence.event_ids],
        "story": f"s{occurrence.reports[0].story_id}",
        **span_record(occurrence.when),
        "title": lead,
        "n_independent": compared.n_independent,
        "accounts": [
            {
                "outlet": account.outlet,
                "reports": [report_record(stored) | {"article": references.name(stored)} for stored in account.reports],
            }
            for account in compared.accounts
        ],
        "slots": [_slot_record(row, references) for row in compared.slots],
        "disputes": [dispute_record(dispute) for dispute in compared.disputes],
        "revisions": [fact_record(fact) | {"outlet": fact.after.outlet} for fact in compared.revisions],
        "others": [_offer_record(each) for each in others],
    }


def _slot_record(row: SlotRow, references: References) -> Record:
    return {
        "slot": row.kind.value,
        "subject": row.subject,
        "verdict": row.verdict.value,
        "values": [
            {
                "value": _say_value(row, at) if row.kind is SlotKind.WHEN else value.text,
                "outlet": value.claim.outlet,
                "article": None if value.claim.article_id is None else references.find(value.claim.article_id),
                "quote": value.claim.quote,
                "origin": origin_record(value.claim.origin),
            }
            for at, value in enumerate(row.values)
        ],
    }
