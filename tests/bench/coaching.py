"""How much the coach says, and when: `python -m tests.bench.coaching` prints a table, one row a session.

It compiles each session as an export does, with the defaults in place of your settings, and measures the
timeline. `overhead` is the mean time from the mark of an exercise to its first move or hold. A word counts at
its cue's share of time, so the busiest minute may begin or end within a cue. `first` is the start of the
first move or hold. `wait` is the longest time without a word while the listener gets ready or switches sides.
In the last row shares and rates are of all time together, `first` is a mean, and `busiest` and `wait` are the
worst. Times are in seconds, or minutes and seconds.
"""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from player.app.prepare import compile_session
from player.app.request import Request, Wishes
from player.library import Library
from player.session import Coaching
from player.timeline import CueKind, MarkKind, PhaseKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from player.timeline import Timeline

CHECKOUT = Path(__file__).parents[2]
MINUTE = 60
ACTIVE = (PhaseKind.MOVE, PhaseKind.HOLD)
WAITS = (PhaseKind.GET_READY, PhaseKind.SWITCH)
HEADS = (
    *("session", "length", "speech", "tones", "silence", "holds", "overhead"),
    *("words/min", "busiest", "from", "first", "wait"),
)
TOTAL = "TOTAL"


@dataclass(frozen=True, slots=True)
class Figures:
    """What is measured of one session, or of all; times in seconds."""

    name: str
    length: float
    speech: float
    tones: float
    holds: float
    overheads: tuple[float, ...]
    """Of each exercise: from its mark to its first move or hold."""
    words: int
    busiest: float
    """Words in the busiest minute."""
    busiest_from: float | None
    """Its start; None if it is of many sessions."""
    firsts: tuple[float, ...]
    """The first movement of each session that has one."""
    wait: float
    """The longest time without words while the listener gets ready or switches sides."""

    def row(self) -> tuple[str, ...]:
        """The cells of its row."""
        minutes = self.length / MINUTE
        return (
            self.name,
            clock(self.length),
            *(f"{share:.0%}" for share in self.shares),
            f"{self.holds:.0f}",
            mean(self.overheads),
            f"{self.words / minutes:.0f}" if minutes else "–",
            f"{self.busiest:.0f}",
            "–" if self.busiest_from is None else clock(self.busiest_from),
            mean(self.firsts),
            f"{self.wait:.1f}",
        )

    @property
    def shares(self) -> tuple[float, float, float]:
        """Speech, tones and silence, as shares of the length."""
        speech, tones = (part / self.length if self.length else 0.0 for part in (self.speech, self.tones))
        return speech, tones, 1 - speech - tones


def measure(name: str, timeline: Timeline) -> Figures:
    """Measure one session."""
    rate = timeline.rate
    speech = [cue for cue in timeline.cues if cue.kind is CueKind.SPEECH]
    active = [phase.start / rate for phase in timeline.phases if phase.kind in ACTIVE]
    most, start = busiest_minute(
        [(cue.start / rate, cue.end / rate, count_words(cue.content)) for cue in speech],
        timeline.length / rate,
    )
    return Figures(
        name=name,
        length=timeline.length / rate,
        speech=sum(cue.length for cue in speech) / rate,
        tones=sum(cue.length for cue in timeline.cues if cue.kind is not CueKind.SPEECH) / rate,
        holds=sum(phase.length for phase in timeline.phases if phase.kind is PhaseKind.HOLD) / rate,
        overheads=tuple(overheads(timeline)),
        words=sum(count_words(cue.content) for cue in speech),
        busiest=most,
        busiest_from=start,
        firsts=tuple(active[:1]),
        wait=longest_wait(timeline),
    )


def total(every: Sequence[Figures]) -> Figures:
    """All sessions as one."""
    return Figures(
        name=TOTAL,
        length=sum(one.length for one in every),
        speech=sum(one.speech for one in every),
        tones=sum(one.tones for one in every),
        holds=sum(one.holds for one in every),
        overheads=tuple(overhead for one in every for overhead in one.overheads),
        words=sum(one.words for one in every),
        busiest=max((one.busiest for one in every), default=0.0),
        busiest_from=None,
        firsts=tuple(first for one in every for first in one.firsts),
        wait=max((one.wait for one in every), default=0.0),
    )


