"""Tells whether the clause around a date speaks of what was or of what will be.

The cue nearest before the date decides, else the nearest after it, within the sentence: "will meet on Tuesday,
officials said on Monday" gives the future for Tuesday and the past for Monday. It is a reading of surface words and
can be wrong where the verb is far away or has no ending that tells ("they met to sign on Friday").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Final


class Tense(Enum):
    """Which way a clause looks."""

    PAST = "past"
    FUTURE = "future"
    NONE = "none"


_REACH: Final = 240
"""Characters to each side; a longer clause has other dates in it."""

# It begins with a set of characters, over which the search runs without trying the rest at each letter.
_END: Final = re.compile(
    r"[!?;\n.](?<![A-Z]\.)(?<!\b[A-Z][a-z]\.)(?<!\b[A-Z][a-z]{2}\.)(?<!Sept\.)(?:(?<!\.)|(?=[\s\"”’']))"
)

_INFINITIVE: Final = re.compile(r"\bto (?!the|an?|his|her|its|their)[a-z]{2,}\b")
"""Without any verb before it a "to" is a headline's future: "Leaders to meet on Friday"."""

_PLANS: Final = "planned scheduled expected due set slated"
_MOVED: Final = (
    r"(?:put (?:off|back)|postpon(?:ed|es)|mov(?:ed|es)|delay(?:ed|s)|adjourned|deferred|pushed back|rescheduled)"
    r"(?: [\w'’-]+){0,8}? (?:to|till)(?= (?:[A-Z][a-z]+day,? )?(?:the )?\Z)"
)
_FUTURE: Final = (
    r"(?:will|would|must|should|may|might|to)(?: [a-z]+)? be [a-z]+",
    r"will|won['’]t|shall|['’]ll|would|must|can|may(?! \d)|might|should|going to",
    r"(?:is|are|was|were|been) (?:expected|scheduled|due|set|slated|likely|planned|supposed|poised|to)",
    r"(?:scheduled|slated|due|planned) (?:for|to|on|in|by)|set (?:for|to|by)",
    r"(?:plan|plans|planned|planning|expect|expects|hope|hopes|aim|aims|want|wants|intend|intends) to",
    r"(?:agreed|vowed|promised|needs?|has|have|ready) to",
    r"(?:planned|scheduled|postponed|called|set) (?:an?|the|until|through|for)",
    r"(?:announced?|declared|plans?|calls?)(?: (?:an?|the|their|its|his|her))?(?: [a-z-]+){1,3} for(?= \Z| $)",
    _MOVED,
    r"takes? effect|comes? into (?:force|effect)|go(?:es)? on strike|walks? out",
    r"arrives|begins?|starts|opens|meets|convenes?|resumes?|reopens?|expires|departs|takes? place",
    r"(?:stay|remain)s? (?:shut|closed|open|in (?:force|place))",
    r"upcoming|deadline|effective|payable|as (?:soon|early|late) as|(?-i:until)",
)
_ARRANGED_ES: Final = (
    r"(?:convoc|fij|program|aplaz|posp|posterg|cit|señal|traslad)\w{1,8}"
    r"(?: [\w'’-]+){0,8}? (?:para|hasta|al)(?= (?:el (?:\w+ )?)?\Z)"
)
_ARRANGED_RU: Final = r"(?:назнач|перен[её]с|отлож|запланир)\w{0,8}(?: [\w«»-]+){0,8}? на(?= \Z)"
"""What was arranged for a day, up to the day: "convocó un referéndum para el", "назначила выборы на"."""
_STRIKE_EN: Final = (
    r"(?:strikes?|walk-?outs?|stoppages?|curfews?|lock-?downs?|lock-?outs?|blockades?|boycotts?|closures?|bans?|truce|"
    r"cease-?fires?|sit-ins?|shut-?downs?|quarantine|restrictions|rationing|blackouts|embargo|state of emergency)"
    r"(?: (?!(?:that|which|who|was|were|is|are|ha[sd]|have|and|but|[a-z]+ed|ran|began)\b)[\w'’-]+){0,6}?"
    r" (?:from|starting(?: on| from)?|beginning(?: on| from)?|as (?:of|from)|effective(?: from)?)(?= \Z)"
)
_STRIKE_ES: Final = (
    r"(?<!en )(?:huelgas?|paros?|toques? de queda|bloqueos?|boicots?|cierres?|treguas?|alto el fuego|cuarentena|"
    r"restricciones|racionamiento|apagones|embargo|estado de (?:emergencia|sitio|excepción)|movilización|paralización)"
    r"(?: (?!que\b|y\b|pero\b|se\b|es\b|son\b|fue\b|está\b|están\b|ha\b|han\b)[\wáéíóúñ-]+){0,6}?"
    r" (?:desde(?: el| este)?|a partir del?(?: este)?)(?=\s?\Z)"
)
_STRIKE_RU: Final = (
    r"(?:(?:забастовк|стачк|блокад|комендантск|карантин|перемири|локаут|бойкот|чрезвычайн|прекращени|отключени|"
    r"ограничени|голодовк|запрет)[а-яё]*)(?: (?!котор|и |но |был|идёт|идет|длится|продолжа)[\w«»-]+){0,6}? со?(?= \Z)"
)
"""A measure named with the day from which it holds, up to that day: "an indefinite strike from"."""

