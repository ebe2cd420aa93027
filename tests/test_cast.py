"""Who speaks when the chosen voice cannot: one voice a section, and nobody hears a change in the middle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from player.compiler import Compiler
from player.errors import SpeechError, UnspokenError
from player.library import Library
from player.render import Renderer
from player.session import Choices
from player.sound.load import load
from player.speech.cache import ClipCache
from player.speech.cast import Cast
from player.speech.speaker import Speaker
from player.testing.fake_voice import FakeVoice
from player.timeline import RATE, CueKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from player.layout import Outline
    from player.speech.voice import RawSpeech

FAILED = (
    "the chosen voice failed (`cuemat doctor` says more); en-us speaks instead, to the end of the session"
)
"""What is told of a voice that failed."""
SCRIPT = """\
title: Three talks
steps:
  - say: One. Two.
  - say: Three. Four.
  - say: Five. One.
"""


class Lead(FakeVoice):
    """Fails at some texts, as a voice or as its texts' fault."""

    def __init__(self, error: type[SpeechError], at: Iterable[str]) -> None:
        super().__init__(name="lead")
        self.error, self.at, self.closed = error, set(at), 0

    def speak(self, text: str) -> RawSpeech:
        if text in self.at:
            self.spoken.append(text)
            raise self.error(text)
        return super().speak(text)

    def close(self) -> None:
        self.closed += 1


class Session:
    """A session of three talks, with a lead that fails and a voice that stands in."""

    def __init__(self, folder: Path, error: type[SpeechError], *at: str, alone: bool = False) -> None:
        script = folder / "talks.yaml"
        script.write_text(SCRIPT, encoding="utf-8")
        loaded = Library.found().load(str(script))
        self.lead, self.other = Lead(error, at), FakeVoice(name="other")
        self.cast = Cast(Speaker(self.lead, gain=0.0), None if alone else self._stand_in, "en-us")
        sounds = loaded.library
        self.compiler = Compiler(
            loaded.session, Choices(), self.cast, lambda name: load(sounds.sound(name), RATE)
        )
        self.talks = [index for index, outline in enumerate(self.compiler.outlines) if is_talk(outline)]

    def _stand_in(self) -> Speaker:
        return Speaker(self.other, gain=0.0)

    def voices(self) -> list[set[str]]:
        """Who speaks each talk, in play order."""
        sections = [self.compiler.section(index).section for index in self.talks]
        return [{cue.voice for cue in section.cues if cue.kind is CueKind.SPEECH} for section in sections]


def is_talk(outline: Outline) -> bool:
    return bool({"One.", "Three.", "Five."} & set(outline.texts()))


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Session]:
    return lambda error, *at, alone=False: Session(tmp_path, error, *at, alone=alone)


def test_a_text_that_the_voice_cannot_say_gives_its_whole_section_to_the_other(
    make: Callable[..., Session],
) -> None:
    session = make(UnspokenError, "Four.")

    assert session.voices() == [{""}, {"en-us"}, {""}]
    assert session.other.spoken == ["Three.", "Four."]
    assert session.cast.warning is None


def test_a_voice_that_fails_is_replaced_from_there_to_the_end(make: Callable[..., Session]) -> None:
    session = make(SpeechError, "Four.")

    assert session.voices() == [{""}, {"en-us"}, {"en-us"}]
    assert session.lead.spoken == ["One.", "Two.", "Three.", "Four."], "and it is not asked again"
    assert session.cast.warning == (FAILED)
    assert session.lead.closed


def test_what_was_spoken_before_stays_as_it_was(make: Callable[..., Session]) -> None:
    session = make(SpeechError, "Four.")
    session.voices()

    assert session.voices() == [{""}, {"en-us"}, {"en-us"}]


def test_a_remark_has_the_voice_of_its_section(make: Callable[..., Session]) -> None:
    session = make(UnspokenError, "Four.")
    session.voices()
    voices = [
        {cue.voice for cue in session.compiler.lay_out(session.compiler.again(index), index).section.cues}
        for index in session.talks
    ]

    assert voices == [{""}, {"en-us"}, {""}]


@pytest.mark.parametrize(
    ("error", "note"),
    [
        (UnspokenError, "en-us speaks this exercise; the chosen voice cannot say all of it"),
        (
            SpeechError,
            FAILED,
        ),
    ],
)
def test_the_listener_is_told_in_a_line(
    make: Callable[..., Session], error: type[SpeechError], note: str
) -> None:
    session = make(error, "Four.")
    notes = [session.compiler.section(index).note for index in session.talks]

    assert notes[:2] == [None, note]


@pytest.mark.parametrize("error", [UnspokenError, SpeechError])
def test_a_file_has_the_same_voices_and_each_words_own_clip(
    make: Callable[..., Session], error: type[SpeechError]
) -> None:
    session = make(error, "Four.")
    compiled = session.compiler.compile()
    spoken = {(cue.content, cue.voice) for cue in compiled.timeline.cues if cue.kind is CueKind.SPEECH}
    sound = Renderer(compiled.timeline, compiled.clips)

    assert {("One.", ""), ("Two.", ""), ("Three.", "en-us"), ("Four.", "en-us")} <= spoken
    assert (("One.", "en-us") in spoken) == (error is SpeechError), "it is said twice, by two voices"
    for cue in compiled.timeline.cues:
        expected = compiled.clips[cue.key].samples
        assert np.array_equal(sound.read(cue.start, cue.length), expected), cue


def test_without_another_voice_the_error_is_what_it_was(make: Callable[..., Session]) -> None:
    session = make(SpeechError, "Four.", alone=True)

    with pytest.raises(SpeechError, match=r"Four\."):
        session.compiler.compile()
    with pytest.raises(SpeechError, match=r"Four\."):
        session.voices()


def test_both_voices_rest_together(make: Callable[..., Session]) -> None:
    session = make(UnspokenError, "Four.")
    session.voices()
    session.compiler.rest()

    assert session.lead.closed


def test_a_session_that_is_in_the_cache_needs_neither(tmp_path: Path) -> None:
    first = Speaker(FakeVoice(name="lead"), ClipCache(tmp_path / "cache"), gain=0.0)
    first.prepare(["One.", "Two."])
    broken = Lead(SpeechError, ["One.", "Two."])
    cast = Cast(Speaker(broken, ClipCache(tmp_path / "cache"), gain=0.0), None)

    assert cast.ready(["One.", "Two."]) is not None
    assert cast.assign(["One.", "Two."]) is cast.present
    assert not broken.spoken
