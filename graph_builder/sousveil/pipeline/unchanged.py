"""Whether a folder already holds what a case would build, so that nothing is made again.

The state is a hash of all that a build reads: the files of the case and its saved documents, this
program, the ontology, the page parts and the libraries that write. Times and places are not in it,
so it is the same on every machine.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from sousveil import __version__
from sousveil.content import content_folder
from sousveil.errors import OutsideError
from sousveil.pipeline.writing import MARK, built_state, checksum, hashes_of, is_beside
from sousveil.readers.case_place import PRIVATE_FOLDER

_LIBRARIES = ("duckdb", "jinja2", "networkx", "pyoxigraph")
_CONTENT = ("ontology", "queries", "visualizations")
_NOT_READ = {"build", ".git", ".gitignore", ".sousveil", ".vscode", "__pycache__"}
"""Folders and files that a build does not read."""


@dataclass(frozen=True, kw_only=True)
class State:
    """Hashes (SHA-256, hexadecimal) of what a build in a profile reads.

    `files` has each file of the case by its path below it, `rest` everything else together. The
    name goes into the built folder and may be published with it: what withheld names are, is not
    in it, since whoever has the rest of the case could try guesses against it.
    """

    profile: str
    files: Mapping[str, str]
    rest: str

    @cached_property
    def name(self) -> str:
        """The profile and the hash of it all, but of withheld names only whether there are any."""
        total = hashlib.sha256(self.rest.encode())
        for name, digest in self.files.items():
            told = "" if name in self.withheld else digest
            total.update(f"{name}\0{told}\0".encode(errors="surrogateescape"))
        return f"{self.profile}-{total.hexdigest()}"

    @cached_property
    def withheld(self) -> dict[str, str]:
        """The files of withheld names among `files`."""
        return {n: digest for n, digest in self.files.items() if n.startswith(PRIVATE_FOLDER)}


def state_of(folder: Path, captures: tuple[Path, ...], profile: str) -> State:
    """Return the state of all that a build of this case in this profile reads.

    Raises OutsideError where a file cannot be read.
    """
    rest = hashlib.sha256(f"{__version__}\0{profile}\0".encode())
    for library in _LIBRARIES:
        rest.update(f"{library} {_version(library)}\0".encode())
    package = Path(__file__).resolve().parents[1]
    roots = [(package, ".py"), *((content_folder(name), "") for name in _CONTENT)]
    roots += [(root, "") for root in captures]
    try:
        for root, ending in roots:
            for name, digest in _hashes(root, ending):
                rest.update(f"{name}\0{digest}\0".encode(errors="surrogateescape"))
        return State(profile=profile, files=dict(_hashes(folder, "")), rest=rest.hexdigest())
    except OSError as error:
        raise OutsideError(f"cannot read '{error.filename}': {error.strerror}") from error


def _hashes(root: Path, ending: str) -> Iterator[tuple[str, str]]:
    begin = len(os.path.join(root, ""))  # noqa: PTH118
    for file in read_files(str(root)):
        if file.endswith(ending):
            with open(file, "rb") as opened:  # noqa: PTH123 - of thousands, see `read_files`
                digest = hashlib.sha256(opened.read()).hexdigest()
            yield file[begin:].replace(os.sep, "/"), digest


def is_built(folder: Path, state: str) -> bool:
    """Tell whether a folder is the whole, unharmed build of a state."""
    try:
        if built_state(folder) != state:
            return False
        hashes = hashes_of(folder)
        return bool(hashes) and all(
            checksum((folder / name).read_bytes()).hexdigest() == digest
            for name, digest in hashes.items()
        )
    except (OSError, ValueError):
        return False


def read_files(root: str) -> Iterator[str]:
    """Yield the regular files below a folder in a fixed order; what a build wrote is left out.

    As texts: to make a path object of each costs more than to read and hash it.
    """
    for place, folders, names in os.walk(root):
        folders[:] = sorted(
            name
            for name in folders
            if not (name in _NOT_READ or is_beside(name))
            and not os.path.isfile(f"{place}/{name}/{MARK}")  # noqa: PTH113
        )
        for name in sorted(names):
            file = os.path.join(place, name)  # noqa: PTH118
            if name not in _NOT_READ and os.path.isfile(file):  # noqa: PTH113
                yield file


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
