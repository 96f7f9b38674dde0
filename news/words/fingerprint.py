"""Sketches of texts: how much of one text stands in another, without keeping or comparing the texts.

Owns the shingling, the hash, the written form of a signature and the choice of the hashes that an index keeps. Must
never change any of them without a new ``SIGNATURE_VERSION``: signatures are stored in databases and in seed documents.

The sketch is a FracMinHash (Irber et al. 2022, "Lightweight compositional analysis of metagenomes with FracMinHash and
minimum metagenome covers"): all hashes of word shingles below a fraction of the hash space. Unlike a MinHash of fixed
size (Broder 1997) it estimates containment for texts of very different lengths, so that a first third is found in its
whole, and an article within a page full of comments. The fraction is a power of two that follows from the number of
shingles alone; two sketches are compared below the smaller of their two cut-offs.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from bisect import bisect_left
from itertools import islice, pairwise
from operator import add

from news.errors import DocumentError
from news.memo import WordMemo
from news.model import Signature

SIGNATURE_VERSION = 1
"""Goes up whenever the same text would give other hashes."""

SHINGLE_WORDS = 3
"""Words in a shingle.

Measured on whole sets of shingles, at the threshold that takes 0.5 % of other articles on one event for copies: copies
with 10 % of their words edited are found in .999, .999 and .996 of cases with 2, 3 and 4 words, their first thirds in
.990, .973 and .935. Pairs of words are too common to be looked up in an index.
"""

N_LOOKUP = 28
"""Hashes of an article that an index keeps: a first third of it shares about nine of them, a first tenth three."""

_MAX_KEPT = 160
_HASH_BITS = 48
_HASH_BYTES = _HASH_BITS // 8
_WORD_MASK = (1 << 64) - 1
_MULTIPLIERS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
_MAX_WORDS = 50_000
# Scripts without spaces would give one "word" a clause; there each character counts as a word. Plain letters go by a
# bitmap.
_WORDS = re.compile(
    r"[a-z0-9]+[^\W_\u3040-\u30ff\u3400-\u9fff]*|[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+"
)
_BLANKS = {code: " " for code in range(128) if not chr(code).isalnum()}


def _list_words(text: str) -> list[str]:
    """Return the words of a case-folded text in order; those of plain letters need no pattern."""
    return text.translate(_BLANKS).split() if text.isascii() else _WORDS.findall(text)


def _hash_word(word: str) -> tuple[int, int, int]:
    """Return the word's share of a shingle's hash at its first, second and third place."""
    digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    number = int.from_bytes(digest, "little")
    first, second, third = _MULTIPLIERS
    return number * first & _WORD_MASK, number * second & _WORD_MASK, number * third & _WORD_MASK


_hashes_of = WordMemo(_hash_word)


def _cutoff(n_shingles: int) -> int:
    """Return the hash below which a text of so many shingles keeps all."""
    bits = _HASH_BITS
    while n_shingles > _MAX_KEPT:
        n_shingles >>= 1
        bits -= 1
    return 1 << bits


def sign(text: str) -> Signature:
    """Return the sketch of a text, from its case-folded words in order; punctuation and layout do not count.

    The same text gives the same sketch in every Python and on every machine. Texts of up to 160 shingles keep all their
    hashes, longer ones 80 to 160. Only the first 50,000 words count.

    Known failure: texts of fewer than three words have no shingle and resemble nothing; compare them as strings.
    """
    words = _list_words(text.casefold())[:_MAX_WORDS]
    first, second, third = zip(*[_hashes_of[word] for word in words], strict=True) if words else ((), (), ())
    shift = 64 - _HASH_BITS
    sums = map(add, map(add, first, islice(second, 1, None)), islice(third, 2, None))
    hashes = {(number & _WORD_MASK) >> shift for number in sums}
    cutoff = _cutoff(len(hashes))
    return Signature(SIGNATURE_VERSION, len(hashes), tuple(sorted([value for value in hashes if value < cutoff])))


def _below(signature: Signature, cutoff: int) -> tuple[int, ...]:
    return signature.hashes[: bisect_left(signature.hashes, cutoff)]


def count_shared(part: Signature, whole: Signature) -> tuple[int, int]:
    """Return how many of the part's comparable hashes the whole has, and how many are comparable.

    Both are 0 when the versions differ. The second number says how far the share of the two can be trusted.
    """
    if part.version != whole.version:
        return 0, 0
    cutoff = min(_cutoff(part.n_shingles), _cutoff(whole.n_shingles))
    ours = _below(part, cutoff)
    return len(set(ours).intersection(_below(whole, cutoff))), len(ours)


def containment(part: Signature, whole: Signature) -> float:
    """Return the share of the part's shingles that the whole has, 0 to 1, estimated from the sketches.

    The standard error is about ``sqrt(c * (1 - c) / n)`` with n the comparable hashes: 0.05 for two articles of 400
    words. Signatures of different versions, and empty ones, give 0.
    """
    n_shared, n_comparable = count_shared(part, whole)
    return n_shared / n_comparable if n_comparable else 0.0


def resemblance(one: Signature, other: Signature) -> float:
    """Return the larger containment of the two ways round: 1 where one text stands wholly in the other."""
    return max(containment(one, other), containment(other, one))


def lookup_hashes(signature: Signature) -> tuple[int, ...]:
    """Return the hashes by which an index finds similar articles: the smallest ``N_LOOKUP``, below 2 ** 48.

    The smallest of a whole are among the smallest of each of its parts that has them, so parts and wholes meet. A text
    that shares less than a tenth of its shingles with another is usually not found.
    """
    return signature.hashes[:N_LOOKUP]


def encode(signature: Signature) -> str:
    """Return the signature on one line: ``version:n_shingles:base64`` of 6-byte little-endian hashes."""
    body = b"".join(value.to_bytes(_HASH_BYTES, "little") for value in signature.hashes)
    return f"{signature.version}:{signature.n_shingles}:{base64.b64encode(body).decode('ascii')}"


def _refuse(reason: str) -> DocumentError:
    return DocumentError(f"fingerprint: {reason}; delete the line to have it made again")


def _decode_numbers(version: str, n_shingles: str) -> tuple[int, int]:
    if not (version.isascii() and version.isdigit() and n_shingles.isascii() and n_shingles.isdigit()):
        raise _refuse("version and count must be whole numbers")
    if len(version) > len(n_shingles) + 9 or len(n_shingles) > len(str(_MAX_WORDS)):
        raise _refuse("the count is out of range")
    if int(version) != SIGNATURE_VERSION:
        raise _refuse(f"version {version[:9]} is unknown here, {SIGNATURE_VERSION} is known")
    return int(version), int(n_shingles)


def _decode_hashes(body: str) -> tuple[int, ...]:
    try:
        raw = base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _refuse("the hashes are not base64") from error
    if len(raw) % _HASH_BYTES:
        raise _refuse("the hashes are cut off")
    starts = range(0, len(raw), _HASH_BYTES)
    return tuple(int.from_bytes(raw[start : start + _HASH_BYTES], "little") for start in starts)


def decode(text: str) -> Signature:
    """Read what ``encode`` wrote.

    Raises:
        DocumentError: anything else, also a signature of another version, of hashes out of order, or of a number of
            hashes that cannot belong to that number of shingles.
    """
    fields = text.strip().split(":")
    if len(fields) != 3:  # noqa: PLR2004 - the three fields of the form above
        raise _refuse("expected version:count:hashes")
    version, n_shingles = _decode_numbers(fields[0], fields[1])
    hashes = _decode_hashes(fields[2])
    if any(first >= second for first, second in pairwise(hashes)):
        raise _refuse("the hashes are not in order")
    cutoff = _cutoff(n_shingles)
    is_whole = n_shingles <= _MAX_KEPT
    if len(hashes) > n_shingles or (is_whole and len(hashes) != n_shingles) or (hashes and hashes[-1] >= cutoff):
        raise _refuse("the hashes do not fit the count")
    return Signature(version, n_shingles, hashes)
