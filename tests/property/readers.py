"""How each platform reads what is sent to it, written down apart from the renderers: what is seen, and what acts.

A reader takes the marks away that a renderer is allowed to make. What is left must hold nothing that acts, and, once
its escapes are undone, every word of the answer.
"""

from __future__ import annotations

import json
import re
import unicodedata
from abc import ABC, abstractmethod
from typing import Any, Generic, TypeVar
from urllib.parse import unquote

from bot.render.discord import Page
from bot.render.discord import render_pages as render_discord
from bot.render.safety import clean_line, width_of
from bot.render.slack import Limits, SlackPage, render_pages, shorter
from bot.render.terminal import render_text
from handlers.reply import Moment, Person, Reply, Span
from tests.property.replies import WHEN

Sent = TypeVar("Sent")
MOMENT, PERSON = "◆", "◇"
UNIX = int(WHEN.timestamp())
_LOOK_ALIKES = str.maketrans({"\u2217": "*", "\u02cd": "_", "\u223c": "~", "\u02cb": "`", "\u2223": "|"})
_INERT = dict.fromkeys(_LOOK_ALIKES, "¤")


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def squeezed(text: str) -> str:
    """Return the text without what may differ: spaces, ellipses, frames, and what shows nothing; look-alikes as one."""
    return re.sub(r"[\s…\u200b\u2060↗│]", "", text).translate(_LOOK_ALIKES)


def hidden_in(text: str) -> list[str]:
    """Return the characters of the text that control or hide something."""
    return [hex(ord(char)) for char in text if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]


class Reader(ABC, Generic[Sent]):
    """One platform. What ``render`` returns is given to the others."""

    name = ""

    @abstractmethod
    def render(self, reply: Reply) -> Sent:
        """Return the answer as it is sent."""

    @abstractmethod
    def list_excesses(self, sent: Sent) -> list[str]:
        """Return where the platform would refuse it."""

    @abstractmethod
    def list_acts(self, sent: Sent) -> list[str]:
        """Return what would call, open, hide or format and was not made by the renderer."""

    def list_links(self, sent: Sent) -> list[str]:
        """Return the addresses that open when pressed, without what is written in per cent signs."""
        del sent
        return []

    @abstractmethod
    def read_title(self, sent: Sent) -> str:
        """Return the words of the title, squeezed."""

    @abstractmethod
    def read_body(self, sent: Sent) -> str:
        """Return the words below the title, on all pages, squeezed."""

    @abstractmethod
    def list_hidden(self, sent: Sent) -> list[str]:
        """Return the invisible characters in it that are not the renderer's."""

    def words_of(self, span: Span) -> str:
        """Return what must be seen of a span, squeezed."""
        return squeezed(clean_line(span.text))


