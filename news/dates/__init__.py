"""Dates in text: owns finding them and giving them a TIMEX3 value and a span of days.

A text is cut into classed words (``tokens``, with the words of each language), one compiled grammar per language
finds the phrases (``grammar``, ``english``, ``spanish``, ``russian``), builders read them into an intermediate form
(``build``, ``amounts``, ``forms``), and the form is placed in the calendar (``resolve``, ``picking``, ``tense``,
``narrative``, ``values``). In which time an article is told (``narration``, ``clause_tenses``, ``lookback``)
and dates typed by people (``when``) are here too. The package must never look at a clock: the article's date is an
argument.
"""

from news.dates.find import find_dates

__all__ = ["find_dates"]
