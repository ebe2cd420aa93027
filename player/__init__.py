"""Cuemat turns session scripts into a calm coaching voice.

The path of a cue: `script` (text to session), `layout` (session to timeline), `compiler` (speech and
timeline together), `render` (timeline to samples), `export` (samples to a file). Nothing happens at import.
"""

from __future__ import annotations

__version__ = "0.2.0.dev0"
