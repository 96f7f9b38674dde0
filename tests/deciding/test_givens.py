"""What a sentence takes as known and what it tells; acts now done; answers in kind; days announced in other words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from benchmarks.novelty import article_of, open_store
from news.deciding.givens import givens_of
from news.deciding.later_days import later_day
from news.deciding.reversals import find_reversal
from news.decision import Label, StoredArticle
from news.model import Article
from news.reading import read
from news.reports.givens import list_standings, split_given
from news.stories.case import Case, open_case
from news.stories.holdings import Holdings

NOON = datetime(2024, 9, 9, 12, tzinfo=UTC)


def held(text: str) -> Holdings:
    article = Article("", "", "Wire One", "", text, NOON)
    return Holdings([StoredArticle(1, article, 1, Label.NEW, NOON, "en", {}, {}, ())], (), {})


def case_of(story: str, text: str, *, day: str = "2024-09-11") -> Case:
    stored = article_of({"outlet": "Alpha", "published": "2024-09-09", "title": "", "text": story, "id": "s"})
    article = article_of({"outlet": "Beta", "published": day, "title": "", "text": text, "id": "n"})
    reading = read(article)
    found = open_store([(stored, read(stored))]).find_candidates(article, reading)
    return open_case(article, reading, found, now=article.published_at or NOON, old_event_days=30)


@pytest.mark.parametrize(
    ("sentence", "told", "given"),
    [
        ("The boat that capsized on Lake Albert was overloaded.", "The boat was overloaded", 1),
        ("Ann Lee, who was cleared last month, is suing the state.", "Ann Lee , , is suing the state", 1),
        ("Ecuador called its envoy home, two days after Peru did the same.", "Ecuador called its envoy home ,", 1),
        ("The helmet stolen from a museum has been handed in.", "The helmet has been handed in", 1),
        ("The court said that the sale was void.", "the sale was void", 0),
        ("The tower that he bought was sold in May.", "The tower was sold in May", 1),
    ],
)
def test_a_sentence_is_cut_into_what_it_tells_and_what_it_takes_as_known(sentence: str, told: str, given: int) -> None:
    parts = split_given(sentence)
    assert (parts.told, len(parts.given)) == (told, given)


@pytest.mark.parametrize(
    ("text", "base", "is_done"),
    [
        ("The bear has not been found.", "find", False),
        ("He may appeal.", "appeal", False),
        ("Machines will start again on Thursday.", "start", False),
        ("The machines started up on Thursday.", "start", True),
        ("They sold the tower.", "sell", True),
    ],
)
def test_an_act_is_done_or_only_ahead(text: str, base: str, is_done: bool) -> None:  # noqa: FBT001 - a table
    assert {one.is_done for one in list_standings(text) if one.base == base} == {is_done}


@pytest.mark.parametrize(
    ("story", "sentence", "sign"),
    [
        ("He remains free pending a possible appeal.", "Henrique Salgueiro lodged an appeal on Monday.", "fulfilled"),
        ("Engineers are trying to make contact.", "Engineers have made contact with the satellite.", "fulfilled"),
        ("The committee will publish its list on Friday.", "The committee published its list.", "fulfilled"),
        ("The wreck has not been located.", "Divers located the wreck off Vis.", "fulfilled"),
        ("A boat capsized on Lake Albert on Sunday.", "The boat that capsized was overloaded.", "given"),
        ("The coach ran off the road near Nazca.", "The driver of the coach that ran off the road was drunk.", "given"),
    ],
)
def test_an_opening_goes_on_with_a_story(story: str, sentence: str, sign: str) -> None:
    assert givens_of([sentence], held(story), "en")[0][sign] == 1.0


@pytest.mark.parametrize(
    ("story", "sentence"),
    [
        ("He remains free pending a possible appeal.", "The mayor may lodge an appeal."),
        ("The committee will publish its list on Friday.", "The list will be published on Friday."),
        ("The wreck has not been located.", "The wreck has not been located yet, divers said."),
        ("A boat capsized on Lake Albert on Sunday.", "A boat capsized in Uganda."),
        ("A boat capsized on Lake Albert. Nine died.", "The boat that capsized on Lake Albert left nine people dead."),
        ("A mine wounded six in Lira.", "The mine that went off in Lira wounded six."),
    ],
)
def test_a_retelling_does_not(story: str, sentence: str) -> None:
    signs = givens_of([sentence], held(story), "en")[0]
    assert not signs["fulfilled"]
    assert not signs["given"]


@pytest.mark.parametrize(
    ("story", "text", "is_reversed"),
    [
        ("Estonia expelled a Belarusian diplomat.", "Belarus said it was expelling an Estonian consul.", True),
        ("Peru recalled its ambassador from Ecuador.", "Ecuador has recalled its ambassador from Peru.", True),
        ("Iran seized a Greek tanker.", "Greece has seized an Iranian freighter.", True),
        ("Poland closed its border with Belarus.", "Belarus closed its border to Polish lorries.", True),
        ("Estonia expelled a Belarusian diplomat.", "A Belarusian envoy was expelled by Estonia.", False),
        ("India banned rice from Thailand.", "Imports of Thai rice have been banned by India.", False),
        ("Turkey and Greece signed a treaty.", "Greece and Turkey signed a pact.", False),
        ("Estonia expulsó a un diplomático de Bielorrusia.", "Bielorrusia expulsó a un cónsul de Estonia.", True),
        ("Эстония выслала дипломата Белоруссии.", "Белоруссия выслала консула Эстонии.", True),
        ("Rusia derribó 30 drones de Ucrania.", "Treinta drones de Ucrania fueron abatidos, según Rusia.", False),
        ("Эстония выслала белорусского дипломата.", "Белорусский дипломат был выслан из Эстонии.", False),
    ],
)
def test_an_answer_in_kind_turns_the_parts(story: str, text: str, is_reversed: bool) -> None:  # noqa: FBT001 - a table
    case = case_of(story, text)
    assert bool(find_reversal(case.reading.reports, case.candidates.reports, case.world.within)) is is_reversed


@pytest.mark.parametrize(
    ("story", "text", "is_new"),
    [
        ("Farmers may apply until the end of September.", "Forms from farmers must be in by 30 September.", False),
        ("Operations at Red Willow are cancelled until Friday.", "Red Willow cancelled them through Thursday.", False),
        ("Swiftlift staff will walk out on 20 September.", "Staff of Swiftlift plan to stop on Friday week.", False),
        ("Swiftlift staff will walk out on 20 September.", "Staff of Swiftlift will walk out on 27 September.", True),
        ("Pupils in Kisumu must resit it on 12 September.", "Pupils in Kisumu will resit it next Thursday.", False),
    ],
)
def test_a_day_is_held_in_other_words(story: str, text: str, is_new: bool) -> None:  # noqa: FBT001 - a table
    case = case_of(story, text)
    own = case.candidates.related[0].story_id
    assert (later_day(case.reading.sentences[0], case, case.hold(own))[0] is not None) is is_new


@pytest.mark.parametrize(
    ("sentence", "is_fresh"),
    [
        ("A boat with twelve men capsized on the lake near the harbour, and all were farmers.", True),
        ("A boat with twelve men capsized on the lake near the harbour.", False),
        ("Fishing trip ends in tragedy as vessel overturns and crew vanishes beneath waves.", False),
    ],
)
def test_who_keeps_to_the_words_and_changes_one_means_it(sentence: str, is_fresh: bool) -> None:  # noqa: FBT001 - a table
    signs = givens_of([sentence], held("A boat with twelve men capsized on the lake near the harbour."), "en")[0]
    assert bool(signs["fresh"]) is is_fresh
