"""Where live sound goes. An output pulls samples from a callable, and knows nothing of sessions."""

from __future__ import annotations

from player.outputs.choose import choose, list_devices

__all__ = ["choose", "list_devices"]
