"""What a new author writes who has only read the authors' page, from this hand-out.

"Heel slides: on your back, slide one heel towards you, 10 times each leg, 2 sets; then hold both knees to the
chest 20 seconds, three times."
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from player.script import parse_session
from player.timeline import PhaseKind

from tests.commands import User
from tests.content import LIBRARY, laid, said

if TYPE_CHECKING:
    from pathlib import Path

HEEL_SLIDES = """\
title: Heel slides
needs: [mat]
steps:
  - say: Hello. Lie down when you are ready.
  - exercise: warm-up
  - exercise:
      name: Heel slides
      position: on your back
      setup: Legs long.
      moves:
        - {say: Slide your <side> heel towards you., cue: Slide in., move: 3s}
        - {say: And slide it out again., cue: And out., move: 3s}
      reps: 10
      sets: 2
      sides: each
  - exercise:
      name: Knees to chest
      position: on your back
      say: Draw both knees to your chest, and hold them there.
      cue: Both knees.
      hold: 20s
      reps: 3
  - exercise: cool-down
"""


def test_the_script_passes_check_without_a_warning(tmp_path: Path) -> None:
    user = User(tmp_path)
    user.write("heel-slides.yaml", HEEL_SLIDES)
    outcome = user.cuemat("check", "heel-slides.yaml")

    assert (outcome.code, outcome.stderr) == (0, "")
    assert outcome.stdout.startswith("heel-slides.yaml: ok, ≈ ")


def test_and_is_the_dose_of_the_hand_out() -> None:
    timeline = laid(parse_session(HEEL_SLIDES, "heel.yaml", "heel", LIBRARY).session)
    slides = Counter(
        (phase.activity.set, phase.activity.side)
        for phase in timeline.phases
        if phase.activity.exercise == "Heel slides" and phase.kind is PhaseKind.MOVE
    )
    holds = [phase.length / timeline.rate for phase in timeline.phases if phase.kind is PhaseKind.HOLD]

    assert slides == {(number, side): 20 for number in (1, 2) for side in ("right", "left")}
    assert holds == [20, 20, 20]
    assert timeline.misfits == ()
    assert "Slide your right heel towards you." in said(timeline)
