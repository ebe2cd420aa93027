"""What the output has pulled since its start, and what comes next.

The output pulls ahead of what is heard, so the tape remembers what it returned: when the output is cut, the
number of frames heard leads back to the listener's place. Levels and the fade at a start are only here; at
full level samples pass unchanged, so what is heard is what is exported.

The music, or the noise where there is none, has its own frame counter. It equals the timeline's until the
first cut, and continues during insertions, so music never jumps back for a listener who only asked where they
are.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from player.engine.fader import Fader
from player.engine.insertion import Insertion
from player.render import mix
from player.timeline import Frames
from player.transport import LivePosition

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from player.engine.insertion import More, Playable
    from player.outputs.protocol import Pull
    from player.sound.bed import Bed
    from player.sound.noise import Noise
    from player.transport import Transport

FADE = 0.005
"""Seconds over which every start fades in."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Consecutive frames that the output got from one section or insertion."""

    first: int
    """Number of the first frame, from the start of the output."""
    length: int
    place: LivePosition
    """The place of its first frame; for an insertion, where the session stands."""
    insertion: Insertion | None = None
    offset: int = 0

    def followed_by(self, other: _Stretch) -> bool:
        """Whether the other one starts where this one ends."""
        if self.insertion is not other.insertion:
            return False
        if self.insertion is not None:
            return self.place == other.place and self.offset + self.length == other.offset
        return other.place == (self.place.section, self.place.frame + self.length)


@dataclass(frozen=True, slots=True)
class _Block:
    """Samples of the cues, and the music's gain under each."""

    cues: NDArray[np.int16]
    music: NDArray[np.float32]


