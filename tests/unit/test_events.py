"""What a sentence reports: kind, certainty, date, actors and places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.model import (
    NO_TIME,
    DateBasis,
    Entity,
    EntityKind,
    EventKind,
    Mention,
    Modality,
    Origin,
    OriginKind,
    Precision,
    Quantity,
    Report,
    Sentence,
    TimeExpression,
    TimeSpan,
)
from news.reports.events import find_reports

PUBLISHED = date(2024, 5, 15)

_WITHIN = {
    "France": (), "French": (), "Kenya": (), "Kenyan": (), "Peru": (), "Japan": (),
    "Francia": (), "Perú": (), "Япония": (),
    "Paris": ("place:france",), "Nairobi": ("place:kenya",), "Lima": ("place:peru",), "Tokyo": ("place:japan",),
}  # fmt: skip
_NAMES = {"French": "France", "Kenyan": "Kenya", "Francia": "France", "Perú": "Peru", "Япония": "Japan"}
_PEOPLE = ("Marie Roux", "Ruto", "Okello")
_ORGS = ("Acme", "Reuters", "Senate")


def entity(text: str) -> Entity:
    name = _NAMES.get(text, text)
    slug = name.lower().replace(" ", "-")
    if text in _PEOPLE:
        return Entity(f"person:{slug}", name, EntityKind.PERSON)
    if text in _ORGS:
        return Entity(f"org:{slug}", name, EntityKind.ORG)
    return Entity(f"place:{slug}", name, EntityKind.PLACE, _WITHIN[text])


def mentions_in(text: str) -> tuple[Mention, ...]:
    names = sorted((*_WITHIN, *_PEOPLE, *_ORGS), key=len, reverse=True)
    found = re.finditer(r"\b(?:" + "|".join(map(re.escape, names)) + r")\b", text)
    return tuple(Mention(match.start(), match.end(), match.group(), entity(match.group())) for match in found)


def dated(text: str, days: dict[str, str | TimeSpan]) -> tuple[TimeExpression, ...]:
    found = []
    for words, day in days.items():
        start = text.index(words)
        span = day if isinstance(day, TimeSpan) else TimeSpan.of_day(date.fromisoformat(day), DateBasis.RESOLVED)
        found.append(TimeExpression(start, start + len(words), words, "DATE", str(day), span))
    return tuple(sorted(found, key=lambda one: one.start))


def split(text: str) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    at = 0
    for paragraph, block in enumerate(text.split("\n\n")):
        for part in re.split(r"(?<=[.?!])\s+", block):
            start = text.index(part, at)
            at = start + len(part)
            found.append(Sentence(len(found), start, at, part, paragraph))
    return tuple(found)


def read(
    text: str,
    days: dict[str, str | TimeSpan] | None = None,
    *,
    language: str = "en",
    published_on: date | None = PUBLISHED,
    quantities: Sequence[Quantity] = (),
    credit: Origin | None = None,
) -> tuple[Report, ...]:
    return find_reports(
        split(text), dated(text, days or {}), mentions_in(text), quantities,
        published_on=published_on, language=language, credit=credit,
    )  # fmt: skip


HAPPENED, PLANNED, ALLEGED, DENIED, THREATENED = Modality
K = EventKind

ENGLISH = [
    # elections, parliaments, governments
    ("Voters in Kenya elected a new parliament after a calm campaign.", K.OTHER, HAPPENED, "elect"),
    ("Okello won the run-off with 54 percent of the ballots.", K.OTHER, HAPPENED, "win"),
    ("The Senate will vote on the pension reform next month.", K.OTHER, PLANNED, "vote"),
    ("The finance minister resigned over the budget scandal.", K.YIELD, HAPPENED, "resign"),
    ("Ruto appointed a retired judge to lead the anti-graft board.", K.OTHER, HAPPENED, "appoint"),
    ("Lawmakers rejected the amendment by a wide margin.", K.REJECT, HAPPENED, "reject"),
    ("The president vetoed the housing bill late in the evening.", K.REJECT, HAPPENED, "veto"),
    ("The party plans to nominate Okello at its congress.", K.REQUEST, PLANNED, "nomin"),
    ("The prime minister is expected to visit Lima in the autumn.", K.CONSULT, PLANNED, "visit"),
    # quakes, storms, accidents
    ("A strong earthquake struck the coast of Peru before dawn.", K.OTHER, HAPPENED, "strike"),
    ("The earthquake killed dozens of people in the highlands.", K.OTHER, HAPPENED, "kill"),
    ("A cargo train derailed outside Nairobi and blocked the line.", K.OTHER, HAPPENED, "derail"),
    ("Floods destroyed hundreds of homes along the river.", K.OTHER, HAPPENED, "destroy"),
    ("The ferry sank within minutes, survivors said.", K.OTHER, HAPPENED, "sink"),
    ("An explosion at the refinery led to a fire that burned for hours.", K.OTHER, HAPPENED, "explos"),
    ("Forecasters warned that the storm was moving towards the islands.", K.OTHER, HAPPENED, "warn"),
    ("Rescuers evacuated three villages below the dam.", K.AID, HAPPENED, "evacu"),
    # strikes and protests
    ("Dock workers went on strike over unpaid wages.", K.PROTEST, HAPPENED, "go on strike"),
    ("Teachers will strike for two days if talks fail.", K.PROTEST, PLANNED, "strike for"),
    ("Thousands marched through Paris against the reform.", K.PROTEST, HAPPENED, "march"),
    ("Farmers protested outside the ministry with their tractors.", K.PROTEST, HAPPENED, "protest"),
    # courts and police
    ("Police arrested nine suspects in the harbour district.", K.COERCE, HAPPENED, "arrest"),
    ("A court sentenced the former mayor to six years in prison.", K.COERCE, HAPPENED, "sentenc"),
    ("Prosecutors charged the trader with fraud.", K.ACCUSE, HAPPENED, "charg"),
    ("The banker pleaded guilty to laundering money.", K.OTHER, HAPPENED, "plead guilti"),
    ("The captain was acquitted of all counts.", K.OTHER, HAPPENED, "acquit"),
    ("The trial of the two brothers began in Nairobi.", K.OTHER, HAPPENED, "trial"),
    ("The guards allegedly tortured the prisoners.", K.ASSAULT, ALLEGED, "tortur"),
    # sanctions, trade
    ("France imposed sanctions on four shipping companies.", K.SANCTION, HAPPENED, "impos"),
    ("The bloc froze the assets of the oligarch.", K.SANCTION, HAPPENED, "freez"),
    ("Japan lifted the import ban after eleven years.", K.YIELD, HAPPENED, "lift"),
    ("Kenya expelled two diplomats over the affair.", K.SANCTION, HAPPENED, "expel"),
    # mergers and firms
    ("Acme agreed to buy its rival for nine billion dollars.", K.AGREE, HAPPENED, "agre"),
    ("Acme acquired a maker of batteries.", K.OTHER, HAPPENED, "acquir"),
    ("The airline laid off a fifth of its pilots and closed two bases.", K.OTHER, HAPPENED, "close"),
    ("Acme has decided to sell its mining arm.", K.OTHER, PLANNED, "sell"),
    # war and forces
    ("Two frigates left Tokyo and sailed south.", K.MOVE, HAPPENED, "leav"),
    ("France deployed a field hospital to the border.", K.DEPLOY, HAPPENED, "deploy"),
    ("Rebels shelled the airport for the third night.", K.ASSAULT, HAPPENED, "shell"),
    ("The army shot down a drone near the strait.", K.ASSAULT, HAPPENED, "shoot down"),
    ("The two navies held exercises in the gulf.", K.MOBILIZE, HAPPENED, "hold exercis"),
    ("Kenyan troops reportedly crossed the frontier at night.", K.MOVE, ALLEGED, "cross"),
    ("Kenya denied sending troops across the frontier.", K.DEPLOY, DENIED, "send"),
    ("The army did not fire on the crowd, its spokesman said.", K.ASSAULT, DENIED, "fire"),
    ("France has not withdrawn its ambassador.", K.YIELD, DENIED, "withdraw"),
    ("The general denied the charges in court.", K.REJECT, DENIED, "deni"),
    # talk
    ("Ruto met French executives in Paris.", K.CONSULT, HAPPENED, "meet"),
    ("The two sides held three days of talks in Lima.", K.CONSULT, HAPPENED, "hold talk"),
    ("France accused Acme of bribing inspectors.", K.ACCUSE, HAPPENED, "accus"),
    ("Human rights groups condemned the verdict.", K.ACCUSE, HAPPENED, "condemn"),
    ("Kenya demanded the release of its sailors.", K.REQUEST, HAPPENED, "demand"),
    ("The envoy called on both armies to hold their fire.", K.REQUEST, HAPPENED, "call on"),
    ("The junta threatened to close the canal.", K.THREATEN, THREATENED, "threaten"),
    ("Japan warned it would cut fuel exports.", K.THREATEN, THREATENED, "warn"),
    ('"There will be consequences," the commander said.', K.THREATEN, THREATENED, "threaten"),
    ("The governor said the province would send water trucks.", K.DEPLOY, PLANNED, "send"),
    ("Acme announced it will open a plant near Nairobi.", K.OTHER, PLANNED, "open"),
    ("Peru signed a fishing treaty with Japan.", K.AGREE, HAPPENED, "sign"),
    ("Donors pledged four billion euros for the rebuilding.", K.AGREE, HAPPENED, "pledg"),
    ("France praised the ceasefire and its mediators.", K.SUPPORT, HAPPENED, "prais"),
    ("The agency delivered rice and tents to the camps.", K.AID, HAPPENED, "deliv"),
]

SPANISH = [
    ("El presidente firmó un tratado de pesca con Francia.", K.AGREE, HAPPENED, "firm"),
    ("Los ministros se reunieron en Lima con los sindicatos.", K.CONSULT, HAPPENED, "reun"),
    ("Francia acusó a la empresa de sobornar a inspectores.", K.ACCUSE, HAPPENED, "acus"),
    ("El gobierno no envió tropas a la frontera.", K.DEPLOY, DENIED, "envi"),
    ("La delegación llegará a Lima la próxima semana.", K.MOVE, PLANNED, "lleg"),
    ("Perú habría desplegado patrullas en el río.", K.DEPLOY, ALLEGED, "despleg"),
    ("La policía detuvo a nueve sospechosos en el puerto.", K.COERCE, HAPPENED, "deten"),
    ("Un terremoto sacudió la costa antes del amanecer.", K.OTHER, HAPPENED, "sacud"),
    ("El senado rechazó la reforma de pensiones.", K.REJECT, HAPPENED, "rechaz"),
    ("El ministro amenazó con cerrar el canal.", K.THREATEN, THREATENED, "amenaz"),
]

RUSSIAN = [
    ("Министры подписали соглашение о рыболовстве.", K.AGREE, HAPPENED, "подписа"),
    ("Два фрегата прибыли в порт на учения.", K.MOVE, HAPPENED, "приб"),
    ("Делегация прибудет в столицу на следующей неделе.", K.MOVE, PLANNED, "приб"),
    ("Полиция арестовала девять подозреваемых в порту.", K.COERCE, HAPPENED, "арестова"),
    ("Правительство не отправляло войска на границу.", K.DEPLOY, DENIED, "отправля"),
    ("Посол обвинил компанию в подкупе инспекторов.", K.ACCUSE, HAPPENED, "обвин"),
    ("Парламент отверг поправку большинством голосов.", K.REJECT, HAPPENED, "отвергнут"),
    ("Армия якобы обстреляла аэропорт ночью.", K.ASSAULT, ALLEGED, "обстреля"),
]

_ROWS = [(*row, "en") for row in ENGLISH] + [(*row, "es") for row in SPANISH] + [(*row, "ru") for row in RUSSIAN]


@pytest.mark.parametrize(("text", "kind", "modality", "trigger", "language"), _ROWS)
def test_reads_kind_modality_and_trigger(
    text: str, kind: EventKind, modality: Modality, trigger: str, language: str
) -> None:
    reports = read(text, language=language)
    assert [(report.kind, report.modality, report.trigger) for report in reports] == [(kind, modality, trigger)]


NOTHING = [
    "Could the talks in Paris still collapse?",
    "The strike could end within days.",
    "If Peru withdraws, the pact may fail.",
    "I doubt that the minister signed anything.",
    "I would imagine they sent advisers too.",
    "In my view the court should have freed him.",
    "Subscribe to our newsletter and follow us.",
    "Read more about how the merger collapsed.",
    "The harbour is a pleasant place with old houses.",
    "They might deploy a second battalion.",
    "Whether Kenya signed the accord is a secret.",
    "The truth about the talks remains a matter of taste.",
    "Officials in Lima have not yet commented on it.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_opinion_supposition_question_and_description_report_nothing(text: str) -> None:
    """A timeline must not hold what nobody asserted."""
    assert read(text) == ()


def test_two_dated_acts_of_a_sentence_are_two_reports_each_with_its_own_day_and_place() -> None:
    text = "The convoy left Nairobi on Friday and arrived in Lima on Sunday."
    reports = read(text, {"Friday": "2024-05-10", "Sunday": "2024-05-12"})
    assert [(report.trigger, report.when.first_on, report.places) for report in reports] == [
        ("leav", date(2024, 5, 10), ("place:nairobi",)),
        ("arriv", date(2024, 5, 12), ("place:lima",)),
    ]


def test_happened_and_planned_stand_side_by_side() -> None:
    text = "A third ship left Lima on Monday and is expected to dock in Tokyo on Friday."
    reports = read(text, {"Monday": "2024-05-13", "Friday": "2024-05-17"})
    assert [(report.trigger, report.modality) for report in reports] == [("leav", HAPPENED), ("dock", PLANNED)]


def test_date_of_saying_serves_the_act_that_is_told_of() -> None:
    text = "Police arrested nine men, a spokesman told reporters on Tuesday."
    (report,) = read(text, {"Tuesday": "2024-05-14"})
    assert (report.trigger, report.when.first_on) == ("arrest", date(2024, 5, 14))


def test_own_date_of_an_act_wins_over_the_date_of_saying() -> None:
    text = "The minister said on Tuesday that police had arrested nine men on Saturday."
    (report,) = read(text, {"Tuesday": "2024-05-14", "Saturday": "2024-05-11"})
    assert (report.trigger, report.when.first_on) == ("arrest", date(2024, 5, 11))


def test_plan_does_not_take_the_date_of_its_announcement() -> None:
    """A plan told on Tuesday is open from Tuesday on, not on Tuesday."""
    text = "The governor said on Tuesday that the province would send water trucks."
    (report,) = read(text, {"Tuesday": "2024-05-14"})
    assert (report.when.first_on, report.when.last_on) == (date(2024, 5, 14), None)


def test_date_that_qualifies_a_thing_to_come_dates_no_act() -> None:
    """A vote on next year's budget that is put off is put off now, not next year."""
    text = "The Senate put off a vote on next year's budget on Monday."
    (report,) = read(
        text, {"next year": TimeSpan(date(2025, 1, 1), date(2025, 12, 31), Precision.YEAR), "Monday": "2024-05-13"}
    )
    assert report.when.first_on == date(2024, 5, 13)
    assert report.modality is Modality.HAPPENED


