"""Slack's published limits on text, blocks, metadata and views; refuses in Slack's words.

Source: the Block Kit reference and the pages of chat.postMessage and views.open in Slack's documentation. The total of
13,000 characters is not documented; people report msg_blocks_too_long from about there on.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.doubles.slack.errors import Json, SlackError
from tests.doubles.slack.world import iter_elements

MOST_BLOCKS, MOST_VIEW_BLOCKS, MOST_CHARACTERS, MOST_TEXT = 50, 100, 13_000, 40_000
MOST_VIEW_BYTES, MOST_PRIVATE_METADATA = 250_000, 3_000
MENUS = {"static_select", "external_select", "users_select", "conversations_select", "channels_select"}
MULTI_MENUS = {f"multi_{it}" for it in MENUS}
PICKERS = {"datepicker", "timepicker", "datetimepicker"}
CHOICES = {"checkboxes", "radio_buttons", "overflow"}
IN_ACTIONS = {"button", *MENUS, *MULTI_MENUS, *PICKERS, *CHOICES}
IN_INPUT = {"plain_text_input", "email_text_input", "url_text_input", "number_input", *IN_ACTIONS} - {
    "button",
    "overflow",
}


class _InvalidError(Exception):
    pass


def _need(condition: object, what: str) -> None:
    if not condition:
        raise _InvalidError(what)


def _text(value: Any, most: int, where: str, kinds: tuple[str, ...] = ("plain_text", "mrkdwn")) -> None:  # noqa: ANN401
    _need(isinstance(value, dict), f"missing text object [json-pointer:{where}]")
    _need(value.get("type") in kinds, f"unsupported type: {value.get('type')} [json-pointer:{where}/type]")
    _need(not set(value) - {"type", "text", "emoji", "verbatim"}, f"additional properties [json-pointer:{where}]")
    _need(
        isinstance(value.get("text"), str) and value["text"], f"must be more than 0 characters [json-pointer:{where}]"
    )
    _need(len(value["text"]) <= most, f"must be less than {most + 1} characters [json-pointer:{where}/text]")


PLAIN = ("plain_text",)


def _section(block: Json, at: str) -> None:
    _need("text" in block or block.get("fields"), f"missing text or fields [json-pointer:{at}]")
    if "text" in block:
        _text(block["text"], 3000, f"{at}/text")
    fields = block.get("fields") or []
    _need(len(fields) <= 10, f"no more than 10 items allowed [json-pointer:{at}/fields]")
    for number, it in enumerate(fields):
        _text(it, 2000, f"{at}/fields/{number}")
    if "accessory" in block:
        _element(block["accessory"], IN_ACTIONS | {"image"}, f"{at}/accessory")


def _header(block: Json, at: str) -> None:
    _text(block.get("text"), 150, f"{at}/text", PLAIN)


def _context(block: Json, at: str) -> None:
    elements = block.get("elements") or []
    _need(1 <= len(elements) <= 10, f"1 to 10 items allowed [json-pointer:{at}/elements]")
    for number, it in enumerate(elements):
        where = f"{at}/elements/{number}"
        _image(it, where) if it.get("type") == "image" else _text(it, 2000, where)


def _actions(block: Json, at: str) -> None:
    elements = block.get("elements") or []
    _need(1 <= len(elements) <= 25, f"1 to 25 items allowed [json-pointer:{at}/elements]")
    for number, it in enumerate(elements):
        _element(it, IN_ACTIONS, f"{at}/elements/{number}")


def _image(block: Json, at: str) -> None:
    _need(block.get("image_url") or block.get("slack_file"), f"missing image_url [json-pointer:{at}]")
    _need(len(block.get("image_url") or "") <= 3000, f"too long [json-pointer:{at}/image_url]")
    alt = block.get("alt_text")
    _need(isinstance(alt, str) and 0 < len(alt) <= 2000, f"missing or long alt_text [json-pointer:{at}/alt_text]")
    if "title" in block:
        _text(block["title"], 2000, f"{at}/title", PLAIN)


def _input(block: Json, at: str) -> None:
    _text(block.get("label"), 2000, f"{at}/label", PLAIN)
    if "hint" in block:
        _text(block["hint"], 2000, f"{at}/hint", PLAIN)
    _element(block.get("element") or {}, IN_INPUT, f"{at}/element")


def _markdown(block: Json, at: str) -> None:
    text = block.get("text")
    _need(isinstance(text, str) and 0 < len(text) <= 12_000, f"1 to 12000 characters [json-pointer:{at}/text]")


def _rich_text(block: Json, at: str) -> None:
    _need(isinstance(block.get("elements"), list), f"missing elements [json-pointer:{at}/elements]")


def _divider(block: Json, at: str) -> None:
    _need(not set(block) - {"type", "block_id"}, f"additional properties [json-pointer:{at}]")


CHECKS: dict[str, Callable[[Json, str], None]] = {
    "section": _section,
    "header": _header,
    "context": _context,
    "actions": _actions,
    "image": _image,
    "input": _input,
    "markdown": _markdown,
    "rich_text": _rich_text,
    "divider": _divider,
}


def _element(element: Json, allowed: set[str], at: str) -> None:
    kind = element.get("type")
    _need(kind in allowed, f"unsupported type: {kind} [json-pointer:{at}/type]")
    if kind == "image":
        _image(element, at)
        return
    _need(len(element.get("action_id") or "") <= 255, f"must be less than 256 characters [json-pointer:{at}/action_id]")
    if kind == "button":
        _text(element.get("text"), 75, f"{at}/text", PLAIN)
        _need(len(element.get("value") or "") <= 2000, f"must be less than 2001 characters [json-pointer:{at}/value]")
        _need(len(element.get("url") or "") <= 3000, f"must be less than 3001 characters [json-pointer:{at}/url]")
        _need(element.get("style") in {None, "primary", "danger"}, f"unknown style [json-pointer:{at}/style]")
    if "placeholder" in element:
        _text(element["placeholder"], 150, f"{at}/placeholder", PLAIN)
    if "confirm" in element:
        _confirm(element["confirm"], f"{at}/confirm")
    if kind in {"static_select", "multi_static_select", *CHOICES}:
        _options(element, at)


def _confirm(confirm: Json, at: str) -> None:
    _text(confirm.get("title"), 100, f"{at}/title", PLAIN)
    _text(confirm.get("text"), 300, f"{at}/text")
    for name in ("confirm", "deny"):
        if name in confirm:
            _text(confirm[name], 30, f"{at}/{name}", PLAIN)


def _options(element: Json, at: str) -> None:
    groups = element.get("option_groups") or []
    options = [it for group in groups for it in group["options"]] if groups else element.get("options") or []
    most = {"overflow": 5, "checkboxes": 10, "radio_buttons": 10}.get(element["type"], 100)
    _need(1 <= len(options) <= most, f"1 to {most} items allowed [json-pointer:{at}/options]")
    for number, it in enumerate(options):
        _text(it.get("text"), 75, f"{at}/options/{number}/text")
        value = it.get("value")
        _need(isinstance(value, str) and 0 < len(value) <= 150, f"bad value [json-pointer:{at}/options/{number}/value]")


def _check_list(blocks: Any, most: int, at: str) -> None:  # noqa: ANN401 - what a client sent
    _need(isinstance(blocks, list), f"must be a list [json-pointer:{at}]")
    _need(len(blocks) <= most, f"no more than {most} items allowed [json-pointer:{at}]")
    names: list[str] = []
    for number, block in enumerate(blocks):
        where = f"{at}/{number}"
        _need(isinstance(block, dict), f"must be an object [json-pointer:{where}]")
        check = CHECKS.get(str(block.get("type")))
        _need(check, f"unsupported type: {block.get('type')} [json-pointer:{where}/type]")
        _need(
            len(block.get("block_id") or "") <= 255, f"must be less than 256 characters [json-pointer:{where}/block_id]"
        )
        names += [block["block_id"]] if block.get("block_id") else []
        if check:
            check(block, where)
        ids = [it["action_id"] for it in block.get("elements") or [] if isinstance(it, dict) and it.get("action_id")]
        _need(len(ids) == len(set(ids)), f"`action_id` already exists [json-pointer:{where}/elements]")
    _need(len(names) == len(set(names)), f"`block_id` already exists [json-pointer:{at}]")


def count_characters(blocks: list[Json]) -> int:
    """Return the characters of all texts in blocks, what the total limit is measured on here."""
    return sum(len(it["text"]) for it in iter_elements(blocks) if isinstance(it.get("text"), str))


def check_message(body: Json) -> None:
    """Refuse text, blocks or metadata that Slack would not take."""
    blocks = body.get("blocks")
    if blocks:
        try:
            _check_list(blocks, MOST_BLOCKS, "/blocks")
        except _InvalidError as error:
            raise SlackError("invalid_blocks", str(error)) from None
        if any(block["type"] == "input" for block in blocks):
            raise SlackError("invalid_blocks", "unsupported type: input [json-pointer:/blocks]")
        if count_characters(blocks) > MOST_CHARACTERS:
            raise SlackError("msg_blocks_too_long")
    if not blocks and not body.get("text") and not body.get("attachments") and not body.get("markdown_text"):
        raise SlackError("no_text")
    if len(body.get("text") or "") > MOST_TEXT:
        raise SlackError("msg_too_long")
    if len(body.get("markdown_text") or "") > 12_000:
        raise SlackError("msg_too_long")
    _check_metadata(body.get("metadata"))


def _check_metadata(metadata: Any) -> None:  # noqa: ANN401 - what a client sent
    if metadata is None or metadata == {}:  # an empty one takes it away in chat.update
        return
    if not isinstance(metadata, dict):
        raise SlackError("invalid_metadata_format")
    if not isinstance(metadata.get("event_type"), str) or not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_schema", "event_type and event_payload are required")
    if len(json.dumps(metadata)) > 16_000:
        raise SlackError("metadata_too_large")


def check_view(view: Any, kind: str) -> None:  # noqa: ANN401 - what a client sent
    """Refuse a view that Slack would not show."""
    try:
        _need(isinstance(view, dict), "must be an object [json-pointer:/view]")
        _need(view.get("type") == kind, f"unsupported type: {view.get('type')} [json-pointer:/type]")
        _check_list(view.get("blocks"), MOST_VIEW_BLOCKS, "/blocks")
        if kind == "modal":
            _check_modal(view)
        _need(
            len(view.get("private_metadata") or "") <= MOST_PRIVATE_METADATA,
            "too long [json-pointer:/private_metadata]",
        )
        _need(len(view.get("callback_id") or "") <= 255, "too long [json-pointer:/callback_id]")
    except _InvalidError as error:
        raise SlackError("invalid_arguments", str(error)) from None
    if len(json.dumps(view).encode()) > MOST_VIEW_BYTES:
        raise SlackError("view_too_large")


def _check_modal(view: Json) -> None:
    _text(view.get("title"), 24, "/title", PLAIN)
    for name in ("submit", "close"):
        if name in view:
            _text(view[name], 24, f"/{name}", PLAIN)
    if any(it["type"] == "input" for it in view["blocks"]):
        _need("submit" in view, "missing required field: submit [json-pointer:/submit]")
