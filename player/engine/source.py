"""Where sections and remarks come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from player.compiler import LaidOut
    from player.layout import Outline
    from player.timeline import Activity, Frames, PhaseKind


class SectionSource(Protocol):
    """Makes sections and remarks; `Compiler` implements it."""

    @property
    def outlines(self) -> tuple[Outline, ...]:
        """The sections in play order, before they are spoken."""

    def section(self, index: int) -> LaidOut:
        """A section, spoken and laid out; raises `SpeechError`."""

    def lacks_words(self, outline: Outline) -> bool:
        """Whether some words still have to be spoken."""

    def without_voice(self, index: int) -> LaidOut:
        """A section with silence instead of missing words."""

    def lay_out(self, outline: Outline, section: int) -> LaidOut:
        """A remark that is heard in a section, spoken and laid out; raises `SpeechError`."""

    def rest(self) -> None:
        """Nothing is left to say for now; the voice's process may end."""

    def estimates(self) -> tuple[Frames, ...]:
        """The estimated length of each section, without speech."""

    def lead_in(self, section: int, kind: PhaseKind) -> Outline:
        """The remark that ends a pause in a phase of this kind."""

    def whereabouts(self, section: int, activity: Activity, seconds_left: float) -> Outline:
        """The remark that says where the listener is, and how much time is left."""

    def again(self, section: int) -> Outline:
        """The remark that repeats the instruction of a section."""

    def reminder(self, section: int) -> Outline:
        """The remark for a listener who is waited for at the end of a section."""
