"""The live engine: commands in, immutable snapshots out, and between them the output's pull.

Three threads touch it, each in one place. The output's thread calls `Tape.pull`, which only adds up clips in
memory. The control thread owns everything else: it carries out commands, watches the device and makes
snapshots. The stock's thread speaks ahead. A command that changes what is heard cuts the output and restarts
it where the listener was, because a device buffers up to half a second of sound: if commands waited for the
next block, a key would act too late.

Importing the room brings what front ends exchange with it. `Engine` and `Stock` come from their own files,
because they need numpy, and the list of sessions must appear at once.
"""

from __future__ import annotations

from player.engine.commands import (
    Again,
    Back,
    Command,
    Done,
    GoOn,
    Jump,
    MoreTime,
    MusicLevel,
    Mute,
    Next,
    Pause,
    Play,
    Quit,
    SeekBy,
    SeekTo,
    Toggle,
    Volume,
    Whereabouts,
)
from player.engine.snapshot import Snapshot, State

__all__ = [
    "Again",
    "Back",
    "Command",
    "Done",
    "GoOn",
    "Jump",
    "MoreTime",
    "MusicLevel",
    "Mute",
    "Next",
    "Pause",
    "Play",
    "Quit",
    "SeekBy",
    "SeekTo",
    "Snapshot",
    "State",
    "Toggle",
    "Volume",
    "Whereabouts",
]
