"""The live engine: commands in, immutable snapshots out, and between them the pull that an output makes.

Three threads touch it, each in one place. The output's thread calls `Tape.pull`, which only adds up clips
that lie in memory. The control thread owns everything else: it carries out commands, watches the device and
makes snapshots. The stock's thread speaks ahead. A command that changes what is heard cuts the output and
starts it again where the listener was, because a device holds up to half a second of sound that would still
be played: draining a queue of commands at each block would answer a key too late.
"""

from __future__ import annotations

from player.engine.commands import (
    Again,
    Back,
    Command,
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
from player.engine.engine import Engine
from player.engine.snapshot import Snapshot, State
from player.engine.stock import Stock

__all__ = [
    "Again",
    "Back",
    "Command",
    "Engine",
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
    "Stock",
    "Toggle",
    "Volume",
    "Whereabouts",
]