_APRIL = TimeSpan(date(2024, 4, 1), date(2024, 4, 30), Precision.MONTH)


@pytest.mark.parametrize(
    ("text", "month", "day", "language"),
    [
        ("The flood drove out more people on Monday than in April, the county said.", "April", "Monday", "en"),
        ("La inundación expulsó el lunes a más gente que en abril, dijo la alcaldesa.", "abril", "lunes", "es"),
    ],
)
def test_a_date_that_is_only_compared_with_dates_no_act(text: str, month: str, day: str, language: str) -> None:
    """What was in April is not told of."""
    reports = read(text, {month: _APRIL, day: "2024-05-13"}, language=language)
    assert {report.when.first_on for report in reports} == {date(2024, 5, 13)}


@pytest.mark.parametrize(
    "text",
    [
        "Police arrested more than 300 people on Monday, the ministry said.",
        "More than 40 people died on Monday in the flood.",
    ],
)
def test_more_than_a_number_compares_with_no_day(text: str) -> None:
    (report,) = read(text, {"Monday": "2024-05-06"})
    assert report.when.first_on == date(2024, 5, 6)


def test_a_bound_is_no_comparison() -> None:
    (report,) = read("The bank closed its branches not later than April, the union said.", {"April": _APRIL})
    assert report.when.first_on == date(2024, 4, 1)


