"""What docs/formats.md shows is what the program makes of the shipped seeds: the picture, and the shape of the JSON."""

from __future__ import annotations

import json
import re
import runpy
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.render.formats import FORMATS
from handlers.registry import iter_commands
from handlers.reply import Reply
from news.decision import FactKind
from news.model import DateBasis, EventKind, Modality, OriginKind, Precision

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
OF_TIMELINES = sorted({"json", *dict(iter_commands())["timeline"].exports})
SCHEMA: dict[str, Any] = json.loads((DOCS / "timeline.schema.json").read_text("utf-8"))
KEYWORDS = {"$ref", "type", "enum", "properties", "required", "items", "format", "pattern", "minimum", "minItems",
            "description", "title", "$schema", "$defs"}  # fmt: skip
TYPES: Mapping[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(DOCS / "pictures" / "draw_timeline.py"))


@pytest.fixture(scope="module")
def reply(script: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Reply:
    found = script["ask"](tmp_path_factory.mktemp("seeds"))
    assert isinstance(found, Reply)
    return found


def find_faults(value: object, schema: Mapping[str, Any], at: str = "") -> Iterator[str]:
    """Yield what a value lacks of a schema; knows the keywords that ours uses, and fails at any other."""
    assert schema.keys() <= KEYWORDS, schema.keys() - KEYWORDS
    if "$ref" in schema:
        yield from find_faults(value, SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")], at)
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is none of {schema['enum']}"
    names = schema.get("type", ())
    types = [TYPES[name] for name in ([names] if isinstance(names, str) else names)]
    is_fitting = bool in types if isinstance(value, bool) else any(isinstance(value, kind) for kind in types)
    if types and not is_fitting:
        yield f"{at}: {value!r} is no {names}"
    match value:
        case dict():
            yield from find_key_faults(value, schema, at)
        case list():
            yield from (f"{at}: is too short" for _ in range(schema.get("minItems", 0) - len(value)))
            for number, item in enumerate(value):
                yield from find_faults(item, schema.get("items", {}), f"{at}/{number}")
        case int() if value < schema.get("minimum", value):
            yield f"{at}: {value} is too small"
        case str():
            yield from find_text_faults(value, schema, at)


def find_key_faults(value: Mapping[str, object], schema: Mapping[str, Any], at: str) -> Iterator[str]:
    yield from (f"{at}: lacks {key}" for key in schema.get("required", ()) if key not in value)
    for key, inner in schema.get("properties", {}).items():
        if key in value:
            yield from find_faults(value[key], inner, f"{at}/{key}")


def find_text_faults(value: str, schema: Mapping[str, Any], at: str) -> Iterator[str]:
    if not re.search(schema.get("pattern", ""), value):
        yield f"{at}: {value!r} does not fit {schema['pattern']}"
    if schema.get("format") == "date":
        date.fromisoformat(value)
    if schema.get("format") == "date-time" and datetime.fromisoformat(value).tzinfo is None:
        yield f"{at}: {value!r} has no offset"


def test_the_picture_is_what_the_program_draws(script: dict[str, Any], reply: Reply) -> None:
    drawn = script["draw"](reply)
    assert drawn == script["PICTURE"].read_text("utf-8"), "run docs/pictures/draw_timeline.py if the change is wanted"


def test_the_json_of_the_seeds_fits_its_schema(reply: Reply) -> None:
    data = json.loads(FORMATS["json"].render(reply, datetime.fromisoformat("2026-03-15T12:00:00+00:00")))
    assert len(data["entries"]) > 20
    assert list(find_faults(data, SCHEMA)) == []
    shown = data["entries"][0]
    assert shown.keys() >= set(SCHEMA["$defs"]["entry"]["required"])
    for key in SCHEMA["$defs"]["entry"]["required"]:
        assert list(find_faults({**data, "entries": [{k: v for k, v in shown.items() if k != key}]}, SCHEMA))
    wrong: list[dict[str, object]] = [{"precision": "exactly"}, {"n_independent": 0}, {"n_independent": True},
                                      {"sentences": []}, {"events": ["7"]}, {"reports": [{}]}]  # fmt: skip
    for change in wrong:
        assert list(find_faults({**data, "entries": [{**shown, **change}]}, SCHEMA)), change


def test_the_schema_knows_all_words_of_ours() -> None:
    """A word that is added to the program is added to the schema."""
    properties = SCHEMA["$defs"]["entry"]["properties"]
    for key, kind in (("precision", Precision), ("basis", DateBasis), ("modality", Modality), ("kind", EventKind)):
        assert properties[key]["enum"] == [member.value for member in kind]
    assert SCHEMA["$defs"]["dispute"]["properties"]["kind"]["enum"] == [kind.value for kind in FactKind]
    assert SCHEMA["$defs"]["origin"]["properties"]["kind"]["enum"] == [kind.value for kind in OriginKind]


def test_the_page_names_every_format_and_column() -> None:
    page = (DOCS / "formats.md").read_text("utf-8")
    assert all(f"`{FORMATS[name].suffix}`" in page for name in OF_TIMELINES)
    header = FORMATS["csv"].render(Reply("x", (), {"topic": "x", "entries": []}), datetime.now().astimezone()).decode()
    assert all(f"`{column}`" in page for column in header.strip().split(","))


@pytest.mark.parametrize("name", OF_TIMELINES)
def test_every_format_holds_every_entry_of_the_seeds(reply: Reply, name: str) -> None:
    """The same entries with the same words in each."""
    payload = FORMATS[name].render(reply, datetime.fromisoformat("2026-03-15T12:00:00+00:00"))
    if FORMATS[name].is_binary:
        assert len(payload) > 100_000
        return
    text = re.sub(r"\r\n |<[^>]*>|\\(?!n)|\n", "", payload.decode().replace("\r\n", "\n").replace("\n ", ""))
    told = [max(map(squeezed, entry["title"].split("…")), key=len)[:25] for entry in reply.data["entries"]]
    n_found = sum(words in squeezed(text) for words in told)
    assert n_found == len(reply.data["entries"])


def squeezed(text: str) -> str:
    return "".join(char for char in text.replace("&quot;", "").replace("&#x27;", "") if char.isalnum())
