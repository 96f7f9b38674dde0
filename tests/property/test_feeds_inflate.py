"""Content codings piece by piece."""

from __future__ import annotations

import gzip
import zlib
from itertools import pairwise

import brotli  # type: ignore[import-untyped]  # it ships no types
import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from feeds.inflate import PIECE_BYTES, InflateError, open_inflater

PACK = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstd.compress}


@given(st.sampled_from(sorted(PACK)), st.binary(max_size=3_000), st.lists(st.integers(0, 3_000), max_size=5))
def test_any_body_in_any_chunks(coding: str, body: bytes, cuts: list[int]) -> None:
    packed = PACK[coding](body * 50)
    borders = [0, *sorted(min(cut, len(packed)) for cut in cuts), len(packed)]
    inflater = open_inflater(coding)
    chunks = [packed[start:end] for start, end in pairwise(borders)]
    assert b"".join(piece for chunk in chunks for piece in inflater.pieces(chunk)) == body * 50


@pytest.mark.parametrize("coding", sorted(PACK))
def test_no_piece_is_large(coding: str) -> None:
    """Whoever counts and stops never holds more than a piece too much."""
    packed = PACK[coding](b"\0" * 5_000_000)
    assert max(len(piece) for piece in open_inflater(coding).pieces(packed)) <= 2 * PIECE_BYTES


@pytest.mark.parametrize("coding", sorted(PACK))
def test_what_follows_the_end_of_the_stream_is_left_alone(coding: str) -> None:
    """Behind the end nothing is inflated or taken for text, in one chunk with it or in the next."""
    packed = PACK[coding](b"body")
    for tail in (b"\0" * 1_000, b"<rss>", packed[:1] + b"\0\0"):
        together, apart = open_inflater(coding), open_inflater(coding)
        assert b"".join([*apart.pieces(packed), *apart.pieces(tail)]) == b"body"
        if coding != "br":
            assert b"".join(together.pieces(packed + tail)) == b"body"
            continue
        with pytest.raises(InflateError, match="damaged"):  # its engine refuses such a chunk as a whole
            list(together.pieces(packed + tail))


def test_gzip_members_at_any_border() -> None:
    packed = gzip.compress(b"one") + gzip.compress(b"two")
    for border in range(1, len(packed)):
        inflater = open_inflater("gzip")
        assert b"".join([*inflater.pieces(packed[:border]), *inflater.pieces(packed[border:])]) == b"onetwo"


def test_a_zstd_frame_that_claims_a_huge_window_is_refused() -> None:
    """RFC 9659: eight megabytes at most, or a frame of a few bytes could claim 128."""
    options: dict[int, int] = {
        zstd.CompressionParameter.window_log: 26,
        zstd.CompressionParameter.enable_long_distance_matching: 1,
    }
    packer = zstd.ZstdCompressor(options=options)
    packed = packer.compress(b"x" * 100_000) + packer.flush()
    with pytest.raises(InflateError, match="memory"):
        list(open_inflater("zstd").pieces(packed))


def test_absurd_codings_are_refused() -> None:
    for stack in ("gzip, gzip, gzip, gzip", "gzip, br", "identity, br,zstd"):
        with pytest.raises(InflateError, match="times over; one content coding is read"):
            open_inflater(stack)
    with pytest.raises(InflateError, match="compress"):
        open_inflater("compress")
    assert b"".join(open_inflater("").pieces(b"as it is")) == b"as it is"
