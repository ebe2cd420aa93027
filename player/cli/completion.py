"""`cuemat completion`: a script that completes commands, options, sessions, exercises and voices."""

from __future__ import annotations

import click

from player.app.kinds import WordKind
from player.cli.command import command
from player.cli.options import KindType

SHELLS = ("bash", "zsh", "fish")


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
    from click.shell_completion import get_completion_class

    from player.cli.root import COMPLETE, make_root

    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101  click knows all three
    print(kind(make_root(), {}, "cuemat", COMPLETE).source())
    return 0


COMMAND = completion
