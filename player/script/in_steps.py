"""From the fields of the steps to `Step`s, with exercises from the catalogue."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING

from player.errors import ScriptError
from player.script import model, placeholders
from player.script.catalogue import Catalogue, is_known
from player.script.exercise import exercise, interval_exercise, over
from player.script.forms import Fields
from player.script.intervals import check_turn, in_intervals, turns_of
from player.session import (
    BreatheStep,
    Dose,
    ExerciseStep,
    IntervalsStep,
    Range,
    RepeatStep,
    RestStep,
    SayStep,
    SilenceStep,
    SoundStep,
    TalkStep,
    WalkStep,
)
from player.words import quoted

if TYPE_CHECKING:
    from player.script.report import Report
    from player.script.steps import ReadStep
    from player.session import Exercise, Step, Words

DEEPEST_REPEAT = 8
IN_PLACE = "#"
"""Stands between the ids of a session and of an exercise in it, so no id of the catalogue is equal."""
NOT_IN_IDS = re.compile(r"[\W_]+")
NO_SIDE_IN_A_TALK = "write 'left' or 'right'"


@dataclass(slots=True)
class StepReader:
    """Reads the steps of one session."""

    report: Report
    identity: str
    """The session's id."""
    catalogue: Catalogue
    own: dict[tuple[object, ...], str] = field(default_factory=dict, init=False)
    """The ids of the exercises written in place, by their lessons."""
    whole: bool = field(default=True, init=False)
    """Whether every step could be read so far."""

    def steps(self, entries: tuple[ReadStep, ...], depth: int = 0) -> tuple[Step, ...]:
        """Return the steps that could be read."""
        steps = [self._step(entry, depth) for entry in entries]
        self.whole = self.whole and None not in steps
        return tuple(step for step in steps if step is not None)

    def _step(self, entry: ReadStep, depth: int) -> Step | None:
        if entry.lead == "repeat":
            return self._repeat(entry.fields, depth)
        readers = {
            "exercise": self._exercise,
            "intervals": self._intervals,
            "say": self._talk,
            "talk": self._point,
            "breathe": self._breathe,
            "sound": self._sound,
        }
        return readers.get(entry.lead, self._pause)(entry.fields)

    def _talk(self, fields: Fields) -> Step | None:
        words, position = fields.get(model.TALK), fields.get(model.LEAVES)
        placeholders.check([words, position], self.report, sided=False, remedy=NO_SIDE_IN_A_TALK)
        if words is None:
            return None
        return SayStep(self.report.source(fields.node), words, position, until_done=_until_done(fields))

    def _point(self, fields: Fields) -> Step | None:
        which, lead = fields.get(model.WHICH_TALK), fields.get(model.TALK_LEAD)
        placeholders.check([lead], self.report, sided=False, remedy=NO_SIDE_IN_A_TALK)
        if which is None or not is_known("talk", which, self.catalogue.talk_ids(), self.report):
            return None
        try:
            return TalkStep(self.report.source(fields.node), self.catalogue.talk(which.text), lead)
        except ScriptError as problem:
            self.report.add(*problem.mistakes)
            return None

    def _pause(self, fields: Fields) -> Step | None:
        source, waits = self.report.source(fields.node), _until_done(fields)
        if (length := fields.get(model.REST_STEP)) is not None:
            return RestStep(source, length, until_done=waits)
        if (length := fields.get(model.WALK)) is not None:
            return WalkStep(source, length, until_done=waits)
        length = fields.get(model.SILENCE)
        return None if length is None else SilenceStep(source, length)

    def _breathe(self, fields: Fields) -> Step | None:
        breaths = fields.get(model.BREATHE)
        if breaths is None:
            return None
        inward, outward = breaths.get(model.BREATHE_IN), breaths.get(model.BREATHE_OUT)
        times = breaths.get(model.BREATHS)
        if inward is None or outward is None or times is None:
            return None
        hold, rest = breaths.get(model.BREATH_HOLD) or 0.0, breaths.get(model.BREATH_REST) or 0.0
        return BreatheStep(self.report.source(fields.node), inward, outward, times, hold=hold, rest=rest)

    def _sound(self, fields: Fields) -> Step | None:
        words = fields.get(model.SOUND)
        if words is None or not is_known("sound", words, self.catalogue.sound_ids(), self.report):
            return None
        return SoundStep(self.report.source(fields.node), words.text)

    def _repeat(self, fields: Fields, depth: int) -> Step | None:
        if depth == DEEPEST_REPEAT:
            message = f"'repeat' is nested more than {DEEPEST_REPEAT} times; nest it less deeply"
            self.report.mistake(fields.node, message)
            return None
        times = fields.get(model.REPEAT)
        steps = self.steps(fields.get(model.STEPS) or (), depth + 1)
        return None if times is None else RepeatStep(self.report.source(fields.node), times, steps)

    def _exercise(self, fields: Fields) -> Step | None:
        base = self._which(fields.get(model.WHICH))
        self._check_ladder(fields)
        if base is None:
            return None
        one = over(base, fields, self.report)
        return ExerciseStep(self.report.source(fields.node), one, until_done=_until_done(fields))

    def _which(self, which: Words | Fields | None) -> Exercise | None:
        """Return an exercise of the catalogue, or one written in place."""
        if isinstance(which, Fields):
            self._check_ladder(which)
            return self._with_own_id(exercise(which, "", self.report))
        return self._from_catalogue(which) if which else None

    def _check_ladder(self, fields: Fields) -> None:
        """Report an easier or a harder exercise that is not in the catalogue."""
        easier = fields.get(model.EASIER)
        for which in (easier.get(model.EASIER_ID) if easier else None, fields.get(model.HARDER)):
            if which is not None:
                is_known("exercise", which, self.catalogue.exercise_ids(), self.report)

    def _intervals(self, fields: Fields) -> Step | None:
        own = fields.get(model.INTERVALS)
        if own is None:
            return None
        work, rest, rounds = own.get(model.STEP_WORK), own.get(model.STEP_REST), own.get(model.STEP_ROUNDS)
        entries = own.get(model.IN_TURN) or ()
        found = [self._in_intervals(entry, work or 1.0) for entry in entries]
        if work is None or rest is None or rounds is None or not found or None in found:
            return None
        if rounds < len(found):
            reached = f"'rounds: {rounds}' reaches only {rounds} of the {len(found)} exercises"
            message = f"{reached}; write 'rounds: {len(found)}' or more"
            self.report.mistake(own.place(model.STEP_ROUNDS), message)
            return None
        exercises = tuple(
            in_intervals(one, Dose(reps=(Range(turns, turns),), rest=rest, intervals=True), work)
            for one, turns in zip(found, turns_of(len(found), rounds), strict=True)
            if one is not None
        )
        source = self.report.source(fields.node)
        return IntervalsStep(source, work, rest, rounds, exercises, until_done=_until_done(fields))

    def _in_intervals(self, entry: Words | Fields, work: float) -> Exercise | None:
        """Return an exercise that one round of an intervals step may take."""
        if isinstance(entry, Fields):
            self._check_ladder(entry)
            return self._with_own_id(interval_exercise(entry, work, self.report))
        one = self._from_catalogue(entry)
        return one if one and check_turn(one, entry.source, self.report) else None

    def _with_own_id(self, one: Exercise | None) -> Exercise | None:
        """Return an exercise written in the session, with an id that no other exercise has."""
        if one is None:
            return None
        if one.lesson not in self.own:
            self.own[one.lesson] = self._new_id(one.name)
        return replace(one, id=self.own[one.lesson])

    def _new_id(self, name: str) -> str:
        """Return an id made from a name: `morning#ankle-pumps`, and for another one of that name `…-2`."""
        plain = f"{self.identity}{IN_PLACE}{NOT_IN_IDS.sub('-', name.casefold()).strip('-')}"
        taken = self.own.values()
        return next(one for n in count(1) if (one := plain if n == 1 else f"{plain}-{n}") not in taken)

    def _from_catalogue(self, which: Words) -> Exercise | None:
        if not is_known("exercise", which, self.catalogue.exercise_ids(), self.report):
            return None
        try:
            one = self.catalogue.exercise(which.text)
        except ScriptError as problem:
            self.report.add(*problem.mistakes)
            return None
        known = self.catalogue.exercise_ids()
        for what, other in (("an easier", one.easier and one.easier.exercise), ("a harder", one.harder)):
            if other and other not in known:
                message = (
                    f"'{one.id}' has {what} exercise {quoted(other)}, which is not there; correct its file"
                )
                self.report.warning(which.source, message)
        return one


def _until_done(fields: Fields) -> bool:
    return fields.get(model.UNTIL) is not None
