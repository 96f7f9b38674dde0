"""Acts that a story turns on, in whatever words."""

from __future__ import annotations

import pytest

from news.words.turns import turns_in


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("aprehendieron a dos hombres", "es", "arrest"),
        ("quedan encarcelados sin fianza", "es", "arrest"),
        ("la jueza los exoneró", "es", "acquit"),
        ("postergaron la audiencia", "es", "postpone"),
        ("descarriló un convoy", "es", "collide"),
        ("fue repatriado el lunes", "es", "expel"),
        ("desalojan a mil personas", "es", "evacuate"),
        ("зарубежные суды оправдали его, оправдательный приговор", "ru", "acquit"),
        ("мужчину взяли под стражу", "ru", "arrest"),
        ("движение приостановлено", "ru", "suspend"),
        ("рассмотрение перенесли на май", "ru", "postpone"),
        ("дипломата выдворили", "ru", "expel"),
        ("плотину прорвало, подтоплены дома", "ru", "flood"),
        ("горняка вызволили", "ru", "save"),
    ],
)
def test_turns_abroad(text: str, language: str, name: str) -> None:
    assert name in frozenset[str]().union(*turns_in(text, language).values())


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("de acuerdo con el ministro", "es"),
        ("sin embargo, la sala", "es"),
        ("el jurado del premio se despidió del director deportivo", "es"),
        ("рано утром в горах", "ru"),
        ("сто судов", "ru"),
    ],
)
def test_turns_are_no_acts(text: str, language: str) -> None:
    found = frozenset[str]().union(*turns_in(text, language).values())
    assert not found & {"agree", "sanction", "leave", "appoint", "dismiss", "expel", "injure", "burn", "trial"}