def overheads(timeline: Timeline) -> Iterator[float]:
    """Seconds from the mark of each exercise to its first move or hold, if it has one."""
    for section in timeline.sections:
        if section.mark.kind is MarkKind.EXERCISE:
            starts = [phase.start for phase in section.phases if phase.kind in ACTIVE]
            if starts:
                yield (starts[0] - section.mark.start) / timeline.rate


def count_words(text: str) -> int:
    """The words of a text; a word with a hyphen is two, and one with an apostrophe is one."""
    return len(re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text))


def busiest_minute(said: Sequence[tuple[float, float, int]], length: float) -> tuple[float, float]:
    """The words of the busiest minute, and its start: the earliest, if there are several.

    Args:
        said: The start, end and number of words of each cue, in order; none overlap.
        length: The length of the session.
    """
    edges = [0.0, *(edge for start, end, _ in said for edge in (start, end))]
    spoken = [0, *(count for _, _, words in said for count in (0, words))]
    heard = list(accumulate(spoken))
    last = max(0.0, length - MINUTE)
    # Between two edges the count changes evenly, so it is highest where the minute begins or ends at one.
    starts = sorted({min(max(0.0, at), last) for edge in edges for at in (edge, edge - MINUTE)})
    counts = [float(np.interp(at + MINUTE, edges, heard) - np.interp(at, edges, heard)) for at in starts]
    most = max(counts)
    return most, next(at for at, count in zip(starts, counts, strict=True) if count > most - 1e-9)


def longest_wait(timeline: Timeline) -> float:
    """The longest time without a word while getting ready or switching sides, joined where they meet."""
    longest = 0
    for start, end in _stretches(timeline):
        spoken = [
            (max(start, cue.start), min(end, cue.end))
            for cue in timeline.cues_between(start, end)
            if cue.kind is CueKind.SPEECH
        ]
        edges = [(start, start), *spoken, (end, end)]
        longest = max(longest, *(after[0] - before[1] for before, after in pairwise(edges)))
    return longest / timeline.rate


def _stretches(timeline: Timeline) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for phase in timeline.phases:
        if phase.kind in WAITS:
            start = phase.start if start is None else start
        elif start is not None:
            yield start, phase.start
            start = None
    if start is not None:
        yield start, timeline.length


def clock(seconds: float) -> str:
    """Minutes and seconds."""
    minutes, rest = divmod(round(seconds), MINUTE)
    return f"{minutes}:{rest:02d}"


def mean(values: Sequence[float]) -> str:
    """The mean of some seconds; a dash if there are none."""
    return f"{sum(values) / len(values):.1f}" if values else "–"


def table(every: Sequence[Figures]) -> Iterator[str]:
    """The lines of the table, the total last."""
    rows = [HEADS, *(one.row() for one in (*every, total(every)))]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for name, *cells in rows:
        numbers = (f"{cell:>{width}}" for cell, width in zip(cells, widths[1:], strict=True))
        yield "  ".join((f"{name:<{widths[0]}}", *numbers))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the sessions, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.coaching", description=__doc__)
    parser.add_argument("session", nargs="*", help="ids or files (default: every bundled session)")
    parser.add_argument("--voice", default="en-us", help="as for `cuemat play` (default: en-us)")
    parser.add_argument(
        "--coaching", choices=[one.value for one in Coaching], help="default: the script's own"
    )
    parser.add_argument("--day", type=int, help="the day of the plan (default: 1)")
    chosen = parser.parse_args(arguments)
    wishes = Wishes(
        voice=chosen.voice, coaching=Coaching(chosen.coaching) if chosen.coaching else None, day=chosen.day
    )
    every = []
    for name in chosen.session or sorted(Library.found(CHECKOUT / "nowhere").scripts):
        prepared = compile_session(Request(name, wishes), lambda _doing, _done, _total: None)
        every.append(measure(Path(name).stem, prepared.compiled.timeline))
        print(f"{name}: measured", file=sys.stderr, flush=True)
    print(*table(every), sep="\n", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
