"""Another package adds a voice and an output: they are listed, used, and keep the same contracts."""

from __future__ import annotations

import importlib
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from player.errors import OutputError, SpeechError, UserError
from player.outputs import choose, list_devices
from player.outputs.paced import PacedOutput, SilentOutput
from player.speech.manner import Manner
from player.testing.output_contract import OutputContract
from player.testing.voice_contract import VoiceContract
from player.voices.choose import make_voice
from player.voices.listing import list_voices
from player.voices.pyttsx3_voice import Pyttsx3Voice

from tests.commands import CHECKOUT, Outcome, User
from tests.output_rigs import PacedRig

if TYPE_CHECKING:
    from collections.abc import Iterator

    from player.speech.voice import Voice

EXAMPLE = Path(__file__).with_name("plugin_example")
SESSION = "title: Short\nsteps:\n  - say: Breathe in.\n"


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(EXAMPLE)


@pytest.fixture
def ear(tmp_path: Path) -> Iterator[PacedRig]:
    path = tmp_path / "heard.raw"
    output = choose(f"example:{path}")
    assert isinstance(output, PacedOutput)
    made = PacedRig(output, path.read_bytes)
    yield made
    made.output.close()


@pytest.fixture
def voice() -> Voice:
    return make_voice(Manner("example"))


class TestItsOutput(OutputContract):
    """As any other."""


class TestItsVoice(VoiceContract):
    """As any other."""


