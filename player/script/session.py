"""From the fields of a session to a `Session`, with exercises from the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from player.script import model, movement, placeholders, spoken, whole
from player.script.catalogue import NAME_OF_A_SOUND
from player.script.in_steps import NO_SIDE_IN_A_TALK, StepReader
from player.session import Closing, Defaults, SayStep, Schedule, Session, Talk
from player.words import did_you_mean, quoted

if TYPE_CHECKING:
    from player.script.catalogue import Catalogue
    from player.script.forms import Fields
    from player.script.report import Report
    from player.session import Step

SEPARATORS = frozenset("/\\")


@dataclass(slots=True)
class SessionReader:
    """Reads one session."""

    report: Report
    identity: str
    """The session's id."""
    catalogue: Catalogue

    def session(self, fields: Fields) -> Session | None:
        """Return the session that the fields describe; None if too little of it could be read."""
        reader = StepReader(self.report, self.identity, self.catalogue)
        steps = reader.steps(fields.get(model.STEPS) or ())
        title, about, music = fields.get(model.TITLE), fields.get(model.ABOUT), fields.get(model.MUSIC)
        placeholders.check([title, about], self.report, sided=False, remedy=NO_SIDE_IN_A_TALK)
        if title and not (steps and isinstance(steps[0], SayStep)):  # a greeting takes its place
            spoken.check(title, self.report)
        defaults = _defaults(fields.get(model.DEFAULTS))
        whole.check_size(steps, defaults, self.report)
        self._check_music(fields)
        if reader.whole and steps:
            whole.check_balance(steps, self.report)
            self._check_warm_up(steps, fields)
        needs = fields.get(model.NEEDS)
        if title is None:
            return None
        return Session(
            id=self.identity,
            title=title.text,
            source=self.report.source(fields.node),
            steps=steps,
            about=about.text if about else None,
            tags=tuple(tag.text for tag in fields.get(model.TAGS) or ()),
            needs=tuple(need.text for need in needs or ()),
            needs_nothing=needs == (),
            schedule=_schedule(fields.get(model.SCHEDULE)),
            music=music.text if music else None,
            ticks=fields.get(movement.TICKS),
            coaching=fields.get(model.COACHING),
            safety=fields.get(model.SAFETY),
            opening=fields.get(model.OPENING),
            closing=fields.get(model.CLOSING),
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

    def _check_warm_up(self, steps: tuple[Step, ...], fields: Fields) -> None:
        place = fields.place(model.STEPS)
        if fields.get(model.OPENING) is not False:
            whole.check_warm_up(steps, place, self.report)
        if fields.get(model.CLOSING) in {None, Closing.ON}:
            whole.check_cool_down(steps, place, self.report)


def talk(fields: Fields, identity: str, report: Report) -> Talk | None:
    """Return the talk that the fields describe; None if too little of it could be read."""
    title, points, lead = fields.get(model.TALK_TITLE), fields.get(model.POINTS), fields.get(model.LEAD)
    texts = [title, lead, *(points or ())]
    placeholders.check(texts, report, sided=False, remedy=NO_SIDE_IN_A_TALK)
    return Talk(identity, title.text, points, lead) if title and points else None


def _schedule(fields: Fields | None) -> Schedule:
    if fields is None:
        return Schedule()
    return fields.get(model.IN_WORDS) or Schedule(
        times_per_day=fields.get(model.TIMES_PER_DAY),
        days_per_week=fields.get(model.DAYS_PER_WEEK),
        every_hours=fields.get(model.EVERY_HOURS),
    )


def _defaults(fields: Fields | None) -> Defaults:
    if fields is None:
        return Defaults()
    return Defaults(
        get_ready=fields.get(movement.GET_READY),
        rest=fields.get(movement.REST),
        rest_between_sets=fields.get(movement.REST_BETWEEN_SETS),
        between_exercises=fields.get(model.BETWEEN),
        into=fields.get(model.INTO_ALL),
        back=fields.get(model.BACK_ALL),
        tones=fields.get(model.TONES),
        announce=fields.get(model.ANNOUNCE),
        counting=fields.get(model.COUNT),
    )
