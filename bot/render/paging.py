"""Escaped text laid out on pages of a limited size, for any platform.

Owns where a page and a line end. Must never know a platform's markup or escape anything: it is told what stands around
a run of words, and how a platform counts. Nothing is cut away: the pages together hold every word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

Size = Callable[[str], int]
"""How a platform counts the characters of a text; the size of two texts together is the sum of both."""

_MORE = "…"
_N_MARKS_OF_PARTS = 4  # "… " before and " …" behind
_UNIT = re.compile(
    r"\\[^0-9A-Za-z\s]|&(?:amp|lt|gt);|@\u200b|[@#:.]\u2060|\u2060&gt;|[\U0001f1e6-\U0001f1ff]{2}|.", re.DOTALL
)
_SKIN_TONES = ("\U0001f3fb", "\U0001f3ff")
_ENDLESS = 1_000_000


@dataclass(frozen=True, slots=True)
class Run:
    """Words with the same marks around them.

    Attributes:
        text: already escaped; may be broken at any space, and within a word only where the word alone is too long.
        opening: markup before; written again before each part of a broken run.
        closing: markup behind.
        is_whole: never broken, such as a timestamp.
        bare: the text where the markup is left out for want of room; empty where it is the same.
    """

    text: str
    opening: str = ""
    closing: str = ""
    is_whole: bool = False
    bare: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Runs on one line: ``first`` stands before it, ``rest`` before each further part of it on other pages.

    Attributes:
        kind: the renderer's own word for what the line is; handed back by ``paginate_lines``.
    """

    runs: tuple[Run, ...]
    first: str = ""
    rest: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines that stay on one page where they fit on one.

    Attributes:
        is_heading: never the last of a page when another piece follows, unless it takes more than a quarter of a page
            (with the headings right before it).
        is_close: without a blank line between it and the piece before.
    """

    lines: tuple[Line, ...]
    is_heading: bool = False
    is_close: bool = False


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line, or a part of one, as it stands on a page.

    Attributes:
        kind: of the ``Line``.
        is_heading: of the ``Piece``.
        is_apart: a blank line belongs before it, unless it is the first of its page.
    """

    text: str
    kind: str
    is_heading: bool
    is_apart: bool


@dataclass(frozen=True, slots=True)
class _Word:
    """What stands between two spaces: fragments of runs, each (number of the run, text)."""

    fragments: tuple[tuple[int, str], ...]
    is_glued: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    """A line as written in full."""

    line: Line
    text: str
    size: int
    is_heading: bool
    is_apart: bool


