"""Dates in text: TIMEX3 type and value, and the days meant, in English, Spanish and Russian."""

from __future__ import annotations

from datetime import date

import pytest

from news.dates import find_dates
from news.model import DateBasis, Precision, TimeExpression

WEDNESDAY = date(2019, 3, 27)
"""The day on which all texts here appear."""


def only(text: str, language: str = "en") -> TimeExpression:
    """Return the one expression of a text."""
    found = find_dates(text, published_on=WEDNESDAY, language=language)
    assert len(found) == 1, found
    return found[0]


def days(expression: TimeExpression) -> tuple[str, str]:
    return str(expression.span.first_on), str(expression.span.last_on)


ENGLISH = [
    # what a day is called
    ("Two planes landed there on Saturday.", "Saturday", "2019-03-23", "2019-03-23", "2019-03-23"),
    ("The crew left on Tuesday.", "Tuesday", "2019-03-26", "2019-03-26", "2019-03-26"),
    ("The crew will leave on Tuesday.", "Tuesday", "2019-04-02", "2019-04-02", "2019-04-02"),
    ("The talks begin on Friday.", "Friday", "2019-03-29", "2019-03-29", "2019-03-29"),
    ("He came the day before yesterday.", "the day before yesterday", "2019-03-25", "2019-03-25", "2019-03-25"),
    ("They meet the day after tomorrow.", "the day after tomorrow", "2019-03-29", "2019-03-29", "2019-03-29"),
    ("It was shut on New Year's Eve.", "New Year's Eve", "2018-12-31", "2018-12-31", "2018-12-31"),
    ("Shops will close on Easter Monday.", "Easter Monday", "2019-04-22", "2019-04-22", "2019-04-22"),
    # days of a month
    ("The ship docked on 18 February.", "18 February", "2019-02-18", "2019-02-18", "2019-02-18"),
    ("The minister will visit on 3 April.", "3 April", "2019-04-03", "2019-04-03", "2019-04-03"),
    ("A court ruled on March 5 last year.", "March 5 last year", "2018-03-05", "2018-03-05", "2018-03-05"),
    ("It sank on 10 April of last year.", "10 April of last year", "2018-04-10", "2018-04-10", "2018-04-10"),
    ("He left on a Friday in June 1973.", "Friday in June 1973", "1973-06", "1973-06-01", "1973-06-30"),
    ("The drill ran between 3 and 5 November.", "3 and 5 November", "2018-11-03", "2018-11-03", "2018-11-05"),
    ("The drill ran from 3 to 5 November.", "3 to 5 November", "2018-11-03", "2018-11-03", "2018-11-05"),
    ("It voted on the 3rd and 4th of March.", "the 3rd and 4th of March", "2019-03-03", "2019-03-03", "2019-03-04"),
    # weeks
    ("They met last week.", "last week", "2019-W12", "2019-03-18", "2019-03-24"),
    ("They met the week before last.", "the week before last", "2019-W11", "2019-03-11", "2019-03-17"),
    ("He spoke earlier in the week.", "earlier in the week", "2019-W13", "2019-03-25", "2019-03-27"),
    ("It opens in two weeks' time.", "two weeks' time", "2019-W15", "2019-04-08", "2019-04-14"),
    ("It came in the first week of March.", "the first week of March", "2019-W10", "2019-03-01", "2019-03-07"),
    ("In the last week of May 2018 it ended.", "the last week of May 2018", "2018-W22", "2018-05-25", "2018-05-31"),
    # months, quarters, seasons, years
    ("They signed earlier this month.", "earlier this month", "2019-03", "2019-03-01", "2019-03-27"),
    ("Troops arrived in mid-December.", "mid-December", "2018-12", "2018-12-12", "2018-12-21"),
    (
        "It rained in the second half of June 2018.",
        "the second half of June 2018",
        "2018-06",
        "2018-06-16",
        "2018-06-30",
    ),
    ("Profit fell in the third quarter.", "the third quarter", "2018-Q3", "2018-07-01", "2018-09-30"),
    ("Profit fell in Q3 2018.", "Q3 2018", "2018-Q3", "2018-07-01", "2018-09-30"),
    ("Prices have risen since last summer.", "last summer", "2018-SU", "2018-06-01", "2018-08-31"),
    ("Talks began in late 2018.", "late 2018", "2018", "2018-09-02", "2018-12-31"),
    ("It fell half a century ago.", "half a century ago", "1969", "1969-01-01", "1969-12-31"),
    ("It opened a quarter of a century ago.", "a quarter of a century ago", "1994", "1994-01-01", "1994-12-31"),
]


