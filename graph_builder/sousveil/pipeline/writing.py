"""Writing a folder whole or not at all: beside, then rename."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from sousveil.errors import OutsideError, UsageError

MARK = ".sousveil-build"
"""A file that marks a folder as written by a build, and so as one that a build may replace."""


def replace_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files as the whole content of a folder: the former content stays until they are whole.

    Raises UsageError when the folder holds what no build wrote, OutsideError when the disk fails;
    the former content is untouched in both cases.
    """
    folder = folder.resolve()
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"'{folder}' is a file; name a folder to build into")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise UsageError(f"'{folder}' holds files that no build wrote; name another folder with -o")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise OutsideError(f"cannot write beside '{folder}': {error.strerror}") from error
    try:
        for name, data in {**files, MARK: b""}.items():
            path = beside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        beside.chmod(0o755)
        _swap(beside, folder)
    except OSError as error:
        raise OutsideError(
            f"cannot write '{folder}': {error.strerror}; the former build is untouched"
        ) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _swap(new: Path, folder: Path) -> None:
    """Put a finished folder in the place of an old one; the old one comes back if that fails."""
    old = new.with_name(f"{new.name}.old")
    if not folder.exists():
        new.rename(folder)
        return
    folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def write_file(path: Path, data: bytes) -> None:
    """Write one file whole or not at all. Raises OutsideError when the disk fails."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(beside).chmod(0o644)
        Path(beside).replace(path)
    except OSError as error:
        reason = "the disk is full" if error.errno == errno.ENOSPC else error.strerror
        raise OutsideError(f"cannot write '{path}': {reason}") from error
