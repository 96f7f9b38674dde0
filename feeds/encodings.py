"""The characters of a body, whatever its header and its XML declaration claim.

Owns the choice of the encoding: marks in the bytes first, then UTF-8 if the bytes allow it, then the declared ones,
weighed against the usual single-byte encodings by how the words come out. Must never fail: the last resort replaces
what it cannot read. Known failure: a body with a wrong declaration and only a handful of letters beyond ASCII.
"""

from __future__ import annotations

import codecs
import re

_SAMPLE_BYTES = 40_000
_GOOD = 0.5
"""From here on words read well, on the scale of ``_rate``."""
_MIN_WORDS = 3
"""Words beyond ASCII that are needed before a declared encoding is doubted."""
_MAX_BROKEN_RATIO = 0.05
"""Share of damaged sequences up to which a body is still taken for UTF-8."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BARE_STARTS = (
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
    (b"\x4c\x6f\xa7\x94", "cp500"),  # "<?xm" in EBCDIC
)
# Tried where the declaration is missing or reads badly, in order of how often they are met.
_USUAL = ("windows-1251", "windows-1252", "koi8-r", "iso-8859-2", "windows-1253", "iso-8859-5", "cp866")
# What pages call by an older name is nearly always the larger set (WHATWG Encoding).
_LARGER = {
    "iso8859-1": "windows-1252",
    "ascii": "windows-1252",
    "iso8859-9": "windows-1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
}
_DECLARATION = re.compile(
    rb"""^\s{0,100}<\?xml[^>]{0,200}?\bencoding\s{0,10}=\s{0,10}["']([A-Za-z0-9._:-]{1,40})["']"""
)
_XML_DECLARATION = re.compile(r"^\s{0,100}<\?xml[^>]{0,400}\?>")
_CHARSET = re.compile(r"""\bcharset\s{0,10}=\s{0,10}["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,40}")
_ISO_2022 = re.compile(rb"\x1b[$(]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_COMMON_CYRILLIC = frozenset("оеаинтсрвлкмдпуі")


def decode_body(body: bytes, content_type: str = "") -> str:
    """Return the body as text, without byte-order mark, XML declaration and characters that XML forbids."""
    text = _decode(body, content_type)
    text = text.removeprefix("\ufeff")
    return _FORBIDDEN.sub("", _XML_DECLARATION.sub(_keep_lines, text, count=1))


def _keep_lines(match: re.Match[str]) -> str:
    """Return the line ends of what is cut, so that the lines that errors name stay those of the body."""
    return "\n" * match[0].count("\n")


def _decode(body: bytes, content_type: str) -> str:
    marked = _find_mark(body)
    if marked:
        return body.decode(marked, "replace")
    declared = list_declared(body, content_type)
    if _ISO_2022.search(body[:_SAMPLE_BYTES]):
        stateful = next((name for name in declared if name.startswith("iso2022")), "")
        if stateful:
            return body.decode(stateful, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_legacy(body, declared)


def _find_mark(body: bytes) -> str:
    for mark, name in _BOMS:
        if body.startswith(mark):
            return name
    return next((name for start, name in _BARE_STARTS if body.startswith(start)), "")


def list_declared(body: bytes, content_type: str) -> list[str]:
    """Return the codecs that the XML declaration and the header name, in this order, unknown ones left out.

    The declaration is written by the program that wrote the feed, the header often by a server that knows nothing of
    it; RFC 7303 has it the other way round.
    """
    match = _DECLARATION.match(body[:400])
    names = [match[1].decode("ascii")] if match else []
    header = _CHARSET.search(content_type)
    names += [header[1]] if header else []
    return list(dict.fromkeys(codec for name in names if (codec := _find_codec(name))))


def _find_codec(name: str) -> str:
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    if not codec._is_text_encoding or codec.name in {"idna", "punycode", "unicode_escape", "raw_unicode_escape"}:  # noqa: SLF001  # "rot13" and "zip" are codecs too
        return ""
    return _LARGER.get(codec.name, codec.name)


def _decode_legacy(body: bytes, declared: list[str]) -> str:
    broken = body.decode("utf-8", "replace")
    n_broken = broken.count("\ufffd")
    n_beyond = sum(1 for character in broken[:_SAMPLE_BYTES] if character > "\x7f")
    if n_broken <= max(1.0, _MAX_BROKEN_RATIO * n_beyond) and n_beyond > n_broken * 2:
        return broken  # a few damaged places in what is plainly UTF-8
    return body.decode(_choose(body, [name for name in declared if name != "utf-8"]), "replace")


def _choose(body: bytes, declared: list[str]) -> str:
    """Return the declared codec unless its words come out badly and those of another one well."""
    sample = body[:_SAMPLE_BYTES]
    readable = [name for name in declared if _can_read(sample, name)]
    if any(_is_multibyte(name) for name in readable):
        return next(name for name in readable if _is_multibyte(name))
    names = list(dict.fromkeys([*readable, *_USUAL]))
    n_words = {name: _weigh(sample, name) for name in names}
    best = max(names, key=lambda name: n_words[name][0])
    if not readable:
        return best
    first = max(readable, key=lambda name: n_words[name][0])
    has_evidence = n_words[best][1] >= _MIN_WORDS
    return best if has_evidence and n_words[best][0] > _GOOD > n_words[first][0] else first


def _can_read(sample: bytes, name: str) -> bool:
    try:
        codecs.getincrementaldecoder(name)().decode(sample)
    except (UnicodeError, LookupError, ValueError):
        return False
    return True


def _is_multibyte(name: str) -> bool:
    return name.startswith(("gb", "big5", "euc_", "cp93", "cp949", "cp950", "shift", "johab", "hz", "iso2022", "utf"))


def _weigh(sample: bytes, name: str) -> tuple[float, int]:
    """Return how well the words beyond ASCII read, from -1 to 1, and how many there are."""
    text = sample.decode(name, "replace")
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    if not words:
        return -0.1, 0
    n_odd = sum(1 for character in text if "\x80" <= character <= "\x9f" or character == "\ufffd")
    return sum(map(_rate, words)) / len(words) - n_odd / len(words), len(words)


def _rate(word: str) -> float:
    """Return 1 for a word as people write it, -1 for letters that only a wrong decoding puts together."""
    beyond = [character for character in word if character > "\x7f"]
    n_cyrillic = sum(1 for character in beyond if "\u0400" <= character <= "\u04ff")
    if n_cyrillic and n_cyrillic < len(word):
        return -1.0  # two alphabets in one word
    if not (word.islower() or word.istitle() or word.isupper()):
        return -1.0
    if n_cyrillic:
        share = sum(1 for character in word.lower() if character in _COMMON_CYRILLIC) / len(word)
        case = 0.3 if word[1:].islower() else -0.3
        return min(1.0, share + case)
    # Latin and Greek: in Latin most letters of a word are plain.
    is_greek = all("\u0370" <= character <= "\u03ff" for character in word)
    return 0.8 if is_greek or len(beyond) * 2 <= len(word) + 1 else -1.0
