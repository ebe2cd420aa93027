"""From script to sound, by the real commands and the real voice: what is in the file of a bundled session."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import soundfile
import yaml
from player.sound.recipes.earcons import EARCONS, earcon

from tests.commands import CHECKOUT, WITHOUT_NATURAL
from tests.listening import hear_each, load, loudness, true_peak

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

needs_ffmpeg = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="needs ffmpeg")

SCRIPTS = CHECKOUT / "scripts"
RATE = 48_000
TEMPO_BELOW = 4 * RATE
"""A shorter hold has no tones."""
ENDS = ("hold-ends", "set-ends", "switch-sides")
"""What may end a hold; never two of them."""


@dataclass(frozen=True)
class Exported:
    """A session as `show --json` promises it, and as its file sounds."""

    id: str
    folder: Path
    shown: dict[str, Any]
    samples: NDArray[np.int16]
    heard: Mapping[str, list[int]]
    """The frames at which each earcon begins in the file."""

    def holds(self) -> list[tuple[str, int, int]]:
        """The promised ones, as exercise, start and end."""
        return [
            (phase["exercise"], phase["start"], phase["start"] + phase["length"])
            for phase in self.shown["phases"]
            if phase["kind"] == "hold"
        ]

    def spoken(self, samples: NDArray[np.int16]) -> NDArray[np.int16]:
        """Where something is said, joined."""
        spans = [
            samples[cue["start"] : cue["start"] + cue["length"]]
            for cue in self.shown["cues"]
            if cue["kind"] == "speech"
        ]
        return np.concatenate(spans)


def cuemat(folder: Path, *arguments: object) -> str:
    """Run a command, with everything of the user's own inside `folder`."""
    places = {"CUEMAT_HOME": "home", "CUEMAT_CACHE": "cache", "CUEMAT_CONFIG": "config.toml"}
    return subprocess.run(
        [sys.executable, "-m", "player", *map(str, arguments)],
        check=True,
        cwd=CHECKOUT,
        env={
            **os.environ,
            **{name: str(folder / place) for name, place in places.items()},
            "PYTHONPATH": WITHOUT_NATURAL,
        },
        stdout=subprocess.PIPE,
        text=True,
    ).stdout


HEARD = ["core-strength", "five-stretches", "morning-stretch", "on-a-chair", "tabata-gentle"]
"""Without music, under which no tone is found to the frame; together they hold every exercise."""


def test_what_is_heard_here_holds_every_exercise() -> None:
    steps = [step for session in HEARD for step in steps_of(session)]
    used = [step.get("exercise") for step in steps]
    used += [one for step in steps if "intervals" in step for one in step["intervals"]["exercises"]]
    named = {exercise for exercise in used if isinstance(exercise, str)}

    assert named == {path.stem for path in (SCRIPTS / "exercises").glob("*.yaml")}


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Exported]:
    """Each session once, in whatever order they are asked for."""

    @cache
    def export(session: str) -> Exported:
        folder = tmp_path_factory.mktemp(session)
        target = folder / "session.wav"
        cuemat(folder, "export", session, "-o", target, "--music", "off")
        shown = json.loads(cuemat(folder, "show", session, "--json"))
        samples = load(target)
        heard = hear_each(samples, {name: earcon(name).samples for name in EARCONS})
        return Exported(session, folder, shown, samples, heard)

    return export


@pytest.fixture(params=HEARD)
def exported(request: pytest.FixtureRequest, export: Callable[[str], Exported]) -> Exported:
    return export(request.param)


def test_the_file_is_as_long_as_the_timeline(exported: Exported) -> None:
    assert exported.shown["frames"] == len(exported.samples)


def test_each_sound_stands_at_its_frame_and_nowhere_else(exported: Exported) -> None:
    promised = {
        name: [cue["start"] for cue in exported.shown["cues"] if cue.get("sound") == name] for name in EARCONS
    }

    assert promised == exported.heard


def test_every_hold_begins_and_ends_with_a_sound_in_the_file(exported: Exported) -> None:
    ends = {frame for name in ENDS for frame in exported.heard[name]}
    holds = [(start, end) for _, start, end in exported.holds() if end - start >= TEMPO_BELOW]

    assert holds or exported.heard["hold-starts"]  # intervals have the sounds of holds
    assert [
        hold for hold in holds if hold[0] not in exported.heard["hold-starts"] or hold[1] not in ends
    ] == []


def test_every_hold_lasts_what_the_script_says_as_often_as_it_says(exported: Exported) -> None:
    promised = [
        (exercise, [end - start for _, start, end in holds])
        for exercise, holds in groupby(exported.holds(), key=lambda hold: hold[0])
    ]

    assert list(written_holds(exported.id)) == promised


@needs_ffmpeg
def test_what_is_said_is_as_loud_as_on_every_phone(exported: Exported) -> None:
    assert abs(loudness(exported.spoken(exported.samples)) - -19) <= 1


@needs_ffmpeg
@pytest.mark.parametrize("exported", ["on-a-chair"], indirect=True)
def test_with_music_it_is_as_loud_on_two_channels_and_far_above_the_music(exported: Exported) -> None:
    """One session here, all of them in the bench. What is left without words and sounds is the music."""
    target = exported.folder / "with-music.wav"
    cuemat(exported.folder, "export", exported.id, "-o", target, "--music", "still-water")
    samples, _ = soundfile.read(target, dtype="int16")
    music = samples - exported.samples[:, np.newaxis]

    speech = loudness(exported.spoken(samples))
    assert abs(speech - -16) <= 1
    assert loudness(exported.spoken(music)) <= speech - 12
    assert max(true_peak(exported.samples), true_peak(samples)) <= -1


def written_holds(session: str) -> Iterator[tuple[str, list[int]]]:
    """What the script says, read by hand: each exercise with holds, at the low ends of ranges."""
    for step in steps_of(session):
        if "exercise" not in step:
            continue
        exercise = {**written_exercise(step["exercise"]), **step}
        moves = exercise.get("moves", [exercise])
        rep = [low(move["hold"]) * RATE for move in moves if "hold" in move]
        reps = low(exercise.get("reps", 1)) * low(exercise.get("sets", 1)) * (2 if "sides" in exercise else 1)
        if rep:
            yield exercise["name"], rep * reps


def steps_of(session: str) -> list[dict[str, Any]]:
    """The steps of a bundled script, read by hand."""
    steps: list[dict[str, Any]] = yaml.safe_load((SCRIPTS / f"{session}.yaml").read_text())["steps"]
    return steps


def written_exercise(exercise: str | dict[str, Any]) -> dict[str, Any]:
    """From the catalogue, or written in place."""
    if isinstance(exercise, dict):
        return exercise
    catalogue: dict[str, Any] = yaml.safe_load((SCRIPTS / "exercises" / f"{exercise}.yaml").read_text())
    return catalogue


def low(amount: str | int) -> int:
    """`5` of `5`, `5s` and `5-10s`."""
    number = re.match(r"\d+", str(amount))
    assert number
    return int(number[0])
