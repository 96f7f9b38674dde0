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
    r"cease-?fires?|sit-ins?|shut-?downs?|quarantine|restrictions|rationing|embargo|state of emergency)"
    r"(?: (?!(?:that|which|who|was|were|is|are|ha[sd]|have|and|but|[a-z]+ed|ran|began)\b)[\w'’-]+){0,6}?"
    r" (?:from|starting(?: on| from)?|beginning(?: on| from)?|as (?:of|from)|effective(?: from)?)(?= \Z)"
)
_STRIKE_ES: Final = (
    r"(?<!en )(?:huelgas?|paros?|toques? de queda|bloqueos?|boicots?|cierres?|treguas?|alto el fuego|cuarentena|"
    r"restricciones|racionamiento|embargo|estado de (?:emergencia|sitio|excepción)|movilización|paralización)"
    r"(?: (?!que\b|y\b|pero\b|se\b|es\b|son\b|fue\b|está\b|están\b|ha\b|han\b)[\wáéíóúñ-]+){0,6}?"
    r" (?:desde(?: el| este)?|a partir del?(?: este)?)(?=\s?\Z)"
)
_STRIKE_RU: Final = (
    r"(?:(?:забастовк|стачк|блокад|комендантск|карантин|перемири|локаут|бойкот|чрезвычайн|прекращени|"
    r"ограничени|голодовк|запрет)[а-яё]*)(?: (?!котор|и |но |был|идёт|идет|длится|продолжа)[\w«»-]+){0,6}? со?(?= \Z)"
)
"""A measure named with the day from which it holds, up to that day: "an indefinite strike from"."""

_CALLED: Final[Mapping[str, re.Pattern[str]]] = {
    "en": re.compile(
        r"(?i)(?<![\w-])(?:announc|call(?:s|ed|ing)?\b|declar|order(?:s|ed|ing)\b|plan(?:s|ned|ning)?\b|propos|"
        r"back(?:s|ed|ing)\b|approv|threat|decid|agree|schedul|endors|warn|vot(?:e[sd]?|ing)\b|promis|vow|pledg|prepar)"
    ),
    "es": re.compile(
        r"(?i)(?<!\w)(?:convoc|anunci|declar|llam\w{0,4} a\b|decret|orden(?:an?|ó|aron)\b|fij|program(?:ó|aron|ad)|"
        r"apr(?:ob|ueb)|decid|acord|ratific|amenaz|advirt|propus|resolv|prepar|emplaz|establec)"
    ),
    "ru": re.compile(
        r"(?i)(?<!\w)(?:объяв|анонсир|назнач|призв|призыва|пригроз|угрож|грозят|решил|постанов|утверд|планир|намер|"
        r"предупред|одобр|проголос|соглас|договорил)"
    ),
}
"""Words by which such a measure is announced; a plain verb of saying ("said the strike from Monday") tells nothing."""

_SAID: Final = re.compile(
    r"(?i)(?:said|told|reported|added|confirm\w*|dij\w+|inform\w+|report[óa]\w*|confirm[óa]\w*|señal\w+|"
    r"сообщил\w*|заявил\w*|сказал\w*|подтвердил\w*|рассказал\w*|отметил\w*)\Z"
)
_APART: Final = re.compile(r"(?i)\b(?:that|but|while|as|how|que|pero|mientras|что|но|а|как)\b|;")
"""What parts a verb of announcing from a measure that is only spoken of: "announced that the strike from Monday"."""

_BORNE: Final = re.compile(
    r"(?i)(?<!\w)(?:because of|due to|owing to|thanks to|under|amid|during|despite|suffer\w*|endur\w*|continu\w*|"
    r"por|debido al?|a causa del?|bajo|durante|pese al?|sufr\w+|padec\w+|soport\w+|acumul\w+|manten\w+|mantien\w+|"
    r"из-за|от|ввиду|вследствие|под|во время|несмотря на|страда\w+|пережива\w+|терп\w+|продолжа\w+)"
    r"(?: [\w'’-]+){0,3} \Z"
)
"""What stands before a measure that is borne already: "because of the blockade from Monday"."""

