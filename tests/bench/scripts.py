"""Makes scripts for measurements."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

WHO = ("Your left arm", "Your right arm", "Your whole back", "Your neck", "Each shoulder")
HOW = ("slowly", "gently", "softly", "calmly", "quietly")
WHAT = (
    "sinks into the mat",
    "grows a little longer",
    "lets go of the day",
    "rests where it is",
    "becomes warm",
)
THEN = ("while you keep breathing", "and nothing else has to happen")

SENTENCES = tuple(f"{who} {how} {what} {then}." for who, how, what, then in product(WHO, HOW, WHAT, THEN))
"""250 of them, of about four seconds."""


def write_long_session(path: Path, times: int = 1) -> None:
    """About half an hour with 250 different sentences and 62 rests, repeated.

    Six repeats last just under three hours.
    """
    steps = [f"  - say: {sentence}" for sentence in SENTENCES]
    for place in range(len(steps) - 1, 0, -4):
        steps.insert(place, "  - rest: 7s")
    body = "\n".join(steps * times)
    path.write_text(f"title: {path.stem}\nlanguage: en\nsteps:\n{body}\n")


def write_exercises(path: Path, lines: int) -> None:
    """A session with a number of lines, each of which must be parsed."""
    head = [f"title: {path.stem}", "about: Made to measure.", "tags: [stretch, gentle]", "steps:"]
    exercise = """\
  - exercise:
      name: Ankle pumps
      position: on your back
      moves:
        - {say: Point your toes., cue: Point., move: 2s}
        - {say: Now pull them back., cue: Pull., hold: 5-10s}
      reps: 10
      rest: 3s
  - rest: 30s
  - say: Well done, and now once more.
""".splitlines()
    body = [exercise[number % len(exercise)] for number in range(lines - len(head))]
    path.write_text("\n".join([*head, *body]) + "\n")
