"""`cuemat new`: a script to begin with, commented, that passes `check` as it is.

On a terminal it asks for what was not given; everywhere else it takes what it was given. The file is read
back by the real reader before it is written, so that nobody begins with somebody else's mistake.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import click

from player import script
from player.cli.command import command
from player.cli.options import Named, exercise_ids
from player.errors import UserError
from player.files.whole import write_text
from player.library import Library, Origin, shown, users_home
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


@command(
    "new",
    "On a terminal it asks for what you do not give.",
    examples=(
        ("new 'Before breakfast' -e cat-stretch -e pelvic-tilt", "into your own scripts folder"),
        ("new 'Before breakfast' -o breakfast.yaml", "somewhere else"),
    ),
)
@click.argument("title", metavar="[TITLE]", required=False)
@click.option(
    "-e",
    "--exercise",
    "names",
    metavar="ID",
    multiple=True,
    type=Named("exercise", exercise_ids),
    help="an exercise of it; again for the next one",
)
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(), help="the file to write (in your own scripts folder)"
)
@click.option("--force", is_flag=True, help="overwrite the file if it exists")
def new(title: str | None, names: Sequence[str], output: str | None, *, force: bool) -> int:
    """Write the script; its path on stdout."""
    library = Library.found()
    if sys.stdin.isatty():
        title = title or _ask("What is the session called?", "My session")
        if not names:
            answer = _ask("Which exercises? Their ids (see `cuemat exercises`), in order:", " ".join(USUAL))
            names = answer.replace(",", " ").split()
    if not title:
        message = "a session needs a title; write for example: cuemat new 'Before breakfast'"
        raise UserError(message)
    text = write_script(title, [library.exercise(name) for name in names or USUAL])
    target = Path(output) if output else users_home() / "scripts" / f"{file_name(title)}.yaml"
    script.parse_session(text, shown(target), target.stem, library)
    write_text(target, text, force=force, with_folder=True)
    before = None if output else library.scripts.get(target.stem)
    if before and (before.origin is Origin.BUNDLED or before.replaces_bundled):
        print(f"cuemat: '{target.stem}' now replaces the bundled one in your lists", file=sys.stderr)
    print(f"{shown(target)}: written; read it, change it, and run: cuemat check --watch {shown(target)}")
    return 0


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


def _ask(question: str, usual: str) -> str:
    """The answer on the terminal; an empty one means the usual.

    Raises:
        UserError: The input ended.
    """
    print(f"{question} [{usual}] ", end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if not line:
        message = "the answer is missing; nothing was written"
        raise UserError(message)
    return line.strip() or usual


COMMAND = new
