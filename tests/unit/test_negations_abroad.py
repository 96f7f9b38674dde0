"""What Spanish and Russian sentences say is not so, and which others tell just that as a fact."""

import pytest

from news.reports.denials_told import is_denied_alike_in, is_told_in, is_touched_in
from news.reports.negations import denies_something_else, list_denied
from news.reports.negations_abroad import denied_in
from news.reports.tellings import tell

TOLD = [
    (
        "El Ministerio de Agricultura negó que el río arrastrara cianuro de la mina.",
        "El río arrastró cianuro de la mina durante dos días, según los pescadores.",
    ),
    (
        "La aerolínea desmintió haber cancelado los vuelos a Punta Arenas.",
        "La aerolínea canceló los vuelos a Punta Arenas por falta de pilotos.",
    ),
    (
        "El club niega el despido de su entrenador.",
        "El club despidió a su entrenador tras la derrota.",
    ),
    (
        "Es falso que el hospital cerrara sus urgencias, dijo la directora.",
        "El hospital cerró sus urgencias el domingo por la noche.",
    ),
    (
        "Ningún soldado cruzó el río, sostuvo el coronel.",
        "Varios soldados cruzaron el río al amanecer, contaron los vecinos.",
    ),
    (
        "El gobernador tachó de falsa la información sobre la fuga de presos.",
        "Doce presos se fugaron de la cárcel el martes.",
    ),
    (
        "La naviera rechazó las versiones de que el barco arrojara residuos al mar.",
        "El barco arrojó residuos al mar frente a Lota.",
    ),
    ("Компания отрицает, что её цистерна вылила кислоту в озеро.", "Цистерна вылила кислоту в озеро, сказал егерь."),
    ("В мэрии опровергли сообщения о закрытии моста.", "Мост закрыли в ночь на вторник, пишут жители."),
    ("Наши солдаты деревню не обстреливали, сказал полковник.", "Солдаты обстреляли деревню в четверг."),
    ("Никаких переговоров с банком не было, сообщили в фирме.", "Переговоры с банком идут с мая, сказал источник."),
    ("Неправда, что школу затопило, заявила директор.", "Школу затопило в понедельник утром."),
    ("Слухи о пожаре на складе в компании назвали ложью.", "Пожар на складе начался около полуночи."),
    (
        "Полиция отвергла обвинения в том, что сотрудники били задержанных.",
        "Сотрудники били задержанных, рассказал адвокат.",
    ),
]
NOT_TOLD = [
    (
        "La minera niega que la galería careciera de permiso.",
        "Un derrumbe en la galería dejó nueve atrapados.",
    ),
    ("El ministro se negó a cerrar la planta.", "La planta cerró el lunes."),
    ("El juez le negó la libertad bajo fianza al alcalde.", "El alcalde fue detenido el lunes y pidió la libertad."),
    ("El club rechazó la oferta por su delantero.", "El club recibió una oferta por su delantero."),
    ("La policía aún no sabe quién disparó.", "Un hombre disparó contra la multitud."),
    ("El fiscal no descartó que hubiera un incendio provocado.", "El incendio fue provocado."),
    ("El banco niega que vaya a cerrar oficinas.", "El banco cerró oficinas en marzo."),
    ("El ejército negó que hubiera otra explosión.", "Una explosión sacudió el cuartel."),
    ("El alcalde negó haber cometido delito alguno.", "El alcalde fue detenido por un delito de cohecho."),
    (
        "La fuerza aérea negó que el avión que se estrelló en Tacna llevara bombas.",
        "Un avión se estrelló en Tacna y murieron dos pilotos.",
    ),
    ("La empresa no solo cerró la planta, sino que la vendió.", "La empresa cerró la planta."),
    ("El gobierno niega que la plaga dañara el maíz de Salto.", "La plaga dañó el arroz de Artigas."),
    ("El tren no llegará el lunes a Cuzco.", "El tren llegó a Cuzco."),
    ("La planta podría cerrar, pero la empresa niega que cerrara ayer.", "La planta podría cerrar en mayo."),
    ("Компания отрицает, что бетон был плохим.", "Плотина протекает, сообщили жители."),
    ("В порту отказались подтвердить, что судно задержано.", "Судно задержано, сказал источник."),
    ("Причина взрыва пока не установлена.", "Взрыв разрушил дом."),
    ("Директор отрицает свою вину.", "Директора задержали за взятку, его вину доказали."),
    ("Банк отрицает, что собирается закрыть отделения.", "Банк закрыл отделения в марте."),
    ("Второго взрыва не было, сказали в МЧС.", "Взрыв разрушил дом."),
    ("Завод не только остановил печь, но и уволил рабочих.", "Завод остановил печь."),
    ("Клуб отверг предложение о продаже нападающего.", "Клуб получил предложение о продаже нападающего."),
    ("Угрозы наводнения в Орске нет, заявил мэр.", "Наводнение в Орске затопило 200 домов."),
    ("Поезд не может прийти в Омск раньше полудня.", "Поезд пришёл в Омск."),
    ("В Томске выстрелов не было, сказали в полиции.", "В Барнауле слышали выстрелы."),
    ("Клуб опроверг конфликт с игроками.", "Клуб уволил тренера после шестого поражения."),
    ("Министр не исключил, что самолёт сбили.", "Самолёт сбили над морем."),
]


