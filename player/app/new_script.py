"""A commented script to start from, which passes `check` unchanged."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING

from player.wording.en.positions import posture_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from player.session import Exercise

USUAL = ("pelvic-tilt", "knee-to-chest")
"""The exercises of a new session if none are named."""

_HEAD = """\
# {title} - a session for Cuemat. Text after a # is a comment; for all keys see scripts/README.md.
title: {quoted}
# about: One sentence for the list of sessions.
# needs: [mat, chair]                # what to have at hand; default: what the exercises need
# schedule: {{times_per_day: 1, days_per_week: 7}}
# music: still-water                 # a bed from sounds/, under the whole session
# safety: full                       # the long advice at the start
defaults:                            # for every exercise that does not set its own
  get_ready: 8s                      # at least
  between_exercises: 12s             # announcement and get-ready time together
steps:                               # the session, in order
  - say: Hello. Good that you are here.
  - exercise: {warm_up}
"""
_TAIL = """\
  # Write an exercise that the catalogue lacks right here; remove the # to use it:
  # - exercise:
  #     name: Ankle pumps
  #     position: on your back
  #     moves:
  #       - {{say: Point your toes., cue: Point., move: 2s}}
  #       - {{say: Now pull them back., cue: Pull., move: 2s}}
  #     reps: 10
  #     sides: each                  # right, then left
  - exercise: {cool_down}
  - talk: posture                    # the day's point
"""


def write_script(title: str, exercises: Sequence[Exercise]) -> str:
    """The text of the script, with comments."""
    places = [posture_of(exercise.position.text) for exercise in exercises if exercise.position]
    lying = any(place.is_low for place in places)
    plain = "".join(c for c in title if unicodedata.category(c)[0] != "C")
    head = _HEAD.format(
        title=plain,
        quoted=json.dumps(title, ensure_ascii=False),
        warm_up="warm-up" if lying else "seated-warm-up",
    )
    steps = "".join(_step(exercise) for exercise in exercises)
    return head + steps + _TAIL.format(cool_down="cool-down" if lying else "seated-cool-down")


def _step(exercise: Exercise) -> str:
    reps = exercise.dose.reps[0].low if exercise.dose.reps else 1
    return f"  - exercise: {exercise.id}\n    # reps: {reps}\n"


def file_name(title: str) -> str:
    """A title turned into a file name without an ending: "Before breakfast" is before-breakfast."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    return "-".join(words)[:60].strip("-") or "session"
