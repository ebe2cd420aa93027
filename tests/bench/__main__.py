"""Every promised number, measured through the real commands with the real voice."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from player.speech.manner import DEFAULT_VOICE
from player.voices.engines import HEART, natural_is_installed

from tests.bench.formats import beside_pydub_and_ffmpeg, formats, loudness, side_by_side
from tests.bench.measure import Python, medians
from tests.bench.scripts import write_exercises, write_long_session

if TYPE_CHECKING:
    from collections.abc import Callable

CHECKOUT = Path(__file__).parents[2]
AS_INSTALLED = {"PYTHONDONTWRITEBYTECODE": ""}
"""Compile the package, as pip does on installation."""
HALF_AN_HOUR, THREE_HOURS = "half-an-hour", "three-hours"
BUNDLED = sorted(path.stem for path in (CHECKOUT / "scripts").glob("*.yaml"))


@dataclass(frozen=True, slots=True)
class Bench:
    """A working folder, and Python with all user folders inside it."""

    folder: Path
    python: Python

    def export(self, session: str, ending: str = ".wav") -> float:
        """Seconds to write a new file."""
        return self.afresh(ending, lambda target: self.python.cuemat("export", session, "-o", target).seconds)

    def megabytes(self, session: str, target: Path) -> float:
        """Peak memory of an export."""
        return self.python.cuemat("export", session, "-o", target).megabytes

    def raw_write(self) -> float:
        """Seconds to write the bytes of the session."""
        session = self.folder / "session.wav"
        return self.afresh(
            ".wav", lambda target: float(self.python("-m", "tests.bench.raw_write", session, target).output)
        )

    def afresh(self, ending: str, measure: Callable[[Path], float]) -> float:
        """Measure a command that makes a file, then remove the file."""
        target = self.folder / f"out{ending}"
        result = measure(target)
        target.unlink()
        return result


def main() -> None:
    """Measure in FOLDER, or in the folder for temporary files; its disk affects the numbers."""
    place = sys.argv[1] if len(sys.argv) > 1 else None
    with TemporaryDirectory(dir=place) as name:
        folder, home = Path(name), Path(name) / "home"
        (home / "scripts").mkdir(parents=True)
        config = folder / "config.toml"
        config.write_text(f'[voice]\nname = "{DEFAULT_VOICE}"\n', encoding="utf-8")
        places = {"HOME": home, "CACHE": folder / "cache", "CONFIG": config}
        variables = {**{f"CUEMAT_{name}": str(place) for name, place in places.items()}, **AS_INSTALLED}
        bench = Bench(folder, Python(CHECKOUT, variables))
        starts(bench, home / "scripts")
        write_long_session(home / "scripts" / f"{HALF_AN_HOUR}.yaml")
        write_long_session(home / "scripts" / f"{THREE_HOURS}.yaml", times=6)
        minutes = first_export(bench)
        exports(bench, 60 * minutes)
        memory(bench)
        beside_pydub(bench)
        formats(bench, HALF_AN_HOUR, THREE_HOURS, say)
        beside_pydub_and_ffmpeg(bench, HALF_AN_HOUR, say)
        side_by_side(bench, BUNDLED, say)
        loudness(bench, BUNDLED, say)
        panel(bench, home / "scripts")


def starts(bench: Bench, scripts: Path) -> None:
    """How long a user waits at a prompt."""
    for number in range(200):
        write_exercises(scripts / f"session-{number}.yaml", lines=40)
    long = bench.folder / "long.yaml"
    write_exercises(long, lines=200)
    asked = {"_CUEMAT_COMPLETE": "bash_complete", "COMP_WORDS": "cuemat play morn", "COMP_CWORD": "2"}
    completing = replace(bench.python, variables={**bench.python.variables, **asked})
    bare, help_, completion, listing, check = medians(
        9,
        lambda: bench.python("-c", "").seconds,
        lambda: bench.python.cuemat("--help").seconds,
        lambda: completing.cuemat().seconds,
        lambda: bench.python.cuemat("list").seconds,
        lambda: bench.python.cuemat("check", long).seconds,
    )
    say("Python alone", f"{bare:.3f} s")
    say("cuemat --help", f"{help_:.3f} s", "under 0.15 s")
    say("completion of a session", f"{completion:.3f} s", "under 0.2 s")
    say("cuemat list, 200 scripts", f"{listing:.3f} s", "under 0.4 s")
    say("cuemat check, 200 lines", f"{check:.3f} s", "under 0.3 s")
    for number in range(200):
        (scripts / f"session-{number}.yaml").unlink()


def first_export(bench: Bench) -> float:
    """Export without a cache, limited by the voice; return the session's minutes."""
    target = bench.folder / "session.wav"
    runs = {}
    for voice in (HEART, DEFAULT_VOICE) if natural_is_installed() else (DEFAULT_VOICE,):
        target.unlink(missing_ok=True)
        runs[voice] = bench.python.cuemat("export", HALF_AN_HOUR, "-o", target, "--voice", voice)
    show = bench.python.cuemat("show", HALF_AN_HOUR, "--json").output
    (bench.folder / "session.json").write_text(show)
    shown = json.loads(show)
    minutes: float = shown["frames"] / shown["rate"] / 60
    texts = {cue["text"] for cue in shown["cues"] if cue["kind"] == "speech"}
    for voice, run in runs.items():
        what = f"first export, {len(texts)} texts spoken by {voice}, {minutes:.1f} min"
        say(what, f"{run.seconds:.2f} s", "under 10 s")
        say("  of it a text", f"{1000 * run.seconds / len(texts):.0f} ms")
    return minutes


