"""Plays on PulseAudio or PipeWire, and ends softly.

The server holds a third of a second of sound, so the interpreter may stall for most of that unheard. Yet a
cut is soft and takes a few hundredths of a second: what was queued is overwritten, from a place that the
server has not fetched yet, by a short fall and silence. miniaudio can only close the device, which breaks off
within a wave, or let a fall wait for its turn in the queue.

The server says what it has played; nothing is estimated by a clock. So whatever a machine under load does,
more is heard than counted, never less.
"""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from typing import TYPE_CHECKING

import numpy as np

from player.outputs.feed import CHANNELS

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from player.outputs.feed import Feed
    from player.outputs.protocol import Clock, Fall
    from player.outputs.pulse_stream import Position, PulseStream

BUFFER = 0.3
"""Seconds of sound that the server holds, most of it still changeable."""
LATENCY = 0.02
"""Seconds of sound that the device itself holds; the server fetches a piece that often."""
PIECE_AT_MOST = 0.03
"""Seconds that the server fetches at once, at most."""
REACH = 0.003
"""Seconds in which a change reaches the server."""
TICK = 0.06
"""Seconds between two looks at the stream."""
LOOK = 0.001
"""The same while waiting for an answer, or for the end of a fall."""
ANSWER = 0.05
"""Seconds to wait for an answer, or for the end of a fall beyond its length."""
UPCOMING = 0.045
"""Seconds of the queue that a fall may use."""
SILENT = 1.0
"""Seconds without progress after which the device counts as gone."""


class PulseDevice:
    """A stream from its opening to its end.

    Args:
        stream: Not open yet.
        feed: Provides the samples.
        rate: Frames per second.
        clock: Seconds that never run backwards.
    """

    def __init__(self, stream: PulseStream, feed: Feed, rate: int, clock: Clock) -> None:
        self._stream, self._feed, self._rate, self._clock = stream, feed, rate, clock
        self._asked = self._looked = self._progressed = clock()
        self._answered = self._asked
        """When the question was asked that has the last answer."""
        self._fetched = self._written = self._played = self._piece = 0
        self._queue: deque[tuple[int, NDArray[np.int16]]] = deque()
        """What was written, with the number of its first frame, as far back as it may still be changed."""
        self._gone = False
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="cuemat device stream", daemon=True)

    def open(self, sink: bytes | None) -> None:
        """Connect, and start playing.

        Args:
            sink: The server's name of the device; None is its default.

        Raises:
            OutputError: The server or the device refuses, or does not answer.
        """
        self._stream.open(sink, self._frames(BUFFER), self._frames(LATENCY))
        self._looked = self._progressed = self._clock()
        self._thread.start()

    def played(self) -> int:
        """Frames that have certainly been heard."""
        return self._played

    surely_played = played

    def seen_alive(self) -> None:
        """Ignored: the stream itself says whether it is alive."""

    @property
    def stalled(self) -> bool:
        """Whether the server is gone, or plays nothing although it was asked again and again."""
        return self._gone or self._looked - self._progressed > SILENT

    def cut(self, fall: Fall | None) -> int:
        """Stop playing, after a fall if something is still to come.

        Returns:
            Frames heard before the fall.
        """
        self._stopping.set()
        if self._thread.ident is None:
            return 0
        self._thread.join(ANSWER)
        began = self._clock()
        known = not self._thread.is_alive() and self._look_until(lambda: self._answered >= began, ANSWER)
        if not known or fall is None:
            return self._played
        first = self._fetched + self._piece + self._frames(REACH)
        tail = fall(self._upcoming(first))
        if not len(tail):
            return self._played
        silence = np.zeros((max(0, self._written - first - len(tail)), CHANNELS), np.int16)
        self._stream.write(np.concatenate((tail, silence)), first - self._written)
        end = first + len(tail)
        self._look_until(lambda: self._played >= end, (end - self._played) / self._rate + ANSWER)
        return first

    def close(self) -> None:
        """Disconnect, and release everything."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join()
        self._stream.close()

    def _run(self) -> None:
        while not self._gone:
            self._fill()
            self._look()
            if self._stopping.wait(TICK):
                break

    def _fill(self) -> None:
        """Write as much as the server takes."""
        room = self._stream.room()
        self._gone = room is None
        if room:
            samples = self._feed.block(room)
            self._stream.write(samples)
            self._queue.append((self._written, samples))
            self._written += room
            while self._queue[0][0] + len(self._queue[0][1]) < self._fetched:
                self._queue.popleft()

    def _look(self) -> None:
        """Take in the answer about the position, if it has come, and ask again."""
        before, self._looked = self._looked, self._clock()
        if self._looked - before > SILENT / 2:  # this program stood still, not the server
            self._progressed = self._looked
        if (position := self._stream.answer()) is not None:
            self._answered = self._asked
            self._take_in(position)
        if self._stream.ask():
            self._asked = self._looked

    def _take_in(self, position: Position) -> None:
        if position.fetched > self._fetched:
            self._progressed = self._looked
        self._fetched = position.fetched
        self._piece = self._frames(min(max(LATENCY, position.piece), PIECE_AT_MOST))
        heard = position.fetched - math.ceil(position.unheard * self._rate)
        self._played = max(self._played, min(heard, self._written))

    def _look_until(self, done: Callable[[], bool], seconds: float) -> bool:
        until = self._clock() + seconds
        while self._clock() < until:
            self._look()
            if done():
                return True
            time.sleep(LOOK)
        return False

    def _upcoming(self, first: int) -> NDArray[np.int16]:
        """What was written from a frame on."""
        pieces = [np.zeros((0, CHANNELS), np.int16)]
        pieces += [samples[max(0, first - start) :] for start, samples in self._queue]
        return np.concatenate(pieces)[: self._frames(UPCOMING)]

    def _frames(self, seconds: float) -> int:
        return round(seconds * self._rate)
