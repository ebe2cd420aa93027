"""Cuemat: session scripts in, a calm coaching voice out.

The way a cue takes: `script` (text to session), `layout` (session to timeline), `compiler` (speech and
timeline together), `render` (timeline to samples), `export` (samples to a file). Nothing happens at import.
"""

from __future__ import annotations

__version__ = "0.2.0.dev0"
