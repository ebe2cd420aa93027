"""The control panel in the terminal: choosing a session, and steering it from the floor.

It is read from three metres by somebody who lies on their back, so whatever matters is drawn three rows high
or more. The panel knows an engine by its snapshots and commands alone; everything else (sessions, export,
settings, voices) comes through ports that the composition root fills, so that each screen can be tested, and
drawn, without a voice, a sound card or a disk.
"""

from __future__ import annotations
