"""What lies at the top of a case folder and is no part of the format.

git takes in what .gitignore does not name: a saved article dropped there would be published, and a
misspelt folder would go unread without a word.
"""

from __future__ import annotations

from pathlib import Path

from sousveil.errors import UsageError
from sousveil.pipeline.writing import MARK, must_be_outside, write_file, write_through
from sousveil.readers.case_place import CASE_FILE, FOLDERS
from sousveil.readers.problems import Problems
from sousveil.vocabulary.words import did_you_mean

FILES = (CASE_FILE, "judgements.csv")
_ABOUT_THE_CASE = ("readme", "license", "licence")


def write_output(path: Path, data: bytes) -> None:
    """Write a file that a command makes, whole or not at all; a link stays, its target is written.

    What is no file, such as a pipe or a device, is written to as it is. Raises UsageError for a
    place that a case is read from, for one in a build and for a folder; OutsideError when the disk
    fails.
    """
    place = path.resolve()
    if place.is_dir():
        raise UsageError(f"'{path}' is a folder; name a file")
    must_be_outside(place)
    for folder in place.parents:
        if (folder / CASE_FILE).is_file():
            first = place.relative_to(folder).parts[0]
            if first in (*FILES, *FOLDERS):
                raise UsageError(
                    f"'{path}' is where the case '{folder.name}' has its own files; name another"
                )
    if path.is_relative_to("/dev") or (path.exists() and not path.is_file()):
        write_through(path, data)
    else:
        write_file(place, data)


def warn_of_strays(folder: Path, problems: Problems) -> None:
    """Add a warning for each file and folder at the top of a case that the format does not know."""
    for path in sorted(folder.iterdir()):
        name = path.name
        if name.startswith(".") or name.casefold().startswith(_ABOUT_THE_CASE):
            continue
        if path.is_dir():
            written = (path / MARK).is_file() or not any(path.iterdir())
            if name in FOLDERS or written:
                continue
            hint = did_you_mean(name, FOLDERS) or f"; folders are: {', '.join(FOLDERS)}"
            problems.warn(name, None, f"a folder that is no part of the case, not read{hint}")
        elif name not in FILES:
            hint = did_you_mean(name, FILES) or "; a saved document belongs in captures/"
            problems.warn(
                name, None, f"no part of the case, but git would take it in as it lies here{hint}"
            )
