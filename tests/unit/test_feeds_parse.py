"""Bodies to articles: dialects, encodings, dates, identities, and what is no feed."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime

import pytest

from feeds.outcome import ParsedFeed, ParseJob
from feeds.parse import parse_feed
from news.model import Article, Precision

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
URL = "https://news.example/feeds/world.xml"


def parse(body: bytes | str, **changes: object) -> ParsedFeed:
    data = body.encode() if isinstance(body, str) else body
    return parse_feed(ParseJob(data, URL, URL, NOW, **changes))  # type: ignore[arg-type]  # a test's shorthand


def rss(items: str, *, title: str = "The Gazette", head: str = "") -> str:
    return f'{head}<rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'


def one(items: str, **changes: object) -> Article:
    (article,) = parse(rss(f"<item>{items}</item>"), **changes).articles
    return article


ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="es-VE"><title>Diario</title>
<entry><id>tag:diario,2026:1</id><title type="html">Puerto &amp;amp; r&amp;iacute;o</title><link href="../a/1"/>
<updated>2026-11-19T20:30:00-04:00</updated><author><name>R. Paz</name></author><summary>Breve.</summary>
<content type="html">
&lt;p&gt;Primero.&lt;/p&gt;&lt;p&gt;Segundo con &lt;a href="/b"&gt;enlace&lt;/a&gt;.&lt;/p&gt;
</content></entry></feed>"""


def test_atom() -> None:
    feed = parse(ATOM)
    (article,) = feed.articles
    assert (feed.title, feed.language, feed.version) == ("Diario", "es", "atom10")
    assert article.title == "Puerto & río"
    assert article.url == "https://news.example/a/1"
    assert article.text == "Primero.\n\nSegundo con enlace."
    assert article.links == ("https://news.example/b",)
    assert article.published_at == datetime(2026, 11, 20, 0, 30, tzinfo=UTC)
    assert (article.author, article.outlet, article.language) == ("R. Paz", "Diario", "es")


def test_rdf() -> None:
    body = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        '<channel rdf:about="x"><title>Old</title></channel><item rdf:about="https://o.example/1">'
        "<title>One</title><link>https://o.example/1</link></item></rdf:RDF>"
    )
    assert [article.url for article in parse(body).articles] == ["https://o.example/1"]


def test_json_feed() -> None:
    """Standard library only; odd types count as missing."""
    items = [
        {"id": 7, "url": "/n/7", "title": "Seven", "content_html": "<p>A</p><p>B <a href='/c'>c</a></p>"},
        {
            "id": "8",
            "content_text": "Only text",
            "date_published": "2026-11-19T01:00:00+03:00",
            "authors": [{"name": "Z"}],
        },
        {"id": None, "title": ["x"], "authors": "?", "date_published": 5},
        "nonsense",
    ]
    feed = parse(json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": items}))
    assert (feed.title, feed.version, feed.n_entries, feed.error) == ("J", "json1.1", 3, "")
    by_id = {article.source_id: article for article in feed.articles}
    assert by_id["7"].text == "A\n\nB c"
    assert by_id["7"].links == ("https://news.example/c",)
    assert by_id["8"].published_at == datetime(2026, 11, 18, 22, 0, tzinfo=UTC)
    assert by_id["8"].author == "Z"


def test_a_file_that_is_itself_gzip() -> None:
    packed = gzip.compress(rss("<item><title>In</title></item>").encode())
    assert [article.title for article in parse(packed).articles] == ["In"]
    assert "too large" in parse(gzip.compress(b" " * 10_000), body_cap_bytes=5_000).error


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty body"),
        (b" \n ", "empty body"),
        (b"\x89PNG\r\n\x1a\n\x00\xff\xfe\xfd", "neither XML nor JSON"),
        (b"hello", "neither XML nor JSON"),
        (b"{}", "JSON without a list of items"),
        (b'{"items": [', "begins like JSON"),
        (b'{"items":' + b"[" * 100_000, "begins like JSON"),
        (b"<catalog><book/></catalog>", "first element is <catalog>"),
        (b"<!doctype html><html><body>404</body></html>", "a web page, and it names no feed"),
        (b'<html><link rel="alternate stylesheet" href="x.css"></html>', "a web page, and it names no feed"),
    ],
)
def test_what_is_no_feed_says_so(body: bytes, words: str) -> None:
    """An error that helps, never an empty success."""
    feed = parse(body)
    assert words in feed.error
    assert feed.articles == ()


def test_a_channel_without_entries_is_a_success() -> None:
    feed = parse(rss(""))
    assert (feed.error, feed.articles, feed.title) == ("", (), "The Gazette")


