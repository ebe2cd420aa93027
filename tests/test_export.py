"""Export: the samples of the renderer in a file that appears whole or not at all."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import wave
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from player.compiler import Compiled
from player.errors import ExportError, UserError
from player.export import FORMATS, Options, check_target, export
from player.export.file import recording_of
from player.export.wav import write_wav
from player.render import Renderer
from player.sound.clip import Clip
from player.timeline import (
    Activity,
    Cue,
    CueKind,
    Frames,
    Mark,
    MarkKind,
    Phase,
    PhaseKind,
    Section,
    Timeline,
)

from tests.listening import load

if TYPE_CHECKING:
    from pathlib import Path

RATE = 48_000
ENDINGS = [form.ending for form in FORMATS.values()]
every_format = pytest.mark.parametrize("ending", ENDINGS)
every_lossless_format = pytest.mark.parametrize("ending", [".wav", ".flac"])


def silence(frames: int) -> Timeline:
    phase = Phase(Frames(0), Frames(frames), PhaseKind.TALK, Activity())
    section = Section(Frames(frames), (), (phase,), Mark(Frames(0), "talk", MarkKind.SECTION))
    return Timeline((section,), RATE)


def noise() -> tuple[Timeline, dict[tuple[CueKind, str], Clip]]:
    """Ten seconds with two cues."""
    samples = np.random.default_rng(5).integers(-9_000, 9_000, 3 * RATE).astype(np.int16)
    cues = tuple(Cue(Frames(at * RATE), Frames(len(samples)), CueKind.SPEECH, "Breathe in.") for at in (1, 5))
    section = silence(10 * RATE).sections[0]
    spoken = Section(section.length, cues, section.phases, section.mark)
    return Timeline((spoken,), RATE), {(CueKind.SPEECH, "Breathe in."): Clip(samples, RATE)}


TIMELINE, CLIPS = noise()
WHOLE = Compiled(TIMELINE, CLIPS)


@every_lossless_format
def test_a_file_holds_what_the_renderer_gives(tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"session{ending}"

    export(WHOLE, target)

    assert np.array_equal(Renderer(TIMELINE, CLIPS).read(0, TIMELINE.length), load(target))


def test_a_wav_says_exactly_what_it_is(tmp_path: Path) -> None:
    target = tmp_path / "session.wav"

    export(WHOLE, target)

    with wave.open(str(target)) as file:
        assert (1, 2, RATE, TIMELINE.length) == file.getparams()[:4]
    content = target.read_bytes()
    assert content[44 + 2 * TIMELINE.length :][:4] == b"cue "
    assert int.from_bytes(content[4:8], "little") == len(content) - 8


@every_format
def test_the_same_session_gives_the_same_bytes(tmp_path: Path, ending: str) -> None:
    once, again = tmp_path / f"once{ending}", tmp_path / f"again{ending}"

    export(WHOLE, once)
    export(WHOLE, again)

    assert once.read_bytes() == again.read_bytes()


def test_a_session_of_nothing_is_a_file_of_nothing(tmp_path: Path) -> None:
    export(Compiled(Timeline((), RATE), {}), tmp_path / "session.wav")

    assert len(load(tmp_path / "session.wav")) == 0


def test_an_ending_in_capitals_counts(tmp_path: Path) -> None:
    export(WHOLE, tmp_path / "SESSION.WAV")

    assert (tmp_path / "SESSION.WAV").read_bytes()[:4] == b"RIFF"


@pytest.mark.parametrize("name", ["session.ogg", "session", ".wav", "wav"])
def test_an_unknown_ending_is_told_the_formats_before_any_work(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match=r"must end in \.wav, \.flac.* or \.opus$"):
        export(Compiled(TIMELINE, {}), tmp_path / name)
    with pytest.raises(UserError, match=r"must end in \.wav, \.flac.* or \.opus$"):
        check_target(tmp_path / name, force=True)


def test_progress_tells_the_frames_done_and_the_frames_in_all(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    export(WHOLE, tmp_path / "session.wav", progress=lambda done, total: told.append((done, total)))

    assert told == sorted(set(told))
    assert told[-1] == (TIMELINE.length, TIMELINE.length)
    assert len(told) == 8


def test_wav_needs_no_sound_library(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from player.export import export; "
        "from player.compiler import Compiled; from player.timeline import Timeline; "
        "export(Compiled(Timeline(()), {}), Path(sys.argv[1])); "
        "sys.exit('soundfile' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code, tmp_path / "session.wav"], check=False).returncode == 0


def test_a_session_too_long_for_wav_is_refused_before_any_byte(tmp_path: Path) -> None:
    target = tmp_path / "session.wav"

    with pytest.raises(ExportError, match=r"too long for a WAV file.*\.flac"):
        export(Compiled(silence(2**31), {}), target)

    assert list(tmp_path.iterdir()) == []


def test_the_longest_wav_fills_its_header(tmp_path: Path) -> None:
    with (tmp_path / "header").open("x+b", buffering=0) as stream:
        recording = recording_of(Compiled(silence(2**31 - 2**20), {}), FORMATS["wav"], Options())
        write_wav(recording, (), stream)
        behind = stream.tell() - 44
        stream.seek(0)
        longest = Frames((2**32 - 1 - 36 - behind) // 2)
        write_wav(replace(recording, length=longest), (), stream)

        stream.seek(4)
        assert int.from_bytes(stream.read(4), "little") in {2**32 - 2, 2**32 - 1}


# What stands at the target


def test_an_existing_file_is_kept(tmp_path: Path) -> None:
    target = tmp_path / "session.wav"
    target.write_text("mine")

    with pytest.raises(UserError, match=r"session\.wav already exists; --force overwrites it$") as caught:
        export(WHOLE, target)

    assert caught.value.exit_code == 2
    assert [target] == list(tmp_path.iterdir())
    assert target.read_text() == "mine"


def test_force_replaces_it(tmp_path: Path) -> None:
    target = tmp_path / "session.wav"
    target.write_text("mine")

    export(WHOLE, target, force=True)

    assert [target] == list(tmp_path.iterdir())
    assert len(load(target)) == TIMELINE.length


def test_force_needs_nothing_there(tmp_path: Path) -> None:
    export(WHOLE, tmp_path / "session.wav", force=True)

    assert len(load(tmp_path / "session.wav")) == TIMELINE.length


def test_force_writes_to_where_a_link_leads(tmp_path: Path) -> None:
    link, file = tmp_path / "link.wav", tmp_path / "file.wav"
    link.symlink_to(file)

    with pytest.raises(UserError, match="already exists"):
        export(WHOLE, link)
    export(WHOLE, link, force=True)

    assert link.is_symlink()
    assert len(load(file)) == TIMELINE.length


@pytest.mark.parametrize("has_links", [True, False], ids=["hard links", "no hard links"])
def test_of_two_at_once_one_wins_and_the_other_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, has_links: bool
) -> None:
    if not has_links:
        monkeypatch.setattr(os, "link", no_links)
    target = tmp_path / "session.wav"

    def other_run(done: int, total: int) -> None:
        if done == total:
            export(Compiled(silence(7), {}), target)

    with pytest.raises(UserError, match="already exists"):
        export(WHOLE, target, progress=other_run)

    assert [target] == list(tmp_path.iterdir())
    assert len(load(target)) == 7


def no_links(*_: object) -> None:
    raise OSError(errno.EPERM, "Operation not permitted")


def test_runs_side_by_side_leave_each_other_alone(tmp_path: Path) -> None:
    def other_run(done: int, _total: int) -> None:
        export(Compiled(silence(7), {}), tmp_path / f"{done}.wav")

    export(WHOLE, tmp_path / "session.wav", progress=other_run)

    assert len(load(tmp_path / "session.wav")) == TIMELINE.length
    assert len(list(tmp_path.iterdir())) == 9


def test_the_file_can_be_read_by_whom_the_user_lets(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        export(WHOLE, tmp_path / "session.wav")
    finally:
        os.umask(before)

    assert (tmp_path / "session.wav").stat().st_mode & 0o777 == 0o644


# What can go wrong


@pytest.mark.parametrize("force", [True, False])
def test_a_folder_at_the_target_is_said(tmp_path: Path, *, force: bool) -> None:
    (tmp_path / "session.wav").mkdir()

    with pytest.raises(UserError, match=r"session\.wav: it is a folder; add a file name$"):
        export(WHOLE, tmp_path / "session.wav", force=force)


def test_no_such_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"session\.wav: the folder .*nowhere does not exist$"):
        export(WHOLE, tmp_path / "nowhere" / "session.wav")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a named pipe")
def test_a_pipe_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "session.wav")

    with pytest.raises(UserError, match=r"session\.wav: it is not a regular file; choose another name$"):
        export(WHOLE, tmp_path / "session.wav", force=True)


def test_a_name_too_long_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="File name too long"):
        export(WHOLE, tmp_path / f"{'a' * 300}.wav")


@every_format
@pytest.mark.parametrize("interruption", [KeyboardInterrupt, ValueError])
def test_an_interrupted_export_leaves_nothing(
    tmp_path: Path, ending: str, interruption: type[BaseException]
) -> None:
    def interrupt(done: int, total: int) -> None:
        if done > total / 2:
            raise interruption

    with pytest.raises(interruption):
        export(WHOLE, tmp_path / f"session{ending}", progress=interrupt)

    assert list(tmp_path.iterdir()) == []


@every_format
def test_an_existing_file_survives_an_interrupted_overwrite(tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"session{ending}"
    target.write_text("mine")

    def interrupt(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(WHOLE, target, force=True, progress=interrupt)

    assert [target] == list(tmp_path.iterdir())
    assert target.read_text() == "mine"