def test_a_word_within_a_date_names_no_act() -> None:
    """The month of March is no protest."""
    (report,) = read("Its arrival in Lima is expected on Monday 25 March 2024.", {"Monday 25 March 2024": "2024-05-20"})
    assert (report.kind is EventKind.PROTEST, report.modality) == (False, Modality.PLANNED)


def test_date_is_carried_to_the_next_sentence_of_the_paragraph_only() -> None:
    text = (
        "Rebels shelled the airport on Saturday. Two guards were wounded in the hall.\n\nThe army attacked their camp."
    )
    first, second, third = read(text, {"Saturday": "2024-05-11"})
    assert first.when.first_on == second.when.first_on == date(2024, 5, 11)
    assert second.when.basis is DateBasis.RESOLVED
    assert third.when.basis is DateBasis.ARTICLE


def test_undated_news_has_the_article_day_first_and_its_week_later() -> None:
    """No false precision: an undated act far down in an article is known to a week at best."""
    text = "\n\n".join(["Police arrested nine men in the harbour."] * 5)
    spans = [report.when for report in read(text)]
    assert spans[0] == TimeSpan.of_day(PUBLISHED, DateBasis.ARTICLE)
    assert spans[4] == TimeSpan(PUBLISHED - timedelta(days=6), PUBLISHED, Precision.WEEK, DateBasis.ARTICLE)


