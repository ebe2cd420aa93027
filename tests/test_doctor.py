"""`cuemat doctor` says what works, what does not and what to do, and nothing about the machine's owner."""

from __future__ import annotations

import errno
import fcntl
import os
import pty
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
import threading
from collections import namedtuple
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from player import __version__, export, outputs
from player.app.checkup import admit
from player.app.request import Wishes
from player.cli.doctor import doctor
from player.doctor import checks, places, sound
from player.doctor.findings import Finding, anonymous, discreet, remedy
from player.errors import ExportError, SpeechError
from player.outputs.once import PlayOutcome, play_once
from player.outputs.protocol import TroubleKind
from player.speech.cache import ClipCache
from player.testing.manual_output import ManualOutput
from player.timeline import RATE
from player.voices import choose as voices

from tests.commands import User
from tests.virtual_soundcard import VirtualSoundCard, missing_tools

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray
    from player.compiler import Compiled
    from player.doctor.patient import Patient

needs_card = pytest.mark.skipif(bool(missing_tools()), reason=f"needs {', '.join(missing_tools())}")

NO_CARD = {"PULSE_SERVER": "unix:/nowhere", "XDG_RUNTIME_DIR": "/nowhere", "ALSA_CONFIG_PATH": "/dev/null"}
NAME = "Sorgenfrei"
"""A name put wherever personal text can be."""
KEYS = tuple(f"{number:040x}" for number in range(3))
SESSION = "title: Short\nsteps:\n  - say: Hello.\n"
Usage = namedtuple("Usage", "total used free")  # noqa: PYI024  as shutil's


@pytest.fixture
def user(tmp_path: Path) -> User:
    return User(tmp_path, forks=True)


@pytest.fixture
def at_home(user: User, monkeypatch: pytest.MonkeyPatch) -> User:
    """A user in whose home this process is."""
    for name, value in user.environment.items():
        monkeypatch.setenv(name, value)
    return user


def patient(*, quiet: bool = False, clear: bool = False, **wishes: Any) -> Patient:  # noqa: ANN401  as `Wishes` has them
    """This installation and its user's wishes; tests have no terminal."""
    return admit(Wishes(**wishes), terminal="", can_be_drawn_on=False, quiet=quiet, clear=clear)


def said(findings: Iterable[Finding]) -> str:
    """All findings, one line each, with single spaces."""
    return "\n".join(" ".join(" ".join(finding.lines()).split()) for finding in findings)


def flat(report: str) -> str:
    """A report with single spaces, so line breaks do not matter."""
    return " ".join(report.split())


# --------------------------------------------------------------------------- the report as a whole


def test_where_all_is_well_every_line_says_ok_and_so_does_the_exit_code(user: User) -> None:
    outcome = user.cuemat("doctor", "--output", "silent")
    first, *rest = outcome.stdout.splitlines()
    words = {line[:5] for line in rest if line[5:6] == " " and line[:3].strip() in {"ok", "TO"}}

    assert outcome.code == 0
    assert outcome.stderr == ""
    assert first == f"cuemat {__version__}"
    assert rest[-1] == "All is well."
    assert words == {"ok   "}
    assert max(map(len, rest)) <= 80


def test_what_does_not_work_says_what_to_do_and_the_exit_code_tells(user: User) -> None:
    outcome = user.cuemat("doctor", more=NO_CARD)

    assert outcome.code == 1
    assert "TO DO sound no sound card or sound server found; `cuemat export` writes" in flat(outcome.stdout)
    assert outcome.stdout.endswith("1 thing needs attention.\n")


def test_versions_of_python_the_system_and_the_libraries_come_first() -> None:
    report = flat(" ".join(checks.versions()))

    assert f"Python {sys.version.split()[0]} (CPython)" in report
    assert f"numpy {np.__version__}" in report
    assert "pyttsx3 2" in report


def test_a_configuration_with_a_mistake_stops_no_other_check(user: User) -> None:
    user.write("config.toml", "a = " + 9_999 * "[")
    report = flat(user.cuemat("doctor", "--quiet").stdout)

    assert "TO DO settings" in report
    assert "ok voice en-us, at its own pace" in report
    assert "1 thing needs attention." in report


