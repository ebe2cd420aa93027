"""Computes times and titles for snapshots, in one place."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, TypedDict

from player.engine.snapshot import Snapshot, State
from player.timeline import Activity, Frames, PhaseKind
from player.transport import LivePosition, phase_at

if TYPE_CHECKING:
    from typing import Unpack

    from player.engine.stock import Stock


class Extras(TypedDict):
    """Fields of `Snapshot` that the engine knows itself."""

    can_next: bool
    waits: bool
    saying: str
    volume: float
    muted: bool
    device: str
    remark: bool
    message: str | None
    error: BaseException | None
    seeks: int
    begun: bool


class View:
    """Computes from what the stock knows so far, and estimates the rest."""

    def __init__(self, stock: Stock) -> None:
        self._stock = stock

    def lengths(self) -> list[int]:
        """The frames of each section, measured or estimated."""
        known = self._stock.sections
        return [known[i].length if i in known else guess for i, guess in enumerate(self._stock.estimates)]

    def place_at(self, seconds: float) -> LivePosition:
        """The place at a time from the start of the session, exact or estimated."""
        frame = max(0, round(seconds * self._stock.rate))
        lengths = self.lengths()
        for section, length in enumerate(lengths):
            if frame < length:
                return LivePosition(section, Frames(frame))
            frame -= length
        return LivePosition(len(lengths) - 1, Frames(max(0, lengths[-1] - 1)))

    def snapshot(self, state: State, place: LivePosition, **seen: Unpack[Extras]) -> Snapshot:
        """The snapshot of a place; `seen` are the fields that the engine knows itself."""
        rate, known = self._stock.rate, self._stock.sections
        lengths = self.lengths()
        last = min(place.section, len(lengths) - 1)
        outline = self._stock.outlines[last]
        phase = phase_at(place, known)
        if state is State.ENDED and last in known:
            phase = known[last].phases[-1]
        starts = list(accumulate(lengths, initial=0))
        elapsed = starts[last] + place.frame if place.section <= last else starts[-1]
        return Snapshot(
            state=state,
            place=place,
            title=outline.title,
            phase=phase.kind if phase else PhaseKind.GET_READY,
            phase_length=phase.length / rate if phase else 0.0,
            phase_left=max(0, phase.end - place.frame) / rate if phase and place.section <= last else 0.0,
            activity=phase.activity if phase else Activity(),
            elapsed=elapsed / rate,
            length=starts[-1] / rate,
            estimated=len(known) < len(lengths),
            prepared=len(known),
            sections=len(lengths),
            **seen,
        )
