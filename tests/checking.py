"""An output that compares every sample it gets with the rendered session.

It knows the session as a file would contain it, and where the tape started; from there it counts by itself,
through every block, boundary and insertion. It is a device with a higher rate, so the session plays faster.
After each cut it works out where the listener was, and the next start must be there, or at the start of the
cut word.
"""

from __future__ import annotations

import random
import threading
import time
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from player.engine.tape import FADE
from player.outputs.paced import PacedOutput
from player.render import Renderer, StereoRenderer, mix
from player.timeline import RATE, Frames
from player.transport import LivePosition, Transport

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from player.compiler import Compiled
    from player.engine.engine import Engine
    from player.engine.insertion import Insertion
    from player.outputs.protocol import Pull
    from player.sound.bed import Bed
    from player.sound.noise import Noise

LEAD = 0.02
"""Seconds of real time pulled ahead of what is heard, and dropped by a cut."""
BLOCKS = (480, 2_400, 9_600, 24_000)
"""Block sizes in frames, used at random."""


@dataclass(slots=True)
class Findings:
    """What was compared, and what was wrong."""

    samples: int = 0
    wrong: int = 0
    starts: int = 0
    moves: int = 0
    """Jumps, requested by the listener."""
    misplaced: int = 0
    heard: int = 0
    """Frames compared."""
    seconds: float = 0.0
    """Seconds of real time in which these frames were heard."""
    seen: set[int] = field(default_factory=set)
    """Seconds of the session of which something was compared."""
    first: str = ""
    """The first difference."""

    def complain(self, what: str) -> None:
        """Keep the first difference."""
        self.first = self.first or what


class Whole:
    """A session as its file would be, and what the listener hears during insertions.

    Args:
        compiled: The whole session.
        bed: The music.
        noise: What is beneath everything without music.
    """

    def __init__(self, compiled: Compiled, bed: Bed | None, noise: Noise | None = None) -> None:
        self.timeline, self._bed, self._noise = compiled.timeline, bed, noise
        self.sections = dict(enumerate(self.timeline.sections))
        self._cues = Renderer(self.timeline, compiled.clips)
        self._music = StereoRenderer(self.timeline, compiled.clips, bed)._envelope if bed else None

    def frame(self, place: LivePosition) -> int:
        """A place's frame from the start of the session; a place estimated too far is the end of its
        section."""
        if place.section not in self.sections:
            return self.timeline.length
        return self.timeline.starts[place.section] + min(place.frame, self.sections[place.section].length)

    def place(self, frame: int) -> LivePosition:
        """The place of a frame; the end of a section is the start of the next one."""
        if frame >= self.timeline.length:
            return LivePosition(len(self.sections), Frames(0))
        section = bisect_right(self.timeline.starts, frame) - 1
        return LivePosition(section, Frames(frame - self.timeline.starts[section]))

    def settled(self, frame: int) -> int:
        """Where a start after a cut must be: at the start of the cut word."""
        return self.frame(Transport((), RATE, self.place(frame)).settle(self.sections).place)

    def session(self, frame: int, frames: int, bed_frame: int) -> NDArray[np.int16]:
        """The expected samples of the session itself."""
        cues = self._cues.read(frame, frames)
        return self._mixed(cues, bed_frame, self._music.at(frame, frames) if self._music else None)

    def put_in(
        self, insertion: Insertion, offset: int, frames: int, at: int, bed_frame: int
    ) -> NDArray[np.int16]:
        """The expected samples of an insertion while the session stands at a frame."""
        loaded, music = insertion.loaded, None
        cues = np.zeros(insertion.length, np.int16)
        if loaded:
            cues[insertion.waking :] = loaded.renderer.read(0, insertion.length - insertion.waking)
        if self._music:
            music = np.full(frames, self._music.at(at, 1)[0], np.float32)
            music *= loaded.music.at(offset - insertion.waking, frames) if loaded else np.float32(1)
        return self._mixed(cues[offset : offset + frames], bed_frame, music)

    def _mixed(
        self, cues: NDArray[np.int16], bed_frame: int, music: NDArray[np.float32] | None
    ) -> NDArray[np.int16]:
        if self._bed is None or music is None:
            if self._noise is not None:
                cues = cues + self._noise.read(bed_frame, len(cues))
            return np.stack((cues, cues), axis=1)
        return mix(cues, self._bed.read(bed_frame, music))


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Frames expected since the start."""

    first: int
    length: int
    frame: int
    """The session's frame; it stands still during insertions."""
    insertion: Insertion | None
    offset: int


