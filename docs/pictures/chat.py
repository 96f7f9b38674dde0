# ruff: noqa: INP001 - a script beside its pictures, no package
"""Messages as a dark chat shows them: HTML and style of our own, photographed by a headless Chromium.

Owns the look only; a tall picture is shown by its upper part. Knows as much of Discord's markup as the bot writes:
bold, small print, headings, quotes, lists, links, exact times and mentions.
"""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

from font_source_sans_pro import __file__ as font_package
from PIL import Image, ImageChops

WIDTH = 720
_MARGIN = 14
_GROUND = (0x2B, 0x2D, 0x33)
_LARGEST_BYTES = 200_000
_STYLE = """
@font-face { font-family: chat; font-weight: 400; src: url("FONTS/SourceSansPro-Regular.ttf"); }
@font-face { font-family: chat; font-weight: 700; src: url("FONTS/SourceSansPro-Bold.ttf"); }
* { box-sizing: border-box; }
body { margin: 0; padding: 14px; background: #2b2d33; color: #e3e4e8; font: 16px/1.38 chat, sans-serif; }
.message { display: flex; gap: 14px; margin-bottom: 4px; }
.face { flex: 0 0 38px; height: 38px; border-radius: 50%; background: #4a6a8f; color: #fff; font-weight: 700;
        text-align: center; line-height: 38px; }
.body { flex: 1; min-width: 0; }
.name { font-weight: 700; } .app { font-size: 11px; background: #4a6a8f; border-radius: 3px; padding: 1px 5px; }
.when, .said, .small { color: #a5a8b0; font-size: 13px; }
.said { margin: 0 0 3px 52px; }
.embed { background: #232529; border-left: 4px solid; border-radius: 5px; padding: 10px 14px; margin: 4px 0; }
.title { font-weight: 700; font-size: 17px; margin-bottom: 5px; }
.picture { max-height: 520px; overflow: hidden; border-radius: 4px; margin-top: 10px; }
.picture img { width: 100%; display: block; }
.foot { color: #a5a8b0; font-size: 13px; margin-top: 8px; }
h3 { font-size: 16px; margin: 8px 0 2px; } p { margin: 0; min-height: 8px; }
blockquote { margin: 2px 0; padding-left: 11px; border-left: 4px solid #575a63; }
.item { padding-left: 18px; text-indent: -12px; }
a { color: #5eb0ff; text-decoration: none; } .time { background: #3a3d44; border-radius: 3px; padding: 0 3px; }
.person { background: #3c4468; color: #cdd3ff; border-radius: 3px; padding: 0 3px; }
.row { display: flex; flex-wrap: wrap; gap: 8px; margin: 6px 0; }
.button { background: #43464f; border-radius: 7px; padding: 5px 14px; font-weight: 700; font-size: 14px; }
.off { opacity: .45; }
.menu { background: #202226; border: 1px solid #43464f; border-radius: 7px; padding: 7px 12px; width: 380px;
        color: #a5a8b0; display: flex; justify-content: space-between; }
.thread { border-left: 2px solid #575a63; margin: 6px 0 0 18px; padding: 6px 0 0 16px; }
"""
_INLINE = re.compile(
    r"\\(?P<plain>.)"
    r"|\*\*(?P<bold>(?:\\.|[^\\*])+)\*\*"
    r"|\[(?P<words>(?:\\.|[^\]\\])+)\]\(<?(?P<url>[^)>]+)>?\)"
    r"|<t:(?P<time>\d+)(?::(?P<style>\w))?>"
    r"|<@&?(?P<person>\d+)>"
)


@dataclass(frozen=True)
class Shown:
    """A message to be drawn.

    Attributes:
        message: of the loopback double.
        said: the line above it.
        only_for: whose eyes alone it is for.
        thread: what hangs under it, with ``replies`` in it.
    """

    message: Any
    said: str = ""
    only_for: str = ""
    thread: Any = None
    replies: tuple[Any, ...] = ()


