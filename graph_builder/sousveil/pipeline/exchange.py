"""Exchanging two folders in one step, so that no moment is without the one or the other.

Linux has renameat2(2) with RENAME_EXCHANGE, macOS renamex_np(2) with RENAME_SWAP; Python has
neither.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

_AT_FDCWD = -100
_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS are the same number."""

_CANNOT = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}


def exchange(one: Path, other: Path) -> bool:
    """Exchange two paths of one file system; False where the system or its disk cannot.

    Raises OSError when it can, and fails.
    """
    done = _call(os.fsencode(one), os.fsencode(other))
    if done is None:
        return False
    if done != 0:
        number = ctypes.get_errno()
        if number in _CANNOT:
            return False
        raise OSError(number, os.strerror(number), str(one))
    return True


def _call(one: bytes, other: bytes) -> int | None:
    library = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
    if sys.platform == "darwin":
        swap = getattr(library, "renamex_np", None)
        return None if swap is None else int(swap(one, other, _EXCHANGE))
    rename = getattr(library, "renameat2", None)
    if rename is None:
        return None
    return int(rename(_AT_FDCWD, one, _AT_FDCWD, other, _EXCHANGE))
