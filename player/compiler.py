"""From a session to its timeline and clips: plan, speak, lay out, section by section.

The one way to a timeline for every command and, section by section, for whatever plays. A section can be
asked for in any order, because its layout depends on nothing outside it; asking for one speaks only what it
needs. The voice is the slow part, so a whole session is spoken as one batch before it is laid out.
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
    from player.sound.clip import Clip
    from player.timeline import Activity, Cue, PhaseKind, Section


class Speaks(Protocol):
    """What the compiler needs of a speaker."""

    def clip(self, text: str) -> Clip:
        """The finished clip for a text."""

    def at_hand(self, text: str) -> Clip | None:
        """The same, if it has been spoken before; the voice is not asked."""

    def prepare(self, texts: Iterable[str], progress: Callable[[int, int], None] | None = None) -> None:
        """Have the clips of many texts ready."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A session ready to be rendered."""

    timeline: Timeline
    clips: Mapping[tuple[CueKind, str], Clip]
    """The clip of every cue, by its kind and content."""


class Compiler:
    """Makes the sections of one session, in any order.

    Args:
        session: What to do.
        choices: The listener's.
        speaker: Makes clips of texts; used by one thread at a time.
        load_sound: The clip of a sound, by its name; called once for each.
    """

    def __init__(
        self, session: Session, choices: Choices, speaker: Speaks, load_sound: Callable[[str], Clip]
    ) -> None:
        self._wording = wording_for(session.language)
        self.outlines: tuple[Outline, ...] = plan(session, choices, self._wording)
        self._speaker = speaker
        self._load_sound = load_sound
        self._sounds: dict[str, Clip] = {}
        self._sections: dict[int, Section] = {}

    def section(self, index: int) -> Section:
        """The section at `index`, spoken and laid out.

        Raises:
            SpeechError: No voice can speak it.
            SoundError: A sound cannot be read.
        """
        if index not in self._sections:
            self._sections[index] = self.lay_out(self.outlines[index])
        return self._sections[index]

    def lay_out(self, outline: Outline) -> Section:
        """Any outline, spoken and laid out: a section, or a remark that is put in; raises as `section`."""
        self._speaker.prepare(outline.texts())
        speech = {text: Frames(len(self._speaker.clip(text))) for text in outline.texts()}
        return lay_out(outline, Lengths(speech, self._lengths_of_sounds(outline), RATE))

    def lacks_words(self, outline: Outline) -> bool:
        """Some of it would have to be spoken first."""
        return any(self._speaker.at_hand(text) is None for text in outline.texts())

    def without_voice(self, index: int) -> Section:
        """The section as far as it has been spoken: every other word is silence, as long as it might take.

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
        """How long each section will be, without a voice."""
        return tuple(section.length for section in estimate(self.outlines, RATE).sections)

    def lead_in(self, section: int, kind: PhaseKind) -> Outline:
        """What is said when a pause in a phase of this kind ends."""
        return remarks.lead_in(self.outlines[section], kind, self._wording)

    def whereabouts(self, section: int, activity: Activity, seconds_left: float) -> Outline:
        """Where the listener is, and how much is left."""
        return remarks.whereabouts(self.outlines[section], activity, seconds_left, self._wording)

    def again(self, section: int) -> Outline:
        """The instruction of a section, for a listener who missed it."""
        return remarks.again(self.outlines[section], self._wording)

    def sound(self, name: str) -> Clip:
        """The clip of an earcon, a tick or a sound of the script."""
        if name not in self._sounds:
            self._sounds[name] = self._load_sound(name)
        return self._sounds[name]

    def load_sounds(self) -> None:
        """Have every sound of the session in memory: what happens to its file then does not matter.

        Raises:
            SoundError: One cannot be read.
        """
        for outline in self.outlines:
            self._lengths_of_sounds(outline)

    def clips(self, section: Section) -> dict[tuple[CueKind, str], Clip]:
        """The clip of each of the section's cues; silence for words that it lacks."""
        return {(cue.kind, cue.content): self._clip(cue) for cue in section.cues}

    def compile(self, progress: Callable[[int, int], None] | None = None) -> Compiled:
        """The whole session.

        Args:
            progress: Called with how many texts are spoken, and how many there are.

        Raises:
            SpeechError: No voice can speak it.
            SoundError: A sound cannot be read.
        """
        texts = dict.fromkeys(text for outline in self.outlines for text in outline.texts())
        self._speaker.prepare(texts, progress)
        sections = tuple(self.section(index) for index in range(len(self.outlines)))
        clips: dict[tuple[CueKind, str], Clip] = {}
        for section in sections:
            clips |= self.clips(section)
        return Compiled(Timeline(sections, RATE), clips)

    def _clip(self, cue: Cue) -> Clip:
        if cue.kind is not CueKind.SPEECH:
            return self.sound(cue.content)
        clip = self._speaker.at_hand(cue.content)
        return silence(cue.length, RATE) if clip is None else clip

    def _lengths_of_sounds(self, outline: Outline) -> dict[str, Frames]:
        return {name: Frames(len(self.sound(name))) for name in outline.sounds()}
