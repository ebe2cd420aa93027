"""A small catalogue of exercises, and short ways to read a script in a test."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from player.errors import ScriptError
from player.script import parse_exercise, parse_session, parse_talk

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from player.errors import Mistake
    from player.session import Exercise, Session, Talk

PELVIC_TILT = """\
name: Pelvic tilt
targets: [lower back, abdominals]
position: on your back
setup: Bend your knees and put your feet flat. Rest your arms by your sides.
moves:                                    # done in turn within each rep
  - say: Gently hollow your lower back.   # spoken in full the first time…
    cue: Hollow.                          # …and briefly after that
    hold: 5s
    back: {for: 2s, say: And relax.}
  - say: Now flatten it, and draw your belly button towards the floor.
    cue: Flatten.
    hold: 5s
reps: 5
rest: 3s
progress: {reps: +1, every: 1 day, up_to: 30}
feel: You feel your lower back press into the floor.
fault: Do not push with your feet.
easier: {say: Make the movement smaller.}
caution: Stop if it hurts more.
reference: Exercises to ease lower back pain (article, 2020)
"""

EXERCISES = {
    "pelvic-tilt": PELVIC_TILT,
    "warm-up": "{name: Warm-up, role: warm-up, say: March., move: 60s}",
    "cool-down": "{name: Cool-down, role: cool-down, say: Breathe., move: 60s}",
    "bridge": "{name: Bridge, say: Lift., hold: 2s, back: {for: 3s, say: Down.}, reps: 15, sets: 3, "
    "progress: {reps: +1, every: 1 day, up_to: 30}}",
    "rotational-stretch": "{name: Rotation, say: To the <side>., hold: 5-10s, reps: 2-3, sides: alternating}",
    "cat-stretch": "{name: Cat stretch, say: Round your back., move: 4s, reps: 3-5}",
    "march": "{name: March, say: March on the spot., work: 20s, rest: 10s, rounds: 8}",
    "pulses": "{name: Pulses, say: Lift., cue: Up., every: 2s, reps: 10}",
    "cat-hold": "{name: Cat hold, say: Round your back., hold: 4s}",
    "lonely": "{name: Lonely, say: Lift., hold: 4s, easier: {exercise: nothing}, harder: nowhere}",
    "ladder": "{name: Ladder, say: Lift., hold: 2s, reps: [5, 3, 1]}",
    "broken": "{name: Broken, say: Lift., hold: 0}",
}

TALKS = {
    "posture": "{title: Posture, points: [Stand tall., Do not slouch.]}",
    "led": "{title: Led, lead: For today., points: [Stand tall.]}",
    "empty": "{title: Empty, points: []}",
}


class Catalogue:
    """The exercises above, and two sounds."""

    def exercise_ids(self) -> Collection[str]:
        return EXERCISES.keys()

    def exercise(self, identity: str) -> Exercise:
        return parse_exercise(EXERCISES[identity], f"exercises/{identity}.yaml", identity)

    def talk_ids(self) -> Collection[str]:
        return TALKS.keys()

    def talk(self, identity: str) -> Talk:
        return parse_talk(TALKS[identity], f"talks/{identity}.yaml", identity)

    def sound_ids(self) -> Collection[str]:
        return ["bell", "tick"]

    def sounds_left_out(self) -> Collection[str]:
        return ["elsewhere"]


def session(text: str) -> Session:
    return parse_session(dedent(text), "s.yaml", "s", Catalogue()).session


def warnings(text: str) -> list[str]:
    return lines(parse_session(dedent(text), "s.yaml", "s", Catalogue()).warnings)


def exercise(text: str) -> Exercise:
    return parse_exercise(dedent(text), "e.yaml", "e")


def mistakes(text: str) -> list[str]:
    """Return all mistakes of a session, as a user reads them."""
    with pytest.raises(ScriptError) as caught:
        session(text)
    return lines(caught.value.mistakes)


def exercise_mistakes(text: str) -> list[str]:
    """Return all mistakes of an exercise, as a user reads them."""
    with pytest.raises(ScriptError) as caught:
        exercise(text)
    return lines(caught.value.mistakes)


def lines(found: Iterable[Mistake]) -> list[str]:
    return [str(mistake) for mistake in found]
