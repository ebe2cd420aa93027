"""A session as plain text: one line for each phase, for screen readers and logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.app.commands import COMMANDS
from player.app.keys import KeyScreen, keys_of
from player.engine import Quit, State
from player.words import clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from player.engine import Command, Snapshot

IN_HELP = ("toggle", "next", "back", "earlier", "later", "again", "more", "where", "end")
"""The keys in the first line; a longer list would not help."""

_STATES = {
    State.LOST: "no sound",
    State.ENDED: "the end",
    State.PREPARING: "one moment",
}


class Plain:
    """Turns snapshots into lines, each printed once, and keys into commands.

    Args:
        changed: The listener's own keys, by what they do.
        reads_keys: The listener can press keys.
    """

    def __init__(
        self, changed: Mapping[str, tuple[str, ...]] | None = None, *, reads_keys: bool = False
    ) -> None:
        self._keys = {one.name: one for one in keys_of(KeyScreen.PLAYING, changed)}
        self._names = {key: one.name for one in self._keys.values() for key in one.keys}
        self._phase: object = None
        self._state: State | None = None
        self._message: str | None = None
        self._volume: tuple[float, bool] | None = None
        self._section = -1
        resumes = f"; {self._keys['toggle'].shown} resumes" if reads_keys else ""
        done = f"; press {self._keys['done'].shown} when you are done" if reads_keys else ""
        self._words = {
            **_STATES,
            State.PAUSED: f"paused{resumes}",
            State.WAITING: f"waiting for you{done}",
        }

    def forget(self) -> None:
        """Say the state again, with the next lines: what was said before has scrolled away."""
        self._state = self._message = self._phase = None

    def help(self) -> str:
        """The keys that matter most, in one line."""
        named = (self._keys[name] for name in IN_HELP)
        return " · ".join(f"{one.shown} {one.short[0].lower()}{one.short[1:]}" for one in named)

    @property
    def resume_key(self) -> str:
        """The key that resumes the unfinished run."""
        return self._keys["resume"].shown

    def means(self, key: str, name: str) -> bool:
        """Whether a key has an action, by its name in the table of keys."""
        return self._names.get(key) == name

    def command(self, key: str) -> Command | None:
        """The engine command for a key; None if it needs a screen or means nothing."""
        name = self._names.get(key, "")
        return Quit() if name == "end" else COMMANDS.get(name)

    def refuse(self, key: str) -> str:
        """Why a key of the table does nothing here; empty if it is not in the table."""
        name = self._names.get(key)
        return f"{self._keys[name].shown}: {self._keys[name].long}, in the control panel only" if name else ""

    def lines(self, now: Snapshot) -> Iterator[str]:
        """The lines that are new since the last snapshot."""
        time = f"{'≈' if now.estimated else ''}{clock(now.elapsed)}"
        if now.message != self._message:
            self._message = now.message
            if now.message and now.state is not State.FAILED:  # told once, as an error
                yield f"{time}  {now.message}"
        changed, self._state = now.state is not self._state, now.state
        if (now.volume, now.muted) != self._volume:
            if self._volume is not None:
                yield f"{time}  {'muted' if now.muted else f'volume {now.volume:.0%}'}"
            self._volume = now.volume, now.muted
        if changed and now.state in self._words:
            yield f"{time}  {self._words[now.state]}"
        if now.state is State.PAUSED and not changed and now.place.section != self._section:
            self._section, self._phase = now.place.section, None  # moved by a key
            yield f"{time}  {now.title}  ({clock(now.remaining)} left)"
        phase = (now.place.section, now.phase, now.phase_length, now.activity)
        if now.state is State.PLAYING and not now.remark and phase != self._phase:
            self._phase = phase
            if now.place.section != self._section:
                self._section = now.place.section
                yield f"{time}  {now.title}  ({clock(now.remaining)} left)"
            yield f"{time}    {describe(now)}"


def describe(now: Snapshot) -> str:
    """The phase in words: kind, set, rep, side and seconds."""
    doing = now.activity
    parts = [now.phase.replace("_", " ")]
    if doing.sets is not None and doing.sets > 1:
        parts.append(f"set {doing.set} of {doing.sets}")
    if doing.rep is not None and doing.reps is not None and doing.reps > 1:
        parts.append(f"rep {doing.rep} of {doing.reps}")
    parts.append(doing.side or "")
    parts.append(f"{now.phase_length:.0f} s")
    return ", ".join(part for part in parts if part)