def run_with(wanted: list[tuple[str, checks.Check]], monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(checks, "checks_of", lambda _: wanted)
    assert doctor.callback is not None
    code: int = doctor.callback(output=None, quiet=False, clear=False)
    return code


def fine() -> list[Finding]:
    return [Finding("fine", "as it should be")]


def test_a_check_that_fails_itself_is_a_line_and_the_others_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> Iterator[Finding]:
        yield Finding("broken", "half of it")
        raise KeyError(NAME)

    code = run_with([("broken", broken), ("fine", fine)], monkeypatch)
    report = flat(capsys.readouterr().out)

    assert code == 1
    assert "TO DO broken this check itself failed: KeyError ok fine as it should be" in report
    assert NAME not in report
    assert "the check of broken failed" in caplog.text


def test_a_check_that_hangs_is_left_behind(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    over = threading.Event()

    def hanging() -> list[Finding]:
        over.wait(60)
        return []

    monkeypatch.setattr(checks, "LIMIT", 0.05)
    code = run_with([("hanging", hanging), ("fine", fine)], monkeypatch)
    over.set()
    report = flat(capsys.readouterr().out)

    assert code == 1
    assert "TO DO hanging no answer within 0.05 s" in report
    assert "ok fine" in report


# ----------------------------------------------------------------------------------- nothing personal


def somebody(folder: Path) -> tuple[User, dict[str, str]]:
    """A user whose name is everywhere on the machine, with the matching environment."""
    home = folder / f"home of {NAME}"
    home.mkdir()
    user = User(home, forks=True)
    (home / "tmp").mkdir()
    return user, {
        **NO_CARD,
        **dict.fromkeys(("USER", "LOGNAME", "HOSTNAME", "SUDO_USER"), NAME),
        "HOME": str(home),
        "TMPDIR": str(home / "tmp"),
    }


MISTAKES = (
    f"{NAME} = 1\n",
    f"{NAME} is not TOML\n",
    f'["{NAME}", {NAME}]\n',
    f'[voice]\n"{NAME}s" = 1\n',
    f'[voice]\nrate = "it\'s {NAME}; really"\n',
    f'[voice]\n"it\'s; {NAME}" = 1\n',
    f'[sound]\nvolume = [1, "{NAME}"]\n',
    f'[screen]\ntheme = "{NAME}"\n',
    f'[coaching]\ndetail = "{NAME}"\n',
    f'[voice]\nname = "{NAME}"\nname = "{NAME}"\n',
    f'voice = "{NAME}"\n',
    f"# {NAME}\na = " + 9_999 * "[",
)


@pytest.mark.parametrize("written", MISTAKES)
def test_a_mistake_in_the_configuration_is_told_without_what_stands_there(
    at_home: User, written: str
) -> None:
    at_home.write("config.toml", written)
    (finding,) = places.settings(patient())

    assert not finding.well
    assert finding.text.startswith("(CUEMAT_CONFIG): ")
    assert NAME not in finding.text
    assert str(at_home.home) not in finding.text


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[voice]\nrat = 1\n", "unknown setting … in [voice]; did you mean 'rate'?"),
        ("[voice]\nrate = 'fast'\n", "voice.rate …; write a whole number from 100 to 450"),
        ("[voice\n", "not TOML, in line 1, column 7; correct it, or remove the file"),
        ("[sound]\nvolume = 200\n", "sound.volume …; write a whole number from 0 to 100"),
        ("a = " + 9_999 * "[", "nested too deeply; write plain settings in tables"),
    ],
)
def test_what_is_told_of_a_mistake_is_enough_to_mend_it(at_home: User, written: str, expected: str) -> None:
    at_home.write("config.toml", written)

    assert [f"(CUEMAT_CONFIG): {expected}"] == [finding.text for finding in places.settings(patient())]


