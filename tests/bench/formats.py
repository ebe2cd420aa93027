"""Measures the formats that phones play: export times, several sessions at once, and loudness."""

from __future__ import annotations

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.measure import medians
from tests.bench.scripts import write_long_session

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bench.__main__ import Bench

    Say = Callable[[str, str, str], None]

AT_MOST = {".flac": 1.5, ".mp3": 5.0, ".m4b": 10.0, ".opus": 9.0}
"""Seconds to export half an hour with cached words."""
MEGABYTES = 200


def formats(bench: Bench, half_an_hour: str, three_hours: str, say: Say) -> None:
    """Measure the time, and that memory does not grow with the session."""
    took = medians(3, *(partial(bench.export, half_an_hour, ending) for ending in AT_MOST))
    for (ending, most), seconds in zip(AT_MOST.items(), took, strict=True):
        say(f"cached export to {ending}", f"{seconds:.2f} s", f"at most {most:g} s")
    for ending in AT_MOST:
        half, three = (
            bench.afresh(ending, partial(bench.megabytes, session)) for session in (half_an_hour, three_hours)
        )
        say(
            f"memory, {ending}, half an hour and three",
            f"{half:.0f}, {three:.0f} MB",
            f"under {MEGABYTES} MB",
        )


def beside_pydub_and_ffmpeg(bench: Bench, half_an_hour: str, say: Say) -> None:
    """Make the same MP3 as most people would."""
    shown, session = bench.folder / "session.json", bench.folder / "session.wav"
    theirs = bench.afresh(
        ".mp3", lambda target: bench.python("-m", "tests.bench.with_pydub", shown, session, target).seconds
    )
    ours = bench.export(half_an_hour, ".mp3")
    say("the same MP3 with pydub and ffmpeg", f"{theirs:.1f} s", "")
    say("  beside ours", f"{theirs / ours:.1f} x", "at least 8 x")


def side_by_side(bench: Bench, bundled: list[str], say: Say) -> None:
    """Export half-hour sessions, one at a time and two at a time."""
    home = bench.folder / "many"
    (home / "scripts").mkdir(parents=True)
    for session in bundled:
        write_long_session(home / "scripts" / f"{session}.yaml")
    python = replace(bench.python, variables={**bench.python.variables, "CUEMAT_HOME": str(home)})

    def every(jobs: int) -> float:
        target = bench.folder / "every"
        return python.cuemat("export", "--all", "-o", target, "--jobs", jobs, "--force").seconds

    def pair(at_once: int) -> float:
        """Run two commands at once, to see what the machine can do."""
        started = time.perf_counter()
        with ThreadPoolExecutor(at_once) as pool:
            commands = [
                pool.submit(python.cuemat, "export", name, "-o", bench.folder / f"{name}.mp3", "--force")
                for name in bundled[:2]
            ]
        for command in commands:
            command.result()
        return time.perf_counter() - started

    every(2)
    one, two, turns, together = medians(
        1, lambda: every(1), lambda: every(2), lambda: pair(1), lambda: pair(2)
    )
    again = python.cuemat("export", "--all", "-o", bench.folder / "every").seconds
    say(f"{len(bundled)} sessions to .mp3, --jobs 1", f"{one:.1f} s", "")
    say("  --jobs 2 is faster by", f"{one / two:.2f} x", "near 2 x")
    say("  two commands at once are faster by", f"{turns / together:.2f} x", "")
    say("  all of them up to date", f"{again:.2f} s", "")


def loudness(bench: Bench, bundled: list[str], say: Say) -> None:
    """Loudness of each bundled session, with and without music, measured by ffmpeg."""
    for session in bundled:
        plain, music = bench.folder / "plain.wav", bench.folder / "music.wav"
        bench.python.cuemat("export", session, "--music", "off", "-o", plain, "--force")
        bench.python.cuemat("export", session, "--music", "still-water", "-o", music, "--force")
        shown = bench.folder / "loud.json"
        shown.write_text(bench.python.cuemat("show", session, "--json").output)
        told = bench.python("-m", "tests.bench.formats", shown, plain, music).output.strip()
        say(session, "", told)
    say("", "", "speech -19 and -16 LUFS +-1, the bed 12 LU below, peaks under -1 dBTP")


def main() -> None:
    """Measure one exported session, in a separate process."""
    import numpy as np  # noqa: PLC0415  the bench itself stays small, because it measures memory
    import soundfile  # noqa: PLC0415

    from tests.listening import loudness as lufs  # noqa: PLC0415
    from tests.listening import true_peak  # noqa: PLC0415

    shown, plain, music = sys.argv[1:]
    cues = json.loads(Path(shown).read_text())["cues"]
    spans = [(cue["start"], cue["start"] + cue["length"]) for cue in cues if cue["kind"] == "speech"]
    mono, stereo = (soundfile.read(path, dtype="int16")[0] for path in (plain, music))

    def speech(samples: np.ndarray) -> float:
        return lufs(np.concatenate([samples[start:end] for start, end in spans]))

    bed = speech(stereo - mono[:, np.newaxis])
    peaks = true_peak(mono), true_peak(stereo)
    print(
        f"speech {speech(mono):.1f}, {speech(stereo):.1f} LUFS; bed under it {bed:.1f};"
        f" peaks {peaks[0]:.1f}, {peaks[1]:.1f} dBTP; whole {lufs(mono):.1f}, {lufs(stereo):.1f}"
    )


if __name__ == "__main__":
    main()
