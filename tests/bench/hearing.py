"""What an offline recogniser understands of every cue: `python -m tests.bench.hearing --voice en-us`.

It speaks each distinct cue of the bundled sessions as `cuemat play` does, clean and with pink noise 10 dB
below it, and counts the words that were not understood. Nothing leaves the machine. Speech, noise and
recogniser are the same in every run.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
from player.app.lexicon import ours
from player.layout import plan
from player.library import Library
from player.session import Choices, Coaching
from player.sound.resample import resample
from player.speech.manner import Manner
from player.speech.speaker import Speaker
from player.voices.choose import known_gain, make_voice
from player.voices.engines import engine_of
from player.wording import ENGLISH
from player.wording.en.numbers import number

from tests.bench import recogniser
from tests.bench.recogniser import NoRecogniserError, Recogniser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    Sound = NDArray[np.float32]

CHECKOUT = Path(__file__).parents[2]
NOISE = 10.0
"""Decibels of speech above noise."""
WORST = 20
DAYS = (1, 10, 30)
LEVELS = (0.0, 1.0)
BEFORE, AFTER = 0.3, 0.5
"""Seconds of silence, or of noise, around a cue."""
SAME = {"halfway": "half way", "cannot": "can not", "maneuver": "manoeuvre", "dont": "do not"}
"""Spellings that sound alike, or mean the same."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A cue, and what the recogniser made of it."""

    text: str
    clean: str
    noisy: str

    @property
    def words(self) -> int:
        """The words of the cue."""
        return len(words(self.text))

    @property
    def wrong(self) -> tuple[int, int]:
        """Word errors, clean and in noise."""
        said = words(self.text)
        return errors(said, words(self.clean)), errors(said, words(self.noisy))


def cues() -> list[str]:
    """Every distinct cue of the bundled sessions, in any coaching, on any day and level."""
    library = Library.found(CHECKOUT / "nowhere")
    grown = [*({"day": day} for day in DAYS), *({"level": level} for level in LEVELS)]
    found: dict[str, None] = {}
    for name, coaching, dose in product(library.scripts, Coaching, grown):
        choices = Choices(coaching=coaching, **dose)  # type: ignore[arg-type]  # `day` or `level`
        for outline in plan(library.load(name).session, choices):
            found.update(dict.fromkeys(outline.texts()))
    return list(found)


def words(text: str) -> list[str]:
    """The words of a text, without capitals, punctuation and digits."""
    plain = text.lower().replace("%", " percent")
    plain = re.sub(r"\d+", lambda found: number(int(found[0])), re.sub(r"[-–—/:]", " ", plain))
    bare = (re.sub(r"[^a-z]", "", word) for word in plain.split())
    return " ".join(SAME.get(word, word) for word in bare if word).split()


def errors(said: Sequence[str], heard: Sequence[str]) -> int:
    """Words to change, leave out or put in to get from the one to the other."""
    row = list(range(len(heard) + 1))
    for n, word in enumerate(said, start=1):
        before, row[0] = row[0], n
        for m, other in enumerate(heard, start=1):
            before, row[m] = row[m], min(row[m] + 1, row[m - 1] + 1, before + (word != other))
    return row[-1]


def pink(frames: int, seed: int) -> Sound:
    """Noise with the same power in every octave, and a mean power of 1."""
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(frames))
    spectrum[0] = 0
    spectrum[1:] /= np.sqrt(np.arange(1, len(spectrum)))
    noise = np.fft.irfft(spectrum, frames)
    return np.asarray(noise / np.sqrt(np.mean(noise**2)), np.float32)


def in_noise(sound: Sound, speech: Sound, seed: int) -> Sound:
    """A sound with pink noise, `NOISE` below the speech in it."""
    power = float(np.sqrt(np.mean(speech**2)))
    return sound + pink(len(sound), seed) * np.float32(power * 10 ** (-NOISE / 20))


def hear(texts: Sequence[str], speaker: Speaker, ears: Recogniser, seed: int) -> Iterator[Heard]:
    """Speak each text, and listen to it twice."""
    for text in texts:
        clip = speaker.clip(text).in_memory()
        speech = resample(clip.samples.astype(np.float32) / np.float32(32768), clip.rate, recogniser.RATE)
        sound = np.pad(speech, (round(BEFORE * recogniser.RATE), round(AFTER * recogniser.RATE)))
        yield Heard(text, ears.hear(sound), ears.hear(in_noise(sound, speech, crc32(text.encode(), seed))))


def _said(engine: str, text: str) -> str:
    return ENGLISH.said(text, engine, ours())


def report(name: str, heard: Sequence[Heard], ears: str, worst: int) -> Iterator[str]:
    """The lines of the report."""
    total = sum(one.words for one in heard)
    share = [100 * sum(one.wrong[n] for one in heard) / total for n in (0, 1)]
    whole = [sum(one.wrong[n] == 0 for one in heard) for n in (0, 1)]
    yield f"{name}: {len(heard)} cues, {total} words; heard by {ears}"
    yield f"word errors: clean {share[0]:.1f} %, in noise at {NOISE:g} dB {share[1]:.1f} %"
    yield f"cues without an error: clean {whole[0]}, in noise {whole[1]}"
    yield "the worst:"
    misheard = (one for one in heard if any(one.wrong))
    bad = sorted(misheard, key=lambda one: (-sum(one.wrong) / one.words, one.text))
    for one in bad[:worst]:
        clean, noisy = one.wrong
        yield f"  {clean} + {noisy} of {one.words}: “{one.text}” → “{one.clean}” · “{one.noisy}”"


def main(arguments: Sequence[str] | None = None, listen: Callable[[], Recogniser] = Recogniser) -> int:
    """Measure the voices, and print a table for each."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.hearing", description=__doc__)
    parser.add_argument(
        "--voice", action="append", help="as for `cuemat play`; may be repeated (default: en-us)"
    )
    parser.add_argument("--sample", type=int, metavar="N", help="only N cues, chosen by the seed")
    parser.add_argument("--seed", type=int, default=0, help="of the noise and of the sample (default: 0)")
    parser.add_argument(
        "--worst", type=int, metavar="N", default=WORST, help=f"cues to show (default: {WORST})"
    )
    chosen = parser.parse_args(arguments)
    try:
        ears = listen()
    except NoRecogniserError as error:
        print(error, file=sys.stderr)
        return 1
    texts = cues()
    if chosen.sample:
        texts = random.Random(chosen.seed).sample(texts, min(chosen.sample, len(texts)))  # noqa: S311  no secret
    for name in chosen.voice or ["en-us"]:
        voice = make_voice(Manner(name))
        with Speaker(voice, gain=known_gain(voice), said=partial(_said, engine_of(name))) as speaker:
            heard = list(hear(texts, speaker, ears, chosen.seed))
        print(*report(name, heard, ears.name, chosen.worst), sep="\n", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