def test_broken_xml_that_gives_entries_is_read() -> None:
    body = "<rss version='2.0'><channel><title>B</title><item><title>One & two</title></item><item><title>Three</title>"
    assert {article.title for article in parse(body).articles} == {"One & two", "Three"}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<?xml version='1.0'?>\n<rss version='2.0'>\n<channel><title>T</title>\n<item", "line 4: "),
        ("\n\n<feed xmlns='http://www.w3.org/2005/Atom'>\n<title>T</title>", "line 4: no element found"),
        ("<rss version='2.0'><channel><title>A & B</title></channel></rss>", "line 1: "),
        ("<rss version='2.0'", "line 1: "),
    ],
)
def test_broken_xml_without_entries_is_an_error_that_names_the_line(body: str, words: str) -> None:
    """A feed that was cut off before its first entry is no feed without news."""
    feed = parse(body)
    assert feed.error.startswith(f"the XML is broken at {words}")
    assert feed.articles == ()


RUSSIAN = "Корабли вышли из порта и направились на север"
SPANISH = "El año pasado Martín cruzó la frontera según información pública"


WRITTEN = [(RUSSIAN, codec) for codec in ("utf-8", "utf-16", "windows-1251", "koi8-r")]
WRITTEN += [(SPANISH, codec) for codec in ("utf-8", "utf-16", "latin-1")]


@pytest.mark.parametrize(("title", "real"), WRITTEN)
@pytest.mark.parametrize("declared", ["", "utf-8", "windows-1251", "koi8-r", "iso-8859-1", "us-ascii", "x-unknown"])
@pytest.mark.parametrize("header", ["", "utf-8", "windows-1251", "iso-8859-1"])
def test_titles_are_right_whatever_is_declared(title: str, real: str, declared: str, header: str) -> None:
    """Right, missing and lying charsets in header and declaration."""
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else '<?xml version="1.0"?>'
    body = rss(f"<item><title>{title}</title></item>", head=declaration).encode(real)
    content_type = f"text/xml; charset={header}" if header else "text/xml"
    assert [article.title for article in parse(body, content_type=content_type).articles] == [title]


def test_east_asian_declarations_are_believed() -> None:
    head = '<?xml version="1.0" encoding="{}"?>'
    for name, title in {
        "shift_jis": "港に船が入った",
        "gb2312": "船只进入港口",
        "euc-kr": "배가 항구에",
        "iso-2022-jp": "港に船",
    }.items():
        body = rss(f"<item><title>{title}</title></item>", head=head.format(name)).encode(name)
        assert parse(body).articles[0].title == title


def test_a_few_damaged_bytes_do_not_change_the_encoding() -> None:
    body = (
        rss(f"<item><title>{RUSSIAN} {RUSSIAN}</title></item>").encode().replace("порта".encode(), b"\xd0\xbf\xd0", 1)
    )
    assert parse(body).articles[0].title.endswith(RUSSIAN)


def test_characters_that_xml_forbids_are_left_out() -> None:
    assert one("<title>A\x00B\x0bC\u202eD</title>").title == "ABCD"


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ("<pubDate>Thu, 19 Nov 2026 08:00:00 +0300</pubDate>", datetime(2026, 11, 19, 5, 0, tzinfo=UTC)),
        ("<pubDate>Thu, 19 Nov 2026 08:00:00 EST</pubDate>", datetime(2026, 11, 19, 13, 0, tzinfo=UTC)),
        ("<pubDate>2026-11-19T08:00:00</pubDate>", datetime(2026, 11, 19, 8, 0, tzinfo=UTC)),
        ("<pubDate>2026-11-19</pubDate>", datetime(2026, 11, 19, tzinfo=UTC)),
        ("<pubDate>jue, 19 noviembre 2026 08:00:00 -0400</pubDate>", datetime(2026, 11, 19, 12, 0, tzinfo=UTC)),
        ("<pubDate>19 ноября 2026, 08:00 +0300</pubDate>", datetime(2026, 11, 19, 5, 0, tzinfo=UTC)),
        ("<pubDate>November 19th, 2026 8:05 pm</pubDate>", datetime(2026, 11, 19, 20, 5, tzinfo=UTC)),
        ("<pubDate>Fri, 20 Nov 2026 23:00:00 GMT</pubDate>", datetime(2026, 11, 20, 23, 0, tzinfo=UTC)),
        ("<pubDate>Fri, 20 Nov 2037 23:00:00 GMT</pubDate>", None),
        ("<pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate>", None),
        ("<pubDate>0001-01-01T00:00:00Z</pubDate>", None),
        ("<pubDate>yesterday</pubDate>", None),
        ("<pubDate>99 99 9999</pubDate>", None),
        ("<pubDate/>", None),
        ("", None),
    ],
)
def test_dates_are_aware_utc_or_unknown(element: str, expected: datetime | None) -> None:
    """Never a wrong hour and never an invented time: what cannot be believed is unknown."""
    article = one(f"<title>T</title>{element}")
    precision = Precision.DAY if expected else Precision.UNKNOWN
    assert (article.published_at, article.published_precision) == (expected, precision)


