"""What other programs find in each format: ffprobe, mpv and mutagen read it, and ffmpeg plays it."""

from __future__ import annotations

import base64
import json
import re
import shutil
import struct
import subprocess
import sys
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

import mutagen
import numpy as np
import pytest
from mutagen.flac import Picture
from mutagen.id3 import ID3
from mutagen.wave import WAVE
from PIL import Image
from player.compiler import Compiled
from player.errors import UserError
from player.export import FORMATS, Options, Quality, check_target, export, formats
from player.export import content as contents
from player.export.content import content_in
from player.pictures.cover import draw_cover
from player.pictures.palette import fill_of
from player.sound.bed import Bed
from player.sound.clip import Clip
from player.sound.recipes.earcons import earcon
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

from tests.listening import hear

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

RATE = 48_000
TITLE = "Über den Tag – “ruhig”"
ENDINGS = [form.ending for form in FORMATS.values()]
WITH_COVER = [ending for ending in ENDINGS if ending != ".wav"]
LOSSY = [".mp3", ".m4a", ".m4b", ".opus"]
TONE = (CueKind.EARCON, "hold-starts")
TEXT = "Breathe in, and stay."
MILLISECOND = 0.001

needs_ffmpeg = pytest.mark.skipif(shutil.which("ffprobe") is None, reason="needs ffmpeg and ffprobe")
needs_mpv = pytest.mark.skipif(shutil.which("mpv") is None, reason="needs mpv")


def section(seconds: float, title: str, kind: MarkKind = MarkKind.EXERCISE) -> Section:
    """A text after half a second and a tone after three; a hold from there on."""
    frames, three = Frames(round(seconds * RATE)), Frames(3 * RATE)
    return Section(
        frames,
        (
            Cue(Frames(RATE // 2), Frames(RATE), CueKind.SPEECH, TEXT),
            Cue(three, Frames(len(CLIPS[TONE])), *TONE),
        ),
        (
            Phase(Frames(0), three, PhaseKind.GET_READY, Activity()),
            Phase(three, Frames(frames - three), PhaseKind.HOLD, Activity()),
        ),
        Mark(Frames(0), title, kind),
    )


def voice() -> Clip:
    """Something with overtones."""
    time = np.arange(RATE) / RATE
    sound = sum(np.sin(2 * np.pi * 120 * n * time) / n for n in range(1, 12))
    return Clip(np.asarray(sound * 6_000 * np.sin(np.pi * time), np.int16), RATE)


CLIPS: Mapping[tuple[CueKind, str], Clip] = {(CueKind.SPEECH, TEXT): voice(), TONE: earcon("hold-starts")}
TIMELINE = Timeline(
    (
        section(5.1234, "Welcome", MarkKind.SECTION),
        section(7.00011, "Cat stretch"),
        section(6, "A rest", MarkKind.SECTION),
        section(8.3333, "Dehnung für die “Hüfte”"),
        section(9.87654, "Cool-down"),
    )
)
WHOLE = Compiled(TIMELINE, CLIPS)
CHAPTERS = [
    (0, TITLE),
    (TIMELINE.starts[1], "Cat stretch"),
    (TIMELINE.starts[3], "Dehnung für die “Hüfte”"),
    (TIMELINE.starts[4], "Cool-down"),
]


@dataclass(frozen=True, slots=True)
class File:
    """A session in one format."""

    path: Path

    def probe(self) -> dict[str, Any]:
        show = ["-show_chapters", "-show_format", "-show_streams", "-of", "json"]
        done = subprocess.run(["ffprobe", "-v", "error", *show, self.path], capture_output=True, check=True)
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def tags(self) -> dict[str, str]:
        probed = self.probe()
        found = {**probed["streams"][0].get("tags", {}), **probed["format"].get("tags", {})}
        return {name.lower(): value for name, value in found.items()}

    def samples(self, channels: int = 1) -> NDArray[np.int16]:
        """As ffmpeg plays it."""
        wanted = ["-f", "s16le", "-ar", str(RATE), "-ac", str(channels), "-"]
        done = subprocess.run(
            ["ffmpeg", "-v", "error", "-i", self.path, "-map", "0:a", *wanted],
            capture_output=True,
            check=True,
        )
        return np.frombuffer(done.stdout, "<i2")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], File]:
    """Each format once, in whatever order they are asked for."""
    folder = tmp_path_factory.mktemp("formats")

    @cache
    def write(ending: str) -> File:
        export(WHOLE, folder / f"session{ending}", Options(TITLE))
        return File(folder / f"session{ending}")

    return write


@pytest.fixture(params=ENDINGS)
def file(request: pytest.FixtureRequest, written: Callable[[str], File]) -> File:
    return written(request.param)


# Chapters


