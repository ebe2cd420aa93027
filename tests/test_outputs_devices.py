"""Devices break, hang, vanish and change: how the loudspeaker outputs react, on a virtual card."""

from __future__ import annotations

import threading
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from player.errors import OutputError, UserError
from player.outputs import choose, list_devices, miniaudio_output
from player.outputs.bounded_call import BoundedCall
from player.outputs.miniaudio_output import MiniaudioOutput
from player.outputs.protocol import TroubleKind, stop_softly
from player.testing.output_contract import Numbered, numbers, without_silence
from player.testing.waiting import PATIENCE, wait_until

from tests.output_rigs import ON_CARD, sound_card
from tests.virtual_soundcard import RATE, VirtualSoundCard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray
    from player.outputs.protocol import Output, Trouble

RECORDER = 0.1
"""Seconds that a recorder may have had in hand when its server was killed."""


@pytest.fixture
def card(monkeypatch: pytest.MonkeyPatch) -> Iterator[VirtualSoundCard]:
    """A card that nobody uses yet."""
    with sound_card(monkeypatch) as made:
        yield made


def trouble_of(output: Output) -> Trouble:
    wait_until(output.trouble, "the trouble is not told")
    trouble = output.trouble()
    assert trouble is not None
    return trouble


def stopped(output: Output) -> int:
    """What a stop says; one that never comes back is a failure."""
    return BoundedCall(output.stop).result(PATIENCE)


@pytest.mark.parametrize("make", ON_CARD.values(), ids=ON_CARD)
def test_a_server_that_dies_is_trouble_and_nothing_is_skipped_when_it_is_back(
    card: VirtualSoundCard, make: Callable[[], Output]
) -> None:
    output, source = make(), Numbered()
    with card.recording() as recording:
        output.start(source)
        recording.go_on(0.8)
        card.kill()
    trouble = trouble_of(output)
    heard = stopped(output)
    played = without_silence(numbers(recording.samples))

    assert trouble.kind is TroubleKind.LOST
    assert len(played) - 0.3 * RATE <= heard <= len(played) + RECORDER * RATE
    with pytest.raises(OutputError) as refusal:
        output.start(source)
    assert "\n" not in str(refusal.value)
    card.start()
    output.start(Numbered(heard))
    wait_until(lambda: output.heard() > 0, "it does not go on")
    assert output.trouble() is None
    output.close()