def test_without_publication_date_undated_acts_have_no_time() -> None:
    (report,) = read("Police arrested nine men in the harbour.", published_on=None)
    assert report.when == NO_TIME


def test_since_opens_the_end() -> None:
    text = "The miners have protested since March over wages."
    march = TimeSpan(date(2024, 3, 1), date(2024, 3, 31), Precision.MONTH, DateBasis.RESOLVED)
    (report,) = read(text, {"March": march})
    assert (report.when.first_on, report.when.last_on) == (date(2024, 3, 1), None)


def test_between_joins_two_dates_into_one_span() -> None:
    text = "The navies held exercises between 3 May and 7 May off the coast."
    (report,) = read(text, {"3 May": "2024-05-03", "7 May": "2024-05-07"})
    assert (report.when.first_on, report.when.last_on) == (date(2024, 5, 3), date(2024, 5, 7))
    assert report.when.precision is Precision.SPAN


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "Japan sent a hospital ship in 2018.",
            {"2018": TimeSpan(date(2018, 1, 1), date(2018, 12, 31), Precision.YEAR)},
        ),
        ("Last year, Japan sent a hospital ship.", None),
        ("Japan had sent a hospital ship to the islands.", None),
        ("Japan previously sent a hospital ship to the islands.", None),
    ],
)
def test_background_is_marked(text: str, days: dict[str, str | TimeSpan] | None) -> None:
    (report,) = read(text, days)
    assert report.is_background


