"""How long a text takes to say, without a voice.

Used where no clip exists yet: `check`, `list`, and "about four minutes" in a session. The figures are a fit
to the default voice at its default rate; the margin makes the estimate a cautious one, so that a text that
passes rarely turns out too long when it is spoken.
"""

from __future__ import annotations

import re

_SECONDS_A_CHARACTER = 0.0577
_SECONDS_A_PAUSE = 0.22
_SECONDS_ANYWAY = 0.19
_MARGIN = 1.08
_PAUSES = re.compile(r"[.,;:!?](?=\s)")


def estimate(text: str) -> float:
    """Seconds that a text, made fit to speak, takes; a cautious estimate."""
    letters = sum(c.isalnum() for c in text)
    pauses = len(_PAUSES.findall(text))
    return _MARGIN * (_SECONDS_ANYWAY + _SECONDS_A_CHARACTER * letters + _SECONDS_A_PAUSE * pauses)
