"""Markup to plain text, for the short pieces of HTML that feeds carry.

Owns which elements break a line or a paragraph and which are no text at all. Must never keep markup, and never
recurse: the depth of the tree is the writer's choice. Whole pages, with navigation around the text, are
``feeds.extract``'s.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import urljoin

import lxml.etree  # type: ignore[import-untyped]  # lxml ships no types
import lxml.html  # type: ignore[import-untyped]  # the same

from news.words.text import clean_text

MAX_HTML = 2_000_000
"""Characters of one piece that are looked at."""
MAX_LINKS = 50
MAX_LINK = 2_000

_PARAGRAPHS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
        "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead",
        "tr", "ul",
    )
)  # fmt: skip
_NO_TEXT = frozenset(
    (
        "script", "style", "noscript", "template", "iframe", "object", "embed", "applet", "audio", "video",
        "canvas", "svg", "math", "map", "head", "title", "select", "textarea", "button", "input",
    )
)  # fmt: skip
_MARKUP = re.compile(r"[<&]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:p|br|b|i|em|strong|a|span|div|img|ul|ol|li|h[1-6]|blockquote|font|table|tr|td|sup|sub|u|small)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
_SPACE = re.compile(r"\s+")


def to_text(markup: str, *, limit: int = 200_000) -> str:
    """Return the text of a piece of HTML, paragraphs separated by blank lines, at most ``limit`` characters.

    Text that was escaped once too often (``&amp;lt;p&amp;gt;``) is read once more.
    """
    text = _read(markup[:MAX_HTML])
    if _TAG.search(text):
        text = _read(text)
    return clean_text(unescape_rest(text), limit=limit)


def to_line(text: str, *, is_html: bool, limit: int = 2_000) -> str:
    """Return a title or a name as one line of plain text."""
    text = text[: limit * 8]
    if is_html or _TAG.search(text):
        text = _read(text)
        text = _read(text) if _TAG.search(text) else text
    return clean_text(_SPACE.sub(" ", unescape_rest(text)), limit=limit).replace("\n", " ")


def unescape_rest(text: str) -> str:
    """Return the text with entities undone that were escaped twice; a lone ``&`` stays."""
    return html.unescape(text) if "&" in text and _ENTITY.search(text) else text


def read_markup(markup: str, url: str, *, limit: int = 200_000) -> tuple[str, tuple[str, ...]]:
    """Return the text of a piece of HTML as ``to_text`` does, and the links in it.

    The links are distinct, http(s), made absolute against ``url``, in order, at most ``MAX_LINKS``.
    """
    root = _parse(markup[:MAX_HTML]) if "<" in markup else None
    if root is None:
        return to_text(markup, limit=limit), ()
    text = "".join(_iter_text(root))
    if _TAG.search(text):
        return _read_escaped(text, url, limit=limit)
    return clean_text(unescape_rest(text), limit=limit), _list_links(root, url)


def _read_escaped(markup: str, url: str, *, limit: int) -> tuple[str, tuple[str, ...]]:
    # What is escaped still deeper stays as it is: it is text about markup.
    root = _parse(markup)
    if root is None:
        return "", ()
    return clean_text(unescape_rest("".join(_iter_text(root))), limit=limit), _list_links(root, url)


def _list_links(root: lxml.html.HtmlElement, url: str) -> tuple[str, ...]:
    links: dict[str, None] = {}
    for anchor in root.iter("a"):
        link = absolute_url(anchor.get("href") or "", url)
        if link:
            links[link] = None
        if len(links) >= MAX_LINKS:
            break
    return tuple(links)


def absolute_url(link: str, url: str) -> str:
    """Return ``link`` as an absolute http(s) URL against ``url``, or empty if it is none."""
    link = link.strip()
    if not link or len(link) > MAX_LINK:
        return ""
    if not is_web(link):
        try:
            link = urljoin(url, link)
        except ValueError:
            return ""
    return _SPACE.sub("%20", clean_text(link, is_name=True)) if is_web(link) else ""


def is_web(url: str) -> bool:
    """Return whether the URL is absolute and http(s)."""
    return url[:8].lower().startswith(("http://", "https://")) and len(url.partition("//")[2].strip("/")) > 0


def _read(markup: str) -> str:
    if not _MARKUP.search(markup):
        return markup
    if "<" not in markup:
        return html.unescape(markup)
    root = _parse(markup)
    return "" if root is None else "".join(_iter_text(root))


def _parse(markup: str) -> lxml.html.HtmlElement | None:
    # libxml2 stops at a NUL, and guesses encodings unless it gets bytes with a known one.
    data = markup.replace("\x00", "").encode("utf-8", "replace")
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        return lxml.etree.fromstring(b"<div>" + data + b"</div>", parser)
    except (lxml.etree.LxmlError, ValueError):
        return None


def _iter_text(root: lxml.html.HtmlElement) -> Iterator[str]:
    """Yield the text in order, with line ends where elements break it."""
    skipped = None
    for event, element in lxml.etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        if event == "start":
            if skipped is None and tag in _NO_TEXT:
                skipped = element
            if skipped is None:
                yield _break_of(tag)
                yield _fold(element.text, is_kept=tag == "pre")
            continue
        if skipped is element:
            skipped = None
        elif skipped is None:
            yield "" if tag == "br" else _break_of(tag)
        if skipped is None and element is not root:
            yield _fold(element.tail, is_kept=False)


def _break_of(tag: str) -> str:
    if tag in _PARAGRAPHS:
        return "\n\n"
    return "\n" if tag == "br" else ""


def _fold(text: str | None, *, is_kept: bool) -> str:
    if not text:
        return ""
    return text if is_kept else _SPACE.sub(" ", text)
