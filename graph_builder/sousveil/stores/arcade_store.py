"""The embedded Cypher engine: ArcadeDB's native build, no server needed, asked by Bolt.

The folder is disposable and holds nothing that the claim tables do not. The engine's known faults
are contained here: a folder is written beside and put in place when it is whole, its counts are
compared at every open (a truncated file opens silently), one process owns it at a time, a query
always has a time limit, who asks may only read, and the one construct that gives a silent wrong
answer is refused (see cypher_text).
"""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import IO, Any

from sousveil.errors import OutsideError
from sousveil.graph.property_elements import ROOTS, PropertyGraph
from sousveil.stores.at_hand import check_cypher_at_hand
from sousveil.stores.bolt import BoltConnection
from sousveil.stores.cypher_text import refuse_map_on_relationship
from sousveil.stores.folder_lock import FolderLock
from sousveil.stores.kinds import PropertyGraphStore
from sousveil.stores.protocol import Bound, Found, Limits, Progress, Row
from sousveil.vocabulary.terms import Vocabulary

BATCH = 10_000
QUERY_SECONDS = 60.0
"""The engine's own limit on any query; a user's own query has a shorter one."""
STATE = "sousveil.json"
FORMAT = 1
"""Raised when what a folder holds changes its shape."""


class ArcadeStore(PropertyGraphStore):
    """A property graph on disk, answered in Cypher by a process of its own.

    Without a folder it is a temporary one, gone when the store is closed. Raises OutsideError
    where the engine is not installed, the folder is in use, damaged or of another version.
    """

    name = "the embedded Cypher engine"

    def __init__(self, folder: Path | None = None, *, seconds: float = QUERY_SECONDS) -> None:
        check_cypher_at_hand()
        self._temporary = None
        if folder is None:
            self._temporary = tempfile.TemporaryDirectory(prefix="sousveil-")
            folder = Path(self._temporary.name) / "cypher"
        self.folder = folder
        self.seconds = seconds
        self._lock = FolderLock(folder.with_name(f"{folder.name}.lock"))
        self._engine: subprocess.Popen[bytes] | None = None
        self._bolt: BoltConnection | None = None

    def close(self) -> None:
        """End the engine; the folder stays, unless it is a temporary one."""
        self._stop()
        self._lock.release()
        if self._temporary is not None:
            self._temporary.cleanup()

    def load(
        self, graph: PropertyGraph, vocabulary: Vocabulary, progress: Progress | None = None
    ) -> None:
        """Write the graph beside the folder, compare what is in it, and put it in place."""
        self._own()
        self._stop()
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{self.folder.name}-", dir=self.folder.parent))
        try:
            wanted = {"nodes": len(graph.nodes), "relationships": len(graph.relationships)}
            found = _build(beside, graph, vocabulary, progress)
            if found != wanted:
                raise OutsideError(
                    f"the embedded Cypher engine wrote {found}, wanted {wanted}; ask Neo4j "
                    "instead, and report this"
                )
            state = {"format": FORMAT, "counts": wanted}
            (beside / STATE).write_text(json.dumps(state), encoding="utf-8")
            shutil.rmtree(self.folder, ignore_errors=True)
            beside.rename(self.folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)

    def rows(self, text: str, parameters: Mapping[str, Bound]) -> list[Row]:
        """Answer a query of ours."""
        refuse_map_on_relationship(text)
        bolt = self._serving()
        with bolt.outside():
            return list(bolt.found(text, parameters, Limits()).rows)

    def read(self, text: str, parameters: Mapping[str, Bound], limits: Limits) -> Found:
        """Answer somebody's own query as a user who may only read."""
        refuse_map_on_relationship(text)
        if limits.seconds is not None and limits.seconds != self.seconds:
            self._stop()
            self.seconds = limits.seconds
        bolt = self._serving()
        shown = Limits(seconds=self.seconds, rows=limits.rows)
        with bolt.outside(), bolt.own_query(text, shown):
            return bolt.found(text, parameters, Limits(rows=limits.rows))

    def _own(self) -> None:
        if not self._lock.take():
            raise OutsideError(
                f"another process has the Cypher store '{self.folder}' open; wait until it is "
                "done, or ask with --engine sparql"
            )

    def _serving(self) -> BoltConnection:
        if self._bolt is not None:
            return self._bolt
        self._own()
        wanted = _state(self.folder)
        self._engine = _start("serve", self.folder, self.seconds)
        answer = _answer(self._engine)
        if answer["counts"] != wanted:
            self._stop()
            raise _damaged(self.folder, f"it holds {answer['counts']}, wanted {wanted}")
        self._bolt = BoltConnection(
            f"bolt://127.0.0.1:{answer['port']}",
            (answer["user"], answer["password"]),
            self.name,
            "case",
        )
        return self._bolt

    def _stop(self) -> None:
        if self._bolt is not None:
            self._bolt.close()
            self._bolt = None
        if self._engine is not None:
            _end(self._engine)
            self._engine = None


