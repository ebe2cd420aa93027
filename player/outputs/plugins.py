"""Outputs of other packages: `--output NAME[:DEVICE]`, where NAME is their entry point."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from player.errors import Error, OutputError
from player.outputs.bounded_call import BoundedCall
from player.plugins import find_plugins
from player.timeline import RATE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from player.outputs.protocol import Output, OutputPlugin
    from player.plugins import Plugin

GROUP = "cuemat.outputs"
ASKING = 5.0
"""Seconds to wait for a package to list its devices."""

_log = logging.getLogger(__name__)


def find_output_plugins(built_in: Collection[str]) -> dict[str, Plugin]:
    """The outputs of other packages by name, except those with the name of a built-in output."""
    return find_plugins(GROUP, lambda name: name not in built_in, OutputError)


def make_plugin_output(plugin: Plugin, device: str | None) -> Output:
    """Make the output of another package.

    Raises:
        OutputError: The package is broken, or the output cannot be used here.
        UserError: The device does not exist.
    """
    from player.outputs.protocol import Output  # noqa: PLC0415  loads numpy, which listing does not need

    loaded: OutputPlugin = plugin.load()
    with plugin.guard():
        made: object = loaded(device)
        if not isinstance(made, Output):
            message = f"it returns {type(made).__name__}, not an output"
            raise TypeError(message)
        if made.rate != RATE:
            message = f"its rate is {made.rate}, not {RATE}"
            raise ValueError(message)
        return made


def list_plugin_outputs(built_in: Collection[str]) -> Iterator[tuple[str, str]]:
    """Values of `--output`, each with its package; a broken package is skipped and logged."""
    for plugin in find_output_plugins(built_in).values():
        try:
            specs = _specs(plugin)
        except Error as error:
            _log.warning("outputs not listed: %s", error)
        else:
            yield from ((spec, plugin.package) for spec in specs)


def _specs(plugin: Plugin) -> list[str]:
    devices = getattr(plugin.load(), "devices", None)
    if devices is None:
        return [plugin.name]
    with plugin.guard():
        names = BoundedCall(lambda: tuple(devices())).result(ASKING)
        return [f"{plugin.name}:{name}" for name in names] or [plugin.name]
