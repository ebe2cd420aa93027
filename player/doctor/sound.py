"""What the doctor tries for real: it speaks a sentence, plays a tone, and writes a file in each format.

It takes nothing from the cache, and trusts nothing just because it is installed.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from player.doctor.findings import Finding, anonymous, remedy
from player.errors import Error, OutputError, SpeechError, UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from player.doctor.patient import Patient
    from player.outputs.protocol import Output, Trouble
    from player.speech.manner import Manner
    from player.speech.voice import Voice

SENTENCE = "Lie on your back, and breathe."
TONE, FADE, AFTER = 0.6, 0.2, 0.3
"""Seconds: the tone, its fade in and out, and silence so that a device plays it to the end."""
HERTZ = 523.25
PEAK = -24.0
"""Peak in dBFS, softer than any earcon."""
PATIENCE = 5.0
"""Seconds to wait until the tone has been heard."""
ENGINE = """import ctypes, sys
info = ctypes.CDLL(sys.argv[1]).espeak_Info
info.restype = ctypes.c_char_p
print(info(None).decode())
"""
"""Asks a library for its version, in its own process like everything that loads espeak."""
EXPORT = "`cuemat export` writes a file instead, and `cuemat play --output silent` plays without sound"
AGAIN = "install Cuemat again"
OTHERS = f"try another voice (`cuemat voices`), or {AGAIN}"
LISTED = "`cuemat outputs` lists the values for --output and for [sound] output in the settings"


def voice(patient: Patient) -> Iterator[Finding]:
    """Speak a sentence with the listener's voice, and with the one that would stand in for it."""
    from player.speech.manner import DEFAULT_VOICE
    from player.voices.engines import is_natural

    yield _try_voice("voice", patient.manner)
    if is_natural(patient.manner.voice):
        yield _try_voice("voice in reserve", replace(patient.manner, voice=DEFAULT_VOICE))


def _try_voice(name: str, speaks: Manner) -> Finding:
    from player.voices.choose import make_voice

    try:
        with closing(make_voice(speaks)) as made:
            return Finding(name, _speak(made, speaks))
    except UserError:
        text = "the voice in the settings is not installed; `cuemat voices` lists all"
        return Finding(name, text, well=False)
    except SpeechError as error:
        text = anonymous(error.__cause__ or error).replace(speaks.voice, "…")
        return Finding(name, f"it cannot speak: {text}; {OTHERS}", well=False)


def _speak(made: Voice, speaks: Manner) -> str:
    """Speak a sentence, and report how it went.

    Raises:
        SpeechError: It failed, or only gave silence.
        UserError: The voice does not exist.
    """
    from player.speech.finish import finish
    from player.timeline import RATE
    from player.voices.engines import FILE_ENDING

    began = time.monotonic()
    raw = made.speak(SENTENCE)
    took = time.monotonic() - began
    length = len(finish(raw, 0.0)) / RATE
    if not length:
        message = "it only gives silence"
        raise SpeechError(message)
    engine = _engine(made, speaks)
    name = speaks.voice if engine else "the system's own"  # a system voice may carry its owner's name
    if name.lower().endswith(FILE_ENDING):
        name = "a voice file"  # whose path may name its owner
    pace = f"{speaks.rate} words a minute" if speaks.rate else "at its own pace"
    by = f", {engine}" if engine else ""
    return f"{name}, {pace}{by}; said {length:.1f} s of speech in {took:.1f} s"


def _engine(made: Voice, speaks: Manner) -> str | None:
    """Which engine spoke; None for a system's own, and those of other packages."""
    from player.voices.engines import is_natural
    from player.voices.espeak import find_espeaks

    if is_natural(speaks.voice):
        return " ".join(made.identity.split()[:2])
    for espeak in find_espeaks():
        if made.identity.startswith(espeak.identity(speaks.voice)):
            command = [sys.executable, "-P", "-c", ENGINE, str(espeak.library)]
            try:
                done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True)
            except (OSError, subprocess.SubprocessError):
                return "eSpeak NG"
            whose = "pip's" if "espeakng_loader" in espeak.library.parts else "the system's"
            return f"{whose} eSpeak NG {done.stdout.strip()}"
    return None


def sound(patient: Patient) -> Iterator[Finding]:
    """Play a soft tone; it counts only if it played to the end."""
    yield _try_output(patient.output, quiet=patient.quiet)
    if patient.volume == 0:
        yield Finding("volume", "0 percent in the settings: raise volume in [sound]", well=False)


