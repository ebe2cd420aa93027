"""Whether a device is one that falls asleep on silence, by its names.

No sound system tells. What is connected by Bluetooth sleeps, nearly always, and its names give it away: those
that systems make (`bluez_output.…`, an address on macOS, "Hands-Free" on Windows), and the makers' own. A
wrong yes costs a noise that nobody hears and half a second before a word; a wrong no costs the word. So
doubtful names count.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from player.outputs.protocol import Output

_WORDS = (
    *("bluez", "bluetooth", "bluealsa", "a2dp", "airplay", "wireless", "hands-?free", "headset", "soundbar"),
    *("airpods?", "homepod", "(?:ear|free)?buds", "beats", "bose", "jabra", "jbl", "soundcore", "shokz"),
    *("momentum", "quietcomfort", "soundlink", "(?:mega|wonder)?boom", "beo(?:play|sound)", "skullcandy"),
    r"(?:wh|wf|wi|srs)-\w*\d\w*",  # Sony's
)
_NAMES = re.compile(rf"(?<![a-z])(?:{'|'.join(_WORDS)})(?![a-z])")
_ADDRESS = re.compile(r"(?<![0-9a-f])(?:[0-9a-f]{2}[-:_]){5}[0-9a-f]{2}(?![0-9a-f])")


def may_sleep(output: Output) -> bool:
    """Whether the output's current device may fall asleep; before it is open, as far as it is known."""
    return is_wireless(output.device) or is_wireless(str(getattr(output, "native", "")))


def is_wireless(name: str) -> bool:
    """Whether a name is that of a Bluetooth loudspeaker, of headphones or the like."""
    name = name.casefold()
    return bool(_NAMES.search(name) or _ADDRESS.search(name))
