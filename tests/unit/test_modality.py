"""How sure a sentence is of an act: the cues one by one, on the same act."""

from __future__ import annotations

import pytest

from news.model import Modality
from news.reports.clauses import find_acts, parse_row
from news.reports.lexicon import find_lexicon
from news.reports.modality import judge

HAPPENED, PLANNED, ALLEGED, DENIED, THREATENED = Modality

CUES = [
    ("It is not true that the navy deployed two frigates.", DENIED),
    ("Reports that the navy deployed two frigates are false.", DENIED),
    ("Reports that the navy deployed two frigates are true.", HAPPENED),
    ("The navy deployed two frigates.", HAPPENED),
    ("The navy has quietly deployed two frigates.", HAPPENED),
    ("Two frigates were deployed by the navy.", HAPPENED),
    ("The navy is deploying two frigates.", HAPPENED),
    ("The navy began to deploy frigates.", HAPPENED),
    ("The navy not only deployed frigates but stayed.", HAPPENED),
    ("The navy will deploy two frigates.", PLANNED),
    ("The navy plans to deploy two frigates.", PLANNED),
    ("The navy is expected to deploy two frigates.", PLANNED),
    ("The navy is set to quietly deploy two frigates.", PLANNED),
    ("The admiral said the navy would deploy two frigates.", PLANNED),
    ("The navy reportedly deployed two frigates.", ALLEGED),
    ("The navy is believed to have deployed two frigates.", ALLEGED),
    ("The navy was accused of deploying the frigates.", ALLEGED),
    ("The navy did not deploy any frigate.", DENIED),
    ("The navy never deployed a frigate.", DENIED),
    ("No one deployed any frigate.", DENIED),
    ("None of the ships deployed a frigate.", DENIED),
    ("The navy hasn't deployed a frigate.", DENIED),
    ("The navy won’t deploy a frigate.", DENIED),
    ("The admiral denied that the navy deployed frigates.", DENIED),
    ("The admiral rejected a demand to deploy frigates.", None),
    ("The admiral dismissed calls to deploy the frigates.", None),
    ("The admiral rejected reports that the navy deployed frigates.", DENIED),
    ("The admiral warned that the navy would deploy frigates.", THREATENED),
    ("The navy could deploy two frigates.", None),
    ("The navy may have deployed two frigates.", None),
    ("The navy would deploy frigates anywhere.", None),
    ("If the navy deployed frigates, prices rose.", None),
    ("The admiral knows whether the navy deployed frigates.", None),
    ("The navy failed to deploy a frigate.", None),
]

FOREIGN = [
    ("La armada desplegó dos fragatas.", "es", HAPPENED),
    ("La armada no desplegó fragatas.", "es", DENIED),
    ("La armada desplegará dos fragatas.", "es", PLANNED),
    ("La armada planea desplegar dos fragatas.", "es", PLANNED),
    ("La armada podría desplegar dos fragatas.", "es", None),
    ("La armada presuntamente desplegó dos fragatas.", "es", ALLEGED),
    ("Флот направил два фрегата.", "ru", HAPPENED),
    ("Флот не направил фрегаты.", "ru", DENIED),
    ("Флот планирует направить два фрегата.", "ru", PLANNED),
    ("Флот может направить два фрегата.", "ru", None),
    ("Флот якобы направил два фрегата.", "ru", ALLEGED),
    ("No es cierto que la armada desplegó dos fragatas.", "es", DENIED),
    ("Неправда, что флот направил два фрегата.", "ru", DENIED),
]


def certainty(text: str, language: str, trigger: str) -> Modality | None:
    lexicon = find_lexicon(language)
    assert lexicon is not None
    row = parse_row(text, 0, lexicon)
    (act,) = [act for act in find_acts(row, lexicon) if act.sense.trigger == trigger]
    return judge(row, act)


@pytest.mark.parametrize(("text", "expected"), CUES)
def test_each_cue_decides(text: str, expected: Modality | None) -> None:
    assert certainty(text, "en", "deploy") is expected


@pytest.mark.parametrize(("text", "language", "expected"), FOREIGN)
def test_cues_of_other_languages(text: str, language: str, expected: Modality | None) -> None:
    assert certainty(text, language, {"es": "despleg", "ru": "направ"}[language]) is expected


@pytest.mark.parametrize(
    "text", ["The official did not want to be named because of the talks.", "She asked not to be identified by name."]
)
def test_staying_unnamed_is_no_event(text: str) -> None:
    lexicon = find_lexicon("en")
    assert lexicon is not None
    row = parse_row(text, 0, lexicon, is_in_quote=False)
    acts = [
        act for act in find_acts(row, lexicon) if row.words[act.at].text in {"want", "asked", "named", "identified"}
    ]
    assert acts
    assert [judge(row, act) for act in acts] == [None] * len(acts)
