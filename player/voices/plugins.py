"""Voices of other packages: `--voice NAME` or `--voice NAME:ID`, where NAME is their entry point.

Anything that looks like a language (`en`, `en-us+f2`, `gmw/en`) and `heart` are built-in voices, so no
package can replace one, and a session with the default voice never looks for plug-ins.
"""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from player.errors import Error, SpeechError
from player.plugins import find_plugins
from player.speech.voice import Voice
from player.voices.catalogue import VoiceInfo
from player.voices.engines import Engine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from player.plugins import Plugin
    from player.speech.manner import Manner
    from player.speech.voice import VoicePlugin

GROUP = "cuemat.voices"
_RESERVED = re.compile(r"[a-z]{2,3}([-+/].*)?|heart|.*\.onnx", re.IGNORECASE)
"""What looks like a language, the natural voice, and files for it."""

_log = logging.getLogger(__name__)


def make_plugin_voice(manner: Manner) -> Voice | None:
    """The voice of another package; None if `manner` asks for a built-in one.

    Raises:
        SpeechError: The package is broken, or cannot speak here.
        UserError: The package has no such voice.
    """
    name, _, voice_id = manner.voice.partition(":")
    plugin = _find().get(name) if _is_free(name) else None
    if plugin is None:
        return None
    loaded: VoicePlugin = plugin.load()
    with plugin.guard():
        made: object = loaded.make(replace(manner, voice=voice_id))
        if not isinstance(made, Voice):
            message = f"it returns {type(made).__name__}, not a voice"
            raise TypeError(message)
        return made


def is_plugin_voice(voice: str) -> bool:
    """Whether a voice is one of another package, by its id."""
    name = voice.partition(":")[0]
    return _is_free(name) and name in _find()


def plugin_alphabets(voice: str) -> frozenset[str] | None:
    """The alphabets that a voice of another package reads; None for a built-in voice."""
    if not is_plugin_voice(voice):
        return None
    plugin = _find()[voice.partition(":")[0]]
    try:
        loaded: VoicePlugin = plugin.load()
        with plugin.guard():
            return frozenset(map(str, getattr(loaded, "alphabets", ())))
    except Error as error:  # told when it is to speak
        _log.warning("alphabets unknown: %s", error)
        return frozenset()


def list_plugin_voices() -> Iterator[VoiceInfo]:
    """The voices of all other packages; a broken package is skipped and logged."""
    for plugin in _find().values():
        try:
            yield from _voices(plugin)
        except Error as error:
            _log.warning("voices not listed: %s", error)


def _voices(plugin: Plugin) -> list[VoiceInfo]:
    loaded: VoicePlugin = plugin.load()
    with plugin.guard():
        voices = dict(loaded.voices())
        return [
            VoiceInfo(f"{plugin.name}:{one}" if one else plugin.name, voices[one], "", Engine.PACKAGE)
            for one in voices
        ]


def _find() -> dict[str, Plugin]:
    return find_plugins(GROUP, _is_free, SpeechError)


def _is_free(name: str) -> bool:
    return not _RESERVED.fullmatch(name)
