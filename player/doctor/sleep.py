"""Whether the loudspeaker falls asleep: it counts to three after a long quiet, and asks what was heard.

Nothing but a listener can tell, so this check only runs where someone can answer. If "one" was swallowed, it
counts again with the noise that keeps loudspeakers awake, to see that it helps.
"""

from __future__ import annotations

import re
from contextlib import closing
from typing import TYPE_CHECKING

from player.doctor.findings import Finding
from player.errors import OutputError, SoundError, SpeechError, UserError

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from player.doctor.patient import Patient
    from player.sound.noise import Noise

QUIET, AFTER = 15.0, 0.3
"""Seconds: of quiet, in which a device falls asleep; after the count, so that it is played to the end."""
COUNT = "One. Two. Three."
PATIENCE = 10.0
"""Seconds to wait beyond the length of the sound."""
NAME = "falls asleep?"
OFFER = f"Find out whether your loudspeaker falls asleep: {QUIET:g} s of quiet, then a count to three"
QUESTION = "Which numbers did you hear? "
AGAIN = "Once more, now with a noise that is too soft to hear …"
_FIRST = re.compile(r"\bone\b|1|\ball\b", re.IGNORECASE)
_ANY = re.compile(r"\b(?:one|two|three|all|none|nothing|no)\b|[0-3]", re.IGNORECASE)


def can_be_tried(patient: Patient) -> bool:
    """Whether there is an output that a listener may hear."""
    adapter = (patient.output or "").partition(":")[0]
    return not patient.quiet and patient.volume > 0 and adapter not in {"-", "silent"}


def listen(patient: Patient, ask: Callable[[str], str], tell: Callable[[str], None]) -> Finding:
    """Count after some quiet, if need be once more with noise in it, and ask what was heard.

    Args:
        patient: The listener's voice and output.
        ask: Shows a question and returns the answer.
        tell: Shows a line.
    """
    from player.shelves import bundled
    from player.sound.noise import load_noise
    from player.timeline import RATE

    try:
        heard = _count(patient, ask, None)
        if heard is None:
            return Finding(NAME, "not tried (no answer)")
        if heard:
            return Finding(NAME, f"no: it says a word at once, also after {QUIET:g} s of quiet")
        tell(AGAIN)
        noise = load_noise(bundled() / "sounds" / "beneath" / "keep-awake.wav", RATE)
        helped = _count(patient, ask, noise)
    except (OutputError, SpeechError, SoundError, UserError):
        return Finding(NAME, "not tried (the count could not be played)")
    if helped and patient.keeps_awake:
        return Finding(NAME, "yes, but keep_awake = true in [sound] of your settings keeps it awake")
    if helped:
        text = "yes, and it swallows words; keep_awake = true in [sound] of your settings keeps it awake"
        return Finding(NAME, text, well=False)
    text = "yes, and also with the noise of keep_awake; turn off what saves its power, or use a wire"
    return Finding(NAME, text, well=False)


def count_after_quiet(words: NDArray[np.int16], rate: int, noise: Noise | None) -> NDArray[np.int16]:
    """The sound to play, shape (frames, 2): quiet, with noise or silent, then the words."""
    import numpy as np

    before, after = (np.zeros(round(seconds * rate), np.int16) for seconds in (QUIET, AFTER))
    mono = np.concatenate((before, words, after))
    if noise is not None:
        mono = noise.beneath(mono, 0)
    return np.stack((mono, mono), axis=1)


def heard_first(answer: str) -> bool | None:
    """Whether an answer names the first number; None if it names nothing."""
    return bool(_FIRST.search(answer)) if _ANY.search(answer) else None


def _count(patient: Patient, ask: Callable[[str], str], noise: Noise | None) -> bool | None:
    """Count once, and ask; None if there is no answer."""
    import numpy as np

    from player.outputs import choose
    from player.outputs.once import play_once

    output = choose(patient.output)
    words = np.rint(_words(patient) * (patient.volume / 100)).astype(np.int16)
    sound = count_after_quiet(words, output.rate, noise)
    played = play_once(output, sound, len(sound) / output.rate + PATIENCE)
    if played.trouble or not played.whole:
        message = "the count did not play to its end"
        raise OutputError(message)
    return heard_first(ask(QUESTION))


def _words(patient: Patient) -> NDArray[np.int16]:
    from player.speech.finish import finish
    from player.voices.choose import make_voice

    with closing(make_voice(patient.manner)) as voice:
        return finish(voice.speak(COUNT), 0.0).samples