def size_utf16(text: str) -> int:
    """Return the number of UTF-16 code units; never less than the number of code points."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def paginate(pieces: Sequence[Piece], limit: int, *, size_of: Size = size_utf16) -> tuple[str, ...]:
    """Return pages of at most ``limit``, in order; empty if no piece has a word.

    As much as fits goes on a page. A piece that fits on no page fills the page under way, broken between lines, or
    within a line at a space with ``…`` at both ends. ``limit`` is at least 100. Markup around a run that would take
    more than a quarter of a page is left out.
    """
    return tuple(_page_text(rows) for rows in _fill_pages(pieces, limit, _ENDLESS, size_of))


def paginate_lines(
    pieces: Sequence[Piece], limit: int, *, n_lines: int, size_of: Size = size_utf16
) -> tuple[tuple[PageLine, ...], ...]:
    """Return the lines of the pages that ``paginate`` makes, for platforms where a page is more than one text.

    A page has at most ``n_lines`` lines, which are at least 8; its lines together, with one line break before each and
    two where ``is_apart``, have at most ``limit`` characters.
    """
    pages = _fill_pages(pieces, limit, n_lines, size_of)
    return tuple(
        tuple(PageLine(row.text, row.line.kind, row.is_heading, row.is_apart) for row in rows) for rows in pages
    )


def shorten(text: str, limit: int, *, size_of: Size = size_utf16) -> str:
    """Return the escaped text, or as many of its words as fit before a ``…``, within ``limit``."""
    if size_of(text) <= limit:
        return text
    units: list[str] = []
    used = size_of(_MORE)
    for unit in iter_units(text):
        used += size_of(unit)
        if used > limit:
            break
        units.append(unit)
    kept = "".join(units)
    words, _, _ = kept.rpartition(" ")
    return (words if size_of(words) * 2 > limit else kept).rstrip() + _MORE


def iter_units(text: str) -> Iterator[str]:
    """Yield what must not be broken: an escape sequence or a character, with the marks that combine with it.

    Known failure: characters that only a table of grapheme clusters joins, such as Hangul jamo.
    """
    unit = ""
    for match in _UNIT.finditer(text):
        if unit and not _is_extending(match[0]):
            yield unit
            unit = ""
        unit += match[0]
    if unit:
        yield unit


def _is_extending(char: str) -> bool:
    if char.isascii():
        return False
    return _SKIN_TONES[0] <= char <= _SKIN_TONES[1] or (len(char) == 1 and unicodedata.category(char)[0] == "M")


def _fill_pages(pieces: Sequence[Piece], limit: int, n_lines: int, size_of: Size) -> list[list[_Row]]:
    pager = _Pager(limit, n_lines, size_of)
    for rows in _groups(pieces, limit, n_lines, size_of):
        pager.place(rows)
    return pager.pages


def _page_text(rows: Sequence[_Row]) -> str:
    return "".join(("\n" * _joint(row) if n else "") + row.text for n, row in enumerate(rows))


class _Pager:
    """Fills pages in order."""

    def __init__(self, limit: int, n_lines: int, size_of: Size) -> None:
        self.pages: list[list[_Row]] = []
        self._limit = limit
        self._n_lines = n_lines
        self._size_of = size_of
        self._used = limit
        self._is_after_heading = False

    def place(self, rows: Sequence[_Row]) -> None:
        """Put rows that belong together on the page under way, or else on the next, or else on several."""
        size = sum(_joint(row) + row.size for row in rows)
        if self._used + size > self._limit or self._lines + len(rows) > self._n_lines:
            if size - _joint(rows[0]) > self._limit or len(rows) > self._n_lines:
                self._flow(rows)
                return
            self._turn()
        for row in rows:
            self._write(row)

    @property
    def _lines(self) -> int:
        """The lines on the page under way."""
        return len(self.pages[-1]) if self.pages and self._used else 0

    def _flow(self, rows: Sequence[_Row]) -> None:
        if self._used * 4 > self._limit or self._lines * 4 > self._n_lines:
            self._turn()
        for row in rows:
            if self._used + _joint(row) + row.size <= self._limit and self._lines < self._n_lines:
                self._write(row)
            elif row.size <= self._limit and not self._is_after_heading:
                self._turn()
                self._write(row)
            else:
                self._break(row)

    def _break(self, row: _Row) -> None:
        if self._used * 2 > self._limit and not self._is_after_heading:
            self._turn()
        room = self._limit - self._used - (_joint(row) if self._used else 0)
        for n, text in enumerate(_split(row.line, room, self._limit, self._size_of)):
            if n:
                self._turn()
            self._write(_Row(row.line, text, self._size_of(text), is_heading=False, is_apart=row.is_apart))

    def _turn(self) -> None:
        self._used = 0
        self._is_after_heading = False

    def _write(self, row: _Row) -> None:
        if self._used == 0 or not self.pages:
            self.pages.append([row])
            self._used = row.size
        else:
            self.pages[-1].append(row)
            self._used += _joint(row) + row.size
        self._is_after_heading = row.is_heading


def _joint(row: _Row) -> int:
    """Return the line breaks before a row."""
    return 2 if row.is_apart else 1


def _groups(pieces: Sequence[Piece], limit: int, n_lines: int, size_of: Size) -> Iterator[list[_Row]]:
    """Yield the rows of each piece, after those of the headings before it; these never take more than a quarter."""
    waiting: list[_Row] = []
    for piece in pieces:
        rows = _rows(piece, limit, size_of)
        if not rows:
            continue
        waiting.extend(rows)
        size = sum(_joint(row) + row.size for row in waiting)
        if not piece.is_heading or size * 4 > limit or len(waiting) * 4 > n_lines:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _rows(piece: Piece, limit: int, size_of: Size) -> list[_Row]:
    rows: list[_Row] = []
    for line in piece.lines:
        kept = replace(line, runs=tuple(_bare(run, limit, size_of) for run in line.runs))
        words = _words(kept.runs)
        if words:
            text = line.first + _join(words, kept.runs)
            is_apart = not rows and not piece.is_close
            rows.append(_Row(kept, text, size_of(text), is_heading=piece.is_heading, is_apart=is_apart))
    return rows


def _bare(run: Run, limit: int, size_of: Size) -> Run:
    return Run(run.bare or run.text, is_whole=run.is_whole) if size_of(run.opening + run.closing) * 4 > limit else run


def _words(runs: Sequence[Run]) -> list[_Word]:
    """Return the words of a line; one may reach over several runs: ``**Caracas**.``."""
    words: list[_Word] = []
    fragments: list[tuple[int, str]] = []
    for n, run in enumerate(runs):
        for k, part in enumerate([run.text] if run.is_whole else run.text.split(" ")):
            if k and fragments:
                words.append(_Word(tuple(fragments)))
                fragments = []
            if part:
                fragments.append((n, part))
    if fragments:
        words.append(_Word(tuple(fragments)))
    return words


def _join(words: Sequence[_Word], runs: Sequence[Run]) -> str:
    written: list[str] = []
    current = -1
    for n, word in enumerate(words):
        space = " " if n and not word.is_glued else ""
        for run, text in word.fragments:
            if run != current:
                before = runs[current].closing if current >= 0 else ""
                written.append(f"{before}{space}{runs[run].opening}{text}")
                current = run
            else:
                written.append(space + text)
            space = ""
    return "".join(written) + (runs[current].closing if current >= 0 else "")


def _split(line: Line, first_room: int, room: int, size_of: Size) -> Iterator[str]:
    """Yield the parts of a line: the first at most ``first_room``, the others ``room``."""
    marks = max(size_of(line.first), size_of(line.rest)) + _N_MARKS_OF_PARTS
    most = min(first_room, room) - marks
    part: list[_Word] = []
    used, last, head = 0, -1, line.first
    left = first_room - marks
    for word in _broken(_words(line.runs), line.runs, most, size_of):
        cost = _cost(word, line.runs, last, size_of)
        if part and used + cost > left:
            yield f"{head}{_join(part, line.runs)} {_MORE}"
            part, used, last = [], 0, -1
            head, left = f"{line.rest}{_MORE} ", room - marks
            cost = _cost(word, line.runs, last, size_of)
        part.append(word)
        used += cost
        last = word.fragments[-1][0]
    yield head + _join(part, line.runs)


def _cost(word: _Word, runs: Sequence[Run], last: int, size_of: Size) -> int:
    """Return what the word adds to a part whose last run is ``last``, with the space before it."""
    cost = 0 if word.is_glued else 1
    for run, text in word.fragments:
        cost += size_of(text)
        if run != last:
            cost += size_of(runs[run].opening + runs[run].closing)
            last = run
    return cost


def _broken(words: Sequence[_Word], runs: Sequence[Run], most: int, size_of: Size) -> Iterator[_Word]:
    """Yield the words, those that are too long for ``most`` in several, which belong together without a space."""
    for word in words:
        if _cost(word, runs, -1, size_of) <= most:
            yield word
            continue
        is_glued = False
        for run, text in word.fragments:
            markup = size_of(runs[run].opening + runs[run].closing)
            texts = [text] if runs[run].is_whole else _chunks(text, max(most - markup - 1, 8), size_of)
            for chunk in texts:
                yield _Word(((run, chunk),), is_glued)
                is_glued = True


def _chunks(text: str, most: int, size_of: Size) -> Iterator[str]:
    chunk: list[str] = []
    used = 0
    for unit in iter_units(text):
        size = size_of(unit)
        if chunk and used + size > most:
            yield "".join(chunk)
            chunk, used = [], 0
        chunk.append(unit)
        used += size
    if chunk:
        yield "".join(chunk)
