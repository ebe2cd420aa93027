"""Sound is pulled: one pure function of time serves the loudspeaker and the file.

`Renderer.read(start, frames)` has no cursor, no state and no filter with a memory, so what is heard cannot
depend on block sizes or on the order of reads: what you hear is what you export, and a seek is just another
read. Cues hardly ever overlap (speech and earcons never do), so a block is mostly plain copies of finished
clips; only a block in which two sound at once is added up in 32 bits and clipped to 16.

The cues are one bus. The music under a session will be a second one, added to it in `read`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from player.sound.clip import Clip
    from player.timeline import Cue, CueKind, Frames, Timeline

LOUDEST = np.iinfo(np.int16)


class Renderer:
    """Turns any span of a timeline into samples.

    Args:
        timeline: What sounds when.
        clips: The clip of every cue, by its kind and content.

    Raises:
        KeyError: A cue has no clip.
        ValueError: A clip is not as long as its cue, or not at the timeline's rate.
    """

    def __init__(self, timeline: Timeline, clips: Mapping[tuple[CueKind, str], Clip]) -> None:
        cues = timeline.cues
        self.length: Frames = timeline.length
        self.rate: int = timeline.rate
        self._starts = tuple(cue.start for cue in cues)
        self._latest_ends = tuple(accumulate((cue.end for cue in cues), max))
        self._sounds = tuple(_sound(cue, clips[cue.kind, cue.content], timeline.rate) for cue in cues)

    def read(self, start: int, frames: int) -> NDArray[np.int16]:
        """The samples of `[start, start + frames)`: int16, shape (frames,); silence outside the timeline.

        The same frames have the same samples, whatever was read before and however a span is divided.

        Raises:
            ValueError: `frames` is negative.
        """
        block = np.zeros(frames, np.int16)
        pieces = tuple(self._pieces(start, min(start + frames, self.length)))
        if _overlap(pieces):
            mix = np.zeros(frames, np.int32)
            for at, piece in pieces:
                mix[at : at + len(piece)] += piece
            np.clip(mix, LOUDEST.min, LOUDEST.max, out=block, casting="unsafe")
        else:
            for at, piece in pieces:
                block[at : at + len(piece)] = piece
        return block

    def _pieces(self, start: int, end: int) -> Iterator[tuple[int, NDArray[np.int16]]]:
        """What of each cue sounds in `[start, end)`, and at which of these frames it begins."""
        first = bisect_right(self._latest_ends, start)
        last = bisect_left(self._starts, end)
        for cue_start, sound in zip(self._starts[first:last], self._sounds[first:last], strict=True):
            piece = sound[max(start - cue_start, 0) : max(end - cue_start, 0)]
            if len(piece):
                yield max(cue_start - start, 0), piece


def _overlap(pieces: tuple[tuple[int, NDArray[np.int16]], ...]) -> bool:
    covered = 0
    for at, piece in pieces:
        if at < covered:
            return True
        covered = at + len(piece)
    return False


def _sound(cue: Cue, clip: Clip, rate: int) -> NDArray[np.int16]:
    if (len(clip), clip.rate) != (cue.length, rate):
        wanted, got = f"{cue.length} frames at {rate} Hz", f"{len(clip)} at {clip.rate} Hz"
        message = f"the cue {cue.content!r} has {wanted}, its clip {got}"
        raise ValueError(message)
    return np.asarray(clip.samples)
