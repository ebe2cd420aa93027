"""`cuemat outputs`: what can be chosen with `--output`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.outputs import list_devices

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Print one line an output or device, as `--output` takes it."""
    del options  # there are none
    for device in list_devices():
        print(device)
    return 0
