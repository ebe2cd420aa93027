"""A section before its lengths are known: spans, each with its words and its required length.

An outline contains every candidate utterance, so the voice can speak them all before the layout decides which
ones fit. Times are still seconds; `lay_out` turns them into frames.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from player.timeline import RATE, Activity, Frames, MarkKind, PhaseKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from player.errors import Source

BREATH = 0.35
"""Seconds between two sentences."""
CUE_BREATH = 0.25
"""Seconds between a short cue and whatever follows it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One utterance."""

    text: str
    """Text ready to speak."""
    source: Source
    pause: float = BREATH
    """Minimum seconds without a word after it."""
    names_side: bool = False
    """Whether it tells which side works."""
    mentions_side: bool = False
    """Whether it differs from side to side."""
    only_on: str | None = None
    """The side on which alone it is true, as a remark in a hold; None: on both."""


@dataclass(frozen=True, slots=True)
class Asides:
    """What may be said or sounded within a span if there is room, by falling priority."""

    ticks: int = 0
    """Soft ticks in the last seconds."""
    notice: Line | None = None
    """A line ten seconds before the end."""
    halfway: Line | None = None
    """A line that ends within a second after the middle."""
    halfway_earcon: str | None = None
    """An earcon in the middle, instead of words."""
    early: tuple[Line, ...] = ()
    """Lines in the second quarter, or, without room there, after the middle."""
    after_middle: tuple[Line, ...] = ()
    """Lines after the middle, in this order."""
    told: tuple[tuple[Line, float], ...] = ()
    """Lines that tell the time, each with the seconds that are left when it ends."""
    signs: tuple[Line, ...] = ()
    """Signs of life, used in turn, so no silence is longer than `silence`."""
    nearly: Line | None = None
    """A sign of life that is true only in the last fifth."""
    silence: float = 20.0
    """Longest silence in seconds."""
    wishes: bool = False
    """Whether the section's wishes may be said here."""


@dataclass(frozen=True, slots=True)
class Span:
    """A phase that does not know its frames yet."""

    kind: PhaseKind
    activity: Activity = field(default_factory=Activity)
    length: float = 0.0
    """Seconds, exact or at least."""
    exact: bool = False
    """Whether its length is exact, so speech never stretches it."""
    earcon: str | None = None
    """An earcon at the first frame."""
    sound: str | None = None
    """A sound that the script asked for, after the section's lead."""
    lines: tuple[Line, ...] = ()
    """Lines from the start, one after the other."""
    closing: tuple[Line, ...] = ()
    """Lines that end with the span."""
    either: bool = False
    """Whether only the first of the lines that fits is said, in an exact span."""
    beat: bool = False
    """Whether a soft tick marks the first frame."""
    quiet: float = 0.0
    """Minimum seconds without a word at the end."""
    paced: bool = False
    """Whether the author set this length as a rhythm, so words that stretch it are reported."""
    asides: Asides | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """One planned section: the unit of speaking, layout and skipping."""

    title: str
    kind: MarkKind
    source: Source
    """The script line it comes from, which is also the source of its tones."""
    spans: tuple[Span, ...]
    wishes: tuple[Line, ...] = ()
    """Lines to say once each, in this order, in the first hold with room."""
    exercise_id: str | None = None
    name: str | None = None
    """The exercise's name as it is spoken; None for a section that is no exercise."""
    instruction: tuple[str, ...] = ()
    """The full instruction, for a listener who asks again."""
    language: str = "en"
    """The language of everything said in it."""
    until_done: bool = False
    """Whether the engine waits at its end until the listener says that it is done."""

    def lines(self) -> Iterator[Line]:
        """Every candidate utterance, in play order."""
        for span in self.spans:
            yield from span.lines
            if span.asides:
                if span.asides.wishes:
                    yield from self.wishes
                yield from filter(None, (span.asides.halfway, span.asides.notice, span.asides.nearly))
                yield from (*span.asides.early, *span.asides.after_middle)
                yield from (line for line, _ in span.asides.told)
                yield from span.asides.signs
            yield from span.closing

    def texts(self) -> tuple[str, ...]:
        """The different texts to speak, in the order of first use."""
        return tuple(dict.fromkeys(line.text for line in self.lines()))

    def sounds(self) -> frozenset[str]:
        """The names of all earcons, ticks and sounds that it may use."""
        names = {span.earcon for span in self.spans} | {span.sound for span in self.spans}
        names |= {span.asides.halfway_earcon for span in self.spans if span.asides}
        if any(span.beat or (span.asides and span.asides.ticks) for span in self.spans):
            names.add(TICK)
        return frozenset(name for name in names if name)


@dataclass(frozen=True, slots=True)
class Lengths:
    """Clip lengths: the only thing about sound that the layout sees."""

    speech: Mapping[str, Frames]
    """Lengths of speech by text."""
    sounds: Mapping[str, Frames]
    """Lengths of sounds by the stem of the file in sounds/."""
    rate: int = RATE
    """Frames per second."""

    def frames(self, seconds: float) -> Frames:
        """Convert seconds to frames, in the one place where that happens."""
        return Frames(round(seconds * self.rate))


TICK = "tick"
HOLD_STARTS = "hold-starts"
HOLD_ENDS = "hold-ends"
HALFWAY = "halfway"
REST = "rest"
SWITCH_SIDES = "switch-sides"
SET_ENDS = "set-ends"
SESSION_ENDS = "session-ends"
GLIDE = "glide"

_LOUDEST_MEANING = (SET_ENDS, SWITCH_SIDES, HOLD_ENDS)


def one_earcon(*candidates: str | None) -> str | None:
    """The most important of the earcons due at the same frame, so two never sound together."""
    due = [candidate for candidate in candidates if candidate]
    return min(
        due, key=lambda name: _LOUDEST_MEANING.index(name) if name in _LOUDEST_MEANING else 99, default=None
    )
