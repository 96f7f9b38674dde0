"""Timelines: what is one event, when it was, what tells it best, and which days matter."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from time import process_time

from news.decision import Dispute, FactKind, StoredEvent, StoredReport
from news.disputes.slots import stored_claim
from news.model import NO_TIME, Article, DateBasis, EventKind, Modality, Precision, Quantity, Report, TimeSpan
from news.reading import read
from news.reports.quotes import Candidate, Rarity, choose_quotes, is_clear
from news.timelines.entry_figures import tell_figures
from news.timelines.merging import merge_events
from news.timelines.occurrences import choose_span
from news.timelines.salience import count_days, rank_days, score_days
from news.timelines.timeline import Timeline, build_timeline
from news.timelines.titles import shorten

LANDED = "Two Russian Air Force planes landed in Caracas with about 100 soldiers on board."
LANDED_TOO = "Around 100 Russian soldiers landed in Caracas aboard two Air Force planes."
SIGNED = "Bolivia and Peru signed a treaty on the waters of Lake Titicaca in La Paz."
VENEZUELA = ("place:russia", "place:venezuela")


def day(text: str, basis: DateBasis = DateBasis.STATED) -> TimeSpan:
    return TimeSpan.of_day(date.fromisoformat(text), basis)


def report(
    number: int,
    quote: str,
    when: TimeSpan,
    *,
    article: int | None = None,
    published: str = "2019-03-25",
    modality: Modality = Modality.HAPPENED,
    **more: object,
) -> StoredReport:
    article = number if article is None else article
    values: dict[str, object] = {"actors": ("place:russia",), "places": ("place:caracas",), "trigger": "land"} | more
    told = Report(3, quote, when, EventKind.MOVE, modality, **values)  # type: ignore[arg-type]  # checked by dataclass use
    at = datetime.fromisoformat(published).replace(tzinfo=UTC)
    return StoredReport(number, number, article, 1, f"Outlet {article}", "", "", at, told)


def event(*reports: StoredReport, lookbacks: int = 0) -> StoredEvent:
    return StoredEvent(reports[0].id, 1, reports, lookbacks)


def build(*events: StoredEvent) -> Timeline:
    return build_timeline(events)


def test_two_accounts_of_one_event_are_one_entry() -> None:
    """The same event in two articles makes one entry with both sources and two origins."""
    when = day("2019-03-23")
    timeline = build(event(report(1, LANDED, when)), event(report(2, LANDED_TOO, when)))
    assert len(timeline.entries) == 1
    entry = timeline.entries[0]
    assert (entry.event_ids, entry.n_independent) == ((1, 2), 2)
    assert entry.sentences[0] in {LANDED, LANDED_TOO}


def test_different_events_of_one_day_stay_apart() -> None:
    when = day("2019-03-23")
    other = report(2, SIGNED, when, actors=("place:bolivia", "place:peru"), places=("place:la-paz",), trigger="sign")
    assert len(build(event(report(1, LANDED, when)), event(other)).entries) == 2


def test_the_same_act_a_year_later_is_another_event() -> None:
    first, second = report(1, LANDED, day("2018-03-23")), report(2, LANDED, day("2019-03-23"))
    assert [entry.event_ids for entry in build(event(first), event(second)).entries] == [(1,), (2,)]


def test_details_within_one_article_are_not_merged() -> None:
    """Two sentences of one article on one day and place tell two things unless nearly all words are shared."""
    when = day("2019-03-23")
    detail = report(
        2, "The cargo planes flew from Caracas by way of Syria, officials said.", when, article=1, trigger="fly"
    )
    assert len(build(event(report(1, LANDED, when)), event(detail)).entries) == 2


def test_one_article_does_not_give_two_dates_to_one_event() -> None:
    """What the store put together is taken apart where one article names two days; two articles may disagree."""
    left = report(1, "A third plane left Russia on Sunday.", day("2019-03-24"), article=1)
    landed = report(2, LANDED, day("2019-03-23"), article=1)
    later = report(3, LANDED_TOO, day("2019-03-23"), article=2)
    entries = build(StoredEvent(1, 1, (left, landed, later))).entries
    assert [(entry.span.first_on, len(entry.reports)) for entry in entries] == [
        (date(2019, 3, 23), 2),
        (date(2019, 3, 24), 1),
    ]
    other = report(4, LANDED, day("2019-03-22"), article=2)
    assert len(build(StoredEvent(1, 1, (landed, other))).entries) == 1


def test_entries_are_in_order_of_the_event_and_not_of_the_article() -> None:
    late = report(1, LANDED, day("2019-03-23"), published="2019-03-25")
    early = report(2, "Two bombers landed near Caracas.", day("2018-12-10"), published="2019-06-01")
    assert [entry.span.first_on for entry in build(event(late), event(early)).entries] == [
        date(2018, 12, 10),
        date(2019, 3, 23),
    ]


def test_a_date_in_the_text_goes_before_the_date_of_the_article() -> None:
    spans = [day("2019-03-25", DateBasis.ARTICLE), day("2019-03-24", DateBasis.ARTICLE), day("2019-03-23")]
    assert choose_span([report(n, LANDED, when) for n, when in enumerate(spans, 1)]) == spans[2]


def test_a_month_supports_a_day_within_it() -> None:
    """The finest of the best supported dates stands: "in March" does not blur "23 March"."""
    march = TimeSpan(date(2019, 3, 1), date(2019, 3, 31), Precision.MONTH)
    reports = [report(1, LANDED, march), report(2, LANDED, march), report(3, LANDED, day("2019-03-23"))]
    assert choose_span(reports).precision is Precision.DAY
    assert choose_span(reports[:2]) == march


def test_one_outlet_does_not_outvote_two() -> None:
    wrong, right = day("2019-03-22"), day("2019-03-23")
    reports = [report(n, LANDED, wrong, article=1) for n in (1, 2, 3)]
    reports += [report(4, LANDED, right, article=4), report(5, LANDED, right, article=5)]
    assert choose_span(reports) == right


def test_undated_background_has_no_place_and_is_counted() -> None:
    """Background never gets the article's date: it would put the past into the present."""
    stand_in = report(2, LANDED, day("2019-03-25", DateBasis.ARTICLE), is_background=True)
    timeline = build(
        event(report(1, LANDED, day("2019-03-23"))), event(stand_in), event(report(3, "Ties are old.", NO_TIME))
    )
    assert (len(timeline.entries), timeline.n_undated) == (1, 2)