def test_every_mistake_in_the_configuration_is_a_line(at_home: User) -> None:
    at_home.write("config.toml", "[voice]\nrat = 1\nrate = 9\n")

    assert [finding.text for finding in places.settings(patient())] == [
        "(CUEMAT_CONFIG): unknown setting … in [voice]; did you mean 'rate'?",
        "(CUEMAT_CONFIG): voice.rate …; write a whole number from 100 to 450",
    ]


def test_a_configuration_that_cannot_be_read_is_told(at_home: User, monkeypatch: pytest.MonkeyPatch) -> None:
    file = at_home.home / "config.toml"
    file.symlink_to(file)
    monkeypatch.setenv("CUEMAT_CONFIG", str(file))

    assert said(places.settings(patient())) == (
        "TO DO settings (CUEMAT_CONFIG): cannot be read: Too many levels of symbolic links"
    )


@pytest.mark.parametrize("own_folders", [True, False], ids=["named by variables", "in the home"])
def test_the_report_holds_nothing_personal_whatever_is_wrong(tmp_path: Path, *, own_folders: bool) -> None:
    user, more = somebody(tmp_path)
    data, config = (
        ("data", "config.toml") if own_folders else (".local/share/cuemat", ".config/cuemat/config.toml")
    )
    for name in () if own_folders else ("HOME", "CACHE", "CONFIG", "STATE"):
        more[f"CUEMAT_{name}"] = ""
    more.update(dict.fromkeys(("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"), ""))
    user.write(config, f'[voice]\n{NAME} = "{NAME}"\n')
    user.write(f"{data}/scripts/{NAME}s-knee.yaml", f"title: {NAME}s knee\nsteps:\n  - exercise: {NAME}\n")
    user.write(f"{data}/scripts/exercises/{NAME}.yaml", f"name: {NAME}\n{NAME}: 1\n")
    user.write(f"{data}/sounds/{NAME}.wav", "none")
    (user.home / "state").write_text("in the way")
    outcome = user.cuemat("doctor", "--output", f"miniaudio:Headset of {NAME}", more=more)
    report = flat(outcome.stdout)

    assert outcome.code == 1
    assert NAME.lower() not in (outcome.stdout + outcome.stderr).lower()
    assert str(tmp_path) not in outcome.stdout + outcome.stderr
    assert "unknown setting … in [voice]" in report
    assert "yours: 1 session, 1 exercise, 0 talks, 1 sound; with mistakes: 1 session, 1 exercise" in report
    assert ("(CUEMAT_CACHE)" if own_folders else "~/.cache/cuemat/speech") in report
    assert f"cuemat {__version__}" in report


@pytest.mark.parametrize(
    ("table", "told_of"),
    [
        ("[voice]\nname", "TO DO voice the voice in the settings is not installed; `cuemat voices`"),
        ("[sound]\noutput", "TO DO sound the chosen output does not exist; `cuemat outputs`"),
    ],
)
def test_nor_does_it_say_what_was_chosen_and_is_not_there(tmp_path: Path, table: str, told_of: str) -> None:
    user, more = somebody(tmp_path)
    user.write("config.toml", f'{table} = "{NAME}"\n')
    outcome = user.cuemat("doctor", more=more)

    assert outcome.code == 1
    assert told_of in flat(outcome.stdout)
    assert NAME.lower() not in (outcome.stdout + outcome.stderr).lower()


