"""Turns a title into the name of a file: as written, as far as any file system can.

The name must survive a memory stick, a phone, Windows and an old locale, so only what one of them refuses is
replaced.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata

LONGEST = 180
"""Bytes of a name, of the 255 that a file system allows; a number and an ending come on top."""
_REFUSED = re.compile(r'[/\\:*?"<>|\x00-\x1f\x7f]+')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?=$|\.)", re.IGNORECASE)
"""Names that Windows keeps for devices."""


def named_like(title: str) -> str:
    """A file name without an ending, like the title: "90/90 (level ½)" gives `90-90 (level ½)`."""
    name = _REFUSED.sub("-", unicodedata.normalize("NFC", title))
    name = "".join(_encodable(letter) for letter in name if letter.isprintable())
    name = _cut(name).strip(" .-")
    name = f"_{name}" if _DEVICES.match(name) else name
    return name or "session"


def _encodable(letter: str) -> str:
    """The letter, or "-" where the file system's own encoding lacks it."""
    try:
        os.fsencode(letter)
    except UnicodeEncodeError:
        return "-"
    return letter


def _cut(name: str) -> str:
    encoding = sys.getfilesystemencoding()
    return name.encode(encoding, "ignore")[:LONGEST].decode(encoding, "ignore")
