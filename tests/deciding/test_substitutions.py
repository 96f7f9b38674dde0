"""What differs between two wordings of one sentence, value for value."""

from __future__ import annotations

import pytest

from news.decision import FactKind
from news.matching.alignment import align
from news.matching.editions import list_changes

CHANGED = [
    ("number", "The crack in the pillar is 40 centimetres long.", "The crack in the pillar is 70 centimetres long."),
    (
        "number",
        "The region pays up to half the cost of the seed.",
        "The region pays up to a third of the cost of the seed.",
    ),
    ("number", "A loaf sold for three times the price of Monday.", "A loaf sold for twice the price of Monday."),
    (
        "number",
        "The firm took 11 of its 27 planes out of service.",
        "The firm took all of its 27 planes out of service.",
    ),
    ("number", "The raid put two clerks of the bank in gaol.", "The raid put one clerk of the bank in gaol."),
    ("number", "La redada llevó a la cárcel a dos cajeros.", "La redada llevó a la cárcel a un cajero."),
    ("number", "Облава отправила в тюрьму двоих кассиров банка.", "Облава отправила в тюрьму одного кассира банка."),
    ("bound", "At least 40 horses died in the stable.", "Fifty-three horses died in the stable."),
    ("kin", "She lived with her son above the bakery.", "She lived with her daughter above the bakery."),
    ("not", "The town has changed hands since the war.", "The town has not changed hands since the war."),
    ("verdict", "His wife received a suspended sentence at Brno.", "His wife was acquitted at Brno."),
    (
        "trend",
        "Exports of wine rose in the first half of the year.",
        "Exports of wine fell in the first half of the year.",
    ),
    ("weekday", "The trial will open in Brno on Monday.", "The trial will open in Brno on Thursday."),
    ("year", "The ship was launched at Kiel in 1911.", "The ship was launched at Kiel in 1917."),
    ("name", "The Greek tanker lost oil in the strait.", "The Turkish tanker lost oil in the strait."),
    (
        "side",
        "The ferry sank off the northern shore of the lake.",
        "The ferry sank off the southern shore of the lake.",
    ),
    ("money", "The raid brought in four million euros.", "The raid brought in four million dollars."),
    ("sober", "The driver of the crane was sober at the time.", "The driver of the crane was drunk at the time."),
    ("test", "El chófer dio negativo en la prueba de alcohol.", "El chófer dio positivo en la prueba de alcohol."),
    ("number", "La región pagará la mitad de las semillas.", "La región pagará un tercio de las semillas."),
    ("not", "Директор завода признал свою вину в суде.", "Директор завода не признал свою вину в суде."),
    ("trend", "Добыча угля выросла за первый квартал года.", "Добыча угля снизилась за первый квартал года."),
    ("number", "Город выделит половину средств на ремонт.", "Город выделит треть средств на ремонт."),
    ("not", "Nobody was hurt in the mill at night.", "Somebody was hurt in the mill at night."),
    ("not", "All of its crew lived through the storm.", "None of its crew lived through the storm."),
    ("not", "The cause of the leak is known by now.", "The cause of the leak is not known by now."),
    ("not", "Se registraron daños en el puerto viejo.", "No se registraron daños en el puerto viejo."),
    ("not", "Завод комментировал сообщения о сделке.", "Завод не комментировал сообщения о сделке."),
]

SAME = [
    ("The raid put the clerk of the bank in gaol.", "The raid put one clerk of the bank in gaol."),
    ("Nobody was hurt in the mill at night.", "No one was hurt in the mill at night."),
    ("Nobody among its crew was hurt in the storm.", "None of its crew was hurt in the storm."),
    ("It is not known when the line will open again.", "It is unclear when the line will open again."),
    ("The ministry did not comment on the report.", "The ministry declined to comment on the report."),
    ("Nadie resultó herido en la fábrica de muebles.", "Ninguna persona resultó herida en la fábrica de muebles."),
    ("Se desconoce la causa del fallo en la planta.", "No se conoce la causa del fallo en la planta."),
    ("Причина аварии на линии пока неизвестна.", "Причина аварии на линии пока не установлена."),
    ("Ни один из рыбаков не пострадал у берега.", "Никто из рыбаков не пострадал у берега."),
    ("Thieves took 1,987 litres of oil from the store.", "Thieves took nearly 2,000 litres of oil from the store."),
    ("The wreck lies eleven miles off the cape.", "The wreck lies some 18 kilometres off the cape."),
    ("The cause of the fire is unknown so far.", "The cause of the fire is not known so far."),
    ("It is uncertain who will run the port.", "It is not known who will run the port."),
    ("None of the divers saw the hull of the ship.", "Nobody among the divers saw the hull of the ship."),
    ("The crew was unable to stop the leak in the hold.", "The crew did not stop the leak in the hold."),
    ("Se desconoce la causa del fuego en la nave.", "No se conoce la causa del fuego en la nave."),
    ("Связь с судном отсутствует с ночи.", "Связи с судном нет с ночи."),
    ("The hall burned down early, the mayor said.", "The hall burned down early, police said."),
    ("The hall burned down, police said on Monday.", "The hall burned down, police said on Tuesday."),
    ("A freighter ran aground off Mauritania at night.", "A freighter ran aground off the Mauritanian coast at night."),
    ("VENICE - The film won the prize on Saturday.", "(Kino) The film won the prize on Saturday."),
    ("The blast tore the front off the house.", "The explosion ripped the front off the house."),
    ("Three of 12 dams broke in the storm of the year.", "3 of twelve dams broke in the storm of the year."),
    ("He lost an arm, and his dog ran away for a week.", "He lost an arm."),
    ("The U.S. envoy left the talks before noon.", "The US envoy left the talks before noon."),
]


@pytest.mark.parametrize(("sort", "before", "after"), CHANGED)
def test_a_value_in_the_place_of_another_is_found(sort: str, before: str, after: str) -> None:
    """A changed fact of a copy must not be taken for its wording."""
    assert sort in {one.sort for one in list_changes(before, after)}


@pytest.mark.parametrize(("before", "after"), SAME)
def test_another_wording_is_no_other_value(before: str, after: str) -> None:
    """A copy that is rounded, converted, shortened or credited anew tells the same."""
    assert not list_changes(before, after)


def test_sentences_are_found_again_in_another_order_and_joined() -> None:
    before = "The road was shut. Bees stung 26 people near Kalocsa on Sunday. The lorry carried 140 hives to the woods."
    after = (
        "The lorry carried 240 hives to the woods. Bees stung 26 people near Kalocsa on Sunday, and the road was shut."
    )
    assert [(one.kind, one.before_value, one.after_value) for one in list_changes(before, after)] == [
        (FactKind.FIGURE, "140", "240")
    ]


def test_what_stands_between_copied_sentences_is_added_and_a_garbled_one_is_not() -> None:
    before = "The painter left her house to the town of Moss. It holds 84 paintings. Visitors may come in summer."
    news = "Two nephews went to court over the testament."
    after = (
        f"The painter left her house to the town of Moss. It holds paintings 84. {news} Visitors may come in summer."
    )
    found = align(before, after)
    assert [line for _, line in found.added] == [news]
    assert found.is_between(2)


def test_words_changed_all_over_a_text_are_noise() -> None:
    before = " ".join(f"The keeper of lamp {n} told the harbour office what he saw that night." for n in range(8))
    after = before.replace("keeper", "harbour").replace("saw", "saw saw")
    assert align(before, after).is_noisy
    assert not align(before, before.replace("lamp 3", "lamp 4")).is_noisy
