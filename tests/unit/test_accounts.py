"""The accounts of one event: what stands for an outlet in a slot, and whether the outlets agree."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from news.decision import FactKind, StoredReport
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
    """Both values stand beside each other, each with the sentence that it is taken from."""
    compared = compare_accounts(
        tell(
            ("Gazette", 8, f"{DAY}two Russian planes landed in Caracas with 100 soldiers."),
            ("Herald", 9, f"{DAY}two Russian planes landed in Caracas with 400 soldiers."),
        )
    )
    contested = [each for each in compared.slots if each.verdict is Verdict.CONTRADICT]
    assert [each.kind for each in contested] == [SlotKind.FIGURE]
    assert texts(contested) == ["100 soldiers", "400 soldiers"]
    assert all("soldiers" in value.report.report.quote for each in contested for value in each.values)
    assert [dispute.kind for dispute in compared.disputes] == [FactKind.FIGURE]


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
