"""Content codings undone piece by piece, so that a bomb never unfolds.

Owns gzip, deflate, br and zstd (RFC 9110 section 8.4, RFC 8878, RFC 9659). Must never hold more than one piece of
output: the caller counts and stops. One coding at most: in a stack of them the outer ones unfold where no caller
counts. Unknown codings are an error; ``identity`` is nothing; what stands behind the end of the stream is left alone,
and with br an error.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Protocol

import brotli  # type: ignore[import-untyped]  # it ships no types
from backports import zstd

PIECE_BYTES = 65_536
MAX_CODINGS = 1
"""No server of feeds needs more, and each further one multiplies what a small body can unfold to."""
ACCEPT_ENCODING = "gzip, deflate, br, zstd"
_GZIP_MAGIC = b"\x1f\x8b"
_DEFLATE = 8
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
_ZSTD_WINDOW_LOG = 23
"""8 MB: what RFC 9659 demands of a sender, and thereby the most memory that a frame can claim."""


class InflateError(Exception):
    """A body that is not what its Content-Encoding says; ``str()`` is fit to be shown."""


class Inflater(Protocol):
    """One content coding."""

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """Yield what ``data`` adds to the output, at most a few ``PIECE_BYTES`` at a time."""


class _Zlib:
    """gzip with any number of members, or deflate with or without its zlib wrapper."""

    def __init__(self, coding: str) -> None:
        self._coding = coding
        self._engine: zlib._Decompress | None = None
        self._is_begun = False
        self._is_plain = False
        self._is_done = False

    def pieces(self, data: bytes) -> Iterator[bytes]:
        while data and not self._is_plain and not self._is_done:
            engine = self._engine = self._engine or self._open(data)
            if engine is None:
                break
            try:
                piece = engine.decompress(data, PIECE_BYTES)
            except zlib.error:
                raise InflateError(f"the {self._coding} compression of the body is damaged") from None
            yield piece
            data = engine.unconsumed_tail
            if engine.eof:
                data = engine.unused_data
                self._engine = None
                self._is_done = self._coding != "gzip"
            elif not piece and not data:
                return
        if self._is_plain and data:
            yield data

    def _open(self, data: bytes) -> zlib._Decompress | None:
        if self._coding == "gzip":
            # Servers that name gzip and send plain text exist; the magic number knows better.
            # Behind a first member anything else is padding.
            is_member = data.startswith(_GZIP_MAGIC[: len(data)])
            self._is_plain = not is_member and not self._is_begun
            self._is_done = not is_member and self._is_begun
            self._is_begun = True
            return zlib.decompressobj(31) if is_member else None
        # Two header bytes: the method in the low bits, and together a multiple of 31 (RFC 1950).
        is_wrapped = data[0] & 0x0F == _DEFLATE and int.from_bytes(data[:2].ljust(2, b"\x01"), "big") % 31 == 0
        return zlib.decompressobj(15 if is_wrapped else -15)


class _Brotli:
    def __init__(self) -> None:
        self._engine = brotli.Decompressor()

    def pieces(self, data: bytes) -> Iterator[bytes]:
        try:
            # The engine holds output back beyond the limit, also when it would accept more: ask until it has none.
            while not self._engine.is_finished():
                piece = self._engine.process(data, output_buffer_limit=PIECE_BYTES)
                data = b""
                yield piece
                if not piece and self._engine.can_accept_more_data():
                    return
        except brotli.error:
            raise InflateError("the br compression of the body is damaged") from None


class _Zstd:
    def __init__(self) -> None:
        self._engine = self._open()

    def _open(self) -> zstd.ZstdDecompressor:
        return zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _ZSTD_WINDOW_LOG})

    def pieces(self, data: bytes) -> Iterator[bytes]:
        try:
            while True:
                if self._engine.eof:
                    data = self._engine.unused_data + data
                    if not data.startswith(_ZSTD_MAGIC):
                        return
                    self._engine = self._open()
                piece = self._engine.decompress(data, PIECE_BYTES)
                data = b""
                yield piece
                if self._engine.needs_input or (not piece and not self._engine.eof):
                    return
        except zstd.ZstdError:
            raise InflateError("the zstd compression of the body is damaged, or wants too much memory") from None


class _Identity:
    def pieces(self, data: bytes) -> Iterator[bytes]:
        yield data


def open_inflater(content_encoding: str) -> Inflater:
    """Return what undoes a ``Content-Encoding`` header. Raises InflateError for an unknown one or several."""
    names = [name.strip().lower() for name in content_encoding.split(",")]
    names = [name for name in names if name not in {"", "identity", "none"}]
    if len(names) > MAX_CODINGS:
        raise InflateError(f"the body is compressed {len(names)} times over; one content coding is read, not more")
    return _open_coding(names[0]) if names else _Identity()


def _open_coding(name: str) -> Inflater:
    if name in {"gzip", "x-gzip"}:
        return _Zlib("gzip")
    if name == "deflate":
        return _Zlib("deflate")
    if name == "br":
        return _Brotli()
    if name == "zstd":
        return _Zstd()
    raise InflateError(f"the body is compressed as {name[:20]!r}, which is not known here")
