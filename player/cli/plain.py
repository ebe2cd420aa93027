"""A session as lines: one a phase. Made for screen readers and logs, and for whoever likes it plain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.cli.compose import clock
from player.engine import (
    Again,
    Back,
    MoreTime,
    Mute,
    Next,
    Quit,
    SeekBy,
    State,
    Toggle,
    Volume,
    Whereabouts,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from player.engine import Command, Snapshot

KEYS: dict[str, Command] = {
    "space": Toggle(),
    "p": Toggle(),
    "k": Toggle(),
    "n": Next(),
    ">": Next(),
    "b": Back(),
    "<": Back(),
    "left": SeekBy(-10),
    "j": SeekBy(-10),
    "right": SeekBy(10),
    "l": SeekBy(10),
    "r": Again(),
    "t": MoreTime(),
    "w": Whereabouts(),
    "+": Volume(0.1, by=True),
    "0": Volume(0.1, by=True),
    "-": Volume(-0.1, by=True),
    "9": Volume(-0.1, by=True),
    "m": Mute(),
    "q": Quit(),
}
HELP = "space pause · n next · b back · ← → ten seconds · r again · t more time · w where am I · q quit"

_STATES = {
    State.PAUSED: "paused",
    State.LOST: "no sound",
    State.ENDED: "the end",
    State.PREPARING: "one moment",
}


class Plain:
    """Turns snapshots into lines, each once."""

    def __init__(self) -> None:
        self._phase: object = None
        self._state: State | None = None
        self._message: str | None = None
        self._section = -1

    def lines(self, now: Snapshot) -> Iterator[str]:
        """What is new since the last snapshot."""
        time = f"{'≈' if now.estimated else ''}{clock(now.elapsed)}"
        if now.message != self._message:
            self._message = now.message
            if now.message:
                yield f"{time}  {now.message}"
        changed, self._state = now.state is not self._state, now.state
        if changed and now.state in _STATES:
            yield f"{time}  {_STATES[now.state]}"
        phase = (now.place.section, now.phase, now.phase_length, now.activity)
        if now.state is State.PLAYING and not now.remark and phase != self._phase:
            self._phase = phase
            if now.place.section != self._section:
                self._section = now.place.section
                yield f"{time}  {now.title}  ({clock(now.remaining)} left)"
            yield f"{time}    {describe(now)}"


def describe(now: Snapshot) -> str:
    """The phase in words: what, which set, rep and side, and for how long."""
    doing = now.activity
    parts = [now.phase.replace("_", " ")]
    if doing.sets is not None and doing.sets > 1:
        parts.append(f"set {doing.set} of {doing.sets}")
    if doing.rep is not None and doing.reps is not None and doing.reps > 1:
        parts.append(f"rep {doing.rep} of {doing.reps}")
    parts.append(doing.side or "")
    parts.append(f"{now.phase_length:.0f} s")
    return ", ".join(part for part in parts if part)
