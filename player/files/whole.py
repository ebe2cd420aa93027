"""A file appears at its target whole or not at all.

It is written under a temporary name in the target's own folder, flushed to the disk, and only then given its
name, by one call of the system that cannot be half done. Without `force` that call is a hard link, which
fails if anything has taken the name meanwhile: of two exports at once, one wins and the other says so.

A killed run cannot clean up behind itself, so the next one does. Every run holds a lock on its temporary
file, and the system drops it when the run ends, however it ends: what can be locked is left from a dead run.
Unlike a process's number, a lock cannot be mistaken after a restart or between containers that share a
folder. Windows needs none: it refuses to remove a file that is in use.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from player.errors import ExportError, UserError

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import FileIO

PREFIX, SUFFIX = ".cuemat-", ".part"
CANNOT = frozenset(
    {errno.EPERM, errno.EACCES, errno.EINVAL, errno.EMLINK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}
)
"""What file systems answer that have no hard links, or know no flushing (memory sticks, Android, FUSE). A
disk that fails says EIO, which stays a failure."""


def check_place(target: Path, *, force: bool) -> None:
    """See, before any work, whether a file may be written at `target`.

    Raises:
        UserError: Something stands there and `force` is not given, or it is no plain file, or there is no
            such folder.
        ExportError: Its folder is not writable.
    """
    try:
        if target.is_dir():
            message = f"cannot write {target}: it is a folder; name a file in it"
            raise UserError(message)
        if os.path.lexists(target) and not force:
            raise UserError(_taken(target))
        if target.exists() and not target.is_file():
            message = f"cannot write {target}: it is no plain file"
            raise UserError(message)
        if not target.parent.is_dir():
            message = f"cannot write {target}: there is no folder {target.parent}"
            raise UserError(message)
        if not os.access(target.parent, os.W_OK | os.X_OK):
            message = f"cannot write {target}: you may not write to the folder {target.parent.resolve()}"
            raise ExportError(message)
    except OSError as error:
        raise _failure(target, error) from error


def make_folder(folder: Path, *, parents: bool = False) -> None:
    """Make a folder if there is none.

    Args:
        folder: The folder.
        parents: Make those above it, too.

    Raises:
        UserError: A file is in the way.
        ExportError: It cannot be made: no rights, a full disk.
    """
    try:
        folder.mkdir(parents=parents, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        message = f"cannot make the folder {folder}: a file is in the way"
        raise UserError(message) from error
    except OSError as error:
        message = f"cannot make the folder {folder}: {error.strerror or error}"
        raise ExportError(message) from error


@contextmanager
def placed(target: Path, *, force: bool) -> Iterator[FileIO]:
    """An empty file to write to, which stands at `target` when the block has ended without an exception.

    Whatever else ends the block, nothing is left behind. What dead runs left in the folder is removed first.
    A file that is replaced keeps its mode, and a link stays a link: what it leads to is replaced.

    Raises:
        UserError: As `check_place`.
        ExportError: The file cannot be written: full disk, unwritable folder.
    """
    check_place(target, force=force)
    goal = Path(os.path.realpath(target))
    try:
        remove_strays(goal.parent)
        with replacing(goal, force=force) as stream:
            yield stream
        flush_folder(goal.parent)
    except FileExistsError as error:
        raise UserError(_taken(target)) from error
    except OSError as error:
        raise _failure(target, error) from error


@contextmanager
def replacing(goal: Path, *, force: bool, private: bool = False, durable: bool = True) -> Iterator[FileIO]:
    """The same without the questions: what is written in the block stands at `goal` afterwards.

    Args:
        goal: No link.
        force: Take the place of a file that is there.
        private: Only the user can read it; otherwise it has the mode of the file before, or the usual one.
        durable: Flush it to the disk before it gets its name.

    Raises:
        FileExistsError: A file is there, and `force` is not given.
        OSError: It cannot be written.
    """
    temporary, stream = _create(goal.parent, private=private)
    try:
        with stream:
            yield stream
            if not private:
                _keep_mode(stream, goal)
            if durable:
                _flush(stream)
            if sys.platform != "win32":
                _name(temporary, goal, force=force)
        if sys.platform == "win32":
            _name(temporary, goal, force=force)
    finally:
        temporary.unlink(missing_ok=True)


def write_text(target: Path, text: str, *, force: bool, with_folder: bool = False) -> None:
    """Write a small text file: a script, a page, a picture.

    Args:
        target: Where to.
        text: What to write.
        force: Overwrite what stands there.
        with_folder: Make its folder if there is none.

    Raises:
        UserError: It is there and `force` is not given, or no file can be there.
        ExportError: It cannot be written: full disk, unwritable folder.
    """
    if with_folder:
        make_folder(target.parent, parents=True)
    with placed(target, force=force) as stream:
        write_all(stream, text.encode())


def keep_input(target: Path, *inputs: Path | None) -> None:
    """See that what is to be written would not take the place of what it is made from.

    Args:
        target: The file to write.
        inputs: What is read for it; None is none.

    Raises:
        UserError: `target` is one of them, under whatever name.
    """
    for path in inputs:
        with contextlib.suppress(OSError):  # what is not there is no input
            if path and target.samefile(path):
                message = f"cannot write {target}: it is made from this very file; choose another name"
                raise UserError(message)


def write_all(stream: FileIO, data: bytes | bytearray | memoryview) -> None:
    """Write every byte: a plain file may take fewer than it is given."""
    left = memoryview(data)
    while left:
        left = left[stream.write(left) :]


def remove_strays(folder: Path) -> None:
    """Remove what dead runs left in a folder."""
    for stray in folder.glob(f"{PREFIX}*{SUFFIX}"):
        with contextlib.suppress(OSError):  # in use, or not ours
            if sys.platform == "win32":
                stray.unlink()
            else:
                with stray.open("r+b") as stream:
                    fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    stray.unlink()


def _create(folder: Path, *, private: bool) -> tuple[Path, FileIO]:
    mode = 0o600 if private else 0o666
    while True:
        temporary = folder / f"{PREFIX}{secrets.token_hex(8)}{SUFFIX}"
        stream = open(temporary, "x+b", buffering=0, opener=partial(os.open, mode=mode))  # noqa: SIM115  closed by whoever writes
        if sys.platform != "win32":
            with contextlib.suppress(OSError):  # a file system without locks: its strays stay
                fcntl.flock(stream, fcntl.LOCK_EX)
        if os.fstat(stream.fileno()).st_nlink:
            return temporary, stream
        stream.close()  # before it was locked, another run took it for a stray


def _keep_mode(stream: FileIO, goal: Path) -> None:
    """Give a new file the mode of the one that it replaces, where there is one and modes mean something."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.fchmod(stream.fileno(), stat.S_IMODE(goal.stat().st_mode))


def _flush(stream: FileIO) -> None:
    try:
        os.fsync(stream.fileno())
    except OSError as error:
        if error.errno not in CANNOT:
            raise


def _name(temporary: Path, goal: Path, *, force: bool) -> None:
    if force:
        temporary.replace(goal)
        return
    try:
        os.link(temporary, goal)
    except OSError as error:
        if error.errno not in CANNOT:
            raise
        if os.path.lexists(goal):
            raise FileExistsError from error
        temporary.replace(goal)


def flush_folder(folder: Path) -> None:
    """Make the name as safe from a power cut as the bytes are."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):  # some file systems know no such thing
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _taken(target: Path) -> str:
    return f"{target} exists already; --force overwrites it"


def _failure(target: Path, error: OSError) -> ExportError:
    return ExportError(f"cannot write {target}: {error.strerror or error}")
