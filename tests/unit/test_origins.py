"""Who said it first, and how many independent sayers there are."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.model import Article, Entity, EntityKind, Mention, Origin, OriginKind
from news.reading import read
from news.reports.origins import count_independent, credit_origin, list_independent, outlet_origin, sentence_origin

_ENTITIES = {
    "Norwegian": Entity("place:norway", "Norway", EntityKind.PLACE),
    "Norway": Entity("place:norway", "Norway", EntityKind.PLACE),
    "U.S.": Entity("place:united-states", "United States", EntityKind.PLACE),
    "Oslo": Entity("place:oslo", "Oslo", EntityKind.PLACE, ("place:norway",)),
    "Ola Dahl": Entity("person:ola-dahl", "Ola Dahl", EntityKind.PERSON, ("place:norway",)),
    "Storting": Entity("org:storting", "Storting", EntityKind.ORG, ("place:norway",)),
    "Нидерландов": Entity("place:netherlands", "Netherlands", EntityKind.PLACE),
}


def mentions_in(text: str) -> tuple[Mention, ...]:
    names = sorted(_ENTITIES, key=len, reverse=True)
    found = re.finditer("|".join(map(re.escape, names)), text)
    return tuple(Mention(match.start(), match.end(), match.group(), _ENTITIES[match.group()]) for match in found)


SENTENCES = [
    ("Reuters reports that the ferry left on Friday.", "outlet:reuters"),
    ("The ferry left on Friday, according to Reuters.", "outlet:reuters"),
    ("The captain, Reuters reports, called for help.", "outlet:reuters"),
    ("The BBC added that divers had found the wreck.", "outlet:bbc"),
    ("The payments were first reported by The Washington Post.", "outlet:washington-post"),
    ("The Washington Post reported the payments on Sunday.", "outlet:washington-post"),
    ("According to a recent report in The New York Times, the plant leaks.", "outlet:new-york-times"),
    ("A U.S. official told Reuters on Tuesday that the ship had turned.", "outlet:reuters"),
    ("Ola Dahl told the Financial Times that the fund would sell.", "outlet:nikkei"),
    ("The figures are wrong, according to Norwegian state television.", "state-media:norway"),
    ("“It landed,” according to Norwegian state media, via Reuters.", "state-media:norway"),
    ("Norwegian officials said the plant was safe.", "official:norway"),
    ("The plant is safe, said officials in Oslo.", "official:norway"),
    ("The plant is safe, said officials familiar with Norwegian plans.", "unnamed:officials"),
    ("The plant is safe, Ola Dahl said.", "person:ola-dahl"),
    ("The Storting said it would meet again.", "official:norway"),
    ("Norway said its plant was safe.", "official:norway"),
    ("Witnesses said the roof fell in.", "unnamed:witnesses"),
    ("Two people familiar with the sale said it was off.", "unnamed:sources"),
    ("The plant leaks, internal documents showed.", "unnamed:documents"),
    ("El buque zarpó el viernes, según Reuters.", "outlet:reuters"),
    ("El buque zarpó el viernes, informó EFE.", "outlet:efe"),
    ("El barco salió, según la agencia EFE.", "outlet:efe"),
    ("Паром вышел в пятницу, сообщает ТАСС.", "outlet:tass"),
    ("По данным Reuters, паром вышел в пятницу.", "outlet:reuters"),
    ("Паром вышел, пишет газета Коммерсантъ.", "outlet:kommersant"),
    ("Министр обороны Нидерландов заявил, что корабль ушел.", "official:netherlands"),
    ("Eleven men died, the miners' union said.", "side:workers"),
    ("El sindicato dijo que murieron once hombres.", "side:workers"),
    ("По данным профсоюза, погибли одиннадцать человек.", "side:workers"),
    ("The police union said that two posts would close.", "side:workers"),
    ("A spokesman for the rebels said that the town had fallen.", "side:rebels"),
    ("Organisers said that 20,000 people came.", "side:organisers"),
    ("Nobody was aboard, the airline said.", "side:firm/airline"),
    ("The slick is three days old, the monitoring firm Ceto said.", "org:ceto"),
    ("Forty were aboard, relatives said.", "unnamed:people"),
    ("A charity at work in the Norwegian border district said that 31 had died.", "unnamed:people"),
    ("Forty people were held, police said.", "official:?/police"),
    ("The wells are shut, the oil ministry said.", "official:?/oil"),
    ("The Norwegian police denied that the wells had been shut.", "official:norway/police"),
    ("Seven people were hurt, the fire brigade said.", "official:?/fire"),
    ("The oil has reached the lake, the environment agency said.", "official:?/environment-agency"),
    ("The Norwegian food safety agency said that 38 people were ill.", "official:norway/food-safety-agency"),
    ("Doctors in Lowick said that 40 people had died.", "side:medics"),
    ("The operator of the Nord Stream pipeline said that it was shut.", "side:firm/operator"),
    ("La oposición aseguró que murieron cuatro.", "side:opposition"),
    ("La compañía Maritel desmintió que murieran cuatro.", "org:maritel"),
    ("Murieron cuatro, dijeron los bomberos.", "official:?/fire"),
    ("Погибли четверо, сообщили в МЧС.", "official:?/emergencies"),
    ("Профсоюз заявил, что погибли четверо.", "side:workers"),
    ("Nine people died, not four as the fire brigade says, a union said.", "side:workers"),
    ("The launch is put off, Arianespace said.", "name:arianespace"),
    ("Ola Dahl admitted that the wells had been shut.", "person:ola-dahl"),
]


@pytest.mark.parametrize(("sentence", "key"), SENTENCES)
def test_finds_who_says_so(sentence: str, key: str) -> None:
    origin = sentence_origin(sentence, mentions_in(sentence))
    assert origin is not None
    assert origin.key == key


@pytest.mark.parametrize(
    "sentence",
    [
        "The ferry left on Friday.",
        "Reuters Group bought a building in Oslo.",
        "The Associated Press building burned down.",
        "The Guardian of the tomb fled.",
        "Paper documents were lost in the fire.",
        "The association of Norwegian cattle traders said that the road was closed.",
        "The Norwegian officer was denied entry to the port.",
        "Nobody said that the road was closed.",
        "Critics said that the road was closed.",
        "Earlier said reports were wrong.",
    ],
)
def test_names_alone_attribute_nothing(sentence: str) -> None:
    assert sentence_origin(sentence, mentions_in(sentence)) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "The road is closed, the highway authority ABC said.",
        "The state company ABC reported two landslides.",
        "The road is closed, according to the ministry ABC.",
        "La carretera está cerrada, informó la empresa ABC.",
        "La autoridad ABC informó de dos derrumbes.",
    ],
)
def test_letters_of_another_body_are_no_outlet(sentence: str) -> None:
    """An office may share its abbreviation with a broadcaster."""
    origin = sentence_origin(sentence, mentions_in(sentence))
    assert origin is None or not origin.key.startswith("outlet:")


@pytest.mark.parametrize(
    ("sentence", "key"),
    [
        ("The road is closed, ABC said.", "outlet:disney"),
        ("The road is closed, the broadcaster ABC said.", "outlet:disney"),
        ("The road is closed, the news agency AFP said.", "outlet:agence-france-presse"),
        ("The road is closed, the news company ABC said.", "outlet:disney"),
        ("An official of the highway authority told ABC that the road is closed.", "outlet:disney"),
        ("The head of the company Reuters said the road is closed.", "outlet:reuters"),
    ],
)
def test_letters_of_an_outlet_stay_its_own(sentence: str, key: str) -> None:
    origin = sentence_origin(sentence, mentions_in(sentence))
    assert origin is not None
    assert origin.key == key


def test_an_official_who_told_one_wire_is_that_wires() -> None:
    """Ten papers that quote what one official told Reuters are one origin."""
    text = "A U.S. official told Reuters on Tuesday that the ship had turned."
    assert sentence_origin(text, mentions_in(text)) == Origin(
        "outlet:reuters", "U.S. official via Reuters", OriginKind.WIRE, "outlet:reuters"
    )


CREDITS = [
    ({"text": "OSLO, March 23 (Reuters) - The ferry left."}, "outlet:reuters"),
    ({"text": "OSLO (AP) — The ferry left."}, "outlet:associated-press"),
    ({"text": "Oslo, 23 mar (EFE).- El barco salió."}, "outlet:efe"),
    ({"text": "ОСЛО, 23 марта. /ТАСС/. Паром вышел."}, "outlet:tass"),
    ({"text": "ОСЛО, 23 мар — РИА Новости. Паром вышел."}, "outlet:rossiya-segodnya"),
    ({"text": "By Kari Lie, Associated Press\n\nThe ferry left."}, "outlet:associated-press"),
    ({"text": "The ferry left.", "author": "Kari Lie | Reuters"}, "outlet:reuters"),
    ({"text": "The ferry left.", "author": "Reuters Staff"}, "outlet:reuters"),
    ({"text": "The ferry left.\n\nIt came back.\n\n— Reuters"}, "outlet:reuters"),
    ({"text": "The ferry left. (AFP)"}, "outlet:agence-france-presse"),
    ({"text": "The ferry left.\n\nSource: BBC News"}, "outlet:bbc"),
    ({"text": "The ferry left.", "title": "Ferry leaves - BBC News"}, "outlet:bbc"),
    ({"text": "The ferry left."}, None),
    ({"text": "The ferry (a large one) left - and came back."}, None),
    ({"text": "The ferry left.", "title": "Ferry leaves - at last"}, None),
]


@pytest.mark.parametrize(("fields", "key"), CREDITS)
def test_finds_whose_text_it_is(fields: dict[str, str], key: str | None) -> None:
    title, author = fields.get("title", ""), fields.get("author", "")
    article = Article("", "", "The Fjord Times", title, fields["text"], author=author)
    origin = credit_origin(article)
    assert (origin.key if origin else None) == key


def test_editions_and_publishers_are_one_origin() -> None:
    """Six papers of one publisher, or six editions of one newsroom, are one source."""
    bbc = [outlet_origin("BBC News"), outlet_origin("BBC Mundo"), outlet_origin("", "https://www.bbc.com/russian/1")]
    assert count_independent(bbc) == 1
    assert count_independent([outlet_origin("The Sun"), outlet_origin("The Wall Street Journal")]) == 1
    assert count_independent([*bbc, outlet_origin("Reuters")]) == 2


def test_an_outlet_outside_the_table_is_a_publisher_of_its_own() -> None:
    one = outlet_origin("The Fjord Times", "https://fjord.example/1")
    assert (one.key, one.name) == ("outlet:the-fjord-times", "The Fjord Times")
    assert outlet_origin("").kind is OriginKind.UNNAMED


def test_unnamed_sources_never_add_to_named_ones() -> None:
    reuters = outlet_origin("Reuters")
    officials = Origin("unnamed:officials", "officials", OriginKind.OFFICIAL)
    witnesses = Origin("unnamed:witnesses", "witnesses", OriginKind.WITNESS)
    assert count_independent([reuters, officials, witnesses]) == 1
    assert count_independent([officials, witnesses]) == 1
    assert count_independent([]) == 0


def independent(*texts: str) -> list[str]:
    """Return the names of the independent origins of one story told by some articles of different outlets."""
    day = datetime(2024, 5, 15, tzinfo=UTC)
    told = [
        origin
        for outlet, text in zip(("The Fjord Times", "Harbour Post", "Valley Herald"), texts, strict=False)
        for origin in read(Article("", "", outlet, "", text, day)).origins
    ]
    return [origin.name for origin in list_independent(told)]


ONE_VOICE = [
    # a railway, its own manager and the agency that quotes only them
    (
        (
            "BERGEN (Reuters) - Four wagons left the rails on Tuesday, the Western Fjord Railway said.\n\n"
            "A signal had failed, regional manager Kari Lunde said. Nobody was hurt."
        ),
    ),
    # a ministry, its minister and its spokesman, in three papers
    (
        "Nine people died of measles in the north on Monday, Norway's health ministry said.",
        "Nine people died of measles on Monday, Norwegian Health Minister Kari Lunde said. Two towns closed schools.",
        "Nine people died of measles on Monday, Norwegian health ministry spokesman Nils Berge told reporters.",
    ),
    # an article with one speaker in it
    ("A bridge fell into the river on Monday, Norwegian police said. Two lorries were pulled out of the water.",),
    # a title without a country is of that of those who spoke before
    (
        "At least 14 people drowned on Sunday, Norwegian officials said. The boat was old, Governor Kari Lunde said.",
        "Fourteen people drowned on Sunday, regional governor Kari Lunde said.",
    ),
    # in Spanish and in Russian
    (
        (
            "Nueve personas murieron el lunes, informó el Gobierno de Noruega. El puente era viejo, "
            "dijo la ministra Laura Gómez. Dos camiones fueron rescatados."
        ),
    ),
    (
        (
            "В понедельник погибли девять человек, сообщили власти Норвегии. "
            "Мост был старым, заявил министр Сергей Петров. Две машины были подняты."
        ),
    ),
]


@pytest.mark.parametrize("texts", ONE_VOICE)
def test_one_voice_is_one_origin(texts: tuple[str, ...]) -> None:
    assert len(independent(*texts)) == 1


SEVERAL_VOICES = [
    # two ministries
    (
        "Nine people died of measles on Monday, Norway's health ministry said.",
        "Nine soldiers died of measles on Monday, Norwegian Defence Minister Kari Lunde said.",
    ),
    # two papers that each tell it themselves
    ("Police arrested nine men in the harbour on Monday.", "Nine men were arrested in the harbour on Monday."),
    # who opposes the government or was once of it does not speak for it
    (
        "Nine people were arrested on Monday, the Norwegian government said.",
        "Nine people were arrested on Monday, Norwegian opposition leader Kari Lunde said.",
    ),
    (
        "Nine people were arrested on Monday, the Norwegian government said.",
        "Nine people were arrested on Monday, former Norwegian minister Kari Lunde said.",
    ),
    # a railway's manager is not the minister
    (
        "Four wagons left the rails near Voss on Tuesday, the Western Fjord Railway said.",
        "Four wagons left the rails near Voss on Tuesday, Norwegian Transport Minister Nils Berge said.",
    ),
    # an outlet that a sentence names beside somebody else
    ("Nine people were arrested on Monday, Norwegian police said. Two were freed on Tuesday, Reuters reported.",),
]


@pytest.mark.parametrize("texts", SEVERAL_VOICES)
def test_several_voices_are_several_origins(texts: tuple[str, ...]) -> None:
    assert len(independent(*texts)) == 2


def test_an_opponent_is_told_by_name_and_not_as_officials() -> None:
    text = "Nine people were arrested on Monday, Norwegian opposition leader Kari Lunde said."
    (origin,) = read(Article("", "", "Post", "", text, datetime(2024, 5, 15, tzinfo=UTC))).origins
    assert (origin.name, origin.kind) == ("Kari Lunde", OriginKind.PERSON)


@given(st.text(max_size=500), st.text(max_size=80))
def test_any_text_may_be_asked_for_its_origin(text: str, title: str) -> None:
    """Texts come from strangers: no text makes the search for its origin fail."""
    sentence_origin(text, ())
    credit_origin(Article("", "", "", title, text, author=title))
    assert outlet_origin(title, text).key


@pytest.mark.parametrize("piece", ["A ", "According to ", "told ", "said ", "(", "- ", "By x, ", "state media ", "“ "])
def test_time_is_linear_in_hostile_text(piece: str) -> None:
    """Repeated cues must not blow the patterns up; a quadratic pattern would take minutes here."""
    text = piece * 40_000
    sentence_origin(text, ())
    credit_origin(Article("", "", "", text, text, author=text))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (
            "The Christian Association of Nigeria said 12 had been killed.",
            "org:christian-association-of-nigeria",
        ),
        ("Reporters Without Borders (RSF) said four journalists were jailed in Iran.", "org:reporters-without-borders"),
        ("RSF fighters killed nine people in El Fasher, the Sudanese army said.", "official:sudan/military"),
        ("A Hamas official said two hostages were freed in Gaza on Monday.", "org:hamas"),
        ("Boeing said it had delivered 40 aircraft to China in May.", "org:boeing"),
        ("The Bank of Namibia said it had cut its rate.", "official:namibia"),
        ("Israel's Mossad said it had seized the files in Tehran.", "official:israel"),
        ("The Nigerian police said 12 people were killed in Jos.", "official:nigeria/police"),
        ("Caracas said it had closed the border with Colombia.", "official:venezuela"),
        ("The Islamic Revolutionary Guard Corps said it had seized a tanker in the Gulf.", "official:iran"),
    ],
)
def test_an_organisation_of_a_country_is_not_its_officials(text: str, key: str) -> None:
    """A church, company or militia speaks for itself; a ministry, army or court for its country."""
    origins = read(Article("", "", "Wire", "", text)).origins
    assert [one.key for one in origins] == [key]


def test_a_region_of_several_countries_has_no_officials() -> None:
    """Nobody speaks for the Caribbean."""
    text = "The Caribbean said on Monday that it had received 40,000 doses of vaccine."
    assert all(not one.key.startswith("official:") for one in read(Article("", "", "Wire", "", text)).origins)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Три человека погибли при взрыве в Казани, сообщено Петровым.", "Петров"),
        ("Три человека погибли при взрыве в Казани, сообщено губернатором Петровым.", "Петров"),
        ("Три человека погибли при взрыве в Казани, заявлено Дмитрием Песковым.", "Dmitry Peskov"),
        ("По словам губернатора Петрова, три человека погибли при взрыве в Казани.", "Петров"),
        ("По словам Петровой, три человека погибли при взрыве в Казани.", "Петрова"),
        ("Три человека погибли при взрыве в Казани, сообщила Петрова.", "Петрова"),
        ("По данным Минздрава, три человека погибли при взрыве в Казани.", "Минздрав"),
        ("По данным Росавиации, три человека погибли при взрыве в Казани.", "Росавиация"),
        ("Según Petrova, tres personas murieron en la explosión de Kazán.", "Petrova"),
        ("Three people died in the blast in Kazan, according to Petrova.", "Petrova"),
    ],
)
def test_an_origin_is_named_in_the_nominative(text: str, name: str) -> None:
    """Where the sentence tells the case; a woman in the nominative is no man in the genitive."""
    article = Article("", "", "Post", "", text, datetime(2026, 11, 20, tzinfo=UTC))
    assert name in [origin.name for origin in read(article).origins]


def test_a_speaker_is_one_voice_in_each_case() -> None:
    told = ("Школа сгорела, сообщил Минздрав.", "Школа сгорела, по данным Минздрава.", "Сообщено Минздравом о пожаре.")
    assert len({origin.key for text in told if (origin := sentence_origin(text, ()))}) == 1
