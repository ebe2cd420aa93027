"""What has been handed to the output since it was started, and what comes next.

The output pulls ahead of what is heard, so the tape remembers what it gave: when the output is cut, the
frames heard lead back to the place where the listener is. Gain ramps and the fade at a start live here and
nowhere else; at full volume samples pass unchanged, so that what is heard is what is exported.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from player.timeline import Frames
from player.transport import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from player.render import Renderer
    from player.timeline import Section
    from player.transport import Transport

FADE = 0.005
"""Seconds over which every start fades in."""
RAMP = 0.03
"""Seconds over which a change of volume is spread, so that it does not click."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A section, or a remark, that can be played without touching the disk."""

    section: Section
    renderer: Renderer


@dataclass(frozen=True, slots=True)
class Insertion:
    """Something put in while the session stands still; without a renderer it is silence."""

    length: Frames
    renderer: Renderer | None = None


@dataclass(frozen=True, slots=True)
class _Given:
    """A stretch of what the output got."""

    first: int
    """Counted from the start of the output."""
    length: int
    place: Place
    """Of its first frame; of the frame where the session stands, while something is put in."""
    insertion: Insertion | None = None
    offset: int = 0


class Tape:
    """The one mutable thing that the output's thread shares with the control thread; guarded by a lock.

    Args:
        transport: Where to begin.
        shelf: Sections that can be played; grows and shrinks as the stock works.
    """

    def __init__(self, transport: Transport, shelf: Mapping[int, Loaded]) -> None:
        self.transport = transport.play()
        self._shelf = shelf
        self._lock = threading.Lock()
        self._insertion: Insertion | None = None
        self._offset = 0
        self._ahead: tuple[Place, Insertion] | None = None
        self._given: list[_Given] = []
        self._pulled = 0
        self._gain = self._target = 1.0

    # --- the output's thread -------------------------------------------------------------------------------

    def pull(self, frames: int) -> NDArray[np.int16]:
        """At most so many frames, stereo, shape (k, 2); fewer where the session ends or speech is late."""
        with self._lock:
            blocks: list[NDArray[np.int16]] = []
            missing = frames
            while missing > 0:
                block = self._next(missing)
                if block is None:
                    break
                blocks.append(block)
                missing -= len(block)
            mono = np.concatenate(blocks) if blocks else np.zeros(0, np.int16)
            mono = self._faded(mono, self._pulled - len(mono))
            return np.repeat(self._at_volume(mono)[:, np.newaxis], 2, axis=1)

    def _next(self, frames: int) -> NDArray[np.int16] | None:
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
        self.transport, runs = self.transport.advance(frames, {place.section: loaded.section})
        if not runs:
            return None
        self._give(_Given(self._pulled, runs[0].length, place))
        return loaded.renderer.read(runs[0].start, runs[0].length)

    def _put_in(self, insertion: Insertion, frames: int, place: Place) -> NDArray[np.int16]:
        length = min(frames, insertion.length - self._offset)
        offset = self._offset
        self._give(_Given(self._pulled, length, place, insertion, offset))
        self._offset += length
        if self._offset >= insertion.length:
            self._insertion = None
        return insertion.renderer.read(offset, length) if insertion.renderer else np.zeros(length, np.int16)

    def _give(self, given: _Given) -> None:
        last = self._given[-1] if self._given else None
        joins = last and last.insertion is given.insertion and _follows(last, given)
        if last and joins:
            self._given[-1] = _Given(
                last.first, last.length + given.length, last.place, last.insertion, last.offset
            )
        else:
            self._given.append(given)
        self._pulled += given.length

    def _faded(self, mono: NDArray[np.int16], first: int) -> NDArray[np.int16]:
        fade = max(1, round(FADE * self.transport.rate))
        if first >= fade or not len(mono):
            return mono
        mono = mono.copy()
        count = min(fade - first, len(mono))
        ramp = np.arange(first, first + count) / fade
        mono[:count] = np.rint(mono[:count] * ramp).astype(np.int16)
        return mono

    def _at_volume(self, mono: NDArray[np.int16]) -> NDArray[np.int16]:
        if self._gain == self._target == 1.0 or not len(mono):
            return mono
        gains = np.full(len(mono), self._target)
        step = 1.0 / (RAMP * self.transport.rate)
        count = min(len(mono), int(np.ceil(abs(self._target - self._gain) / step)))
        if count:
            reached = self._gain + np.sign(self._target - self._gain) * step * np.arange(1, count + 1)
            low, high = sorted((self._gain, self._target))
            gains[:count] = np.clip(reached, low, high)
            self._gain = float(gains[count - 1]) if count == len(mono) else self._target
        quieter: NDArray[np.int16] = np.rint(mono * gains).astype(np.int16)
        return quieter

    # --- the control thread --------------------------------------------------------------------------------

    def begin(self, place: Place, insertion: Insertion | None = None) -> None:
        """Forget what was given; the next start of the output begins here, after the insertion."""
        with self._lock:
            self.transport = self.transport.at(place).play()
            self._insertion, self._offset, self._ahead = insertion, 0, None
            self._given, self._pulled = [], 0
            self._gain = self._target

    def put_in(self, place: Place, insertion: Insertion) -> bool:
        """Put something in ahead, without a cut; False if the place has been handed over already."""
        with self._lock:
            if self._ahead is not None or self.transport.place > place:
                return False
            self._ahead = (place, insertion)
            return True

    def head(self) -> Place:
        """The next frame to be handed over."""
        with self._lock:
            return self.transport.place

    def heard(self, frames: int) -> tuple[Place, Insertion | None]:
        """Where the listener is who heard so many frames since the start, and what is put in there.

        What is put in is given with the length that is left of it.
        """
        with self._lock:
            for given in reversed(self._given):
                if given.first <= frames:
                    inside = min(frames - given.first, given.length)
                    if given.insertion is None:
                        return self._place(given.place.section, given.place.frame + inside), None
                    left = given.insertion.length - given.offset - inside
                    return given.place, Insertion(
                        Frames(left), given.insertion.renderer
                    ) if left > 0 else None
            return self.transport.place, self._insertion

    def _place(self, section: int, frame: int) -> Place:
        """The end of a section is the start of the next one."""
        loaded = self._shelf.get(section)
        if loaded and frame >= loaded.section.length:
            return Place(section + 1, Frames(0))
        return Place(section, Frames(frame))

    def set_volume(self, gain: float) -> None:
        """From 0 to 1; reached within `RAMP` of what is handed over next."""
        with self._lock:
            self._target = gain

    @property
    def pulled(self) -> int:
        """Frames handed over since the output was started."""
        return self._pulled


def _follows(last: _Given, given: _Given) -> bool:
    if given.insertion is not None:
        return last.place == given.place and last.offset + last.length == given.offset
    return last.place.section == given.place.section and last.place.frame + last.length == given.place.frame
