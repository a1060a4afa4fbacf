"""Writing a folder or a file whole or not at all: beside, then rename."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import xxhash

from sousveil.errors import OutsideError, UsageError
from sousveil.pipeline.exchange import exchange
from sousveil.pipeline.held_folder import held, is_held
from sousveil.pipeline.spare_links import keep_links, links_of, remove, start_from

MARK = ".sousveil-build"
"""A file that marks a folder as written by a build, and so as one that a build may replace.

Its first line is the profile and the state that was built (see `sousveil.pipeline.unchanged`), the
others are the checksum (see `checksum`) and the name of each file; it is empty where nothing asks
for them.
"""

checksum = xxhash.xxh3_128
"""The checksum of a file of a build: it tells damage, which is all that is asked of it.

XXH3 of 128 bits; SHA-256 would take six times the CPU time, of 150 MB for a case of 1,000 sources.
"""


def built_state(folder: Path) -> str:
    """Return the state that a folder is the build of; empty where its build kept none.

    Raises OSError where no build wrote it.
    """
    with (folder / MARK).open(encoding="utf-8") as lines:
        return lines.readline().strip()


def built_profile(folder: Path) -> str:
    """Return the profile of the build in a folder; empty where that is not known."""
    try:
        return built_state(folder).partition("-")[0]
    except (OSError, ValueError):
        return ""


def hashes_of(folder: Path) -> dict[str, str]:
    """Return the checksum of each file of a build, as its mark has it, by the file's name.

    Raises OSError where no build wrote the folder, ValueError where its mark is damaged.
    """
    _, *lines = (folder / MARK).read_text(encoding="utf-8").splitlines() or [""]
    pairs = [line.split("  ", 1) for line in lines]
    return {name: digest for digest, name in pairs}


class NewFolder:
    """The files of a folder that is not in its place yet."""

    def __init__(
        self, folder: Path, state: str | None = None, spare: dict[str, int] | None = None
    ) -> None:
        """Begin with what is there: `spare` are links that may be of use, by name their inodes."""
        self.folder = folder
        self.state = state
        self.hashes: dict[str, str] = {}
        self._folders: set[str] = set()
        self._spare = spare or {}

    @property
    def names(self) -> list[str]:
        """The names of the files written so far."""
        return list(self.hashes)

    def write(self, name: str, pieces: Iterable[str | bytes | memoryview] | bytes) -> None:
        """Write one file; text becomes UTF-8."""
        self._make_folder(name)
        total = checksum()
        self._drop(name)
        with (self.folder / name).open("wb") as file:
            for piece in [pieces] if isinstance(pieces, bytes) else pieces:
                data = encoded(piece)
                total.update(data)
                file.write(data)
        self.hashes[name] = total.hexdigest()

    def _make_folder(self, name: str) -> None:
        folder, _, _ = name.rpartition("/")
        if folder not in self._folders:  # one question to the disk for a thousand pages
            (self.folder / folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)

    def take(self, folder: Path, hashes: Mapping[str, str]) -> None:
        """Take files of a folder over as they are, by name with their checksum.

        As links where the disk has them.
        """
        old, new = str(folder), str(self.folder)  # a path object for each costs more than its link
        one_disk = folder.stat().st_dev == self.folder.stat().st_dev
        there = links_of(folder) if self._spare and one_disk else {}
        for name, digest in hashes.items():
            self._make_folder(name)
            self.hashes[name] = digest
            if name in there and self._spare.get(name) == there[name]:
                del self._spare[name]  # it is linked already
                continue
            self._drop(name)
            try:
                os.link(f"{old}/{name}", f"{new}/{name}")
            except OSError:
                shutil.copy2(f"{old}/{name}", f"{new}/{name}")  # with its time

    def _drop(self, name: str) -> None:
        """Remove a spare link: who wrote through it would write into the former build."""
        if self._spare.pop(name, None) is not None:
            (self.folder / name).unlink()

    def finish(self) -> None:
        """Write the mark, and see to it that all is on the disk."""
        remove(self.folder, self._spare)
        lines = [self.state, *(f"{h}  {n}" for n, h in sorted(self.hashes.items()))]
        text = "".join(f"{line}\n" for line in lines) if self.state else ""
        (self.folder / MARK).write_text(text, encoding="utf-8", newline="\n")
        self.folder.chmod(0o755)
        if hasattr(os, "sync"):
            os.sync()


def encoded(text: str | bytes | memoryview) -> bytes | memoryview:
    """Return a text as UTF-8; bytes are that already."""
    return text.encode("utf-8") if isinstance(text, str) else text


@contextmanager
def replaced_folder(
    folder: Path, state: str | None = None, spare: Path | None = None, *, most_stays: bool = False
) -> Iterator[NewFolder]:
    """Give a new folder to write into, and put it in the place of `folder` when all went well.

    The former content stays until then, whatever happens, and of two that write at once the last to
    finish stays. What others left behind when they were killed is cleared away. Raises UsageError
    when the folder holds what no build wrote, or a build where another command writes (one without
    `state`), OutsideError when the disk fails; the former content is untouched in all cases.
    `state` is what the folder's mark then says was built; `spare` is where links to what stays are
    kept for the next time (`sousveil.pipeline.spare_links`), and where those of the last time are
    taken from if most of the files stay.
    """
    folder = folder.resolve()
    must_be_ours(folder)
    if state is None and built_profile(folder):
        raise UsageError(f"'{folder}' holds the build of a case; name another folder with -o")
    with ExitStack() as holding:
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            with held(folder.parent):
                _clear(folder)
                beside = Path(tempfile.mkdtemp(prefix=_beside(folder), dir=folder.parent))
                holding.callback(shutil.rmtree, beside, ignore_errors=True)
                links = start_from(spare, beside) if spare and most_stays else {}
                holding.enter_context(held(beside))
        except OSError as error:
            raise OutsideError(f"cannot write beside '{folder}': {_reason(error)}") from error
        try:
            new = NewFolder(beside, state, links)
            yield new
            new.finish()
            _swap(beside, folder)
            if spare:
                keep_links(beside, folder, spare)
        except OSError as error:
            raise OutsideError(
                f"cannot write '{folder}': {_reason(error)}; the former build is untouched"
            ) from error


def clear_beside(folder: Path) -> None:
    """Clear away what killed writers left beside a folder, where that can be done."""
    with suppress(OSError), held(folder.resolve().parent):
        _clear(folder.resolve())


def replace_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files as the whole content of a folder; raises what `replaced_folder` raises."""
    with replaced_folder(folder) as new:
        for name, data in files.items():
            new.write(name, data)