@pytest.mark.parametrize(("text", "words", "value", "first", "last"), ENGLISH)
def test_a_date_has_its_words_its_value_and_its_days(text: str, words: str, value: str, first: str, last: str) -> None:
    """Every form that English news dates its events with is read as an editor would."""
    found = only(text)
    assert (found.text, found.type, found.value, *days(found)) == (words, "DATE", value, first, last)


def test_a_period_that_ends_now_is_a_duration_with_its_days() -> None:
    found = only("Trade doubled over the past quarter-century.")
    assert (found.text, found.type, found.value) == ("the past quarter-century", "DURATION", "P25Y")
    assert days(found) == ("1994-03-27", "2019-03-27")


def test_a_distance_from_what_was_told_is_counted_from_there() -> None:
    """The day of "two days after the landing" does not count from the article but from the landing."""
    told, after = find_dates(
        "The planes landed on 10 December 2018. Two days after the landing the crew flew on.", published_on=WEDNESDAY
    )
    assert told.value == "2018-12-10"
    assert (after.type, after.value, *days(after)) == ("DURATION", "P2D", "2018-12-12", "2018-12-12")


def test_the_same_day_is_the_day_told() -> None:
    told, same = find_dates(
        "The bombers landed on 10 December 2018. On the same day Caracas thanked them.", published_on=WEDNESDAY
    )
    assert same.text == "the same day"
    assert days(same) == days(told) == ("2018-12-10", "2018-12-10")
    assert (told.span.basis, same.span.basis) == (DateBasis.STATED, DateBasis.RESOLVED)


@pytest.mark.parametrize(
    ("text", "type_", "value"),
    [
        ("It happened on Saturday morning.", "TIME", "2019-03-23TMO"),
        ("It happened at 4:30 on Saturday afternoon.", "TIME", "2019-03-23T16:30"),
        ("It happened on the night of 23 March.", "TIME", "2019-03-23TNI"),
        ("It lasted three days.", "DURATION", "P3D"),
        ("It takes a month or two.", "DURATION", "P1M"),
        ("They patrol every Tuesday.", "SET", "XXXX-WXX-2"),
        ("He is now in Moscow.", "DATE", "PRESENT_REF"),
        ("The current talks have stalled.", "DATE", "PRESENT_REF"),
        ("Costs have risen in recent months.", "DATE", "PAST_REF"),
        ("Costs may rise in coming months.", "DATE", "FUTURE_REF"),
    ],
)
def test_times_lengths_sets_and_vague_times_have_their_types(text: str, type_: str, value: str) -> None:
    found = only(text)
    assert (found.type, found.value) == (type_, value)


def test_the_first_month_of_a_range_takes_the_year_of_the_second() -> None:
    """Else "from October to December 2017" would begin after it ends."""
    first, second = find_dates("The ships stayed from October to December 2017.", published_on=WEDNESDAY)
    assert (first.value, second.value) == ("2017-10", "2017-12")
    first, second = find_dates("They trained from 20 December to 5 January 2018.", published_on=WEDNESDAY)
    assert (first.value, second.value) == ("2017-12-20", "2018-01-05")


def test_the_quarter_that_ended_on_a_day_is_that_one() -> None:
    first, _ = find_dates("The firm lost money in the quarter ended Sept. 30.", published_on=date(2018, 10, 26))
    assert first.value == "2018-Q3"


def test_what_is_to_be_done_by_a_month_lies_ahead() -> None:
    found = find_dates("The bank wants its loan back by May.", published_on=date(2018, 11, 20))
    assert [each.value for each in found] == ["2019-05"]


@pytest.mark.parametrize(
    "text",
    [
        "He spent 5 dollars a year.",
        "The party daily Granma said so.",
        "Flight 1989 left.",
        "They killed 1921 people.",
        "It may march on.",
        'He said so on "60 Minutes" again.',
        'She told ABC\'s "This Week," as he had.',
        "He told USA Today so.",
        "They left on the morning after the storm.",
    ],
)
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert find_dates(text, published_on=WEDNESDAY) == ()


def test_nothing_is_dated_finer_than_it_is_known() -> None:
    """A month stays a month, and without the article's day a weekday has no day at all."""
    assert only("It happened in March 2018.").span.precision is Precision.MONTH
    (found,) = find_dates("It happened on Saturday.", published_on=None)
    assert (found.value, found.span.precision) == ("XXXX-WXX-6", Precision.UNKNOWN)


