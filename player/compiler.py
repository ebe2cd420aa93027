"""From a session to its timeline and clips: plan, speak, lay out, section by section.

This is the one way to a timeline for every command and, section by section, for the engine. Sections can be
compiled in any order, because the layout of each depends on nothing outside it; compiling one speaks only its
own words. The voice is the slow part, so a whole session is spoken as one batch before it is laid out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from player.layout import Lengths, estimate, lay_out, plan, remarks
from player.sound.clip import silence
from player.timeline import RATE, CueKind, Frames, Timeline
from player.wording import wording_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from player.layout import Outline
    from player.session import Choices, Session
    from player.sound.clip import AnyClip, Clip
    from player.timeline import Activity, Cue, PhaseKind, Section


class Speaks(Protocol):
    """What the compiler needs from a speaker."""

    def clip(self, text: str) -> AnyClip:
        """The finished clip of a text."""

    def at_hand(self, text: str) -> AnyClip | None:
        """The same if it was spoken before; otherwise None, without asking the voice."""

    def prepare(self, texts: Iterable[str], progress: Callable[[int, int], None] | None = None) -> None:
        """Make the clips of many texts."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A session ready to be rendered."""

    timeline: Timeline
    clips: Mapping[tuple[CueKind, str], AnyClip]
    """The clip of every cue, by its kind and content."""


class Compiler:
    """Makes the sections of one session, in any order.

    Args:
        session: The session.
        choices: The listener's choices.
        speaker: Makes clips of texts; used by one thread at a time.
        load_sound: Returns the clip of a sound by name; called once for each.
    """

    def __init__(
        self, session: Session, choices: Choices, speaker: Speaks, load_sound: Callable[[str], Clip]
    ) -> None:
        self._wording = wording_for(session.language)
        self.outlines: tuple[Outline, ...] = plan(session, choices, self._wording)
        self._speaker = speaker
        self._load_sound = load_sound
        self._sounds: dict[str, Clip] = {}

    def section(self, index: int) -> Section:
        """The section at `index`, spoken and laid out.

        Raises:
            SpeechError: No voice can speak it.
            SoundError: A sound cannot be read.
        """
        return self.lay_out(self.outlines[index])

    def lay_out(self, outline: Outline) -> Section:
        """Speak and lay out any outline, a section or a remark; raises like `section`."""
        self._speaker.prepare(outline.texts())
        return self._lay_out_spoken(outline)

    def _lay_out_spoken(self, outline: Outline) -> Section:
        speech = {text: Frames(len(self._speaker.clip(text))) for text in outline.texts()}
        return lay_out(outline, Lengths(speech, self._lengths_of_sounds(outline), RATE))

    def lacks_words(self, outline: Outline) -> bool:
        """Whether some of it still has to be spoken."""
        return any(self._speaker.at_hand(text) is None for text in outline.texts())

    def without_voice(self, index: int) -> Section:
        """The section with the words spoken so far; other words are silence of the estimated length.

        Raises:
            SoundError: A sound cannot be read.
        """
        outline = self.outlines[index]
        speech: dict[str, Frames] = {}
        for text in outline.texts():
            clip = self._speaker.at_hand(text)
            guess = round(self._wording.seconds_to_say(text) * RATE)
            speech[text] = Frames(guess if clip is None else len(clip))
        return lay_out(outline, Lengths(speech, self._lengths_of_sounds(outline), RATE))

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
        return remarks.again(self.outlines[section], self._wording)

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

    def clips(self, section: Section) -> dict[tuple[CueKind, str], AnyClip]:
        """The clip of each of the section's cues; silence for missing words."""
        return {(cue.kind, cue.content): self._clip(cue) for cue in section.cues}

    def compile(self, progress: Callable[[int, int], None] | None = None) -> Compiled:
        """Compile the whole session.

        Args:
            progress: Called with the number of spoken texts and of all texts.

        Raises:
            SpeechError: No voice can speak it.
            SoundError: A sound cannot be read.
        """
        texts = dict.fromkeys(text for outline in self.outlines for text in outline.texts())
        self._speaker.prepare(texts, progress)
        sections = tuple(map(self._lay_out_spoken, self.outlines))
        clips = {
            (cue.kind, cue.content): (
                self._speaker.clip(cue.content) if cue.kind is CueKind.SPEECH else self.sound(cue.content)
            )
            for section in sections
            for cue in section.cues
        }
        return Compiled(Timeline(sections, RATE), clips)

    def _clip(self, cue: Cue) -> AnyClip:
        if cue.kind is not CueKind.SPEECH:
            return self.sound(cue.content)
        clip = self._speaker.at_hand(cue.content)
        return silence(cue.length, RATE) if clip is None else clip

    def _lengths_of_sounds(self, outline: Outline) -> dict[str, Frames]:
        return {name: Frames(len(self.sound(name))) for name in outline.sounds()}
