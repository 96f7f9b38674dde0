"""A note of correction that gives what was wrong and what is right: both values are read."""

from __future__ import annotations

import pytest

from news.deciding.amended import find_amended
from news.decision import FactKind

FIGURE, DATE, ACTOR, PLACE = FactKind.FIGURE, FactKind.DATE, FactKind.ACTOR, FactKind.PLACE

BOTH = [
    ("en", "Correction: An earlier version of this article said 12 people died; it is 21.", (FIGURE, "12", "21")),
    ("en", "This story first said twelve died. The correct number is twenty-one.", (FIGURE, "twelve", "twenty-one")),
    ("en", "Correction: 21 people died in the fire, not 12 as earlier reported.", (FIGURE, "12", "21")),
    ("en", "This story has been corrected to show that the toll was 21 instead of 12.", (FIGURE, "12", "21")),
    ("en", "(Corrects number of dead to 21 from 12 in paragraph 3)", (FIGURE, "12", "21")),
    ("en", "Amended to say that the trial begins on 12 June, not 2 June.", (DATE, "2 June", "12 June")),
    ("en", "We wrongly reported that the vote was on Monday. It was on Tuesday.", (DATE, "Monday", "Tuesday")),
    ("en", "She is Anna Kombo, not Anna Komba.", (ACTOR, "Anna Komba", "Anna Kombo")),
    ("en", "Correction: the match was played in Lagos, not Accra.", (PLACE, "Accra", "Lagos")),
    ("en", "Our report said 60 passengers. It was carrying 80 passengers and 12 crew.", (FIGURE, "60", "80")),
    ("en", "The dam is 120 metres high, not 210 metres.", (FIGURE, "210 metres", "120 metres")),
    ("en", "An earlier version of this article said 12 people died. The number is 21, not 12.", (FIGURE, "12", "21")),
    ("en", "It is 3 million euros, not 3 billion.", (FIGURE, "3 billion", "3 million euros")),
    ("en", "The wall is not 3,000 but 300 metres long.", (FIGURE, "3,000", "300 metres")),
    ("es", "El puente mide 300 metros y no 3.000.", (FIGURE, "3.000", "300 metros")),
    ("ru", "Длина моста 300 метров, а не 3000.", (FIGURE, "3000", "300 метров")),
    ("es", "En la noticia, donde decía 12 heridos debe decir 21 heridos.", (FIGURE, "12", "21")),
    ("es", "Los muertos son 21 y no 12, como publicamos por error.", (FIGURE, "12", "21")),
    ("es", "Donde dice «Juan Pérez» debe decir «José Pérez».", (ACTOR, "Juan Pérez", "José Pérez")),
    ("es", "Una versión anterior decía que murieron 12 personas. En realidad fueron 21.", (FIGURE, "12", "21")),
    ("es", "Por error informamos de 12 fallecidos; la cifra correcta es 21.", (FIGURE, "12", "21")),
    ("es", "Rectificación: no fueron 12, sino 21, los detenidos.", (FIGURE, "12", "21")),
    ("es", "El juicio comienza el 5 de mayo, no el 3 de mayo.", (DATE, "3 de mayo", "5 de mayo")),
    ("ru", "Ранее сообщалось, что погибли 12 человек; правильно: 21 человек.", (FIGURE, "12", "21")),
    ("ru", "Поправка: погибли не 12, а 21 человек.", (FIGURE, "12", "21")),
    ("ru", "Пострадали 21 человек, а не 12, как сообщалось ранее.", (FIGURE, "12", "21")),
    ("ru", "Вместо «12 погибших» следует читать «21 погибший».", (FIGURE, "12 погибших", "21 погибший")),
    ("ru", "В первой версии говорилось о двенадцати погибших, верно девять.", (FIGURE, "двенадцати", "девять")),
    ("ru", "Мы ошибочно сообщили, что суд начнётся 3 мая. Он начнётся 5 мая.", (DATE, "3 мая", "5 мая")),
    ("ru", "Пожар произошёл в Самаре, а не в Саратове.", (PLACE, "Саратове", "Самаре")),
]  # fmt: skip

NOT_BOTH = [
    ("en", "Correction: Our report gave the wrong age of the driver; he is 43."),
    ("en", "The ferry was not carrying 80 passengers."),
    ("en", "Not fewer than 21 people died, police said."),
    ("en", "An earlier version misspelled the name of the mayor, Anna Kombo."),
    ("en", "An earlier version said 12 people died. Fourteen ships and 21 boats were searched."),
    ("en", "Police said 12 people died and 21 were hurt. We regret the error."),
    ("en", "The lorry carried 60 tonnes, and not 12 passengers."),
    ("en", "An earlier version said 12 died. It was carrying 80 tonnes."),
    ("en", "The strike lasted three days and did not end at 14 factories."),
    ("es", "El puente mide 300 metros y no 14 vecinos se quejaron."),
    ("es", "Murieron no menos de 21 personas, informó la policía."),
    ("es", "Una versión anterior de esta nota contenía un error en la edad del alcalde, de 43 años."),
    ("es", "No hubo heridos entre los 80 pasajeros."),
    ("ru", "Не менее 21 человека погибли, сообщили в МЧС."),
    ("ru", "Ранее мы неверно указали имя мэра: его зовут Пётр Котов."),
    ("ru", "Редакция приносит извинения за ошибку в заметке от 3 мая."),
]


@pytest.mark.parametrize(("language", "notice", "pair"), BOTH)
def test_a_note_gives_what_was_wrong_and_what_is_right(
    language: str, notice: str, pair: tuple[FactKind, str, str]
) -> None:
    (found,) = find_amended(notice, language)
    assert (found.kind, found.was, found.now) == pair


@pytest.mark.parametrize(("language", "notice"), NOT_BOTH)
def test_a_note_that_gives_one_of_them_gives_no_pair(language: str, notice: str) -> None:
    """Nothing is put in the place of another that was not called wrong."""
    assert find_amended(notice, language) == ()