_WILL: Final = re.compile(r"(?i)(?:will|won['’]t|shall|['’]ll|going to|\w+(?:rán?|ré|remos)|van? a|будет|будут)\b")
_WAS: Final = re.compile(
    r"(?i)(?:was|were|been|has|have|had|is|are|fue|fueron|ha|han|был[аои]?)\b(?: \w+(?<=ly)| been| sido)? "
)
_HEADED: Final[Mapping[str, int]] = {"en": 3, "es": 1, "ru": 2}
"""So many words may stand before the measure that a headline without a verb opens with."""

_GOES_ON: Final = re.compile(
    r"\s?(?:\Z|[^\w\s.]|\n|(?:at|in|on|over|for|after|by|to|until|across|against|as|of|with|en|por|para|contra|de|del|"
    r"hasta|ante|tras|y|a|al|con|sin|в|во|на|из-за|по|до|для|против|и|у|за|от)\b)"
)
"""What follows the day in a headline without a verb; any other word is its verb ("Closures from Monday cost")."""

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
        if any(cue.lastgroup == "future" for cue in cues.finditer(before, found[-1].start() + 1)):
            return Tense.FUTURE  # "a ban on fires takes effect from Monday"
        lead = before[opening : found[-1].start()]
        return _of_measure(verbs, lead, text[end : end + _REACH], language)
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


def _of_measure(verbs: Sequence[re.Match[str]], lead: str, after: str, language: str) -> Tense:
    """Return which way a measure looks, with the day from which it holds: ahead only where it is announced.

    Args:
        verbs: the cues before it in its sentence.
        lead: its sentence up to it.
        after: what stands behind the day.
    """
    stop = _END.search(after)
    rest = after[: stop.start() if stop else len(after)]
    behind = _CUES.get(language, _CUES["en"]).search(rest)
    last = verbs[-1] if verbs else None
    is_told = last and (_SAID.match(last[0]) or _APART.search(lead, lead.rfind(last[0]) + len(last[0])))
    if _BORNE.search(lead):
        is_ahead = any(cue and _WILL.match(cue[0]) for cue in (last, behind))
    elif _is_called(last, lead, language) or (last and not is_told and _of(last) is Tense.FUTURE):
        is_ahead = True
    elif last and not is_told:
        is_ahead = False
    elif behind:
        is_ahead = _of(behind) is Tense.FUTURE or _is_called_behind(behind, rest, language)
    else:
        is_ahead = not last and (stop is None or stop[0] != ".") and _is_headline(lead, rest, language)
    return Tense.FUTURE if is_ahead else Tense.PAST


def _is_called(last: re.Match[str] | None, lead: str, language: str) -> bool:
    """Tell whether a verb of announcing governs the measure behind ``lead``: no other verb or clause parts them."""
    called = list(_CALLED.get(language, _CALLED["en"]).finditer(lead))
    if not called or _APART.search(lead, called[-1].end()):
        return False
    return last is None or lead.rfind(last[0]) <= called[-1].start()


def _is_called_behind(behind: re.Match[str], rest: str, language: str) -> bool:
    """Tell whether the verb behind a measure announces it: "was announced", "объявил профсоюз"."""
    passive = _WAS.match(rest, behind.start())
    called = _CALLED.get(language, _CALLED["en"])
    if passive:
        return called.match(rest, passive.end()) is not None
    return language != "en" and called.match(rest, behind.start()) is not None


def _is_headline(lead: str, rest: str, language: str) -> bool:
    """Tell whether a sentence without a cue is a headline that opens with a measure: "Strike from Monday at port"."""
    opening = lead.rpartition(":")[2].split()
    return len(opening) <= _HEADED.get(language, _HEADED["en"]) and _GOES_ON.match(rest) is not None


def _of(cue: re.Match[str]) -> Tense:
    return Tense.FUTURE if cue.lastgroup == "future" else Tense.PAST
