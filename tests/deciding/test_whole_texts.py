"""What the whole articles say of two values that seem to exclude each other: both told, taken back, of others."""

from __future__ import annotations

import pytest

from news.decision import Label
from tests.deciding.test_contrast import hold

AGREED = [
    (  # the same side counts up
        "The growers' league of Tavira put the loss of fruit after Sunday's frost at 12 million euros.",
        (
            "The loss of fruit after Sunday's frost at Tavira has been put at 19 million euros by the growers' league. "
            "It had initially given 12 million."
        ),
    ),
    (
        "Repairs to the roof of Halvik station will cost 40 million kroner, the railway said on Tuesday.",
        "The railway will spend 55 million kroner on the roof of Halvik station, up from 40 million, its paper says.",
    ),
    (  # an age is no length of time
        "A fire burned the paper mill at Rostu on Tuesday and closed the river road for nine hours, the brigade said.",
        "Police hold two 17-year-olds over Tuesday's fire at the paper mill of Rostu, which closed the river road.",
    ),
    (  # a part and the whole
        "A freight train of 22 wagons left the rails at Mirow on Friday and seven of them burned, the railway said.",
        "Seven wagons of a freight train burned at Mirow on Friday. The train had 22, the district said.",
    ),
    (  # nobody was hurt, and what burned were sheep
        "A barn burned down near Solvang on Monday night. Nobody was hurt.",
        "About 300 sheep perished when a barn burned down near Solvang on Monday night, the farmer said.",
    ),
    (  # crew and passengers
        "A ferry with 90 passengers ran aground off Kvaloy on Saturday, the pilot office said.",
        "All 98 people aboard, eight of them crew, left a ferry that ran aground off Kvaloy on Saturday, a pilot said.",
    ),
    (  # two periods
        "The shipping line Norrona earned 31 million crowns in the first quarter, the line reported on Monday.",
        "The shipping line Norrona earned 112 million crowns in its financial year, an analyst of Folke Bank said.",
    ),
    (
        "Цены в Нарвике за месяц выросли на 0,4 процента, сообщило статистическое бюро в понедельник.",
        "Годовая инфляция в Нарвике составила 3,1 процента, сообщил банк «Север» в понедельник.",
    ),
    (  # a rise of one thing and a fall of another
        "The new brake cut accidents by 30 percent in the test of the Zurich firm Alvano, the firm said on Monday.",
        "Shares in Alvano rose 9 percent on Monday after the test of its new brake.",
    ),
    (  # whom it befell is no doer
        "Kesti Insurance shut its offices on Tuesday after hackers encrypted its files.",
        "Hackers who call themselves Blue Lynx encrypted files on Tuesday. The hack of Kesti Insurance took all day.",
    ),
    (  # what came later
        "Ada Brandt won Sunday's vote for mayor of Ellwang by 300 votes, the town clerk said on Monday.",
        "Otto Kern asked the court of Ellwang on Friday the 12th to annul the vote that Ada Brandt won by 300 votes.",
    ),
    (  # a denial of before
        "The fund Meridian said it had made no offer for the brewery Halden, and called reports of one untrue.",
        "The fund Meridian made an offer for the brewery Halden on Tuesday. On Monday it had denied any bid.",
    ),
    (  # a part that nobody laid to them
        "The dam at Corvo broke on Sunday after a night of rain, the governor said. Two bridges were swept away.",
        "The dam at Corvo broke on Sunday after a night of rain. Saboteurs had nothing to do with it, a miner said.",
    ),
]
DISPUTED = [
    (
        "Two dockers were killed when a crane fell at Port Hale on Monday, the labour ministry said.",
        "Five dockers died when a crane fell at Port Hale on Monday, the union said. The ministry had spoken of two.",
    ),
    (
        "A crane fell on the quay of Port Hale on Monday. Nobody was hurt, the operator said.",
        "Four dockers were injured when a crane fell on the quay of Port Hale on Monday, the union said.",
    ),
    (
        "The shipping line Norrona earned 31 million crowns in the first quarter, the line reported on Monday.",
        "The shipping line Norrona earned 13 million crowns in the first quarter, the tax office said on Monday.",
    ),
    (
        "The price of bread in Tarrow rose by 9 percent in March, the statistics office said on Monday.",
        "The price of bread in Tarrow fell by 9 percent in March, the bakers' guild said on Monday.",
    ),
    (
        "A ferry with 90 passengers ran aground off Kvaloy on Saturday, the pilot office said.",
        "A ferry with 190 passengers ran aground off Kvaloy on Saturday, the coastguard said.",
    ),
    (  # the other side's number stands beside others of its sentence
        "The fever in Marcona has killed three of 14 patients, the district said.",
        (
            "Laboratories have confirmed 31 patients with the fever in Marcona, a doctors' group said. "
            "The ministry had reported 14 patients and three deaths up to the same day."
        ),
    ),
    (
        "Nineteen people with the fever were in hospital in Marcona at noon on Friday, the health office said.",
        (
            "The nurses' union of Marcona says its members counted 31 patients with the fever on the wards at noon on "
            "Friday. The health office gave a figure of 19 in hospital at that hour."
        ),
    ),
    (  # whose day it is stands between "not" and the day
        "The dam above Corvo broke on Monday evening after hours of rain, the authorities said.",
        "The dam above Corvo broke on Sunday evening and not, as the authorities have said, on Monday evening.",
    ),
    (
        "Rebels blew up the rail bridge at Kolmar on Sunday, the army said.",
        "The rail bridge at Kolmar fell on Sunday. Rebels had nothing to do with it, an engineer of the railway said.",
    ),
    (
        "The trawler Saimaa sank off Vlora on Monday evening, the coastguard said on Wednesday.",
        "The trawler Saimaa sank off Vlora on Sunday evening, its owner said on Wednesday.",
    ),
]


@pytest.mark.parametrize(("stored", "new"), AGREED)
def test_what_both_articles_tell_or_tell_of_others_is_no_dispute(stored: str, new: str) -> None:
    """An editor forgives a missed dispute sooner than a false one."""
    decision = hold(stored, new)
    assert not decision.disputes
    assert decision.label is not Label.DISPUTED


@pytest.mark.parametrize(("stored", "new"), DISPUTED)
def test_what_two_sides_tell_of_one_thing_stays_a_dispute(stored: str, new: str) -> None:
    """Looking at the whole articles must not hide what they do contradict."""
    assert hold(stored, new).disputes
