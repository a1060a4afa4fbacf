"""The default stores of a case on disk, so that a question from the shell need not read it all.

They lie in the case's `.sousveil/stores/`, which git ignores, below a fingerprint of the case's
files, of the ontology and of this program: a changed byte makes new ones, and old ones go. Where
the tables of the last build or of the old stores hold but for a few sources, only these are read.
They hold the public profile only; withheld names are never in them. Deleting the folder loses
nothing.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from sousveil import __version__
from sousveil.content import content_folder
from sousveil.errors import OutsideError, UsageError
from sousveil.graph.rdf import free_quads
from sousveil.ledger.profile import Profile
from sousveil.ledger.saved_tables import attach, save_tables
from sousveil.ledger.tables import ClaimTables, memory_connection
from sousveil.model.records import CaseHeader
from sousveil.pipeline.case import Case
from sousveil.pipeline.held_folder import NEW, clear_left, new_folder
from sousveil.pipeline.last_state import (
    BUILT,
    STATE_FILE,
    TABLES_FILE,
    UNREADABLE,
    file_stamp,
    kept_state,
    whole_tables,
    write_state,
)
from sousveil.pipeline.unchanged import State, entries, saved_folders, state_of
from sousveil.pipeline.writing import checksum
from sousveil.readers.case_place import CAPTURES_FOLDER
from sousveil.stores.folder_lock import FolderLock
from sousveil.stores.oxigraph_store import OxigraphStore
from sousveil.stores.protocol import Dialect, Store
from sousveil.vocabulary.loading import load_vocabulary

if TYPE_CHECKING:
    from sousveil.readers.case_folder import Progress

STORES = Path(".sousveil") / "stores"
_WHOLE = 4_000_000
"""Files of up to this many bytes count by what they hold, larger ones by size and time.

Saved documents count by size and time whatever their size."""


class KeptCase(Case):
    """A case whose tables and stores are on disk; a context manager that lets them go."""

    kept: Path
    lock: FolderLock

    def store(self, dialect: Dialect = Dialect.SPARQL, profile: Profile = Profile.PUBLIC) -> Store:
        """Return the case's own store of a language, opened for reading."""
        if profile is not Profile.PUBLIC:
            return super().store(dialect, profile)
        return self._sparql() if dialect is Dialect.SPARQL else self._cypher()

    def close(self) -> None:
        """Let the stores on disk go."""
        super().close()
        self.lock.release()

    def _sparql(self) -> Store:
        """The store of quads, made when it is first wanted, and again where it is damaged."""
        place = self.kept / "oxigraph"
        there = place.exists()
        with contextlib.suppress(OutsideError):
            if there:
                return OxigraphStore(place, read_only=True)
        try:
            self._make_quads(place, damaged=there)
        except (OSError, OutsideError):  # the disk is full, or can be read only
            return super().store(Dialect.SPARQL)
        return OxigraphStore(place, read_only=True)

    def _make_quads(self, place: Path, *, damaged: bool) -> None:
        with new_folder(self.kept) as beside:
            with OxigraphStore(beside / "new") as store:
                store.load_case(self, Profile.PUBLIC)
            free_quads(self.tables, Profile.PUBLIC)
            if damaged:  # and no other: one that another process has just made is in use there
                with contextlib.suppress(OSError):
                    place.rename(beside / "damaged")
            with contextlib.suppress(OSError):  # another process was faster
                (beside / "new").rename(place)

    def _cypher(self) -> Store:
        from sousveil.stores.arcade_store import ArcadeStore, StoreDamaged

        store = ArcadeStore(self.kept / "cypher")
        if not (self.kept / "cypher").exists():
            store.load_case(self)
            return store
        try:
            store.rows("RETURN 1 AS one", {})
        except StoreDamaged:  # it is disposable: made again from the tables
            store.load_case(self)
        return store


def open_kept(
    folder: Path, captures: tuple[Path, ...] = (), progress: Progress | None = None
) -> Case:
    """Open a case by its stores on disk, making them where they are missing or out of date.

    Where they cannot be written, the case is opened in memory. Raises ProblemsFound when the
    files of the case have errors.
    """
    stores = folder / STORES
    place = stores / _fingerprint(folder, captures)
    state: State | None = None
    for _ in range(2):  # a folder may go between looking and locking
        lock = FolderLock(place / "lock")
        with contextlib.suppress(*UNREADABLE, duckdb.Error, OutsideError):
            if (place / STATE_FILE).is_file() and lock.take(shared=True):
                return _opened(folder, place, lock)
        lock.release()
        _drop(place)  # what cannot be opened is made again, unless somebody has it open
        state = state or state_of(folder, captures, Profile.PUBLIC)
        case = _by_former_tables(folder, captures, state, progress)
        case = case or Case.open(folder, captures, progress)
        try:
            _make(case, stores, place, state)
        except (OSError, duckdb.Error, OutsideError):
            return case
        case.tables.close()
    return Case.open(folder, captures, progress)


