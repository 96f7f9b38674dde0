"""The main text of a page."""

from __future__ import annotations

from feeds.extract import clean_html
from feeds.html_text import read_markup

PARAGRAPHS = [
    "The ferry to the northern islands left the harbour on Tuesday with forty passengers and two lorries on board.",
    "The council had stopped the line in March because the pier was damaged by a storm, and it promised a new one.",
    "Fishermen said that they would now sell their catch on the mainland again, as they had done for thirty years.",
]
PAGE = (
    "<!doctype html><html><head><title>Ferry is back</title><script>var x = 'never';</script></head><body>"
    "<nav><ul><li><a href='/'>Home</a></li><li><a href='/sport'>Sport</a></li></ul></nav>"
    "<article><h1>Ferry is back</h1>"
    + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    + "</article><footer><p>Copyright. All rights reserved.</p></footer></body></html>"
)


def test_the_article_without_what_stands_around_it() -> None:
    text = clean_html(PAGE, "https://n.example/1")
    assert [paragraph for paragraph in PARAGRAPHS if paragraph in text.split("\n\n")] == PARAGRAPHS
    assert "Sport" not in text
    assert "never" not in text
    assert "All rights reserved" not in text


def test_a_fragment_and_plain_text_are_read_too() -> None:
    assert clean_html("<p>Short.</p><p>Two.</p>") == "Short.\n\nTwo."
    assert clean_html("No markup &amp; nothing.") == "No markup & nothing."
    assert clean_html("") == ""


def test_broken_and_hostile_pages_give_text_or_nothing() -> None:
    assert clean_html("<div>" * 3_000 + "deep") in {"", "deep"}
    assert clean_html("<<<>>>&#xD800;&#0;<p") == clean_html("<<<>>>&#xD800;&#0;<p")
    assert "\x00" not in clean_html("<p>a\x00b</p>")


def test_links_are_absolute_distinct_and_few() -> None:
    markup = "<a href='/a'>1</a><a href=' /a '>2</a><a href='javascript:x'>3</a><a>4</a><a href='#t'>5</a>"
    assert read_markup(markup, "https://n.example/b")[1] == ("https://n.example/a", "https://n.example/b#t")
    many = "".join(f"<a href='/{number}'>x</a>" for number in range(500))
    assert len(read_markup(many, "https://n.example/")[1]) == 50