def test_a_plan_that_came_true_has_happened_and_keeps_its_report() -> None:
    when = day("2019-04-03")
    plan = report(1, "Russian officers will meet in Caracas on 3 April.", when, modality=Modality.PLANNED)
    fact = report(2, "Russian officers met in Caracas on 3 April.", when, published="2019-04-04")
    entry = build(StoredEvent(1, 1, (plan, fact))).entries[0]
    assert entry.modality is Modality.HAPPENED
    assert entry.reports == (plan, fact)
    assert build(event(plan)).entries[0].modality is Modality.PLANNED


def test_a_dispute_stands_with_its_entry_and_its_figures_nowhere_else() -> None:
    """What was told of the articles is what the entry shows; a timeline finds nothing of its own."""

    def planes(number: int, count: float, word: str) -> StoredReport:
        figure = Quantity(0, len(word) + 7, f"{word} planes", count, "count", "plane")
        return report(number, f"{word} planes landed in Caracas on Saturday.", day("2019-03-23"), quantities=(figure,))

    held, told = planes(1, 2, "Two"), planes(2, 5, "Five")
    dispute = Dispute(FactKind.FIGURE, 1, stored_claim(told, "five planes"), stored_claim(held, "two planes"))
    events = (StoredEvent(1, 1, (held, told)),)
    entry = build_timeline(events, disputes=[dispute]).entries[0]
    assert (entry.disputes, entry.figures) == ((dispute,), ())
    assert build_timeline(events).entries[0].disputes == ()


def test_a_long_title_is_marked_as_shortened() -> None:
    """Nothing is cut silently, and the full sentence stands below."""
    long = "The ministry said that the two planes had landed, " + "and that more of them would follow soon " * 5 + "."
    assert shorten(long).endswith("…")
    assert len(shorten(long)) <= 120
    assert shorten("Short.") == "Short."
    assert len(shorten("x" * 500)) == 120


