"""Shares of votes that only seem to contradict: of two counts under way, of two polls, or of two candidates.

Owns that question, in English, Spanish and Russian. Must never compare the shares themselves.
"""

from __future__ import annotations

import re

from news.disputes.frames.ties import open_article
from news.model import Article
from news.reports.tellings import tell
from news.words.meanings import GLOSSED
from news.words.small_letters import small
from news.words.vocabulary import language_of

__all__ = ["are_two_counts", "are_two_stages", "tells_share"]

_FRONT = 4
"""Headline and sentences that tell what an article is on."""
_COUNTED = small(
    r"\b(\d{1,3}(?:\.\d+)?) ?(?:percent|per cent|%) (?:of (?:the )?(?:ballots?|votes?|precincts|(?:polling )?stations|"
    r"returns|results|tally|sheets|acts) )?(?:(?:ha[ds]|have) been |were |was |being )?(?:counted|tallied|processed|"
    r"declared|reporting|in\b)"
    r"|\b(?:con|al|tras|escrutad[oa]s?) (?:el |un )?(\d{1,3}(?:[.,]\d+)?) ?(?:%|por ciento) (?:de (?:los |las )?)?"
    r"(?:votos |actas |mesas |sufragios )?(?:escrutad|escrutinio|contabilizad|procesad|computad|contad|actas|mesas)"
    r"|\b(\d{1,3}(?:[.,]\d+)?) ?(?:%|por ciento) de las (?:actas|mesas)\b"
    r"|\b(?:обработ|подсч|подсчит)[а-яё]+ (\d{1,3}(?:[.,]\d+)?) ?(?:%|процент)"
    r"|\b(\d{1,3}(?:[.,]\d+)?) ?(?:%|процент\w*) (?:протоколов|бюллетеней)"
)
_ALL = small(
    r"\b(?:all|every) (?:the )?(?:ballots?|votes?|precincts|polling stations)\b[^.;]{0,20}\b(?:counted|in|tallied)\b"
    r"|\b(?:escrutad[oa]s? (?:el 100|tod[oa]s)|escrutinio (?:completo|total|definitivo)|todas las (?:actas|mesas))\b"
    r"|\b(?:обработа|подсчита)[а-яё]+ (?:все|100)\b|\bвсе (?:бюллетени|протоколы) (?:обработ|подсчит)"
    r"|\bfinal (?:results?|counts?|tall(?:y|ies)|returns)\b|\btotal de las (?:actas|mesas)\b"
    r"|\bresultados? (?:definitiv|final|oficial)\w*|\bокончательн\w+ (?:результат|итог|данны)\w*"
)
_POLL = small(
    r"\b(?:polls?|surveys?|pollster|polling (?:firm|institute|company))\b(?! station)"
    r"|\b(?:encuestas?|sondeos?|encuestadoras?|опрос\w{0,3}|экзитпол\w{0,3}|экзит-пол\w{0,3}|социолог\w{1,3})\b"
)
_FORECAST = small(
    r"\b(?:exit polls?|opinion (?:polls?|surveys?)|surveys? of voters|pollsters?|"
    r"polls? (?:by|of|for|from|published|showed|shows|put|puts|gives)|"
    r"polling (?:firm|institute|company)|projections?)\b|"
    r"\b(?:encuesta(?:dora)?s?|sondeos?|boca de urna|intención de voto|proyecci(?:ón|ones))\b|"
    r"\b(?:экзит-?пол|опрос|социолог)\w*"
)
_VOTE = small(
    r"\b(?:polls?|surveys?|vot(?:e|es|ed|ers)|ballots?|elections?|run-?off|race|referendum|candidates?|presidency|"
    r"leads?|led|ahead)\b"
    r"|\b(?:encuestas?|sondeos?|vot(?:o|os|ó|aron|ación|antes)|elecci\w+|comicios|balotaje|segunda vuelta|candidat\w+|"
    r"presidencia|lidera|encabeza|sufragios)\b"
    r"|\b(?:опрос\w*|голос\w*|выбор\w*|референдум\w*|кандидат\w*|лидиру\w+|избирател\w+|экзитпол\w*)\b"
)
_ELECTION = small(
    r"\b(?:vot(?:e|es|ed|ers|ing)|ballots?|elections?|electoral|run-?off|referendum)\b"
    r"|\b(?:elecci(?:ón|ones)|electoral|comicios|balotaje|votos?|votación|sufragios|actas|mesas|urna)\b"
    r"|\b(?:выбор(?:ы|ов|ах)|голос(?:ов|а|ование|ования)|голосовал\w*|избирател\w+|бюллетен\w+|протоколов|экзит-?пол\w*)\b"
)
_SHARE = small(r"\d ?(?:percent|per cent|%|points?|por ciento|puntos|процент\w*)|\bpercent\b")
_NAME = re.compile(r"[A-ZÀ-Þ][\w'’-]+(?: (?:de |del |la |van |von )?[A-ZÀ-Þ][\w'’-]+){0,2}")


def are_two_counts(here: str, there: str) -> bool:
    """Return whether two sentences give shares of two stages of one count, of two polls, or of two candidates."""
    ours, theirs = here.casefold(), there.casefold()
    if not (_SHARE.search(ours) and _SHARE.search(theirs) and _VOTE.search(ours) and _VOTE.search(theirs)):
        return False
    stages = _stage(ours), _stage(theirs)
    is_abroad = language_of(here) in GLOSSED
    is_of_two = stages[0] != stages[1] and (all(stages) or not is_abroad)
    if is_of_two or (_POLL.search(ours) and _POLL.search(theirs)):
        return True
    if is_abroad:
        return False  # a capital that opens such a sentence is seldom that of a candidate
    leads = _leading(here), _leading(there)
    return bool(leads[0] and leads[1]) and leads[0] != leads[1]


def tells_share(quote: str) -> bool:
    """Return whether a sentence tells a share."""
    return _SHARE.search(quote.casefold()) is not None


def are_two_stages(here: Article, there: Article) -> bool:
    """Return whether two articles open with an election, one with a forecast, or the later one with more counted."""
    ours, theirs = _front_of(here), _front_of(there)
    if not (_ELECTION.search(ours) and _ELECTION.search(theirs)):
        return False
    is_forecast = _FORECAST.search(ours) is not None
    if is_forecast is not (_FORECAST.search(theirs) is not None):
        return True
    counted, before = _counted(_stage(ours)), _counted(_stage(theirs))
    return before is not None and counted is not None and counted > before


def _counted(stage: str) -> float | None:
    return float(stage.replace(",", ".")) if stage else None


def _front_of(article: Article) -> str:
    return " ".join(open_article(article).sentences[:_FRONT]).casefold()


def _stage(text: str) -> str:
    """Return how much was counted when a share was told: "81"; "" where nothing says so."""
    if _ALL.search(text):
        return "100"
    found = _COUNTED.search(text)
    return next(filter(None, found.groups()), "") if found else ""


def _leading(quote: str) -> str:
    """Return the last word of the first name that a sentence tells of, in small letters."""
    found = _NAME.search(tell(quote).core)
    return found.group().split()[-1].casefold() if found else ""
