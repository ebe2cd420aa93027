"""Lets wakepy speak in Cuemat's name: desktops show who keeps the screen awake, and why.

wakepy writes its own name into every call, but lets its caller choose the way to D-Bus.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wakepy.core.dbus import DBusMethodCall
from wakepy.dbus_adapters.jeepney import JeepneyDBusAdapter

if TYPE_CHECKING:
    from collections.abc import Mapping

OURS: Mapping[object, str] = {"wakepy": "Cuemat", "wakelock active": "a session is playing"}
"""What takes the place of wakepy's words."""


class NamedAdapter(JeepneyDBusAdapter):
    """Calls D-Bus with our name and reason in place of wakepy's."""

    def process(self, call: DBusMethodCall) -> object:
        """Make one call."""
        arguments = tuple(OURS.get(one, one) if isinstance(one, str) else one for one in call.args)
        return super().process(DBusMethodCall(call.method, arguments))
