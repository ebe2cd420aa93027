"""Collects what the doctor examines; broken settings are a finding, not a reason to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.app.folders import CACHE, CONFIG, HOME, STATE, cache_folder, settings_file, state_folder
from player.app.logs import LOG, OLD_ONES
from player.app.prepare import manner_for
from player.app.request import KeepAwake, Request, Wishes
from player.app.settings import SettingsError, read_settings
from player.doctor.patient import Patient, Place
from player.library import users_home
from player.outputs.bounded_call import BoundedCall

if TYPE_CHECKING:
    from collections.abc import Callable

READING = 5.0
"""Seconds to wait for the settings; a sleeping disk needs some."""


def admit(wishes: Wishes, *, terminal: str, can_be_drawn_on: bool, quiet: bool, clear: bool) -> Patient:
    """Describe this installation to the doctor.

    Args:
        wishes: The choices for this run.
        terminal: The kind of terminal, as in `TERM`.
        can_be_drawn_on: The terminal can show the control panel.
        quiet: Play no tone.
        clear: Empty the cache.
    """
    usual, mistakes = _usual()
    request = Request("", wishes, usual)
    file = settings_file()
    cache = Place("cache", cache_folder(), CACHE)
    state = Place("state", state_folder(), STATE)
    return Patient(
        settings=Place("settings", file, CONFIG),
        folders=(Place("data", users_home(), HOME), Place("settings", file.parent, CONFIG), cache, state),
        cache=cache,
        log=Place("log", state.path / LOG, STATE),
        old_logs=OLD_ONES,
        manner=manner_for(request),
        mistakes=mistakes,
        output=request.chosen("output"),
        volume=request.chosen("volume"),
        keeps_awake=request.chosen("keep_awake") is KeepAwake.ON,
        terminal=terminal,
        can_be_drawn_on=can_be_drawn_on,
        quiet=quiet,
        clear=clear,
    )


def _usual() -> tuple[Wishes, tuple[str, ...]]:
    """The settings, or none and the reasons."""
    read: Callable[[], Wishes] = lambda: read_settings(settings_file()).wishes  # noqa: E731
    try:
        return BoundedCall(read).result(READING), ()
    except SettingsError as error:
        return Wishes(), error.discreet
    except TimeoutError:
        return Wishes(), ("cannot be read: the disk does not answer; restart the computer, and try again",)
