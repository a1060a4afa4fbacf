"""CPU seconds and peak memory of the spine, each step a process of its own, peers beside it.

uv run python -m benchmarks.spine [SOURCES] [BLOCKS]
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from statistics import median

from benchmarks.made_case import made_case

SOUSVEIL = str(Path(sys.executable).parent / "sousveil")
ROUNDS = 5
LOOP = "for i in range(5_000_000): i * i"
STEPS = {
    "check": "from sousveil.pipeline.case import check_case; check_case(Path(F))",
    "open (check, tables, standing)": "Case.open(F)",
    "open, sorted N-Quads": "sum(map(len, Case.open(F).nquads()))",
    "open, property graph, Cypher script": "from sousveil.graph.cypher_script import "
    "cypher_script; c = Case.open(F); sum(map(len, cypher_script(c.property_graph(), "
    "c.vocabulary)))",
}
COUNTS = (
    "c = Case.open(F); print(c.tables.query('SELECT (SELECT count(*) FROM claim), "
    "(SELECT count(*) FROM evidence)')[0])"
)


def spent(words: list[str]) -> tuple[float, float, float, str]:
    """Run a program; return CPU seconds, seconds, peak MB and what it printed.

    Its modules are compiled once and kept, as they are where it is installed.
    """
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    begin = time.monotonic()
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    printed = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"failed: {' '.join(words)}")
    took = time.monotonic() - begin
    return usage.ru_utime + usage.ru_stime, took, usage.ru_maxrss / 1024, printed


def measured(code: str, folder: Path) -> tuple[float, float, float, str]:
    """Run code in a fresh process; see `spent`."""
    program = f"from pathlib import Path\nfrom sousveil import Case\nF = {str(folder)!r}\n{code}\n"
    return spent([sys.executable, "-c", program])


def commands(folder: Path) -> None:
    """Print what the commands cost that an editor types, on the whole case.

    In rounds, so that a machine that is busy for a while shows in every row.
    """
    out, stores, kept = folder.parent / "out", folder / ".sousveil" / "stores", folder / ".sousveil"
    build = [SOUSVEIL, "build", str(folder), "-o", str(out)]
    show = [SOUSVEIL, "show", "gift-7", "--case", str(folder)]
    rows: tuple[tuple[str, list[str], tuple[Path, ...], bool], ...] = (
        ("check and build, nothing there before", build, (out, kept), False),
        ("build, nothing changed", build, (), False),
        ("build, one source file changed", build, (), True),
        ("show one thing, after a build", show, (stores,), False),
        ("show one thing, again", show, (), False),
        ("show one thing, one source file changed", show, (), True),
        ("show one thing, nothing there before", show, (kept,), False),
        ("--help", [SOUSVEIL, "--help"], (), False),
        ("a fixed loop, which tells the machine", [sys.executable, "-c", LOOP], (), False),
    )
    found: dict[str, list[tuple[float, float, float]]] = {name: [] for name, *_ in rows}
    for number in range(ROUNDS):
        for name, words, gone, edited in rows:
            for place in gone:
                if place.exists():  # moved: some file systems pay later for what was removed
                    place.rename(tempfile.mkdtemp(dir=folder.parent))
            if edited:
                _change(folder, number)
            found[name].append(spent(words)[:3])
    print(f"\n{ROUNDS} rounds: least, median, most CPU s; the clock and memory of the median")
    print("\n| command | least | median | most | s | peak MB |\n|---|---|---|---|---|---|")
    for name, runs in found.items():
        (least, *_), (cpu, took, peak), (most, *_) = (sorted(runs)[n] for n in (0, ROUNDS // 2, -1))
        print(f"| {name} | {least:.2f} | {cpu:.2f} | {most:.2f} | {took:.2f} | {peak:.0f} |")


def _change(folder: Path, number: int) -> None:
    """Change the values of one source file to others that it never had."""
    file = sorted((folder / "sources").glob("*.yaml"))[7]
    text = file.read_text(encoding="utf-8")
    changed = re.sub(r"(number of receivers: )(at least )?(\d+)", rf"\g<1>{number + 1}\g<3>", text)
    assert changed != text
    file.write_text(changed, encoding="utf-8")


def writers(folder: Path) -> None:
    """Print our N-Quads writer beside rdflib's: from quads that are there to the written text."""
    from sousveil import Case
    from sousveil.graph.rdf import quad_table
    from sousveil.ledger.profile import Profile
    from sousveil.stores.rdflib_store import rdflib_dataset

    with Case.open(folder) as case:
        quad_table(case.tables, case.vocabulary, Profile.PUBLIC)
        dataset = rdflib_dataset(case.quads())
        ways: dict[str, Callable[[], str]] = {
            "N-Quads, sorted, ours": lambda: "".join(case.nquads()),
            "N-Quads, unsorted, rdflib": lambda: str(dataset.serialize(format="nquads")),
        }
        found: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(ROUNDS):
            for name, write in ways.items():
                start = time.process_time()
                count = write().count("\n")
                found[name].append(time.process_time() - start)
    print(f"\n{count} quads\n\n| writer | CPU s, {ROUNDS} turns |\n|---|---|")
    for name, turns in found.items():
        print(f"| {name} | {', '.join(f'{cpu:.2f}' for cpu in turns)} |")
    ours, theirs = (median(turns) for turns in found.values())
    print(f"\nratio of the medians, rdflib / ours: {theirs / ours:.1f}")


def main() -> None:
    """Print the tables."""
    sources = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    blocks = int(sys.argv[2]) if len(sys.argv) > 2 else 6
    names = ("duckdb", "pyoxigraph", "rdflib")
    print(f"Python {platform.python_version()}, " + ", ".join(f"{n} {version(n)}" for n in names))
    with tempfile.TemporaryDirectory() as temporary:
        folder = made_case(Path(temporary) / "case", sources, blocks)
        for words in (["build", str(folder), "-o", f"{temporary}/first"], ["show", "gift-1"]):
            case = ["--case", str(folder)] if "show" in words else []
            spent([SOUSVEIL, *words, *case])  # every module is compiled once
        shutil.rmtree(folder / ".sousveil")
        counts = measured(COUNTS, folder)[3]
        print(f"{sources} source files, (claims, evidence) = {counts.strip()}\n")
        print("| step | CPU s | peak MB |\n|---|---|---|")
        for name, code in STEPS.items():
            cpu, _, peak, _ = measured(code, folder)
            print(f"| {name} | {cpu:.2f} | {peak:.0f} |", flush=True)
        # Before anything big is in this process: a child's peak counts what its parent has.
        commands(folder)
        writers(folder)


if __name__ == "__main__":
    main()
