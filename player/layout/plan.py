"""From a session to its sections: what is said and done, in which order, before lengths are known.

Around the author's steps, the coach adds an opening and an end (`frame`) and times ("two exercises left,
about four minutes"). Times come from estimated lengths, so a plan needs no voice and is the same for every
voice.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from player.errors import Mistake, ScriptError
from player.layout import frame
from player.layout import steps as plain
from player.layout.announce import Announcer, Place
from player.layout.block import block
from player.layout.dose import sets_grow
from player.layout.estimate import estimate
from player.layout.ladder import rungs
from player.layout.outline import Line, Outline, Span
from player.layout.positions import position_of
from player.layout.ready import Listener
from player.session import (
    Coaching,
    ExerciseStep,
    IntervalsStep,
    RepeatStep,
    RestStep,
    SayStep,
    SoundStep,
    WalkStep,
    exercises_in,
)
from player.timeline import LONGEST, MarkKind, PhaseKind
from player.wording import wording_for
from player.wording.posture import Position, Posture, Surface

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from player.layout.ladder import Rung
    from player.session import Choices, Session, Step
    from player.wording import Wording
    from player.wording.phrases import Phrases


STANDING = Position("", Posture.STANDING, Surface.FLOOR)
"""Where a walk leaves the listener."""


def plan(session: Session, choices: Choices, wording: Wording | None = None) -> tuple[Outline, ...]:
    """The sections of a session, in play order, each with every candidate utterance and interval.

    Args:
        session: The session.
        choices: The listener's choices.
        wording: The coach's own words; None: those of the session's language.

    Raises:
        ScriptError: Holds and rests alone take more than `LONGEST`, perhaps because a dose has grown.
    """
    wording = wording or wording_for(session.language)
    planner = _Planner(session, choices, wording)
    planner.plan(tuple(flat(session.steps)))
    least = sum(span.length for entry in planner.entries for span in entry.outline.spans)
    if least > LONGEST:
        hours = f"more than {least // 3600:.0f} hours"
        message = f"the session lasts {hours}; the limit is three hours, so split it"
        raise ScriptError([Mistake(session.source, message)])
    outlines = _tell_times(planner.entries, wording.phrases)
    if choices.live:
        outlines = tuple(_tell_how_to_go_on(outline, wording.phrases) for outline in outlines)
    return tuple(
        _after_quiet(outline, choices.waking) if choices.waking and (index == 0 or begins_file) else outline
        for index, outline in enumerate(outlines)
        for begins_file in [choices.wakes_each and outline.kind is MarkKind.EXERCISE]
    )


def _tell_how_to_go_on(outline: Outline, phrases: Phrases) -> Outline:
    """The section; if the engine waits at its end, the listener hears how to go on."""
    if not outline.until_done:
        return outline
    line = Line(phrases.WAITING_FOR_YOU[-1], outline.source)
    told = Span(PhaseKind.REST, outline.spans[-1].activity, lines=(line,), quiet=1.0)
    return replace(outline, spans=(*outline.spans, told))


def _after_quiet(outline: Outline, seconds: float) -> Outline:
    """The section, after a span of its own in which nothing sounds."""
    first = outline.spans[0]
    kind = PhaseKind.TALK if first.exact else first.kind
    return replace(outline, spans=(Span(kind, first.activity, length=seconds, exact=True), *outline.spans))


def flat(steps: Iterable[Step]) -> Iterator[Step]:
    """The steps with repeats expanded."""
    for step in steps:
        if isinstance(step, RepeatStep):
            for _ in range(step.times):
                yield from flat(step.steps)
        else:
            yield step


@dataclass(frozen=True, slots=True)
class _Entry:
    outline: Outline
    tells: int | None = None
    """Number of exercises left to announce, with the time; 0: the total time."""
    lines_before: int = 1
    """How many lines of the section are said before that."""


def _tell_times(entries: Sequence[_Entry], phrases: Phrases) -> tuple[Outline, ...]:
    """Insert the lines that depend on the length of the rest."""
    outlines = [entry.outline for entry in entries]
    left = 0.0
    for index in range(len(outlines) - 1, -1, -1):
        outline, tells = outlines[index], entries[index].tells
        guess = estimate([outline])
        left += guess.length / guess.rate
        if tells is not None:
            text = phrases.left_to_do(tells, left) if tells else phrases.takes(left)
            first, *others = outline.spans
            before = entries[index].lines_before
            lines = (*first.lines[:before], Line(text, outline.source), *first.lines[before:])
            outlines[index] = replace(outline, spans=(replace(first, lines=lines), *others))
    return tuple(outlines)


@dataclass
class _Planner:
    session: Session
    choices: Choices
    wording: Wording
    entries: list[_Entry] = field(default_factory=list)
    listener: Listener = field(default_factory=Listener)

    def __post_init__(self) -> None:
        self.coaching = self.choices.coaching or self.session.coaching or Coaching.FULL
        self.announcer = Announcer(self.session, self.choices, self.listener, self.coaching, self.wording)

    def plan(self, steps: tuple[Step, ...]) -> None:
        """Plan all steps, with the opening before them (or after a greeting) and the end after them."""
        things = (
            thing for need in frame.needs(self.session, steps) for thing in self.wording.things_in(need)
        )
        self.announcer.things.update(things)
        self.listener.sounds.update(step.sound for step in steps if isinstance(step, SoundStep))
        greeted = bool(steps) and isinstance(steps[0], SayStep) and steps[0].position is None
        for step in steps:
            if isinstance(step, ExerciseStep):
                self.announcer.expect(step)
        turns = self._turns(steps)
        places = rungs(steps)
        number, of = 0, sum(map(self._is_counted, steps))
        if not greeted:
            self._open(steps, titled=True)
        for index, step in enumerate(steps):
            number += self._is_counted(step)
            rests = index + 1 < len(steps) and isinstance(steps[index + 1], RestStep)
            if isinstance(step, ExerciseStep):
                turn = (turns.index(step.exercise.id), len(turns)) if step.exercise.id in turns else (0, 1)
                gap = bool(self.entries) and self.entries[-1].outline.kind is MarkKind.EXERCISE
                place = Place(gap, rests, turn, places.get(index))
                self._exercise(step, number, of, place)
            elif isinstance(step, IntervalsStep):
                outline = block(self.announcer, step, number, of)
                self.entries.append(_Entry(outline))
            else:
                self._plain(step, places.get(index))
            if index == 0 and greeted:
                self._open(steps, titled=False)
        exercised = any(exercises_in(step) for step in steps)
        for outline in frame.closing(self.announcer, exercised=exercised):
            self.entries.append(_Entry(outline))

    def _turns(self, steps: tuple[Step, ...]) -> list[str]:
        """The exercises that take turns to grow, one for each time that the day's turn comes round."""
        growing = (step.exercise for step in steps if isinstance(step, ExerciseStep))
        return list(dict.fromkeys(one.id for one in growing if sets_grow(one)))

    def _open(self, steps: tuple[Step, ...], *, titled: bool) -> None:
        for index, outline in enumerate(frame.opening(self.announcer, steps, titled=titled)):
            tells = 0 if index == 0 else None
            self.entries.append(_Entry(outline, tells, lines_before=1 if titled else 0))

    def _exercise(self, step: ExerciseStep, number: int, of: int, place: Place) -> None:
        n, total = (number, of) if self._is_counted(step) else (None, None)
        outline, moved = self.announcer.exercise(step, n, total, place)
        told = moved and n is not None and 1 < n < of and outline.spans[0].lines
        self.entries.append(_Entry(outline, of - number if told else None))

    def _is_counted(self, step: Step) -> bool:
        """Whether a step is one of "two of four": announced, and no warm-up or cool-down."""
        if isinstance(step, IntervalsStep):
            return True
        if not isinstance(step, ExerciseStep) or step.exercise.role is not None:
            return False
        return self.session.defaults.announces(step.exercise)

    def _plain(self, step: Step, rung: Rung | None) -> None:
        if isinstance(step, SayStep) and step.position:
            target = self._left_in(step)
            outline: Outline | None = plain.moving_talk(self.announcer, step, target)
        else:
            outline = plain.outline(self.announcer, step, rung)
        if outline is not None:
            self.entries.append(_Entry(outline))
        if isinstance(step, SayStep) and step.position:
            self.listener.move_to(self._left_in(step))
        elif isinstance(step, WalkStep):
            self.listener.move_to(STANDING)

    def _left_in(self, step: SayStep) -> Position | None:
        """The position in which a talk leaves the listener: in bed, if its words say so."""
        if step.position is None:
            return None
        before = self.listener.position
        stays = before is not None and before.surface is Surface.BED
        in_bed = stays or self.wording.positions.in_bed(step.words.text)
        return position_of(step.position.text, self.wording, in_bed=in_bed)
