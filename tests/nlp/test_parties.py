"""Who would act: for whom officials speak, whom *we*, *it* and *he* mean, who was asked, who stands in a headline."""

import pytest

from tests.nlp.proposing import commitments, frames

POLICE = "“We will send 200 police officers to Gaza,” "


@pytest.mark.parametrize(
    ("sayer", "state"),
    [
        ("said an official at the Omani Foreign Ministry, who asked not to be named.", "Oman"),
        ("an official in the Norwegian prime minister's office said.", "Norway"),
        ("a spokesman for the French military told reporters.", "France"),
        ("a diplomat from Ghana said.", "Ghana"),
        ("said one senior adviser to the Turkish president.", "Turkey"),
        ("a presidential aide in Seoul said.", "South Korea"),
        ("said Chile's Ana Ruiz.", "Chile"),
        ("Finnish Rear Admiral Antti Laine said.", "Finland"),
        ("said a diplomat who asked not to be named.", None),
    ],
)
def test_officials_speak_for_their_state(sayer: str, state: str | None) -> None:
    found = commitments(POLICE + sayer)
    assert {actor for actor, *_ in found} == ({state} if state else set())


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (
            "Peru welcomed the plan. “We will send 300 soldiers to Haiti,” Defence Minister Ana Ruiz said.",
            "Peru",
        ),
        (
            "Canada has ruled that out. In Tokyo, Defence Minister Ken Sato said: “We will send 300 men to Haiti.”",
            "Japan",
        ),
        (
            "Aides to the Swedish king laughed. The plan is simple enough. “We will send 300 soldiers abroad,” "
            "Foreign Minister Eva Lund said.",
            "Sweden",
        ),
    ],
)
def test_ministers_without_a_state_speak_for_that_of_the_paragraph(text: str, state: str) -> None:
    assert (state, "troops_ground", "announced") in commitments(text)


def test_secretaries_are_those_of_a_state_that_has_such_posts() -> None:
    text = "A fleet sailed for the Gulf.\n\n“We will send two frigates,” Defense Secretary Al Brown said.\n\n"
    assert ("United States", "maritime", "announced") in commitments(text + "The United States and Oman agreed.")
    assert commitments(text.replace("Defense", "Shadow Defence") + "The United States and Oman agreed.") == set()


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("Kampala, Uganda – Ghana will send a brigade to Haiti, its envoy has said.", ("Ghana", "announced")),
        ("Peru has let Ottawa know that it will not send a single soldier.", ("Peru", "ruled_out")),
        ("Chad, once thought certain to join, has told Ottawa that it will not send a soldier.", ("Chad", "ruled_out")),
        ("Oman has become the latest country to pledge soldiers to the force.", ("Oman", "announced")),
        ("Ghana is the only country so far to refuse to send troops to Haiti.", ("Ghana", "ruled_out")),
        ("Malian President Ali Keita said his army stood ready to assign two battalions.", ("Mali", "offered")),
    ],
)
def test_what_is_told_in_between_hides_nobody(text: str, frame: tuple[str, str]) -> None:
    assert {(actor, status) for actor, kind, status in commitments(text) if kind == "troops_ground"} == {frame}


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("Bolivia declines outright.", "ruled_out"),
        ("Bolivia sent its regrets.", "ruled_out"),
        ("Bolivia, which is landlocked, begged to be excused.", "ruled_out"),
        ("Bolivia has said nothing.", "under_consideration"),
        ("Bolivia has been mum.", "under_consideration"),
        ("Bolivia hedged.", "under_consideration"),
        ("Bolivia’s reply was hedged about with thanks.", None),
        ("Bolivia stays on the list.", None),
    ],
)
def test_answers_tell_where_a_party_stands_on_what_was_asked(answer: str, status: str | None) -> None:
    found = commitments(f"Canada asked Chile and Bolivia for police officers. {answer}")
    wanted = {("Bolivia", "police_civilian", status)} if status else set()
    assert {each for each in found if each[0] == "Bolivia" and each[2] != "requested"} == wanted