def test_a_message_loses_its_paths(at_home: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/anna lee")
    cache = at_home.home / "cache"

    assert discreet(f"{cache}/x: full") == "(CUEMAT_CACHE)/x: full"
    assert anonymous(SpeechError("/home/anna lee/x.so: it; '/srv/anna/y' and 3 m/s")) == (
        "~/x.so: it; '(a path)' and 3 m/s"
    )
    assert (
        anonymous(FileNotFoundError(2, "No such file or directory", "/srv/anna/y"))
        == "No such file or directory"
    )


# --------------------------------------------------------------------------------------- the voice


class FakeSpeechless:
    """A voice that fails."""

    identity = "fake"

    def __init__(self, error: Exception) -> None:
        self.error = error
        self.closed = False

    def speak(self, _text: str) -> None:
        """Fail."""
        raise self.error

    def close(self) -> None:
        """Be noted."""
        self.closed = True


def test_the_voice_really_speaks_and_nothing_is_kept_of_it(at_home: User) -> None:
    (finding,) = sound.voice(patient(voice="en-gb", rate=200))

    assert finding.well
    assert finding.text.startswith("en-gb, 200 words a minute")
    assert "eSpeak NG 1." in finding.text
    assert " s of speech in " in finding.text
    assert not (at_home.home / "cache").exists()


def test_a_voice_that_hangs_or_dies_is_told_and_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    error = SpeechError(f"the voice {NAME} failed 2 times")
    error.__cause__ = RuntimeError("no answer within 2 s")
    voice = FakeSpeechless(error)
    monkeypatch.setattr(voices, "make_voice", lambda _: voice)

    assert said(sound.voice(patient())) == (
        "TO DO voice it cannot speak: no answer within 2 s; "
        "try another voice (`cuemat voices`), or install Cuemat again"
    )
    assert voice.closed


# ---------------------------------------------------------------------------------------- the sound


def loudest(samples: NDArray[np.int16], start: float, end: float) -> int:
    """The highest sample between two places, given as parts of the whole."""
    part = samples[int(start * len(samples)) : int(end * len(samples))]
    return int(np.abs(part.astype(np.int32)).max())


def is_calm(samples: NDArray[np.int16]) -> bool:
    """A tone, shape (frames, 2): soft, the same on both sides, swelling in and out, without a click."""
    left = samples[:, 0].astype(np.int32)
    top = int(np.abs(left).max())
    steepest = 2 * np.pi * sound.HERTZ / RATE * top
    return bool(
        np.array_equal(samples[:, 0], samples[:, 1])
        and 0 < top <= 32_767 * 10 ** (-20 / 20)
        and np.abs(np.diff(left, prepend=0, append=0)).max() <= 1.1 * steepest
        and loudest(samples, 0, 0.1) < top / 2
        and loudest(samples, 0.9, 1) < top / 2
        and loudest(samples, 0.4, 0.6) == top
    )


def test_the_tone_is_soft_and_swells_in_and_out() -> None:
    tone = sound.tone(RATE)
    sounding = tone[: round(sound.TONE * RATE)]

    assert is_calm(sounding)
    assert not tone[len(sounding) :].any()


def test_the_checks_of_the_tone_can_fail() -> None:
    tone = sound.tone(RATE)[: round(sound.TONE * RATE)]

    assert not is_calm(tone * 2)
    assert not is_calm(tone[len(tone) // 3 :])


@needs_card
def test_on_a_sound_card_a_calm_tone_is_heard_and_the_device_is_not_named(user: User) -> None:
    with VirtualSoundCard() as card:
        card.plug_in(NAME)
        with card.recording(NAME) as recording:
            outcome = user.cuemat("doctor", more=card.environment)
        heard = recording.samples
    sounding = np.flatnonzero(heard.any(axis=1))
    tone = heard[sounding[0] : sounding[-1] + 1]

    assert outcome.code == 0, outcome.stdout
    assert "ok sound miniaudio on PulseAudio; played a soft tone" in flat(outcome.stdout)
    assert NAME not in outcome.stdout
    assert abs(len(tone) - sound.TONE * RATE) < 0.02 * RATE
    assert is_calm(tone)


@needs_card
def test_a_device_may_be_chosen(user: User) -> None:
    with VirtualSoundCard() as card:
        card.plug_in("Other")
        card.make_default("Speakers")
        with card.recording("Other") as recording:
            outcome = user.cuemat("doctor", "--output", "miniaudio:other", more=card.environment)

    assert outcome.code == 0, outcome.stdout
    assert recording.samples.any()


@pytest.mark.parametrize(
    ("asked", "quiet", "why"),
    [(None, True, "--quiet"), ("-", False, "a stream is for another program"), (NAME, True, "--quiet")],
)
def test_what_is_not_to_be_tried_is_not(
    monkeypatch: pytest.MonkeyPatch, asked: str | None, why: str, *, quiet: bool
) -> None:
    monkeypatch.setattr(outputs, "choose", None)  # calling it fails

    assert said(sound.sound(patient(output=asked, quiet=quiet))) == f"ok sound not tried ({why})"


def test_a_volume_of_nothing_is_told() -> None:
    report = said(sound.sound(patient(volume=0, quiet=True)))

    assert "TO DO volume 0 percent in the settings: raise volume in [sound]" in report


def sound_with(monkeypatch: pytest.MonkeyPatch, output: ManualOutput, played: PlayOutcome) -> str:
    monkeypatch.setattr(outputs, "choose", lambda _: output)
    monkeypatch.setattr("player.outputs.once.play_once", lambda *_: played)
    return said(sound.sound(patient()))


def test_a_tone_that_is_not_heard_to_its_end_is_not_ok(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "TO DO sound manual: the tone did not play within 5 s;" in sound_with(
        monkeypatch, ManualOutput(), PlayOutcome(whole=False, trouble=None)
    )


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (f"the device '{NAME}' is not connected", "the chosen device cannot be opened; `cuemat outputs`"),
        (f"{NAME} cannot be opened", "the chosen device cannot be opened; `cuemat outputs`"),
        ("the sound system does not answer", "the sound system does not answer; `cuemat export`"),
    ],
)
def test_a_chosen_device_that_cannot_be_opened_is_not_named(
    monkeypatch: pytest.MonkeyPatch, error: str, expected: str
) -> None:
    output = ManualOutput()
    output.refusal = error
    monkeypatch.setattr(outputs, "choose", lambda _: output)
    report = said(sound.sound(patient(output=f"miniaudio:{NAME}")))

    assert f"TO DO sound {expected}" in report
    assert NAME not in report


@pytest.mark.parametrize(
    ("kind", "expected"),
    [(TroubleKind.LOST, "the device stopped"), (TroubleKind.CHANGED, "another device took over")],
)
def test_trouble_is_told_without_the_device_it_names(
    monkeypatch: pytest.MonkeyPatch, kind: TroubleKind, expected: str
) -> None:
    output = ManualOutput()
    output.start(lambda frames: np.zeros((frames, 2), np.int16))
    output.fail(kind, NAME)
    report = sound_with(monkeypatch, output, PlayOutcome(whole=True, trouble=output.trouble()))

    assert f"TO DO sound manual: {expected} during the tone" in report
    assert NAME not in report


def test_playing_once_gives_up_and_closes_an_output_that_never_plays() -> None:
    output = ManualOutput()
    played = play_once(output, np.zeros((10, 2), np.int16), 0.05)

    assert played == PlayOutcome(whole=False, trouble=None)
    assert len(output.pump(1)) == 0, "it is closed"


# ------------------------------------------------------------------------------------- the encoders


def test_every_format_is_really_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    assert said(sound.encoders()) == "ok encoders wav, flac, mp3, m4a, m4b, opus can be written"
    assert not list(tmp_path.iterdir())


def test_an_extra_that_is_not_installed_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound, "find_spec", lambda _: None)
    found = list(sound.encoders())

    assert said(found) == (
        "ok encoders wav, flac, mp3 can be written\n"
        "ok encoders m4a, m4b, opus: not installed; run pip install 'cuemat[m4b]'"
    )


def test_an_encoder_that_fails_is_told_and_the_others_are_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / NAME))
    (tmp_path / NAME).mkdir()
    really = export.export

    def fail(compiled: Compiled, target: Path) -> None:
        if target.suffix == ".mp3":
            message = f"cannot write {target}: Broken"
            raise ExportError(message)
        if target.suffix == ".opus":
            raise ValueError(NAME)
        really(compiled, target)

    monkeypatch.setattr(export, "export", fail)
    report = said(sound.encoders())

    assert "TO DO encoders mp3: cannot write (the folder for temporary files)" in report
    assert "TO DO encoders opus: cannot be written: ValueError; install Cuemat again" in report
    assert "ok encoders wav, flac, m4a, m4b can be written" in report
    assert NAME not in report