def test_entries_with_one_guid_are_all_kept() -> None:
    """miniflux#4197: a feed that gives every entry the same guid has many articles, not one."""
    item = "<item><guid>same</guid><title>{0}</title><link>https://n.example/{0}</link></item>"
    both = {article.title: article.source_id for article in parse(rss(item.format("a") + item.format("b"))).articles}
    later = parse(rss(item.format("c") + item.format("a") + item.format("b"))).articles
    assert set(both) == {"a", "b"}
    assert len(set(both.values())) == 2
    assert both.items() <= {article.title: article.source_id for article in later}.items()


def test_identity_falls_back_to_link_and_hash() -> None:
    assert one("<link>https://n.example/1</link>").source_id == "https://n.example/1"
    assert one("<title>T</title>").source_id == one("<title>T</title>").source_id
    assert one("<title>T</title>").source_id != one("<title>U</title>").source_id
    assert len(one(f"<guid>{'x' * 9000}</guid>").source_id) < 100


def test_the_longer_of_content_and_summary_is_taken() -> None:
    body = (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><item>'
        "<description>Short.</description><content:encoded><![CDATA[<p>Much longer text.</p>]]></content:encoded>"
        "</item><item><description>This summary says more.</description>"
        "<content:encoded>Less.</content:encoded></item></channel></rss>"
    )
    assert {article.text for article in parse(body).articles} == {"Much longer text.", "This summary says more."}


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("AT&amp;amp;T", "AT&T"),
        ("Fish &amp; chips", "Fish & chips"),
        ("<![CDATA[A <b>bold</b> claim]]>", "A bold claim"),
        ("A &lt;i&gt;word&lt;/i&gt;", "A word"),
        ("Don&amp;#8217;t", "Don’t"),
        ("1 &lt; 2", "1 < 2"),
        ("two\n  lines", "two lines"),
        ("word " * 2_000, ("word " * 400).strip()),
        ("x" * 10_000, "x" * 100 + "…"),
    ],
)
def test_titles_are_plain_lines(written: str, title: str) -> None:
    assert one(f"<title>{written}</title>").title == title


def test_text_keeps_no_markup() -> None:
    markup = (
        "&lt;script&gt;alert(1)&lt;/script&gt;&lt;p&gt;One&lt;br&gt;two&amp;nbsp;&amp;amp;&lt;/p&gt;"
        "&lt;ul&gt;&lt;li&gt;a&lt;li&gt;b&lt;/ul&gt;&lt;style&gt;x{}&lt;/style&gt;&lt;!-- c --&gt;end"
    )
    assert one(f"<description>{markup}</description>").text == "One\ntwo &\n\na\n\nb\n\nend"


def test_text_that_was_escaped_twice_is_read_twice() -> None:
    twice = "&amp;lt;p&amp;gt;A&amp;lt;/p&amp;gt;&amp;lt;p&amp;gt;B&amp;lt;/p&amp;gt;"
    assert one(f"<description>{twice}</description>").text == "A\n\nB"


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "mailto:a@b.example", "http://", "data:text/html,x", "urn:x:1"]
)
def test_only_web_addresses_are_links(link: str) -> None:
    assert one(f"<title>T</title><link>{link}</link>").url == ""


def test_the_source_that_an_aggregator_names_is_the_outlet() -> None:
    article = one('<title>T</title><source url="https://w.example">The Wire</source>', outlet="Aggregator")
    assert article.outlet == "The Wire"
    assert one("<title>T</title>", outlet="Mine").outlet == "Mine"
    assert parse("<rss><channel><item><title>T</title></item></channel></rss>").articles[0].outlet == "news.example"


def test_newest_is_last() -> None:
    item = "<item><title>{0}</title><pubDate>Thu, {0} Nov 2026 08:00:00 GMT</pubDate></item>"
    days = ["17", "19", "18"]
    assert [article.title for article in parse(rss("".join(map(item.format, days)))).articles] == sorted(days)
    plain = "".join(f"<item><title>{name}</title></item>" for name in "cba")
    assert [article.title for article in parse(rss(plain)).articles] == ["a", "b", "c"]


def test_too_many_entries_are_counted() -> None:
    """Nothing is left out silently."""
    feed = parse(rss("<item><title>x</title></item>" * 30), max_entries=10)
    assert (len(feed.articles), feed.n_entries) == (10, 30)
    assert feed.notice == "the feed has 30 entries; only the first 10 were taken"


def test_entities_of_a_document_type_are_not_unfolded() -> None:
    """The billion-laughs bomb gives no text and costs nothing."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    body = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{levels}]>' + rss("<item><title>&l9;</title></item>")
    assert all(len(article.title) < 100 for article in parse(body).articles)


def test_deep_nesting_is_survived() -> None:
    assert parse(rss(f"<item><description>{'&lt;div&gt;' * 5_000}x</description></item>")).error == ""
    assert isinstance(parse("<rss><channel>" + "<a>" * 5_000), ParsedFeed)