class DiscordReader(Reader[tuple[Page, ...]]):
    """Embeds: a backslash escapes, and a zero-width space behind an ``@``."""

    name = "discord"
    escape = re.compile(r"\\([^0-9A-Za-z\s])")
    acts = re.compile(
        r"[*_~`|<>\[\]]|@(?:everyone|here)|@[!&]?[0-9]|https?://|discord\.gg/|:[\w+-]+:|^\s*(?:[-+#]|[0-9]+\.)(?: |$)",
        re.IGNORECASE | re.MULTILINE,
    )
    _link = re.compile(r"(?<!\\)\[((?:\\.|[^\[\]\\\n])+)\]\(<https?://[^\s<>()\[\]\\`*|\"']{1,510}>\)", re.IGNORECASE)
    _person = "<@80351110224678912>"
    _line = re.compile(r"^(### |> |-# |- )", re.MULTILINE)
    _call = re.compile(r"@(everyone|here|[!&]?\d)", re.IGNORECASE)

    def render(self, reply: Reply) -> tuple[Page, ...]:
        return render_discord(reply, footer=reply.title)

    def list_excesses(self, sent: tuple[Page, ...]) -> list[str]:
        wrong = [] if sent else ["no page"]
        for page in sent:
            title, text = page.embed.get("title", ""), page.embed.get("description", "")
            note = page.embed.get("footer", {}).get("text", "")
            json.dumps(page.embed).encode("ascii")
            sizes = ((title, 256), (text, 2_500), (note, 2_048), (title + text + note, 6_000))
            wrong += [f"{utf16(part)} > {most}" for part, most in sizes if utf16(part) > most]
            is_blank = not (title + text).strip() or ("description" in page.embed and not text.strip())
            wrong += ["blank"] if is_blank or (len(sent) > 1 and not text.strip()) else []
        return wrong

    def list_acts(self, sent: tuple[Page, ...]) -> list[str]:
        texts = [page.embed.get(key, "") for page in sent for key in ("title", "description")]
        left = [self.escape.sub("¤", self._without_own(text)) for text in texts]
        calls = [match[0] for text in texts for match in self._call.finditer(text.replace(self._person, ""))]
        return [text[: match.end()] for text in left if (match := self.acts.search(text))] + calls

    def list_links(self, sent: tuple[Page, ...]) -> list[str]:
        found = re.findall(r"\]\(<([^\s<>]+)>\)", "\n".join(page.embed.get("description", "") for page in sent))
        return [unquote(address) for address in found]

    def read_title(self, sent: tuple[Page, ...]) -> str:
        return self._seen(sent[0].embed.get("title", ""))

    def read_body(self, sent: tuple[Page, ...]) -> str:
        return self._seen("\n".join(page.embed.get("description", "") for page in sent))

    def list_hidden(self, sent: tuple[Page, ...]) -> list[str]:
        return hidden_in(json.dumps([page.embed for page in sent], ensure_ascii=False).replace("@\u200b", "@"))

    def words_of(self, span: Span) -> str:
        if isinstance(span, Moment):
            return MOMENT
        return PERSON if span == Person("discord:80351110224678912") else super().words_of(span)

    def _without_own(self, text: str) -> str:
        text = self._link.sub(r"…\1…", self._line.sub("", text)).replace(f"<t:{UNIX}:f>", MOMENT)
        return re.sub(r"(?<!\\)((?:\\\\)*)\*\*", r"\1…", text.replace(self._person, PERSON))

    def _seen(self, text: str) -> str:
        return squeezed(self.escape.sub(r"\1", self._without_own(text)))