class StoreDamaged(OutsideError):
    """A store on disk is not whole, or of another version; it can be made again."""


def _damaged(folder: Path, why: str) -> StoreDamaged:
    return StoreDamaged(f"the Cypher store '{folder}' cannot be used: {why}; delete the folder")


def _state(folder: Path) -> dict[str, int]:
    """Return the counts that a folder must hold."""
    try:
        state = json.loads((folder / STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _damaged(folder, "it was not finished, or is of an older version") from error
    if state.get("format") != FORMAT:
        raise _damaged(folder, "it was built by another version of sousveil")
    counts: dict[str, int] = state["counts"]
    return counts


def _start(task: str, folder: Path, seconds: float = QUERY_SECONDS) -> subprocess.Popen[bytes]:
    settings = (
        f"-Xmx{_heap_megabytes()}m -Darcadedb.command.timeout={round(seconds * 1000)} "
        "-Darcadedb.opencypher.loadCsv.allowFileUrls=false "
        "-Darcadedb.opencypher.loadCsv.allowRemoteUrls=false"
    )
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "sousveil.stores.arcade_engine", task, str(folder.absolute())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={
            **os.environ,
            "ARCADEDB_NATIVE_ISOLATE_ARGS": settings,
            "ARCADEDB_LOG_DIR": str(folder.absolute() / "log"),
        },
        # Ctrl-C is for the parent, which then ends this process in order.
        start_new_session=True,
    )


def _heap_megabytes() -> int:
    """Return how much memory the engine may take; SOUSVEIL_CYPHER_MEMORY says another number."""
    return int(os.environ.get("SOUSVEIL_CYPHER_MEMORY", "2048"))


def _end(engine: subprocess.Popen[bytes]) -> None:
    for stream in (engine.stdin, engine.stdout):
        if stream is not None and not stream.closed:
            try:
                stream.close()
            except BrokenPipeError:
                continue
    try:
        engine.wait(10)
    except subprocess.TimeoutExpired:
        engine.kill()
        engine.wait()


def _answer(engine: subprocess.Popen[bytes]) -> dict[str, Any]:
    assert engine.stdout is not None
    line = engine.stdout.readline()
    answer: dict[str, Any] = json.loads(line) if line else {"error": "it ended without a word"}
    if "error" in answer:
        _end(engine)
        raise StoreDamaged(f"the embedded Cypher engine failed: {answer['error']}")
    return answer


def _build(
    folder: Path, graph: PropertyGraph, vocabulary: Vocabulary, progress: Progress | None
) -> dict[str, int]:
    engine = _start("build", folder)
    assert engine.stdin is not None
    try:
        for batch in _batches(graph, vocabulary):
            _send(batch, engine.stdin)
            if progress and batch[0] in ("nodes", "relationships"):
                progress(str(batch[0]), len(batch[-1]))
        engine.stdin.flush()
    except BrokenPipeError:  # it says below why it ended
        pass
    counts: dict[str, int] = _answer(engine)["counts"]
    _end(engine)
    return counts


def _send(batch: tuple[Any, ...], to: IO[bytes]) -> None:
    pickle.dump(batch, to, protocol=pickle.HIGHEST_PROTOCOL)


def _batches(graph: PropertyGraph, vocabulary: Vocabulary) -> Iterator[tuple[Any, ...]]:
    used = {label for node in graph.nodes for label in node.labels}
    labels = [
        (
            name,
            tuple(p for p in vocabulary.classes[name].parents if p in used),
            "iri" if name in ROOTS else None,
        )
        for name in sorted(used)
    ]
    yield "types", labels, sorted({each.type for each in graph.relationships})
    for names, nodes in groupby(graph.nodes, key=lambda n: n.labels):
        rows = [node.properties for node in nodes]
        for start in range(0, len(rows), BATCH):
            yield "nodes", names[0], rows[start : start + BATCH]
    for type_, group in groupby(graph.relationships, key=lambda r: r.type):
        edges = list(group)
        for start in range(0, len(edges), BATCH):
            part = edges[start : start + BATCH]
            yield (
                "relationships",
                type_,
                [e.start for e in part],
                [e.end for e in part],
                [e.all_properties for e in part],
            )
    yield ("end",)
