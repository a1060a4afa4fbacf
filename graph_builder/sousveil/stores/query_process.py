"""One SPARQL query in a process of its own, so that a runaway can be stopped.

Neither pyoxigraph nor rdflib stops a running query; a process can be ended. The job goes to the
child's standard input, the answer comes back on its standard output, both as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from sousveil.errors import OutsideError, UsageError
from sousveil.stores.protocol import Bound, Found, Iri, Limits


def read_apart(
    folder: Path | None,
    quads: Iterable[ox.Quad] | None,
    text: str,
    parameters: Mapping[str, Bound],
    limits: Limits,
    *,
    engine: str = "oxigraph",
) -> Found:
    """Answer a query in a child process, on a store's folder or on quads given.

    Raises UsageError when the query is wrong or the time runs out; the child is ended then.
    """
    with tempfile.TemporaryDirectory(prefix="sousveil-") as made:
        data = Path(made) / "case.nq"
        if quads is not None:
            ox.serialize(quads, str(data), format=ox.RdfFormat.N_QUADS)
        job = {
            "engine": engine,
            "folder": str(folder) if folder else None,
            "data": str(data) if quads is not None else None,
            "text": text,
            "parameters": {n: _packed(v) for n, v in parameters.items()},
            "rows": limits.rows,
        }
        try:
            done = subprocess.run(
                [sys.executable, "-m", "sousveil.stores.query_process"],
                input=json.dumps(job).encode(),
                capture_output=True,
                check=False,
                timeout=limits.seconds,
            )
        except subprocess.TimeoutExpired:
            raise UsageError(
                f"the query was stopped after {limits.seconds:g} s; narrow it, or allow more "
                "time with --seconds"
            ) from None
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise OutsideError(f"the query failed: {said[-1] if said else done.returncode}") from None
    if "usage" in answer:
        raise UsageError(answer["usage"])
    if "outside" in answer:
        raise OutsideError(answer["outside"])
    return Found(columns=tuple(answer["columns"]), rows=tuple(answer["rows"]), more=answer["more"])


def _packed(value: Bound) -> list[Any]:
    if isinstance(value, date):
        return ["date", value.isoformat()]
    return ["iri" if isinstance(value, Iri) else "plain", value]


def _unpacked(packed: list[Any]) -> Bound:
    kind, value = packed
    if kind == "date":
        return date.fromisoformat(value)
    plain: Bound = Iri(value) if kind == "iri" else value
    return plain


def _answer(job: dict[str, Any]) -> dict[str, Any]:
    parameters = {n: _unpacked(v) for n, v in job["parameters"].items()}
    limits = Limits(rows=job["rows"])
    try:
        if job["engine"] == "rdflib":
            from sousveil.stores.rdflib_store import RdflibStore

            with RdflibStore() as graph:
                graph.load(ox.parse(path=job["data"], format=ox.RdfFormat.N_QUADS))
                found = graph.read(job["text"], parameters, limits)
        else:
            from sousveil.stores.oxigraph_store import OxigraphStore

            folder = Path(job["folder"]) if job["folder"] else None
            with OxigraphStore(folder, read_only=folder is not None) as store:
                if folder is None:
                    store.load(ox.parse(path=job["data"], format=ox.RdfFormat.N_QUADS))
                found = store.read(job["text"], parameters, limits)
    except UsageError as error:
        return {"usage": str(error)}
    except OutsideError as error:
        return {"outside": str(error)}
    return {"columns": found.columns, "rows": found.rows, "more": found.more}


if __name__ == "__main__":
    json.dump(_answer(json.load(sys.stdin)), sys.stdout)
