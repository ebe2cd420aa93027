"""click options, made from the table of what a listener can choose.

`@asks(...)` gives a command the options of some groups and hands its function one `Request`.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from player.app.kinds import NumberKind, RefusedError, SwitchKind
from player.app.offers import bed_names, session_ids, voice_ids
from player.app.request import SETTINGS, Group, Request, Setting, Wishes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from player.app.kinds import SettingKind

Made = TypeVar("Made", bound="Callable[..., Any]")
PLAYED = (Group.DOSE, Group.COACHING, Group.MUSIC, Group.VOICE)
"""The groups that change what is heard."""


class KindType(click.ParamType[Any]):
    """Reads a parameter with one of the kinds of settings.

    Args:
        kind: How to read it.
        here: More words to complete, such as the voices on this computer.
    """

    name = "value"

    def __init__(self, kind: SettingKind, here: Callable[[], Iterable[str]] = tuple) -> None:
        self._kind, self._here = kind, here

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401  as click has it
        """Return the value, or refuse it with one line that says what to write instead."""
        if not isinstance(value, str):
            return value
        try:
            return self._kind.read(value)
        except RefusedError as refused:
            raise click.BadParameter(str(refused), ctx, param) from None

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Its words, if there is a list of them."""
        del ctx, param
        return _starting_with(incomplete, [*self._kind.words(), *self._here()])


class Named(click.ParamType[Any]):
    """The name of something in the library, with completion; whether it exists is checked later.

    Args:
        what: Its name in help.
        names: Returns all names.
        files: A file is accepted, too.
    """

    def __init__(self, what: str, names: Callable[[], Iterable[str]], *, files: bool = False) -> None:
        self.name, self._names, self._files = what, names, files

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The names that begin this way, and files if they are accepted."""
        del ctx, param
        found = _starting_with(incomplete, self._names())
        return found or ([CompletionItem(incomplete, type="file")] if self._files else [])


def asks(
    *groups: Group, session: bool = True, leave_out: frozenset[str] = frozenset()
) -> Callable[[Made], Made]:
    """Add options for some groups of settings; the function gets one `request` instead.

    Args:
        groups: Which groups.
        session: The command also takes SESSION.
        leave_out: Settings that have no effect on this command.
    """
    names = [
        name
        for name, setting in SETTINGS.items()
        if setting.group in groups and setting.option and name not in leave_out
    ]

    def decorate(function: Made) -> Made:
        @wraps(function)
        def asked(**typed: Any) -> Any:  # noqa: ANN401  whatever the function takes and returns
            wishes = Wishes(**{name: typed.pop(name) for name in names})
            named = typed.pop("session", None) if session else None
            return function(request=Request(named or "", wishes), **typed)

        made: Any = asked
        for name in reversed(names):
            made = _option(SETTINGS[name])(made)
        return made  # type: ignore[no-any-return]  # click's decorators keep the function

    return decorate


def session_argument(*, required: bool = True) -> Callable[[Made], Made]:
    """SESSION: an id or a path."""
    return click.argument(
        "session", metavar="SESSION", type=Named("session", session_ids, files=True), required=required
    )


def _option(setting: Setting) -> Callable[[Made], Made]:
    usual = _usual(setting)

    class Grouped(click.Option):
        """An option that help lists in its setting's group."""

        group = setting.group

    return click.option(
        f"--{setting.name.replace('_', '-')}",
        cls=Grouped,
        type=KindType(setting.kind, _NAMES_HERE.get(setting.name, tuple)),
        metavar=setting.kind.placeholder,
        help=f"{setting.help} ({usual})" if usual else setting.help,
    )


def _usual(setting: Setting) -> str:
    """The default, as help shows it."""
    if setting.usual is None:
        return ""
    if isinstance(setting.kind, SwitchKind):
        return "on" if setting.usual else "off"
    return f"{setting.usual:g}" if isinstance(setting.kind, NumberKind) else str(setting.usual)


def _starting_with(incomplete: str, words: Iterable[str]) -> list[CompletionItem]:
    return [CompletionItem(word) for word in words if word.startswith(incomplete)]


_NAMES_HERE: dict[str, Callable[[], Iterable[str]]] = {"voice": voice_ids, "music": bed_names}
"""Settings whose values are found on this computer."""
