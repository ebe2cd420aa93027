"""Plays a session in real time on a virtual sound card, with random keys, and compares all that is heard.

`python -m tests.live_hour` takes an hour. What was recorded must be the exported session, sample for sample:
from each start, with its fade, to the frame that the output says was heard last; then ten milliseconds of
fall; then silence. Each start must be where the listener was before. Everything is real but the card.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
from player.app.live import _run_threads
from player.app.prepare import bed_for, compiler_for
from player.app.request import Request, Wishes
from player.engine import Back, Jump, Next, Pause, Play, SeekBy, State
from player.engine.engine import Engine
from player.engine.fader import fall
from player.engine.stock import Stock
from player.engine.tape import FADE
from player.library import Library
from player.outputs.miniaudio_output import MiniaudioOutput
from player.testing.waiting import wait_until
from player.timeline import RATE

from tests.checking import Whole
from tests.virtual_soundcard import VirtualSoundCard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray
    from player.engine import Command
    from player.engine.insertion import Insertion
    from player.engine.tape import Tape
    from player.outputs.protocol import Fall, Pull

    from tests.virtual_soundcard import Recording

SESSION, MUSIC = "full-back-care", "still-water"
FADE_IN = round(FADE * RATE)
KEYS: tuple[Command, ...] = (Pause(), Pause(), Next(), Back(), SeekBy(10), SeekBy(-10))
KEY = 64
"""Frames by which a start is found in a recording."""
CLEAR = 100
"""A sample above this, and those after it, are found in no other place."""
LEG = 20
"""Keys in one recording, so that memory stays small."""
REST = 0.4
"""Seconds of silence that end a recording."""


@dataclass(slots=True)
class Start:
    """A start of the output."""

    frame: int
    """The session's frame."""
    insertion: Insertion | None
    bed_frame: int
    heard: int = 0
    moved: bool = False
    """Whether a key asked for another place."""

    @property
    def ends(self) -> int:
        """The session's frame at the cut."""
        return self.frame + max(0, self.heard - (self.insertion.length if self.insertion else 0))


class NotedOutput(MiniaudioOutput):
    """Notes where each start begins, and how much of it was heard."""

    def __init__(self, whole: Whole) -> None:
        super().__init__()
        self.starts: list[Start] = []
        self._whole, self._runs, self._seeks = whole, False, 0

    def watch(self, engine: Engine) -> None:
        """Attach to the engine."""
        self._engine, self._tape = engine, engine._deck.tape

    def start(self, pull: Pull) -> None:
        tape: Tape = self._tape
        frame = self._whole.frame(tape.transport.place)
        seeks, self._seeks = self._seeks, self._engine._seeks
        self.starts.append(Start(frame, tape._insertion, tape._bed_frame, moved=seeks != self._seeks))
        super().start(pull)
        self._runs = True

    def _stop(self, fall: Fall | None) -> int:
        heard = super()._stop(fall)
        if self._runs:
            self.starts[-1].heard, self._runs = heard, False
        return heard


@dataclass(slots=True)
class Findings:
    """What was compared, and what was wrong."""

    keys: int = 0
    starts: int = 0
    found: int = 0
    """Starts with something to hear, all of which was found."""
    frames: int = 0
    """Frames compared, in which the session or a remark was heard."""
    wrong: int = 0
    first: str = ""
    """The first difference."""

    def complain(self, what: str) -> None:
        """Count something wrong, and keep the first."""
        self.wrong += 1
        self.first = self.first or what


