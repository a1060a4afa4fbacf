"""Questions and paths on a made graph, each store in processes of its own; networkx beside ours.

uv run python -m benchmarks.ask [--nodes N] [--claims N] [--parts a,b] [--questions a,b]
    [--seconds S]

The parts: opening, paths, shell, and the stores pyoxigraph, cypher, rdflib, neo4j. A question has
so many CPU seconds on a store, of the asking process and its engine; what takes more is told as
that. Memory is the peak while a question was answered: of the process that asks (with what
pyoxigraph and rdflib hold), and of the engine beside it. Needs Linux, and for neo4j what the tests
need.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import selectors
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.asking.usage import below, cpu_seconds
from benchmarks.spine import SOUSVEIL, spent
from sousveil.ask.questions import question_names

STORES = ("pyoxigraph", "cypher", "rdflib", "neo4j")
PARTS = ("opening", "paths", "shell", *STORES)
GRACE = 10
"""CPU seconds that a process has to end a question by itself before it is killed."""
SLOWEST = 1800
"""Seconds of the wall after which any step is given up."""
OPENINGS = 3
FOLDER = Path(__file__).resolve().parents[1]


class Worker:
    """A process that holds a store open; see benchmarks.asking.worker."""

    def __init__(self, engine: str, folder: Path, seconds: float, server: int | None) -> None:
        self.seconds = seconds
        self.server = server
        self.words = [engine, str(folder), str(seconds), *([str(server)] if server else [])]
        self.process = _started(["ask", *self.words])
        self.opened = self._line(math.inf)

    def _cpu(self) -> float:
        pids = [self.process.pid, *below(self.process.pid), *filter(None, [self.server])]
        return sum(map(cpu_seconds, pids))

    def _line(self, seconds: float) -> dict[str, Any] | None:
        """Return what the process says next; None when it has spent so much CPU before that."""
        assert self.process.stdout is not None
        start, wall = self._cpu(), time.monotonic()
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            while not selector.select(1):
                if self._cpu() - start > seconds or time.monotonic() - wall > SLOWEST:
                    return None
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("a process of the benchmark ended")
        found: dict[str, Any] = json.loads(line)
        return found

    def ask(self, name: str) -> dict[str, Any]:
        """Return what a question cost; a process that does not come back is started anew."""
        assert self.process.stdin is not None
        self.process.stdin.write(name + "\n")
        self.process.stdin.flush()
        found = self._line(self.seconds + GRACE)
        if found is not None:
            return found
        self.process.kill()
        self.process.wait()
        self.process = _started(["ask", *self.words])
        self._line(math.inf)
        return {"over": True}

    def close(self) -> None:
        """End the process."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


def _started(words: list[str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "benchmarks.asking.worker", *words]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=FOLDER
    )


def _told(*words: str) -> list[dict[str, Any]]:
    process = _started(list(words))
    assert process.stdout is not None
    found = [json.loads(line) for line in process.stdout]
    if process.wait():
        raise SystemExit(f"failed: {' '.join(words)}")
    return found


def _row(store: str, found: dict[str, Any], seconds: float) -> None:
    step = found["step"]
    if "rows" in found:
        step += f": {found['rows']} rows" if found["rows"] else ": no rows"
    if found.get("over"):
        cells = f"over {seconds:.0f} | | |"
    elif "failed" in found:
        cells = f"failed: {found['failed'][:80]} | | |"
    else:
        engine = f"{found['engine']:.0f}" if found["engine"] else ""
        cells = f"{found['cpu']:.2f} | {found['wall']:.2f} | {found['peak']:.0f} | {engine}"
    load = os.getloadavg()[0]
    print(f"| {store} | {step} | {cells} | {load:.0f} |", flush=True)


def _head(first: str) -> None:
    print(f"\n| {first} | step | CPU s | wall s | peak MB | engine, peak MB | load |")
    print("|---|---|---|---|---|---|---|", flush=True)


@contextmanager
def _server(engine: str) -> Iterator[int | None]:
    """Start what a store needs beside this process; yield its process id."""
    if engine != "neo4j":
        yield None
        return
    from tests.servers import Neo4jServer

    before = set(below(os.getpid()))
    with Neo4jServer() as server:
        os.environ |= {"NEO4J_URI": server.uri, "NEO4J_PASSWORD": server.password}
        (pid,) = set(below(os.getpid())) - before
        yield pid


