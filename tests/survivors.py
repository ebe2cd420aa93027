"""Mutants that may survive, each with its reason: nobody can hear or feel them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.mutants import Mutant

BEGUN = "the tape is always begun before anything is pulled, and begins with this"
ANNOUNCED = "after one frame the announcement of a section is still to come"
SETTLED = "the length is settled before anybody asks for it"
STARTS = "starts are only told apart"
KNOWN = {
    "player/transport.py": {
        ("> -> >= before 0", "if length >= 0"): "a run without frames is silent",
        ("0 -> -1", "if length > -1"): "a run without frames is silent",
        ("< -> <= before 0", "while frame <= 0"): "the end of a section is the start of the next",
        ("0 -> 1", "while frame < 1"): "the end of a section is the start of the next",
        ("> -> >= before 0", "section >= 0 and"): "nothing is laid out before the first section",
        ("0 -> -1", "section > -1 and"): "nothing is laid out before the first section",
        ("0 -> -1", "frame = Frames(-1)"): "a place before the first frame becomes the first",
        ("< -> <= before len(self.exercises)", "section <="): "the end is at frame 0, near any start",
        ("or -> and before phase is None", "section is None and"): "what is laid out has a phase everywhere",
        ("< -> <= before cue.end", "cue.start < frame <="): "the end of the cue is where it is already",
    },
    "player/layout/lay_out.py": {
        ("0 -> 1", "length: Frames = Frames(1)"): SETTLED,
        ("0 -> -1", "length: Frames = Frames(-1)"): SETTLED,
        ("0 -> 1", "halfway_earcon], 1)"): "a frame more beside a word",
        ("0 -> -1", "halfway_earcon], -1)"): "a frame less beside a word",
    },
    "player/layout/between.py": {
        ("NOTICE_FROM -> SILENCE_IN_REST", ""): "both are thirty seconds",
    },
    "player/layout/announce.py": {
        ("0.0 -> 1.0", "if gap else 1.0"): "the exercise's name and a second of quiet last longer",
    },
    "player/engine/tape.py": {
        ("0 -> 1", "offset: int = 1"): "only what is put in has an offset, and it is always given",
        ("0 -> -1", "offset: int = -1"): "only what is put in has an offset, and it is always given",
        ("and -> or before self.offset + self.length == other.offset", ""): "nothing is put in twice",
        ("without self._offset = 0", ""): BEGUN,
        ("0 -> 1", "self._offset = 1"): BEGUN,
        ("0 -> -1", "self._offset = -1"): BEGUN,
        ("0 -> 1", "self._pulled = self._start = 1"): BEGUN,
        ("0 -> -1", "self._pulled = self._start = -1"): BEGUN,
        ("0 -> -1", "runs[-1]"): "one section is asked for one run",
        ("- -> + before given.offset", ""): "what is put in is one stretch from its beginning",
        ("1 -> 2", "place.frame, 2)[0]"): "the first of two levels is that of this frame",
        ("0 -> -1", "place.frame, 1)[-1]"): "the last of one level is the first",
        ("< -> <= before fade", "first <= fade"): "no frame is left to fade",
        ("< -> <= before last", "place.frame <= last"): "at the last frame it waits",
        ("1 -> 2", "with self._lock: self._start += 2"): STARTS,
        ("1 -> 2", "None self._start += 2"): STARTS,
    },
    "player/engine/deck.py": {
        ("1 -> 0", "place, more[0] if more"): "it is only asked whether something is put in",
        (
            "True -> False",
            "insertion) return False",
        ): "it counts only in a session that prepares: then nothing is put in",
        ("not (isinstance(ready, Lost))", "return if"): "only the log tells",
        ("0 -> 1", "ready.place.frame > 1"): ANNOUNCED,
    },
    "player/engine/lead_in.py": {
        ("0.0 -> 1.0", "by: float = 1.0"): "only a remark is waited for, and it comes with its time",
        (">= -> > before len(stock.outlines)", ""): "a session that has ended is not led in",
    },
    "player/engine/status.py": {
        ("0 -> 1", "place.frame > 1"): ANNOUNCED,
    },
}
"""By module, then by what was changed and a piece of what stands there now, with the line before."""


def reason_for(module: str, mutant: Mutant) -> str | None:
    """Why a mutant may survive; None: it may not."""
    lines = mutant.source.splitlines()
    there = " ".join(" ".join(lines[max(0, mutant.line - 2) : mutant.line]).split())
    reasons = KNOWN.get(module, {})
    return next(
        (why for (what, piece), why in reasons.items() if what == mutant.what and piece in there), None
    )
