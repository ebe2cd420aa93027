"""Tests of what every output promises.

Each frame carries its number, so a test can tell which frames were heard, and in what order. How to hear them
differs for each output (a recording, or the samples given to a device), so its author writes an `Ear` and
runs the tests with it:

    import pytest

    pytest.register_assert_rewrite("player.testing.output_contract")

    from player.testing.output_contract import OutputContract

    @pytest.fixture
    def ear():
        made = MyEar()
        yield made
        made.output.close()

    class TestMyOutput(OutputContract):
        pass

pytest rewrites the assertions of a module only if it is registered before it is imported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from player.outputs.protocol import TroubleKind
from player.testing.waiting import wait_until

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from player.outputs.protocol import Output

RATE = 48_000
"""Frames per second; the engine plays at no other rate."""
BLOCK = round(0.28 * RATE)
"""Frames that an output may pull at most at a time, and the largest error of a stop."""
WIDE = 32_768


class Numbered:
    """A pull of numbered frames, so each can be identified when heard.

    Args:
        start: The first number.
        end: The number after the last; a test may raise it later.
    """

    def __init__(self, start: int = 0, end: int = 20 * RATE) -> None:
        self.start = start
        self.end = end
        self.next = start
        self.fault: Exception | None = None
        """If set, every pull raises this."""

    def __call__(self, frames: int) -> NDArray[np.int16]:
        """The next frames, at most `frames`; shape (k, 2)."""
        if self.fault is not None:
            raise self.fault
        numbers = np.arange(self.next, min(self.next + frames, self.end))
        self.next += len(numbers)
        return np.stack((numbers % WIDE, numbers // WIDE + 1), axis=1).astype(np.int16)

    @property
    def pulled(self) -> int:
        """Frames pulled so far."""
        return self.next - self.start


def numbers(samples: NDArray[np.int16]) -> NDArray[np.int64]:
    """The numbers of frames, from samples of shape (frames, 2); −1 for silence."""
    low, high = samples.astype(np.int64).T
    return np.where(high > 0, (high - 1) * WIDE + low, -1)


def without_silence(heard: NDArray[np.int64]) -> NDArray[np.int64]:
    """The part from the first number to the last, including silence between them."""
    sounds = np.flatnonzero(heard >= 0)
    return heard[sounds[0] : sounds[-1] + 1] if len(sounds) else heard[:0]


class Ear(Protocol):
    """An output, and what is heard from it."""

    @property
    def output(self) -> Output:
        """Not started yet, at `RATE`."""

    @property
    def tail(self) -> float:
        """Seconds of sound that may still be heard after a stop."""

    def listen(self, seconds: float) -> None:
        """Let time pass for the listener."""

    def heard(self) -> NDArray[np.int64]:
        """The `numbers` of all frames heard so far."""


class OutputContract:
    """Subclass it as `Test…`, with a fixture `ear` that makes a new ear for each test and closes it."""

    def test_what_is_heard_is_what_was_pulled(self, ear: Ear) -> None:
        source = Numbered(end=2 * RATE)
        ear.output.start(source)
        _listen_until(ear, 2 * RATE)
        ear.listen(0.2)

        assert np.array_equal(without_silence(ear.heard()), np.arange(2 * RATE))
        assert ear.output.heard() == ear.output.stop() == 2 * RATE

    def test_a_stop_cuts_at_once_and_says_what_was_heard(self, ear: Ear) -> None:
        source = Numbered()
        ear.output.start(source)
        _listen_until(ear, RATE // 2)
        until_now = len(without_silence(ear.heard()))
        heard = ear.output.stop()
        pulled = source.pulled
        ear.listen(0.7)
        played = without_silence(ear.heard())

        assert np.array_equal(played, np.arange(len(played)))
        assert len(played) <= until_now + (ear.tail + 0.1) * RATE
        assert abs(heard - len(played)) <= BLOCK
        assert pulled == source.pulled >= heard
        assert heard == ear.output.stop() == ear.output.heard()

    def test_it_goes_on_from_where_it_was_stopped(self, ear: Ear) -> None:
        ear.output.start(Numbered())
        _listen_until(ear, RATE // 4)
        heard = ear.output.stop()
        ear.listen(ear.tail)
        before = len(ear.heard())
        ear.output.start(Numbered(heard))
        _listen_until(ear, RATE // 4)
        ear.output.stop()
        ear.listen(ear.tail)
        first, second = without_silence(ear.heard()[:before]), without_silence(ear.heard()[before:])

        assert abs(first[-1] + 1 - second[0]) <= BLOCK
        assert second[0] == heard
        assert np.array_equal(second, np.arange(heard, heard + len(second)))

    def test_what_the_pull_raises_is_trouble(self, ear: Ear) -> None:
        source = Numbered()
        source.fault = ZeroDivisionError("a fault of ours")
        ear.output.start(source)
        ear.listen(0.1)
        wait_until(ear.output.trouble, "the fault has vanished")
        trouble = ear.output.trouble()

        assert trouble is not None
        assert (trouble.kind, trouble.cause) == (TroubleKind.FAILED, source.fault)
        assert ear.output.stop() == 0
        assert ear.output.trouble() is None

    def test_where_there_is_nothing_more_for_now_it_is_silent_and_then_goes_on(self, ear: Ear) -> None:
        third = RATE // 3
        source = Numbered(end=third)
        ear.output.start(source)
        _listen_until(ear, third)
        ear.listen(0.3)
        heard_in_silence = ear.output.heard()
        source.end = 2 * third
        _listen_until(ear, 2 * third)
        ear.listen(0.2)
        heard = without_silence(ear.heard())

        assert heard_in_silence == third
        assert np.array_equal(heard[heard >= 0], np.arange(2 * third))
        assert (heard < 0).any()
        assert ear.output.trouble() is None
        assert ear.output.stop() == 2 * third

    def test_what_was_heard_only_grows_and_stays_behind_what_was_pulled(self, ear: Ear) -> None:
        source = Numbered()
        ear.output.start(source)
        said = []
        for _ in range(30):
            ear.listen(0.02)
            said.append((ear.output.heard(), source.pulled))

        assert [heard for heard, _ in said] == sorted(heard for heard, _ in said)
        assert all(heard <= pulled for heard, pulled in said)
        assert ear.output.stop() >= said[-1][0] > 0

    def test_it_can_be_closed_twice_and_before_it_was_started(self, ear: Ear) -> None:
        assert ear.output.stop() == ear.output.heard() == 0
        assert ear.output.trouble() is None
        assert ear.output.device
        ear.output.close()
        ear.output.close()


def _listen_until(ear: Ear, frames: int) -> None:
    def enough() -> bool:
        ear.listen(0.05)
        return ear.output.heard() >= frames

    wait_until(enough, "it is not heard")
