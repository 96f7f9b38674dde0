"""Denials of what nobody told: another's act, another act, a fear; and those that deny just what the other tells."""

from __future__ import annotations

import pytest

from tests.deciding.test_contrast import hold

OTHERS = [
    (
        "Two miners were injured when a tunnel roof fell at the Brava mine on Tuesday, the company said.",
        (
            "Two miners hurt at the Brava mine on Tuesday are in hospital, the clinic said. Nobody is trapped, "
            "contrary to what was claimed on Facebook."
        ),
    ),
    (
        "A cargo plane with four people on board landed without wheels at Nampo airfield on Friday, the airline said.",
        (
            "A cargo plane slid along the runway at Nampo on Friday and its four crew walked away. It did not "
            "catch fire, as had been feared at first."
        ),
    ),
    (
        (
            "Riverside clinic in Tampa has been closed for a week after legionella was found in the pipes, the "
            "county said on Monday."
        ),
        (
            "Orlando's Riverside clinic is open as usual, the city told patients on Monday. A water test had "
            "found no legionella."
        ),
    ),
    (
        "Drones shut the airport of Aalborg on Thursday night, the police said.",
        "The airport of Billund was not shut on Thursday night, its operator said, though drones closed Aalborg.",
    ),
    (
        "The banker Rolf Adler was convicted of fraud in Basel on Thursday, the prosecutor said.",
        "The court in Basel that convicted the banker on Thursday acquitted his secretary, her lawyer said.",
    ),
    (
        (
            "Four stones were thrown at the consulate by the bridge of Ostrava on Friday night. A window broke. "
            "Nobody was hurt, the police said."
        ),
        (
            "Four stones were hurled at the consulate at the bridge in Ostrau during Friday night, the police "
            "stated. There are no casualties."
        ),
    ),
    (
        "Coast guards boarded the trawler Ilmatar off Gotland on Sunday and took it to Visby.",
        "The trawler Saimaa came back to Turku on Sunday without having been boarded, its owner said.",
    ),
    (
        "Peace talks on Yemen opened in Muscat on Monday under Omani chairmanship. The Houthis sent six delegates.",
        "The government did not attend the opening of the Muscat talks on Yemen on Monday, a diplomat said.",
    ),
    (
        "A court in Milan fined the builder Carossa 3 million euros on Thursday for dumping asbestos near Lodi.",
        (
            "The builder Carossa has denied that it bribed mayors in Calabria. A spokesman called a report to "
            "that effect in a local weekly a fabrication."
        ),
    ),
    (
        "The town hall of Korba was burned down by protesters on Wednesday, the governor said.",
        "No shops were looted in Korba on Wednesday, the traders' union said.",
    ),
    (
        "Thirty people were rescued from the ferry Lyra after it hit a rock off Naxos on Sunday, the coast guard said.",
        (
            "The ferry Lyra did not sink, as feared at first after it hit a rock off Naxos on Sunday, the owner "
            "said. All 30 people are safe."
        ),
    ),
    (
        "Police arrested the banker Tomas Veit in Zurich on Monday on suspicion of fraud.",
        "The banker's brother Anton Veit has not been arrested, a lawyer in Zurich said on Tuesday.",
    ),
    (
        "A strike closed the port of Durres on Monday, the operator said.",
        "The port of Vlora was not closed on Monday by the strike, its operator said.",
    ),
    (
        "The engineer Amara Kone, kidnapped in March in Burkina Faso, was freed on Tuesday, her family said.",
        "No ransom was paid for the engineer Amara Kone, who was freed in Burkina Faso on Tuesday, the ministry said.",
    ),
    (
        "Hackers stole the data of 40,000 customers of the bank Norfina in April, it said on Thursday.",
        "No money was stolen from customers of the bank Norfina, it said on Friday.",
    ),
    (
        "The minister Lena Orban resigned on Friday over the visa affair, her office said.",
        "The minister Paul Hager did not resign on Friday over the visa affair, his office said.",
    ),
    (
        "Soldiers shot dead two smugglers on the border at Gori on Sunday, the army said.",
        "Soldiers did not shoot at the drone that crossed the border at Gori on Sunday, the army said.",
    ),
    (
        "A fire destroyed the Alva paper mill in Kotka on Monday. Two workers were treated for smoke.",
        (
            "A fire destroyed the Alva paper mill in Kotka on Monday. No one was killed, although rumours of dead "
            "workers went round."
        ),
    ),
    (
        "Customs seized 300 kilos of heroin on the lorry of the firm Transbalt at Narva on Tuesday.",
        "The firm Transbalt denied that it had evaded taxes, as a newspaper wrote on Wednesday.",
    ),
    (
        "The dam at Mirel was damaged by the flood on Thursday and 3,000 people were told to leave, the governor said.",
        (
            "The dam at Mirel has not burst, contrary to rumours that spread in the town on Thursday, the "
            "governor's office said."
        ),
    ),
    (
        "The opposition leader Ana Brick was released from prison in Lomé on Monday, her party said.",
        "The opposition leader Ana Brick was not beaten in prison in Lomé, the justice ministry said on Tuesday.",
    ),
]


