"""The live hour in short, and that it can fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.live_hour import LiveRun
from tests.output_rigs import need_sound_card, sound_card

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray
    from player.engine.engine import Engine
    from player.engine.insertion import Insertion, More
    from player.outputs.protocol import Pull
    from player.transport import LivePosition

    from tests.virtual_soundcard import VirtualSoundCard


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveRun]:
    need_sound_card()
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("live")
        for name in ("HOME", "CACHE", "CONFIG"):
            patch.setenv(f"CUEMAT_{name}", str(folder / name.lower()))
        yield LiveRun("first-time", "still-water", seed=3)


@pytest.fixture
def card(monkeypatch: pytest.MonkeyPatch) -> Iterator[VirtualSoundCard]:
    with sound_card(monkeypatch) as made:
        yield made


def test_whatever_is_pressed_every_recorded_sample_is_the_exported_one(
    run: LiveRun, card: VirtualSoundCard
) -> None:
    found = run.play(card, seconds=5, keys=5)

    assert (found.wrong, found.first) == (0, "")
    assert found.found >= 4
    assert found.frames > 48_000


def test_one_wrong_sample_is_found(run: LiveRun, card: VirtualSoundCard) -> None:
    def spoil(engine: Engine) -> None:
        begin = engine._deck.tape.begin

        def spoiled(
            place: LivePosition, insertion: Insertion | None = None, more: More | None = None
        ) -> Pull:
            pull = begin(place, insertion, more)

            def wrong(frames: int) -> NDArray[np.int16]:
                samples = pull(frames)
                samples[-1:, 1] += 1
                return samples

            return wrong

        engine._deck.tape.begin = spoiled  # type: ignore[method-assign]

    found = run.play(card, 1, 1, spoil)

    assert found.wrong
    assert "another sample" in found.first
