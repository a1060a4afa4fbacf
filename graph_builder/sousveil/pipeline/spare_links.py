"""Links to the files of a build, kept so that the next build need not make and remove them all.

A folder that takes another one's place must have every file, and of a large case nearly all stay:
to link thousands of them into a new folder and to remove those of the former one is a twelfth of a
build. So what a replaced folder has in common with the new one is kept, and the next new folder
begins with it. Whoever takes the links has them for himself: they are renamed, in one step.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from sousveil.pipeline.held_folder import new_folder


def links_of(folder: Path) -> dict[str, int]:
    """Return the inode of each file of a folder by its name below it, with `/` between."""
    return dict(_files(str(folder), ""))


def _files(folder: str, below: str) -> Iterator[tuple[str, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            name = f"{below}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path, f"{name}/")
            else:
                yield name, entry.inode()


def remove(folder: Path, names: Iterable[str]) -> None:
    """Remove files of a folder, and folders below it that nothing is left in."""
    emptied = set()
    for name in names:
        os.unlink(f"{folder}/{name}")  # noqa: PTH108 - of thousands
        emptied.add(name.rpartition("/")[0])
    for below in sorted(emptied - {""}, reverse=True):
        with suppress(OSError):  # something is left in it
            (folder / below).rmdir()


def start_from(spare: Path, folder: Path) -> dict[str, int]:
    """Put spare links in the place of an empty folder; returns them as `links_of` does.

    There are none without a spare, and where the two are on different disks.
    """
    try:
        spare.replace(folder)
    except OSError:
        return {}
    return links_of(folder)


def keep_links(replaced: Path, folder: Path, spare: Path) -> None:
    """Keep links to the files of a folder, in the place of those that are kept there.

    They are what there is of them in the folder that it replaced, where that is most of them; else
    its files are linked, but for those at its top, of which few stay. Where the disk has no links,
    none are kept. The caller removes what is left of the replaced folder.
    """
    with suppress(OSError):
        there = links_of(folder)
        linked = links_of(replaced) if replaced.is_dir() else {}
        gone = [name for name in linked if there.get(name) != linked[name]]
        if len(linked) - len(gone) > len(there) / 2:
            remove(replaced, gone)
            _put(replaced, spare)
            return
        with new_folder(spare.parent) as links:
            below = {name: name.rpartition("/")[0] for name in there}
            for each in sorted({*below.values()} - {""}):
                (links / each).mkdir(parents=True)
            for name in filter(below.get, there):
                os.link(f"{folder}/{name}", f"{links}/{name}")
            _put(links, spare)


def _put(links: Path, spare: Path) -> None:
    """Put links where they are kept; what was there goes, unless another process took it."""
    with new_folder(spare.parent) as old, suppress(OSError):
        spare.replace(old)
    links.replace(spare)
