"""Many chapters, many formats, titles of any kind: nothing is dropped, sorted wrongly, or breaks a format."""

from __future__ import annotations

import json
import struct
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutagen.id3 import ID3
from player.compiler import Compiled
from player.errors import UserError
from player.export import FORMATS, Options, check_chapters, check_target, export, export_split
from player.export.file import recording_of
from player.export.sidecars import lrc, vtt
from player.export.split import _name
from player.files.names import named_like
from player.timeline import Activity, Frames, Mark, MarkKind, Phase, PhaseKind, Section, Timeline

from tests.test_export_formats import WHOLE

if TYPE_CHECKING:
    from pathlib import Path

    from player.export.recording import Recording

TITLES = ["90/90 (level ½) 🧘", "Cat/Cow", "a] [b", "--> <i>&", "#EXTM3U, 1", "“x” = 'y';\\", "橋"]


def silent(title: str) -> Section:
    phase = Phase(Frames(0), Frames(480), PhaseKind.HOLD, Activity())
    return Section(Frames(480), (), (phase,), Mark(Frames(0), title, MarkKind.EXERCISE))


def many(count: int) -> Compiled:
    return Compiled(Timeline(tuple(silent(f"Exercise {n}") for n in range(1, count + 1))), {})


def recording(title: str) -> Recording:
    return recording_of(WHOLE, FORMATS["mp3"], Options(title))


# --- many chapters ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "first"), [(9, "01"), (112, "001")])
def test_the_names_of_parts_sort_in_the_order_of_play(tmp_path: Path, count: int, first: str) -> None:
    *paths, _ = export_split(many(count), tmp_path, Options("All", form="wav"))

    assert sorted(paths) == paths
    assert paths[0].name == f"{first}-Exercise 1.wav"
    assert paths[-1].name == f"{count:0{len(first)}}-Exercise {count}.wav"


def test_the_names_of_a_thousand_parts_sort_as_well() -> None:
    whole = recording("All")
    names = [_name(replace(whole, title=f"Exercise {n}", track=(n, 1_001))) for n in range(1, 1_002)]

    assert sorted(names) == names
    assert (names[0], names[-1]) == ("0001-Exercise 1", "1001-Exercise 1001")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit there")
def test_parts_may_be_more_than_the_files_that_a_process_usually_opens(tmp_path: Path) -> None:
    import resource  # noqa: PLC0415  (POSIX alone has it)

    before, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (100, hard))
    try:
        *paths, _ = export_split(many(112), tmp_path, Options("All", form="wav"))
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (before, hard))

    assert all(path.exists() for path in paths)


@pytest.mark.parametrize("count", [255, 256, 300, 600])
def test_an_mp3_lists_every_chapter_in_tables_that_a_byte_can_count(tmp_path: Path, count: int) -> None:
    export(many(count), tmp_path / "many.mp3", Options("All"))
    tag = ID3(tmp_path / "many.mp3")
    tables = {table.element_id: table for table in tag.getall("CTOC")}

    def listed(table: Any) -> list[str]:  # noqa: ANN401  mutagen's frames have no types
        below = (listed(tables[one]) if one in tables else [one] for one in table.child_element_ids)
        return [name for names in below for name in names]

    names = listed(tables["toc"])
    assert [tag[f"CHAP:{name}"].sub_frames["TIT2"].text[0] for name in names] == [
        f"Exercise {n}" for n in range(1, count + 1)
    ]
    assert [table.element_id for table in tables.values() if table.flags & 2] == ["toc"]
    assert all(len(table.child_element_ids) <= 255 for table in tables.values())


@pytest.mark.parametrize("form", ["flac", "opus"])
def test_more_chapters_than_a_format_can_name_are_refused_before_any_work(form: str) -> None:
    check_chapters(FORMATS[form], 999)

    with pytest.raises(UserError, match=r"at most 999 chapters, and this session has 1,000; write \.mp3"):
        check_chapters(FORMATS[form], 1_000)


def test_the_info_frame_has_the_checksum_of_what_stands_before_it(tmp_path: Path) -> None:
    export(WHOLE, tmp_path / "a.mp3", Options("All"))
    data = (tmp_path / "a.mp3").read_bytes()
    start = data.rindex(b"\xff\xfb", 0, data.index(b"Info"))
    end = data.index(b"LAME", start) + 34
    checksum = 0
    for byte in data[start:end]:
        checksum ^= byte
        for _ in range(8):
            checksum = checksum >> 1 ^ 0xA001 if checksum & 1 else checksum >> 1

    assert struct.unpack_from(">H", data, end) == (checksum,)
    assert struct.unpack_from(">I", data, end - 6) == (len(data) - start,)


# --- two formats beside each other -----------------------------------------------------------------------


def test_a_second_format_shares_the_words_beside_the_first(tmp_path: Path) -> None:
    export(WHOLE, tmp_path / "s.mp3", Options("All", sidecars=True))
    words = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir() if path.suffix != ".mp3"}

    check_target(tmp_path / "s.flac", Options("All", sidecars=True), force=False)
    export(WHOLE, tmp_path / "s.flac", Options("All", sidecars=True))

    assert len(words) == 3
    assert {path: path.stat().st_mtime_ns for path in words} == words


def test_other_words_beside_it_are_never_replaced_unasked(tmp_path: Path) -> None:
    (tmp_path / "s.lrc").write_text("mine")

    with pytest.raises(UserError, match=r"s\.lrc already exists; --force overwrites it"):
        export(WHOLE, tmp_path / "s.mp3", Options("All", sidecars=True))

    assert {path.name for path in tmp_path.iterdir()} == {"s.lrc"}
    assert (tmp_path / "s.lrc").read_text() == "mine"


# --- any title -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", TITLES)
def test_a_title_is_the_same_in_every_file(tmp_path: Path, title: str) -> None:
    compiled = Compiled(Timeline((silent(title),)), {})
    export(compiled, tmp_path / "a.mp3", Options(title, sidecars=True))
    tag = ID3(tmp_path / "a.mp3")

    assert tag["TIT2"].text == [title]
    assert [chapter.sub_frames["TIT2"].text for chapter in tag.getall("CHAP")] == [[title]]
    assert json.loads((tmp_path / "a.chapters.json").read_text("utf-8"))["chapters"][0]["title"] == title


@given(st.sampled_from(TITLES) | st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1))
def test_no_title_adds_a_line_or_a_tag_to_a_sidecar(title: str) -> None:
    plain, odd = recording("Plain"), recording(title)

    assert vtt(odd).count("\n") == vtt(plain).count("\n")
    assert lrc(odd).count("\n") == lrc(plain).count("\n")
    assert all(line.count("[") == line.count("]") == 1 for line in lrc(odd).splitlines())


@given(st.text())
def test_a_name_like_a_title_fits_every_file_system(title: str) -> None:
    name = named_like(title)

    assert name
    assert len(name.encode()) <= 181
    assert not set(name) & set('/\\:*?"<>|')
    assert name.isprintable()
    assert name == name.strip(" .")
    assert name.casefold() not in {"con", "nul", "aux", "prn", "com1", "lpt9"}


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Cat stretch", "Cat stretch"),
        ("90/90 (level ½) 🧘", "90-90 (level ½) 🧘"),
        ("Cat/Cow", "Cat-Cow"),
        ("../../etc: <a>|b?", "etc- -a-b"),
        ("…", "…"),
        ("con", "_con"),
        ("?", "session"),
    ],
)
def test_a_file_is_named_as_its_title_is_written(title: str, name: str) -> None:
    assert named_like(title) == name