BODY = "\n\nThe talks lasted for most of the day, and a crowd of reporters waited in the rain outside the hall.\n\n"


@pytest.mark.parametrize(
    ("headline", "frame"),
    [
        ("Danes pledge engineers for Mali mission", ("Denmark", "troops_ground", "announced")),
        ("French to send frigate to Black Sea", ("France", "maritime", "announced")),
        ("Chile and Peru first to offer police officers", ("Peru", "police_civilian", "offered")),
        ("Ghana’s army to provide trainers for Mali", ("Ghana", "training", "announced")),
        ("Norway presses Ottawa for third icebreaker and frigate", ("Canada", "maritime", "requested")),
        ("Greece sends ships as Malta balks", ("Malta", "unspecified", "ruled_out")),
        ("Danes love their frigates", None),
        ("Irish plan of frigate builders goes on show", None),
    ],
)
def test_headlines_tell_who_by_peoples_houses_and_order(headline: str, frame: tuple[str, ...] | None) -> None:
    for text in (headline + BODY, "Long day in The Hague" + BODY + headline + BODY):
        found = commitments(text)
        assert found == set() if frame is None else frame in found


@pytest.mark.parametrize(
    ("text", "frames"),
    [
        ("Peru may. Bolivia almost certainly won’t.", {("Peru", "under_consideration"), ("Bolivia", "ruled_out")}),
        ("Peru, whose ships are old, will not.", {("Peru", "ruled_out")}),
        ("Peru might too, but Bolivia would not.", {("Peru", "under_consideration"), ("Bolivia", "ruled_out")}),
        ("Oman is delighted, Peru is not.", set()),
        ("Peru will, however, hold a parade.", set()),
        ("A day later there was rain. Peru may.", set()),
    ],
)
def test_a_verb_is_left_to_the_sentence_before(text: str, frames: set[tuple[str, str]]) -> None:
    found = commitments(f"Chile is considering sending two frigates to the Gulf. {text}")
    assert {(actor, status) for actor, kind, status in found if actor != "Chile" and kind == "maritime"} == frames


@pytest.mark.parametrize(
    ("text", "frames"),
    [
        (
            "• Chad and Togo became the first states to pledge soldiers for the force.\n• Peru will hold a vote.",
            {("Chad", "announced"), ("Togo", "announced")},
        ),
        (
            "Chad and Togo have joined the Haiti protection force. Between them they are sending 450 soldiers.",
            {("Chad", "announced"), ("Togo", "announced")},
        ),
        (
            "Chad and Togo, which already keep about 150 soldiers in Haiti, want to know more.",
            {("Chad", "delivered"), ("Togo", "delivered")},
        ),
        ("Togo told its partners that the 150 soldiers it keeps in Mali would be recalled.", {("Togo", "withdrawn")}),
        (
            "Peru’s foreign minister, Ana Ruiz, told reporters that this was “unfair”.\n\n“We are sending 300 soldiers."
            " I think that is a lot.”\n\nThen it rained.",
            {("Peru", "announced")},
        ),
    ],
)
def test_several_who_act_and_who_speaks_on(text: str, frames: set[tuple[str, str]]) -> None:
    assert {(actor, status) for actor, kind, status in commitments(text) if kind == "troops_ground"} == frames


def test_whoever_asks_beside_another_verb_is_no_part_of_the_evidence() -> None:
    text = "Canada, which met its allies in Oslo on Monday, thanked Peru for its ships and asked Togo to send jets."
    [asked] = [each for each in frames(text, "commitment") if each.slots["actor"] == "Togo"]
    assert text[asked.span.start : asked.span.end] == "asked Togo to send jets"


def test_there_will_be_none_of_the_troops_of_a_state_whoever_says_so() -> None:
    text = "“There will be no Danish troops in Haiti,” Ole Holm said."
    assert ("Denmark", "troops_ground", "ruled_out") in commitments(text)