class CheckingOutput(PacedOutput):
    """Plays silently, and checks.

    Args:
        whole: What should be heard.
        speed: How much faster than real time.
        seed: The seed of its block sizes.
    """

    name = "checking"
    device = "a test"

    def __init__(self, whole: Whole, speed: float, seed: int) -> None:
        super().__init__(round(RATE * speed), lead=LEAD)
        self.found = Findings()
        self._whole, self._random = whole, random.Random(seed)  # noqa: S311  not for secrets
        self._together = threading.Lock()
        self._expected = np.zeros((0, 2), np.int16)
        self._stretches: list[_Stretch] = []
        self._frame = self._offset = 0
        self._insertion: Insertion | None = None
        self._ahead: tuple[int, Insertion] | None = None
        self._count = self._bed_frame = 0
        self._owed: tuple[int, int] | None = None
        """Where silence was promised, and its frames not heard yet."""
        self._running = False
        self._was, self._seeks = 0, 0
        self._started = 0.0

    def watch(self, engine: Engine) -> None:
        """Attach to the engine, and learn of its insertions."""
        self._engine, self._tape = engine, engine._deck.tape
        put_in = self._tape.put_in

        def heard_of(place: LivePosition, insertion: Insertion) -> bool:
            with self._together:
                done = put_in(place, insertion)
                if done:
                    self._ahead = self._whole.frame(place), insertion
                return done

        self._tape.put_in = heard_of  # type: ignore[method-assign]

    def see_that_it_is_the_end(self) -> None:
        """Check that all was heard once the engine says that the session has ended."""
        if self._was != self._whole.timeline.length:
            self.found.misplaced += 1
            self.found.complain(f"the end at frame {self._was} of {self._whole.timeline.length}")

    # --- the control thread --------------------------------------------------------------------------------

    def start(self, pull: Pull) -> None:
        """Check where it begins."""
        self._frame = self._whole.frame(self._tape.transport.place)
        self._insertion, self._offset, more = self._tape._insertion, 0, self._tape._ahead
        self._ahead = (self._whole.frame(more[0]), more[1]) if more else None
        self._stretches, self._count = [], 0
        self._look_at_start()

        def noted(frames: int) -> NDArray[np.int16]:
            with self._together:
                samples = pull(frames)
                self._expected = self._next(len(samples))
            return samples

        super().start(noted)
        self._started, self._running = time.monotonic(), True

    def stop(self) -> int:
        """Record where the listener is."""
        heard = super().stop()
        if self._running:
            self._running = False
            self.found.heard += heard
            self.found.seconds += time.monotonic() - self._started
            self._bed_frame += heard
            self._was, self._owed = self._place_after(heard), self._owed_after(heard)
        return heard

    def _look_at_start(self) -> None:
        self.found.starts += 1
        seeks, self._seeks = self._seeks, self._engine._seeks
        if seeks != self._seeks:
            self.found.moves += 1
            self._was, self._owed = self._frame, None
        expected = self._whole.settled(self._was)
        if self._frame != expected:
            self.found.misplaced += 1
            self.found.complain(f"a start at frame {self._frame} instead of {expected}")
        given = (self._ahead[0], self._ahead[1].length) if self._ahead else None
        if self._owed and given != self._owed:
            self.found.misplaced += 1
            self.found.complain(f"more time: {self._owed} was left, {given} is given")

    def _place_after(self, heard: int) -> int:
        """The frame of the session where the listener is."""
        for stretch in reversed(self._stretches):
            inside = heard - stretch.first
            if inside >= 0:
                return stretch.frame + (inside if stretch.insertion is None else 0)
        return self._frame

    def _owed_after(self, heard: int) -> tuple[int, int] | None:
        """The rest of the promised silence, begun or not."""
        for stretch in self._stretches:
            if stretch.insertion and stretch.insertion.is_promised:
                left = stretch.insertion.length - stretch.offset - max(0, heard - stretch.first)
                if left > 0 and heard < stretch.first + stretch.length:
                    return stretch.frame, left
        return (self._ahead[0], self._ahead[1].length) if self._ahead else None

    # --- its own thread ------------------------------------------------------------------------------------

    def take(self, samples: NDArray[np.int16], stopping: threading.Event) -> None:
        """Compare; frames padded by the output are silence."""
        del stopping
        expected, self._expected = self._expected, np.zeros((0, 2), np.int16)
        self._block = self._random.choice(BLOCKS)
        padded = np.zeros_like(samples)
        padded[: len(expected)] = expected
        different = np.flatnonzero(np.any(samples != padded, axis=1))
        self.found.samples += 2 * len(expected)
        if len(different):
            self.found.wrong += int(np.count_nonzero(samples != padded))
            place = self._whole.place(self._frame)
            self.found.complain(f"another sample {len(expected) - different[0]} frames before {place}")

    def _next(self, frames: int) -> NDArray[np.int16]:
        pieces = list(self._pieces(frames))
        if not pieces:
            return np.zeros((0, 2), np.int16)
        expected = np.concatenate(pieces)
        fade = round(FADE * RATE)
        first = self._count - frames
        if first < fade:
            ramp = np.arange(first, min(fade, self._count)) / fade
            expected[: len(ramp)] = np.rint(expected[: len(ramp)] * ramp[:, np.newaxis]).astype(np.int16)
        return expected

    def _pieces(self, frames: int) -> Iterator[NDArray[np.int16]]:
        while frames > 0:
            if self._ahead and self._insertion is None and self._frame >= self._ahead[0]:
                (_, self._insertion), self._offset, self._ahead = self._ahead, 0, None
            bed_frame, insertion, offset = self._bed_frame + self._count, self._insertion, self._offset
            if insertion is not None:
                length = min(frames, insertion.length - offset)
                yield self._whole.put_in(insertion, offset, length, self._frame, bed_frame)
            else:
                length = min(frames, self._ahead[0] - self._frame) if self._ahead else frames
                yield self._whole.session(self._frame, length, bed_frame)
            self._stretches.append(_Stretch(self._count, length, self._frame, insertion, offset))
            self._go_on(length)
            frames -= length

    def _go_on(self, length: int) -> None:
        self._count += length
        if self._insertion is None:
            self.found.seen.update(range(self._frame // RATE, (self._frame + length) // RATE + 1))
            self._frame += length
            return
        self._offset += length
        if self._offset >= self._insertion.length:
            self._insertion = None
