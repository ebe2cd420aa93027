"""A file appears at its target whole or not at all.

It is written under a temporary name in the target's folder, flushed to the disk, and only then renamed with
one atomic system call. Without `force` that call is a hard link, which fails if the name has been taken
meanwhile: of two exports at once, one wins and the other reports it.

A killed run cannot clean up after itself, so the next one does. Every run holds a lock on its temporary file,
which the system drops when the run ends in any way: a file that can be locked is left from a dead run. Unlike
a process number, a lock cannot be confused after a restart or between containers that share a folder. Windows
needs no lock: it refuses to remove a file in use.
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
    import resource

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import FileIO

PREFIX, SUFFIX = ".cuemat-", ".part"
OTHER_FILES = 64
"""Files that a process has open anyway."""
CANNOT = frozenset(
    {errno.EPERM, errno.EACCES, errno.EINVAL, errno.EMLINK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}
)
"""Errors of file systems without hard links or flushing (memory sticks, Android, FUSE). A failing disk
reports EIO, which stays a failure."""


def check_place(target: Path, *, force: bool) -> None:
    """Check, before any work, that a file can be written at `target`.

    Raises:
        UserError: It exists and `force` is not set, or it is not a regular file, or its folder does not
            exist.
        ExportError: Its folder is not writable.
    """
    try:
        if target.is_dir():
            message = f"cannot write {target}: it is a folder; add a file name"
            raise UserError(message)
        if os.path.lexists(target) and not force:
            raise UserError(_taken(target))
        if target.exists() and not target.is_file():
            message = f"cannot write {target}: it is not a regular file; choose another name"
            raise UserError(message)
        if not target.parent.is_dir():
            message = f"cannot write {target}: the folder {target.parent} does not exist"
            raise UserError(message)
        if not os.access(target.parent, os.W_OK | os.X_OK):
            message = f"cannot write {target}: no permission to write to the folder {target.parent.resolve()}"
            raise ExportError(message)
    except OSError as error:
        raise _failure(target, error) from error


def make_folder(folder: Path, *, parents: bool = False) -> None:
    """Make a folder if it does not exist.

    Args:
        folder: The folder.
        parents: Also make the folders above it.

    Raises:
        UserError: A file is in the way.
        ExportError: It cannot be made: no permission, or the disk is full.
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
    """An empty file to write to, which appears at `target` if the block ends without an exception.

    Otherwise nothing is left behind. Files that dead runs left in the folder are removed first. A replaced
    file keeps its mode, and a link stays a link: its target is replaced.

    Raises:
        UserError: As in `check_place`.
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
    """The same without checks: what the block writes appears at `goal` afterwards.

    Args:
        goal: The file, which must not be a link.
        force: Replace an existing file.
        private: Only the user can read it; otherwise it gets the mode of the old file, or the default.
        durable: Flush it to the disk before renaming it.

    Raises:
        FileExistsError: The file exists, and `force` is not set.
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


def allow_open_files(count: int) -> None:
    """Let this process have so many files open at once; some systems allow only 256 unless asked.

    Raises:
        ExportError: The system allows fewer.
    """
    if sys.platform != "win32":
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = count + OTHER_FILES
        if soft != resource.RLIM_INFINITY and soft < wanted:
            try:
                resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            except (OSError, ValueError) as error:
                message = f"cannot write {count} files at once: the system allows {hard} open files"
                raise ExportError(message) from error


def write_text(target: Path, text: str, *, force: bool, with_folder: bool = False) -> None:
    """Write a small text file: a script, a page, a picture.

    Args:
        target: Where to write.
        text: What to write.
        force: Overwrite an existing file.
        with_folder: Make its folder if needed.

    Raises:
        UserError: It exists and `force` is not set, or no file can be written there.
        ExportError: It cannot be written: full disk, unwritable folder.
    """
    if with_folder:
        make_folder(target.parent, parents=True)
    with placed(target, force=force) as stream:
        write_all(stream, text.encode())


def keep_input(target: Path, *inputs: Path | None) -> None:
    """Check that a file would not overwrite one of its own inputs.

    Args:
        target: The file to write.
        inputs: The files to read; None is skipped.

    Raises:
        UserError: `target` is one of them, under any name.
    """
    for path in inputs:
        with contextlib.suppress(OSError):  # a missing file is no input
            if path and target.samefile(path):
                message = f"cannot write {target}: the session is read from this file; choose another name"
                raise UserError(message)


def write_all(stream: FileIO, data: bytes | bytearray | memoryview) -> None:
    """Write every byte, because one call may write only some of them."""
    left = memoryview(data)
    while left:
        left = left[stream.write(left) :]


def remove_strays(folder: Path) -> None:
    """Remove the temporary files of dead runs from a folder."""
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
        stream = open(temporary, "x+b", buffering=0, opener=partial(os.open, mode=mode))  # noqa: SIM115  the caller closes it
        if sys.platform != "win32":
            with contextlib.suppress(OSError):  # a file system without locks keeps its strays
                fcntl.flock(stream, fcntl.LOCK_EX)
        if os.fstat(stream.fileno()).st_nlink:
            return temporary, stream
        stream.close()  # before the lock, another run took it for a stray


def _keep_mode(stream: FileIO, goal: Path) -> None:
    """Give a new file the mode of the one it replaces, if there is one and modes matter."""
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
        with contextlib.suppress(OSError):  # some file systems cannot do this
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _taken(target: Path) -> str:
    return f"{target} already exists; --force overwrites it"


def _failure(target: Path, error: OSError) -> ExportError:
    return ExportError(f"cannot write {target}: {error.strerror or error}")
