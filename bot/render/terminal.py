"""An answer as text for a terminal or a pipe. Pure: (Reply, width, colour) -> text.

Owns the layout. Whatever the text holds, the only escape sequences that come out are those of ``wrapping.Style``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.render.export import is_link
from bot.render.safety import clean_line, width_of
from bot.render.wrapping import Run, Style, fill
from handlers.lines import format_line
from handlers.registry import get_command
from handlers.reply import (
    Action,
    Block,
    Entry,
    Heading,
    Link,
    Listing,
    Notice,
    Paragraph,
    Quote,
    Reply,
    Span,
    Strong,
    Table,
    Tone,
    Typed,
    text_of,
)

_NARROWEST = 30
_TONES = {Tone.INFO: Style.DIM, Tone.WARNING: Style.WARNING, Tone.ERROR: Style.ERROR}
_TONE_WORDS = {Tone.INFO: "", Tone.WARNING: "Note: ", Tone.ERROR: "Error: "}
_GAP = "  "
_MOST_ACTIONS = 3


def render_text(reply: Reply, *, width: int = 100, is_coloured: bool = False) -> str:
    """Return the answer as lines of at most ``width`` columns, with a final line break."""
    renderer = _Renderer(max(width, _NARROWEST), is_coloured=is_coloured)
    return "\n".join(renderer.render(reply)) + "\n"


class _Renderer:
    """Lays out one answer at one width."""

    def __init__(self, width: int, *, is_coloured: bool) -> None:
        self._width = width
        self._is_coloured = is_coloured

    def render(self, reply: Reply) -> Iterator[str]:
        """Yield the lines of the answer."""
        yield from self._fill((Run(reply.title, Style.ERROR if reply.failed else Style.TITLE),))
        before: Block | None = None
        for block in reply.blocks:
            if _is_apart(before, block):
                yield ""
            yield from self._block(block)
            before = block
        if reply.actions:
            yield ""
            yield from self._fill((Run(_action_words(reply.actions), Style.DIM),), rest="    ")

    def _fill(self, runs: Sequence[Run], *, first: str = "", rest: str | None = None) -> list[str]:
        indent = first if rest is None else rest
        return fill(runs, self._width, first=first, rest=indent, is_coloured=self._is_coloured)

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Paragraph(spans):
                yield from self._fill(_runs(spans))
            case Heading(text, level):
                yield from self._fill((Run(text, Style.TITLE if level == 1 else Style.STRONG),))
            case Quote():
                yield from self._quote(block, "  ")
            case Entry():
                yield from self._entry(block)
            case Listing(items):
                for item in items:
                    yield from self._fill(_runs(item), first="- ", rest="  ")
            case Table():
                yield from self._table(block)
            case Notice(tone, spans):
                style = _TONES[tone]
                runs = [Run(_TONE_WORDS[tone], style), *(Run(run.text, style) for run in _runs(spans))]
                yield from self._fill(runs)

    def _quote(self, quote: Quote, indent: str) -> Iterator[str]:
        yield from self._fill((Run(f"“{quote.text.strip()}”", Style.QUOTE),), first=indent + "│ ")
        source = text_of(quote.source)
        if source:
            runs = [Run("— ", Style.DIM), *_runs(quote.source, plain=Style.DIM)]
            yield from self._fill(runs, first=indent + "│ ", rest=indent + "│   ")

    def _entry(self, entry: Entry) -> Iterator[str]:
        number = [Run(f"{entry.number}. ", Style.DIM)] if entry.number else []
        runs = [*number, Run(f"{entry.when}:", Style.STRONG), Run(" "), *_runs(entry.title)]
        if entry.notes:
            runs.append(Run(f" [{'; '.join(entry.notes)}]", Style.DIM))
        yield from self._fill(runs, rest="    ")
        for quote in entry.quotes:
            yield from self._quote(quote, "    ")
        for dispute in entry.disputes:
            yield from self._fill(_runs(dispute.spans), first="    ≠ ", rest="      ")

    def _table(self, table: Table) -> Iterator[str]:
        rows = [tuple(clean_line(cell) for cell in row) for row in (table.columns, *table.rows)]
        widths = [max(width_of(row[n]) for row in rows) for n in range(len(table.columns))]
        if sum(widths) + len(_GAP) * (len(widths) - 1) > self._width:
            yield from self._cards(table)
            return
        for n, row in enumerate(rows):
            cells = (cell + " " * (width - width_of(cell)) for cell, width in zip(row, widths, strict=True))
            line = _GAP.join(cells).rstrip()
            yield f"\x1b[{Style.STRONG}m{line}\x1b[0m" if n == 0 and self._is_coloured else line

    def _cards(self, table: Table) -> Iterator[str]:
        """A table too wide for the screen becomes one short paragraph a row, each value with its column's name."""
        for row in table.rows:
            runs = [Run(row[0], Style.STRONG), Run("  "), Run(row[1] if len(row) > 1 else "", Style.STRONG)]
            yield from self._fill(runs, rest="    ")
            named = [(name, cell) for name, cell in zip(table.columns[2:], row[2:], strict=True) if cell]
            facts: list[Run] = []
            for n, (name, cell) in enumerate(named):
                facts.extend((Run(("; " if n else "") + f"{name}: ", Style.DIM), Run(cell)))
            if facts:
                yield from self._fill(facts, first="    ", rest="    ")


def _is_apart(before: Block | None, block: Block) -> bool:
    """Return whether a blank line belongs before the block."""
    if before is None or isinstance(block, Heading):
        return not (isinstance(before, Heading) and isinstance(block, Heading) and block.level > before.level)
    is_run_of_lines = type(before) is type(block) and isinstance(block, Paragraph | Notice)
    return not (is_run_of_lines or isinstance(block, Quote) or isinstance(before, Heading))


def _action_words(actions: Sequence[Action]) -> str:
    """Return the lines to type for what can be done next, and where to read of the rest."""
    typed = [_typed(action) for action in actions[:_MOST_ACTIONS]]
    if len(actions) > _MOST_ACTIONS:
        typed.append(f"/help {actions[_MOST_ACTIONS].command.partition(' ')[0]}")
    return f"Next: {' · '.join(typed)}"


def _typed(action: Action) -> str:
    line = format_line(action.command, action.arguments)
    if not action.asks:
        return line
    asked = next(each for each in get_command(action.command).parameters if each.name == action.asks)
    return f"{line} {asked.flag} <{asked.name}>" if asked.is_option else f"{line} <{asked.name}>"


def _runs(spans: Sequence[Span], *, plain: Style = Style.PLAIN) -> list[Run]:
    runs: list[Run] = []
    for span in spans:
        match span:
            case Strong(text) | Typed(text, is_strong=True):
                runs.append(Run(text, Style.STRONG))
            case Link(text, url) if is_link(url) and url != text:
                runs.extend((Run(f"{text} <", plain), Run(url, Style.LINK), Run(">", plain)))
            case _:
                runs.append(Run(span.text, plain))
    return runs
