"""`cuemat completion`: a script that completes commands, options, sessions, exercises and voices.

Bash takes `=` for a word of its own, and completes a name with spaces without quotes; both are mended here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import BashComplete, add_completion_class, get_completion_class

from player.app.kinds import WordKind
from player.cli.command import command
from player.cli.options import KindType

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

SHELLS = ("bash", "zsh", "fish")


@add_completion_class
class Bash(BashComplete):
    """Completion for bash."""

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the cursor, with `--option = value` as two words, and the one to complete."""
        words, incomplete = super().get_completion_args()
        return [word for word in words if word != "="], incomplete

    def format_completion(self, item: CompletionItem[Any]) -> str:
        """One answer, with a backslash before what bash reads as something else; `read` halves them."""
        value = re.sub(r"([^\w@%+=:,./~-])", r"\\\\\1", item.value) if item.type == "plain" else item.value
        return f"{item.type},{value}"


@command(
    "completion",
    "It completes commands, options, sessions, exercises and voices.",
    examples=(
        (
            "completion bash > ~/.local/share/bash-completion/completions/cuemat",
            "for bash, in the next shell you open",
        ),
        ("completion zsh > ~/.zfunc/_cuemat", "for zsh, if ~/.zfunc is in fpath"),
        ("completion fish > ~/.config/fish/completions/cuemat.fish", "for fish"),
    ),
)
@click.argument("shell", metavar="bash|zsh|fish", type=KindType(WordKind(SHELLS)))
def completion(shell: str) -> int:
    """Print the completion script for one shell."""
    from player.cli.root import COMPLETE, make_root

    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101  click knows all three
    print(kind(make_root(), {}, "cuemat", COMPLETE).source())
    return 0


COMMAND = completion