@needs_ffmpeg
def test_ffprobe_finds_a_chapter_for_each_exercise_at_its_announcement(file: File) -> None:
    chapters = file.probe()["chapters"]

    assert [title for _, title in CHAPTERS] == [chapter["tags"]["title"] for chapter in chapters]
    for (start, _), chapter in zip(CHAPTERS, chapters, strict=True):
        assert abs(start / RATE - float(chapter["start_time"])) <= MILLISECOND


@needs_mpv
def test_mpv_shows_them(file: File) -> None:
    told = "--term-playing-msg=chapters ${chapter-list}"
    done = subprocess.run(
        ["mpv", "--no-config", "--vo=null", "--ao=null", "--length=0.1", told, file.path],
        capture_output=True,
        check=True,
        timeout=30,
    )

    listed = done.stdout.decode(errors="replace").partition("chapters ")[2]
    assert [title for _, title in CHAPTERS] == re.findall(r"\(\d+\) (.+)", listed)


def test_mutagen_finds_the_chapters_of_an_mp3_in_order(tmp_path: Path) -> None:
    export(WHOLE, tmp_path / "a.mp3", Options(TITLE))

    tag = ID3(tmp_path / "a.mp3")
    (contents,) = tag.getall("CTOC")
    chapters = [tag[f"CHAP:{name}"] for name in contents.child_element_ids]
    assert [title for _, title in CHAPTERS] == [chapter.sub_frames["TIT2"].text[0] for chapter in chapters]
    assert [round(start * 1000 / RATE) for start, _ in CHAPTERS] == [
        chapter.start_time for chapter in chapters
    ]
    assert [chapter.start_time for chapter in chapters[1:]] == [chapter.end_time for chapter in chapters[:-1]]


def test_mutagen_finds_the_chapters_of_an_m4b(tmp_path: Path) -> None:
    export(WHOLE, tmp_path / "a.m4b", Options(TITLE))

    chapters = mutagen.File(tmp_path / "a.m4b").chapters

    assert [title for _, title in CHAPTERS] == [chapter.title for chapter in chapters]
    for (start, _), chapter in zip(CHAPTERS, chapters, strict=True):
        assert abs(start / RATE - chapter.start) <= MILLISECOND


@pytest.mark.parametrize("ending", [".flac", ".opus"])
def test_mutagen_finds_chapters_as_comments(tmp_path: Path, ending: str) -> None:
    export(WHOLE, tmp_path / f"a{ending}", Options(TITLE))

    tags = mutagen.File(tmp_path / f"a{ending}").tags

    assert tags["CHAPTER001"] == ["00:00:00.000"]
    assert tags["CHAPTER003"] == ["00:00:18.124"]
    assert tags["CHAPTER003NAME"] == ["Dehnung für die “Hüfte”"]


def test_a_wav_has_cue_points_with_all_names_before_all_lengths(tmp_path: Path) -> None:
    export(WHOLE, tmp_path / "a.wav", Options(TITLE))

    content = (tmp_path / "a.wav").read_bytes()

    points = content[content.rindex(b"cue ") :]
    starts = [struct.unpack_from("<I", points, 12 + 24 * number + 20)[0] for number in range(len(CHAPTERS))]
    assert [start for start, _ in CHAPTERS] == starts
    assert content.rindex(b"labl") < content.index(b"ltxt", content.rindex(b"adtl"))


def test_a_session_without_exercises_is_one_chapter(tmp_path: Path) -> None:
    export(Compiled(Timeline(TIMELINE.sections[:1]), CLIPS), tmp_path / "a.mp3", Options(TITLE))

    assert [chapter.sub_frames["TIT2"].text[0] for chapter in ID3(tmp_path / "a.mp3").getall("CHAP")] == [
        TITLE
    ]


# Tags and words


@needs_ffmpeg
def test_ffprobe_finds_names_and_no_date(file: File) -> None:
    tags = file.tags()

    assert (tags["title"], tags["artist"], tags["album"]) == (TITLE, "Cuemat", "Cuemat")
    assert not {"date", "creation_time", "encoded_by"} & tags.keys()
    assert tags.get("encoder") in {None, "LAME3.100"}


def test_mutagen_finds_the_title_and_the_words(file: File) -> None:
    whole = mutagen.File(file.path)
    tags = whole.tags
    match file.path.suffix:
        case ".mp3" | ".wav":
            title, words = tags["TIT2"].text[0], tags["USLT::eng"].text
        case ".m4a" | ".m4b":
            title, words = tags["\xa9nam"][0], tags["\xa9lyr"][0]
        case _:
            title, words = tags["TITLE"][0], tags["LYRICS"][0]

    assert title == TITLE
    assert words.count(TEXT) == len(TIMELINE.sections)


