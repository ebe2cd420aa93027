"""Pure layout: a session becomes a plan of sections, and a section with its clip lengths becomes frames.

`plan(session, choices)` decides what is said and done and in which order; `lay_out(outline, lengths)` decides
when, for one section, from only that section and the lengths of its clips. Both are pure, so the same inputs
give the same timeline, frame for frame. `estimate(outlines)` estimates the lengths instead.
"""

from __future__ import annotations

from player.layout.estimate import estimate
from player.layout.lay_out import lay_out
from player.layout.outline import Lengths, Line, Outline, Span
from player.layout.plan import plan

__all__ = ["Lengths", "Line", "Outline", "Span", "estimate", "lay_out", "plan"]
