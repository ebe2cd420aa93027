"""Sound is pulled: one pure function of time serves the loudspeaker and the file.

`Renderer.read(start, frames)` has no cursor, no state and no filter with memory, so the sound cannot depend
on block sizes or on the order of reads: what you hear is what you export, and a seek is just another read.
Cues rarely overlap (speech and earcons never do), so a block is mostly plain copies of finished clips; only a
block with overlapping cues is added up in 32 bits and clipped to 16. Beneath the cues there may be a soft
noise instead of silence; with music there is none, because music keeps a loudspeaker awake, too.

The cues are one bus; the music under a session is the other. All speech is known in advance, so its ducking
is, too: it is data (`music_gain`), a few points for each section, and nothing analyses sound. A section's
points depend only on that section, so a player can render one section at a time: where two sections join, the
music is always down, because nearly every section begins with words.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from player.timeline import CueKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from player.sound.bed import Bed
    from player.sound.clip import AnyClip
    from player.sound.noise import Noise
    from player.timeline import Cue, Frames, Section, Timeline

LOUDEST = np.iinfo(np.int16)
DUCKING = 10 ** (-14 / 20)
"""The gain of the music under speech: -14 dB."""
YIELDING = 10 ** (-4 / 20)
"""The gain of the music under tones: -4 dB, so that they stand out and the music hardly moves."""
ATTACK, LINGER, RELEASE = 0.3, 0.1, 0.9
"""Seconds in which the music fades down before a word, stays down after it, and comes back up."""
PATIENCE = 5.0
"""Seconds: through shorter gaps the music stays down, because it would only swell and fall, again and
again."""
TONES = (CueKind.SPEECH, CueKind.EARCON, CueKind.SOUND)
"""What the music yields to; ticks are too short and too soft."""
FADE_IN, FADE_OUT = 3.0, 6.0
"""Seconds of fade at the start of the first section and the end of the last; at most half a section."""


class Renderer:
    """Turns any span of a timeline into samples.

    Args:
        timeline: What sounds when.
        clips: The clip of every cue, by its key; stored ones are fetched while they sound.
        noise: What is beneath everything; its first frame is the timeline's first. None: silence.

    Raises:
        KeyError: A cue has no clip.
        ValueError: A clip is not as long as its cue, or not at the timeline's rate.
    """

    def __init__(
        self,
        timeline: Timeline,
        clips: Mapping[tuple[CueKind, str], AnyClip],
        noise: Noise | None = None,
    ) -> None:
        cues = timeline.cues
        self._noise = noise
        self.length: Frames = timeline.length
        self.rate: int = timeline.rate
        self.channels = 1
        self._starts = tuple(cue.start for cue in cues)
        self._latest_ends = tuple(accumulate((cue.end for cue in cues), max))
        self._sounds = tuple(_fitting(cue, clips[cue.key], timeline.rate) for cue in cues)

    def read(self, start: int, frames: int) -> NDArray[np.int16]:
        """The samples of `[start, start + frames)`: int16, shape (frames,); outside the timeline, no cues.

        The same frames have the same samples, whatever was read before and however a span is divided.

        Raises:
            ValueError: `frames` is negative.
            SpeechError: A stored clip is lost.
        """
        pieces = tuple(self._pieces(start, min(start + frames, self.length)))
        if _overlap(pieces):
            mix = np.zeros(frames, np.int32)
            for at, piece in pieces:
                mix[at : at + len(piece)] += piece
            block = np.clip(mix, LOUDEST.min, LOUDEST.max).astype(np.int16)
            return block if self._noise is None else self._noise.beneath(block, start)
        if self._noise is None:
            block = np.zeros(frames, np.int16)
            for at, piece in pieces:
                block[at : at + len(piece)] = piece
        else:
            block = self._noise.read(start, frames)
            for at, piece in pieces:
                block[at : at + len(piece)] += self._noise.softened(piece)
        return block

    def _pieces(self, start: int, end: int) -> Iterator[tuple[int, NDArray[np.int16]]]:
        """The part of each cue in `[start, end)`, with its offset."""
        first = bisect_right(self._latest_ends, start)
        last = bisect_left(self._starts, end)
        for cue_start, sound in zip(self._starts[first:last], self._sounds[first:last], strict=True):
            inside = slice(max(start - cue_start, 0), min(end - cue_start, len(sound)))
            if inside.start < inside.stop:
                yield max(cue_start - start, 0), sound.samples[inside]


@dataclass(frozen=True, slots=True)
class Envelope:
    """A gain over time: straight lines between points, level before the first and after the last."""

    frames: tuple[int, ...]
    """Frames of the points, in order."""
    gains: tuple[float, ...]
    """Gains at the points; 1 changes nothing."""

    def at(self, start: int, frames: int) -> NDArray[np.float32]:
        """The gain of each frame of `[start, start + frames)`; it depends only on the frame."""
        gains = np.empty(frames, np.float32)
        end = start + frames
        gains[: max(self.frames[0] - start, 0)] = self.gains[0]
        gains[max(self.frames[-1] - start, 0) :] = self.gains[-1]
        first, last = max(bisect_right(self.frames, start) - 1, 0), bisect_left(self.frames, end)
        for index in range(first, min(last, len(self.frames) - 1)):
            low, high = self.frames[index], self.frames[index + 1]
            begin = max(low, start)
            piece = gains[begin - start : max(min(high, end), begin) - start]
            piece[:] = self.gains[index]
            if self.gains[index] != self.gains[index + 1]:
                rise = np.float32((self.gains[index + 1] - self.gains[index]) / max(high - low, 1))
                piece += np.arange(begin - low, begin - low + len(piece), dtype=np.float32) * rise
        return gains


def music_gain(section: Section, rate: int, *, first: bool = False, last: bool = False) -> Envelope:
    """The gain of the music in a section, by frames from its start: down under speech, and up again.

    Args:
        section: The section.
        rate: Frames per second.
        first: Whether it is the first section, so the music fades in.
        last: Whether it is the last section, so the music comes up for the end, and fades out.
    """
    length = section.length
    together = [_yield_to(section, rate, joins=(0,) if last else (0, length))]
    if first:
        together.append(Envelope((0, min(round(FADE_IN * rate), length // 2)), (0.0, 1.0)))
    if last:
        together.append(Envelope((length - min(round(FADE_OUT * rate), length // 2), length), (1.0, 0.0)))
    return _combine(prod, together)


def remark_gain(remark: Section, rate: int) -> Envelope:
    """The gain of the music under a remark, on top of its gain where the session stands."""
    return _yield_to(remark, rate, joins=())


def mix(cues: NDArray[np.int16], music: NDArray[np.int16]) -> NDArray[np.int16]:
    """Mix the two buses: mono cues, shape (frames,), centred in the music, shape (frames, 2)."""
    both = np.add(music, cues[:, np.newaxis], dtype=np.int32)
    return np.clip(both, LOUDEST.min, LOUDEST.max, out=both).astype(np.int16)


class StereoRenderer:
    """A session with music: the cues of `Renderer` on both sides, over a bed.

    Args:
        timeline: What sounds when.
        clips: The clip of every cue, by its key.
        bed: Its first frame is the timeline's first.

    Raises:
        KeyError: A cue has no clip.
        ValueError: As in `Renderer`.
    """

    def __init__(self, timeline: Timeline, clips: Mapping[tuple[CueKind, str], AnyClip], bed: Bed) -> None:
        self._cues = Renderer(timeline, clips)
        self._bed = bed
        self._envelope = _join(timeline)
        self.length = self._cues.length
        self.rate = self._cues.rate
        self.channels = 2

    def read(self, start: int, frames: int) -> NDArray[np.int16]:
        """The samples of `[start, start + frames)`: int16, shape (frames, 2); pure like `Renderer.read`."""
        return mix(self._cues.read(start, frames), self._bed.read(start, self._envelope.at(start, frames)))


def _yield_to(section: Section, rate: int, joins: tuple[int, ...]) -> Envelope:
    """Down under speech, and a little under tones; at `joins` as under speech."""
    words = _ducking(section, rate, DUCKING, (CueKind.SPEECH,), joins)
    return _combine(min, [words, _ducking(section, rate, YIELDING, TONES, joins)])


def _ducking(
    section: Section, rate: int, down: float, kinds: tuple[CueKind, ...], joins: tuple[int, ...]
) -> Envelope:
    """Down before each span of cues and up after it; cues close to each other form one span."""
    attack, linger, release = (round(seconds * rate) for seconds in (ATTACK, LINGER, RELEASE))
    cues = [(cue.start, cue.end) for cue in section.cues if cue.kind in kinds]
    spans: list[tuple[int, int]] = []
    for span in sorted([*cues, *((join, join) for join in joins)]):
        if spans and span[0] - spans[-1][1] < PATIENCE * rate:
            begins, before = spans.pop()
            spans.append((begins, max(before, span[1])))
        else:
            spans.append(span)
    points = {0: 1.0, section.length: 1.0}
    for start, end in spans:
        stays = end + linger if end < section.length else end
        points.setdefault(max(start - attack, 0), 1.0)
        points.setdefault(min(stays + release, section.length), 1.0)
        points[start] = points[min(stays, section.length)] = down
    frames = tuple(sorted(points))
    return Envelope(frames, tuple(points[frame] for frame in frames))


def _combine(how: Callable[[Iterable[float]], float], together: list[Envelope]) -> Envelope:
    """One envelope of several, exact at the points of all."""
    frames = tuple(sorted({frame for envelope in together for frame in envelope.frames}))
    return Envelope(
        frames, tuple(how(float(envelope.at(frame, 1)[0]) for envelope in together) for frame in frames)
    )


def _join(timeline: Timeline) -> Envelope:
    frames: list[int] = []
    gains: list[float] = []
    last = len(timeline.sections) - 1
    for index, (start, section) in enumerate(zip(timeline.starts, timeline.sections, strict=True)):
        envelope = music_gain(section, timeline.rate, first=index == 0, last=index == last)
        frames += [start + frame for frame in envelope.frames]
        gains += envelope.gains
    return Envelope(tuple(frames), tuple(gains)) if frames else Envelope((0,), (0.0,))


def _overlap(pieces: tuple[tuple[int, NDArray[np.int16]], ...]) -> bool:
    covered = 0
    for at, piece in pieces:
        if at < covered:
            return True
        covered = at + len(piece)
    return False


def _fitting(cue: Cue, clip: AnyClip, rate: int) -> AnyClip:
    if (len(clip), clip.rate) != (cue.length, rate):
        wanted, got = f"{cue.length} frames at {rate} Hz", f"{len(clip)} at {clip.rate} Hz"
        message = f"the cue {cue.content!r} has {wanted}, its clip {got}"
        raise ValueError(message)
    return clip