def test_an_encoder_that_only_lacks_room_need_not_be_installed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        message = "cannot write tone: No space left on device"
        raise ExportError(message) from full

    monkeypatch.setattr(export, "export", fail)
    report = said(sound.encoders())

    assert (
        "TO DO encoders wav: cannot write tone: No space left on device; free some space on its disk\n"
        in report
    )
    assert "install Cuemat again" not in report
    assert "can be written" not in report


# ------------------------------------------------------------------- folders, scripts and the cache


def test_folders_that_are_not_there_are_not_made(at_home: User) -> None:
    report = said(places.folders(patient()))

    assert "ok folders data: (CUEMAT_HOME), does not exist yet; " in report
    assert "ok folders state: (CUEMAT_STATE), does not exist yet; " in report
    assert not list(at_home.home.iterdir())


def test_a_folder_that_cannot_be_written_is_told(at_home: User) -> None:
    at_home.write("cache", "in the way")
    report = said(places.folders(patient()))

    wrong = "cache: (CUEMAT_CACHE) cannot be written (Not a directory)"
    assert f"TO DO folders {wrong}; choose a folder with CUEMAT_CACHE" in report
    assert "ok folders data:" in report


@pytest.mark.parametrize(
    ("number", "advice"),
    [
        (errno.ENOTDIR, "choose a folder with CUEMAT_CACHE"),
        (errno.ENOSPC, "free some space on its disk"),
        (errno.EDQUOT, "free some space on its disk"),
        (errno.EFBIG, "raise the limit on file sizes (`ulimit -f`)"),
        (errno.EACCES, "check who owns it"),
        (errno.EROFS, "check whether its disk works and is not read-only"),
        (errno.EIO, "check whether its disk works and is not read-only"),
    ],
)
def test_each_reason_why_a_folder_cannot_be_used_has_its_own_advice(
    monkeypatch: pytest.MonkeyPatch, number: int, advice: str
) -> None:
    monkeypatch.setenv("CUEMAT_CACHE", "/somewhere")

    assert remedy(OSError(number, os.strerror(number)), "CUEMAT_CACHE") == advice