def must_be_outside(place: Path) -> None:
    """Raise UsageError for a place in a build: that is published as it is, and replaced whole."""
    for folder in place.parents:
        if (folder / MARK).is_file():
            raise UsageError(
                f"'{place}' lies in '{folder}', which a build wrote and the next one replaces; "
                "name a place outside it"
            )


def must_be_ours(folder: Path) -> None:
    """Raise UsageError where a folder is in a build, or holds what no build wrote."""
    must_be_outside(folder)
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"'{folder}' is a file; name a folder to build into")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise UsageError(f"'{folder}' holds files that no build wrote; name another folder with -o")
    if strange := _strange_file(folder):
        raise UsageError(
            f"'{folder}' holds '{strange}', which no build wrote and this one would remove; "
            "move it, or name another folder with -o"
        )


def _strange_file(folder: Path) -> str | None:
    """Return the first file in a folder that the build before did not write, hidden ones apart."""
    with suppress(OSError, ValueError):
        known = hashes_of(folder)
        for place, folders, files in os.walk(folder) if known else ():
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            below = place[len(str(folder)) + 1 :].replace(os.sep, "/")
            for file in sorted(files):
                name = f"{below}/{file}" if below else file
                if name not in known and not file.startswith("."):
                    return name
    return None


_BESIDE = ".sousveil-"


def _beside(folder: Path) -> str:
    return f".{folder.name}{_BESIDE}"


def is_beside(name: str) -> bool:
    """Tell whether a folder has the name of one that a build writes into before it is in place."""
    return name.startswith(".") and _BESIDE in name


def _clear(folder: Path) -> None:
    """Remove what killed writers left beside a folder, and bring back what one had put aside."""
    for left in sorted(folder.parent.glob(f"{_beside(folder)}*")):
        if not left.is_dir() or is_held(left):
            continue
        if left.suffix == _ASIDE and not folder.exists():
            left.rename(folder)
        else:
            shutil.rmtree(left, ignore_errors=True)


_ASIDE = ".old"


def _swap(new: Path, folder: Path) -> None:
    """Put a finished folder in the place of an old one, which is then at the new one's path.

    Where the system cannot exchange two folders in one step, the old one is put aside first: it
    comes back if that fails, or with the next build if this one is killed in between.
    """
    if not folder.exists():
        new.rename(folder)
        return
    if exchange(new, folder):
        return
    old = new.with_name(new.name + _ASIDE)
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
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        beside = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            beside.chmod(0o644)
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)  # it may hold what nobody may see
            raise
    except OSError as error:
        raise OutsideError(f"cannot write '{path}': {_reason(error)}") from error


def write_through(path: Path, data: bytes) -> None:
    """Write to what is no file, such as a pipe or a device. Raises OutsideError where it fails."""
    try:
        with path.open("wb") as opened:
            opened.write(data)
    except OSError as error:
        raise OutsideError(f"cannot write '{path}': {_reason(error)}") from error


def _reason(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full"
    return error.strerror or str(error)
