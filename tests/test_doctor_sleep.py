"""The doctor finds out with a listener whether their loudspeaker falls asleep."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from player import outputs
from player.app.checkup import admit
from player.app.request import KeepAwake, Wishes
from player.doctor import sleep
from player.doctor.sleep import QUIET, can_be_tried, count_after_quiet, heard_first, listen
from player.outputs.once import PlayOutcome
from player.sound.noise import Noise
from player.testing.manual_output import ManualOutput

from tests.commands import User

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from player.doctor.findings import Finding
    from player.doctor.patient import Patient

RATE = 48_000
WORDS = np.full(RATE, 3_000, np.int16)


class Room:
    """A loudspeaker, and someone who answers."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
        self.answers, self.played, self.told = list(answers), list[np.ndarray](), list[str]()
        self.whole = True
        monkeypatch.setattr(outputs, "choose", lambda _: ManualOutput())
        monkeypatch.setattr("player.outputs.once.play_once", self._play)
        monkeypatch.setattr(sleep, "_words", lambda _: WORDS)

    def _play(self, _output: object, samples: NDArray[np.int16], _patience: float) -> PlayOutcome:
        self.played.append(samples)
        return PlayOutcome(self.whole, None)

    def listen(self, patient: Patient) -> Finding:
        return listen(patient, lambda _: self.answers.pop(0), self.told.append)


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "CACHE", "CONFIG", "STATE"):
        monkeypatch.setenv(f"CUEMAT_{name}", str(tmp_path / name.lower()))


def patient(*, quiet: bool = False, **wishes: object) -> Patient:
    mine = Wishes(**wishes)  # type: ignore[arg-type]
    return admit(mine, terminal="", can_be_drawn_on=False, quiet=quiet, clear=False)


def test_it_counts_after_a_quarter_of_a_minute_of_nothing_at_all() -> None:
    sound = count_after_quiet(WORDS, RATE, None)

    assert not sound[: round(QUIET * RATE)].any()
    assert (sound[round(QUIET * RATE) :][: len(WORDS)] == 3_000).all()


def test_the_second_time_no_frame_is_without_noise() -> None:
    assert count_after_quiet(WORDS, RATE, Noise(np.array([1, 2], np.int16))).all()


def test_who_heard_it_all_has_nothing_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room(monkeypatch, "one, two, three")
    finding = room.listen(patient())

    assert finding.well
    assert len(room.played) == 1


def test_who_missed_the_first_word_is_told_what_keeps_it_awake(monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room(monkeypatch, "two three", "1 2 3")
    finding = room.listen(patient())

    assert not finding.well
    assert "keep_awake = true in [sound]" in finding.text
    assert [played[: round(QUIET * RATE)].any() for played in room.played] == [False, True]


def test_who_keeps_it_awake_already_is_told_that_it_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    finding = Room(monkeypatch, "2 3", "all").listen(patient(keep_awake=KeepAwake.ON))

    assert finding.well


def test_where_nothing_helps_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    finding = Room(monkeypatch, "three", "three").listen(patient())

    assert not finding.well
    assert "also with the noise" in finding.text


@pytest.mark.parametrize("answer", ["", "n", "what?"])
def test_who_does_not_answer_is_not_asked_again(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    assert "no answer" in Room(monkeypatch, answer).listen(patient()).text


def test_a_count_that_did_not_play_is_no_finding_about_sleep(monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room(monkeypatch)
    room.whole = False

    assert "not tried" in room.listen(patient()).text


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        *(("one two three", True), ("One.", True), ("123", True), ("all of them", True), ("1", True)),
        *(("two, three", False), ("none", False), ("3", False), ("nothing", False), ("0", False)),
        *(("", None), ("hm", None)),
    ],
)
def test_answers_are_understood(answer: str, expected: bool | None) -> None:  # noqa: FBT001
    assert heard_first(answer) is expected


@pytest.mark.parametrize(
    "quiet_one",
    [{"quiet": True}, {"volume": 0}, {"output": "silent"}, {"output": "-"}],
    ids=["--quiet", "no volume", "silent", "a stream"],
)
def test_where_nobody_can_hear_it_is_not_offered(quiet_one: dict[str, object]) -> None:
    assert can_be_tried(patient())
    assert not can_be_tried(patient(**quiet_one))  # type: ignore[arg-type]


def test_without_a_terminal_it_asks_nothing(tmp_path: Path) -> None:
    assert "count to three" not in User(tmp_path).cuemat("doctor").stdout


@pytest.mark.parametrize(("options", "offered"), [((), True), (("--quiet",), False)])
def test_on_a_terminal_it_is_offered_with_the_sound(
    tmp_path: Path, options: tuple[str, ...], *, offered: bool
) -> None:
    """The sound is made well by a double; the answer is no, so that nobody waits."""
    program = (
        "import sys; from player.doctor import sound; from player.doctor.findings import Finding;"
        "sound.sound = lambda _: [Finding('sound', 'fine')];"
        f"sys.argv = ['cuemat', 'doctor', *{list(options)!r}];"
        "from player.__main__ import main; sys.exit(main())"
    )
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=theirs, stdout=theirs, stderr=theirs, env=User(tmp_path).environment, cwd=tmp_path,
    ) as process:  # fmt: skip
        os.close(theirs)
        os.write(ours, b"n\n")
        said = b""
        try:
            while piece := os.read(ours, 4_096):
                said += piece
        except OSError:  # the other end has closed
            pass
        os.close(ours)
        process.wait(60)

    assert (b"falls asleep" in said) is offered
    assert b"falls asleep?" not in said