class SlackReader(Reader[tuple[SlackPage, ...]]):
    """Blocks: entities, look-alikes and word joiners."""

    name = "slack"
    limits = Limits()
    _link = re.compile(r"<https?://[^\s<>|\"'`*@\\]{1,510}\|([^<>|\n]+)>", re.IGNORECASE)
    _date = re.compile(rf"<!date\^{UNIX}\^\{{date_short_pretty\}} \{{time\}}\|23 March 2019 14[^<>|]*UTC>")
    _person = "<@U012AB3CD>"
    # Bold begins behind a space or an opening mark, at something, and ends likewise.
    _bold = re.compile(r"(?:(?<=[\s(\[{\"'“])|^)\*(?=\S)([^*\n]*[^\s*])\*(?=[\s.,;:!?)\]}\"'”]|$)", re.MULTILINE)
    _line = re.compile(r"^(> |• |  )", re.MULTILINE)
    acts = re.compile(
        r"[*_~`<>]|://|[@#]\w|:[^\s:\u2060]+:|\S\.[^\W\d_]{2}|^\s*(?:&gt;)|&(?!(?:amp|lt|gt);)",
        re.IGNORECASE | re.MULTILINE,
    )

    def render(self, reply: Reply) -> tuple[SlackPage, ...]:
        return render_pages(reply, footer=reply.title, limits=self.limits)

    def list_excesses(self, sent: tuple[SlackPage, ...]) -> list[str]:
        wrong = [] if sent else ["no page"]
        for page in sent:
            wrong += ["no blocks"] if not page.blocks else []
            wrong += ["blocks"] if len(page.blocks) > 50 - 8 else []
            wrong += ["message"] if len(json.dumps(page.blocks, ensure_ascii=False)) > 12_000 else []
            wrong += ["summary"] if not 1 <= utf16(page.text) <= 300 else []
            shown = sum(utf16(text) for kind, text in self._texts(page) if kind == "section")
            wrong += ["page"] if shown > self.limits.page else []
            wrong += [self._excess(kind, text) for kind, text in self._texts(page)]
            json.dumps(page.blocks).encode("ascii")
        return [reason for reason in wrong if reason]

    def list_acts(self, sent: tuple[SlackPage, ...]) -> list[str]:
        texts = [text for page in sent for _, text in (*self._texts(page), ("text", page.text))]
        loose = [str(block) for page in sent for block in page.blocks if not self._is_tame(block)]
        return [found for text in texts if (found := self.find_act(text))] + loose

    def find_act(self, text: str) -> str | None:
        """Return the text up to the first mark that acts."""
        left = self._without_own(text).translate(_INERT)
        match = self.acts.search(left)
        return left[: match.end()] if match else None

    def list_links(self, sent: tuple[SlackPage, ...]) -> list[str]:
        found = re.findall(r"<(http[^<>|]+)", "\n".join(text for page in sent for _, text in self._texts(page)))
        return [unquote(address.replace("&amp;", "&")) for address in found]

    def read_title(self, sent: tuple[SlackPage, ...]) -> str:
        return self.read_plain("".join(text for kind, text in self._texts(sent[0]) if kind == "header"))

    def read_body(self, sent: tuple[SlackPage, ...]) -> str:
        return self.read_plain("\n".join(text for page in sent for text in self._shown(page)))

    def list_hidden(self, sent: tuple[SlackPage, ...]) -> list[str]:
        raw = json.dumps([[page.blocks, page.text] for page in sent], ensure_ascii=False)
        return hidden_in(raw.replace("\u2060", ""))

    def words_of(self, span: Span) -> str:
        if isinstance(span, Moment):
            return MOMENT
        return PERSON if span == Person("slack:U012AB3CD") else super().words_of(span)

    def read_plain(self, text: str) -> str:
        """Return the words of one text, squeezed."""
        plain = self._without_own(text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        return squeezed(plain)

    def _texts(self, page: SlackPage) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for block in page.blocks:
            parts = block.get("elements", [block.get("text")] if "text" in block else [])
            found += [(block["type"], part["text"]) for part in parts]
        return found

    def _shown(self, page: SlackPage) -> list[str]:
        """Return the texts between the header and the footer, which is there where the title is or there are pages."""
        texts = [text for kind, text in self._texts(page) if kind != "header"]
        is_noted = page.blocks[-1]["type"] == "context" and self._is_footed(page)
        return texts[:-1] if is_noted else texts

    def _is_footed(self, page: SlackPage) -> bool:
        note: str = page.blocks[-1]["elements"][0]["text"]
        return page.blocks[0]["type"] == "header" or note.startswith("Page ")

    def _excess(self, kind: str, text: str) -> str:
        most = {"header": 150, "section": 3_000, "context": 3_000}[kind]
        return "" if text.strip() and utf16(text) <= most else f"{kind} of {utf16(text)}"

    def _is_tame(self, block: dict[str, Any]) -> bool:
        """Return whether Slack is told to find no links, names or emoji of its own in it."""
        match block["type"]:
            case "header":
                return bool(block["text"]["type"] == "plain_text" and block["text"]["emoji"] is False)
            case "section":
                return bool(block["text"]["type"] == "mrkdwn" and block["text"]["verbatim"] is True)
            case "context":
                return all(part["verbatim"] is True for part in block["elements"])
            case kind:
                return bool(kind == "divider")

    def _without_own(self, text: str) -> str:
        text = self._date.sub(f" {MOMENT} ", text).replace(self._person, f" {PERSON} ")
        return self._bold.sub(r"\1", self._link.sub(r" \1 ", self._line.sub("", text)))


class ShortSlackReader(SlackReader):
    """Blocks of half the size, twice halved: what is sent when Slack has refused a page."""

    name = "slack, shorter"
    limits = shorter(shorter(Limits()))


class TerminalReader(Reader[str]):
    """Lines of 72 columns without colour: nothing is escaped, since nothing but an escape sequence acts."""

    name = "terminal"
    width = 72

    def render(self, reply: Reply) -> str:
        return render_text(reply, width=self.width)

    def list_excesses(self, sent: str) -> list[str]:
        return [line for line in sent.splitlines() if width_of(line) > self.width]

    def list_acts(self, sent: str) -> list[str]:
        return re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f].{0,20}", sent)

    def read_title(self, sent: str) -> str:
        del sent
        return ""

    def read_body(self, sent: str) -> str:
        return squeezed(sent)

    def list_hidden(self, sent: str) -> list[str]:
        return hidden_in(sent.replace("\n", ""))


READERS: tuple[Reader[Any], ...] = (DiscordReader(), SlackReader(), ShortSlackReader(), TerminalReader())
