"""What a case keeps of the state that it was last built from, in its `.sousveil/built/`.

Apart from what makes a build, so that one in which nothing changed need not load that.
"""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

from sousveil.pipeline.unchanged import State, is_built
from sousveil.pipeline.writing import built_state, checksum

BUILT = Path(".sousveil") / "built"
UNREADABLE = (OSError, ValueError, KeyError, TypeError)
"""What comes of a state that is not there, or was damaged."""
TABLES_FILE = "tables.duckdb"
STATE_FILE = "state.txt"
"""What is told of the tables beside it: a checksum of the rest, then JSON."""
_PIECE = 1 << 20
SPARE = BUILT / ".links"
"""Where links to the files of the last public build are."""
_STATE = re.compile(r"[a-z]+-[0-9a-f]{20}")
"""What the name of a state begins with, enough to tell it from others."""


def make_built(folder: Path) -> None:
    """Make the folder in which a case keeps its builds, for its owner alone and never in git.

    Raises OSError where that cannot be written.
    """
    built = folder / BUILT
    built.mkdir(parents=True, exist_ok=True)
    built.chmod(0o700)
    (built / ".gitignore").write_text("*\n", encoding="utf-8")


def place_of(folder: Path, state: str) -> Path:
    """Where a case keeps a state, by its name. Raises ValueError where that names none."""
    if not (named := _STATE.match(state)):
        raise ValueError(state)
    return folder / BUILT / named[0]


def write_state(place: Path, told: dict[str, Any]) -> None:
    """Keep in `place` what is told of a state. Raises OSError where that cannot be written."""
    text = json.dumps(told)
    (place / STATE_FILE).write_text(f"{_digest(text)}\n{text}", encoding="utf-8")


def _digest(text: str) -> str:
    return checksum(text.encode()).hexdigest()


def kept_state(place: Path) -> dict[str, Any]:
    """Return what is kept of a state. Raises one of UNREADABLE where that cannot be read."""
    digest, _, text = (place / STATE_FILE).read_text(encoding="utf-8").partition("\n")
    if digest != _digest(text):
        raise ValueError(f"{place / STATE_FILE} is damaged")
    kept: dict[str, Any] = json.loads(text)
    return kept


def tables_checksum(file: Path) -> str:
    """Return the checksum of a file of tables. Raises OSError where it cannot be read."""
    total = checksum()
    with file.open("rb") as opened:
        while piece := opened.read(_PIECE):
            total.update(piece)
    return total.hexdigest()


def whole_tables(place: Path, kept: dict[str, Any]) -> Path:
    """Return the file of tables in `place`. Raises one of UNREADABLE where it was damaged."""
    file = place / TABLES_FILE
    if kept["tables"] != tables_checksum(file):
        raise ValueError(f"{file} is damaged")
    return file


def changed_since(folder: Path, out: Path, state: State) -> list[str]:
    """Return which files of a case came, went or changed since the build in `out`.

    None are named where that is not known.
    """
    with suppress(*UNREADABLE):
        files = kept_state(place_of(folder, built_state(out)))["files"]
        names = {*files, *state.files}
        return sorted(name for name in names if files.get(name) != state.files.get(name))
    return []


def stands(folder: Path, out: Path, state: State) -> bool:
    """Tell whether `out` holds the whole, unharmed build of a case's state.

    With withheld names, only where the case keeps what they were when that folder was built.
    """
    return is_built(out, state.name) and (not state.withheld or _withheld_alike(folder, out, state))


def _withheld_alike(folder: Path, out: Path, state: State) -> bool:
    with suppress(*UNREADABLE):
        kept = kept_state(place_of(folder, state.name))
        same_folder = all(file_stamp(f"{out}/{n}") == s for n, s in kept["stamps"].items())
        return same_folder and all(kept["files"][n] == s for n, s in state.withheld.items())
    return False


def file_stamp(file: str) -> list[int]:
    """Return size and time of a file, which tell that somebody touched it, as git does."""
    about = os.stat(file)  # noqa: PTH116 - of thousands, each path object would cost as much
    return [about.st_size, about.st_mtime_ns]
