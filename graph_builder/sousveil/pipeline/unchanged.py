"""Whether a folder already holds what a case would build, so that nothing is made again.

The state is a hash of all that a build reads: the files of the case and its saved documents, this
program, the ontology, the page parts and the libraries that write. Times and places are not in it,
so it is the same on every machine.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from sousveil import __version__
from sousveil.content import content_folder
from sousveil.errors import OutsideError
from sousveil.pipeline.writing import MARK

_LIBRARIES = ("duckdb", "jinja2", "networkx", "pyoxigraph")
_CONTENT = ("ontology", "queries", "visualizations")
_NOT_READ = {"build", ".git", ".sousveil", ".vscode", "__pycache__"}
"""Folders that a build does not read."""


def state_of(folder: Path, captures: tuple[Path, ...], profile: str) -> str:
    """Return a hash of all that a build of this case in this profile reads.

    Raises OutsideError where a file cannot be read.
    """
    total = hashlib.sha256(f"{__version__}\0{profile}\0".encode())
    for library in _LIBRARIES:
        total.update(f"{library} {_version(library)}\0".encode())
    package = Path(__file__).resolve().parents[1]
    roots = [(package, ".py"), *((content_folder(name), "") for name in _CONTENT)]
    roots += [(root, "") for root in (folder, *captures)]
    try:
        for root, ending in roots:
            for path in _files(root):
                if path.name.endswith(ending):
                    name = path.relative_to(root).as_posix()
                    total.update(f"{name}\0".encode(errors="surrogateescape"))
                    total.update(hashlib.sha256(path.read_bytes()).digest())
    except OSError as error:
        raise OutsideError(f"cannot read '{error.filename}': {error.strerror}") from error
    return total.hexdigest()


def is_built(folder: Path, state: str) -> bool:
    """Tell whether a folder is the whole, unharmed build of a state."""
    try:
        first, *lines = (folder / MARK).read_text(encoding="utf-8").splitlines()
        if first != state or not lines:
            return False
        return all(_is_whole(folder, *line.split("  ", 1)) for line in lines)
    except (OSError, ValueError, TypeError):
        return False


def _is_whole(folder: Path, digest: str, name: str) -> bool:
    return hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def _files(root: Path) -> Iterator[Path]:
    """Yield the regular files below a folder in a fixed order; what a build wrote is left out."""
    for place, folders, names in os.walk(root):
        folders[:] = sorted(
            name
            for name in folders
            if name not in _NOT_READ and not (Path(place) / name / MARK).is_file()
        )
        for name in sorted(names):
            path = Path(place) / name
            if path.is_file():
                yield path


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
