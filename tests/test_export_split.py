"""Several files of one session: sidecars, and one file for each exercise."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import mutagen
import numpy as np
import pytest
import soundfile
from player.compiler import Compiled
from player.errors import UserError
from player.export import Options, check_folder, check_target, export, export_split
from player.render import Renderer, StereoRenderer
from player.sound.bed import Bed
from player.timeline import Cue, CueKind, Frames, Timeline

from tests.listening import load
from tests.test_export_formats import (
    CHAPTERS,
    CLIPS,
    MILLISECOND,
    RATE,
    TEXT,
    TIMELINE,
    TITLE,
    WHOLE,
    File,
    needs_ffmpeg,
    section,
)

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ["01-Über den Tag – “ruhig”", "02-Cat stretch", "03-Dehnung für die “Hüfte”", "04-Cool-down"]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


# Beside the sound


@pytest.fixture
def sidecars(tmp_path: Path) -> Path:
    export(WHOLE, tmp_path / "session.mp3", Options(TITLE, sidecars=True))
    return tmp_path


def test_sidecars_stand_beside_the_sound_under_its_name(sidecars: Path) -> None:
    assert names(sidecars) == {"session.mp3", "session.vtt", "session.lrc", "session.chapters.json"}


def test_webvtt_says_from_when_to_when(sidecars: Path) -> None:
    first, *cues = (sidecars / "session.vtt").read_text(encoding="utf-8").strip().split("\n\n")

    assert first == "WEBVTT"
    assert len(cues) == len(TIMELINE.sections)
    assert cues[1] == f"2\n00:00:05.623 --> 00:00:06.623\n{TEXT}"


def test_webvtt_escapes_what_would_be_a_tag(tmp_path: Path) -> None:
    said = "2 < 3 & <b>so</b>"
    text = (CueKind.SPEECH, said)
    plain = section(5, "A")
    odd = replace(plain, cues=(Cue(Frames(0), Frames(RATE), *text),))

    export(
        Compiled(Timeline((odd,)), {text: CLIPS[CueKind.SPEECH, TEXT]}),
        tmp_path / "a.wav",
        Options(sidecars=True),
    )

    assert "2 &lt; 3 &amp; &lt;b&gt;so&lt;/b&gt;" in (tmp_path / "a.vtt").read_text()


def test_lrc_has_a_time_before_each_line(sidecars: Path) -> None:
    lines = (sidecars / "session.lrc").read_text(encoding="utf-8").splitlines()

    assert lines[:3] == [f"[ti:{TITLE}]", "[ar:Cuemat]", "[al:Cuemat]"]
    assert lines[3] == f"[00:00.50]{TEXT}"
    assert all(re.fullmatch(r"\[\d\d:\d\d\.\d\d\].+", line) for line in lines[3:])


def test_chapters_as_podcasts_have_them(sidecars: Path) -> None:
    written = json.loads((sidecars / "session.chapters.json").read_text(encoding="utf-8"))

    assert written["version"] == "1.2.0"
    assert [chapter["title"] for chapter in written["chapters"]] == [title for _, title in CHAPTERS]
    for (start, _), chapter in zip(CHAPTERS, written["chapters"], strict=True):
        assert abs(start / RATE - chapter["startTime"]) <= MILLISECOND


def test_a_sidecar_that_exists_is_kept_and_nothing_else_is_written(tmp_path: Path) -> None:
    (tmp_path / "session.lrc").write_text("mine")

    with pytest.raises(UserError, match=r"session\.lrc already exists"):
        check_target(tmp_path / "session.mp3", Options(sidecars=True), force=False)
    with pytest.raises(UserError, match=r"session\.lrc already exists"):
        export(WHOLE, tmp_path / "session.mp3", Options(sidecars=True))

    assert names(tmp_path) == {"session.lrc"}
    assert (tmp_path / "session.lrc").read_text() == "mine"


# One file for each exercise


@pytest.mark.parametrize("form", ["wav", "flac"])
def test_the_files_joined_are_the_whole_sample_for_sample(tmp_path: Path, form: str) -> None:
    *paths, _ = export_split(WHOLE, tmp_path / "parts", Options(TITLE, form=form))

    joined = np.concatenate([load(path) for path in paths])
    assert [path.name for path in paths] == [f"{name}.{form}" for name in NAMES]
    assert np.array_equal(Renderer(TIMELINE, CLIPS).read(0, TIMELINE.length), joined)


def test_with_music_too(tmp_path: Path) -> None:
    bed = Bed(np.random.default_rng(2).integers(-999, 999, (54_321, 2)).astype(np.int16))

    *paths, _ = export_split(WHOLE, tmp_path, Options(TITLE, form="flac", bed=bed))

    joined = np.concatenate([soundfile.read(path, dtype="int16")[0] for path in paths])
    assert np.array_equal(StereoRenderer(TIMELINE, CLIPS, bed).read(0, TIMELINE.length), joined)


@needs_ffmpeg
@pytest.mark.parametrize("form", ["mp3", "m4a"])
def test_lossy_files_too_follow_each_other_without_a_gap(tmp_path: Path, form: str) -> None:
    *paths, _ = export_split(WHOLE, tmp_path, Options(TITLE, form=form))

    lengths = [len(File(path).samples()) for path in paths]
    ends = [*(start for start, _ in CHAPTERS[1:]), TIMELINE.length]
    for length, (start, _), end in zip(lengths, CHAPTERS, ends, strict=True):
        assert 0 <= length - (end - start) <= 1_024


def test_the_list_names_them_in_order_with_their_lengths(tmp_path: Path) -> None:
    *paths, listing = export_split(WHOLE, tmp_path, Options(TITLE, form="flac"))

    head, *lines = listing.read_text(encoding="utf-8").splitlines()
    assert (listing.name, head) == ("Über den Tag – “ruhig”.m3u8", "#EXTM3U")
    assert lines[1::2] == [path.name for path in paths]
    assert lines[2] == "#EXTINF:13.000,Cat stretch"


def test_each_says_what_it_is_and_where_it_belongs(tmp_path: Path) -> None:
    *paths, _ = export_split(WHOLE, tmp_path, Options(TITLE, form="mp3"))

    second = mutagen.File(paths[1]).tags
    assert [second[name].text[0] for name in ("TIT2", "TALB", "TRCK")] == ["Cat stretch", TITLE, "2/4"]
    assert second["SYLT::eng"].text == [(TEXT, 500), (TEXT, 7_500)]
    assert not second.getall("CHAP")


def test_of_the_files_all_appear_or_none(tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        if done > total / 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_split(WHOLE, tmp_path / "parts", Options(TITLE, form="flac"), progress=stop)

    assert names(tmp_path) == set()


def test_files_that_exist_are_kept_until_they_may_be_overwritten(tmp_path: Path) -> None:
    wanted = Options(TITLE, form="flac", sidecars=True)
    export_split(WHOLE, tmp_path, wanted)
    first = names(tmp_path)
    (tmp_path / "03-Dehnung für die “Hüfte”.flac").write_text("mine")

    with pytest.raises(UserError, match="already exists"):
        export_split(WHOLE, tmp_path, wanted)
    assert (tmp_path / "03-Dehnung für die “Hüfte”.flac").read_text() == "mine"

    export_split(WHOLE, tmp_path, wanted, force=True)
    assert names(tmp_path) == first
    assert (tmp_path / "03-Dehnung für die “Hüfte”.flac").read_bytes()[:4] == b"fLaC"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "parts").write_text("mine")

    with pytest.raises(UserError, match=r"parts: it is not a folder$"):
        check_folder(tmp_path / "parts", Options(form="mp3"))
    with pytest.raises(UserError, match=r"the folder .*nowhere does not exist$"):
        check_folder(tmp_path / "nowhere" / "parts", Options(form="mp3"))


def test_titles_become_names_that_every_disk_takes(tmp_path: Path) -> None:
    timeline = Timeline((section(5, "../../etc: <a>|b?"), section(5, "…"), section(5, "x" * 300)))

    *paths, _ = export_split(Compiled(timeline, CLIPS), tmp_path, Options("/", form="wav"))

    assert [path.stem for path in paths] == ["01-etc- -a-b", "02-…", f"03-{'x' * 180}"]
