"""How long a session takes before anything is spoken: the one estimate for lists, previews and the coach.

It only uses outlines, so it needs no voice and reads no sound file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.layout.lay_out import lay_out
from player.layout.outline import Lengths
from player.timeline import Frames, Timeline
from player.wording import wording_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from player.layout.outline import Outline

A_SOUND = 0.7
"""Assumed seconds of any sound."""


def estimate(outlines: Iterable[Outline], rate: int = 1000) -> Timeline:
    """Estimate the timeline before anything is spoken.

    Args:
        outlines: The planned sections.
        rate: Frames per second of the timeline.
    """
    return Timeline(tuple(lay_out(outline, _lengths(outline, rate)) for outline in outlines), rate)


def _lengths(outline: Outline, rate: int) -> Lengths:
    seconds_to_say = wording_for(outline.language).seconds_to_say
    speech = {text: Frames(round(seconds_to_say(text) * rate)) for text in outline.texts()}
    return Lengths(speech, dict.fromkeys(outline.sounds(), Frames(round(A_SOUND * rate))), rate)
