"""What a section is before any length is known: spans, each with what is said in it and how long it must be.

An outline holds every candidate utterance, so that the voice can speak them all before the layout decides
which ones fit. Times are still seconds; `lay_out` turns them into frames.
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
    """Fit to speak."""
    source: Source
    pause: float = BREATH
    """Seconds without a word after it, at least."""


@dataclass(frozen=True, slots=True)
class Asides:
    """What may be said or sounded within a span, where there is room; listed by falling priority."""

    ticks: int = 0
    """Soft ticks on the last seconds."""
    notice: Line | None = None
    """Said ten seconds before the end."""
    halfway: Line | None = None
    """Ends within a second after the middle."""
    halfway_earcon: str | None = None
    """Sounds in the middle, instead of words."""
    quarter: Line | None = None
    """Said about a quarter of the way."""
    signs: tuple[Line, ...] = ()
    """Signs of life, taken in turn, so that no silence is longer than `silence`."""
    silence: float = 20.0
    """Seconds."""
    wishes: bool = False
    """The section's wishes may be said here."""


@dataclass(frozen=True, slots=True)
class Span:
    """A phase that does not know its frames yet."""

    kind: PhaseKind
    activity: Activity = field(default_factory=Activity)
    length: float = 0.0
    """Seconds: exactly, or at least."""
    exact: bool = False
    """Speech never stretches it."""
    earcon: str | None = None
    """Sounds at the first frame."""
    sound: str | None = None
    """A sound that the script asked for, after the section's lead."""
    lines: tuple[Line, ...] = ()
    """Said one after the other, from the beginning."""
    closing: tuple[Line, ...] = ()
    """Said so that they end with the span."""
    quiet: float = 0.0
    """Seconds without a word at the end, at least."""
    paced: bool = False
    """The author gave this length as a rhythm: words that stretch it are reported."""
    asides: Asides | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """One section as planned: the unit of speaking, laying out and skipping."""

    title: str
    kind: MarkKind
    source: Source
    """The script line that asked for it; its tones are put down to it."""
    spans: tuple[Span, ...]
    wishes: tuple[Line, ...] = ()
    """Each is said once, in the first hold that has room for it, in this order."""
    exercise_id: str | None = None
    instruction: tuple[str, ...] = ()
    """How the exercise is done, in full, for a listener who asks again."""
    language: str = "en"
    """Of all that is said in it."""

    def lines(self) -> Iterator[Line]:
        """Every candidate utterance, in play order."""
        for span in self.spans:
            yield from span.lines
            if span.asides:
                if span.asides.wishes:
                    yield from self.wishes
                yield from filter(None, (span.asides.quarter, span.asides.halfway, span.asides.notice))
                yield from span.asides.signs
            yield from span.closing

    def texts(self) -> tuple[str, ...]:
        """The different texts to be spoken, in the order in which they are first needed."""
        return tuple(dict.fromkeys(line.text for line in self.lines()))

    def sounds(self) -> frozenset[str]:
        """The names of all earcons, ticks and sounds that it may use."""
        names = {span.earcon for span in self.spans} | {span.sound for span in self.spans}
        names |= {span.asides.halfway_earcon for span in self.spans if span.asides}
        if any(span.asides and span.asides.ticks for span in self.spans):
            names.add(TICK)
        return frozenset(name for name in names if name)


@dataclass(frozen=True, slots=True)
class Lengths:
    """Clip lengths: the only thing about sound that the layout sees."""

    speech: Mapping[str, Frames]
    """By text."""
    sounds: Mapping[str, Frames]
    """By the stem of the file in sounds/."""
    rate: int = RATE
    """Frames per second."""

    def frames(self, seconds: float) -> Frames:
        """Seconds as frames: the one place where they are converted."""
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
    """Of earcons due at the same frame the one that means most: never two together."""
    due = [candidate for candidate in candidates if candidate]
    return min(
        due, key=lambda name: _LOUDEST_MEANING.index(name) if name in _LOUDEST_MEANING else 99, default=None
    )
