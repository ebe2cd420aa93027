"""What every output promises, real or not, heard at its end: a virtual sound card, a pipe, a pump."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from player.outputs.protocol import TroubleKind

from tests.output_rigs import RIGS, Numbered, rig, without_silence
from tests.virtual_soundcard import RATE, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.output_rigs import Rig

BLOCK = round(0.28 * RATE)
"""The largest that an output pulls to keep going."""


@pytest.fixture(params=RIGS)
def ear(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    """Each output in turn."""
    with rig(request.param, monkeypatch) as made:
        yield made


def listen_until(ear: Rig, frames: int) -> None:
    def enough() -> bool:
        ear.listen(0.05)
        return ear.output.heard() >= frames

    wait_until(enough, "it is not heard")


def test_what_is_heard_is_what_was_pulled(ear: Rig) -> None:
    source = Numbered(end=2 * RATE)
    ear.output.start(source)
    listen_until(ear, 2 * RATE)
    ear.listen(0.2)

    assert np.array_equal(without_silence(ear.heard()), np.arange(2 * RATE))
    assert ear.output.heard() == ear.output.stop() == 2 * RATE


def test_a_stop_cuts_at_once_and_says_what_was_heard(ear: Rig) -> None:
    source = Numbered()
    ear.output.start(source)
    listen_until(ear, RATE // 2)
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


def test_it_goes_on_from_where_it_was_stopped(ear: Rig) -> None:
    ear.output.start(Numbered())
    listen_until(ear, RATE // 4)
    heard = ear.output.stop()
    ear.listen(ear.tail)
    before = len(ear.heard())
    ear.output.start(Numbered(heard))
    listen_until(ear, RATE // 4)
    ear.output.stop()
    ear.listen(ear.tail)
    first, second = without_silence(ear.heard()[:before]), without_silence(ear.heard()[before:])

    assert abs(first[-1] + 1 - second[0]) <= BLOCK
    assert second[0] == heard
    assert np.array_equal(second, np.arange(heard, heard + len(second)))


def test_what_the_pull_raises_is_told(ear: Rig) -> None:
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


def test_where_there_is_nothing_more_for_now_it_is_silent_and_then_goes_on(ear: Rig) -> None:
    third = RATE // 3
    source = Numbered(end=third)
    ear.output.start(source)
    listen_until(ear, third)
    ear.listen(0.3)
    heard_in_silence = ear.output.heard()
    source.end = 2 * third
    listen_until(ear, 2 * third)
    ear.listen(0.2)
    heard = without_silence(ear.heard())

    assert heard_in_silence == third
    assert np.array_equal(heard[heard >= 0], np.arange(2 * third))
    assert (heard < 0).any()
    assert ear.output.trouble() is None
    assert ear.output.stop() == 2 * third


def test_what_was_heard_only_grows_and_stays_behind_what_was_pulled(ear: Rig) -> None:
    source = Numbered()
    ear.output.start(source)
    said = []
    for _ in range(30):
        ear.listen(0.02)
        said.append((ear.output.heard(), source.pulled))

    assert [heard for heard, _ in said] == sorted(heard for heard, _ in said)
    assert all(heard <= pulled for heard, pulled in said)
    assert ear.output.stop() >= said[-1][0] > 0


def test_it_can_be_closed_twice_and_before_it_was_started(ear: Rig) -> None:
    assert ear.output.stop() == ear.output.heard() == 0
    assert ear.output.trouble() is None
    assert ear.output.device
    ear.output.close()
    ear.output.close()
