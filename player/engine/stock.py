"""What can be played: sections spoken and laid out ahead, and the few next ones held in memory.

The voice is slow and the disk may be, so neither is touched when a block is pulled. One thread works through
jobs, the most urgent first: what is put in now, the sections around the listener, then the rest in play
order. A skip makes its target the next job. Only clips of nearby sections are held ready.

Somebody on the floor needs the sounds and the times more than the words: a section that the voice fails at is
played without them, and is made again once the voice is back, unless it plays by then. A voice that fails at
two things in a row is left alone for a while; one text that cannot be said takes no other words with it.
"""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import Future
from typing import TYPE_CHECKING, Protocol

import numpy as np

from player.engine.tape import Playable
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
"""Seconds until what failed is tried again, and their limit: they double with each failure, because a voice
may hang."""


class SectionSource(Protocol):
    """What makes sections and remarks; `Compiler` does."""

    @property
    def outlines(self) -> tuple[Outline, ...]:
        """The sections in play order, before they are spoken."""

    def section(self, index: int) -> Section:
        """A section, spoken and laid out; raises `SpeechError`."""

    def lacks_words(self, outline: Outline) -> bool:
        """Not all of it has been spoken before."""

    def without_voice(self, index: int) -> Section:
        """A section with silence instead of the words that it lacks."""

    def lay_out(self, outline: Outline) -> Section:
        """A remark, spoken and laid out; raises `SpeechError`."""

    def clips(self, section: Section) -> Mapping[tuple[CueKind, str], Clip]:
        """The clip of each of its cues, by kind and content."""

    def estimates(self) -> tuple[Frames, ...]:
        """The length of each section, as far as it is known without speech."""

    def lead_in(self, section: int, kind: PhaseKind) -> Outline:
        """The remark with which a pause in a phase of this kind ends."""

    def whereabouts(self, section: int, activity: Activity, seconds_left: float) -> Outline:
        """The remark that says where the listener is, and how much time remains."""

    def again(self, section: int) -> Outline:
        """The remark that repeats the instruction of a section."""