@pytest.mark.parametrize(("stored", "new"), OTHERS)
def test_what_nobody_told_is_not_denied(stored: str, new: str) -> None:
    """A denial of another act, of another's act or of a fear contradicts no account."""
    assert hold(stored, new).disputes == ()


TOLD = [
    (
        "Two miners were killed when a tunnel roof fell at the Brava mine on Tuesday, the union said.",
        "Nobody was killed at the Brava mine on Tuesday, contrary to what the union claims, the company said.",
    ),
    (
        "A cargo plane crashed at Nampo airfield on Friday, a rebel spokesman said.",
        "The cargo plane did not crash at Nampo airfield on Friday, the airline said. It landed and was unloaded.",
    ),
    (
        (
            "Riverside clinic in Tampa has been closed for a week after legionella was found in the pipes, a "
            "nurse said on Monday."
        ),
        "Tampa's Riverside clinic is open as usual, the county said on Monday.",
    ),
    (
        "Coast guards boarded the trawler Ilmatar off Gotland on Sunday, its owner said.",
        "The trawler Ilmatar was not boarded off Gotland on Sunday, the navy said.",
    ),
    (
        "The government's delegates attended the opening of talks on Yemen in Muscat on Monday, a UN spokesman said.",
        "The government did not attend the opening of the Muscat talks on Yemen on Monday, its foreign minister said.",
    ),
    (
        "The builder Carossa bribed three mayors in Calabria, a newspaper wrote on Thursday.",
        "The builder Carossa has denied that it bribed mayors in Calabria.",
    ),
    (
        "Protesters looted shops in Korba on Wednesday, the governor said.",
        "No shops were looted in Korba on Wednesday, the traders' union said.",
    ),
    (
        "The ferry Lyra sank off Naxos on Sunday after hitting a rock, local radio said.",
        "The ferry Lyra did not sink off Naxos on Sunday, the owner said. It was towed into port.",
    ),
    (
        "Police arrested the banker Tomas Veit in Zurich on Monday, a newspaper said.",
        "The banker Tomas Veit was not arrested, his lawyer in Zurich said on Tuesday.",
    ),
    (
        (
            "A ransom of 2 million euros was paid for the engineer Amara Kone, who was freed in Burkina Faso on "
            "Tuesday, a mediator said."
        ),
        "No ransom was paid for the engineer Amara Kone, who was freed in Burkina Faso on Tuesday, the ministry said.",
    ),
    (
        "Hackers stole money from 300 customers of the bank Norfina on Thursday, a consumer group said.",
        "No money was stolen from customers of the bank Norfina, it said on Friday.",
    ),
    (
        "A storm killed nine people in the Tarn valley on Saturday, a rescue worker said.",
        "Nobody was killed in the Tarn valley when the storm passed on Saturday, the prefect said.",
    ),
    (
        "The minister Lena Orban resigned on Friday over the visa affair, a party official said.",
        "The minister Lena Orban did not resign on Friday, her office said.",
    ),
    (
        "Soldiers shot at a drone that crossed the border at Gori on Sunday, villagers said.",
        "Soldiers did not shoot at the drone at Gori on Sunday, the army said.",
    ),
    (
        "Rebels blew up the dam at Mirel on Thursday, the army said.",
        "The dam at Mirel was not blown up, the rebels said on Friday.",
    ),
    (
        "Guards beat the opposition leader Ana Brick in prison in Lomé on Monday, her party said.",
        "The opposition leader Ana Brick was not beaten in prison in Lomé, the justice ministry said on Tuesday.",
    ),
    (
        "The tanker Vesna spilled oil off Odesa on Monday, fishermen said.",
        "The owner of the tanker Vesna denied that it had spilled oil off Odesa on Monday.",
    ),
    (
        "Troops fired on pilgrims at Hebra on Friday and wounded eleven, a hospital said.",
        "The army said on Saturday that reports that its troops had fired on pilgrims at Hebra were untrue.",
    ),
    (
        "A drone struck the refinery at Tula on Sunday night, residents said.",
        "There was no drone strike on the refinery at Tula on Sunday night, the governor said.",
    ),
    (
        "The president of Zamora signed the mining law on Tuesday, his adviser said.",
        "The president of Zamora has not signed the mining law, his spokesman said on Wednesday.",
    ),
]


@pytest.mark.parametrize(("stored", "new"), TOLD)
def test_what_was_told_is_denied(stored: str, new: str) -> None:
    """The act that one account tells and the other denies, of one doer, is a dispute."""
    assert hold(stored, new).disputes