class Tape:
    """The only mutable object shared by the output's thread and the control thread; guarded by a lock.

    Args:
        transport: Where to begin.
        shelf: The sections that can be played; the stock adds and removes them.
        bed: The music under the session, in memory; None for no music.
    """

    def __init__(self, transport: Transport, shelf: Mapping[int, Playable], bed: Bed | None = None) -> None:
        self.transport = transport
        self.noise: Noise | None = None
        """What is beneath everything where there is no music; None: silence. Set while nothing sounds."""
        self.volume, self.music = Fader(transport.rate), Fader(transport.rate)
        self._shelf, self._bed = shelf, bed
        self._lock = threading.Lock()
        self._insertion: Insertion | None = None
        self._offset = 0
        self._ahead: tuple[LivePosition, Insertion] | None = None
        self._given: list[_Stretch] = []
        self._pulled = self._start = 0
        self._bed_frame = 0
        """The frame of music and noise at the start of the output."""

    # --- the output's thread -------------------------------------------------------------------------------

    def _pull(self, start: int, frames: int) -> NDArray[np.int16]:
        """At most `frames` stereo frames, shape (k, 2); fewer if the session ends or speech is late.

        A late pull from an earlier start gets nothing, because its frames would not be heard.
        """
        with self._lock:
            if start != self._start:
                return np.zeros((0, 2), np.int16)
            first = self._pulled
            blocks: list[_Block] = []
            while (missing := frames - (self._pulled - first)) > 0:
                block = self._next(missing)
                if block is None:
                    break
                blocks.append(block)
            if not blocks:
                return np.zeros((0, 2), np.int16)
            both = self._mix(blocks, self._bed_frame + first)
            return self._at_volume(self._fade_in(both, first))

    def _next(self, frames: int) -> _Block | None:
        place = self.transport.place
        if self._ahead and self._insertion is None and place >= self._ahead[0]:
            self._insertion, self._offset, self._ahead = self._ahead[1], 0, None
        if self._insertion is not None:
            return self._put_in(self._insertion, frames, place)
        loaded = self._shelf.get(place.section)
        if loaded is None:
            return None
        if self._ahead and self._ahead[0].section == place.section:
            frames = min(frames, self._ahead[0].frame - place.frame)
        if loaded.wait is not None:
            last = loaded.section.length - 1
            if place.frame == last:
                wait = Insertion(loaded.wait.section.length, loaded.wait, waits=True)
                self._insertion, self._offset = wait, 0
                return self._put_in(wait, frames, place)
            if place.frame < last:
                frames = min(frames, last - place.frame)
        self.transport, runs = self.transport.advance(frames, {place.section: loaded.section})
        if not runs:
            return None
        _, start, length = runs[0]
        self._give(_Stretch(self._pulled, length, place))
        return _Block(loaded.renderer.read(start, length), loaded.music.at(start, length))

    def _put_in(self, insertion: Insertion, frames: int, place: LivePosition) -> _Block:
        length, offset = min(frames, insertion.length - self._offset), self._offset
        self._give(_Stretch(self._pulled, length, place, insertion, offset))
        self._offset += length
        if self._offset >= insertion.length:
            self._insertion = None
            if insertion.waits:
                self.transport = self.transport.jump(place.section + 1)
        here, loaded = self._shelf.get(place.section), insertion.loaded
        gain = here.music.at(place.frame, 1)[0] if here and not insertion.waits else 1.0
        music = np.full(length, gain, np.float32)
        if loaded is None:
            return _Block(np.zeros(length, np.int16), music)
        offset -= insertion.waking
        return _Block(loaded.renderer.read(offset, length), music * loaded.music.at(offset, length))

    def _give(self, given: _Stretch) -> None:
        last = self._given[-1] if self._given else None
        if last and last.followed_by(given):
            whole = last.length + given.length
            self._given[-1] = _Stretch(last.first, whole, last.place, last.insertion, last.offset)
        else:
            self._given.append(given)
        self._pulled += given.length

    def _mix(self, blocks: list[_Block], bed_frame: int) -> NDArray[np.int16]:
        cues = np.concatenate([block.cues for block in blocks])
        if self._bed is None:
            if self.noise is not None:
                cues = self.noise.beneath(cues, bed_frame)
            return np.repeat(cues[:, np.newaxis], 2, axis=1)
        music = np.concatenate([block.music for block in blocks])
        level = self.music.gains(len(music))
        return mix(cues, self._bed.read(bed_frame, music if level is None else music * level))

    def _fade_in(self, both: NDArray[np.int16], first: int) -> NDArray[np.int16]:
        fade = max(1, round(FADE * self.transport.rate))
        if first < fade:
            count = min(fade - first, len(both))
            ramp = np.arange(first, first + count) / fade
            both[:count] = np.rint(both[:count] * ramp[:, np.newaxis]).astype(np.int16)
        return both

    def _at_volume(self, both: NDArray[np.int16]) -> NDArray[np.int16]:
        gains = self.volume.gains(len(both))
        if gains is None:
            return both
        quieter: NDArray[np.int16] = np.rint(both * gains[:, np.newaxis]).astype(np.int16)
        return quieter

    # --- the control thread --------------------------------------------------------------------------------

    def begin(
        self, place: LivePosition, insertion: Insertion | None = None, more: More | None = None
    ) -> Pull:
        """Forget what was pulled; the next start of the output begins here, after the insertion.

        `more` is inserted where it was promised.

        Returns:
            The pull to start the output with.
        """
        with self._lock:
            self._start += 1
            self.transport = self.transport.at(place)
            self._insertion, self._offset, self._ahead = insertion, 0, more
            self._given, self._pulled = [], 0
            self.volume.settle()
            self.music.settle()
            return partial(self._pull, self._start)

    def cut(self, frames: int) -> tuple[LivePosition, More | None]:
        """Record that the output stopped after `frames` frames were heard; the music keeps its place.

        Returns:
            Where the listener is, and the rest of the promised silence.
        """
        self._bed_frame += frames
        place, _ = self.locate(frames)
        with self._lock:
            more = self._find_owed(frames)
            self._given, self._ahead, self._insertion = [], None, None
            self._start += 1
            self.transport = self.transport.at(place)
        return place, more

    def owes(self, frames: int) -> bool:
        """Whether promised silence is left for a listener who heard `frames` frames."""
        with self._lock:
            return self._find_owed(frames) is not None

    def _find_owed(self, frames: int) -> More | None:
        for given in self._given:
            if given.insertion is not None and given.insertion.is_promised:
                had = given.offset + min(given.length, max(0, frames - given.first))
                if had < given.insertion.length:
                    return given.place, Insertion(Frames(given.insertion.length - had))
        return self._ahead

    def change(self, section: int, change: Callable[[int], None]) -> bool:
        """Call `change` with the section; returns False if part of it has already been pulled."""
        with self._lock:
            if any(given.place.section == section for given in self._given):
                return False
            change(section)
            return True

    def put_in(self, place: LivePosition, insertion: Insertion) -> bool:
        """Insert something ahead without a cut; False if the place has already been pulled."""
        with self._lock:
            if self._ahead is not None or self.transport.place > place:
                return False
            self._ahead = (place, insertion)
            return True

    def head(self) -> LivePosition:
        """The next frame to be pulled."""
        with self._lock:
            return self.transport.place

    def locate(self, frames: int) -> tuple[LivePosition, Insertion | None]:
        """Where a listener is who heard `frames` frames since the start, and the insertion there.

        The insertion has its remaining length.
        """
        with self._lock:
            given = next((given for given in reversed(self._given) if given.first <= frames), None)
            if given is None:
                place, insertion = self.transport.place, self._insertion
            else:
                inside = min(frames - given.first, given.length)
                place, insertion = self._reach(given, inside)
            if insertion is None and self._ahead and self._ahead[0] == place:
                insertion = self._ahead[1]
            return place, insertion

    def _reach(self, given: _Stretch, inside: int) -> tuple[LivePosition, Insertion | None]:
        if given.insertion is None:
            return self._place(given.place.section, given.place.frame + inside), None
        left = Frames(given.insertion.length - given.offset - inside)
        if left <= 0:
            over = given.insertion.waits
            return LivePosition(given.place.section + 1, Frames(0)) if over else given.place, None
        return given.place, Insertion(left, given.insertion.loaded)

    def _place(self, section: int, frame: int) -> LivePosition:
        """A place, where the end of a section counts as the start of the next one."""
        loaded = self._shelf.get(section)
        if loaded and frame >= loaded.section.length:
            return LivePosition(section + 1, Frames(0))
        return LivePosition(section, Frames(frame))

    @property
    def pulled(self) -> int:
        """Frames pulled since the start of the output."""
        return self._pulled
