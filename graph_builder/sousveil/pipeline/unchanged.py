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
from typing import NamedTuple

from sousveil import __version__
from sousveil.content import content_folder
from sousveil.errors import OutsideError
from sousveil.pipeline.writing import MARK, built_state, checksum, hashes_of, is_beside
from sousveil.readers.case_place import CAPTURES_FOLDER, FOLDERS, PRIVATE_FOLDER

_LIBRARIES = ("duckdb", "jinja2", "networkx", "pyoxigraph")
_CONTENT = ("ontology", "queries", "visualizations")
_NOT_READ = {"build", ".git", ".gitignore", ".sousveil", ".vscode", "__pycache__"}
"""Folders and files that a build does not read."""
_FOLDER = "folder"


@dataclass(frozen=True, kw_only=True)
class State:
    """Hashes (SHA-256, hexadecimal) of what a build in a profile reads.

    `files` has each file of the case by its path below it, and what else lies there, such as a
    folder or where a link leads to; `rest` has everything else together. The
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
    roots += [(root, "") for root in saved_folders(folder, captures)]
    try:
        for root, ending in roots:
            for name, digest in _hashes(root, ending):
                rest.update(f"{name}\0{digest}\0".encode(errors="surrogateescape"))
        files = dict(_hashes(folder, ""))
        for name in FOLDERS:  # git has none that is empty
            if files.get(name) == _FOLDER:
                del files[name]
        return State(profile=profile, files=files, rest=rest.hexdigest())
    except OSError as error:
        raise OutsideError(f"cannot read '{error.filename}': {error.strerror}") from error


def _hashes(root: Path, ending: str) -> Iterator[tuple[str, str]]:
    begin = len(os.path.join(root, ""))  # noqa: PTH118
    for path, kind, is_file in entries(str(root)):
        if is_file and path.endswith(ending):
            with open(path, "rb") as opened:  # noqa: PTH123 - of thousands, see `entries`
                kind += hashlib.sha256(opened.read()).hexdigest()
        elif ending:
            continue
        yield path[begin:].replace(os.sep, "/"), kind


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


class Entry(NamedTuple):
    """Something below a folder: its path, what it is beyond a file of its own, whether it is read.

    `kind` is empty for a regular file, and tells a folder, a link with what it points to, or other.
    """

    path: str
    kind: str
    is_file: bool


def entries(root: str) -> Iterator[Entry]:
    """Yield all that lies below a folder in a fixed order; what a build wrote is left out.

    Links to folders are told but not followed. Paths are texts: to make a path object of each costs
    more than to read and hash it. Raises OSError where a folder cannot be read.
    """
    folders = []
    try:
        with os.scandir(root) as found:
            here = sorted(found, key=lambda each: each.name)
    except FileNotFoundError:  # gone since it was listed
        return
    for each in here:
        if each.name in _NOT_READ:
            continue
        if each.is_symlink():
            target = os.readlink(each.path)  # noqa: PTH115
            yield Entry(each.path, f"link to {target}", is_file=each.is_file())
        elif each.is_file():
            yield Entry(each.path, "", is_file=True)
        elif not each.is_dir():
            yield Entry(each.path, "other", is_file=False)
        elif not (is_beside(each.name) or os.path.isfile(f"{each.path}/{MARK}")):  # noqa: PTH113
            yield Entry(each.path, _FOLDER, is_file=False)
            folders.append(each.path)
    for path in folders:
        yield from entries(path)


def saved_folders(folder: Path, captures: tuple[Path, ...]) -> list[Path]:
    """Return the folders of saved documents that do not lie in the case: given ones, and a link."""
    own = folder / CAPTURES_FOLDER
    return [*captures, own] if own.is_symlink() and own.is_dir() else [*captures]


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
