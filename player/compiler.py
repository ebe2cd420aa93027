"""From a session to its timeline and clips: plan, speak, lay out, section by section.

This is the one way to a timeline for every command and, section by section, for the engine. Sections can be
compiled in any order, because the layout of each depends on nothing outside it; compiling one speaks only its
own words. The voice is the slow part, so a whole session is spoken as one batch before it is laid out.
"""

from __future__ import annotations

from collections import ChainMap
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from player.layout import Lengths, estimate, lay_out, plan, remarks
from player.sound.clip import silence
from player.timeline import RATE, CueKind, Frames, Timeline
from player.wording import wording_for

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from player.layout import Outline
    from player.session import Choices, Session
    from player.sound.clip import AnyClip, Clip
    from player.speech.cast import Cast
    from player.speech.speaker import Speaker
    from player.timeline import Activity, PhaseKind, Section


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A section or a remark, and what is needed to render it."""

    section: Section
    clips: Mapping[tuple[CueKind, str], AnyClip]
    """The clip of each cue, by the cue's key."""
    note: str | None = None
    """A line for the listener about who speaks; None if it is the chosen voice."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A session ready to be rendered."""

    timeline: Timeline
    clips: Mapping[tuple[CueKind, str], AnyClip]
    """The clip of every cue, by the cue's key."""


class Compiler:
    """Makes the sections of one session, in any order.

    Args:
        session: The session.
        choices: The listener's choices.
        cast: Makes clips of texts; used by one thread at a time.
        load_sound: Returns the clip of a sound by name; called once for each.
    """

    def __init__(
        self, session: Session, choices: Choices, cast: Cast, load_sound: Callable[[str], Clip]
    ) -> None:
        self._wording, self._has_keys = wording_for(session.language), choices.live
        self.outlines: tuple[Outline, ...] = plan(session, choices, self._wording)
        self._cast = cast
        self._speakers: dict[int, Speaker] = {}
        """Who speaks each section."""
        self._load_sound = load_sound
        self._sounds: dict[str, Clip] = {}

    def section(self, index: int) -> LaidOut:
        """The section at `index`, spoken and laid out.

        Raises:
            SpeechError: No voice can speak it.
            SoundError: A sound cannot be read.
        """
        outline = self.outlines[index]
        speaker = self._speakers[index] = self._cast.assign(outline.texts())
        return self._lay_out(outline, speaker)

    def lay_out(self, outline: Outline, section: int) -> LaidOut:
        """A remark, spoken by the voice of the section in which it is heard; raises like `section`."""
        speaker = self._cast.assign(outline.texts(), self._speakers.get(section))
        return self._lay_out(outline, speaker)

    def lacks_words(self, outline: Outline) -> bool:
        """Whether some of it still has to be spoken."""
        return self._cast.ready(outline.texts()) is None

    def rest(self) -> None:
        """End the voices' processes until there is more to say."""
        self._cast.rest()

    def without_voice(self, index: int) -> LaidOut:
        """The section with the words spoken so far; other words are silence of the estimated length.

        Raises:
            SoundError: A sound cannot be read.
        """
        outline, speaker = self.outlines[index], self._cast.present
        words: dict[str, AnyClip] = {}
        for text in outline.texts():
            clip = speaker.at_hand(text)
            guess = round(self._wording.seconds_to_say(text) * RATE)
            words[text] = silence(guess, RATE) if clip is None else clip
        return self._lay_out_with(outline, words, speaker)

    def estimates(self) -> tuple[Frames, ...]:
        """The estimated length of each section, without a voice."""
        return tuple(section.length for section in estimate(self.outlines, RATE).sections)

    def lead_in(self, section: int, kind: PhaseKind) -> Outline:
        """The remark after a pause in a phase of this kind."""
        return remarks.lead_in(self.outlines[section], kind, self._wording)

    def whereabouts(self, section: int, activity: Activity, seconds_left: float) -> Outline:
        """The remark that says where the listener is, and how much time is left."""
        return remarks.whereabouts(self.outlines[section], activity, seconds_left, self._wording)

    def again(self, section: int) -> Outline:
        """The remark that repeats the instruction of a section."""
        return remarks.again(self.outlines[section])

    def reminder(self, section: int) -> Outline:
        """The remark for a listener who is waited for at the end of a section."""
        return remarks.reminder(self.outlines[section], self._wording, has_keys=self._has_keys)

    def sound(self, name: str) -> Clip:
        """The clip of an earcon, a tick or a sound of the script."""
        if name not in self._sounds:
            self._sounds[name] = self._load_sound(name)
        return self._sounds[name]

    def load_sounds(self) -> None:
        """Load every sound of the session into memory, so later changes to its file do not matter.

        Raises:
            SoundError: One cannot be read.
        """
        for outline in self.outlines:
            self._lengths_of_sounds(outline)

    def compile(self, progress: Callable[[int, int], None] | None = None) -> Compiled:
        """Compile the whole session.

        Args:
            progress: Called with the number of spoken texts and of all texts.

        Raises:
            SpeechError: No voice can speak it.
            SoundError: A sound cannot be read.
        """
        texts = dict.fromkeys(text for outline in self.outlines for text in outline.texts())
        one = self._cast.all_by_one(texts, progress)
        laid = [
            self._lay_out(outline, one) if one else self.section(index)
            for index, outline in enumerate(self.outlines)
        ]
        sections = tuple(each.section for each in laid)
        return Compiled(Timeline(sections, RATE), dict(ChainMap(*(dict(each.clips) for each in laid))))

    def _lay_out(self, outline: Outline, speaker: Speaker) -> LaidOut:
        words = {text: speaker.clip(text) for text in outline.texts()}
        return self._lay_out_with(outline, words, speaker)

    def _lay_out_with(self, outline: Outline, words: Mapping[str, AnyClip], speaker: Speaker) -> LaidOut:
        voice, note = self._cast.credit(speaker)
        lengths = {text: Frames(len(clip)) for text, clip in words.items()}
        section = lay_out(outline, Lengths(lengths, self._lengths_of_sounds(outline), RATE))
        if voice:
            spoken = (
                replace(cue, voice=voice) if cue.kind is CueKind.SPEECH else cue for cue in section.cues
            )
            section = replace(section, cues=tuple(spoken))
        clips = {
            cue.key: words[cue.content] if cue.kind is CueKind.SPEECH else self.sound(cue.content)
            for cue in section.cues
        }
        return LaidOut(section, clips, note)

    def _lengths_of_sounds(self, outline: Outline) -> dict[str, Frames]:
        return {name: Frames(len(self.sound(name))) for name in outline.sounds()}
