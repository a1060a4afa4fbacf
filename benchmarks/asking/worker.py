"""One store in a process of its own: asked line by line, each answer told as a line of JSON.

python -m benchmarks.asking.worker make NODES CLAIMS FOLDER
python -m benchmarks.asking.worker load|ask ENGINE FOLDER SECONDS [SERVER]

The folder has the default stores as `sousveil ask` keeps them, and the embedded engine's.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn

from benchmarks.asking.made_graph import BASE, made_graph
from benchmarks.asking.questions import parameters
from benchmarks.asking.usage import Meter
from sousveil.ask.answers import ask
from sousveil.ask.questions import load_question
from sousveil.errors import SousveilError
from sousveil.pipeline import kept
from sousveil.pipeline.case import Case
from sousveil.pipeline.unchanged import State
from sousveil.stores.folder_lock import FolderLock
from sousveil.stores.oxigraph_store import OxigraphStore
from sousveil.stores.protocol import Store


class OverTime(BaseException):
    """The time for a question is over; no `except Exception` of a store takes it for a fault."""


def _over(*_: object) -> NoReturn:
    raise OverTime


def tell(meter: Meter, **more: Any) -> None:
    """Say what a step cost."""
    sys.stdout.write(json.dumps({**asdict(meter.spent()), **more}) + "\n")
    sys.stdout.flush()


def make(nodes: int, claims: int, folder: Path) -> None:
    """Make the claim tables, then the default stores of them, as `sousveil ask` does."""
    meter = Meter()
    with made_graph(nodes, claims) as case:
        counts = case.tables.query(
            "SELECT (SELECT count(*) FROM entity), (SELECT count(*) FROM claim), "
            "(SELECT count(*) FROM evidence)"
        )
        tell(meter, step="make the graph (tables, standing)", counts=counts[0])
        meter.start()
        state = State(profile="public", files={}, rest="")
        kept._make(case, folder, folder / "made", state)
        tell(meter, step="keep the tables")
    meter.start()
    with opened(folder) as there:
        there.store().close()  # as the first question in SPARQL does
        tell(meter, step="make the store of quads (pyoxigraph)")


def opened(folder: Path) -> Case:
    """Open the default stores."""
    place = folder / "made"
    return kept._opened(Path("made"), place, FolderLock(place / "lock"))


def empty_store(engine: str, folder: Path, seconds: float) -> Store:
    """Return a store that is not filled, or as it is on disk or on the server."""
    if engine == "pyoxigraph":
        return OxigraphStore(folder / "made" / "oxigraph", read_only=True)
    if engine == "cypher":
        from sousveil.stores.arcade_store import ArcadeStore

        # Its own limit is by the clock, and would tell a busy machine from an idle one.
        return ArcadeStore(folder / "made" / "cypher", seconds=seconds * 30)
    if engine == "rdflib":
        from sousveil.stores.rdflib_store import RdflibStore

        return RdflibStore()
    from sousveil.stores.neo4j_store import Neo4jStore

    return Neo4jStore(os.environ["NEO4J_URI"], "neo4j", os.environ["NEO4J_PASSWORD"])


def load(engine: str, folder: Path, server: int | None) -> None:
    """Fill a store that stays."""
    with opened(folder) as case, empty_store(engine, folder, 600) as store:
        meter = Meter(server)
        told = 0

        def progress(what: str, count: int) -> None:
            nonlocal told
            told += count
            if told % 200_000 < count:
                print(f"  {engine}: {told} {what}", file=sys.stderr, flush=True)

        store.load_case(case, progress=progress)
        tell(meter, step="load")


def answer_all(engine: str, folder: Path, seconds: float, server: int | None) -> None:
    """Open the store, then answer each question named on standard input."""
    meter = Meter(server)
    with opened(folder) as case, empty_store(engine, folder, seconds) as store:
        words = case.words()
        if engine == "rdflib":
            store.load_case(case)
        text = "RETURN 1 AS one" if store.dialect == "cypher" else "SELECT ?x { VALUES ?x { 1 } }"
        store.rows(text, {})
        tell(meter, step="load" if engine == "rdflib" else "open")
        signal.signal(signal.SIGPROF, _over)
        for line in sys.stdin:
            name = line.strip()
            given = parameters(name, case.tables, BASE)
            question = load_question(name)
            meter.start()
            signal.setitimer(signal.ITIMER_PROF, seconds)
            try:
                told: dict[str, Any] = {"rows": len(ask(question, given, words, store).rows)}
            except OverTime:
                told = {"over": True}
            except SousveilError as error:
                told = {"failed": str(error)}
            signal.setitimer(signal.ITIMER_PROF, 0)
            tell(meter, step=name, **told)


def main(arguments: list[str]) -> None:
    """Do one task."""
    task, *rest = arguments
    if task == "make":
        make(int(rest[0]), int(rest[1]), Path(rest[2]))
        return
    server = int(rest[3]) if len(rest) > 3 else None
    if task == "load":
        load(rest[0], Path(rest[1]), server)
    else:
        answer_all(rest[0], Path(rest[1]), float(rest[2]), server)


if __name__ == "__main__":
    main(sys.argv[1:])
