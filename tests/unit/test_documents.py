"""Documents of each kind, written for these tests."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from news.documents.parse import MAX_DOCUMENT_BYTES, parse_document
from news.errors import DocumentError
from news.model import Article, Precision
from news.words import fingerprint

STORY = (
    "Two cargo ships with grain left the northern port on Tuesday, the harbour master said in a statement.\n\n"
    "The ships carry 40,000 tons of wheat and are bound for the islands."
)


def parse(name: str, text: str | bytes) -> Article:
    data = text.encode() if isinstance(text, str) else text
    return parse_document(name, data, clean_html=lambda html: STORY if "<p>" in html else "")


def markdown(front: str, body: str = STORY) -> str:
    return f"+++\n{front}\n+++\n\n{body}\n"


def test_markdown_with_front_matter() -> None:
    code = fingerprint.encode(fingerprint.sign(STORY))
    article = parse(
        "ships.md",
        markdown(
            'title = "Grain ships leave"\noutlet = "Harbour Wire"\nauthor = "Ann Field"\nlanguage = "en"\n'
            'published = 2021-03-02\npublished_basis = "inferred"\npublished_reason = "Tuesday after the storm"\n'
            f'url = "https://example.com/ships"\noriginal = "ships.txt"\nfingerprint = "{code}"'
        ),
    )
    assert article.source_id == "ships.md"
    assert (article.title, article.outlet, article.author) == ("Grain ships leave", "Harbour Wire", "Ann Field")
    assert (article.url, article.language, article.text) == ("https://example.com/ships", "en", STORY)
    assert (article.published_at, article.published_precision) == (datetime(2021, 3, 2, tzinfo=UTC), Precision.DAY)
    assert article.original == fingerprint.sign(STORY)


def test_markdown_becomes_plain_text() -> None:
    body = (
        "# Grain *ships*\n\nTwo **cargo\nships** left the [port](https://example.com/port), "
        "see [the log][1].\n\n## Cargo\n\n- wheat\n- rye,\n  much of it\n\n> “Good,” he said.\n\n"
        "![quay](https://example.com/q.png)\n<!-- draft -->\n\n[1]: https://example.com/log\n"
    )
    article = parse("ships.md", body)
    assert article.title == "Grain ships"
    assert article.text == (
        "Two cargo ships left the port, see the log.\n\nCargo\n\nwheat\nrye, much of it\n\n“Good,” he said."
    )
    assert article.links == ("https://example.com/port", "https://example.com/log")
    assert (article.published_at, article.published_precision) == (None, Precision.UNKNOWN)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2021-03-02T10:30:00+03:00", datetime(2021, 3, 2, 7, 30, tzinfo=UTC)),
        ("2021-03-02T10:30:00", datetime(2021, 3, 2, 10, 30, tzinfo=UTC)),
        ('"2021-03-02"', datetime(2021, 3, 2, tzinfo=UTC)),
        ('""', None),
    ],
)
def test_published_dates(written: str, expected: datetime | None) -> None:
    assert parse("a.md", markdown(f'title = "A"\npublished = {written}')).published_at == expected


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.md", markdown('titel = "A"'), "unknown key 'titel'"),
        ("a.md", markdown("title = 3"), "title must be a string"),
        ("a.md", markdown('title = "A'), "no valid TOML"),
        ("a.md", '+++\ntitle = "A"\n\nText.', "not closed"),
        ("a.md", markdown('published = "soon"'), "published is no date"),
        ("a.md", markdown("published = 2021"), "published is no date"),
        ("a.md", markdown('published_basis = "guessed"'), "stated, inferred"),
        ("a.md", markdown('published_basis = "inferred"'), "published_reason"),
        ("a.md", markdown('language = "english"'), "two-letter"),
        ("a.md", markdown('fingerprint = "nonsense"'), "a.md: "),
        ("a.md", markdown('title = "A"', ""), "no story"),
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\n ", "empty"),
        ("a.txt", b"text \x00 with zero", "zero bytes"),
        ("a.txt", b"%PDF-1.7 ...", "PDF"),
        ("a.docx", b"PK\x03\x04 ...", "packed"),
        ("a.txt", b"x" * (MAX_DOCUMENT_BYTES + 1), "too many"),
        ("a.html", "<html><body></body></html>", "no story"),
    ],
)
def test_a_bad_document_is_named_with_its_reason(name: str, data: str | bytes, message: str) -> None:
    """A user can mend the file from the message alone."""
    with pytest.raises(DocumentError) as caught:
        parse(name, data)
    assert message in str(caught.value)
    assert str(caught.value).startswith(name)


def test_plain_text_with_site_title_and_byline() -> None:
    article = parse(
        "a.txt",
        "The Daily Harbour\n\nGrain ships have left for the hungry islands\n\nBy \u00a0Ann Field\n\n"
        f"{STORY}\n\nThe Daily Harbour\n",
    )
    assert (article.outlet, article.author) == ("The Daily Harbour", "Ann Field")
    assert article.title == "Grain ships have left for the hungry islands"
    assert (article.text, article.published_at) == (STORY, None)


def test_plain_text_with_breadcrumbs_and_standfirst() -> None:
    article = parse(
        "a.txt",
        "Home » World » Title: Ships leave\n\nTitle: Ships leave\n\nby Ann Field – Editor\n\n"
        f"Islands wait for bread after the long autumn storm\n\n{STORY}",
    )
    assert (article.title, article.author) == ("Ships leave", "Ann Field")
    assert article.text == f"Islands wait for bread after the long autumn storm\n\n{STORY}"


def test_plain_text_names_its_source_and_keeps_the_line() -> None:
    article = parse(
        "a.txt",
        f"Ships leave\n\n{STORY}\n\nSource: Harbour Wire\n\n"
        "  1. nick says\n\n    No ship ever left this port, they all sank.",
    )
    assert (article.title, article.outlet) == ("Ships leave", "Harbour Wire")
    assert article.text == f"{STORY}\n\nSource: Harbour Wire"


def test_plain_text_without_a_head_takes_its_first_sentence_for_title() -> None:
    assert parse("a.txt", STORY).title == STORY.partition("\n")[0]


@pytest.mark.parametrize(
    "line", ["2021-03-02", "Published: 2 March 2021", "March 2nd, 2021", "2 de marzo de 2021", "2 марта 2021"]
)
def test_a_date_on_its_own_line_is_the_date(line: str) -> None:
    assert parse("a.txt", f"Ships leave\n{line}\n\n{STORY}").published_at == datetime(2021, 3, 2, tzinfo=UTC)


def test_a_date_inside_the_story_is_not() -> None:
    assert (
        parse(
            "a.txt", f"Ships leave\n\nOn 2 March 2021 the council met for the last time in the old hall.\n\n{STORY}"
        ).published_at
        is None
    )


def test_wrapped_plain_text_is_unwrapped() -> None:
    wrapped = (
        "The two cargo ships with grain left the northern port on Tuesday,\n"
        "the harbour master said in a short statement, and a third one is\n"
        "being loaded while the town waits for news from the islands that\n"
        "were hit by the storm.\n"
    )
    assert "\n" not in parse("a.txt", wrapped).text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r"])
def test_russian_text_in_any_encoding(encoding: str) -> None:
    text = "Корабли ушли\n\nДва корабля с зерном вышли во вторник из северного порта, сообщил начальник порта.\n"
    article = parse("a.txt", text.encode(encoding))
    assert article.title == "Корабли ушли"
    assert article.text.startswith("Два корабля с зерном")


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_spanish_text_in_any_encoding(encoding: str) -> None:
    text = (
        "Zarpan los buques\n\nDos buques con grano salieron el martes, según señaló el capitán José Muñoz en Málaga.\n"
    )
    assert "señaló el capitán José Muñoz" in parse("a.txt", text.encode(encoding)).text


def test_html_reads_its_head() -> None:
    article = parse(
        "a.html",
        '<!doctype html><html lang="en-GB"><head><title>Ships leave &amp; return | Harbour Wire</title>'
        '<meta property="article:published_time" content="2021-03-02T10:00:00+02:00">'
        '<meta name="author" content="Ann Field">'
        '<link rel="canonical" href="https://example.com/ships"></head><body><p>...</p></body></html>',
    )
    assert (article.title, article.outlet, article.author) == ("Ships leave & return", "Harbour Wire", "Ann Field")
    assert (article.url, article.language, article.text) == ("https://example.com/ships", "en", STORY)
    assert article.published_at == datetime(2021, 3, 2, 8, tzinfo=UTC)


def test_html_prefers_open_graph_and_its_own_charset() -> None:
    page = (
        '<html><head><meta charset="windows-1251"><meta property="og:title" content="Корабли">'
        '<meta property="og:site_name" content="Порт"><title>x</title></head><p>'
    )
    article = parse("page", page.encode("cp1251"))
    assert (article.title, article.outlet) == ("Корабли", "Порт")
