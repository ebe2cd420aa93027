"""The lengths in `cuemat list`: estimated once, remembered by content, never slow."""

from __future__ import annotations

import json
from itertools import count
from typing import TYPE_CHECKING

import pytest
from player.app.lengths import ENOUGH, FILE, SessionLengths
from player.app.request import Request, Wishes
from player.library import Library

from tests.commands import User

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TILT = "name: Tilt\nsay: Flatten your back.\ncue: Flatten.\nhold: 10s\nreps: 5-10\n"
MINE = "title: Mine\nsteps:\n  - exercise: tilt\n"


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> User:
    one = User(tmp_path, forks=True)
    monkeypatch.setenv("CUEMAT_CONFIG", one.environment["CUEMAT_CONFIG"])
    one.write("data/scripts/exercises/tilt.yaml", TILT)
    one.write("data/scripts/mine.yaml", MINE)
    return one


def lengths_of(
    user: User, *, clock: Callable[[], float] = lambda: 0.0, level: float | None = None
) -> SessionLengths:
    request = Request("", Wishes(level=level))
    return SessionLengths(user.home / "cache", Library.found(user.home / "data"), request, clock)


def mine(lengths: SessionLengths) -> float | None:
    return lengths.of(lengths.library.scripts["mine"])


def test_a_length_is_remembered_and_not_estimated_again(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    first = lengths_of(user)
    seconds = mine(first)
    first.remember()
    monkeypatch.setattr(SessionLengths, "_estimate", lambda *_: pytest.fail("it was known"))

    assert seconds is not None
    assert seconds > 5 * 10
    assert mine(lengths_of(user)) == seconds


def test_it_is_estimated_anew_when_the_script_or_an_exercise_changes(user: User) -> None:
    seconds = [mine(lengths_of(user))]
    user.write("data/scripts/mine.yaml", MINE + "  - rest: 100s\n")
    seconds.append(mine(lengths_of(user)))
    user.write("data/scripts/exercises/tilt.yaml", TILT.replace("10s", "20s"))
    seconds.append(mine(lengths_of(user)))
    found = [second for second in seconds if second is not None]

    assert len(found) == 3
    assert found[1] - found[0] > 90
    assert found[2] - found[1] > 45


def test_a_level_has_a_length_of_its_own(user: User) -> None:
    low, high = mine(lengths_of(user, level=0.0)), mine(lengths_of(user, level=1.0))

    assert low is not None
    assert high is not None
    assert high - low > 45


def test_a_long_list_stops_estimating_and_the_next_one_goes_on(user: User) -> None:
    for number in range(5):
        user.write(f"data/scripts/s{number}.yaml", MINE.replace("Mine", f"Mine {number}"))
    found = []
    for _ in range(3):
        ticks = count()
        lengths = lengths_of(user, clock=lambda ticks=ticks: next(ticks) * ENOUGH / 2)  # type: ignore[misc]
        own = [entry for entry in lengths.library.scripts.values() if entry.id.startswith("s")]
        found.append([lengths.of(entry) is not None for entry in own].count(True))
        lengths.remember()

    assert found == [2, 4, 5]


@pytest.mark.parametrize("spoilt", ["", "{", "[]", '{"a": "b"}', "\0"])
def test_a_spoilt_memory_is_made_anew(user: User, spoilt: str) -> None:
    user.write(f"cache/{FILE}", spoilt)
    lengths = lengths_of(user)
    seconds = mine(lengths)
    lengths.remember()

    assert seconds is not None
    assert seconds in json.loads((user.home / "cache" / FILE).read_text()).values()


def test_a_session_that_cannot_be_read_has_no_length(user: User) -> None:
    user.write("data/scripts/mine.yaml", "title: Mine\nsteps:\n  - exercise: tlit\n")

    assert mine(lengths_of(user)) is None


def until_known(user: User, *words: str) -> None:
    """List again and again: on a busy machine one list has no time to estimate everything."""
    for _ in range(20):
        listed = {one["id"]: one for one in json.loads(user.cuemat("list", "--json", *words).stdout)}
        if listed["mine"]["seconds_estimated"] is not None:
            return
    pytest.fail("the length is never known")


def test_list_shows_lengths_and_of_which_dose(user: User) -> None:
    user.write("data/scripts/broken.yaml", "title: Broken\nsteps:\n  - exercise: tlit\n")
    for words in ([], ["--level", "1"], ["--day", "3"]):
        until_known(user, *words)
    lines = user.cuemat("list").stdout.splitlines()
    own = {line.split()[0]: line for line in lines if line.startswith("  ")}

    assert "≈ 2:" in own["mine"]
    assert "…" in own["broken"]
    assert lines[-1] == "Lengths are estimates (≈) for the dose of day 1."
    assert user.cuemat("list", "--level", "1").stdout.splitlines()[-1].endswith("of level 1.")
    listed = {one["id"]: one for one in json.loads(user.cuemat("list", "--json", "--day", "3").stdout)}
    assert (listed["mine"]["day"], listed["mine"]["level"]) == (3, None)
    assert listed["mine"]["seconds_estimated"] > 60
    assert listed["broken"]["seconds_estimated"] is None
