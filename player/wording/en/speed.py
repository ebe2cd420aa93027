"""How long an English text takes to say, without a voice.

Used before clips exist: in `check`, `list`, and "about four minutes" in a session. The numbers are fitted to
140 coaching phrases of the default voice at its default rate; the margin makes the estimate cautious, so a
text that passes is rarely too long when spoken.
"""

from __future__ import annotations

import re

_SECONDS_ANYWAY = 0.156
_SECONDS_A_LETTER = 0.0464
_SECONDS_A_WORD = 0.0664
_SECONDS_A_PAUSE = 0.312
_MARGIN = 1.12
"""With this margin, nine texts in ten are no longer than estimated."""
_PAUSES = re.compile(r"[.,;:!?](?=\s)")


def seconds_to_say(text: str) -> float:
    """A cautious estimate of the seconds to say a prepared text."""
    letters = sum(c.isalnum() for c in text)
    pauses = len(_PAUSES.findall(text))
    words = len(text.split())
    seconds = (
        _SECONDS_ANYWAY + _SECONDS_A_LETTER * letters + _SECONDS_A_WORD * words + _SECONDS_A_PAUSE * pauses
    )
    return _MARGIN * seconds