_CALLED: Final[Mapping[str, re.Pattern[str]]] = {
    "en": re.compile(
        r"(?i)(?:announc|call|declar|order|plan|propos|back|approv|impos|introduc|threaten|decid|agree|set|confirm|"
        r"vot|schedul|endors|warn|said|told|promis|vow|pledg|prepar)"
    ),
    "es": re.compile(
        r"(?i)(?:convoc|anunci|declar|llam|decret|orden|impus|impon|fij|program|aprob|decidi|acord|ratific|amenaz|"
        r"advirt|confirm|dij|inform|propus|resolv|prepar|emplaz|establec)"
    ),
    "ru": re.compile(
        r"(?i)(?:объяв|анонсир|назнач|призва|пригроз|угрож|решил|постанов|введ|ввел|ввёл|заяв|сообщ|утверд|планир|"
        r"предупред|подтверд|приня|одобр|проголос|соглас|договор)"
    ),
}
"""Verbs by which such a measure is announced; behind any other past verb ("held a strike from Monday") it is over."""

_OLD_PLANS: Final = (
    rf"had been (?:{'|'.join(_PLANS.split())})",
    r"as (?:previously|originally|already) planned",
)
_IRREGULAR: Final = (
    "was were had has have did been said told went came made took got gave held met left led won lost sent found"
    " began saw fell rose grew brought built bought sold kept put shot struck spoke wrote flew drew knew became"
    " paid heard ran cut hit broke chose drove fought laid meant read sat stood spent taught thought threw wore"
    " quit withdrew burst shut swore sought caught fled dealt felt stole sank sprang swept"
    " blew bit bent crept clung dug drank ate fed flung forgot froze hung hid knelt leapt lent lit mistook overtook"
    " overthrew oversaw rang rode shook shone shrank slept slid spun spat stuck strode strove swam swung tore"
    " undertook upheld woke wept wove overran outran overcame"
)

_NOT_PAST: Final = "need succeed proceed exceed indeed hundred speed feed breed bleed agreed-upon unspecified so-called"


def _any(*patterns: str) -> str:
    return "|".join(patterns)


def _cues(measure: str, future: str, past: str, first: str = r"(?!)") -> re.Pattern[str]:
    words = rf"(?P<old>{first})|(?P<measure>{measure})|(?P<future>{future})|(?P<past>{past})"
    return re.compile(rf"(?<!\w)(?:{words})\b", re.IGNORECASE)


_CUES: Final[Mapping[str, re.Pattern[str]]] = {
    "en": _cues(
        _STRIKE_EN,
        _any(*_FUTURE),
        _any(rf"(?!(?:{'|'.join(_NOT_PAST.split())})\b)(?-i:[a-z]{{2,}}ed)", r"set up", *_IRREGULAR.split()),
        first=_any(*_OLD_PLANS),
    ),
    "es": _cues(
        _STRIKE_ES,
        rf"{_ARRANGED_ES}|[a-záéíóúñ]{{2,}}(?:rá|rán|ré|remos)|(?-i:irán?|iremos)|va a|van a"
        r"|prevé|prevén|previst[oa]s?|próxim[oa]|(?:comienza|empieza|arranca|inicia|rige|entra en vigor)"
        r"|(?:comienzan|empiezan|arrancan|inician|rigen|entran en vigor)",
        r"[a-záéíóúñ]{2,}(?:ó|aron|ieron|aba|aban|ía|ían)|fue|fueron|dijo|hizo|ha|han|había|pidió",
    ),
    "ru": _cues(
        _STRIKE_RU,
        rf"{_ARRANGED_RU}|будет|будут|планирует|планируют|намерен[аы]?|ожидается|состоится|состоятся|предстоит"
        r"|(?:ввод|начина|собира|готов|отменя|запреща|закрыва)(?:[ия]тся|ется|ются)|вступа(?:ет|ют) в силу"
        r"|начн(?:ёт|ет|ут)(?:ся)?"
        r"|(?:при|про|вы|по|под|от|за|на|об|с|у)[а-яё]{2,}(?:ет|ут|ит|ят|ат)(?:ся)?",
        r"[а-яё]{2,}(?:ал|ял|ил|ел|ыл|ул|ёл)(?:а|о|и)?(?:с[ья])?|[а-яё]{2,}шл[аои]",
    ),
}


