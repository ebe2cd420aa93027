"""The soak in short, and that it can fail."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from player.engine import State
from player.engine.status import Ended
from player.timeline import Frames
from player.transport import LivePosition

from tests.soak import Soak

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray
    from player.engine.engine import Engine
    from player.engine.insertion import Insertion, More
    from player.outputs.protocol import Pull


@pytest.fixture(scope="module")
def soak(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Soak]:
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("soak")
        for name in ("HOME", "CACHE", "CONFIG"):
            patch.setenv(f"CUEMAT_{name}", str(folder / name.lower()))
        yield Soak("first-time", speed=50, seed=7)


@pytest.mark.parametrize("music", ["off", "still-water"])
def test_whatever_is_pressed_every_sample_is_the_renderers_and_nothing_is_skipped(
    soak: Soak, music: str
) -> None:
    found = soak.play(1, music, at_most=2.5)

    assert (found.wrong, found.misplaced, found.first) == (0, 0, "")
    assert found.samples > 48_000
    assert found.starts > 1


def test_one_wrong_sample_is_found(soak: Soak) -> None:
    def spoil(engine: Engine) -> None:
        begin, blocks = engine._deck.tape.begin, iter(range(1_000_000))

        def spoiled(
            place: LivePosition, insertion: Insertion | None = None, more: More | None = None
        ) -> Pull:
            pull = begin(place, insertion, more)

            def wrong(frames: int) -> NDArray[np.int16]:
                samples = pull(frames)
                if next(blocks) == 5:
                    samples[len(samples) // 2, 1] += 1
                return samples

            return wrong

        engine._deck.tape.begin = spoiled  # type: ignore[method-assign]

    found = soak.play(1, at_most=0.7, spoil=spoil)

    assert found.wrong == 1
    assert "another sample" in found.first


def test_an_end_before_the_end_is_found(soak: Soak) -> None:
    def spoil(engine: Engine) -> None:
        engine._deck.status = Ended(LivePosition(0, Frames(0)))
        engine.snapshot = replace(engine.snapshot, state=State.ENDED)

    found = soak.play(1, at_most=0.0, spoil=spoil)

    assert found.misplaced == 1
    assert found.first.startswith("the end at frame 0 of")


def test_a_start_one_frame_too_late_is_found(soak: Soak) -> None:
    def spoil(engine: Engine) -> None:
        begin = engine._deck.tape.begin

        def late(place: LivePosition, insertion: Insertion | None = None, more: More | None = None) -> Pull:
            return begin(place._replace(frame=Frames(place.frame + 1)), insertion, more)

        engine._deck.tape.begin = late  # type: ignore[method-assign]

    found = soak.play(1, at_most=0.7, spoil=spoil)

    assert found.misplaced > 0
    assert "instead of" in found.first
