"""What keeps a Spanish or Russian negation from contradicting another sentence, and real denials that it must leave."""

import pytest

from news.reports.denials_told import is_only_feared_in, is_told_in
from news.reports.negations_abroad import all_denied_in, denied_in
from news.reports.reserves_abroad import is_reserved

RESERVED = [
    ("El guardia no disparó en Juliaca hasta que lo atacaron.", "Un guardia disparó en Juliaca."),
    ("El barco no salió de Paita antes de la tormenta.", "El barco salió de Paita."),
    ("Солдаты не стреляли по колонне, пока та не пересекла мост.", "Солдаты стреляли по колонне у моста."),
    ("Суд не посадил Громова, а оштрафовал его на миллион.", "Суд оштрафовал Громова на миллион."),
    ("La jueza no absolvió a la ministra, sino que la inhabilitó.", "La jueza inhabilitó a la ministra."),
    ("Bolivia no cerró los pasos con Chile, solo el puente de Pisiga.", "Bolivia cerró el puente de Pisiga."),
    ("Завод не остановил цеха, только литейную печь.", "Завод остановил литейную печь."),
    ("Польша не получила ракеты.", "Румыния получила ракеты."),
    ("Los hospitales privados de Jujuy no cerraron.", "Los hospitales públicos de Jujuy cerraron."),
    ("Частные школы в Туле не закрылись.", "Муниципальные школы в Туле закрылись."),
    ("Советник мэра Пётр Ильин не задержан.", "Полиция задержала зама мэра Олега Марина."),
    ("La policía no halló explosivos en el puerto.", "El puerto fue evacuado por una amenaza de explosivos."),
    ("Сообщение о захвате банка в Орле не подтвердилось.", "Полиция выехала по сообщению о захвате банка в Орле."),
]
STANDING = [
    ("El guardia no disparó en Juliaca, dijo el alcalde.", "El guardia disparó en Juliaca."),
    ("La policía no disparó antes de la estampida.", "La policía disparó antes de la estampida."),
    ("El barco no salió de Paita, dijo el capitán antes de viajar.", "El barco salió de Paita."),
    ("Солдаты не стреляли по колонне, заявил полковник.", "Солдаты стреляли по колонне у моста."),
    ("Полиция не стреляла, а задержала двоих.", "Полиция стреляла по толпе и задержала двоих."),
    ("Суд не посадил Громова, а оштрафовал его на миллион.", "Суд посадил Громова."),
    ("La jueza no absolvió a la ministra, sino que la inhabilitó.", "La jueza absolvió a la ministra."),
    ("Bolivia no cerró los pasos con Chile, solo el puente de Pisiga.", "Bolivia cerró los pasos con Chile."),
    ("Польша не получила ракеты.", "Польша получила ракеты из Румынии."),
    ("Los hospitales públicos de Jujuy no cerraron.", "Los hospitales públicos de Jujuy cerraron."),
    ("Советник Пётр Ильин не задержан.", "Полиция задержала советника Ильина."),
    ("La policía no halló explosivos en el puerto.", "Un soldado halló explosivos en el puerto."),
    ("Jamás cobré sobornos, dijo el juez.", "El juez fue detenido por el presunto cobro de sobornos."),
    ("La empresa negó que el guardia disparara hasta que lo atacaron.", "El guardia disparó en Juliaca."),
]
TOLD = [
    ("Авиакомпания «Полёт» опровергла увольнения.", "«Полёт» уволила 40 стюардов."),
    ("Jamás cobré sobornos, dijo el juez.", "El juez fue detenido por el presunto cobro de sobornos."),
    ("El juez negó haber cobrado sobornos.", "El juez fue detenido por el presunto cobro de sobornos."),
    ("Удара по школе не было, сказал генерал.", "Самолёты разбомбили школу."),
]


@pytest.mark.parametrize(("denial", "told"), RESERVED)
def test_a_limit_another_act_or_another_bearer_leaves_standing_what_is_told(denial: str, told: str) -> None:
    assert is_reserved(denial, told), all_denied_in(denial)


@pytest.mark.parametrize(("denial", "told"), STANDING)
def test_a_real_denial_has_no_reserve(denial: str, told: str) -> None:
    assert not is_reserved(denial, told), all_denied_in(denial)


def test_who_is_named_beside_is_no_other() -> None:
    denial, told = "Советник главы Пётр Ильин не задержан.", "Полиция задержала советника главы, сказал Олег Марин."
    assert is_reserved(denial, told)
    assert not is_reserved(denial, told, "Дело Ильина: обыски")


@pytest.mark.parametrize(("denial", "told"), TOLD)
def test_a_word_of_the_same_act_tells_it(denial: str, told: str) -> None:
    assert any(is_told_in(one, told) for one in denied_in(denial)), denied_in(denial)


@pytest.mark.parametrize(
    ("denial", "told"),
    [
        ("Увольнений не было, сказал директор.", "Директор уволился."),
        ("No hubo bomba en el tren.", "El tren fue desalojado por una falsa alarma de bomba."),
        ("Взрыва в метро не было.", "Метро закрыли из-за угрозы взрыва."),
    ],
)
def test_what_is_only_feared_or_of_another_act_is_not_told(denial: str, told: str) -> None:
    assert not any(is_told_in(one, told) for one in denied_in(denial)), denied_in(denial)


def test_what_happened_besides_a_warning_is_not_only_feared() -> None:
    (one,) = denied_in("No hubo bomba en el tren.")
    assert is_only_feared_in(one, "El tren paró por un aviso de bomba.")
    assert not is_only_feared_in(one, "Tras el aviso de bomba, una bomba estalló en el tren.")