def _try_output(spec: str | None, *, quiet: bool) -> Finding:
    """Try the output of this name; None: the default output."""
    adapter, _, device = (spec or "").partition(":")
    if quiet or adapter == "-":
        why = "--quiet" if quiet else "a stream is for another program"
        return Finding("sound", f"not tried ({why})")
    from player.outputs import choose
    from player.outputs.once import play_once
    from player.outputs.sound_system import NO_ANSWER, NO_CARD

    try:
        output = choose(spec)
        played = play_once(output, tone(output.rate), PATIENCE)
    except UserError:
        return Finding("sound", f"the chosen output does not exist; {LISTED}", well=False)
    except OutputError as error:
        # A message may name the chosen device, and that name may identify its owner.
        unnamed = not device or str(error) in {NO_CARD, NO_ANSWER}
        text = f"{error}; {EXPORT}" if unnamed else f"the chosen device cannot be opened; {LISTED}"
        return Finding("sound", text, well=False)
    by = _by(output)
    if played.trouble or not played.whole:
        return Finding("sound", f"{by}: {_unheard(played.trouble)}; {LISTED}", well=False)
    if output.name == "silent":
        return Finding("sound", f"{by}, as chosen: nothing can be heard")
    return Finding("sound", f"{by}; played a soft tone: if you did not hear it, turn up the volume")


def tone(rate: int) -> NDArray[np.int16]:
    """The tone, shape (frames, 2): soft, without a startling edge, followed by silence."""
    import numpy as np

    time_ = np.arange(round(TONE * rate)) / rate
    nearest = np.minimum(np.minimum(time_, time_[::-1]) / FADE, 1.0)
    swelling = (1 - np.cos(np.pi * nearest)) / 2
    wave = 10 ** (PEAK / 20) * 32_767 * swelling * np.sin(2 * np.pi * HERTZ * time_)
    mono = np.concatenate((np.trunc(wave), np.zeros(round(AFTER * rate)))).astype(np.int16)
    return np.stack((mono, mono), axis=1)


def _by(output: Output) -> str:
    """The adapter and the sound system, but not the device, which often carries its owner's name."""
    from player.outputs.miniaudio_output import MiniaudioOutput

    system = output.system if isinstance(output, MiniaudioOutput) else None
    return f"{output.name} on {system}" if system else output.name


def _unheard(trouble: Trouble | None) -> str:
    from player.outputs.protocol import TroubleKind

    if trouble is None:
        return f"the tone did not play within {PATIENCE:g} s"
    if trouble.kind is TroubleKind.CHANGED:
        return "another device took over during the tone; run this again"
    return "the device stopped during the tone"


def encoders() -> Iterator[Finding]:
    """Write a moment of sound in each format."""
    from player.export import FORMATS

    has_av = find_spec("av") is not None
    fine, missing, extra = [], [], ""
    for form in FORMATS.values():
        if form.extra and not has_av:
            missing.append(form.name)
            extra = form.extra
        elif wrong := _try_encoder(form.ending):
            yield Finding("encoders", f"{form.name}: {wrong}", well=False)
        else:
            fine.append(form.name)
    if fine:
        yield Finding("encoders", f"{', '.join(fine)} can be written")
    if missing:
        text = f"{', '.join(missing)}: not installed; run pip install 'cuemat[{extra}]'"
        yield Finding("encoders", text)


def _try_encoder(ending: str) -> str | None:
    """What is wrong and what to do; None if it works."""
    from player.compiler import Compiled
    from player.export import export
    from player.sound.clip import Clip
    from player.timeline import (
        RATE,
        Activity,
        Cue,
        CueKind,
        Frames,
        Mark,
        MarkKind,
        Phase,
        PhaseKind,
        Section,
        Timeline,
    )

    samples = tone(RATE)[:, 0]
    start, length = Frames(0), Frames(len(samples))
    section = Section(
        length,
        (Cue(start, length, CueKind.EARCON, "tone"),),
        (Phase(start, length, PhaseKind.DONE, Activity()),),
        Mark(start, "Tone", MarkKind.SECTION),
    )
    clips = {(CueKind.EARCON, "tone"): Clip(samples, RATE)}
    try:
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder, f"tone{ending}")
            export(Compiled(Timeline((section,)), clips), target)
            return None if target.stat().st_size else f"the file is empty; {AGAIN}"
    except (Error, OSError) as error:
        cause = error if isinstance(error, OSError) else error.__cause__
        return f"{anonymous(error)}; {remedy(cause) if isinstance(cause, OSError) else AGAIN}"
    except Exception as error:  # noqa: BLE001  a broken library may raise anything
        return f"cannot be written: {type(error).__name__}; {AGAIN}"
