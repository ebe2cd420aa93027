"""`cuemat outputs`: what can be chosen with `--output`."""

from __future__ import annotations

from player.cli.command import command


@command("outputs", "Each line is what `--output` takes; in brackets, what it is.")
def outputs() -> int:
    """Print one line an output or device."""
    from player.outputs import list_devices

    for device in list_devices():
        print(device)
    return 0


COMMAND = outputs
