"""Four exercises as a good coach speaks them: what is said in which order, the waits, and when holds start.

The voice takes less than a second for a cue and two for a sentence, which makes the rhythm readable.
"""

from __future__ import annotations

from itertools import pairwise

import pytest
from player.layout import Lengths, lay_out, plan
from player.session import Choices, ExerciseStep, SayStep, Session, Step
from player.timeline import CueKind, Frames, PhaseKind, Section

from tests.content import LIBRARY
from tests.sessions import HERE, SOUNDS, words

RATE = 100


def coached(*identities: str) -> list[Section]:
    """Exercises of the catalogue, for a listener who already lies on their back."""
    lying = SayStep(HERE, words("Hello."), words("on your back"))
    steps: tuple[Step, ...] = (
        lying,
        *(ExerciseStep(HERE, LIBRARY.exercise(identity)) for identity in identities),
    )
    sounds = {name: Frames(round(length * RATE)) for name, length in SOUNDS.items()}
    sections = []
    for outline in plan(Session("worked", "Worked", HERE, steps), Choices()):
        speech = {
            text: Frames(RATE * 2 if len(text.split()) > 3 else RATE * 7 // 10) for text in outline.texts()
        }
        sections.append(lay_out(outline, Lengths(speech, sounds, RATE)))
    return [section for section in sections if section.exercise_id]


def heard(section: Section) -> list[str]:
    """Words and tones; the tones that frame a hold as ▲ and ▼."""
    signs = {"hold-starts": "▲", "hold-ends": "▼"}
    return [signs.get(cue.content, cue.content) for cue in section.cues]


def waits(section: Section) -> dict[str, float]:
    """The seconds without a word after each utterance, and before the tone if one comes sooner."""
    return {
        one.content: (other.start - one.end) / RATE
        for one, other in reversed(list(pairwise(section.cues)))
        if one.kind is CueKind.SPEECH
    }


def hold_starts(section: Section) -> list[float]:
    return [phase.start / RATE for phase in section.phases if phase.kind is PhaseKind.HOLD]


def test_a_rotation_twice_to_each_side() -> None:
    section = coached("rotational-stretch", "pelvic-tilt")[0]

    assert heard(section) == [
        "Lower-back rotation. One of two.",
        "With weak bones or a broken spine, skip this one.",
        "Bend your knees, feet flat.",
        "Twice on each side, five seconds each.",
        "In a hold, one sound says hold, and the next says let go.",
        *("Your shoulders stay down.", "Let both knees roll to the right."),
        *("▲", "Keep breathing.", "▼", "To the middle.", "switch-sides"),
        *("Now knees to the left.", "▲", "You feel a soft stretch along your side.", "▼", "To the middle."),
        "If that is too much: go only half way.",
        *("Last time. Knees to the right.", "▲", "Keep both shoulders down.", "▼", "To the middle."),
        *("And knees to the left.", "▲", "▼", "To the middle."),
        "Now rest.",
    ]
    after = waits(section)
    assert after["Bend your knees, feet flat."] == 2
    assert after["Let both knees roll to the right."] == after["Now knees to the left."] == 3
    assert after["Last time. Knees to the right."] == after["And knees to the left."] == 1.5
    assert [b - a for a, b in pairwise(hold_starts(section))] == pytest.approx([14, 14, 12.5], abs=0.1)
    assert section.length / RATE - section.cues[-1].end / RATE >= 4


def test_a_pelvic_tilt_of_two_movements_five_times() -> None:
    section = coached("rotational-stretch", "pelvic-tilt")[1]
    spoken = [cue.content for cue in section.cues if cue.kind is CueKind.SPEECH]

    assert spoken == [
        "Pelvic tilt. Two of two.",
        "Rest your arms by your sides.",
        "Five times: let your back rise for five seconds, then press it flat for five seconds.",
        *("Gently hollow your lower back, and let your belly rise.", "Keep breathing.", "And relax."),
        "Flatten your back, and draw your navel towards the floor.",
        *("You feel your lower back press into the floor.", "And relax."),
        "If that is too much: make the movement smaller.",
        *(
            "Two. Let your back rise.",
            "Do not push with your feet.",
            "And relax.",
            "Press it flat.",
            "And relax.",
        ),
        *("Three. Let your back rise.", "Press it flat.", "Four. Let your back rise.", "Press it flat."),
        *("Last one. Let your back rise.", "Press it flat.", "Now rest."),
    ]
    after = waits(section)
    assert after["Gently hollow your lower back, and let your belly rise."] == 3
    assert after["Flatten your back, and draw your navel towards the floor."] == 3
    every_rep = hold_starts(section)[4::2]
    assert [b - a for a, b in pairwise(every_rep)] == pytest.approx([19, 19], abs=0.5)
    assert {cue.content for cue in section.cues if cue.kind is not CueKind.SPEECH} == {
        "hold-starts",
        "hold-ends",
    }


def test_a_side_leg_raise_in_three_sets_of_ten() -> None:
    section = coached("bridge", "side-leg-raise")[1]
    sounds = [cue.content for cue in section.cues if cue.kind is not CueKind.SPEECH]

    assert heard(section)[:45] == [
        "Side leg raise. Two of two.",
        "In one piece, roll onto your left side, knees together.",
        "Rest your head on your bottom arm.",
        "Bend your bottom leg a little.",
        "Your top leg is straight, in line with your body.",
        "Three sets of ten on each leg.",
        "Right leg first.",
        *("Listen first.", "Draw your navel in."),
        "Raise the top leg, hips still, and never above chair height.",
        "With me.",
        *("One. Up.", "And hold.", "And down.", "Two. Up.", "Hold.", "And down."),
        "If that is too much: lift the leg only a little.",
        *("Three.", "glide", "You feel the outside of your hip work."),
        *("Four.", "glide", "Do not roll backwards."),
        *("Five.", "glide", "Six.", "glide"),
        *("Seven.", "glide", "Eight.", "glide", "Nine.", "glide", "Last one.", "glide"),
        *("set-ends", "Rest."),
        "Pillow between your knees.",
        "In one piece, roll over onto your right side.",
        "Pillow out, and bend your bottom leg.",
        *("Left leg next.", "Set one of three."),
        *("One. Up.", "And hold."),
    ]
    assert set(sounds) == {"glide", "set-ends"}
    after = waits(section)
    assert after["In one piece, roll onto your left side, knees together."] == 12
    assert after["Rest."] == 4
    assert after["Pillow between your knees."] == 2
    assert after["In one piece, roll over onto your right side."] == 12
    one_set = hold_starts(section)[4:10]
    assert [b - a for a, b in pairwise(one_set)] == pytest.approx([7] * 5)
    with_the_pillow = 5 * 7 / 60  # at each of five turns: a sentence, and five seconds
    assert section.length / RATE / 60 == pytest.approx(9.3 + with_the_pillow, abs=0.6)


def test_a_stretch_of_the_hip_front_after_sitting_on_a_chair() -> None:
    section = coached("glute-squeeze", "psoas-stretch")[1]

    assert heard(section) == [
        "Front of the hip. Two of two.",
        *("Stand up.", "Fold the towel, and lay it on the mat.", "Put the chair beside it."),
        "If kneeling hurts, stay standing, in a long step.",
        "Hold on to the chair.",
        "Kneel on your right knee.",
        "Once on each leg, for thirty seconds.",
        "Three soft ticks come before the end of a long hold.",
        *("Rest the right knee on the towel.", "Your left foot flat in front."),
        *("Turn your right foot outwards a little.", "Put a hand on your right buttock, and tighten it."),
        *("Now lean forward from the hip.", "Your spine stays upright."),
        *("▲", "You feel it at the front of that hip.", "Do not arch your back."),
        *("Half way.", "Breathe slowly.", "tick", "tick", "tick", "▼", "And come back slowly."),
        "switch-sides",
        *("Hold on to the chair, and change knees.", "Your left knee is on the towel now."),
        "Turn that foot out a little, buttock tight.",
        *("Lean forward from the hip.", "▲", "Half way.", "tick", "tick", "tick"),
        *("▼", "And come back slowly.", "Now rest."),
    ]
    after = waits(section)
    to_fetch = after["Fold the towel, and lay it on the mat."] + after["Put the chair beside it."]
    to_change = (
        after["Hold on to the chair, and change knees."] + after["Your left knee is on the towel now."]
    )
    assert (to_fetch, to_change) == (10, 10)
    assert after["If kneeling hurts, stay standing, in a long step."] == 2
    assert after["Kneel on your right knee."] == 8
    assert after["Your spine stays upright."] == after["Lean forward from the hip."] == 4