def test_a_file_in_the_place_of_a_folder_that_nobody_chose_goes_away() -> None:
    assert remedy(NotADirectoryError()) == "remove the file in its place"


def test_a_disk_that_is_nearly_full_is_told(at_home: User, monkeypatch: pytest.MonkeyPatch) -> None:
    del at_home
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 10**12, 499_000_000))

    assert "TO DO folders data: (CUEMAT_HOME), does not exist yet: only 499 MB free on its disk" in said(
        places.folders(patient())
    )


def test_scripts_are_counted_and_those_with_mistakes_too(at_home: User) -> None:
    at_home.write("data/scripts/fine.yaml", SESSION)
    at_home.write("data/scripts/broken.yaml", SESSION.replace("say", "sya"))
    at_home.write("data/scripts/unreadable.yaml", "{")
    at_home.write("data/scripts/talks/mine.yaml", "points: 1")
    yours, bundled = places.scripts()

    assert yours.text == (
        "yours: 3 sessions, 0 exercises, 1 talk, 0 sounds; with mistakes: 2 sessions, 1 talk; "
        "`cuemat check FILE` shows what is wrong"
    )
    assert not yours.well
    assert bundled.well
    assert bundled.text.startswith("bundled: 11 sessions, ")


def fill(user: User) -> ClipCache:
    cache = ClipCache(user.home / "cache")
    for key in KEYS:
        cache.put(key, bytes(1_000_000))
    return cache


def test_the_cache_is_verified_and_what_is_damaged_goes(at_home: User) -> None:
    fill(at_home)
    at_home.write(f"cache/{KEYS[0]}.clip", "spoilt")

    assert said(places.cache(patient())) == (
        "ok cache 2 clips, 2.0 of at most 500 MB; 1 more were corrupt and will be spoken again"
    )
    assert said(places.cache(patient())) == "ok cache 2 clips, 2.0 of at most 500 MB"