_SAYING: Final = re.compile(
    r"(?P<own>[^,;]*)(?P<quote>[\"”’']*),(?P=quote)[\"”’']* (?P<who>[^,;:]{0,80}?)\b"
    r"(?:said|told|announced|confirmed|reported|added|wrote)\b(?P<day> (?:late |early )?(?:on )?[A-Z][a-z]+day\b)?"
)
"""What stands behind a day up to a verb of saying at the end of the sentence: ", the ministry said on Thursday"."""

_ADVERBIAL: Final = re.compile(
    r"(?i)[\"“‘' ]*(?:on|in|at|by|after|before|during|following|since|from|late|early|earlier|speaking|writing|asked|"
    r"within|over|through|throughout|between|among|against|across|near|outside|behind|beyond|once|then|also|there|here|"
    r"hours|days|weeks|[a-z]+ly|as|when|while|until|despite|amid|with|under|for|last|this|next|"
    r"the (?:same|next|previous))\b"
)
_TO_COME: Final = re.compile(r"(?i)[\"“‘' ]*(?:ahead of|before|in the run-up to)\b")


def _is_present(before: str, after: str) -> bool:
    """Tell whether a clause with a day but no verb that tells is quoted: "Talks resume on Friday, he said".

    What opens with an adverbial belongs to the saying itself ("In a letter on Friday, he said"), unless that has a day
    of its own and the adverbial names what is to come.
    """
    if re.search(r"\w", before) is None or not re.search(r"(?:\bon|\bby|\buntil) $", before):
        return False
    saying = _SAYING.match(after)
    if saying is None or _CUES["en"].search(saying["who"]):
        return False  # another verb stands before the saying: "on Friday, one of them was told"
    if _TO_COME.match(before):
        return saying["day"] is not None
    return not _ADVERBIAL.match(before)


def find_tense(text: str, start: int, end: int, language: str) -> Tense:
    """Return the tense of the clause around ``text[start:end]``; NONE where no word tells."""
    cues = _CUES.get(language, _CUES["en"])
    before = text[max(0, start - _REACH) : start]
    stops = [stop.end() for stop in _END.finditer(before)]
    opening = stops[-1] if stops else 0
    found = list(cues.finditer(before, opening))
    if found:
        if found[-1].lastgroup != "measure":
            return _of(found[-1])
        verbs = [cue for cue in found if cue.lastgroup != "measure" and before[cue.start() - 1 : cue.start()] != "-"]
        return _of_measure(verbs, text[end : end + _REACH], language)
    if language == "en" and _INFINITIVE.search(before, opening):
        return Tense.FUTURE
    after = text[end : end + _REACH]
    stop = _END.search(after)
    if language == "en" and _is_present(before[opening:], after[: stop.start() if stop else len(after)]):
        own = _SAYING.match(after)
        cue = cues.search(after, 0, own.end("own")) if own else None
        return _of(cue) if cue else Tense.FUTURE
    cue = cues.search(after, 0, stop.start() if stop else len(after))
    return _of(cue) if cue else Tense.NONE


def _of_measure(verbs: Sequence[re.Match[str]], after: str, language: str) -> Tense:
    """Return which way a measure with the day from which it holds looks: ahead, unless another verb tells of it.

    Args:
        verbs: the cues before it in its sentence.
        after: what stands behind the day.
    """
    called = _CALLED.get(language, _CALLED["en"])
    if verbs:
        is_over = _of(verbs[-1]) is Tense.PAST and not called.match(verbs[-1][0])
        return Tense.PAST if is_over else Tense.FUTURE
    stop = _END.search(after)
    cue = _CUES.get(language, _CUES["en"]).search(after, 0, stop.start() if stop else len(after))
    is_over = (
        cue is not None and _of(cue) is Tense.PAST and not called.search(after, cue.start(), cue.end() + _REACH // 8)
    )
    return Tense.PAST if is_over else Tense.FUTURE


def _of(cue: re.Match[str]) -> Tense:
    return Tense.FUTURE if cue.lastgroup == "future" else Tense.PAST