def test_clear_sentences_stand_alone() -> None:
    assert is_clear(LANDED)
    for unclear in ("He landed in Caracas.", "But Russia landed.", "and then landed.", "Russia landed in", ""):
        assert not is_clear(unclear)


def test_the_clearest_sentence_is_quoted_first() -> None:
    when = day("2019-03-23")
    unclear = report(1, "They landed in Caracas with about 100 soldiers on board two Russian planes.", when)
    clear = report(2, LANDED, when)
    assert build(StoredEvent(1, 1, (unclear, clear))).entries[0].sentences == (LANDED,)


def test_quotes_do_not_repeat_each_other() -> None:
    texts = [LANDED, LANDED_TOO, "The planes carried 35 tons of equipment for the army of Venezuela."]
    chosen = choose_quotes([Candidate(n, text) for n, text in enumerate(texts)], Rarity(texts), n_quotes=2)
    assert texts[2] in {quote.text for quote in chosen}
    assert len(chosen) == 2


# Days


def mentions(number: int, when: str, published: str) -> StoredEvent:
    return event(report(number, LANDED, day(when), published=published))


def test_days_that_many_look_back_at_are_chosen() -> None:
    """With a number of days asked for, the day that later articles name goes before busy days of no weight."""
    events = [mentions(n, "2019-03-23", f"2019-04-{n:02}") for n in range(1, 9)]
    events += [
        event(report(100 + n, SIGNED, day("2019-05-01", DateBasis.ARTICLE), published="2019-05-01")) for n in range(3)
    ]
    assert rank_days(events)[0] == date(2019, 3, 23)
    assert date(2019, 3, 23) not in rank_days(events, first_on=date(2019, 4, 1))


def test_a_day_counts_an_article_once() -> None:
    events = [event(report(n, LANDED, day("2019-03-23"), article=1)) for n in (1, 2, 3)]
    assert len(count_days(events)[date(2019, 3, 23)].mentioning) == 1


def test_a_day_that_stands_out_goes_before_one_of_a_busy_week() -> None:
    """Of two days that as many articles tell of, the one without neighbours matters more."""
    busy = [mentions(10 * n + at, f"2019-03-{n:02}", "2019-03-30") for n in range(4, 8) for at in range(3)]
    alone = [mentions(90 + at, "2019-03-19", "2019-03-30") for at in range(3)]
    scores = score_days(count_days([*busy, *alone]))
    assert max(scores, key=lambda each: scores[each]) == date(2019, 3, 19)


def test_what_is_only_planned_for_a_day_does_not_make_it_matter() -> None:
    """Three articles that say what will be count less than one that says what was."""
    plans = [
        event(report(n, "They will sign it.", day("2019-04-02"), modality=Modality.PLANNED, published="2019-03-25"))
        for n in (1, 2, 3)
    ]
    done = mentions(4, "2019-03-12", "2019-03-25")
    assert rank_days([*plans, done], last_on=date(2019, 4, 10))[0] == date(2019, 3, 12)


def test_a_day_that_is_told_of_long_after_goes_before_one_told_of_at_once() -> None:
    at_once = [mentions(n, "2019-03-05", "2019-03-05") for n in (1, 2)]
    long_after = [mentions(n, "2019-03-12", "2019-05-06") for n in (3, 4)]
    assert rank_days([*at_once, *long_after])[0] == date(2019, 3, 12)


def test_so_many_days_with_so_many_sentences() -> None:
    events = [mentions(n, f"2019-03-{n:02}", f"2019-03-{n + 1:02}") for n in range(1, 10)]
    events += [event(report(50 + n, f"Convoy {n} crossed the border at Cúcuta.", day("2019-03-04"))) for n in range(4)]
    timeline = build_timeline(events, n_dates=4, per_date=2)
    assert len(timeline.entries) == 4
    assert len({entry.span.first_on for entry in timeline.entries}) == 4
    assert all(entry.span.precision is Precision.DAY for entry in timeline.entries)
    assert max(len(entry.sentences) for entry in timeline.entries) == 2
    quotes = {each.report.quote for one in events for each in one.reports}
    assert all(sentence in quotes for entry in timeline.entries for sentence in entry.sentences)


