"""A script to begin with, commented, that passes `check` as it is."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING

from player.wording.en.positions import posture_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from player.session import Exercise

USUAL = ("pelvic-tilt", "knee-to-chest")
"""What a session begins with when nobody says otherwise."""

_HEAD = """\
# {title} - a session for Cuemat. What follows a # is a comment; all keys: scripts/README.md.
title: {quoted}
# about: One sentence for the list of sessions.
# needs: [mat, chair]                # what to have at hand; left out: what the exercises need
# schedule: {{times_per_day: 1, days_per_week: 7}}
# music: still-water                 # a bed from sounds/, under everything
# safety: full                       # the long advice at the start
defaults:                            # for every exercise below that does not say otherwise
  get_ready: 8s                      # at least
  between_exercises: 12s             # holds the announcement and the get-ready time
steps:                               # what is done, in order
  - say: Hello. Good that you are here.
  - exercise: {warm_up}
"""
_TAIL = """\
  # An exercise that the catalogue lacks is written in place; take away the # to use it:
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
    """The script, with its comments."""
    places = [posture_of(exercise.position.text) for exercise in exercises if exercise.position]
    lying = any(place.on_floor for place in places)
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
    """A title as the name of a file, without its ending: "Before breakfast" is before-breakfast."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    return "-".join(words)[:60].strip("-") or "session"
