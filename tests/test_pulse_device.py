"""A stream on a sound server, on a clock that the test moves: what counts as heard, and when it is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from player.outputs.feed import Feed
from player.outputs.pulse_device import SILENT, PulseDevice
from player.outputs.pulse_stream import Position

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE = 1000


class Server:
    """The server's end of a stream: it plays, answers and vanishes when the test says so."""

    def __init__(self) -> None:
        self.written = 0
        self.position: Position | None = None
        self.gone = False
        self._asked = False

    def room(self) -> int | None:
        return None if self.gone else max(0, 300 - self.written)

    def write(self, samples: NDArray[np.int16], offset: int = 0) -> None:
        self.written += len(samples) + offset

    def ask(self) -> bool:
        asked, self._asked = self._asked, True
        return not asked

    def answer(self) -> Position | None:
        if not self._asked or self.position is None:
            return None
        self._asked = False
        return self.position


class Played:
    """A device whose thread is the test."""

    def __init__(self) -> None:
        self.now = 0.0
        self.server = Server()
        feed = Feed(lambda frames: np.ones((frames, 2), np.int16), lambda: self.now)
        self.device = PulseDevice(self.server, feed, RATE, lambda: self.now)  # type: ignore[arg-type]
        self.wait(0.04)

    def wait(self, seconds: float) -> None:
        for _ in range(round(seconds * 50)):
            self.now += 0.02
            self.device._fill()
            self.device._look()


@pytest.fixture
def on() -> Played:
    return Played()


def test_nothing_counts_as_heard_before_the_server_says_so(on: Played) -> None:
    on.wait(0.5)

    assert on.device.played() == 0


def test_what_the_device_still_holds_does_not_count(on: Played) -> None:
    on.server.position = Position(fetched=120, unheard=0.0152, piece=0.015)
    on.wait(0.04)

    assert on.device.played() == 120 - 16


def test_heard_does_not_go_on_with_the_clock(on: Played) -> None:
    on.server.position = Position(fetched=120, unheard=0.0, piece=0.015)
    on.wait(0.9)

    assert on.device.played() == 120


def test_what_the_device_played_after_the_last_frame_does_not_count(on: Played) -> None:
    on.server.position = Position(fetched=900, unheard=0.0, piece=0.015)
    on.wait(0.04)

    assert on.device.played() == 300


def test_heard_only_grows(on: Played) -> None:
    for fetched, unheard in ((120, 0.0), (125, 0.02)):
        on.server.position = Position(fetched, unheard, 0.015)
        on.wait(0.04)

    assert on.device.played() == 120


def test_a_server_that_plays_nothing_for_a_second_counts_as_gone(on: Played) -> None:
    on.server.position = Position(fetched=120, unheard=0.0, piece=0.015)
    on.wait(SILENT)
    before = on.device.stalled
    on.wait(0.1)

    assert (before, on.device.stalled) == (False, True)


def test_a_server_that_does_not_answer_for_a_second_counts_as_gone(on: Played) -> None:
    on.wait(SILENT + 0.1)

    assert on.device.stalled


def test_a_server_that_has_gone_counts_as_gone_at_once(on: Played) -> None:
    on.server.gone = True
    on.wait(0.02)

    assert on.device.stalled


def test_a_program_that_stood_still_does_not_blame_the_server(on: Played) -> None:
    on.now += 12.0
    before = on.device.stalled
    on.wait(0.9)
    during = on.device.stalled
    on.server.position = Position(fetched=10, unheard=0.0, piece=0.015)
    on.wait(0.5)

    assert (before, during, on.device.stalled) == (False, False, False)