@pytest.mark.parametrize(("denial", "told"), TOLD)
def test_what_is_denied_is_known_in_a_sentence_that_tells_it(denial: str, told: str) -> None:
    assert any(is_told_in(one, told) for one in list_denied(tell(denial))), denied_in(denial)


@pytest.mark.parametrize(("denial", "told"), NOT_TOLD)
def test_what_only_looks_like_a_denial_of_it_is_none(denial: str, told: str) -> None:
    """A refusal, a plan, something else or more, what nobody knows yet, and another place deny nothing of it."""
    assert not any(is_told_in(one, told) for one in list_denied(tell(denial))), denied_in(denial)


@pytest.mark.parametrize(
    ("denial", "told"),
    [
        ("La empresa niega que la compra suponga despidos.", "La empresa anunció la compra de su rival."),
        ("Банк опроверг, что после покупки закроются отделения.", "Банк объявил о покупке «Тураинвеста»."),
        ("El Gobierno dijo que la plaga no causó daños en los frijolares.", "La plaga dañó los cafetales."),
    ],
)
def test_a_denial_of_another_thing_of_the_same_subject_touches_nothing(denial: str, told: str) -> None:
    assert not any(is_touched_in(one, told) for one in denied_in(denial)), denied_in(denial)


def test_a_denial_in_another_language_may_touch_anything() -> None:
    assert is_touched_in(denied_in("La policía negó que hubiera un tiroteo.")[0], "Shots were fired in the market.")


@pytest.mark.parametrize(
    "quote",
    [
        "Ni una versión no se descarta, dijo el fiscal.",
        "La policía no confirmó la captura.",
        "Причина пожара не установлена.",
        "В компании не комментируют сообщения о пожаре.",
    ],
)
def test_that_nobody_knows_or_says_denies_something_else(quote: str) -> None:
    assert denies_something_else(tell(quote))
    assert not denied_in(quote)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("La firma niega que vertiera ácido.", "La empresa insistió en que no vertió ácido."),
        ("В фирме отрицают разлив кислоты.", "«Разлива кислоты не было», — сказал директор."),
    ],
)
def test_two_denials_of_one_thing_are_alike(one: str, other: str) -> None:
    assert is_denied_alike_in(denied_in(one)[0], other)
    assert not is_denied_alike_in(denied_in(one)[0], "La firma no pagó la multa.")


def test_an_english_sentence_is_left_to_english() -> None:
    assert denied_in("The firm denied that the river was poisoned, no me digas.") == ()
    assert denied_in("El río está limpio.") == ()