def test_reported_past_perfect_is_news() -> None:
    """A past perfect after "said" only shifts the tense."""
    (report,) = read("Japan said it had sent a hospital ship to the islands.")
    assert not report.is_background


def test_undated_background_has_no_time() -> None:
    (report,) = read("For years, Japan sent hospital ships to the islands.")
    assert report.when == NO_TIME


def test_act_on_a_day_to_come_is_planned() -> None:
    (report,) = read("The trial begins on Monday in Paris.", {"Monday": "2024-05-20"})
    assert report.modality is PLANNED


def test_figures_without_an_act_are_background_without_time() -> None:
    text = "Kenya owns 24 fighter jets of two makes."
    jets = Quantity(11, 26, "24 fighter jets", 24.0, "count", "jet")
    (report,) = read(text, quantities=[jets])
    assert (report.kind, report.trigger, report.is_background, report.when) == (K.OTHER, "", True, NO_TIME)
    assert report.quantities == (jets,)


def test_countries_act_or_are_places_by_their_preposition() -> None:
    (report,) = read("France sent French engineers from Kenya to Peru.")
    assert report.actors == ("place:france",)
    assert set(report.places) == {"place:kenya", "place:peru"}


def test_capital_that_acts_is_its_country() -> None:
    (report,) = read("Tokyo accused Lima of dumping steel.")
    assert (report.actors, report.places) == (("place:japan", "place:peru"), ())