def photograph(path: Path, messages: Sequence[Shown], names: Mapping[int, str]) -> None:
    """Write the messages as a PNG of at most 200,000 bytes. Raises ValueError if it is larger."""
    fonts = (Path(font_package).parent / "files").as_uri()
    body = "".join(_message(shown, names) for shown in messages)
    page = f"<!doctype html><meta charset=utf-8><style>{_STYLE.replace('FONTS', fonts)}</style>{body}"
    chromium = shutil.which("chromium") or "chromium"
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "page.html").write_text(page, "utf-8")
        # Flags: nothing of the browser's own may go out, and it may run as root in a container.
        flags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
        flags += " --disable-component-update --disable-sync --hide-scrollbars --allow-file-access-from-files"
        subprocess.run(  # noqa: S603 - a page of our own
            [
                chromium,
                *flags.split(),
                f"--user-data-dir={folder}/profile",
                f"--window-size={WIDTH},2600",
                f"--screenshot={folder}/page.png",
                f"{folder}/page.html",
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        with Image.open(f"{folder}/page.png") as taken:
            picture = _crop(taken.convert("RGB")).quantize(128, dither=Image.Dither.NONE)
    buffer = BytesIO()
    picture.save(buffer, "PNG", optimize=True)
    if buffer.tell() > _LARGEST_BYTES:
        raise ValueError(f"{path.name} has {buffer.tell()} bytes")
    path.write_bytes(buffer.getvalue())


def _crop(picture: Image.Image) -> Image.Image:
    """Return the picture without the empty ground below."""
    ground = Image.new("RGB", picture.size, _GROUND)
    box = ImageChops.difference(picture, ground).getbbox()
    return picture.crop((0, 0, picture.width, min(picture.height, (box[3] if box else 1) + _MARGIN)))


def _message(shown: Shown, names: Mapping[int, str]) -> str:
    said = f'<div class="said">↳ {escape(shown.said)}</div>' if shown.said else ""
    below = f'<div class="small">Only {escape(shown.only_for)} can see this.</div>' if shown.only_for else ""
    if shown.thread is not None:
        inner = "".join(_message(Shown(reply), names) for reply in shown.replies)
        n = len(shown.replies)
        head = f"<b>{escape(shown.thread.name)}</b> <span class='small'>thread, {n} message{'s' * (n > 1)}</span>"
        below += f'<div class="thread">{head}{inner}</div>'
    message = shown.message
    edited = ' <span class="when">(edited)</span>' if message.edited_at else ""
    top = f'<span class="name">Wirewatch</span> <span class="app">APP</span> {_when(message.created_at)}{edited}'
    content = f"<div>{_inline(message.content, names)}</div>" if message.content else ""
    embeds = "".join(_embed(embed, message, names) for embed in message.embeds)
    rows = "".join(_row(row) for row in message.components)
    body = f'<div class="body">{top}{content}{embeds}{rows}{below}</div>'
    return f'{said}<div class="message"><div class="face">W</div>{body}</div>'


def _when(at: datetime) -> str:
    return f'<span class="when">today at {at.astimezone(UTC):%H:%M}</span>'


def _embed(embed: Mapping[str, Any], message: Any, names: Mapping[int, str]) -> str:  # noqa: ANN401 - of the double
    parts = [f'<div class="title">{_inline(embed["title"], names)}</div>' if embed.get("title") else ""]
    parts.extend(_line(line, names) for line in embed.get("description", "").split("\n"))
    if embed.get("image") and message.attachments:
        data = base64.b64encode(message.attachments[0].data).decode()
        parts.append(f'<div class="picture"><img src="data:image/png;base64,{data}"></div>')
    footer = (embed.get("footer") or {}).get("text")
    parts.append(f'<div class="foot">{escape(footer)}</div>' if footer else "")
    return f'<div class="embed" style="border-color:#{embed.get("color", 0):06x}">{"".join(parts)}</div>'


def _line(line: str, names: Mapping[int, str]) -> str:
    for mark, before, after in (
        ("> -# ", "<blockquote class='small'>", "</blockquote>"),
        ("> ", "<blockquote>", "</blockquote>"),
        ("-# ", "<p class='small'>", "</p>"),
        ("### ", "<h3>", "</h3>"),
        ("## ", "<h3>", "</h3>"),
        ("- ", "<p class='item'>• ", "</p>"),
    ):
        if line.startswith(mark):
            return before + _inline(line.removeprefix(mark), names) + after
    return f"<p>{_inline(line, names)}</p>"


def _inline(text: str, names: Mapping[int, str]) -> str:
    parts, end = [], 0
    for match in _INLINE.finditer(text):
        parts.append(escape(text[end : match.start()]))
        parts.append(_mark(match, names))
        end = match.end()
    return "".join([*parts, escape(text[end:])])


def _mark(match: re.Match[str], names: Mapping[int, str]) -> str:
    if match["plain"]:
        return escape(match["plain"])
    if match["bold"]:
        return f"<b>{_inline(match['bold'], names)}</b>"
    if match["words"]:
        return f'<a href="#">{_inline(match["words"], names)}</a>'
    if match["time"]:
        at = datetime.fromtimestamp(int(match["time"]), UTC)
        shown = f"{at:%H:%M}" if match["style"] in {"t", "T"} else f"{at.day} {at:%B %Y %H:%M}"
        return f'<span class="time">{shown}</span>'
    return f'<span class="person">{escape(names.get(int(match["person"]), "@somebody"))}</span>'


def _row(row: Mapping[str, Any]) -> str:
    parts = []
    for item in row["components"]:
        if "options" in item:
            parts.append(f'<div class="menu">{escape(item["placeholder"])}<span>▾</span></div>')
        else:
            parts.append(f'<div class="button{" off" * bool(item.get("disabled"))}">{escape(item["label"])}</div>')
    return f'<div class="row">{"".join(parts)}</div>'
