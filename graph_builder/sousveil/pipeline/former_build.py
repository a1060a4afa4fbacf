"""What a build leaves for the next one, so that a change in few sources costs little.

Beside the stores, in the case's `.sousveil/built/`, lie the tables that the last build was made
from, below the state that the built folder bears. Withheld names are not in them. Where anything is
missing, changed or damaged there, all is made again; deleting the folder loses nothing.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb

from sousveil.ledger.saved_tables import save_tables
from sousveil.model.records import CaseHeader
from sousveil.pipeline.case import Case
from sousveil.pipeline.held_folder import clear_left, new_folder
from sousveil.pipeline.last_state import (
    BUILT,
    TABLES_FILE,
    UNREADABLE,
    file_stamp,
    kept_state,
    place_of,
    tables_checksum,
    whole_tables,
    write_state,
)
from sousveil.pipeline.unchanged import State
from sousveil.pipeline.writing import built_state
from sousveil.view.network.layouts import Layout

PATCHED = ("graph.nq", "graph.ttl", "graph.cypher", "report.json")
"""The files of a build that are made from the former ones; where one was touched, all is made."""
_MOST = 4
"""One in so many source files may have changed; beyond that all is made again."""


@dataclass(frozen=True, kw_only=True)
class FormerTables:
    """The tables of a case in a file, the hashes of their rows, and the source files changed since.

    None may have changed.
    """

    file: Path
    header: CaseHeader
    hashes: Mapping[str, str]
    changed: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class FormerBuild:
    """The last build in a folder, and the tables that it was made from.

    `whole` is how many bytes these took when they were last written as a whole; `stamps` has the
    size and the time of each file of the build, `layouts` are those of its pages.
    """

    out: Path
    tables: FormerTables
    whole: int
    stamps: Mapping[str, list[int]]
    layouts: Mapping[str, Layout]


def former_tables(place: Path, state: State) -> FormerTables | None:
    """Return the tables kept in `place` where the case as it is now may be computed from them.

    It may where nothing but the text of some source files is another one.
    """
    with contextlib.suppress(*UNREADABLE):
        return _tables_in(place, kept_state(place), state)
    return None


def _tables_in(place: Path, kept: dict[str, Any], state: State) -> FormerTables | None:
    files: dict[str, str] = kept["files"]
    if kept["rest"] != state.rest or files.keys() != state.files.keys():
        return None
    changed = frozenset(name for name in files if files[name] != state.files[name])
    sources = frozenset(name for name in files if _is_source(name))
    if not changed <= sources or len(changed) * _MOST > len(sources):
        return None
    return FormerTables(
        file=whole_tables(place, kept),
        header=CaseHeader(**kept["header"]),
        hashes=kept["hashes"],
        changed=changed,
    )


def former_build(folder: Path, out: Path, state: State) -> FormerBuild | None:
    """Return the build in `out` where a new one may start from it, None where it may not.

    It may where the text of some source files is another one, and nothing else.
    """
    with contextlib.suppress(*UNREADABLE):
        built = built_state(out)
        place = place_of(folder, built)
        kept = kept_state(place)
        stamps: dict[str, list[int]] = kept["stamps"]
        if kept["state"] != built:
            return None
        if any(stamps[name] != file_stamp(f"{out}/{name}") for name in PATCHED):
            return None
        tables = _tables_in(place, kept, state)
        if tables and tables.changed:
            return FormerBuild(
                out=out,
                tables=tables,
                whole=kept["whole"],
                layouts=kept["layouts"],
                stamps=stamps,
            )
    return None


def keep_build(
    case: Case,
    out: Path,
    names: Iterable[str],
    state: State,
    layouts: Mapping[str, Layout],
    stamps: Mapping[str, list[int]] = MappingProxyType({}),
    save: Callable[[Path], int] | None = None,
) -> None:
    """Keep what a build was made from; where that cannot be written, the next one makes all.

    The folder for it is there (see `sousveil.pipeline.last_state.make_built`).

    `names` are those of its files, `layouts` those of its pages by what they are of, `stamps` those
    of its files that are known already. `save` writes the tables to a file where that is not done
    as a whole, and returns the bytes that they take then.
    """
    built, place = case.folder / BUILT, place_of(case.folder, state.name)
    with contextlib.suppress(OSError, duckdb.Error):
        clear_left(built)
        with new_folder(built) as beside:
            file = beside / TABLES_FILE
            kept = {
                "whole": save(file) if save else save_whole(case, file),
                "state": state.name,
                **told_of_tables(case, state, file),
                "stamps": {n: stamps.get(n) or file_stamp(f"{out}/{n}") for n in names},
                "layouts": layouts,
            }
            write_state(beside, kept)
            for old in built.glob(f"{state.profile}-*"):
                shutil.rmtree(old, ignore_errors=True)
            beside.rename(place)


def told_of_tables(case: Case, state: State, file: Path) -> dict[str, Any]:
    """Return what is kept beside the file of a case's tables, for `former_tables`."""
    return {
        "rest": state.rest,
        "files": state.files,
        "header": asdict(case.tables.header),
        "hashes": case.tables.row_hashes(),
        "tables": tables_checksum(file),
    }


def save_whole(case: Case, file: Path) -> int:
    """Write all tables that the next build may start from, and return how many bytes they take."""
    save_tables(case.tables, file)
    return file.stat().st_size


def _is_source(name: str) -> bool:
    return name.startswith("sources/") and name.endswith(".yaml") and name.count("/") == 1