def ask_store(engine: str, folder: Path, names: list[str], seconds: float) -> None:
    """Print what loading a store costs, and each question."""
    _head("store")
    with _server(engine) as server:
        beside = [str(server)] if server else []
        there = engine == "cypher" and (folder / "made" / "cypher").exists()
        if engine in ("cypher", "neo4j") and not there:
            _row(engine, _told("load", engine, str(folder), "0", *beside)[0], seconds)
        worker = Worker(engine, folder, seconds, server)
        if worker.opened:
            _row(engine, worker.opened, seconds)
        for name in names:
            found = worker.ask(name)
            _row(engine, {"step": name, **found}, seconds)
            if found.get("over") and engine == "neo4j":
                _end_transactions()
        worker.close()


def _end_transactions() -> None:
    """End what a process that was killed has left running on the server."""
    import neo4j

    login = ("neo4j", os.environ["NEO4J_PASSWORD"])
    with neo4j.GraphDatabase.driver(os.environ["NEO4J_URI"], auth=login) as driver:
        driver.execute_query(
            "SHOW TRANSACTIONS YIELD transactionId AS id, currentQuery AS text "
            "WHERE NOT text STARTS WITH 'SHOW' WITH collect(id) AS ids "
            "TERMINATE TRANSACTIONS ids YIELD message RETURN message"
        )


def openings(folder: Path) -> None:
    """Print what it costs to open each default store, each time in a new process."""
    _head("store")
    for engine in ("pyoxigraph", "cypher"):
        if engine == "cypher" and not (folder / "made" / "cypher").exists():
            _row(engine, _told("load", engine, str(folder), "0")[0], 0)
        for _ in range(OPENINGS):
            worker = Worker(engine, folder, 60, None)
            worker.close()
            assert worker.opened is not None
            _row(engine, worker.opened, 0)


def shell() -> None:
    """Print what a named question on the bundled case costs from the shell, cold and kept."""
    with tempfile.TemporaryDirectory() as temporary:
        case = Path(temporary) / "ring-lapd"
        shutil.copytree(
            FOLDER / "cases" / "ring-lapd", case, ignore=shutil.ignore_patterns(".*", "private")
        )
        asked = [SOUSVEIL, "ask", "who-received-benefits", "--giver", "Ring", "--body", "LAPD"]
        asked += ["--case", str(case)]
        print("\n| from the shell, who-received-benefits | CPU s | wall s | peak MB |")
        print("|---|---|---|---|", flush=True)
        for engine in ("sparql", "cypher"):
            shutil.rmtree(case / ".sousveil", ignore_errors=True)
            words = [*asked, "--engine", engine]
            cpu, wall, peak, _ = spent(words)
            print(f"| {engine}, nothing kept yet | {cpu:.2f} | {wall:.2f} | {peak:.0f} |")
            every = [spent(words)[:3] for _ in range(7)]
            cpu, typical, peak = (statistics.median(column) for column in zip(*every, strict=True))
            worst = max(wall for _, wall, _ in every)
            print(
                f"| {engine}, default stores, median of 7 | {cpu:.2f} | {typical:.2f} "
                f"(at most {worst:.2f}) | {peak:.0f} |",
                flush=True,
            )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--nodes", type=int, default=100_000)
    parser.add_argument("--claims", type=int, default=500_000)
    parser.add_argument("--parts", default=",".join(PARTS), help=", ".join(PARTS))
    parser.add_argument("--questions", default="", help="names; all by default")
    parser.add_argument(
        "--seconds", type=float, default=60, help="of CPU for one question on a store"
    )
    parser.add_argument("--folder", type=Path, help="keep the graph here, and take it from here")
    given = parser.parse_args()
    parts = given.parts.split(",")
    if wrong := set(parts) - set(PARTS):
        parser.error(f"no part {', '.join(wrong)}; there are: {', '.join(PARTS)}")
    names = given.questions.split(",") if given.questions else list(question_names())
    used = ("duckdb", "pyoxigraph", "rdflib", "arcadedb", "neo4j", "networkx")
    print(f"Python {platform.python_version()}, " + ", ".join(f"{n} {version(n)}" for n in used))
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if set(parts) - {"shell"} and not (folder / "made").exists():
            made = _told("make", str(given.nodes), str(given.claims), str(folder))
            things, claims, evidence = made[0]["counts"]
            print(f"\n{things} things, {claims} claims, {evidence} pieces of evidence")
            _head("")
            for found in made:
                _row("", found, 0)
        if "shell" in parts:
            shell()
        if "opening" in parts:
            openings(folder)
        if "paths" in parts:
            words = [sys.executable, "-m", "benchmarks.asking.paths", str(folder)]
            subprocess.run(words, check=True, cwd=FOLDER)
        for engine in STORES:
            if engine in parts:
                ask_store(engine, folder, names, given.seconds)


if __name__ == "__main__":
    main()