class Stock:
    """Sections and remarks, made ready on one thread.

    Args:
        compiler: Used by that thread alone, except for its outlines.
        rate: Frames per second.
        clock: Seconds that never run backwards.
    """

    def __init__(
        self, compiler: SectionSource, rate: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.outlines = compiler.outlines
        self.estimates = compiler.estimates()
        self.lead_in, self.whereabouts, self.again = compiler.lead_in, compiler.whereabouts, compiler.again
        self.rate = rate
        self.sections: dict[int, Section] = {}
        """Laid out so far; never taken back."""
        self.shelf: dict[int, Playable] = {}
        """What can be played now."""
        self.remade: dict[int, Playable] = {}
        """Sections that have their words now; for the deck, which knows when they do not play."""
        self.wordless: dict[int, str] = {}
        """Sections without their words, and why."""
        self.error: BaseException | None = None
        """Why the last job failed; None again after one that succeeds."""
        self._compiler, self._clock = compiler, clock
        self._voice, self._failure = Backoff(clock), ""
        self._texts: dict[int | str, Backoff] = {}
        """For what the voice failed at: a section, or a remark by its title."""
        self._failed_last: int | str | None = None
        self._wanted = 0
        self._remarks: list[tuple[Outline, Future[Playable]]] = []
        self._changed = threading.Condition()
        self._news = self._closed = False

    def want(self, section: int) -> None:
        """The listener is here: this section is the next job, then the ones after it; it stays in memory."""
        with self._changed:
            if section != self._wanted:
                self._wanted = section
                self._tell()

    def take_in(self, index: int) -> None:
        """A section gets its words: what was remade takes its place, if it is still wanted."""
        loaded = self.remade.pop(index, None)
        if loaded is not None:
            self.shelf[index], self.sections[index] = loaded, loaded.section
            self.wordless.pop(index, None)

    def remark(self, outline: Outline) -> Future[Playable]:
        """Something to be put in: made ready before all else, unless it is cancelled before that."""
        future: Future[Playable] = Future()
        with self._changed:
            self._remarks.append((outline, future))
            self._tell()
        return future

    def run(self) -> None:
        """Work until closed; to be run on a thread of its own."""
        while not self._closed:
            self._news = False
            try:
                worked = self.work()
                self.error = None
            except Exception as error:  # noqa: BLE001  the engine's snapshot shows it
                self.error, worked = error, False
            with self._changed:
                if not worked and not self._news:
                    self._changed.wait(timeout=IDLE)

    def close(self) -> None:
        """End the work after the present job."""
        with self._changed:
            self._closed = True
            self._tell()

    def _tell(self) -> None:
        """Wake the thread, or keep it from going to sleep."""
        self._news = True
        self._changed.notify()

    def work(self) -> bool:
        """Do the most urgent job; False if there is none.

        Raises:
            SoundError: A sound cannot be read.
        """
        last = len(self.outlines) - 1
        with self._changed:
            remark = self._remarks.pop(0) if self._remarks else None
            wanted = self._wanted
            near = range(max(0, wanted - BEHIND), min(last, wanted + AHEAD) + 1)
            for far in [index for index in self.shelf if index not in near]:
                self._unload(far)
        if remark:
            self._make(*remark)
            return True
        for index in sorted(near, key=lambda index: (index < wanted, index)):
            if index not in self.shelf:
                self._load(index)
                return True
        return self._speak_ahead(wanted)

    def _speak_ahead(self, wanted: int) -> bool:
        """Speak what lacks words nearby, then what has not been laid out anywhere."""
        lacking = [index for index in list(self.wordless) if index not in self.remade]
        missing = [index for index in range(len(self.outlines)) if index not in self.sections]
        missing.sort(key=lambda index: (index < wanted, index))
        for index in sorted((*lacking, *missing), key=lambda index: index == self._failed_last):
            if self._may_ask(index):
                section = self._speak(index)
                if section is not None and index in lacking:
                    self.remade[index] = self._make_playable(section, index)
                elif section is not None:
                    self.sections[index] = section
                return True
        return False

    def _unload(self, index: int) -> None:
        self.shelf.pop(index, None)
        self.wordless.pop(index, None)
        self.remade.pop(index, None)

    def _load(self, index: int) -> None:
        section = self.sections[index] = self._section(index)
        self.shelf[index] = self._make_playable(section, index)

    def _section(self, index: int) -> Section:
        """With its words, if that is possible now."""
        if not self._compiler.lacks_words(self.outlines[index]):
            return self._compiler.section(index)
        section = self._speak(index) if self._may_ask(index) else None
        if section is not None:
            return section
        self.wordless[index] = self._failure
        return self._compiler.without_voice(index)

    def _make(self, outline: Outline, future: Future[Playable]) -> None:
        if not future.set_running_or_notify_cancel():
            return
        if not self._may_ask(outline.title) and self._compiler.lacks_words(outline):
            future.set_exception(SpeechError(self._failure))
            return
        try:
            loaded = self._make_playable(self._compiler.lay_out(outline))
        except Exception as error:  # noqa: BLE001  whoever waits for the remark gets it
            if isinstance(error, SpeechError):
                self._fails(outline.title, error)
            future.set_exception(error)
        else:
            future.set_result(loaded)

    # --- a voice that fails --------------------------------------------------------------------------------

    def _may_ask(self, what: int | str) -> bool:
        return self._voice.over and (what not in self._texts or self._texts[what].over)

    def _speak(self, index: int) -> Section | None:
        try:
            section = self._compiler.section(index)
        except SpeechError as error:
            self._fails(index, error)
            return None
        self._voice, self._failed_last = Backoff(self._clock), None
        self._texts.pop(index, None)
        return section

    def _fails(self, what: int | str, error: SpeechError) -> None:
        _log.warning("words are missing: %s", error)
        self._failure = f"{error}; sounds and text go on"
        self._texts.setdefault(what, Backoff(self._clock)).begin()
        if self._failed_last not in {None, what}:
            self._voice.begin()
        self._failed_last = what

    def _make_playable(self, section: Section, index: int | None = None) -> Playable:
        """Ready to be played; `index` says where in the session, if anywhere."""
        clips = {
            what: Clip(np.array(clip.samples), clip.rate)
            for what, clip in self._compiler.clips(section).items()
        }
        music = music_gain(section, self.rate, first=index == 0, last=index == len(self.outlines) - 1)
        return Playable(section, Renderer(Timeline((section,), self.rate), clips), music)


class Backoff:
    """Exponential back-off: what failed is left alone, twice as long after each failure."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._until, self._next = clock, clock(), VOICE_RESTS

    @property
    def over(self) -> bool:
        """It may be tried again."""
        return self._clock() >= self._until

    def begin(self) -> None:
        """Note that it has failed once more."""
        self._until = self._clock() + self._next
        self._next = min(2 * self._next, VOICE_RESTS_AT_MOST)
