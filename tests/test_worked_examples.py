"""Three exercises as a good coach speaks them, second by second from the first move on.

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


def hold_starts(section: Section) -> list[float]:
    return [phase.start / RATE for phase in section.phases if phase.kind is PhaseKind.HOLD]


def test_a_rotation_twice_to_each_side() -> None:
    section = coached("rotational-stretch", "pelvic-tilt")[0]

    assert heard(section) == [
        "Lower-back rotational stretch. One of two.",
        "With weak bones or a past spine fracture, ask first.",
        "Bend your knees and put your feet flat.",
        "Twice on each side, each for five seconds.",
        *("Your shoulders stay down.", "Let both knees roll to the right."),
        *("▲", "Keep breathing.", "▼", "Back to the middle.", "switch-sides"),
        *(
            "Now knees to the left.",
            "▲",
            "You feel a soft stretch along your side.",
            "▼",
            "Back to the middle.",
        ),
        *(
            "Last time. Knees to the right.",
            "▲",
            "Do not let your shoulders lift.",
            "▼",
            "Back to the middle.",
        ),
        *("And knees to the left.", "▲", "Let the knees go only half way.", "▼", "Back to the middle."),
        *("Now rest.", "Next, pelvic tilt. Same position."),
    ]
    assert [b - a for a, b in pairwise(hold_starts(section))] == pytest.approx([12, 12, 12], abs=0.6)


def test_a_pelvic_tilt_of_two_movements_five_times() -> None:
    section = coached("rotational-stretch", "pelvic-tilt")[1]
    spoken = [cue.content for cue in section.cues if cue.kind is CueKind.SPEECH]

    assert spoken[:7] == [
        "Pelvic tilt. Two of two.",
        "Keep it gentle, and stop if it hurts more.",
        "Rest your arms by your sides.",
        "Five times, each for five seconds.",
        "Gently hollow your lower back, and let your belly rise.",
        "Keep breathing.",
        "And relax.",
    ]
    numbers = [text for text in spoken if text.endswith("Let it rise.")]
    assert numbers == [f"{number}. Let it rise." for number in ("Two", "Three", "Four", "Last one")]
    assert [text for text in spoken if text == "Press it flat."] == ["Press it flat."] * 4
    assert spoken[-1] == "Now rest."
    every_rep = hold_starts(section)[2::2]
    assert [b - a for a, b in pairwise(every_rep)] == pytest.approx([19, 19, 19], abs=0.5)
    assert {cue.content for cue in section.cues if cue.kind is not CueKind.SPEECH} == {
        "hold-starts",
        "hold-ends",
    }


def test_a_side_leg_raise_in_three_sets_of_ten() -> None:
    section = coached("bridge", "side-leg-raise")[1]
    sounds = [cue.content for cue in section.cues if cue.kind is not CueKind.SPEECH]

    assert heard(section)[:40] == [
        "Lying side leg raise. Two of two.",
        "Roll onto your left side, knees together.",
        "Rest your head on the pillow.",
        "Your bottom leg is a little bent.",
        "Your top leg is straight, in line with your body.",
        "Three sets of ten on each side.",
        "Right side first.",
        "Draw your navel towards your spine.",
        "Raise your straight top leg, only as high as your hips stay still, never above chair height.",
        "You feel the outside of your hip work.",
        "Do not let the hip roll backwards.",
        "A small lift is enough.",
        "With me.",
        *("One. Up.", "And hold.", "And down.", "Two. Up.", "Hold.", "And down."),
        *("Three.", "glide", "Four.", "glide", "Five.", "glide", "Six.", "glide"),
        *("Seven.", "glide", "Eight.", "glide", "Nine.", "glide", "Last one.", "glide"),
        *("set-ends", "Rest.", "Now roll over onto your right side, knees together.", "Left side next."),
        "Left side, set one of three.",
    ]
    assert set(sounds) == {"glide", "set-ends"}
    one_set = hold_starts(section)[:10]
    assert [b - a for a, b in pairwise(one_set)] == pytest.approx([7] * 9)
    assert section.length / RATE / 60 == pytest.approx(9.3, abs=0.5)
