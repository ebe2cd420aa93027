"""Voices and outputs from other packages, found by their entry points.

Finding them only reads names: a plug-in is imported when it is chosen or listed, never before. A failure in a
plug-in is reported in one line that names its package, and never looks like a bug of the program.
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
    """The name to choose it by."""
    package: str
    """The package's name and version in pip."""
    _point: EntryPoint
    _failure: type[Error]

    def load(self) -> Any:  # noqa: ANN401  the type depends on the group
        """Import the object behind the entry point.

        Raises:
            Error: It cannot be imported; the class is that given to `find_plugins`.
        """
        with self.guard():
            return self._point.load()

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Turn any exception of the block except `Error` into an `Error` that names the package."""
        try:
            yield
        except Error:
            raise
        except Exception as error:
            _log.info("the plug-in '%s' of %s is broken", self.name, self.package, exc_info=True)
            message = (
                f"'{self.name}', from the package {self.package}, is broken: {type(error).__name__}: {error}"
            )
            raise self._failure(message) from error


def find_plugins(group: str, is_free: Callable[[str], bool], failure: type[Error]) -> dict[str, Plugin]:
    """The plug-ins of a group, by name; imports none of them.

    A plug-in is skipped, with a line in the log, if its name is not free, contains a colon, or belongs to
    another package already (in the order of package names).

    Args:
        group: The group of entry points, such as `cuemat.voices`.
        is_free: Whether a plug-in may have a name; built-in names are not free.
        failure: The class of error for a broken plug-in.
    """
    found: dict[str, Plugin] = {}
    for point in sorted(entry_points(group=group), key=_package):
        plugin = Plugin(point.name, _package(point), point, failure)
        if ":" in plugin.name or not is_free(plugin.name) or plugin.name in found:
            _log.warning("skipping '%s' of %s: the name is taken or reserved", plugin.name, plugin.package)
        else:
            found[plugin.name] = plugin
    return found


def _package(point: EntryPoint) -> str:
    return f"{point.dist.name} {point.dist.version}" if point.dist else "unknown"
