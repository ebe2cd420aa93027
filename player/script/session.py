"""From the fields of a session to a `Session`, with exercises from the catalogue."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING, Protocol

from player.errors import ScriptError
from player.script import model, placeholders, spoken, whole
from player.script.exercise import exercise, over
from player.script.forms import Fields
from player.session import (
    BreatheStep,
    Defaults,
    ExerciseStep,
    RepeatStep,
    RestStep,
    SayStep,
    Schedule,
    Session,
    SilenceStep,
    SoundStep,
    Talk,
    TalkStep,
    Words,
)
from player.words import did_you_mean, quoted

if TYPE_CHECKING:
    from collections.abc import Collection

    from player.script.report import Report
    from player.script.steps import ReadStep
    from player.session import Exercise, Step

DEEPEST_REPEAT = 8
IN_PLACE = "#"
"""Stands between the ids of a session and of an exercise in it, so no id of the catalogue is equal."""
NOT_IN_IDS = re.compile(r"[\W_]+")
SEPARATORS = frozenset("/\\")
NAME_OF_A_SOUND = "write the name of a file in sounds/, without its ending"
NO_SIDE_IN_A_TALK = "write 'left' or 'right'"


class Catalogue(Protocol):
    """Provides a session's exercises, talks and sounds."""

    def exercise_ids(self) -> Collection[str]:
        """Return the ids of all exercises."""

    def exercise(self, identity: str) -> Exercise:
        """Return the one with this id.

        Raises:
            ScriptError: It has mistakes.
        """

    def talk_ids(self) -> Collection[str]:
        """Return the ids of all talks."""

    def talk(self, identity: str) -> Talk:
        """Return the one with this id.

        Raises:
            ScriptError: It has mistakes.
        """

    def sound_ids(self) -> Collection[str]:
        """Return the names of all sounds."""

    def sounds_left_out(self) -> Collection[str]:
        """Return the names of files beside the script that must not be used."""