def add(folder: Path, package: str, group: str, **points: str) -> None:
    """Install another package; `points` are modules or what they hold, by the names of entry points."""
    info = folder / f"{package}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
    lines = "".join(f"{name} = {leads_to}\n" for name, leads_to in points.items())
    (info / "entry_points.txt").write_text(f"[{group}]\n{lines}")
    importlib.invalidate_caches()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where more packages may lie."""
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


class TestACommand:
    @pytest.fixture
    def user(self, tmp_path: Path) -> User:
        somebody = User(tmp_path)
        somebody.write("short.yaml", SESSION)
        return somebody

    @staticmethod
    def cuemat(user: User, *arguments: str) -> Outcome:
        return user.cuemat(*arguments, more={"PYTHONPATH": f"{CHECKOUT}:{EXAMPLE}"})

    def test_outputs_lists_its_devices_and_its_package(self, user: User) -> None:
        assert "example:FILE  (of cuemat-example 1.0)" in self.cuemat(user, "outputs").stdout.splitlines()

    def test_voices_lists_its_voices(self, user: User) -> None:
        lines = [line.split(maxsplit=1) for line in self.cuemat(user, "voices").stdout.splitlines()]

        assert ["example", "Beeps"] in lines
        assert ["example:low", "Low beeps"] in lines

    def test_play_uses_its_output_and_its_voice(self, user: User) -> None:
        outcome = self.cuemat(
            user, "play", "short.yaml", "--output", "example:heard.raw", "--voice", "example", "--plain"
        )
        samples = np.frombuffer((user.home / "heard.raw").read_bytes(), "<i2")

        assert outcome.code == 0
        assert np.abs(samples).max() > 1_000

    def test_export_uses_its_voice(self, user: User) -> None:
        files = []
        for name in ("example", "example:low"):
            outcome = self.cuemat(user, "export", "short.yaml", "--voice", name, "-o", "out.wav", "--force")
            files.append((user.home / "out.wav").read_bytes())

            assert outcome.code == 0
        assert files[0] != files[1]

    def test_a_voice_that_the_package_does_not_have_is_one_line(self, user: User) -> None:
        outcome = self.cuemat(user, "export", "short.yaml", "--voice", "example:high", "-o", "out.wav")

        assert outcome.code == 2
        assert outcome.stderr.splitlines()[-1] == "cuemat: beeps have no voice 'high'"

    @pytest.mark.parametrize("arguments", [("--help",), ("list",), ("check", "short.yaml")])
    def test_what_needs_no_plug_in_imports_none(self, user: User, arguments: tuple[str, ...]) -> None:
        user.write("broken/cuemat_example.py", "open('imported', 'w')")
        user.cuemat(*arguments, more={"PYTHONPATH": f"{CHECKOUT}:{user.home / 'broken'}:{EXAMPLE}"})

        assert not (user.home / "imported").exists()


def test_a_broken_output_is_one_line_when_it_is_chosen(folder: Path) -> None:
    add(folder, "broken", "cuemat.outputs", faulty="there_is_no_such_module")

    with pytest.raises(OutputError, match=r"^'faulty', from the package broken 1\.0, is broken: Module"):
        choose("faulty")


def test_a_broken_output_is_not_listed_and_the_log_says_why(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    add(folder, "broken", "cuemat.outputs", faulty="there_is_no_such_module")
    listed = [line.spec for line in list_devices()]

    assert "example:FILE" in listed
    assert not [spec for spec in listed if "faulty" in spec]
    assert "'faulty', from the package broken 1.0, is broken" in caplog.text


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("def open_it(device): return 5", "TypeError: it returns int, not an output"),
        ("def open_it(device): return {}[device]", "KeyError: None"),
        (
            "from player.outputs.paced import SilentOutput\ndef open_it(device): return SilentOutput(44_100)",
            "ValueError: its rate is 44100, not 48000",
        ),
        ("open_it = 5", "TypeError: 'int' object is not callable"),
    ],
)
def test_what_an_output_does_wrong_is_one_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, code: str, reason: str
) -> None:
    (folder / "wrong_output.py").write_text(code)
    add(folder, "wrong", "cuemat.outputs", wrong="wrong_output:open_it")
    monkeypatch.delitem(sys.modules, "wrong_output", raising=False)

    with pytest.raises(OutputError) as failure:
        choose("wrong")

    assert str(failure.value) == f"'wrong', from the package wrong 1.0, is broken: {reason}"


def test_a_broken_voice_is_one_line_when_it_is_chosen(folder: Path) -> None:
    add(folder, "broken", "cuemat.voices", faulty="there_is_no_such_module")

    with pytest.raises(SpeechError, match=r"^'faulty', from the package broken 1\.0, is broken: Module"):
        make_voice(Manner("faulty"))


def test_what_makes_no_voice_is_one_line(folder: Path) -> None:
    add(folder, "wrong", "cuemat.voices", wrong="unittest.mock:Mock")

    with pytest.raises(SpeechError, match="is broken: "):
        make_voice(Manner("wrong"))


def test_a_broken_voice_is_not_listed_and_the_log_says_why(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    add(folder, "broken", "cuemat.voices", faulty="there_is_no_such_module")
    ids = [voice.id for voice in list_voices().voices]

    assert "example:low" in ids
    assert "faulty" not in ids
    assert "'faulty', from the package broken 1.0, is broken" in caplog.text


def test_where_nothing_built_in_can_speak_the_voices_of_packages_are_listed() -> None:
    assert [voice.id for voice in list_voices(espeaks=()).voices] == ["example", "example:low"]


@pytest.mark.parametrize("name", ["silent", "-", "a:b"])
def test_no_package_takes_the_name_of_a_built_in_output(
    folder: Path, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    add(folder, "greedy", "cuemat.outputs", **{name: "there_is_no_such_module"})
    caplog.set_level(logging.WARNING)
    listed = list_devices()

    assert not [line for line in listed if "greedy" in line.note]
    assert isinstance(choose("silent"), SilentOutput)
    assert f"skipping '{name}' of greedy 1.0" in caplog.text


@pytest.mark.parametrize("name", ["en-us", "de", "en-us+f2", "gmw/en"])
def test_no_package_takes_the_place_of_a_language(folder: Path, name: str) -> None:
    add(folder, "greedy", "cuemat.voices", **{name: "there_is_no_such_module"})

    assert isinstance(make_voice(Manner(name)), Pyttsx3Voice)
    assert name not in {voice.id for voice in list_voices(espeaks=()).voices}


def test_of_two_packages_with_one_name_the_first_by_its_own_name_has_it(folder: Path) -> None:
    add(folder, "zebra", "cuemat.voices", example="there_is_no_such_module")

    assert make_voice(Manner("example")).identity.startswith("beeps")


def test_a_mistyped_name_is_met_with_the_one_that_was_meant() -> None:
    with pytest.raises(UserError, match="no output 'exampel'; did you mean 'example'"):
        choose("exampel:FILE")


def test_a_package_may_refuse_what_the_listener_wrote() -> None:
    with pytest.raises(UserError, match="say where to: --output example:FILE"):
        choose("example")