def test_a_sentence_without_a_day_tells_one_day_only() -> None:
    """The head of an article stands for its own day or for the day before, never for both."""
    untold = TimeSpan(date(2019, 3, 20), date(2019, 3, 26), Precision.WEEK, DateBasis.ARTICLE)
    events = [
        event(report(1, LANDED, untold, published="2019-03-26")),
        event(report(2, SIGNED, untold, published="2019-03-25")),
    ]
    told = [sentence for entry in build_timeline(events, n_dates=4).entries for sentence in entry.sentences]
    assert sorted(told) == sorted({LANDED, SIGNED})


def test_what_was_over_the_weekend_does_not_tell_of_a_tuesday() -> None:
    """A sentence whose own words exclude a day never stands for it, whenever its article appeared."""
    weekend = TimeSpan(date(2019, 3, 23), date(2019, 3, 24), Precision.SPAN, DateBasis.RESOLVED)
    events = [
        event(report(1, LANDED, weekend, published="2019-03-26")),
        event(report(2, SIGNED, day("2019-03-26", DateBasis.ARTICLE), published="2019-03-26")),
    ]
    timeline = build_timeline(events, n_dates=1, per_date=2)
    assert [entry.sentences for entry in timeline.entries] == [(SIGNED,)]


def test_an_empty_weekday_goes_before_an_empty_weekend() -> None:
    """Of two days of which as little is known, the one of a kind that the story tells much of matters more."""
    busy = [mentions(10 * n + at, f"2019-03-{n:02}", f"2019-03-{n:02}") for n in range(4, 7) for at in range(3)]
    quiet = [mentions(90, "2019-03-20", "2019-03-20"), mentions(91, "2019-03-30", "2019-03-30")]
    scores = score_days(count_days([*busy, *quiet]))
    assert scores[date(2019, 3, 20)] > scores[date(2019, 3, 30)]


def test_nothing_gives_an_empty_timeline() -> None:
    assert build().entries == ()
    assert build_timeline((), n_dates=5).entries == ()


def test_a_command_on_thousands_of_events_stays_quick() -> None:
    """Merging meets events by day and word: the cost grows with what they share and not with all pairs."""
    start = date(2018, 1, 1)
    events = [
        event(
            report(
                n,
                f"Convoy {n} with {n % 90} trucks crossed at Cúcuta into district {n % 37} on patrol {n % 11}.",
                TimeSpan.of_day(start + timedelta(days=n % 700)),
                published="2021-01-01",
            )
        )
        for n in range(2000)
    ]
    merge_events(events[:50])
    began = process_time()
    build_timeline(events)
    assert process_time() - began < 3


def toll(number: int, quote: str, published: str) -> StoredReport:
    """Return a report read out of a sentence, as one of an event of 23 March."""
    at = datetime.fromisoformat(published).replace(tzinfo=UTC)
    article = Article(f"{number}", "", f"Outlet {number}", "", quote, at, Precision.DAY)
    return StoredReport(number, 1, number, 1, article.outlet, "", "", at, read(article).reports[0])


def test_an_entry_is_not_headed_by_a_toll_that_was_outgrown() -> None:
    """The sentence is one whose figure stands, whatever more have told; a distance only says where it was."""
    first = toll(1, "At least 14 people drowned on 23 March 2019 as a ferry sank 2 km off Tavna.", "2019-03-23")
    again = toll(2, "At least 14 people drowned on 23 March 2019 as the ferry sank off Tavna.", "2019-03-24")
    last = toll(3, "All in all 46 people drowned on 23 March 2019.", "2019-03-29")
    (entry,) = build(event(first, again, last)).entries
    assert "46 people" in entry.title
    assert [each.words for each in tell_figures(entry.figures, entry.reports)] == ["46 people"]
    (early,) = build(event(first, again)).entries
    assert "14 people" in early.title