@dataclass(slots=True)
class SessionReader:
    """Reads one session."""

    report: Report
    identity: str
    """The session's id."""
    catalogue: Catalogue
    own: dict[tuple[object, ...], str] = field(default_factory=dict, init=False)
    """The ids of the exercises written in place, by their lessons."""
    whole: bool = field(default=True, init=False)
    """Whether every step could be read so far."""

    def session(self, fields: Fields) -> Session | None:
        """Return the session that the fields describe; None if too little of it could be read."""
        steps = self._steps(fields.get(model.STEPS) or (), 0)
        title, about, music = fields.get(model.TITLE), fields.get(model.ABOUT), fields.get(model.MUSIC)
        placeholders.check([title, about], self.report, sided=False, remedy=NO_SIDE_IN_A_TALK)
        if title and not (steps and isinstance(steps[0], SayStep)):  # a greeting takes its place
            spoken.check(title, self.report)
        defaults = _defaults(fields.get(model.DEFAULTS))
        whole.check_size(steps, defaults, self.report)
        self._check(steps, fields)
        if title is None:
            return None
        return Session(
            id=self.identity,
            title=title.text,
            source=self.report.source(fields.node),
            steps=steps,
            about=about.text if about else None,
            tags=tuple(tag.text for tag in fields.get(model.TAGS) or ()),
            needs=tuple(need.text for need in fields.get(model.NEEDS) or ()),
            schedule=_schedule(fields.get(model.SCHEDULE)),
            music=music.text if music else None,
            ticks=fields.get(model.TICKS),
            coaching=fields.get(model.COACHING),
            safety=fields.get(model.SAFETY),
            defaults=defaults,
        )

    def _check_music(self, fields: Fields) -> None:
        music, known = fields.get(model.MUSIC), self.catalogue.sound_ids()
        if music is None or music.text in known:
            return
        if set(music.text) & SEPARATORS:
            message = f"music {quoted(music.text)} is a path; {NAME_OF_A_SOUND}"
            self.report.mistake(music.source, message)
        elif music.text in self.catalogue.sounds_left_out():
            message = (
                f"music {quoted(music.text)} is not a file in the script's folder; put the sound itself there"
            )
            self.report.mistake(music.source, message)
        else:
            hint = did_you_mean(music.text, known) or "; the session plays without it"
            self.report.warning(music.source, f"unknown music {quoted(music.text)}{hint}")

    def _check(self, steps: tuple[Step, ...], fields: Fields) -> None:
        self._check_music(fields)
        if self.whole and steps:
            whole.check_balance(steps, self.report)
            whole.check_warm_up(steps, fields.place(model.STEPS), self.report)

    def _steps(self, entries: tuple[ReadStep, ...], depth: int) -> tuple[Step, ...]:
        steps = [self._step(entry, depth) for entry in entries]
        self.whole = self.whole and None not in steps
        return tuple(step for step in steps if step is not None)

    def _step(self, entry: ReadStep, depth: int) -> Step | None:
        if entry.lead == "repeat":
            return self._repeat(entry.fields, depth)
        readers = {
            "exercise": self._exercise,
            "say": self._talk,
            "talk": self._point,
            "breathe": self._breathe,
            "sound": self._sound,
        }
        return readers.get(entry.lead, self._pause)(entry.fields)

    def _talk(self, fields: Fields) -> Step | None:
        words, position = fields.get(model.TALK), fields.get(model.LEAVES)
        placeholders.check([words, position], self.report, sided=False, remedy=NO_SIDE_IN_A_TALK)
        return None if words is None else SayStep(self.report.source(fields.node), words, position)

    def _point(self, fields: Fields) -> Step | None:
        which = fields.get(model.WHICH_TALK)
        if which is None or not self._known("talk", which, self.catalogue.talk_ids()):
            return None
        try:
            return TalkStep(self.report.source(fields.node), self.catalogue.talk(which.text))
        except ScriptError as problem:
            self.report.add(*problem.mistakes)
            return None

    def _pause(self, fields: Fields) -> Step | None:
        source = self.report.source(fields.node)
        rest, silence = fields.get(model.REST_STEP), fields.get(model.SILENCE)
        if rest is not None:
            return RestStep(source, rest)
        return None if silence is None else SilenceStep(source, silence)

    def _breathe(self, fields: Fields) -> Step | None:
        breaths = fields.get(model.BREATHE)
        if breaths is None:
            return None
        inward, outward = breaths.get(model.BREATHE_IN), breaths.get(model.BREATHE_OUT)
        times = breaths.get(model.BREATHS)
        if inward is None or outward is None or times is None:
            return None
        return BreatheStep(self.report.source(fields.node), inward, outward, times)

    def _sound(self, fields: Fields) -> Step | None:
        words = fields.get(model.SOUND)
        if words is None or not self._known("sound", words, self.catalogue.sound_ids()):
            return None
        return SoundStep(self.report.source(fields.node), words.text)

    def _repeat(self, fields: Fields, depth: int) -> Step | None:
        if depth == DEEPEST_REPEAT:
            message = f"'repeat' is nested more than {DEEPEST_REPEAT} times; nest it less deeply"
            self.report.mistake(fields.node, message)
            return None
        times = fields.get(model.REPEAT)
        steps = self._steps(fields.get(model.STEPS) or (), depth + 1)
        return None if times is None else RepeatStep(self.report.source(fields.node), times, steps)

    def _exercise(self, fields: Fields) -> Step | None:
        which = fields.get(model.WHICH)
        if isinstance(which, Fields):
            base = self._in_place(which)
        elif isinstance(which, Words):
            base = self._from_catalogue(which)
        else:
            base = None
        return (
            None
            if base is None
            else ExerciseStep(self.report.source(fields.node), over(base, fields, self.report))
        )

    def _in_place(self, fields: Fields) -> Exercise | None:
        """Return an exercise written in the session, with an id that no other exercise has."""
        one = exercise(fields, "", self.report)
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
        if not self._known("exercise", which, self.catalogue.exercise_ids()):
            return None
        try:
            return self.catalogue.exercise(which.text)
        except ScriptError as problem:
            self.report.add(*problem.mistakes)
            return None

    def _known(self, what: str, words: Words, known: Collection[str]) -> bool:
        """Return whether a name is known; if not, report it with the most similar one."""
        if words.text in known:
            return True
        elsewhere = {
            "exercise": "; write the name of a file in scripts/exercises/, without its ending",
            "talk": "; write the name of a file in scripts/talks/, without its ending",
            "sound": f"; {NAME_OF_A_SOUND}",
        }
        hint = did_you_mean(words.text, known) or elsewhere[what]
        self.report.mistake(words.source, f"unknown {what} {quoted(words.text)}{hint}")
        return False


def talk(fields: Fields, identity: str, report: Report) -> Talk | None:
    """Return the talk that the fields describe; None if too little of it could be read."""
    title, points = fields.get(model.TALK_TITLE), fields.get(model.POINTS)
    placeholders.check([title, *(points or ())], report, sided=False, remedy=NO_SIDE_IN_A_TALK)
    return Talk(identity, title.text, points) if title and points else None


def _schedule(fields: Fields | None) -> Schedule:
    if fields is None:
        return Schedule()
    return Schedule(fields.get(model.TIMES_PER_DAY), fields.get(model.DAYS_PER_WEEK))


def _defaults(fields: Fields | None) -> Defaults:
    if fields is None:
        return Defaults()
    return Defaults(
        get_ready=fields.get(model.GET_READY),
        rest=fields.get(model.REST),
        rest_between_sets=fields.get(model.REST_BETWEEN_SETS),
        between_exercises=fields.get(model.BETWEEN),
        into=fields.get(model.INTO_ALL),
        back=fields.get(model.BACK_ALL),
    )
