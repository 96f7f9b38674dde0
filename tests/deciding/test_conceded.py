"""Whose word a sentence concedes is no origin of what it tells."""

from __future__ import annotations

import pytest

from benchmarks.novelty import article_of
from news.reading import read


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Четверо горняков погибли, хотя власти объявили, что все живы, заявил профсоюз горняков.",
            "профсоюз горняков",
        ),
        (
            "Cuatro mineros siguen bajo tierra, aunque el gobierno dijo que no, aseguró el sindicato minero.",
            "sindicato minero",
        ),
        ("Four miners were killed, although the ministry said that all had come out alive, the union said.", "union"),
    ],
)
def test_who_is_conceded_does_not_speak(text: str, name: str) -> None:
    row = {"id": "", "outlet": "Ledger", "published": "2026-03-04T08:00:00Z", "title": "", "text": text}
    (report, *_) = read(article_of(row)).reports
    assert report.origin is not None
    assert report.origin.name == name
