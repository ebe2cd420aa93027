"""The list of sessions remembers heads and mistakes: quick over any files, and never out of date."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from player import __version__
from player.app import heads
from player.app.heads import FILE, KnownHeads
from player.library import Library, summary_of

from tests.commands import User

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from player.library import Entry, Summary

LATER = 10**11
"""Nanoseconds after a test's files were written."""
FINE = "title: Mine\nabout: Short.\ntags: [gentle]\nneeds: [mat]\nsteps:\n  - exercise: bridge\n"
BROKEN = "titel: Mine\nsteps: [\n"


@pytest.fixture
def user(tmp_path: Path) -> User:
    user = User(tmp_path)
    user.write("data/scripts/fine.yaml", FINE)
    user.write("data/scripts/broken.yaml", BROKEN)
    return user


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the scripts that were parsed."""
    ids: list[str] = []

    def noted(entry: Entry) -> Summary:
        ids.append(entry.id)
        return summary_of(entry)

    monkeypatch.setattr(heads, "summary_of", noted)
    return ids


def own(user: User, now: Callable[[], int]) -> list[Summary]:
    library = Library.found(user.home / "data")
    found = KnownHeads(user.home / "cache", now).summaries(library)
    assert found == library.summaries()
    return [one for one in found if one.entry.id in {"fine", "broken"}]


def later(user: User) -> Callable[[], int]:
    at = (user.home / "data/scripts/fine.yaml").stat().st_mtime_ns + LATER
    return lambda: at


def test_a_second_list_reads_nothing_again_and_says_the_same(user: User, read: list[str]) -> None:
    first = own(user, later(user))
    read.clear()

    assert own(user, later(user)) == first
    assert read == []


@pytest.mark.parametrize("name", ["fine", "broken"])
def test_a_changed_file_is_read_again(user: User, read: list[str], name: str) -> None:
    own(user, later(user))
    read.clear()
    user.write(f"data/scripts/{name}.yaml", FINE.replace("Mine", "Ours"))
    _, changed = sorted(own(user, later(user)), key=lambda one: one.entry.id == name)

    assert read == [name]
    assert changed.head is not None
    assert changed.head.title == "Ours"


def test_a_file_that_was_only_touched_is_not_parsed_again(user: User, read: list[str]) -> None:
    own(user, later(user))
    read.clear()
    os.utime(user.home / "data/scripts/broken.yaml", ns=(1, 1))
    own(user, later(user))

    assert read == []


def test_a_change_that_keeps_size_and_time_is_seen_while_the_file_is_young(user: User) -> None:
    script = user.home / "data/scripts/fine.yaml"
    then = script.stat().st_mtime_ns
    own(user, lambda: then)
    user.write("data/scripts/fine.yaml", FINE.replace("Mine", "Ours"))
    os.utime(script, ns=(then, then))
    _, fine = own(user, lambda: then)

    assert fine.head is not None
    assert fine.head.title == "Ours"


def test_what_is_gone_is_forgotten_and_the_memory_is_private(user: User) -> None:
    own(user, later(user))
    (user.home / "data/scripts/broken.yaml").unlink()
    own(user, later(user))
    memory = user.home / "cache" / FILE

    assert str(user.home / "data/scripts/fine.yaml") in memory.read_text()
    assert "broken.yaml" not in memory.read_text()
    assert memory.stat().st_mode & 0o077 == 0


def test_the_memory_has_a_limit(user: User, monkeypatch: pytest.MonkeyPatch, read: list[str]) -> None:
    monkeypatch.setattr(heads, "MOST_BYTES", 2500)
    own(user, later(user))
    read.clear()
    own(user, later(user))

    assert (user.home / "cache" / FILE).stat().st_size <= 2500
    assert read


@pytest.mark.parametrize(
    "memory",
    [
        b"",
        b"\xff\x00",
        b"[" * 100_000,
        b'{"version": 1}',
        b'{"version": "VERSION", "files": []}',
        b'{"version": "VERSION", "files": {"PATH": 5}}',
        b'{"version": "VERSION", "files": {"PATH": [SIZE, TIME, "x", ["\\u001b[31m", null, [], []], []]}}',
        b'{"version": "VERSION", "files": {"PATH": [SIZE, TIME, "x", ["Good", null, "ab", []], []]}}',
        b'{"version": "VERSION", "files": {"PATH": [SIZE, TIME, "x", null, []]}}',
        b'{"version": "VERSION", "files": {"PATH": [SIZE, TIME, "x", null, [[1e999, -1, "oh"]]]}}',
    ],
)
def test_a_memory_that_makes_no_sense_is_ignored(user: User, memory: bytes) -> None:
    script = user.home / "data/scripts/fine.yaml"
    for word, value in (
        ("VERSION", __version__),
        ("PATH", json.dumps(str(script))[1:-1]),
        ("SIZE", str(script.stat().st_size)),
        ("TIME", str(script.stat().st_mtime_ns)),
    ):
        memory = memory.replace(word.encode(), value.encode())
    (user.home / "cache").mkdir()
    (user.home / "cache" / FILE).write_bytes(memory)
    own(user, later(user))

    assert __version__ in (user.home / "cache" / FILE).read_text()


def test_a_folder_that_cannot_be_written_only_means_reading_again(user: User) -> None:
    user.write("cache", "a file")

    assert len(own(user, later(user))) == 2


def test_the_command_remembers(user: User) -> None:
    outcome = user.cuemat("list")

    assert "broken.yaml:3:1" in outcome.stdout
    assert (user.home / "cache" / FILE).exists()
