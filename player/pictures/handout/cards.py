"""The steps of a session on paper: a card for each exercise, a line for whatever else takes time."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from player.layout.plan import flat
from player.pictures.markup import harmless
from player.session import BreatheStep, IntervalsStep, RestStep, Sides, WalkStep, exercises_in
from player.wording.plain import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from player.session import Exercise, Side, Step, Words
    from player.wording import Wording

Drawing = bytes
"""The text of an SVG file."""


def same(exercise: Exercise) -> tuple[object, ...]:
    """What two exercises share if one card is enough for both: all that a page shows of them."""
    moves = tuple((move.hold, move.holds, move.move) for move in exercise.moves)
    return exercise.id, exercise.lesson, exercise.dose, exercise.progress, moves


@dataclass(slots=True)
class Page:
    """What stands on the page so far."""

    wording: Wording
    drawing: Callable[[str], Drawing | None]
    named: Callable[[str], str]
    number: int = field(default=0, init=False)
    told: set[object] = field(default_factory=set, init=False)
    """The exercises and lines that stand there."""

    def blocks(self, steps: Iterable[Step]) -> Iterator[str]:
        """The cards and lines of the steps, each once."""
        for step in flat(steps):
            if (line := self._line(step)) and line not in self.told:
                self.told.add(line)
                yield line
            for one in exercises_in(step):
                if same(one) not in self.told:
                    self.told.add(same(one))
                    self.number += one.role is None
                    yield self._card(one, self.number if one.role is None else None)

    def _line(self, step: Step) -> str | None:
        paper = self.wording.paper
        match step:
            case IntervalsStep():
                title, words = paper.INTERVALS, paper.in_turn(step)
            case RestStep():
                title, words = paper.REST, paper.time(step.length)
            case WalkStep():
                title, words = paper.WALK, paper.walk(step)
            case BreatheStep():
                title, words = paper.BREATHING, paper.breathing(step)
            case _:
                return None
        waits = isinstance(step, RestStep | WalkStep) and step.until_done
        words = f"{words}, {paper.UNTIL_DONE}" if waits else words
        return f'<p class="breathe"><b>{title}</b> {harmless(words)}</p>'

    def _card(self, exercise: Exercise, number: int | None) -> str:
        name = harmless(exercise.name)
        badge = f'<span class="n">{number}</span>' if number else ""
        return "\n".join(
            [
                f'<article class="{"" if number else "around"}">',
                _picture(self.drawing(exercise.id), name),
                f"<div><h2>{badge}{name}</h2>",
                *(
                    f'<div class="{kind}">{content}</div>'
                    for kind, content in self._paragraphs(exercise)
                    if content
                ),
                "</div></article>",
            ]
        )

    def _paragraphs(self, exercise: Exercise) -> Iterator[tuple[str, str]]:
        """The paragraphs of a card, each with its style; some are empty."""
        paper = self.wording.paper
        first = None if exercise.dose.sides is Sides.NONE else exercise.dose.first
        growth = [paper.growth(exercise.progress)] if exercise.progress else []
        yield "dose", harmless(" · ".join([sentence(paper.dose(exercise)).rstrip("."), *growth]))
        yield "caution", self._text(exercise.caution, first)
        if exercise.avoid_if:
            yield "hints", f"<b>{paper.LEAVE_OUT}</b> {harmless(paper.reasons(exercise.avoid_if))}"
        prepare, position, setup = (
            self._text(words, first) for words in (exercise.prepare, exercise.position, exercise.setup)
        )
        yield "start", " ".join(filter(None, (prepare, position and sentence(position), setup)))
        yield "steps", _in_turn(list(self._steps(exercise, first)))
        yield "then", paper.other_side(first.other) if first else ""
        hints = (self._text(words, first) for words in (exercise.feel, exercise.fault))
        yield "hints", " ".join(filter(None, hints))
        yield "hints", self._easier(exercise, first)
        if exercise.harder:
            yield "hints", f"<b>{paper.HARDER}</b> {harmless(self.named(exercise.harder))}"

    def _steps(self, exercise: Exercise, first: Side | None) -> Iterator[str]:
        for move in exercise.moves:
            is_timed = not exercise.dose.intervals and exercise.dose.every is None
            length = self.wording.paper.time(move.move.low) if move.move and is_timed else ""
            time = f' <span class="time">{length}</span>' if length else ""
            if move.say or move.cue:
                yield self._text(move.say or move.cue, first) + time

    def _easier(self, exercise: Exercise, first: Side | None) -> str:
        way = exercise.easier
        if way is None:
            return ""
        parts = [
            self._text(way.say, first),
            self._text(way.position, first) and sentence(self._text(way.position, first)),
            harmless(", ".join(way.needs)) and sentence(harmless(", ".join(way.needs))),
            harmless(self.named(way.exercise)) if way.exercise else "",
            harmless(self.wording.paper.easier(way, exercise)),
        ]
        return f"<b>{self.wording.paper.EASIER}</b> {' '.join(filter(None, parts))}"

    def _text(self, words: Words | None, first: Side | None) -> str:
        return harmless(words.on(first, self.wording.phrases.side_name)) if words else ""


def _in_turn(steps: list[str]) -> str:
    if len(steps) <= 1:
        return "".join(steps)
    return f"<ol>{''.join(f'<li>{step}</li>' for step in steps)}</ol>"


def _picture(drawing: Drawing | None, name: str) -> str:
    if drawing is None:
        return '<div class="none"></div>'
    return f'<img alt="{name}" src="data:image/svg+xml;base64,{b64encode(drawing).decode("ascii")}">'