class LiveRun:
    """One session on one card.

    Args:
        session: Its id.
        music: A bed, or `off`.
        seed: The same seed presses the same keys.
    """

    def __init__(self, session: str, music: str, seed: int) -> None:
        self._request = Request(session, Wishes(music=music))
        self._script = Library.found().load(session)
        self._bed = bed_for(self._script, self._request)
        with compiler_for(self._script, self._request) as (compiler, _):
            self._whole = Whole(compiler.compile(), self._bed)
        self._random = random.Random(seed)  # noqa: S311  not for secrets
        self.found = Findings()
        self._was: int | None = None

    def play(
        self,
        card: VirtualSoundCard,
        seconds: float,
        keys: int,
        spoil: Callable[[Engine], None] = lambda _: None,
    ) -> Findings:
        """Play for so long, with so many keys; return what was found.

        Args:
            card: The card, which this process plays on.
            seconds: How long to play.
            keys: How many keys to press.
            spoil: Makes something go wrong.
        """
        self.found, self._was = Findings(), None
        output = NotedOutput(self._whole)
        with compiler_for(self._script, self._request) as (compiler, _):
            stock = Stock(compiler, RATE)
            self._engine = engine = Engine(stock, output, time.monotonic, bed=self._bed)
            output.watch(engine)
            spoil(engine)
            with _run_threads(stock, engine):
                self._wait_for(State.PLAYING)
                self._pause()
                for first in range(0, keys, LEG):
                    leg = min(LEG, keys - first)
                    output.starts.clear()
                    with card.recording() as recording:
                        self._press(recording, leg, seconds * leg / keys)
                    self._compare(recording.samples, output.starts)
        return self.found

    def _press(self, recording: Recording, keys: int, seconds: float) -> None:
        self._go_on()
        for share in self._random.choices(range(1, 10), k=keys):
            recording.go_on(seconds / keys * share / 5)
            self.found.keys += 1
            over = self._engine.snapshot.state is State.ENDED
            self._press_one(Jump(0) if over else self._random.choice(KEYS), recording)
        self._pause()
        recording.go_on(REST)

    def _press_one(self, key: Command, recording: Recording) -> None:
        if key == Pause():
            self._pause()
            recording.go_on(self._random.uniform(0.1, 2))
            self._go_on()
        else:
            self._engine.send(key)

    def _pause(self) -> None:
        self._engine.send(Pause())
        self._wait_for(State.PAUSED, State.ENDED)

    def _go_on(self) -> None:
        self._engine.send(Jump(0) if self._engine.snapshot.state is State.ENDED else Play())
        self._wait_for(State.PLAYING)

    def _wait_for(self, *states: State) -> None:
        wait_until(lambda: self._engine.snapshot.state in states, f"it never is {states[0]}")

    # --- afterwards ----------------------------------------------------------------------------------------

    def _compare(self, recorded: NDArray[np.int16], starts: list[Start]) -> None:
        """Find every start in the recording, and see that there is nothing else in it."""
        data, silent_from = recorded.tobytes(), 0
        for start in starts:
            self._look_at_place(start)
            expected = self._expect(start)
            loudness = np.abs(expected[FADE_IN : -KEY or None].astype(int)).max(axis=1, initial=0)
            sounds = np.flatnonzero(loudness > min(CLEAR, loudness.max(initial=0) - 1))
            if not loudness.any():
                continue
            key = FADE_IN + int(sounds[0])
            at = _find(data, expected[key : key + KEY], silent_from) - key
            if at < silent_from:
                self.found.complain(f"what was heard from frame {start.frame} on is not in the recording")
                return
            self._see_silence(recorded[silent_from:at])
            different = np.flatnonzero((recorded[at : at + len(expected)] != expected).any(axis=1))
            if len(different):
                self.found.complain(f"another sample {different[0]} frames after the start at {start.frame}")
            silent_from = at + len(expected)
            self.found.found += 1
            self.found.frames += start.heard
        self._see_silence(recorded[silent_from:])

    def _look_at_place(self, start: Start) -> None:
        self.found.starts += 1
        if not start.moved and self._was is not None and start.frame != self._whole.settled(self._was):
            self.found.complain(f"a start at frame {start.frame}, after a cut at {self._was}")
        self._was = start.ends

    def _see_silence(self, between: NDArray[np.int16]) -> None:
        if between.any():
            self.found.complain(f"something else is heard: {np.count_nonzero(between.any(axis=1))} frames")

    def _expect(self, start: Start) -> NDArray[np.int16]:
        """From the start to the end of the fall."""
        expected = np.concatenate(list(self._pieces(start, start.heard + FADE_IN + RATE // 10)))
        ramp = np.arange(FADE_IN) / FADE_IN
        expected[:FADE_IN] = np.rint(expected[:FADE_IN] * ramp[:, np.newaxis]).astype(np.int16)
        return np.concatenate((expected[: start.heard], fall(expected[start.heard :], RATE)))

    def _pieces(self, start: Start, frames: int) -> Iterator[NDArray[np.int16]]:
        done = 0
        if start.insertion is not None:
            done = min(frames, start.insertion.length)
            yield self._whole.put_in(start.insertion, 0, done, start.frame, start.bed_frame)
        yield self._whole.session(start.frame, frames - done, start.bed_frame + done)


def _find(data: bytes, wanted: NDArray[np.int16], first: int) -> int:
    """The frame at which some frames are first found; very early if they are not."""
    key, size = wanted.tobytes(), wanted.itemsize * 2
    at = data.find(key, first * size)
    while at >= 0 and at % size:
        at = data.find(key, at + 1)
    return at // size if at >= 0 else -len(data)


def main() -> int:
    """Play it; 0: all as it should be, 1: not."""
    parser = argparse.ArgumentParser(prog="python -m tests.live_hour", description=__doc__)
    parser.add_argument("--session", default=SESSION)
    parser.add_argument("--music", default=MUSIC, help="off: none")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--keys", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with TemporaryDirectory() as name, VirtualSoundCard() as card:
        for variable in ("HOME", "CACHE", "STATE", "CONFIG"):
            os.environ[f"CUEMAT_{variable}"] = str(Path(name) / variable.lower())
        os.environ.update(card.environment)
        run = LiveRun(options.session, options.music, options.seed)
        found = run.play(card, options.minutes * 60, options.keys)
    print(found)
    print("all as it should be" if not found.wrong else "NOT AS IT SHOULD BE")
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
