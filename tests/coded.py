"""A session whose every sample says which millisecond it is, for tests that record a sound card."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from player.compiler import LaidOut
from player.layout import Outline
from player.sound.clip import Clip
from player.timeline import RATE, Activity, Cue, CueKind, Frames, Mark, MarkKind, Phase, PhaseKind, Section

from tests.sessions import HERE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

MS = RATE // 1000
SECTIONS = 3
SECONDS = 9
"""Milliseconds of each section, so the code stays within 16 bits."""
REMARK = -1000
"""The sample value of insertions."""


class CodedCompiler:
    """Three exercises of nine seconds, each one long hold. An insertion lasts a second."""

    def __init__(self) -> None:
        self.outlines = tuple(
            Outline(f"Exercise {number}", MarkKind.EXERCISE, HERE, (), (), f"{number}")
            for number in range(SECTIONS)
        )

    def section(self, index: int) -> LaidOut:
        """A section that sounds from its first frame to its last."""
        return self._laid_out(_section(str(index), SECONDS * RATE))

    def lacks_words(self, outline: Outline) -> bool:
        """Never."""
        return not outline.title

    def without_voice(self, index: int) -> LaidOut:
        """The same."""
        return self.section(index)

    def lay_out(self, outline: Outline, section: int) -> LaidOut:
        """The insertion."""
        del section
        return self._laid_out(_section(outline.title, RATE))

    def rest(self) -> None:
        """Do nothing: there is no process to end."""

    def _laid_out(self, section: Section) -> LaidOut:
        return LaidOut(section, self.clips(section))

    def clips(self, section: Section) -> Mapping[tuple[CueKind, str], Clip]:
        """The code."""
        title = section.mark.title
        return {(CueKind.SOUND, title): Clip(code(int(title)) if title.isdigit() else _remark(), RATE)}

    def estimates(self) -> tuple[Frames, ...]:
        """As long as they are."""
        return (Frames(SECONDS * RATE),) * SECTIONS

    def lead_in(self, section: int, kind: PhaseKind) -> Outline:
        """The same for all."""
        return _put_in(f"lead-in {section} {kind}")

    def whereabouts(self, section: int, activity: Activity, seconds_left: float) -> Outline:
        """The same for all."""
        return _put_in(f"where {section} {activity.exercise} {seconds_left}")

    def again(self, section: int) -> Outline:
        """The same for all."""
        return _put_in(f"again {section}")

    def reminder(self, section: int) -> Outline:
        """The same for all."""
        return _put_in(f"reminder {section}")


def code(section: int) -> NDArray[np.int16]:
    """The samples of a section: its milliseconds, counted through the session, from 1."""
    frames = np.arange(SECONDS * RATE) // MS
    return (1 + section * SECONDS * 1000 + frames).astype(np.int16)


def milliseconds(samples: NDArray[np.int16]) -> NDArray[np.int16]:
    """The codes in a recording, each once, without silence and insertions."""
    left = samples[:, 0]
    codes = left[left > 0]
    return codes[np.concatenate(([True], np.diff(codes) != 0))] if len(codes) else codes


def _remark() -> NDArray[np.int16]:
    return np.full(RATE, REMARK, np.int16)


def _section(title: str, length: int) -> Section:
    cue = Cue(Frames(0), Frames(length), CueKind.SOUND, title)
    phase = Phase(Frames(0), Frames(length), PhaseKind.HOLD, Activity(exercise=title))
    return Section(Frames(length), (cue,), (phase,), Mark(Frames(0), title, MarkKind.EXERCISE))


def _put_in(title: str) -> Outline:
    return Outline(title, MarkKind.SECTION, HERE, ())
