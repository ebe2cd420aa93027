"""How a command line is refused: in one line, in the words of whoever typed it, with what to write instead.

Python's own way is the usage over several lines, and its words are a programmer's. Nor may an option be
shortened here: what is short for one option today would be short for two after the next one has come.
"""

from __future__ import annotations

import argparse
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from player.words import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_Number = TypeVar("_Number", int, float)

_SAID = (
    (r"argument (\S+): expected .*", r"\1 needs a value"),
    (r"argument (\S+): ignored explicit argument .*", r"\1 takes no value; leave out what follows its ="),
    (r"argument (\S+): (.*)", r"\1 \2"),
    (r"the following arguments are required: (.*)", r"something is missing: \1"),
)
"""What Python says, and how it is said here."""


class Parser(argparse.ArgumentParser):
    """Says in one line what is wrong, without anything that a terminal would obey."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401  as the class it extends has them
        super().__init__(**{"allow_abbrev": False, **settings})

    def parse_known_args(  # type: ignore[override]  # only ever called as here
        self, args: Sequence[str], namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """The same; an unknown option is told of before what is missing because of it.

        Args:
            args: What was typed.
            namespace: To be filled.
        """
        for word in args:
            if word == "--" or (self._subparsers and not word.startswith("-")):
                break
            if word.startswith("--") and " " not in word.partition("=")[0]:
                self._know(word.partition("=")[0])
        return super().parse_known_args(args, namespace)

    def _know(self, option: str) -> None:
        known = self._option_string_actions
        if option not in known:
            begun = next((name for name in known if name.startswith(option)), None)
            self.error(f"unknown option {_meant(option, known, begun)}")

    def _check_value(self, action: argparse.Action, value: Any) -> None:  # noqa: ANN401  as the class it extends has it
        choices = action.choices
        if choices is None or value in choices:
            return
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001  it has no other name
            self.error(f"unknown command {_meant(value, choices)}")
        raise argparse.ArgumentError(action, _refused(value, f"one of: {', '.join(map(str, choices))}"))

    def error(self, message: str) -> NoReturn:
        """Say it, with where to read on if nothing better is known, and end with 2."""
        for theirs, ours in _SAID:
            if re.fullmatch(theirs, message, re.DOTALL):
                message = re.sub(theirs, ours, message, flags=re.DOTALL)
                break
        if ";" not in message and "?" not in message:
            message += f"; see `{self.prog} --help`"
        self.exit(2, f"{self.prog}: {printable(message)}\n")


def too_much(words: Sequence[str]) -> str:
    """The message about words that no option or place takes."""
    option = next((word for word in words if word.startswith("-")), None)
    if option:
        return f"unknown option {_quoted(option)}"
    return f"one word too many: {_quoted(words[0])}; what has spaces in it is put in quotes"


def one_of(kind: Iterable[Any]) -> Callable[[str], Any]:
    """The word of a kind that was typed; what is none is left to the choices of the option."""
    words = {str(word): word for word in kind}
    return lambda text: words.get(text, text)


def whole_number(low: int, high: int) -> Callable[[str], int]:
    """A whole number between two others."""
    return _within(int, low, high, "a whole number")


def number(low: float, high: float, what: str = "a number", unit: str = "") -> Callable[[str], float]:
    """A number between two others; its unit may be written behind it."""
    return _within(lambda text: float(text.lower().removesuffix(unit)), low, high, what)


def _within(read: Callable[[str], _Number], low: float, high: float, what: str) -> Callable[[str], _Number]:
    def parse(text: str) -> _Number:
        with suppress(ValueError):
            value = read(text)
            if low <= value <= high:
                return value
        raise argparse.ArgumentTypeError(_refused(text, f"{what} from {low:g} to {high:g}"))

    return parse


def _refused(text: str, instead: str) -> str:
    return f"cannot be {_quoted(text)}; write {instead}"


def _meant(word: str, known: Iterable[str], begun: str | None = None) -> str:
    from player.words import nearest

    near = begun or nearest(word, known)
    return f"{_quoted(word)}; did you mean '{near}'?" if near else _quoted(word)


def _quoted(text: str) -> str:
    from player.words import quoted

    return quoted(text)
