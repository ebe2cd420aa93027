"""The cache of finished clips may forget, but never returns wrong clips, blocks, or grows forever."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from player.speech.cache import HEADER, Clearance, ClipCache, Verification

from tests.disks import disk, seal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CONTENT = b"finished" * 100
ENTRY = HEADER.size + len(CONTENT)


DIGESTS = tuple(f"{number:040x}" for number in range(7))
"""As the keys of the program are."""


def filled(folder: Path, *keys: str) -> None:
    cache = ClipCache(folder)
    for key in keys:
        cache.put(key, CONTENT)


def entries(folder: Path) -> set[str]:
    return {path.stem for path in folder.glob("*.clip")}


def age(path: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then))


def test_what_was_put_is_found_by_the_next_run(tmp_path: Path) -> None:
    filled(tmp_path / "deep" / "folder", "hold")

    assert ClipCache(tmp_path / "deep" / "folder").get("hold") == CONTENT


def test_what_was_never_put_is_missing(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path / "none")

    assert cache.get("hold") is None
    assert cache.warning is None


def test_looking_makes_no_folder(tmp_path: Path) -> None:
    ClipCache(tmp_path / "none").get("hold")

    assert not (tmp_path / "none").exists()


def overwrite(path: Path, content: bytes) -> None:
    """Change a file in place, as a failing disk does."""
    with path.open("r+b") as file:
        file.write(content)


CHANGES: dict[str, Callable[[Path], None]] = {
    "removed": lambda path: path.unlink(),
    "shortened": lambda path: os.truncate(path, 10),
    "overwritten": lambda path: overwrite(path, b"\x7f" * ENTRY),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_was_found_does_not_change_with_its_file(tmp_path: Path, change: Callable[[Path], None]) -> None:
    filled(tmp_path, "hold")
    content = ClipCache(tmp_path).get("hold")
    change(tmp_path / "hold.clip")

    assert content is not None
    assert content == CONTENT


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files there")
def test_a_pipe_or_a_folder_in_place_of_an_entry_is_missing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "hold.clip")
    (tmp_path / "rest.clip").mkdir()

    assert ClipCache(tmp_path).get("hold") is None
    assert ClipCache(tmp_path).get("rest") is None


def test_many_entries_leave_no_file_open(tmp_path: Path) -> None:
    keys = [f"cue{n}" for n in range(10)]
    filled(tmp_path, *keys)
    cache = ClipCache(tmp_path)
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - only their number is wanted
    contents = [cache.get(key) for key in keys]

    assert contents == [CONTENT] * 10
    assert before == len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - only their number is wanted


def scribble(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda content: content[:0],
    "stub": lambda content: content[:10],
    "header only": lambda content: content[: HEADER.size],
    "truncated": lambda content: content[:-1],
    "longer": lambda content: content + b"x",
    "half zeros": lambda content: content[: ENTRY // 2] + bytes(ENTRY - ENTRY // 2),
    "zeros": lambda content: bytes(len(content)),
    "no magic": lambda content: b"RIFF" + content[4:],
    "one bit": scribble,
}
damaged = pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)


@damaged
def test_a_damaged_entry_is_dropped(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    filled(tmp_path, "hold")
    path = tmp_path / "hold.clip"
    path.write_bytes(damage(path.read_bytes()))

    assert ClipCache(tmp_path).get("hold") is None
    assert not path.exists()


def test_a_folder_in_the_place_of_an_entry_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "hold.clip").mkdir()

    assert ClipCache(tmp_path).get("hold") is None


def test_an_entry_waits_for_no_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[int] = []
    monkeypatch.setattr(os, "fsync", flushed.append)
    filled(tmp_path, "hold")

    assert not flushed


@pytest.mark.parametrize("left", [0, 1, 63, 64, 100], ids="{} bytes".format)
def test_what_a_power_cut_tears_is_not_taken_for_an_entry(tmp_path: Path, left: int) -> None:
    filled(tmp_path, "hold")
    path = tmp_path / "hold.clip"
    whole = path.stat().st_size
    os.truncate(path, left)
    os.truncate(path, whole)  # the size is there, the content is not

    assert ClipCache(tmp_path).get("hold") is None


def test_a_folder_that_cannot_be_made_means_one_warning_and_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = ClipCache(tmp_path / "file" / "speech")
    cache.put("hold", CONTENT)
    cache.put("rest", CONTENT)

    assert cache.get("hold") is None
    assert cache.warning is not None
    assert str(tmp_path / "file" / "speech") in cache.warning
    assert "\n" not in cache.warning


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[Path]:
    """A folder with one entry that nobody may write: root is stopped by a disk that is mounted read-only."""
    if os.geteuid() == 0:
        with disk(tmp_path):
            filled(tmp_path, "hold")
            seal(tmp_path)
            yield tmp_path
    else:
        filled(tmp_path, "hold")
        tmp_path.chmod(0o500)
        yield tmp_path
        tmp_path.chmod(0o700)


def test_a_folder_that_may_not_be_written_is_still_read(sealed: Path) -> None:
    cache = ClipCache(sealed)
    cache.put("rest", CONTENT)

    assert cache.get("hold") == CONTENT
    assert cache.warning is not None


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    with disk(tmp_path, 1 << 16):
        yield tmp_path


def test_a_full_disk_means_one_warning_and_nothing_left_behind(small_disk: Path) -> None:
    cache = ClipCache(small_disk)
    cache.put("small", CONTENT)
    cache.put("large", bytes(100_000))

    assert cache.warning is not None
    assert "No space left" in cache.warning
    assert [path.name for path in small_disk.iterdir()] == ["small.clip"]
    assert cache.get("small") == CONTENT


def test_a_write_that_fails_half_way_leaves_nothing_behind(tmp_path: Path) -> None:
    program = (
        "import resource, sys, pathlib; from player.speech.cache import ClipCache\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "cache = ClipCache(pathlib.Path(sys.argv[1]))\n"
        "cache.put('large', bytes(100_000)); print(cache.warning)"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)

    assert "spoken words cannot be cached" in ran.stdout
    assert not list(tmp_path.iterdir())


def test_a_run_killed_while_it_writes_leaves_no_half_entry(tmp_path: Path) -> None:
    program = (
        "import sys, pathlib; from player.speech.cache import ClipCache\n"
        "cache = ClipCache(pathlib.Path(sys.argv[1])); print('started', flush=True)\n"
        "for n in range(100_000):\n"
        "    cache.put(str(n % 50), bytes([n % 50]) * 200_000)\n"
        "    print(n, flush=True)"
    )
    for writes in (1, 2, 4, 8, 60):
        command = [sys.executable, "-c", program, str(tmp_path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            for _ in range(1 + writes):
                child.stdout.readline()
            child.send_signal(signal.SIGKILL)
    before = entries(tmp_path)
    cache = ClipCache(tmp_path)

    assert before
    assert all(cache.get(key) == bytes([int(key)]) * 200_000 for key in before)


def test_what_a_dead_run_left_unfinished_goes_with_the_next_put(tmp_path: Path) -> None:
    left, somebodys = tmp_path / ".cuemat-0123456789abcdef.part", tmp_path / "letter.part"
    for path in (left, somebodys):
        path.touch()
    filled(tmp_path, "hold")

    assert not left.exists()
    assert somebodys.exists(), "it was never ours"


def test_the_least_recently_used_go_first(tmp_path: Path) -> None:
    a, b, c, d, e, f, new = DIGESTS
    filled(tmp_path, a, b, c, d, e, f)
    for days, key in enumerate((c, a, f, b, e, d), start=1):
        age(tmp_path / f"{key}.clip", days * 86_400)
    ClipCache(tmp_path, size_at_most=4 * ENTRY).put(new, CONTENT)

    assert {new, c, a} == entries(tmp_path)


def test_what_this_run_uses_is_never_evicted(tmp_path: Path) -> None:
    a, b, c, new, newer, *_ = DIGESTS
    filled(tmp_path, a, b, c)
    for key in (a, b, c):
        age(tmp_path / f"{key}.clip", 3_600)
    cache = ClipCache(tmp_path, size_at_most=ENTRY)
    cache.get(b)
    cache.put(new, CONTENT)
    cache.put(newer, CONTENT)

    assert {b, new, newer} == entries(tmp_path)


def test_being_used_counts_as_recent(tmp_path: Path) -> None:
    a, b, new, *_ = DIGESTS
    filled(tmp_path, a, b)
    age(tmp_path / f"{a}.clip", 9 * 86_400)
    age(tmp_path / f"{b}.clip", 5 * 86_400)
    ClipCache(tmp_path).get(a)
    ClipCache(tmp_path, size_at_most=2 * ENTRY + ENTRY // 2).put(new, CONTENT)

    assert {a, new} == entries(tmp_path)


def test_what_was_used_today_is_not_touched_again(tmp_path: Path) -> None:
    filled(tmp_path, "hold")
    age(tmp_path / "hold.clip", 3_600)
    before = (tmp_path / "hold.clip").stat().st_mtime
    ClipCache(tmp_path).get("hold")

    assert before == (tmp_path / "hold.clip").stat().st_mtime


def test_other_files_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    others = [tmp_path / "notes.txt", tmp_path / "holiday.clip"]
    for other in others:
        other.write_text("mine")
        age(other, 9 * 86_400)
    filled(tmp_path, *DIGESTS[:3])
    ClipCache(tmp_path, size_at_most=1).put(DIGESTS[3], CONTENT)

    assert all(other.exists() for other in others)


# ------------------------------------------------------------------------- looking after the whole folder

KEYS = DIGESTS[:3]


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path / "none")

    assert cache.verify() == Verification(entries=0, size=0)
    assert cache.clear() == Clearance(entries=0, size=0)
    assert not (tmp_path / "none").exists()


def test_verifying_counts_what_is_as_it_was_written(tmp_path: Path) -> None:
    filled(tmp_path, *KEYS)

    assert ClipCache(tmp_path).verify() == Verification(entries=3, size=3 * ENTRY)


@damaged
def test_verifying_drops_a_damaged_entry_and_no_other(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    filled(tmp_path, *KEYS)
    path = tmp_path / f"{KEYS[1]}.clip"
    path.write_bytes(damage(path.read_bytes()))

    assert ClipCache(tmp_path).verify() == Verification(entries=2, size=2 * ENTRY, dropped=1)
    assert entries(tmp_path) == {KEYS[0], KEYS[2]}


def test_a_damaged_entry_that_cannot_be_removed_is_stuck(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(tmp_path, *KEYS)
    (tmp_path / f"{KEYS[0]}.clip").write_bytes(b"spoilt")

    def refuse(self: Path) -> None:
        raise PermissionError(self)

    monkeypatch.setattr(type(tmp_path), "unlink", refuse)

    assert ClipCache(tmp_path).verify() == Verification(entries=2, size=2 * ENTRY, stuck=1)
    assert ClipCache(tmp_path).clear() == Clearance(entries=0, size=0, stuck=3)


def test_clearing_removes_every_entry_damaged_or_not_and_says_how_much_it_was(tmp_path: Path) -> None:
    filled(tmp_path, *KEYS)
    (tmp_path / f"{KEYS[0]}.clip").write_bytes(b"spoilt")

    assert ClipCache(tmp_path).clear() == Clearance(entries=3, size=2 * ENTRY + len(b"spoilt"))
    assert not list(tmp_path.iterdir())


def test_clearing_removes_what_dead_runs_really_leave(tmp_path: Path) -> None:
    program = (
        "import os, sys, pathlib; from player.speech.cache import ClipCache\n"
        "pathlib.Path.replace = lambda *_: os._exit(9)\n"
        "ClipCache(pathlib.Path(sys.argv[1])).put('hold', b'x')"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False)
    (left,) = tmp_path.iterdir()

    assert left.stat().st_size == HEADER.size + 1
    assert ClipCache(tmp_path).clear() == Clearance(entries=0, size=0)
    assert not list(tmp_path.iterdir())


def test_a_cleared_cache_is_filled_again(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path)
    cache.put(KEYS[0], CONTENT)
    cache.clear()
    cache.put(KEYS[1], CONTENT)

    assert cache.get(KEYS[1]) == CONTENT
    assert cache.verify() == Verification(entries=1, size=ENTRY)


def test_neither_verifying_nor_clearing_touches_what_is_somebody_elses(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    folder = tmp_path / "cache"
    filled(outside, *KEYS)
    filled(folder, KEYS[0])
    (folder / f"{KEYS[1]}.clip").symlink_to(outside / f"{KEYS[1]}.clip")
    (folder / f"{KEYS[2]}.clip").mkdir()
    (folder / "away").symlink_to(outside)
    for name in ("holiday.clip", "notes.txt", "lengths.json", "old.tmp", f"{KEYS[2]}.clip.bak"):
        (folder / name).write_text("mine")
        age(folder / name, 9 * 86_400)
    theirs = {path.name for path in folder.iterdir()} - {f"{KEYS[0]}.clip"}
    cache = ClipCache(folder)
    verified, cleared = cache.verify(), cache.clear()

    assert verified == Verification(entries=1, size=ENTRY)
    assert cleared == Clearance(entries=1, size=ENTRY)
    assert theirs == {path.name for path in folder.iterdir()}
    assert entries(outside) == set(KEYS)


def test_of_a_folder_that_is_a_link_only_entries_go(tmp_path: Path) -> None:
    filled(tmp_path / "real", *KEYS)
    (tmp_path / "real" / "mine.clip").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    ClipCache(tmp_path / "link").clear()

    assert [path.name for path in (tmp_path / "real").iterdir()] == ["mine.clip"]
