"""Where nothing is committed, nothing is proposed."""

import pytest

from tests.nlp.proposing import commitments, frames, suggester
from workbench.core.annotation import Document, Region


@pytest.mark.parametrize(
    "text",
    [
        "Defence ministers of Japan and Australia will meet in Perth to discuss patrols.",
        "Poland's army has the tanks to do it.",
        "Poland could sustain two brigades abroad for a year, a study says.",
        "In 1950 Turkey sent a brigade to Korea.",
        "Would Brazil ever lead a mission in Haiti again?",
        "Diplomats wonder whether Brazil would send troops to Haiti.",
        "Serbia denied a report that it had promised ammunition to Ukraine.",
        "Canada never promised trainers.",
        "The ambassador of Qatar declined to comment on the letter.",
        "Fiji offers its condolences to the people of Vanuatu.",
        "France agreed to meet the British at least twice a year.",
        "Australia is to build six frigates for its navy.",
        "“Does Portugal intend to send commandos?” a reporter asked.",
        "Had Egypt sent its engineers in January, the crossing would be open by now.",
        "The border must be made safe.",
        "Germany offered advice.",
    ],
)
def test_there_is_silence(text: str) -> None:
    assert commitments(text) == set()


def test_boilerplate_is_silent() -> None:
    text = "France will send troops to Ukraine."
    assert frames(text, "commitment")
    assert frames(text, "commitment", (Region(0, len(text), "boilerplate"),)) == []


def test_a_scheme_without_a_type_gets_no_such_proposal() -> None:
    finder = suggester().nlp.get_pipe("workbench_frames")
    scheme = finder.scheme
    without = scheme.__class__(scheme.name, scheme.title, scheme.labels, scheme.stance, (), scheme.pairs)
    try:
        finder.equip(without, None)
        [layer] = suggester().suggest([Document(text="France will send troops to Ukraine.")])
        assert layer.commitments == ()
    finally:
        finder.equip(scheme, None)
