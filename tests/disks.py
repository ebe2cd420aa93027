"""Disks of a test's own: small ones, sealed ones, other file systems. Only root can mount them, on Linux."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def disk(folder: Path, size: int = 1 << 20) -> Iterator[None]:
    """A disk in memory in place of a folder; the test is skipped where none can be mounted."""
    if not is_mounted(folder, size):
        pytest.skip("needs root, and a system that lets it mount a disk in memory")
    try:
        yield
    finally:
        unmount(folder)


def is_mounted(folder: Path, size: int) -> bool:
    """Mount a disk of `size` bytes, if that is possible here."""
    if sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("mount"):
        return False
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def seal(folder: Path) -> None:
    """From now on nobody, not even root, may write to the disk."""
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)


def unmount(folder: Path) -> None:
    """Take the disk away."""
    subprocess.run(["umount", str(folder)], check=True)
