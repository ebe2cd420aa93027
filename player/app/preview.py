"""The contents of a session for a front end: exercises with doses, the strip of phases, cautions."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from player.app.ports import ExerciseRow, Preview, Stretch
from player.layout import estimate, plan
from player.layout.frame import needs
from player.layout.plan import flat
from player.session import IntervalsStep, exercises_in
from player.wording.en import paper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from player.layout import Outline
    from player.session import Choices, Session, Step
    from player.timeline import Section, Timeline


def look_inside(session: Session, choices: Choices) -> Preview:
    """Make a preview without speaking anything."""
    outlines = plan(session, choices)
    timeline = estimate(outlines)
    exercises = [one for step in flat(session.steps) for one in exercises_in(step)]
    cautions = dict.fromkeys(one.caution.on(one.dose.first) for one in exercises if one.caution)
    return Preview(
        exercises=exercises_of(session, outlines),
        strip=_stretches(timeline.sections, timeline.rate),
        seconds=timeline.length / timeline.rate,
        needs=needs(session, tuple(flat(session.steps))),
        cautions=tuple(cautions),
    )


def exercises_of(session: Session, outlines: Iterable[Outline]) -> tuple[ExerciseRow, ...]:
    """The exercises of a session, each with its section."""
    steps = (step for step in flat(session.steps) if exercises_in(step))
    sections = ((index, outline.title) for index, outline in enumerate(outlines) if outline.exercise_id)
    return tuple(
        ExerciseRow(section, title, _dose(step))
        for (section, title), step in zip(sections, steps, strict=True)
    )


def _dose(step: Step) -> str:
    return paper.in_turn(step) if isinstance(step, IntervalsStep) else paper.dose(exercises_in(step)[0])


def strip_of(
    outlines: tuple[Outline, ...], laid_out: Mapping[int, Section], rate: int = 48_000
) -> Callable[[], tuple[Stretch, ...]]:
    """A function that returns the strip, real as far as it is laid out; the rest is estimated once."""
    guess = _Guess(outlines)

    def strip() -> tuple[Stretch, ...]:
        found: list[Stretch] = []
        for index in range(len(outlines)):
            section = laid_out.get(index)
            known = (section, rate) if section else (guess.timeline.sections[index], guess.timeline.rate)
            found += _stretches_of(index, *known)
        return tuple(found)

    return strip


class _Guess:
    """An estimate, made on first use."""

    def __init__(self, outlines: tuple[Outline, ...]) -> None:
        self._outlines = outlines

    @cached_property
    def timeline(self) -> Timeline:
        """The estimated timeline of the whole session."""
        return estimate(self._outlines)


def _stretches(sections: Iterable[Section], rate: int) -> tuple[Stretch, ...]:
    return tuple(one for index, section in enumerate(sections) for one in _stretches_of(index, section, rate))


def _stretches_of(index: int, section: Section, rate: int) -> list[Stretch]:
    return [Stretch(phase.kind, phase.length / rate, index) for phase in section.phases if phase.length]
