"""What a listener with closed eyes hears, and when, in seconds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from player.session import Choices, Coaching
from player.timeline import CueKind, PhaseKind

from tests.content import RATE, voiced
from tests.scripting import session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from player.timeline import Phase, Section, Timeline

FULL, BRIEF = Choices(coaching=Coaching.FULL), Choices(coaching=Coaching.BRIEF)
EVERY_SESSION = (
    *("first-time", "morning-stretch", "evening-stretch", "five-stretches", "core-strength", "desk-break"),
    *("full-back-care", "tabata-gentle", "body-scan", "breathing-breaks", "on-a-chair"),
)


@dataclass(frozen=True, slots=True)
class Heard:
    """One utterance, in seconds."""

    text: str
    start: float
    end: float
    wait: float
    """Seconds until the next utterance or sound."""


def of_script(steps: str, choices: Choices = FULL, head: str = "") -> Timeline:
    """A session written as YAML steps, as the tests' voice says it."""
    return voiced(session(f"title: T\n{head}steps:\n{steps}"), choices)


def words(what: Timeline | Section) -> list[Heard]:
    """Every utterance, in order."""
    cues = [*what.cues]
    length = what.length
    ends = [*(after.start for after in cues[1:]), length][: len(cues)]
    return [
        Heard(cue.content, cue.start / RATE, cue.end / RATE, (end - cue.end) / RATE)
        for cue, end in zip(cues, ends, strict=True)
        if cue.kind is CueKind.SPEECH
    ]


def texts(what: Timeline | Section) -> list[str]:
    return [one.text for one in words(what)]


def part(timeline: Timeline, exercise: str) -> Section:
    """The section of an exercise, by the end of its id."""
    return next(one for one in timeline.sections if (one.exercise_id or "").endswith(exercise))


def place(found: list[str], pattern: str) -> int:
    """The index of the first utterance that matches."""
    matching = [index for index, text in enumerate(found) if re.search(pattern, text, re.IGNORECASE)]
    assert matching, f"nobody says {pattern!r}: {found}"
    return matching[0]


def first(what: Timeline | Section, pattern: str) -> Heard:
    found = words(what)
    return found[place([one.text for one in found], pattern)]


def holds(section: Section) -> list[Phase]:
    return [phase for phase in section.phases if phase.kind is PhaseKind.HOLD]


def from_last_word(section: Section, hold: Phase) -> float:
    """Seconds from the last word before a hold to its start."""
    ends = [cue.end for cue in section.cues if cue.kind is CueKind.SPEECH and cue.end <= hold.start]
    return (hold.start - max(ends)) / RATE


def inside(section: Section, phase: Phase) -> list[str]:
    return [one.text for one in words(section) if phase.start <= one.start * RATE < phase.end]


def neighbours(section: Section) -> Iterator[tuple[Heard, Heard]]:
    yield from pairwise(words(section))
