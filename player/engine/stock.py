"""What can be played: sections spoken and laid out ahead, and the few next ones held in memory.

The voice is slow and the disk may be, so neither is touched when a block is pulled. One thread works through
jobs, the most urgent first: what is put in now, the sections around the listener, then the rest in play
order. A skip makes its target the next job. Only clips of nearby sections are kept in memory, so that an
hour's session costs no more than a short one.

Somebody on the floor needs the sounds and the times more than the words: a section that the voice fails at is
played without them, and made anew as soon as the voice is back, unless it plays by then.
"""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import Future
from typing import TYPE_CHECKING, Protocol

import numpy as np

from player.engine.tape import Loaded
from player.errors import SpeechError
from player.render import Renderer, music_gain
from player.sound.clip import Clip
from player.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from player.layout import Outline
    from player.timeline import Activity, CueKind, Frames, PhaseKind, Section

_log = logging.getLogger(__name__)

IDLE = 1.0
"""Seconds after which an idle thread looks again whether it is still needed."""
BEHIND, AHEAD = 1, 3
"""Sections around the listener that are held in memory."""
VOICE_RESTS, VOICE_RESTS_AT_MOST = 10.0, 300.0
"""Seconds after which a voice that failed is asked again; each time twice as many, because it may hang."""


class Compiles(Protocol):
    """What the stock needs of a compiler."""

    @property
    def outlines(self) -> tuple[Outline, ...]:
        """The sections as planned."""

    def section(self, index: int) -> Section:
        """A section, spoken and laid out."""

    def lacks_words(self, index: int) -> bool:
        """Not all of the section has been spoken before."""

    def without_voice(self, index: int) -> Section:
        """A section with silence instead of the words that it lacks."""

    def laid_out(self, outline: Outline) -> Section:
        """Any outline, spoken and laid out."""

    def clips(self, section: Section) -> Mapping[tuple[CueKind, str], Clip]:
        """The clips of its cues."""

    def estimates(self) -> tuple[Frames, ...]:
        """How long each section will be."""

    def lead_in(self, section: int, kind: PhaseKind) -> Outline:
        """What is said when a pause in a phase of this kind ends."""

    def whereabouts(self, section: int, activity: Activity, seconds_left: float) -> Outline:
        """Where the listener is."""

    def again(self, section: int) -> Outline:
        """The instruction of a section."""


class Stock:
    """Sections and remarks, made ready on one thread.

    Args:
        compiler: Used by that thread alone, except for its outlines.
        rate: Frames per second.
        clock: Seconds that never run backwards.
    """

    def __init__(self, compiler: Compiles, rate: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.outlines = compiler.outlines
        self.estimates = compiler.estimates()
        self.lead_in, self.whereabouts, self.again = compiler.lead_in, compiler.whereabouts, compiler.again
        self.rate = rate
        self.sections: dict[int, Section] = {}
        """Laid out so far; never taken back."""
        self.shelf: dict[int, Loaded] = {}
        """What can be played now."""
        self.remade: dict[int, Loaded] = {}
        """Sections that have their words now; for whoever knows that they do not play."""
        self.wordless: dict[int, str] = {}
        """Sections without their words, and why."""
        self.error: BaseException | None = None
        """What ended the work before everything was ready."""
        self._compiler, self._clock = compiler, clock
        self._ask_voice_at, self._rest, self._failure = clock(), VOICE_RESTS, ""
        self._wanted = 0
        self._remarks: list[tuple[Outline, Future[Loaded]]] = []
        self._changed = threading.Condition()
        self._closed = False

    def want(self, section: int) -> None:
        """The listener is here: this section is the next job, then the ones behind it."""
        with self._changed:
            if section != self._wanted:
                self._wanted = section
                self._changed.notify()

    def take_in(self, index: int) -> None:
        """A section gets its words: what was remade takes its place."""
        loaded = self.remade.pop(index)
        self.shelf[index], self.sections[index] = loaded, loaded.section
        self.wordless.pop(index, None)

    def remark(self, outline: Outline) -> Future[Loaded]:
        """Something to be put in: made ready before all else."""
        future: Future[Loaded] = Future()
        with self._changed:
            self._remarks.append((outline, future))
            self._changed.notify()
        return future

    def run(self) -> None:
        """Work until closed; to be run on a thread of its own."""
        while not self._closed:
            try:
                worked = self.work()
            except Exception as error:  # noqa: BLE001  told by the engine's snapshot, on the screen
                self.error = error
                worked = False
            with self._changed:
                if not worked and not self._remarks:
                    self._changed.wait(timeout=IDLE)

    def close(self) -> None:
        """End the work after the present job."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def work(self) -> bool:
        """Do the most urgent job; False if there is none.

        Raises:
            SoundError: A sound cannot be read.
        """
        with self._changed:
            remark = self._remarks.pop(0) if self._remarks else None
            wanted = self._wanted
        if remark:
            self._make(*remark)
            return True
        last = len(self.outlines) - 1
        near = range(max(0, wanted - BEHIND), min(last, wanted + AHEAD) + 1)
        for far in [index for index in self.shelf if index not in near]:
            self._unload(far)
        for index in sorted(near, key=lambda index: (index < wanted, index)):
            if index not in self.shelf:
                self._load(index)
                return True
        return self._speak_ahead(wanted)

    def _speak_ahead(self, wanted: int) -> bool:
        """Speak what lacks words nearby, then what has not been laid out anywhere."""
        if self._clock() < self._ask_voice_at:
            return False
        lacking = [index for index in list(self.wordless) if index not in self.remade]
        missing = [index for index in range(len(self.outlines)) if index not in self.sections]
        if not lacking and not missing:
            return False
        index = lacking[0] if lacking else next((index for index in missing if index >= wanted), missing[0])
        try:
            section = self._compiler.section(index)
        except SpeechError as error:
            self._let_voice_rest(error)
            return False
        self._rest = VOICE_RESTS
        if lacking:
            self.remade[index] = self._loaded(section)
        else:
            self.sections[index] = section
        return True

    def _unload(self, index: int) -> None:
        del self.shelf[index]
        self.wordless.pop(index, None)
        self.remade.pop(index, None)

    def _load(self, index: int) -> None:
        section = self.sections[index] = self._section(index)
        self.shelf[index] = self._loaded(section)

    def _section(self, index: int) -> Section:
        """With its words, if that is possible now."""
        if self._clock() >= self._ask_voice_at or not self._compiler.lacks_words(index):
            try:
                return self._compiler.section(index)
            except SpeechError as error:
                self._let_voice_rest(error)
        self.wordless[index] = self._failure
        return self._compiler.without_voice(index)

    def _let_voice_rest(self, error: SpeechError) -> None:
        _log.warning("words are missing: %s", error)
        self._failure = f"{error}; sounds and text go on"
        self._ask_voice_at = self._clock() + self._rest
        self._rest = min(2 * self._rest, VOICE_RESTS_AT_MOST)

    def _make(self, outline: Outline, future: Future[Loaded]) -> None:
        try:
            future.set_result(self._loaded(self._compiler.laid_out(outline)))
        except Exception as error:  # noqa: BLE001  whoever waits for the remark gets it
            future.set_exception(error)

    def _loaded(self, section: Section) -> Loaded:
        clips = {
            what: Clip(np.array(clip.samples), clip.rate)
            for what, clip in self._compiler.clips(section).items()
        }
        first, last = (self.sections.get(index) is section for index in (0, len(self.outlines) - 1))
        music = music_gain(section, self.rate, first=first, last=last)
        return Loaded(section, Renderer(Timeline((section,), self.rate), clips), music)
