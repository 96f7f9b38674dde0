"""Seeding: documents of a folder become the record that everything later is held against.

Owns finding and reading the files. Deciding is as for any article, with alerts off. A document's identity is its file:
an edited one updates its article, and loading again changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from handlers.jobs.ingest import IngestFailure, IngestPlan, IngestResult, Outcome, ingest_batch
from handlers.jobs.maintain import remember_seeded
from handlers.jobs.progress import Report, SeedProgress, SeedSummary
from handlers.ports import Ports
from news.documents.parse import parse_document
from news.errors import DocumentError
from news.model import Article

SEED_FEED = "seed:"
"""``Article.feed_url`` of documents, within which their path is unique."""

_SUFFIXES = frozenset({".md", ".markdown", ".txt", ".text", ".html", ".htm", ".xhtml"})
_LARGEST_BYTES = 5 * 1024 * 1024
_MOST_FILES = 100_000


def seed_paths(paths: Iterable[Path], ports: Ports, *, report: Report = lambda _: None) -> SeedSummary:
    """Load documents, and those of folders, oldest published first; a bad one fails alone."""
    files, failures = _find_files(paths)
    documents: list[tuple[str, Article]] = []
    for path in files:
        try:
            documents.append((str(path), read_document(path, ports)))
        except DocumentError as error:
            failures.append((str(path), str(error)))
    n_files = len(documents) + len(failures)
    for done, (name, reason) in enumerate(failures, start=1):
        report(SeedProgress(name, reason, done, n_files))
    documents.sort(key=lambda item: item[1].published_at or datetime.max.replace(tzinfo=UTC))
    return _take_in(documents, failures, ports, report)


def seed_store(paths: Iterable[Path], ports: Ports, *, report: Report) -> SeedSummary:
    """Load the seeds of an empty store, and remember that it was done."""
    summary = seed_paths(paths, ports, report=report)
    remember_seeded(ports)
    return summary


def read_document(path: Path, ports: Ports) -> Article:
    """Return the article of a file. Raises DocumentError with the reason."""
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_BYTES + 1)
    except OSError as error:
        raise DocumentError(error.strerror or str(error)) from error
    if len(data) > _LARGEST_BYTES:
        raise DocumentError(f"larger than {_LARGEST_BYTES // 1024 // 1024} MiB; split it")
    article = parse_document(path.name, data, clean_html=ports.feeds.clean_html)
    return replace(article, source_id=str(path.resolve()), feed_url=SEED_FEED)


def _take_in(
    documents: Sequence[tuple[str, Article]], failures: list[tuple[str, str]], ports: Ports, report: Report
) -> SeedSummary:
    plan = IngestPlan(None, "a seed document: what the bot starts from is never posted", is_seed=True)
    outcomes = ingest_batch([article for _, article in documents], ports, plan)
    counts = {"added": 0, "updated": 0, "unchanged": 0}
    n_before, n_files = len(failures), len(documents) + len(failures)
    for done, ((name, _), outcome) in enumerate(zip(documents, outcomes, strict=True), start=n_before + 1):
        word = _outcome_word(outcome)
        if word in counts:
            counts[word] += 1
        else:
            failures.append((name, word))
        report(SeedProgress(name, word, done, n_files))
    return SeedSummary(counts["added"], counts["updated"], counts["unchanged"], tuple(failures))


def _outcome_word(outcome: Outcome) -> str:
    if isinstance(outcome, IngestFailure):
        return outcome.reason
    return _result_word(outcome)


def _result_word(result: IngestResult) -> str:
    if result.decision is None:
        return "unchanged"
    return "added" if result.is_added else "updated"


def _find_files(paths: Iterable[Path]) -> tuple[list[Path], list[tuple[str, str]]]:
    files: dict[Path, None] = {}
    failures: list[tuple[str, str]] = []
    for path in paths:
        if path.is_dir():
            files.update(dict.fromkeys(_iter_folder(path)))
        elif path.exists():
            files[path] = None
        else:
            failures.append((str(path), "no such file or folder"))
    return list(files)[:_MOST_FILES], failures


def _iter_folder(folder: Path) -> Iterator[Path]:
    """Yield the documents of a folder in order of name; hidden files and a README of the folder are none."""
    for path in sorted(folder.rglob("*")):
        is_hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix.lower() in _SUFFIXES and path.is_file() and not is_hidden and path.stem.lower() != "readme":
            yield path
