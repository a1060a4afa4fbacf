"""One process at a time on a folder, by an advisory lock that ends with the process."""

from __future__ import annotations

from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows: there the engine's own lock must do
    fcntl = None  # type: ignore[assignment]


class FolderLock:
    """A lock on a file beside a folder; it goes when the process does, however that ends.

    Shared: many may hold it, and nobody else can take it exclusively meanwhile.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[bytes] | None = None

    def take(self, *, shared: bool = False) -> bool:
        """Take the lock unless another process holds it; returns whether it is held now."""
        if self._file is not None:
            return True
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = self.path.open("ab")
        if fcntl is not None:
            try:
                fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
            except OSError:
                file.close()
                return False
        self._file = file
        return True

    def release(self) -> None:
        """Let the lock go."""
        if self._file is not None:
            self._file.close()
            self._file = None
