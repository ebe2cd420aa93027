"""Runs that end badly: killed, interrupted, out of space, not allowed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from contextlib import contextmanager, suppress
from filecmp import cmp
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import pytest
from player.compiler import Compiled
from player.errors import ExportError
from player.export import export
from player.export.packaged import _until_interrupted
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

from tests.disks import is_mounted, unmount

if TYPE_CHECKING:
    from collections.abc import Iterator

RATE = 48_000
CHECKOUT = Path(__file__).parents[1]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs the signals and limits of POSIX")
every_format = pytest.mark.parametrize("ending", [".wav", ".flac", ".mp3", ".m4b", ".opus"])
SMALL = 1 << 17
"""Bytes; no format makes a minute of noise as small."""


def noise(minutes: int) -> Compiled:
    """Which no encoder makes small."""
    frames = 60 * RATE
    samples = np.random.default_rng(3).integers(-9_000, 9_000, frames).astype(np.int16)
    cue = Cue(Frames(0), Frames(frames), CueKind.SPEECH, "Shh.")
    phase = Phase(Frames(0), Frames(frames), PhaseKind.TALK, Activity())
    section = Section(Frames(frames), (cue,), (phase,), Mark(Frames(0), "talk", MarkKind.SECTION))
    clips = {(CueKind.SPEECH, "Shh."): Clip(samples, RATE)}
    return Compiled(Timeline((section,) * minutes, RATE), clips)


@contextmanager
def exporting(target: Path, minutes: int) -> Iterator[subprocess.Popen[str]]:
    """An export in a process of its own, which prints a line after each block."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.test_export_killed", target, str(minutes)],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as run:
        yield run


def let_it_write(run: subprocess.Popen[str], blocks: int) -> None:
    assert run.stdout
    for _ in range(blocks):
        run.stdout.readline()


def test_killed_twenty_times_it_never_leaves_a_half_file(tmp_path: Path) -> None:
    """The file exists, complete, only if the run was killed after renaming it."""
    whole, target = tmp_path / "whole.wav", tmp_path / "session.wav"
    export(noise(minutes=10), whole)
    chance = random.Random(20)  # noqa: S311  (the same moments each time)
    strays = 0

    for _ in range(20):
        with exporting(target, minutes=10) as run:
            let_it_write(run, chance.randint(1, 430))
            run.kill()
        left = set(tmp_path.iterdir()) - {whole, target}
        strays += len(left)
        assert len(left) <= 1
        assert not target.exists() or cmp(target, whole, shallow=False)
        target.unlink(missing_ok=True)

    assert strays > 0
    export(noise(minutes=10), target)
    assert {target, whole} == set(tmp_path.iterdir())
    assert cmp(target, whole, shallow=False)


@every_format
def test_ctrl_c_ends_it_and_leaves_nothing(tmp_path: Path, ending: str) -> None:
    chance = random.Random(5)  # noqa: S311  (the same moments each time)

    for _ in range(3):
        with exporting(tmp_path / f"session{ending}", minutes=180) as run:
            let_it_write(run, chance.randint(1, 60))
            run.send_signal(signal.SIGINT)
            _, errors = run.communicate()
        assert run.returncode == -signal.SIGINT
        assert errors.count("Traceback") == 1
        assert list(tmp_path.iterdir()) == []


def test_ctrl_c_counts_between_two_blocks_even_where_a_library_loses_it() -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    seen = []

    def write() -> None:
        with _until_interrupted([np.zeros(1, np.int16)] * 3) as blocks:
            for block in blocks:
                seen.append(block)
                with suppress(KeyboardInterrupt):
                    signal.raise_signal(signal.SIGINT)

    try:
        with pytest.raises(KeyboardInterrupt):
            write()
        assert len(seen) == 1
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)


def test_where_ctrl_c_is_ignored_it_stays_ignored() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with _until_interrupted([np.zeros(1, np.int16)] * 3) as blocks:
            assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
            assert len(list(blocks)) == 3
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder for 128 kB: a small disk where one may be mounted, otherwise a limit on the size of a file."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if is_mounted(folder, SMALL):
        try:
            yield folder
        finally:
            unmount(folder)
    else:
        with largest_file(SMALL):
            yield folder


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    import resource  # noqa: PLC0415  (POSIX alone has it)

    before, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, hard))


@every_format
def test_a_full_disk_is_one_clear_line_and_leaves_nothing(small_disk: Path, ending: str) -> None:
    target = small_disk / f"session{ending}"

    with pytest.raises(
        ExportError, match=r"^cannot write .*: (No space left on device|File too large)$"
    ) as caught:
        export(noise(minutes=1), target)

    assert caught.value.exit_code == 1
    assert list(small_disk.iterdir()) == []


@every_format
def test_a_limit_on_sizes_is_one_clear_line_and_leaves_nothing(tmp_path: Path, ending: str) -> None:
    with largest_file(SMALL), pytest.raises(ExportError, match=r"^cannot write .*: File too large$"):
        export(noise(minutes=1), tmp_path / f"session{ending}")

    assert list(tmp_path.iterdir()) == []


@every_format
def test_a_disk_that_fills_with_the_last_byte_is_noticed(tmp_path: Path, ending: str) -> None:
    """An encoder may still write when it is closed, and must not lose that error."""
    whole, target = tmp_path / f"whole{ending}", tmp_path / f"session{ending}"
    export(noise(minutes=1), whole)
    size = whole.stat().st_size

    for missing in (1, 100, 5_000):
        with largest_file(size - missing), pytest.raises(ExportError):
            export(noise(minutes=1), target)
    with largest_file(size):
        export(noise(minutes=1), target)

    assert target.read_bytes() == whole.read_bytes()


def test_a_folder_that_may_not_be_written_to_is_one_clear_line(tmp_path: Path) -> None:
    export(noise(minutes=1), tmp_path / "session.wav")  # what it imports, nobody may be able to read
    with not_root(), TemporaryDirectory() as place:
        folder = Path(place) / "kept"
        folder.mkdir(mode=0o555)

        with pytest.raises(ExportError, match=r"^cannot write .*session\.wav: .+$") as caught:
            export(noise(minutes=1), folder / "session.wav")

        assert caught.value.exit_code == 1


@contextmanager
def not_root() -> Iterator[None]:
    """Root may write anywhere, so become nobody."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(0)


def main() -> None:
    """Run as the process to be killed."""
    target, minutes = Path(sys.argv[1]), int(sys.argv[2])
    export(noise(minutes), target, progress=lambda done, _total: print(done, flush=True))


if __name__ == "__main__":
    main()
