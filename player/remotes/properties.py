"""A snapshot in MPRIS's words: nothing is worked out here that the engine has not said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dbus_fast import Variant

from player.engine import State

if TYPE_CHECKING:
    from player.engine import Snapshot

MICRO = 1_000_000

_STATUS = {
    State.PREPARING: "Playing",
    State.PLAYING: "Playing",
    State.PAUSED: "Paused",
    State.LOST: "Paused",
    State.ENDED: "Stopped",
    State.FAILED: "Stopped",
}


def properties_of(now: Snapshot, title: str) -> dict[str, Any]:
    """The properties whose changes are signalled, by their names on the bus."""
    return {
        "PlaybackStatus": status(now),
        "Metadata": metadata(now, title),
        "CanGoNext": now.can_next,
        "Volume": volume(now),
    }


def status(now: Snapshot) -> str:
    """What the engine wants to do, but for a lost device: there nothing runs."""
    return _STATUS[now.state]


def metadata(now: Snapshot, title: str) -> dict[str, Variant]:
    """The exercise as a track of the session."""
    return {
        "mpris:trackid": Variant("o", track_id(now)),
        "mpris:length": Variant("x", micro(now.length)),
        "xesam:title": Variant("s", now.title),
        "xesam:album": Variant("s", title),
        "xesam:artist": Variant("as", ["Cuemat"]),
    }


def track_id(now: Snapshot) -> str:
    """One for each section; after the end, that of the last."""
    return f"/cuemat/section/{min(now.place.section, now.sections - 1)}"


def volume(now: Snapshot) -> float:
    """From 0 to 1; 0 while muted."""
    return 0.0 if now.muted else now.volume


def micro(seconds: float) -> int:
    """Seconds as whole microseconds."""
    return round(seconds * MICRO)
