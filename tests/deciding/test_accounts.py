"""The accounts of one event: what stands for an outlet in a slot, and whether the outlets agree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from news.decision import Dispute, FactKind, StoredReport
from news.disputes.slots import stored_claim
from news.model import Article, Precision
from news.reading import read
from news.timelines.accounts import Comparison, SlotKind, SlotRow, Verdict, compare_accounts

DAY = "On 7 March 2026 "


def tell(*told: tuple[str, int, str]) -> list[StoredReport]:
    """Return the first report of each text: outlet, day of March, text."""
    found = []
    for number, (outlet, day, text) in enumerate(told, 1):
        at = datetime(2026, 3, day, tzinfo=UTC)
        article = Article(f"{number}", f"https://{number}.example/", outlet, "", text, at, Precision.DAY)
        report = read(article).reports[0]
        found.append(StoredReport(number, 1, number, 1, outlet, article.url, "", at, report))
    return found


def row(compared: Comparison, kind: SlotKind, subject: str = "") -> SlotRow:
    return next(each for each in compared.slots if each.kind is kind and each.subject == subject)


def texts(values: Iterable[SlotRow]) -> list[str]:
    return [value.text for each in values for value in each.values]


def test_equal_and_finer_values_agree() -> None:
    compared = compare_accounts(
        tell(
            ("Gazette", 8, f"{DAY}two Russian planes landed in Caracas with about 100 soldiers."),
            ("Herald", 9, "Two Russian planes landed in Venezuela in March 2026 with 100 soldiers."),
        )
    )
    assert row(compared, SlotKind.WHEN).verdict is Verdict.AGREE
    assert row(compared, SlotKind.WHERE).verdict is Verdict.AGREE
    assert row(compared, SlotKind.STATUS).verdict is Verdict.AGREE
    figures = [each for each in compared.slots if each.kind is SlotKind.FIGURE]
    assert {each.verdict for each in figures} == {Verdict.AGREE}
    assert len(compared.accounts) == compared.n_independent == 2


def test_a_figure_that_another_outlet_has_in_another_sentence_is_not_told_by_one_alone() -> None:
    """It tells of the planes in one sentence and of their load in another, which is an event of its own."""
    event = tell(
        ("Gazette", 8, f"{DAY}two Russian planes landed in Caracas."),
        ("Herald", 9, f"{DAY}two Russian planes landed in Caracas with 35 tons of equipment."),
    )
    load = tell(("Gazette", 8, f"{DAY}workers unloaded about 35 tons of equipment from the planes in Caracas."))
    later = tell(("Gazette", 8, "On 19 March 2026 workers unloaded about 35 tons of equipment in Caracas."))
    other = tell(("Gazette", 8, f"{DAY}workers unloaded about 60 tons of equipment from the planes in Caracas."))
    seconded = row(compare_accounts(event, load), SlotKind.FIGURE, "equipment")
    assert seconded.verdict is Verdict.AGREE
    assert texts([seconded]) == ["35 tons", "about 35 tons"]
    for beside in (later, other, []):
        assert row(compare_accounts(event, beside), SlotKind.FIGURE, "equipment").verdict is Verdict.ALONE


def test_figures_that_cannot_both_be_right_contradict() -> None:
    """Both values of a dispute stand beside each other, each with the sentence that it is taken from."""
    held, told = tell(
        ("Gazette", 8, f"{DAY}two Russian planes landed in Caracas with 100 soldiers."),
        ("Herald", 9, f"{DAY}two Russian planes landed in Caracas with 400 soldiers."),
    )
    dispute = Dispute(FactKind.FIGURE, 1, stored_claim(told, "400 soldiers"), stored_claim(held, "100 soldiers"))
    compared = compare_accounts([held, told], disputes=[dispute])
    contested = [each for each in compared.slots if each.verdict is Verdict.CONTRADICT]
    assert [each.kind for each in contested] == [SlotKind.FIGURE]
    assert texts(contested) == ["100 soldiers", "400 soldiers"]
    assert all("soldiers" in value.claim.quote for each in contested for value in each.values)
    assert compared.disputes == (dispute,)
    assert all(each.verdict is not Verdict.CONTRADICT for each in compare_accounts([held, told]).slots)


def test_a_side_that_reports_nothing_by_itself_stands_in_its_slot() -> None:
    """What an outlet says in two disputes of one slot is shown both times; others keep what they say."""
    held, told, third = tell(
        ("Gazette", 8, f"{DAY}a ferry sank off Caracas."),
        ("Herald", 9, f"{DAY}a ferry with 210 passengers sank off Caracas."),
        ("Courier", 9, f"{DAY}a ferry with 90 passengers sank off Caracas."),
    )
    loose = replace(stored_claim(held, "120 passengers"), quote="It had carried 120 passengers.")
    other = replace(stored_claim(held, "140 passengers"), quote="With the crew there were 140 passengers.")
    ours = stored_claim(told, "210 passengers")
    disputes = [Dispute(FactKind.FIGURE, 1, ours, side) for side in (loose, other)]
    (contested,) = [
        each
        for each in compare_accounts([held, told, third], disputes=disputes).slots
        if each.verdict is Verdict.CONTRADICT
    ]
    assert {value.text for value in contested.values} >= {"120 passengers", "140 passengers", "210 passengers"}
    assert {value.claim.quote for value in contested.values} >= {loose.quote, other.quote, told.report.quote}


def test_what_one_outlet_changes_is_a_revision_and_its_last_word_stands() -> None:
    compared = compare_accounts(
        tell(
            ("Gazette", 8, f"{DAY}two Russian planes landed in Caracas with 100 soldiers."),
            ("Gazette", 9, f"{DAY}two Russian planes landed in Caracas with 400 soldiers."),
        )
    )
    assert not compared.disputes
    assert [(fact.kind, fact.before and fact.before.value, fact.after.value) for fact in compared.revisions] == [
        (FactKind.FIGURE, "100 soldiers", "400 soldiers")
    ]
    assert "400 soldiers" in texts(compared.slots)
    assert "100 soldiers" not in texts(compared.slots)
    assert all(each.verdict is Verdict.ALONE for each in compared.slots)


def test_a_plan_that_is_carried_out_and_a_day_that_is_named_are_no_revisions() -> None:
    """The outlet takes nothing back: it tells how it went on, or says more exactly what it said."""
    compared = compare_accounts(
        tell(
            ("Gazette", 6, "Two Russian planes will land in Caracas in March 2026, the embassy said."),
            ("Gazette", 9, f"{DAY}two Russian planes landed in Caracas."),
        )
    )
    assert compared.revisions == ()


def test_who_says_so_is_told_apart_from_who_prints_it() -> None:
    compared = compare_accounts(
        tell(
            ("Gazette", 8, f"{DAY}two Russian planes landed in Caracas, Reuters reported."),
            ("Herald", 9, f"{DAY}two Russian planes landed in Caracas, according to Reuters."),
        )
    )
    source = row(compared, SlotKind.SOURCE)
    assert source.verdict is Verdict.AGREE
    assert set(texts([source])) == {"Reuters"}
    assert compared.n_independent == 1
