"""CPU seconds and peak memory of the spine, each step a process of its own, peers beside it.

uv run python -m benchmarks.spine [SOURCES] [BLOCKS]
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from benchmarks.made_case import made_case

STEPS = {
    "check": "from sousveil.pipeline.case import check_case; check_case(Path(F))",
    "open (check, tables, standing)": "Case.open(F)",
    "open, quads, sorted N-Quads": "from sousveil.graph.serialise import nquads; "
    "nquads(Case.open(F).quads())",
    "open, property graph, Cypher script": "from sousveil.graph.cypher_script import "
    "cypher_script; c = Case.open(F); cypher_script(c.property_graph(), c.vocabulary)",
}
WRITERS = {
    "N-Quads, sorted, ours": "nquads(quads)",
    "N-Quads, unsorted, rdflib": "dataset.serialize(format='nquads')",
}


def measured(code: str, folder: Path) -> tuple[float, float, str]:
    """Run code in a fresh process; return CPU seconds, peak MB and what it printed."""
    program = f"from pathlib import Path\nfrom sousveil import Case\nF = {str(folder)!r}\n{code}\n"
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    printed = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"failed: {code}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, printed


def main() -> None:
    """Print the tables."""
    sources = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    blocks = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    names = ("duckdb", "pyoxigraph", "rdflib")
    print(f"Python {platform.python_version()}, " + ", ".join(f"{n} {version(n)}" for n in names))
    with tempfile.TemporaryDirectory() as temporary:
        folder = made_case(Path(temporary) / "case", sources, blocks)
        _, _, counts = measured(
            "c = Case.open(F); print(c.tables.query('SELECT (SELECT count(*) FROM claim), "
            "(SELECT count(*) FROM evidence)')[0])",
            folder,
        )
        print(f"{sources} source files, (claims, evidence) = {counts.strip()}\n")
        print("| step | CPU s | peak MB |\n|---|---|---|")
        for name, code in STEPS.items():
            seconds, peak, _ = measured(code, folder)
            print(f"| {name} | {seconds:.2f} | {peak:.0f} |")
        from sousveil import Case
        from sousveil.graph.serialise import nquads
        from sousveil.stores.rdflib_store import rdflib_dataset

        with Case.open(folder) as case:
            quads = list(case.quads())
        dataset = rdflib_dataset(quads)
        print(f"\n{len(quads)} quads\n\n| writer | CPU s |\n|---|---|")
        found = []
        for name, code in WRITERS.items():
            start = time.process_time()
            eval(code, {"quads": quads, "dataset": dataset, "nquads": nquads})
            found.append(time.process_time() - start)
            print(f"| {name} | {found[-1]:.2f} |")
        print(f"\nratio rdflib / ours: {found[1] / found[0]:.1f}")


if __name__ == "__main__":
    main()