def exports(bench: Bench, length: float) -> None:
    """Compare with writing the same bytes directly, in one run."""
    start, write, wav, flac = medians(
        7,
        lambda: bench.python("-c", "import numpy, soundfile").seconds,
        bench.raw_write,
        partial(bench.export, HALF_AN_HOUR),
        partial(bench.export, HALF_AN_HOUR, ".flac"),
    )
    say("Python, numpy, soundfile", f"{start:.3f} s")
    say("raw write and fsync of the same bytes", f"{write:.3f} s")
    say("cached export to WAV", f"{wav:.3f} s")
    say("  beside the two above", f"{wav / (start + write):.2f} x", "at most 2.5 x")
    say("  beside real time", f"{length / wav:,.0f} x", "at least 2,500 x")
    say("cached export to FLAC", f"{flac:.3f} s")


def memory(bench: Bench) -> None:
    """Memory does not grow with the session."""
    for session in (HALF_AN_HOUR, THREE_HOURS):
        used = bench.afresh(".wav", partial(bench.megabytes, session))
        say(f"memory, {session}", f"{used:.0f} MB", "under 150 MB")


def beside_pydub(bench: Bench) -> None:
    """Compare with the pipeline that most people would write."""
    shown, session = bench.folder / "session.json", bench.folder / "session.wav"
    pydub = bench.afresh(
        ".wav", lambda target: bench.python("-m", "tests.bench.with_pydub", shown, session, target).seconds
    )
    wav = bench.export(HALF_AN_HOUR)
    say("the same session appended with pydub", f"{pydub:.1f} s")
    say("  beside ours", f"{pydub / wav:.0f} x")


def panel(bench: Bench, scripts: Path) -> None:
    """Measure the control panel."""
    from tests.bench.panel import first_paint, inside, looking  # noqa: PLC0415  only this needs Textual

    for script in scripts.glob("*.yaml"):
        script.unlink()
    for number in range(50):
        write_exercises(scripts / f"session-{number}.yaml", lines=40)
    variables = bench.python.variables
    (paint,) = medians(5, lambda: first_paint(variables, CHECKOUT))
    say("cuemat to its first paint, 50 scripts", f"{paint:.3f} s", "under 0.6 s")
    say("the playing screen, of a core", f"{looking(variables, CHECKOUT):.1%}", "under 4 %")
    late = inside("export", variables, CHECKOUT)
    say("latest block of sound beside an export", f"{late:.3f} s", "under 0.2 s: devices hold more")
    say("500 scripts into the list", f"{inside('mount', variables, CHECKOUT):.3f} s", "under 0.2 s")
    say(
        "from a key to its effect, nine of ten",
        f"{inside('key', variables, CHECKOUT):.3f} s",
        "under 0.1 s",
    )


def say(what: str, figure: str, promise: str = "") -> None:
    """Print one line of the report."""
    print(f"{what:44} {figure:>10}   {promise}".rstrip(), flush=True)


if __name__ == "__main__":
    main()