def _by_former_tables(
    folder: Path, captures: tuple[Path, ...], state: State, progress: Progress | None
) -> Case | None:
    """The case by the tables of its last build or of its former stores, as far as they hold."""
    from sousveil.pipeline.changed_case import changed_case
    from sousveil.pipeline.former_build import former_tables

    builds = (folder / BUILT).glob(f"{Profile.PUBLIC}-*")
    for place in sorted([*builds, *_stores_in(folder / STORES)]):
        with contextlib.suppress(*UNREADABLE, duckdb.Error):
            former = former_tables(place, state)
            if former and not former.changed:
                tables = _tables(former.file, former.header, former.hashes)
                return Case.of_tables(folder, tables, load_vocabulary())
            if former and (changed := changed_case(folder, captures, former, progress)):
                return changed.case
    return None


def _opened(folder: Path, place: Path, lock: FolderLock) -> KeptCase:
    kept = kept_state(place)
    header = CaseHeader(**kept["header"])
    tables = _tables(whole_tables(place, kept), header, kept["hashes"])
    case = KeptCase.of_tables(folder, tables, load_vocabulary())
    case.kept, case.lock = place, lock
    return case


def _tables(file: Path, header: CaseHeader, hashes: Mapping[str, str]) -> ClaimTables:
    # Not opened as the main database: that would make what an as-of view attaches read-only too.
    connection = memory_connection()
    attach(connection, file, "kept")
    connection.execute("USE kept")
    tables = ClaimTables(header, connection)
    tables.known_hashes, tables.saved_in = hashes, file
    return tables


def _make(case: Case, stores: Path, place: Path, state: State) -> None:
    from sousveil.pipeline.former_build import told_of_tables

    stores.mkdir(parents=True, exist_ok=True)
    stores.chmod(0o700)
    (stores / ".gitignore").write_text("*\n", encoding="utf-8")
    with new_folder(stores) as beside:
        save_tables(case.tables, beside / TABLES_FILE)
        write_state(beside, told_of_tables(case, state, beside / TABLES_FILE))
        with contextlib.suppress(OSError):  # another process was faster
            beside.rename(place)
    _drop_old(stores, place)


def _drop_old(stores: Path, place: Path) -> None:
    """Delete stores of other states of the case that no process has open or makes."""
    clear_left(stores)
    for old in _stores_in(stores):
        if old != place:
            _drop(old)


def _stores_in(stores: Path) -> list[Path]:
    if not stores.is_dir():
        return []
    return [p for p in stores.iterdir() if p.is_dir() and not p.name.startswith(NEW)]


def _drop(place: Path) -> None:
    """Delete the stores of one state of the case, unless a process has them open."""
    if not place.is_dir():
        return
    lock, busy = FolderLock(place / "lock"), FolderLock(place / "cypher.lock")
    with contextlib.suppress(OSError):
        if lock.take() and busy.take():
            shutil.rmtree(place, ignore_errors=True)
    busy.release()
    lock.release()


def _fingerprint(folder: Path, captures: tuple[Path, ...]) -> str:
    total = checksum(__version__.encode())
    package, case = Path(__file__).resolve().parents[1], str(folder)
    saved = os.path.join(case, CAPTURES_FOLDER, "")  # noqa: PTH118 - as `entries` has them
    roots = [(package, ".py"), (content_folder("ontology"), ".ttl")]
    roots += [(root, "") for root in saved_folders(folder, captures)]
    try:
        for root, ending in roots:
            for file, _, is_file in entries(str(root)):
                if is_file and file.endswith(ending):
                    total.update(_stamp(file, file))
        for file, kind, is_file in entries(case):
            name = file.removeprefix(case)
            total.update(f"{name}\0{kind}\0".encode(errors="surrogateescape"))
            if not is_file:
                continue
            if file.startswith(saved) or os.path.getsize(file) > _WHOLE:  # noqa: PTH202
                total.update(_stamp(file, name))
            else:
                total.update(checksum(Path(file).read_bytes()).digest())
    except OSError as error:
        raise UsageError(f"cannot read '{error.filename}': {error.strerror}") from error
    return total.hexdigest()[:20]


def _stamp(file: str, name: str) -> bytes:
    return f"{name}\0{file_stamp(file)}\n".encode(errors="surrogateescape")
