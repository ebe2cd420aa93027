"""From a planned section and its clip lengths to cues and phases in frames.

Each span is laid out by itself, from its own start: every word in it ends a breath before the span, and every
tone leaves 0.4 s before any word, so spans can simply be joined. An exact span (a hold, a breath, a silence)
keeps its length: words that do not fit are left out and, if an author wrote them, reported. Every other span
grows for its words.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from player.layout.outline import TICK, Lengths, Line, Outline, Span
from player.timeline import Cue, CueKind, Frames, Mark, Misfit, Phase, Section

if TYPE_CHECKING:
    from player.layout.outline import Asides

LEAD = 0.3
"""Seconds without speech at the start of a section, for the ducking to start."""
TAIL = 1.0
"""Seconds without speech at the end of a section, for the ducking to end."""
AFTER_TONE = 0.4
"""Seconds between a tone and a word."""
BEFORE_TONE = 0.25
"""Seconds between a word and a tone."""
BETWEEN_ASIDES = 1.5
"""Seconds between two remarks in one hold, for calm instead of a stream of words."""
BETWEEN_WISHES = 5.0
"""Seconds from the start of one wish to the next in the same hold."""
_AFTER_HALFWAY = 0.6
_TEN = 10.0
_LATITUDE = 1.0
"""Seconds by which a line that tells the time may come late."""


def lay_out(outline: Outline, lengths: Lengths) -> Section:
    """One section in frames, relative to its own start.

    Raises:
        KeyError: A text of the outline has no length.
    """
    wishes = list(outline.wishes)
    cues: list[Cue] = []
    phases: list[Phase] = []
    misfits: list[Misfit] = []
    at = 0
    for index, span in enumerate(outline.spans):
        layout = _Layout(span, lengths, lead=LEAD if index == 0 else 0.0)
        layout.fill(tail=TAIL if index == len(outline.spans) - 1 else 0.0, wishes=wishes)
        cues += [
            replace(cue, start=Frames(cue.start + at), source=cue.source or outline.source)
            for cue in layout.cues
        ]
        phases.append(Phase(Frames(at), layout.length, span.kind, span.activity))
        misfits += layout.misfits
        at += layout.length
    cues.sort(key=lambda cue: cue.start)
    mark = Mark(Frames(0), outline.title, outline.kind)
    return Section(
        Frames(at),
        tuple(cues),
        tuple(phases),
        mark,
        outline.exercise_id,
        tuple(misfits),
        until_done=outline.until_done,
    )


@dataclass
class _Layout:
    """One span while it is being laid out; frames are relative to its start."""

    span: Span
    lengths: Lengths
    lead: float
    cues: list[Cue] = field(default_factory=list)
    misfits: list[Misfit] = field(default_factory=list)
    length: Frames = Frames(0)  # noqa: RUF009  NewType of an int: immutable

    def fill(self, *, tail: float, wishes: list[Line]) -> None:
        """Place everything and settle the length."""
        free = self._open()
        if self.span.exact:
            self.length = self.lengths.frames(self.span.length)
            self._say_what_fits(free, tail)
        else:
            self._grow(free, tail)
        if self.span.asides:
            self._place_asides(self.span.asides, wishes)

    def _open(self) -> int:
        """Place the tone or sound; return the first frame at which a word may start."""
        free: int = self.lengths.frames(self.lead)
        if self.span.beat:
            self._put(0, TICK, CueKind.TICK)
        fits = not self.span.exact or (
            self.span.earcon is not None
            and self.lengths.sounds[self.span.earcon] <= self.lengths.frames(self.span.length)
        )
        if self.span.earcon and fits:
            tone = self._put(0, self.span.earcon, CueKind.EARCON)
            free = max(free, tone.end + self.lengths.frames(AFTER_TONE))
        if self.span.sound:
            free = self._put(free, self.span.sound, CueKind.SOUND).end + self.lengths.frames(AFTER_TONE)
        return free

    def _put(self, start: int, name: str, kind: CueKind) -> Cue:
        cue = Cue(Frames(start), self.lengths.sounds[name], kind, name)
        self.cues.append(cue)
        return cue

    def _say(self, start: int, line: Line) -> Cue:
        cue = Cue(Frames(start), self.lengths.speech[line.text], CueKind.SPEECH, line.text, line.source)
        self.cues.append(cue)
        return cue

    def _say_what_fits(self, free: int, tail: float) -> None:
        for line in self.span.lines:
            end = free + self.lengths.speech[line.text]
            if end + self.lengths.frames(max(self.span.quiet, tail, BEFORE_TONE)) > self.length:
                if self.span.paced:
                    self._report(line, "it is left out")
                continue
            free = self._say(free, line).end + self.lengths.frames(line.pause)
            if self.span.either:
                return

    def _report(self, line: Line, remedy: str) -> None:
        takes = self.lengths.speech[line.text] / self.lengths.rate
        message = f"'{line.text}' takes {takes:.1f} s and has {self.span.length:g} s; {remedy}"
        self.misfits.append(Misfit(line.source, message))

    def _grow(self, free: int, tail: float) -> None:
        frames = self.lengths.frames
        last_word = 0
        for line in self.span.lines:
            if self.span.paced and self.lengths.speech[line.text] > frames(self.span.length):
                self._report(line, "the movement waits for it")
            last_word = self._say(free, line).end
            free = last_word + frames(line.pause)
        closing = sum(self.lengths.speech[line.text] + frames(line.pause) for line in self.span.closing)
        quiet = frames(max(self.span.quiet, tail))
        end = max(frames(self.span.length), free, frames(tail), 1)
        if closing:
            end = max(end, free + closing + quiet)
        elif last_word:
            end = max(end, last_word + quiet)
        start = end - closing - quiet
        for line in self.span.closing:
            start = self._say(start, line).end + frames(line.pause)
        self.length = Frames(end)

    # --- asides: by falling priority, each only where it is free -------------------------------------------

    def _place_asides(self, asides: Asides, wishes: list[Line]) -> None:
        frames = self.lengths.frames
        for second in range(asides.ticks, 0, -1):
            self._put(self.length - frames(second), TICK, CueKind.TICK)
        if asides.notice:
            start = self.length - frames(_TEN)
            self._say_between(asides.notice, start, start)
        for line, left in asides.told:
            start = self.length - frames(left) - self.lengths.speech[line.text]
            self._say_between(line, start, start + frames(_LATITUDE))
        middle = self.length // 2
        if asides.halfway_earcon and self._is_free(middle, self.lengths.sounds[asides.halfway_earcon], 0):
            self._put(middle, asides.halfway_earcon, CueKind.EARCON)
        if asides.halfway:
            takes = self.lengths.speech[asides.halfway.text]
            earliest = middle + 1 - takes
            self._say_between(asides.halfway, earliest + frames(0.4), earliest + frames(1.0) - 1)
        quarter = self.length // 4
        late = [line for line in asides.early if not self._say_between(line, quarter, middle)]
        at = middle
        for index, line in enumerate((*asides.after_middle, *late)):
            space = BETWEEN_ASIDES if index else _AFTER_HALFWAY
            if self._say_between(line, at, self.length, space):
                at = self.cues[-1].end
        if asides.wishes:
            self._say_wishes(wishes)
        if asides.signs:
            self._give_signs(asides)

    def _say_wishes(self, wishes: list[Line]) -> None:
        earliest = 0
        for wish in list(wishes):
            if wish.only_on and wish.only_on != self.span.activity.side:
                return
            if not self._say_between(wish, earliest, self.length):
                return
            wishes.remove(wish)
            earliest = self.cues[-1].start + self.lengths.frames(BETWEEN_WISHES)

    def _give_signs(self, asides: Asides) -> None:
        """Break every silence that is longer than the limit with the next sign of life."""
        limit = self.lengths.frames(asides.silence)
        turn, heard = 0, 0
        while heard < self.length:
            following = [cue for cue in self.cues if cue.start >= heard]
            coming = min(following, key=lambda cue: cue.start, default=None)
            silent_until = coming.start if coming else self.length
            line = asides.signs[turn % len(asides.signs)]
            earliest = heard + limit * 4 // 5
            if asides.nearly and earliest >= self.length * 4 // 5:
                line = asides.nearly
            if silent_until - heard > limit and self._say_between(line, earliest, heard + limit):
                turn, heard = turn + 1, self.cues[-1].end
            else:
                heard = coming.end if coming else self.length

    def _say_between(
        self, line: Line, earliest: int, latest: int, space_between: float = BETWEEN_ASIDES
    ) -> bool:
        """Place the line at the first free start within `[earliest, latest]`, if there is one."""
        takes = self.lengths.speech[line.text]
        space = self.lengths.frames(space_between)
        starts = [earliest, *sorted(self._after(cue, space) for cue in self.cues)]
        for start in starts:
            if earliest <= start <= latest and self._is_free(start, takes, space):
                self._say(start, line)
                return True
        return False

    def _after(self, cue: Cue, space: int) -> int:
        return cue.end + (space if cue.kind is CueKind.SPEECH else self.lengths.frames(AFTER_TONE))

    def _is_free(self, start: int, takes: int, space: int) -> bool:
        before_tone = self.lengths.frames(BEFORE_TONE)
        if start < self.lengths.frames(self.lead) or start + takes + before_tone > self.length:
            return False
        return all(
            self._after(cue, space) <= start
            or start + takes + (space if cue.kind is CueKind.SPEECH else before_tone) <= cue.start
            for cue in self.cues
        )
