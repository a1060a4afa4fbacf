"""The embedded Cypher engine's own process: ArcadeDB's native build behind Bolt on loopback.

A process of its own, because the engine does not stop a running query on Ctrl-C, keeps memory of
its own, and reads its settings from the environment before it is imported. The parent speaks to it
by its standard input (pickled, from our own process only) and reads one line of JSON back; when
the parent is gone its input ends, and so does this process.

    python -m sousveil.stores.arcade_engine build FOLDER    then batches on standard input
    python -m sousveil.stores.arcade_engine serve FOLDER    then nothing: it serves until the end
"""

from __future__ import annotations

import base64
import json
import os
import pickle
import secrets
import shutil
import socket
import sys
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

DATABASE = "case"
READER = "reader"
COMMIT_EVERY = 20_000


def build(folder: Path, batches: IO[bytes]) -> dict[str, int]:
    """Make a database from batches and return how many nodes and relationships it holds.

    Batches: ("types", [(label, parents, unique key or None)], [relationship types]), then
    ("nodes", label, [properties]) and ("relationships", type, [start], [end], [properties]) with
    the IRIs of the ends, then ("end",).
    """
    import arcadedb

    database = arcadedb.create_database(str(folder / "databases" / DATABASE))
    kind, labels, types = pickle.load(batches)  # noqa: S301
    assert kind == "types"
    _make_types(database, labels, types)
    ids: dict[str, str] = {}
    with database.graph_batch(use_wal=False, commit_every=COMMIT_EVERY) as batch:
        while True:
            kind, *rest = pickle.load(batches)  # noqa: S301
            if kind == "end":
                break
            if kind == "nodes":
                label, rows = rest
                made = batch.create_vertices(label, rows)
                ids.update(zip((row["iri"] for row in rows), map(str, made), strict=True))
            else:
                type_, starts, ends, rows = rest
                batch.new_edges([ids[s] for s in starts], type_, [ids[e] for e in ends], rows)
    for label, _, key in labels:
        if key:
            database.command("sql", f"CREATE INDEX ON `{label}` ({key}) UNIQUE")
    found = _counts(database)
    database.close()
    return found


def _make_types(
    database: Any, labels: Sequence[tuple[str, tuple[str, ...], str | None]], types: Sequence[str]
) -> None:
    parents = {label: above for label, above, _ in labels}
    done: set[str] = set()

    def make(label: str) -> None:
        if label in done:
            return
        for above in parents[label]:
            make(above)
        extends = ", ".join(f"`{above}`" for above in parents[label])
        database.command(
            "sql", f"CREATE VERTEX TYPE `{label}`" + (f" EXTENDS {extends}" if extends else "")
        )
        done.add(label)

    for label in parents:
        make(label)
    for label, _, key in labels:
        if key:
            database.command("sql", f"CREATE PROPERTY `{label}`.`{key}` STRING")
    for type_ in types:
        database.command("sql", f"CREATE EDGE TYPE `{type_}`")


def _counts(database: Any) -> dict[str, int]:
    """Count what can be read: a truncated file opens without a word, with fewer records."""
    found = {}
    for name, text in (
        ("nodes", "MATCH (n) RETURN count(n.iri) AS c"),
        ("relationships", "MATCH ()-[r]->() RETURN count(r.key) AS c"),
    ):
        found[name] = int(database.query("opencypher", text).first().get("c"))
    return found


_ALL = {
    "access": ["updateSecurity", "updateSchema", "updateDatabaseSettings"],
    "resultSetLimit": -1,
    "readTimeout": -1,
    "types": {"*": {"access": ["createRecord", "readRecord", "updateRecord", "deleteRecord"]}},
}
_READ = {**_ALL, "access": [], "types": {"*": {"access": ["readRecord"]}}}


def serve(folder: Path) -> tuple[Any, dict[str, Any]]:
    """Serve a database on random ports of loopback to a user who may only read.

    Returns the server, and what the parent needs: port, user, password, counts.
    """
    import arcadedb

    settings = folder / "config"
    shutil.rmtree(settings, ignore_errors=True)
    settings.mkdir()
    groups = {"databases": {"*": {"groups": {"admin": _ALL, READER: _READ}}}, "version": 1}
    (settings / "server-groups.json").write_text(json.dumps(groups), encoding="utf-8")
    master, password = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
    http, bolt = _free_port(), _free_port()
    server = arcadedb.create_server(
        str(folder),
        master,
        config={
            "host": "127.0.0.1",
            "http_port": http,
            "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
            "bolt_host": "127.0.0.1",
            "bolt_port": bolt,
        },
    )
    server.start()
    counts = _counts(server.get_database(DATABASE))
    _make_reader(http, master, password)
    return server, {"port": bolt, "user": READER, "password": password, "counts": counts}


def _make_reader(port: int, master: str, password: str) -> None:
    user = {"name": READER, "password": password, "databases": {DATABASE: [READER]}}
    token = base64.b64encode(f"root:{master}".encode()).decode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/v1/server",
        data=json.dumps({"command": f"create user {json.dumps(user)}"}).encode(),
        headers={"Authorization": f"Basic {token}", "Content-Type": "application/json"},
    )
    # A proxy of the environment has no business on loopback.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=30) as answer:
        answer.read()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _say(answer: Mapping[str, Any], output: IO[str]) -> None:
    output.write(json.dumps(answer) + "\n")
    output.flush()


def main(arguments: Sequence[str]) -> None:
    """Build or serve a database as the parent says, and answer it in one line of JSON."""
    # The engine's own messages go to standard output as well: keep ours apart from them.
    output = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    task, folder = arguments[0], Path(arguments[1])
    try:
        if task == "build":
            _say({"counts": build(folder, sys.stdin.buffer)}, output)
            return
        server, answer = serve(folder)
        _say(answer, output)
    except Exception as error:  # whatever the engine throws, the parent must hear of it
        _say({"error": f"{type(error).__name__}: {error}"[:500]}, output)
        return
    sys.stdin.buffer.read()
    server.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