def test_a_server_that_hangs_keeps_nobody_waiting(
    card: VirtualSoundCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(miniaudio_output, "OPENING", 0.2)
    output, source = MiniaudioOutput(), Numbered()
    output.start(source)
    wait_until(lambda: output.heard() > RATE // 10, "it does not play")
    card.freeze()
    trouble = trouble_of(output)
    heard = stopped(output)
    pulled = source.pulled

    with pytest.raises(OutputError, match="does not answer"):
        output.start(source)
    card.thaw()
    output.start(Numbered(heard))
    wait_until(lambda: output.heard() > 0, "it does not go on")
    output.close()
    assert trouble.kind is TroubleKind.LOST
    assert pulled == source.pulled


def test_a_soft_stop_ends_with_the_fall_and_says_what_was_heard_before_it(card: VirtualSoundCard) -> None:
    output, shown = MiniaudioOutput(), list[list[int]]()

    def fall(samples: NDArray[np.int16]) -> NDArray[np.int16]:
        shown.append(numbers(samples).tolist())
        return samples[:480]

    with card.recording() as recording:
        output.start(Numbered())
        recording.go_on(0.7)
        heard = stop_softly(output, fall)
        recording.go_on(0.5)
    played = without_silence(numbers(recording.samples))

    assert np.array_equal(played, np.arange(heard + 480))
    assert shown[0] == list(range(heard, heard + round(0.045 * RATE)))
    assert output.heard() == heard


def test_a_soft_stop_of_what_hangs_or_has_ended_is_just_a_stop(card: VirtualSoundCard) -> None:
    output = MiniaudioOutput()
    output.start(Numbered())
    card.freeze()
    heard = BoundedCall(lambda: stop_softly(output, lambda samples: samples)).result(PATIENCE)
    card.thaw()

    assert heard < RATE
    assert stop_softly(output, lambda samples: samples) == heard == output.heard()


def test_without_the_servers_library_miniaudio_plays(
    card: VirtualSoundCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(miniaudio_output, "libpulse", lambda: None)
    output = MiniaudioOutput()
    with card.recording() as recording:
        output.start(Numbered())
        recording.go_on(0.7)
        heard = stop_softly(output, lambda samples: samples)
        recording.go_on(0.3)
    played = without_silence(numbers(recording.samples))

    assert np.array_equal(played, np.arange(len(played)))
    assert len(played) - 0.3 * RATE <= heard <= len(played)


def test_another_default_device_is_named(card: VirtualSoundCard) -> None:
    card.plug_in("Headphones")
    output = MiniaudioOutput()
    output.start(Numbered())
    before = output.device
    card.pull_out("Headphones")
    trouble = trouble_of(output)
    output.close()

    assert before == "Headphones"
    assert (trouble.kind, trouble.device) == (TroubleKind.CHANGED, "Speakers")


def test_a_device_that_was_asked_for_by_name_stays_while_the_default_changes(card: VirtualSoundCard) -> None:
    card.plug_in("Headphones")
    card.make_default("Speakers")
    output = choose("miniaudio:headphones")
    with card.recording("Headphones") as recording:
        output.start(Numbered())
        card.plug_in("Television")
        recording.go_on(0.6)
        heard = without_silence(numbers(recording.samples))
    trouble = output.trouble()
    card.pull_out("Headphones")
    lost = trouble_of(output)
    stopped(output)

    assert (output.device, trouble) == ("Headphones", None)
    assert heard.tolist() == list(range(len(heard)))
    assert len(heard) > RATE // 4
    assert (lost.kind, lost.message) == (TroubleKind.LOST, "Headphones is gone")
    with pytest.raises(OutputError, match="the device 'Headphones' is not connected"):
        output.start(Numbered())


def test_no_device_at_all_is_said_in_one_line(card: VirtualSoundCard) -> None:
    card.kill()
    output = choose(None)

    with pytest.raises(OutputError, match="no sound card or sound server found"):
        output.start(Numbered())


def test_a_server_without_a_device_is_no_sound_card(card: VirtualSoundCard) -> None:
    card.pull_out("Speakers")

    with pytest.raises(OutputError, match="no sound card"):
        choose(None).start(Numbered())


def test_devices_are_listed_as_the_option_takes_them(card: VirtualSoundCard) -> None:
    card.plug_in("Headphones")
    listed = {line.spec: line.default for line in list_devices()}

    assert (listed["miniaudio:Speakers"], listed["miniaudio:Headphones"]) == (False, True)
    assert {"simpleaudio", "silent", "-"} <= set(listed)
    assert all(
        choose(spec).name == spec.partition(":")[0] for spec in listed if spec not in {"-", "simpleaudio"}
    )


def test_a_device_that_is_not_there_is_the_users_mistake(card: VirtualSoundCard) -> None:
    card.plug_in("Headphones")

    with pytest.raises(UserError, match="no device 'headphone'; did you mean 'Headphones'"):
        choose("miniaudio:headphone")


def test_a_server_that_hangs_keeps_nobody_waiting_who_names_or_lists_devices(
    card: VirtualSoundCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("player.outputs.choose"), "ASKING", 0.2)
    card.freeze()
    listed = {line.spec: line.note for line in list_devices()}

    assert listed["miniaudio"] == "the sound system does not answer"
    with pytest.raises(OutputError, match="does not answer"):
        choose("miniaudio:Speakers")
    card.thaw()


def test_starting_again_and_again_leaves_no_file_open(card: VirtualSoundCard) -> None:
    del card
    output = MiniaudioOutput()
    opened = []
    for _ in range(6):
        output.start(Numbered())
        output.stop()
        wait_until(
            lambda: not any("cuemat" in thread.name for thread in threading.enumerate()), "a thread is left"
        )
        opened.append(len(list(Path("/proc/self/fd").iterdir())))

    assert opened[-1] <= opened[1]
