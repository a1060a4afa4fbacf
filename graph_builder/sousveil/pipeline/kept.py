"""The default stores of a case on disk, so that a question from the shell need not read it all.

They lie in the case's `.sousveil/stores/`, which git ignores, below a fingerprint of the case's
files, of the ontology and of this program: a changed byte makes new ones, and old ones go. They
hold the public profile only; withheld names are never in them. Deleting the folder loses nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from sousveil import __version__
from sousveil.content import content_folder
from sousveil.errors import OutsideError, UsageError
from sousveil.graph.rdf import free_quads
from sousveil.ledger.profile import Profile
from sousveil.ledger.saved_tables import attach, save_tables
from sousveil.ledger.tables import ClaimTables
from sousveil.model.records import CaseHeader
from sousveil.pipeline.case import Case
from sousveil.stores.folder_lock import FolderLock
from sousveil.stores.oxigraph_store import OxigraphStore
from sousveil.stores.protocol import Dialect, Store
from sousveil.vocabulary.loading import load_vocabulary

if TYPE_CHECKING:
    from sousveil.readers.case_folder import Progress

STORES = Path(".sousveil") / "stores"
_APART = frozenset({"build", ".git", "captures", "stores"})
_NEW = ".new-"
_WHOLE = 4_000_000
"""Files of up to this many bytes count by what they hold, larger ones by size and time."""


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
        beside = Path(tempfile.mkdtemp(prefix=_NEW, dir=self.kept))
        try:
            with OxigraphStore(beside / "new") as store:
                store.load_case(self, Profile.PUBLIC)
            free_quads(self.tables, Profile.PUBLIC)
            if damaged:  # and no other: one that another process has just made is in use there
                with contextlib.suppress(OSError):
                    place.rename(beside / "damaged")
            with contextlib.suppress(OSError):  # another process was faster
                (beside / "new").rename(place)
        finally:
            shutil.rmtree(beside, ignore_errors=True)

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
    for _ in range(2):  # a folder may go between looking and locking
        lock = FolderLock(place / "lock")
        with contextlib.suppress(OSError, duckdb.Error, ValueError, KeyError, OutsideError):
            if (place / "state.json").is_file() and lock.take(shared=True):
                return _opened(folder, place, lock)
        lock.release()
        _drop(place)  # what cannot be opened is made again, unless somebody has it open
        case = Case.open(folder, captures, progress)
        try:
            _make(case, stores, place)
        except (OSError, duckdb.Error, OutsideError):
            return case
        case.tables.close()
    return Case.open(folder, captures, progress)


def _opened(folder: Path, place: Path, lock: FolderLock) -> KeptCase:
    state = json.loads((place / "state.json").read_text(encoding="utf-8"))
    # Not opened as the main database: that would make what an as-of view attaches read-only too.
    connection = duckdb.connect(":memory:", config={"threads": 1})
    attach(connection, place / "tables.duckdb", "kept")
    connection.execute("USE kept")
    tables = ClaimTables(CaseHeader(**state["header"]), connection)
    tables.known_digest = state["digest"]
    case = KeptCase.of_tables(folder, tables, load_vocabulary())
    case.kept, case.lock = place, lock
    return case


def _make(case: Case, stores: Path, place: Path) -> None:
    stores.mkdir(parents=True, exist_ok=True)
    stores.chmod(0o700)
    (stores / ".gitignore").write_text("*\n", encoding="utf-8")
    beside = Path(tempfile.mkdtemp(prefix=_NEW, dir=stores))
    try:
        save_tables(case.tables, beside / "tables.duckdb")
        header = case.tables.header
        state = {
            "version": __version__,
            "digest": case.tables.digest(),
            "header": {name: getattr(header, name) for name in header.__dataclass_fields__},
        }
        (beside / "state.json").write_text(json.dumps(state), encoding="utf-8")
        with contextlib.suppress(OSError):  # another process was faster
            beside.rename(place)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    _drop_old(stores, place)


def _drop_old(stores: Path, place: Path) -> None:
    """Delete stores of other states of the case that no process has open."""
    for old in stores.iterdir():
        if old.is_dir() and old != place and not old.name.startswith(_NEW):
            _drop(old)


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
    total = hashlib.sha256(__version__.encode())
    package = Path(__file__).resolve().parents[1]
    for root, pattern in ((package, "*.py"), (content_folder("ontology"), "*.ttl")):
        for path in sorted(root.rglob(pattern)):
            total.update(_stamp(path, path.relative_to(root).as_posix()))
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        if path.stat().st_size <= _WHOLE:
            total.update(f"{name}\0".encode(errors="surrogateescape"))
            total.update(hashlib.sha256(path.read_bytes()).digest())
        else:
            total.update(_stamp(path, name))
    for saved in (folder / "captures", *captures):
        if saved.is_dir():
            for path in sorted(p for p in saved.rglob("*") if p.is_file()):
                total.update(_stamp(path, str(path.absolute())))
    return total.hexdigest()[:20]


def _stamp(path: Path, name: str) -> bytes:
    about = path.stat()
    return f"{name}\0{about.st_size}\0{about.st_mtime_ns}\n".encode(errors="surrogateescape")


def _files(folder: Path) -> Iterator[Path]:
    try:
        for root, folders, names in os.walk(folder):
            folders[:] = sorted(name for name in folders if name not in _APART)
            for name in sorted(names):
                path = Path(root) / name
                if path.is_file():
                    yield path
    except OSError as error:
        raise UsageError(f"cannot read '{folder}': {error.strerror}") from error
