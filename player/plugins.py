"""Voices and outputs that other packages add, found by the entry points of their distributions.

Finding them reads names only: a plug-in is imported when it is chosen or listed, never before. What goes
wrong in one is its own failure, in one line that names its package, and never looks like a bug of the
program.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

from player.errors import Error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from importlib.metadata import EntryPoint

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Plugin:
    """One entry point of another package."""

    name: str
    """What the listener writes."""
    package: str
    """Name and version, as pip knows them."""
    _point: EntryPoint
    _failure: type[Error]

    def load(self) -> Any:  # noqa: ANN401  whoever knows the group knows the type
        """Import what the entry point leads to.

        Raises:
            Error: It cannot be imported; of the class that `find_plugins` was given.
        """
        with self.guard():
            return self._point.load()

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Turn whatever this block raises, unless it is an `Error`, into one that names the package."""
        try:
            yield
        except Error:
            raise
        except Exception as error:
            _log.info("the plug-in '%s' of %s is broken", self.name, self.package, exc_info=True)
            message = (
                f"'{self.name}', of the package {self.package}, is broken: {type(error).__name__}: {error}"
            )
            raise self._failure(message) from error


def find_plugins(group: str, is_free: Callable[[str], bool], failure: type[Error]) -> dict[str, Plugin]:
    """The plug-ins of a group, by name; imports none of them.

    A name that is not free, that contains a colon, or that another package has already taken (in the order of
    the packages' names) is left out, with a line in the log.

    Args:
        group: Of entry points: `cuemat.voices`.
        is_free: Whether a plug-in may have a name: what is built in keeps its own.
        failure: What a plug-in raises when it is broken.
    """
    found: dict[str, Plugin] = {}
    for point in sorted(entry_points(group=group), key=_package):
        plugin = Plugin(point.name, _package(point), point, failure)
        if ":" in plugin.name or not is_free(plugin.name) or plugin.name in found:
            _log.warning("'%s' of %s is left out: its name is taken or reserved", plugin.name, plugin.package)
        else:
            found[plugin.name] = plugin
    return found


def _package(point: EntryPoint) -> str:
    return f"{point.dist.name} {point.dist.version}" if point.dist else "unknown"
