"""Prepares what can be played: speaks and lays out sections ahead, and keeps the next few in memory.

The voice is slow and the disk may be, so pulling a block touches neither. One thread works through jobs, the
most urgent first: insertions, the sections around the listener, then the rest in play order. A skip makes its
target the next job. Only clips of nearby sections stay in memory.

A listener on the floor needs the sounds and the times more than the words. So a section at which the voice
fails is played without words, and remade once the voice is back, unless it is playing by then. A voice that
fails twice in a row is left alone for a while; a single text that cannot be spoken affects no others.
"""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from player.engine.backoff import Backoff
from player.engine.insertion import Playable
from player.engine.until_done import wait_with
from player.errors import SpeechError
from player.render import Envelope, Renderer, music_gain, remark_gain
from player.timeline import PhaseKind, Timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from player.compiler import LaidOut
    from player.engine.source import SectionSource
    from player.layout import Outline
    from player.sound.clip import AnyClip
    from player.timeline import CueKind, Section

_log = logging.getLogger(__name__)

IDLE = 1.0
"""Seconds after which an idle thread checks whether it is still needed."""
BEHIND, AHEAD = 1, 3
"""Sections to keep in memory before and after the current one."""
SILENT = Envelope((0,), (0.0,))
"""No music."""


class Stock:
    """Prepares sections and remarks on one thread.

    Args:
        compiler: Only used by that thread, except for its outlines.
        rate: Frames per second.
        clock: Seconds that never run backwards.
    """

    def __init__(
        self, compiler: SectionSource, rate: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.outlines = compiler.outlines
        self.estimates = compiler.estimates()
        self.lead_in, self.whereabouts, self.again = compiler.lead_in, compiler.whereabouts, compiler.again
        self.reminder = compiler.reminder
        self.rate = rate
        self.sections: dict[int, Section] = {}
        """Sections laid out so far; never removed."""
        self.shelf: dict[int, Playable] = {}
        """Sections that can be played now."""
        self.remade: dict[int, Playable] = {}
        """Sections that have their words now, for the deck to take in when they do not play."""
        self.notes: dict[int, str] = {}
        """What the listener should know about the voice of a section: it has no words, or another speaks."""
        self.error: BaseException | None = None
        """Why the last job failed; None after a successful one."""
        self._compiler, self._clock = compiler, clock
        self._voice, self._failure = Backoff(clock), ""
        self._texts: dict[int | str, Backoff] = {}
        """The back-off of each text that failed: a section, or a remark by title."""
        self._failed_last: int | str | None = None
        self._wordless: set[int] = set()
        """Sections on the shelf without their words."""
        self._lead_ins: set[int] = set()
        """Sections whose lead-ins were spoken ahead."""
        self._wanted = 0
        self._remarks: list[tuple[Outline, Future[Playable]]] = []
        self._changed = threading.Condition()
        self._news = self._closed = False

    def want(self, section: int) -> None:
        """Set the listener's section: it and those after it are the next jobs, and stay in memory."""
        with self._changed:
            if section != self._wanted:
                self._wanted = section
                self._tell()

    def take_in(self, index: int) -> None:
        """Replace a section by the remade one with words, if it is still needed."""
        loaded = self.remade.pop(index, None)
        if loaded is not None:
            self.shelf[index], self.sections[index] = loaded, loaded.section
            self._wordless.discard(index)
            self._tell_about(index, loaded.note)

    def remark(self, outline: Outline) -> Future[Playable]:
        """Request a remark, which is prepared before everything else unless cancelled."""
        future: Future[Playable] = Future()
        with self._changed:
            self._remarks.append((outline, future))
            self._tell()
        return future

    def run(self) -> None:
        """Work until closed; run it on a separate thread."""
        while not self._closed:
            self._news = False
            try:
                worked = self.work()
                self.error = None
            except Exception as error:  # noqa: BLE001  shown by the engine's snapshot
                self.error, worked = error, False
            with self._changed:
                if not worked and not self._news:
                    self._changed.wait(timeout=IDLE)

    def close(self) -> None:
        """Stop after the current job."""
        with self._changed:
            self._closed = True
            self._tell()

    def _tell(self) -> None:
        """Wake the thread, or keep it awake."""
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
        """Speak nearby sections without words, then lay out any others."""
        lacking = [index for index in list(self._wordless) if index not in self.remade]
        missing = [index for index in range(len(self.outlines)) if index not in self.sections]
        missing.sort(key=lambda index: (index < wanted, index))
        for index in sorted((*lacking, *missing), key=lambda index: index == self._failed_last):
            if self._may_ask(index):
                laid = self._speak(index)
                if laid is not None and index in lacking:
                    self.remade[index] = self._make_playable(laid, index)
                elif laid is not None:
                    self.sections[index] = laid.section
                return True
        if self._speak_lead_ins():
            return True
        self._compiler.rest()
        return False

    def _speak_lead_ins(self) -> bool:
        """Speak what is heard after a pause, one section at a time: from a voice at rest it would be late."""
        for index in range(len(self.outlines)):
            if index not in self._lead_ins and self._may_ask(index):
                self._lead_ins.add(index)
                outline = self.lead_in(index, PhaseKind.HOLD)
                if self._compiler.lacks_words(outline):
                    with suppress(SpeechError):  # it is asked for again when it is needed
                        self._compiler.lay_out(outline, index)
                    return True
        return False

    def _unload(self, index: int) -> None:
        self.shelf.pop(index, None)
        self._wordless.discard(index)
        self.notes.pop(index, None)
        self.remade.pop(index, None)

    def _load(self, index: int) -> None:
        laid = self._section(index)
        self.sections[index] = laid.section
        self.shelf[index] = self._make_playable(laid, index)
        if index not in self._wordless:
            self._tell_about(index, laid.note)

    def _tell_about(self, index: int, note: str | None) -> None:
        self.notes.pop(index, None)
        if note:
            self.notes[index] = note

    def _section(self, index: int) -> LaidOut:
        """The section, with its words if possible now."""
        if not self._compiler.lacks_words(self.outlines[index]):
            return self._compiler.section(index)
        laid = self._speak(index) if self._may_ask(index) else None
        if laid is not None:
            return laid
        self._wordless.add(index)
        self.notes[index] = self._failure
        return self._compiler.without_voice(index)

    def _make(self, outline: Outline, future: Future[Playable]) -> None:
        if not future.set_running_or_notify_cancel():
            return
        if not self._may_ask(outline.title) and self._compiler.lacks_words(outline):
            future.set_exception(SpeechError(self._failure))
            return
        try:
            loaded = self._make_playable(self._compiler.lay_out(outline, self._wanted))
        except Exception as error:  # noqa: BLE001  passed to the remark's future
            if isinstance(error, SpeechError):
                self._fails(outline.title, error)
            future.set_exception(error)
        else:
            future.set_result(loaded)

    # --- a voice that fails --------------------------------------------------------------------------------

    def _may_ask(self, what: int | str) -> bool:
        return self._voice.over and (what not in self._texts or self._texts[what].over)

    def _speak(self, index: int) -> LaidOut | None:
        try:
            laid = self._compiler.section(index)
        except SpeechError as error:
            self._fails(index, error)
            return None
        self._voice, self._failed_last = Backoff(self._clock), None
        self._texts.pop(index, None)
        return laid

    def _fails(self, what: int | str, error: SpeechError) -> None:
        _log.warning("words are missing: %s", error)
        self._failure = f"{error}; sounds and text continue"
        self._texts.setdefault(what, Backoff(self._clock)).begin()
        if self._failed_last not in {None, what}:
            self._voice.begin()
        self._failed_last = what

    def _make_playable(self, laid: LaidOut, index: int | None = None) -> Playable:
        """Load a section for playing; `index` is its place in the session, if it has one."""
        section = laid.section
        if index is None:
            return self._loaded(section, laid.clips, remark_gain(section, self.rate), laid.note)
        music = music_gain(section, self.rate, first=index == 0, last=index == len(self.outlines) - 1)
        wait = self._make_wait(index) if section.until_done else None
        return replace(self._loaded(section, laid.clips, music, laid.note), wait=wait)

    def _make_wait(self, index: int) -> Playable:
        """What is heard until the listener is done; without words if the voice fails."""
        outline, reminder = self.reminder(index), None
        if self._may_ask(outline.title) or not self._compiler.lacks_words(outline):
            try:
                reminder = self._compiler.lay_out(outline, index)
            except SpeechError as error:
                self._fails(outline.title, error)
        section = wait_with(reminder.section.cues if reminder else (), self.rate)
        is_last = index == len(self.outlines) - 1  # then the music has faded out
        music = SILENT if is_last else music_gain(section, self.rate)
        return self._loaded(section, reminder.clips if reminder else {}, music)

    def _loaded(
        self,
        section: Section,
        clips: Mapping[tuple[CueKind, str], AnyClip],
        music: Envelope,
        note: str | None = None,
    ) -> Playable:
        loaded = {what: clip.in_memory() for what, clip in clips.items()}
        return Playable(section, Renderer(Timeline((section,), self.rate), loaded), music, note)
