"""Who speaks a session: the listener's voice, and one that stands in where it cannot.

A section is spoken by one voice from its first word to its last, because a change of voice in the middle of a
hold startles. If the voice cannot say one text, the other speaks that whole section; if it fails, the other
speaks from there to the end of the session, and everything that was spoken before stays as it is.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Self

from player.errors import SpeechError, UnspokenError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from player.speech.speaker import Speaker

_log = logging.getLogger(__name__)


class Cast:
    """The voices of one session. Used by one thread at a time; a context manager that closes them.

    Args:
        lead: The listener's voice.
        stand_in: Makes the other voice when it is needed; None: there is none.
        name: The other voice's id, for messages.
    """

    def __init__(self, lead: Speaker, stand_in: Callable[[], Speaker] | None = None, name: str = "") -> None:
        self._lead, self._make, self._name = lead, stand_in, name
        self._stand_in: Speaker | None = None
        self._lost: str | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.rest()

    @property
    def warning(self) -> str | None:
        """A message to the user about the voice or its cache; None if all is well."""
        return self._lost or self._lead.warning

    def credit(self, speaker: Speaker) -> tuple[str, str | None]:
        """The id of a voice that stands in, and a line for the listener; empty and None for the lead."""
        if speaker is self._lead:
            return "", None
        return (
            self._name,
            self._lost or f"{self._name} speaks this exercise; the chosen voice cannot say all of it",
        )

    def all_by_one(
        self, texts: Iterable[str], progress: Callable[[int, int], None] | None = None
    ) -> Speaker | None:
        """Have the lead speak a whole session; None if it cannot: then `assign` decides section by section.

        Raises:
            SpeechError: It cannot, and nobody stands in.
            UserError: The chosen voice does not exist.
        """
        try:
            self._lead.prepare(texts, progress)
        except SpeechError as error:
            self._meet(error)
            return None
        return self._lead

    def assign(self, texts: Sequence[str], beside: Speaker | None = None) -> Speaker:
        """The one voice that speaks these texts; they are spoken when it returns.

        Args:
            texts: All texts of a section, or of a remark.
            beside: The voice of the section in which a remark is heard.

        Raises:
            SpeechError: No voice can speak one of them.
            UserError: The chosen voice does not exist.
        """
        if self._may_lead(texts) and beside in {None, self._lead}:
            try:
                self._lead.prepare(texts)
            except SpeechError as error:
                self._meet(error)
            else:
                return self._lead
        other = self._other()
        other.prepare(texts)
        return other

    def ready(self, texts: Iterable[str]) -> Speaker | None:
        """The voice that has already spoken all these texts; None if there is none."""
        texts = tuple(texts)
        for speaker in (self._lead, self._stand_in):
            if speaker and all(speaker.at_hand(text) is not None for text in texts):
                return speaker
        return None

    @property
    def present(self) -> Speaker:
        """The voice that speaks now: the lead, unless it is lost."""
        return self._stand_in if self._lost and self._stand_in else self._lead

    def rest(self) -> None:
        """End the voices' processes; the next text starts them again."""
        self._lead.close()
        if self._stand_in:
            self._stand_in.close()

    def _may_lead(self, texts: Sequence[str]) -> bool:
        """Whether the lead is well, or has spoken all of it before it was lost."""
        return not self._lost or all(self._lead.at_hand(text) is not None for text in texts)

    def _other(self) -> Speaker:
        if self._stand_in is None:
            if self._make is None:
                message = "there is no other voice"
                raise SpeechError(message)
            self._stand_in = self._make()
        return self._stand_in

    def _meet(self, error: SpeechError) -> None:
        """Go on with the other voice; without one, the error is what it was."""
        if self._make is None:
            raise error
        _log.warning("%s speaks instead: %s", self._name, error)
        if not isinstance(error, UnspokenError):
            self._lost = (
                f"the chosen voice failed (`cuemat doctor` says more); {self._name} speaks instead, "
                "to the end of the session"
            )
            self._lead.close()
