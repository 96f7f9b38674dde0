"""Files of rows for ``ingest``: whatever is wrong with one, the person hears which."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.programs.ingest import open_lines
from handlers.jobs.rows import parse_row
from news.errors import DocumentError

NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)


@pytest.mark.parametrize("broken", ["bits", "end", "checksum"])
def test_a_corrupt_gzip_file_is_named(tmp_path: Path, broken: str) -> None:
    """Whatever is wrong inside, the person hears which file it was, and the rows before are handed on."""
    data = bytearray(gzip.compress(b"".join(f'{{"n": {n * n}}}\n'.encode() for n in range(20_000))))
    if broken == "bits":
        data[len(data) // 2 : len(data) // 2 + 60] = b"\xff" * 60
    elif broken == "end":
        del data[-len(data) // 3 :]
    else:
        data[-8:-4] = b"\x00" * 4
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(data)
    seen: list[bytes] = []
    with open_lines(str(path)) as lines, pytest.raises(DocumentError, match=r"rows\.jsonl\.gz is a broken gzip file"):
        seen.extend(lines)
    assert seen[:2] == [b'{"n": 0}\n', b'{"n": 1}\n']


def test_a_file_that_is_not_there_is_named_as_it_was_typed(tmp_path: Path) -> None:
    name = str(tmp_path / "nofile")
    with pytest.raises(DocumentError, match=f"the file {name} cannot be read"), open_lines(name):
        pass


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK\x03\x04 a zip archive", "rows.jsonl.gz is no gzip file"),
        ("Una crónica sin comprimir".encode(), "rows.jsonl.gz is no gzip file"),
        (b"", "rows.jsonl.gz holds nothing"),
    ],
)
def test_what_is_called_gzip_and_is_none_is_named(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(data)
    with pytest.raises(DocumentError, match=says), open_lines(str(path)):
        pass


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf", b"\n "])
def test_rows_that_were_unpacked_under_their_old_name_are_read(tmp_path: Path, mark: bytes) -> None:
    """Browsers unpack what they load and leave the name."""
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(mark + b'{"text": "A ferry sank"}')
    with open_lines(str(path)) as lines:
        assert b"".join(lines).endswith(b"}")


@pytest.mark.parametrize(
    ("moment", "says"),
    [
        ("1890-05-01", "before 1900"),
        ("1899-12-31T23:59:59Z", "before 1900"),
        ("0001-01-01T00:00:00+14:00", "before 1900"),
        ("1970-01-01T00:00:00Z", "that know no date"),
        ("1969-12-31T19:00:00-05:00", "that know no date"),
        ("2094-05-01T08:00:00Z", "still ahead"),
        ("9999-12-31T23:59:59-14:00", "still ahead"),
        ("2026-03-17", "still ahead"),
        ("2026-03-16T10:00:00+14:00", ""),
        ("1970-01-02", ""),
        ("1969-07-21T03:00:00Z", ""),
        ("1912-04-16", ""),
        ("1900-01-01", ""),
        ("1991-08-19T06:00:00", ""),
    ],
)
def test_a_date_at_which_nothing_can_have_been_published_makes_a_bad_row(moment: str, says: str) -> None:
    """What a feed's date is not believed for is said to who hands over a row; zones may be wrong by a day."""
    row = json.dumps({"outlet": "La Voz", "title": "Se hunde un ferry", "published_at": moment})
    if says:
        with pytest.raises(DocumentError, match=says):
            parse_row(row, clean_html=str, now=NOW)
    else:
        assert parse_row(row, clean_html=str, now=NOW).published_at == datetime.fromisoformat(moment).replace(
            tzinfo=datetime.fromisoformat(moment).tzinfo or UTC
        )


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (1741600000, r'"published_at" is a number \(1741600000\), where a string with ISO 8601 like "2019-03-23T14'),
        (1741600000.5, r'"published_at" is a number \(1741600000.5\)'),
        (True, r'"published_at" is true or false \(true\)'),
        (["2026-03-10"], r'"published_at" is a list \(\["2026-03-10"\]\)'),
        ({"date": "2026-03-10"}, r'"published_at" is an object'),
    ],
)
def test_a_date_of_another_type_is_said_with_its_key_and_what_is_needed(value: object, says: str) -> None:
    """Seconds since 1970 are refused rather than guessed: some count milliseconds. The caller adds the row's number."""
    row = json.dumps({"outlet": "La Voz", "title": "Se hunde un ferry", "published_at": value})
    with pytest.raises(DocumentError, match=says):
        parse_row(row, clean_html=str, now=NOW)


@pytest.mark.parametrize(("key", "value"), [("title", ["A"]), ("text", 5), ("outlet", {"name": "La Voz"}), ("id", 4.5)])
def test_any_key_of_another_type_is_said(key: str, value: object) -> None:
    row = json.dumps({"outlet": "La Voz", "title": "Se hunde un ferry"} | {key: value})
    with pytest.raises(DocumentError, match=rf'"{key}" is (?:a|an) \w+ \(.*\), where a string'):
        parse_row(row, clean_html=str, now=NOW)


def test_a_misspelt_date_is_refused_whatever_its_type() -> None:
    row = json.dumps({"outlet": "La Voz", "title": "Se hunde un ferry", "published": 1741600000})
    with pytest.raises(DocumentError, match='has "published" and no "published_at"'):
        parse_row(row, clean_html=str, now=NOW)


@pytest.mark.parametrize(
    ("key", "is_refused"), [("publishd", True), ("published", True), ("link", False), ("section", False)]
)
def test_a_misspelt_key_makes_a_bad_row(key: str, *, is_refused: bool) -> None:
    """A date that is taken in under no name makes another article of it; keys of other programs are passed over."""
    row = json.dumps({"outlet": "Gazette", "title": "Ferry sinks off Tavna", key: "2026-03-08"})
    if is_refused:
        with pytest.raises(DocumentError, match=f'"{key}" and no "published_at"'):
            parse_row(row, clean_html=str, now=NOW)
    else:
        assert parse_row(row, clean_html=str, now=NOW).title == "Ferry sinks off Tavna"