def test_the_cache_is_cleared_on_demand_and_nothing_else(user: User) -> None:
    fill(user)
    user.write("cache/lengths.json", "{}")
    outcome = user.cuemat("doctor", "--clear", "--quiet")

    assert outcome.code == 0
    assert "cleared: 3 clips, 3.0 MB" in outcome.stdout
    assert [path.name for path in (user.home / "cache").iterdir()] == ["lengths.json"]


def test_a_cache_that_is_no_folder_is_told(at_home: User) -> None:
    at_home.write("cache", "in the way")

    assert said(places.cache(patient(clear=True))) == (
        "TO DO cache (CUEMAT_CACHE) cannot be read (Not a directory); choose a folder with CUEMAT_CACHE"
    )


# -------------------------------------------------------------------------------------- the terminal


def on_a_terminal(user: User, columns: int, rows: int, **more: str) -> str:
    """The report as it is drawn there."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    environment = {**user.environment, "TERM": "xterm-256color", "COLORTERM": "truecolor", **more}
    command = [sys.executable, "-m", "player", "doctor", "--quiet"]
    drawn = b""
    with subprocess.Popen(
        command, cwd=user.home, env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    ):
        os.close(theirs)
        try:
            while piece := os.read(ours, 65_536):
                drawn += piece
        except OSError:  # Linux says so when the terminal's last user has gone
            pass
    os.close(ours)
    return drawn.decode()


def test_a_terminal_that_is_too_small_is_told_in_colour(user: User) -> None:
    report = on_a_terminal(user, 50, 12)

    assert "50 columns, 12 lines, xterm-256color, truecolor, utf-8" in flat(report)
    assert "at least 60 columns and 20 lines" in flat(report)
    assert "\x1b[31m\x1b[1mTO DO\x1b[0m terminal" in report


def test_no_colour_where_none_is_wanted(user: User) -> None:
    report = on_a_terminal(user, 80, 24, NO_COLOR="1")

    assert "ok    terminal      80 columns, 24 lines, xterm-256color, NO_COLOR" in report
    assert "\x1b[3" not in report


@pytest.mark.parametrize(("kind", "named"), [("dumb", "dumb"), ("", "no TERM")])
def test_a_terminal_that_cannot_be_drawn_on_is_told(user: User, kind: str, named: str) -> None:
    report = flat(on_a_terminal(user, 80, 24, TERM=kind, NO_COLOR="1"))

    assert f" terminal 80 columns, 24 lines, {named}, NO_COLOR, utf-8; the control panel" in report
    assert "1 thing needs attention." in report
    assert "use `cuemat play --plain`" in report


def test_a_terminal_without_all_letters_is_told(user: User) -> None:
    outcome = user.cuemat("doctor", "--quiet", more={"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"})

    assert outcome.code == 1
    assert "TO DO terminal its encoding" in flat(outcome.stdout)
    assert "iso8859-1" in outcome.stdout or "latin-1" in outcome.stdout


def test_the_log_is_named_and_its_size_told_with_its_older_ones(at_home: User) -> None:
    at_home.write("state/cuemat.log", 1_500 * "x")
    at_home.write("state/cuemat.log.1", 500_000 * "x")

    assert said(places.log(patient())) == "ok log (CUEMAT_STATE)/cuemat.log, 502 kB including old logs"


@pytest.mark.parametrize("name", ["state", "state/cuemat.log/in the way"])
def test_a_log_that_cannot_be_kept_is_told(at_home: User, name: str) -> None:
    at_home.write(name, "")
    report = said(places.log(patient()))

    assert report.startswith("TO DO log (CUEMAT_STATE)/cuemat.log cannot be written (")
    assert "; " in report


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("unix:path=/run/x", "session bus found"),
        ("", "none: no session bus (no desktop)"),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="media keys are Linux's")
def test_whether_media_keys_can_work_is_told(
    monkeypatch: pytest.MonkeyPatch, address: str, expected: str
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)

    assert said(places.media_keys()) == f"ok media keys {expected}"
