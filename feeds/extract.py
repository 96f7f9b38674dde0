"""The main text of a web page, without what stands around it.

Owns the call to trafilatura (Barbaresi 2021, "Trafilatura: A Web Scraping Library and Command-Line Tool for Text
Discovery and Extraction") and what is done when it finds nothing. Must never fetch anything.
"""

from __future__ import annotations

from feeds.html_text import to_text
from news.words.text import clean_text

MAX_PAGE = 5_000_000
"""Characters of a page that are looked at."""
_MIN_TEXT = 80
"""A shorter find is no article; then the whole text of the page is the better answer."""


def clean_html(html: str, url: str = "") -> str:
    """Return the main text of an HTML page or fragment, paragraphs separated by blank lines; empty if it has no text.

    Never raises. Known failure: pages whose text is put there by scripts have none here.
    """
    page = html[:MAX_PAGE]
    if "<" not in page:
        return to_text(page)
    text = _find_main_text(page, url)
    return text if len(text) >= _MIN_TEXT else max(to_text(page), text, key=len)


def _find_main_text(page: str, url: str) -> str:
    import trafilatura  # noqa: PLC0415  # takes a third of a second to load, and most runs never need it

    try:
        found = trafilatura.extract(page, url=url or None, fast=True, include_comments=False, include_tables=False)
    except Exception:  # noqa: BLE001  # it raises whatever lxml and its own heuristics raise on broken pages
        return ""
    return clean_text("\n\n".join((found or "").split("\n")))
