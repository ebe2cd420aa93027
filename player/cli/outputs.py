"""`cuemat outputs`: the values of `--output`."""

from __future__ import annotations

from player.cli.command import command


@command("outputs", "Each line begins with a value for `--output`; what it means follows in brackets.")
def outputs() -> int:
    """Print one line for each output or device."""
    from player.outputs import list_devices

    for device in list_devices():
        print(device)
    return 0


COMMAND = outputs
