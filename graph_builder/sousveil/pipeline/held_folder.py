"""Holding a folder while one writes it: the system lets go when the process ends, however it ends.

The hold is flock(2) on the folder itself, so it leaves no file behind. Where there is none
(Windows), nothing is held, and nothing is taken for left behind.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # pragma: no cover
    fcntl = None  # type: ignore[assignment]


NEW = ".new-"
"""How the name of a new folder begins until it is in its place."""


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


@contextmanager
def new_folder(place: Path) -> Iterator[Path]:
    """Give a new folder, held and in the end removed where it was not put elsewhere."""
    folder = Path(tempfile.mkdtemp(prefix=NEW, dir=place))
    try:
        with held(folder):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def clear_left(place: Path) -> None:
    """Remove the new folders in `place` that nobody holds any more: who made them was killed."""
    for left in place.glob(f"{NEW}*"):
        if not is_held(left):
            shutil.rmtree(left, ignore_errors=True)