@pytest.mark.parametrize("ending", [".mp3", ".wav"])
def test_words_have_times(tmp_path: Path, ending: str) -> None:
    export(WHOLE, tmp_path / f"a{ending}", Options(TITLE))

    tags = ID3(tmp_path / "a.mp3") if ending == ".mp3" else WAVE(tmp_path / "a.wav").tags
    assert tags
    (timed,) = tags.getall("SYLT")

    starts = [round((start + RATE // 2) * 1000 / RATE) for start in TIMELINE.starts]
    assert [(TEXT, start) for start in starts] == timed.text
    assert (timed.format, timed.type, timed.lang) == (2, 1, "eng")


def test_the_same_session_gives_the_same_bytes(file: File) -> None:
    again = file.path.with_stem("again")
    export(WHOLE, again, Options(TITLE))

    assert file.path.read_bytes() == again.read_bytes()


def test_a_tag_says_what_it_was_made_from(file: File) -> None:
    first = TIMELINE.sections[0]
    other = replace(first, cues=(replace(first.cues[0], content="Breathe out, and stay."), *first.cues[1:]))
    clips = {**CLIPS, (CueKind.SPEECH, "Breathe out, and stay."): CLIPS[CueKind.SPEECH, TEXT]}
    changed = file.path.with_stem("changed")

    export(Compiled(Timeline((other, *TIMELINE.sections[1:])), clips), changed, Options(TITLE))

    assert content_in(file.path)
    assert content_in(changed)
    assert content_in(file.path) != content_in(changed)


def test_a_voice_that_sounds_different_makes_other_content(tmp_path: Path) -> None:
    louder = Clip(CLIPS[CueKind.SPEECH, TEXT].samples * np.int16(2), RATE)

    export(WHOLE, tmp_path / "a.wav", Options(TITLE))
    export(Compiled(TIMELINE, {**CLIPS, (CueKind.SPEECH, TEXT): louder}), tmp_path / "b.wav", Options(TITLE))

    assert content_in(tmp_path / "a.wav") != content_in(tmp_path / "b.wav")


def test_other_music_or_another_level_makes_other_content(tmp_path: Path) -> None:
    soft, loud = (Bed(np.full((RATE, 2), level, np.int16)) for level in (5, 500))
    beds = [None, soft, loud, Bed(loud.loop, level=-3)]

    for number, bed in enumerate(beds):
        export(WHOLE, tmp_path / f"{number}.wav", Options(TITLE, bed=bed))

    assert len({content_in(tmp_path / f"{number}.wav") for number in range(len(beds))}) == len(beds)


def test_no_file_and_another_s_file_have_no_content(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "other").write_text("mine")

    assert [content_in(tmp_path / name) for name in ("none", "empty", "other")] == [None, None, None]


def test_a_tag_is_found_wherever_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tag = "cuemat-content-" + "0123456789abcdef" * 2
    monkeypatch.setattr(contents, "PIECE", 50)
    for place in range(120):
        (tmp_path / str(place)).write_bytes(b"\0" * place + tag.encode() + b"\0" * 30)

    assert {content_in(tmp_path / str(place)) for place in range(120)} == {tag}


# Sound


@needs_ffmpeg
@pytest.mark.parametrize("quality", Quality)
@pytest.mark.parametrize("ending", LOSSY)
def test_a_lossy_file_plays_as_long_and_its_tones_stand_where_they_should(
    tmp_path: Path, ending: str, quality: Quality
) -> None:
    export(WHOLE, tmp_path / f"a{ending}", Options(TITLE, quality=quality))

    samples = File(tmp_path / f"a{ending}").samples()

    tones = hear(samples, CLIPS[TONE].samples, 0.8)
    assert 0 <= len(samples) - TIMELINE.length <= 0.050 * RATE
    assert len(tones) == len(TIMELINE.sections)
    for start, tone in zip(TIMELINE.starts, tones, strict=True):
        assert abs(start + 3 * RATE - tone) <= 0.030 * RATE


@needs_ffmpeg
@pytest.mark.parametrize("ending", ENDINGS)
def test_with_music_it_is_stereo_and_as_long(tmp_path: Path, ending: str) -> None:
    noise = np.random.default_rng(6).integers(-1_500, 1_500, (RATE, 2)).astype(np.int16)
    noise[:, 1] = 0

    export(WHOLE, tmp_path / f"a{ending}", Options(TITLE, bed=Bed(noise)))

    samples = File(tmp_path / f"a{ending}").samples(channels=2).reshape(-1, 2)
    assert 0 <= len(samples) - TIMELINE.length <= 0.050 * RATE
    assert File(tmp_path / f"a{ending}").probe()["streams"][0]["channels"] == 2
    left, right = (float(np.std(samples[:, side])) for side in (0, 1))
    assert left > right > 0


@needs_ffmpeg
def test_an_mp3_has_neither_a_gap_before_nor_behind(tmp_path: Path) -> None:
    export(WHOLE, tmp_path / "a.mp3")

    samples = File(tmp_path / "a.mp3").samples()

    assert len(samples) == TIMELINE.length
    assert abs(hear(samples, CLIPS[TONE].samples, 0.8)[0] - 3 * RATE) <= 2


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("frames", [0, 1, 100])
def test_a_session_of_hardly_anything_can_be_written(tmp_path: Path, ending: str, frames: int) -> None:
    phase = Phase(Frames(0), Frames(frames), PhaseKind.TALK, Activity())
    tiny = Section(Frames(frames), (), (phase,), Mark(Frames(0), "talk", MarkKind.SECTION))

    export(Compiled(Timeline((tiny,)), {}), tmp_path / f"a{ending}")

    assert content_in(tmp_path / f"a{ending}")


def test_more_quality_takes_more_room(tmp_path: Path) -> None:
    for ending in LOSSY:
        for quality in Quality:
            export(WHOLE, tmp_path / f"{quality}{ending}", Options(quality=quality))

        speech, music = (tmp_path / f"{quality}{ending}" for quality in ("speech", "music"))
        assert speech.stat().st_size < music.stat().st_size


# The cover


def cover_in(path: Path) -> bytes:
    """The picture that a player shows."""
    tags = mutagen.File(path).tags
    match path.suffix:
        case ".mp3":
            return bytes(tags["APIC:"].data)
        case ".m4a" | ".m4b":
            return bytes(tags["covr"][0])
        case ".flac":
            return bytes(mutagen.File(path).pictures[0].data)
        case _:
            return bytes(Picture(base64.b64decode(tags["METADATA_BLOCK_PICTURE"][0])).data)


@pytest.mark.parametrize("ending", WITH_COVER)
def test_the_cover_is_in_every_format_that_has_a_place_for_it(tmp_path: Path, ending: str) -> None:
    export(WHOLE, tmp_path / f"a{ending}", Options(TITLE))

    assert cover_in(tmp_path / f"a{ending}") == draw_cover(TITLE, TIMELINE)


def test_a_wav_draws_none(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from player.export import export; "
        "from player.compiler import Compiled; from player.timeline import Timeline; "
        "export(Compiled(Timeline(()), {}), Path(sys.argv[1])); "
        "sys.exit(bool({'PIL', 'av', 'lameenc', 'soundfile', 'mutagen'} & set(sys.modules)))"
    )

    assert subprocess.run([sys.executable, "-c", code, tmp_path / "a.wav"], check=False).returncode == 0


def test_the_cover_s_strip_shows_the_phases_in_their_order() -> None:
    picture = Image.open(BytesIO(draw_cover("Two", Timeline(TIMELINE.sections[1:3])))).convert("RGB")
    row = [picture.getpixel((column, 500)) for column in range(picture.width)]

    colours = [colour for colour, before in zip(row, [None, *row], strict=False) if colour != before]
    wanted = [fill_of(PhaseKind.GET_READY), fill_of(PhaseKind.HOLD)] * 2
    assert [tuple(bytes.fromhex(colour[1:])) for colour in wanted] == colours


@pytest.mark.parametrize(
    "title", ["A", "Morning stretch", "A long title of many words that will not fit at all", "Wort" * 30, ""]
)
def test_the_cover_s_letters_stay_inside_and_can_be_read_small(title: str) -> None:
    picture = Image.open(BytesIO(draw_cover(title, TIMELINE))).convert("L")
    small = np.asarray(picture.resize((200, 200)), np.int16)

    assert picture.size == (600, 600)
    assert np.ptp(np.asarray(picture)[:, :30][:420]) == 0
    assert np.ptp(np.asarray(picture)[:, -30:][:420]) == 0
    assert not title or np.ptp(small[14:110]) > 100


# What is missing


@pytest.mark.parametrize("ending", [".m4a", ".m4b", ".opus"])
def test_without_the_extra_one_line_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    monkeypatch.setattr(formats, "find_spec", lambda _name: None)

    with pytest.raises(
        UserError, match=r"^\.\w+ files need PyAV; run pip install 'cuemat\[m4b\]'$"
    ) as caught:
        check_target(tmp_path / f"a{ending}", force=False)

    assert caught.value.exit_code == 2


def test_the_format_can_be_said(tmp_path: Path) -> None:
    export(WHOLE, tmp_path / "session", Options(form="mp3"))

    assert (tmp_path / "session").read_bytes()[:3] == b"ID3"


def test_a_name_and_a_format_that_contradict_each_other_are_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"session\.mp3 and --format flac contradict"):
        check_target(tmp_path / "session.mp3", Options(form="flac"), force=False)


def test_an_unknown_format_is_told_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"unknown format 'mp4'; there are: wav, flac, mp3, m4a, m4b, opus$"):
        check_target(tmp_path / "a.wav", Options(form="mp4"), force=False)
