"""The control panel in the terminal: choose a session, and control it from the floor.

The listener lies on their back three metres away, so everything important is drawn at least three rows high.
The panel knows an engine only by its snapshots and commands; everything else (sessions, export, settings,
voices) comes through ports that the composition root fills, so each screen can be tested, and drawn, without
a voice, a sound card or a disk.
"""

from __future__ import annotations
