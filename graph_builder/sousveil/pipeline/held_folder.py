"""Holding a folder while one writes it: the system lets go when the process ends, however it ends.

The hold is flock(2) on the folder itself, so it leaves no file behind. Where there is none
(Windows), nothing is held, and nothing is taken for left behind.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # pragma: no cover
    fcntl = None  # type: ignore[assignment]


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold a folder, waiting for whoever holds it; on a disk without locks, go on without.

    Raises OSError where the folder cannot be opened.
    """
    if fcntl is None:  # pragma: no cover
        yield
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(opened, fcntl.LOCK_EX)
        yield
    finally:
        os.close(opened)


def is_held(folder: Path) -> bool:
    """Tell whether some process holds a folder, or whether that cannot be known."""
    if fcntl is None:  # pragma: no cover
        return True
    try:
        opened = os.open(folder, os.O_RDONLY)
    except OSError:
        return True
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(opened)
    return False


def clear_left(folder: Path, prefix: str) -> None:
    """Remove the folders in `folder` that begin with `prefix` and that nobody holds any more."""
    for left in folder.glob(f"{prefix}*"):
        if not is_held(left):
            shutil.rmtree(left, ignore_errors=True)