SPANISH = [
    ("Los aviones llegaron el sábado.", "2019-03-23"),
    ("La reunión será el martes.", "2019-04-02"),
    ("Llegaron el lunes 25 de marzo.", "2019-03-25"),
    ("Llegaron a las 10:30 del sábado.", "2019-03-23T10:30"),
    ("Llegaron el viernes por la noche.", "2019-03-22TNI"),
    ("Llegaron antes de ayer.", "2019-03-25"),
    ("Se irán pasado mañana.", "2019-03-29"),
    ("Se reunieron la semana pasada.", "2019-W12"),
    ("Se reunirán la próxima semana.", "2019-W14"),
    ("Se firmó a principios de este mes.", "2019-03"),
    ("Se firmó el 3 de abril de 2018.", "2018-04-03"),
    ("Se firmó el 3 de abril del año pasado.", "2018-04-03"),
    ("Se firmará el 3 de febrero de este año.", "2019-02-03"),
    ("Duró entre el 3 y el 5 de noviembre.", "2018-11-03"),
    ("Empezó a finales de 2018.", "2018"),
    ("Cayó en el tercer trimestre.", "2018-Q3"),
    ("Empezó el verano pasado.", "2018-SU"),
    ("Se firmó hace dos semanas.", "2019-W11"),
    ("Se firmó hace un cuarto de siglo.", "1994"),
    ("Creció en los últimos 25 años.", "P25Y"),
    ("Creció en los años noventa.", "199"),
    ("Patrullan cada martes.", "XXXX-WXX-2"),
    ("Cayó en la noche del lunes al martes.", "2019-03-25TNI"),
]
RUSSIAN = [
    ("Самолёты прибыли в субботу.", "2019-03-23"),
    ("Встреча состоится во вторник.", "2019-04-02"),
    ("Они прибыли в понедельник, 25 марта.", "2019-03-25"),
    ("Они прибыли в 10:30 в субботу.", "2019-03-23T10:30"),
    ("Они прибыли в пятницу вечером.", "2019-03-22TEV"),
    ("Они прибыли позавчера.", "2019-03-25"),
    ("Они улетят послезавтра.", "2019-03-29"),
    ("Они встретились на прошлой неделе.", "2019-W12"),
    ("Они встретятся на следующей неделе.", "2019-W14"),
    ("Договор подписан в начале этого месяца.", "2019-03"),
    ("Договор подписан 3 апреля 2018 года.", "2018-04-03"),
    ("Мост рухнул 7 октября прошлого года.", "2018-10-07"),
    ("Суд состоится 7 октября следующего года.", "2020-10-07"),
    ("Учения шли с 3 по 5 ноября.", "2018-11-03"),
    ("Учения начались в конце 2018 года.", "2018"),
    ("Прибыль упала в третьем квартале.", "2018-Q3"),
    ("Цены растут с прошлого лета.", "2018-SU"),
    ("Договор подписан две недели назад.", "2019-W11"),
    ("Договор подписан четверть века назад.", "1994"),
    ("Торговля росла за последние 25 лет.", "P25Y"),
    ("Всё началось в марте этого года.", "2019-03"),
    ("Патруль выходит каждый вторник.", "XXXX-WXX-2"),
    ("Мост рухнул в ночь на вторник.", "2019-03-25TNI"),
    ("Мост рухнул в ночь на 26 марта.", "2019-03-25TNI"),
    ("Мост рухнул в ночь с понедельника на вторник.", "2019-03-25TNI"),
    ("Мост рухнул в ночь с 25 на 26 марта.", "2019-03-25TNI"),
]


@pytest.mark.parametrize(
    ("language", "text", "value"), [("es", *row) for row in SPANISH] + [("ru", *row) for row in RUSSIAN]
)
def test_spanish_and_russian_dates_have_their_values(language: str, text: str, value: str) -> None:
    """Weekdays, months and the common relative words are read in each language that is read."""
    assert only(text, language).value == value


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The bridge fell in the night from Monday to Tuesday."),
        ("es", "El puente cayó en la noche del lunes al martes."),
        ("ru", "Мост рухнул в ночь на вторник."),
    ],
)
def test_a_night_belongs_to_both_of_its_days(language: str, text: str) -> None:
    """The night to Tuesday begins on Monday; nothing tells before or after midnight."""
    assert days(only(text, language)) == ("2019-03-25", "2019-03-26")


def test_a_clock_behind_a_zone_is_no_year() -> None:
    values = [each.value for each in find_dates("It landed at 0449 GMT (1649 in Perth).", published_on=WEDNESDAY)]
    assert "1649" not in values
    assert only("The king fell (1649 in London).").value == "1649"


def test_last_with_the_month_just_over_is_the_one_a_year_before() -> None:
    """The month just over would be called last month."""
    assert only("The helicopters crashed last February.").value == "2018-02"
    assert only("The helicopters crashed last January.").value == "2019-01"


