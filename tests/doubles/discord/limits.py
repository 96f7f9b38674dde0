"""What Discord refuses in a message or a form: the documented limits, each with its place in the errors tree."""

from __future__ import annotations

from collections.abc import Collection

from tests.doubles.discord.errors import ApiError, Form, Json
from tests.doubles.discord.world import iter_components

ROW, BUTTON, SELECT, TEXT_INPUT = 1, 2, 3, 4
SELECTS = {3, 5, 6, 7, 8}
LINK = 5
COMPONENTS_V2 = 1 << 15
MOST_FILES_BYTES = 10 * 1024 * 1024
SCHEMES = ("http://", "https://", "attachment://")


def check_message(body: Json, files: Collection[str]) -> None:
    """Refuse what Discord would refuse; ``files`` are the names that ``attachment://`` may speak of."""
    form = Form()
    form.text("content", body.get("content"), 2000)
    _check_embeds(form, form.count("embeds", body.get("embeds"), 10), files)
    is_v2 = bool(body.get("flags", 0) & COMPONENTS_V2)
    components = form.count("components", body.get("components"), 40 if is_v2 else 5)
    check_components(form, components, is_v2=is_v2)
    form.count("attachments", body.get("attachments"), 10)
    nonce = body.get("nonce")
    form.text("nonce", str(nonce) if isinstance(nonce, int) else nonce, 25)
    _check_mentions(form, body.get("allowed_mentions") or {})
    if is_v2 and (body.get("content") or body.get("embeds")):
        form.wrong("content", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", "The field cannot be used here")
    form.check()


def check_not_empty(body: Json, files: Collection[str]) -> None:
    if not (body.get("content") or body.get("embeds") or body.get("components") or files or body.get("sticker_ids")):
        raise ApiError(400, 50006, "Cannot send an empty message")


def _check_mentions(form: Form, allowed: Json) -> None:
    for kind in ("users", "roles"):
        chosen = form.count(f"allowed_mentions.{kind}", allowed.get(kind), 100)
        if chosen and kind in (allowed.get("parse") or []):
            text = f"parse:['{kind}'] and {kind}:[ids] are mutually exclusive."
            form.wrong("allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", text)


def _check_embeds(form: Form, embeds: list[Json], files: Collection[str]) -> None:
    for number, embed in enumerate(embeds):
        at = f"embeds.{number}"
        form.text(f"{at}.title", embed.get("title"), 256)
        form.text(f"{at}.description", embed.get("description"), 4096)
        form.text(f"{at}.footer.text", (embed.get("footer") or {}).get("text"), 2048)
        form.text(f"{at}.author.name", (embed.get("author") or {}).get("name"), 256)
        for index, entry in enumerate(form.count(f"{at}.fields", embed.get("fields"), 25)):
            form.text(f"{at}.fields.{index}.name", entry.get("name"), 256, least=1)
            form.text(f"{at}.fields.{index}.value", entry.get("value"), 1024, least=1)
        _check_urls(form, at, embed, files)
    if sum(embed_size(embed) for embed in embeds) > 6000:
        form.wrong("embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000")


def embed_size(embed: Json) -> int:
    """Count the characters that Discord counts towards the 6,000 of a message."""
    pieces = [embed.get("title"), embed.get("description")]
    pieces += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
    for entry in embed.get("fields") or []:
        pieces += [entry.get("name"), entry.get("value")]
    return sum(len(piece) for piece in pieces if isinstance(piece, str))


def _check_urls(form: Form, at: str, embed: Json, files: Collection[str]) -> None:
    urls = [(f"{at}.url", embed.get("url"))]
    urls += [(f"{at}.{key}.url", (embed.get(key) or {}).get("url")) for key in ("image", "thumbnail", "author")]
    for path, url in urls:
        if url is None:
            continue
        if not url.startswith(SCHEMES):
            text = f"Scheme \"{url.partition(':')[0]}\" is not supported. Scheme must be one of ('http', 'https')."
            form.wrong(path, "URL_TYPE_INVALID_SCHEME", text)
        elif url.startswith("attachment://") and url.removeprefix("attachment://") not in files:
            # Discord shows a broken picture; no test would want that to pass unnoticed.
            form.wrong(path, "ATTACHMENT_NOT_FOUND", "Referenced attachment not found")
        form.text(path, url, 2048)


def check_components(form: Form, components: list[Json], *, is_v2: bool = False) -> None:
    """Check rows, buttons and menus; every custom_id once in a message."""
    seen: set[str] = set()
    for number, component in enumerate(components):
        if component.get("type") != ROW and not is_v2:
            form.wrong(f"components.{number}", "UNION_TYPE_CHOICES", "Value of field 'type' must be one of (1,).")
    for number, component in enumerate(iter_components(components)):
        at = f"components.{number}"
        kind = component.get("type")
        if kind == ROW:
            _check_row(form, at, component.get("components") or [])
        elif kind == BUTTON:
            _check_button(form, at, component)
        elif kind in SELECTS:
            _check_select(form, at, component)
        custom_id = component.get("custom_id")
        if custom_id in seen:
            form.wrong(f"{at}.custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
        if custom_id is not None:
            seen.add(custom_id)


def _check_row(form: Form, at: str, inner: list[Json]) -> None:
    form.count(f"{at}.components", inner, 5, least=1)
    if len(inner) > 1 and any(component["type"] in SELECTS for component in inner):
        form.wrong(f"{at}.components", "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The components are too wide for one row")


def _check_button(form: Form, at: str, button: Json) -> None:
    form.text(f"{at}.label", button.get("label"), 80)
    if not (button.get("label") or button.get("emoji")):
        form.wrong(f"{at}.label", "BUTTON_COMPONENT_INVALID", "A button must have a label or emoji")
    if button.get("style") == LINK:
        form.text(f"{at}.url", button.get("url"), 512, least=1)
        if "custom_id" in button:
            form.wrong(at, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "A link button has no custom id")
    else:
        form.text(f"{at}.custom_id", button.get("custom_id"), 100, least=1)


def _check_select(form: Form, at: str, select: Json) -> None:
    form.text(f"{at}.custom_id", select.get("custom_id"), 100, least=1)
    form.text(f"{at}.placeholder", select.get("placeholder"), 150)
    if select["type"] != SELECT:
        return
    values: set[str] = set()
    for index, option in enumerate(form.count(f"{at}.options", select.get("options"), 25, least=1)):
        form.text(f"{at}.options.{index}.label", option.get("label"), 100, least=1)
        form.text(f"{at}.options.{index}.value", option.get("value"), 100, least=1)
        form.text(f"{at}.options.{index}.description", option.get("description"), 100)
        if option.get("value") in values:
            text = "The specified option value is already used"
            form.wrong(f"{at}.options.{index}.value", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", text)
        values.add(option.get("value"))


def check_modal(data: Json) -> None:
    """Refuse a form that could not be shown."""
    form = Form()
    form.text("data.title", data.get("title"), 45, least=1)
    form.text("data.custom_id", data.get("custom_id"), 100, least=1)
    components = form.count("data.components", data.get("components"), 5, least=1)
    for number, component in enumerate(iter_components(components)):
        at = f"data.components.{number}"
        if component.get("type") == TEXT_INPUT:
            form.text(f"{at}.custom_id", component.get("custom_id"), 100, least=1)
            form.text(f"{at}.label", component.get("label"), 45)
            form.text(f"{at}.placeholder", component.get("placeholder"), 100)
            form.text(f"{at}.value", component.get("value"), 4000)
        elif component.get("type") == 18:
            form.text(f"{at}.label", component.get("label"), 45, least=1)
            form.text(f"{at}.description", component.get("description"), 100)
        elif component.get("type") in SELECTS:
            _check_select(form, at, component)
    form.check()


def check_choices(choices: list[Json]) -> None:
    """Refuse suggestions that could not be shown."""
    form = Form()
    for index, choice in enumerate(form.count("data.choices", choices, 25)):
        form.text(f"data.choices.{index}.name", choice.get("name"), 100, least=1)
        if isinstance(choice.get("value"), str):
            form.text(f"data.choices.{index}.value", choice["value"], 100, least=1)
    form.check()