def test_city_and_its_country_are_one_place() -> None:
    (report,) = read("The envoys met in Lima, Peru, to talk about fish.")
    assert report.actors == ()
    assert report.places == ("place:lima", "place:peru")


def test_outlet_that_reports_does_not_act() -> None:
    (report,) = read("Reuters reported that Okello met Marie Roux.")
    assert report.actors == ("person:okello", "person:marie-roux")
    assert report.origin is not None
    assert report.origin.key == "outlet:reuters"


def test_credit_stands_in_where_the_sentence_names_nobody() -> None:
    credit = Origin("outlet:efe", "EFE", OriginKind.WIRE)
    (report,) = read("Police arrested nine men in the harbour.", credit=credit)
    assert report.origin == credit


def test_middle_of_a_long_quotation_reports_nothing() -> None:
    """What a speaker goes on to say is not told by the outlet, even where a sentence has no marks of its own."""
    text = "“Our trade with Japan grew,” he said. “We built ports. Kenya built 24 harbours for us all. They paid.”"
    assert all("24 harbours" not in report.quote for report in read(text))


def test_language_without_lexicon_gives_nothing() -> None:
    assert read("Polisen grep nio män i hamnen.", language="sv") == ()


@given(st.text(max_size=400), st.sampled_from(["en", "es", "ru"]))
def test_any_text_is_read(text: str, language: str) -> None:
    """Texts come from strangers: whatever they are, reading gives reports whose quotes are in the text."""
    sentence = Sentence(0, 0, len(text), text)
    reports = find_reports([sentence], (), (), (), published_on=PUBLISHED, language=language, credit=None)
    assert all(report.quote == text for report in reports)
    assert len(reports) <= 3


@pytest.mark.parametrize(
    ("text", "kind", "language"),
    [
        ("El gobierno de Perú denunció el acuerdo.", EventKind.ACCUSE, "es"),
        ("El gobierno de Perú repatrió a 40 marineros.", EventKind.AID, "es"),
        ("Francia bombardeó la base.", EventKind.ASSAULT, "es"),
        ("Япония депортирует двух дипломатов.", EventKind.COERCE, "ru"),
        ("Япония выдворит двух дипломатов.", EventKind.SANCTION, "ru"),
    ],
)
def test_forms_whose_stem_is_not_that_of_the_infinitive(text: str, kind: EventKind, language: str) -> None:
    assert kind in {report.kind for report in read(text, language=language)}