HISTORY = (
    "Talks failed in 1860. War broke out in 1861. In 1862 the army crossed the river on 5 September. It held the fords "
    "until the end of the year. In 1863 it turned north. On 3 July it was "
    "beaten, and the next year it sued for peace."
)


def test_a_history_is_dated_by_its_own_years_and_not_by_the_day_of_its_writing() -> None:
    """A lone day, "the end of the year" and "the next year" go with the year told last."""
    values = [each.value for each in find_dates(HISTORY, published_on=WEDNESDAY)]
    assert values == ["1860", "1861", "1862", "1862-09-05", "1862", "1863", "1863-07-03", "1864"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("A cutter rammed the resupply vessel Unaizah May 4 on Saturday.", ["2019-03-23"]),
        ("The boat Unaizah May 1 sank on 5 March 2018.", ["2018-03-05"]),
        (
            "On Saturday a cutter rammed the supply boat Unaizah May 4. The Unaizah May 4 was towed to port.",
            ["2019-03-23"],
        ),
        ("The ferry left Manila May 4.", ["2019-05-04"]),
        ("The minister met Obama March 4 and left on Tuesday.", ["2019-03-04", "2019-03-26"]),
        ("The navy took the tanker Aurora March 4.", ["2019-03-04"]),
        ("The navy took the tanker Aurora March 4. It came home on Saturday.", ["2019-03-04", "2019-03-23"]),
        ("The navy took the tanker Aurora Feb. 18 and freed it on Saturday.", ["2019-02-18", "2019-03-23"]),
        ("The ship Aurora sailed on March 4 and sank on Saturday.", ["2019-03-04", "2019-03-23"]),
    ],
)
def test_a_ship_may_be_named_by_a_day(text: str, values: list[str]) -> None:
    """Where the sentence gives its own day; else a month with a day is a date."""
    assert [found.value for found in find_dates(text, published_on=WEDNESDAY)] == values


@pytest.mark.parametrize(
    ("language", "text", "words", "value"),
    [
        ("en", "The mill burnt a hundred and twenty years ago.", "a hundred and twenty years ago", "1901"),
        ("en", "They were adrift for twenty-one days.", "twenty-one days", "P21D"),
        ("en", "It takes two-three weeks.", "two-three weeks", "P2W"),
        ("es", "El molino ardió hace treinta y siete años.", "hace treinta y siete años", "1984"),
        ("es", "Estuvieron a la deriva veintiún días.", "veintiún días", "P21D"),
        ("ru", "Мельница сгорела сто двадцать лет назад.", "сто двадцать лет назад", "1901"),
        ("ru", "Мельница сгорела пятнадцать лет назад.", "пятнадцать лет назад", "2006"),
        ("ru", "Их носило двадцать три дня.", "двадцать три дня", "P23D"),
    ],
)
def test_a_number_of_several_words_counts_as_one(language: str, text: str, words: str, value: str) -> None:
    """Half of it would be another day."""
    found = find_dates(text, published_on=date(2021, 6, 3), language=language)
    assert [(one.text, one.value) for one in found] == [(words, value)]


def test_a_year_in_words_is_no_number() -> None:
    found = find_dates("It was built in nineteen ninety-seven.", published_on=date(2021, 6, 3))
    assert [one.value for one in found] == ["1997"]


def test_an_endless_number_is_read_once() -> None:
    """What a stranger writes costs no more than its length."""
    text = "nine hundred and ninety thousand " * 2_000 + "years ago"
    assert len(find_dates(text, published_on=date(2021, 6, 3))) <= 1


@pytest.mark.parametrize(
    ("text", "language", "year"),
    [
        ("Honduras convocó un referéndum para el 8 de febrero.", "es", 2027),
        ("La Corte fijó para el 8 de febrero el juicio contra el alcalde.", "es", 2027),
        ("El gremio aplazó la asamblea hasta el 8 de febrero.", "es", 2027),
        ("Дума Якутска назначила выборы мэра на 20 февраля.", "ru", 2027),
        ("A court in Valletta put off the trial of the former port director to February 8.", "en", 2027),
        ("The hearing was moved to 8 February.", "en", 2027),
        ("El juicio se celebró el 8 de febrero.", "es", 2026),
        ("La policía fijó carteles el 3 de febrero.", "es", 2026),
        ("He moved to Paris on February 8.", "en", 2026),
    ],
)
def test_what_was_arranged_for_a_day_lies_ahead(text: str, language: str, year: int) -> None:
    """The verb is past, the day is not: else news of a coming vote is told as an event of last winter."""
    (found,) = find_dates(text, published_on=date(2026, 11, 18), language=language)
    assert found.span.first_on is not None
    assert found.span.first_on.year == year
