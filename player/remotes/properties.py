"""A snapshot in the terms of MPRIS, translated without any decisions of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dbus_fast import Variant

from player.engine import State

if TYPE_CHECKING:
    from player.engine import Snapshot

MICRO = 1_000_000
WAITS = "press Play when you are done"
"""Shown beside the title while the session waits for the listener."""

_STATUS = {
    State.PREPARING: "Playing",
    State.PLAYING: "Playing",
    State.WAITING: "Paused",
    State.PAUSED: "Paused",
    State.LOST: "Paused",
    State.ENDED: "Stopped",
    State.FAILED: "Stopped",
}


def properties_of(now: Snapshot, title: str, cover: str = "") -> dict[str, Any]:
    """The properties whose changes are signalled, by name."""
    return {
        "PlaybackStatus": status(now),
        "Metadata": metadata(now, title, cover),
        "CanGoNext": now.can_next,
        "Volume": volume(now),
    }


def status(now: Snapshot) -> str:
    """What the engine wants to do, except that a lost device counts as paused, and so does a wait.

    For it, a desktop shows a button to play, which goes on, and a position that stands still.
    """
    return _STATUS[now.state]


def metadata(now: Snapshot, title: str, cover: str = "") -> dict[str, Variant]:
    """The exercise as a track of the session."""
    return {
        "mpris:trackid": Variant("o", track_id(now)),
        "mpris:length": Variant("x", micro(now.length)),
        "xesam:title": Variant("s", f"{now.title} – {WAITS}" if now.state is State.WAITING else now.title),
        "xesam:album": Variant("s", title),
        "xesam:artist": Variant("as", ["Cuemat"]),
        **({"mpris:artUrl": Variant("s", cover)} if cover else {}),
    }


def track_id(now: Snapshot) -> str:
    """The track id of the section; after the end, that of the last section."""
    return f"/cuemat/section/{min(now.place.section, now.sections - 1)}"


def volume(now: Snapshot) -> float:
    """From 0 to 1; 0 while muted."""
    return 0.0 if now.muted else now.volume


def micro(seconds: float) -> int:
    """Seconds as whole microseconds."""
    return round(seconds * MICRO)
