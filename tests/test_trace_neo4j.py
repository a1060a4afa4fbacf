"""A trace by a Neo4j server: the same paths, costs, claims and words as by the case's tables."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, Self

import pytest

from sousveil.ask.path_finders import TablePaths
from sousveil.ask.server_paths import ServerPaths
from sousveil.ask.trace import STANDINGS, trace, wanted_claims
from sousveil.ask.trace_graph import HUBS, Wanted, open_graph
from sousveil.errors import UsageError
from sousveil.graph.case_words import CaseWords
from sousveil.pipeline.asking import Server
from sousveil.pipeline.case import Case
from sousveil.pipeline.tracing import trace_engine
from sousveil.stores.neo4j_store import Neo4jStore
from tests.cases import POLICE_TOOLS, RING_LAPD
from tests.made_questions import made_case
from tests.servers import Neo4jServer

BASE = "https://w3id.org/sousveil/case/ring-lapd/"
THINGS = [
    "ring",  # a company, and the case's hub
    "lapd",
    "flock-safety",
    "ftc",
    "adt-suit",
    "arcadia-second-round",  # a subsidy
    "lapd-officers",
    "michel-moore",
    "pillar",
    "gifts-to-officers",
    "protest-request",
    "request-rules-june-2021",
    "pillar-statement",  # judged the same as a statement in another paper
    "latimes-2021-06-17",  # a source
    "floyd-death",
]
PAIRS = list(combinations(THINGS, 2))
BOTH_WAYS = [*PAIRS, *((end, start) for start, end in PAIRS)]
NEAREST = ("None", "no such claim joins", "a path of", "a path against the direction", "from ")
RELATIONS = ["giver", "receiver", "member group of", "speaker", "requester", "asked"]


@dataclass(frozen=True, kw_only=True)
class Both:
    """A case and the server that holds it, besides other cases."""

    case: Case
    words: CaseWords
    tables: TablePaths
    store: Neo4jStore
    server: Neo4jServer

    @classmethod
    def loaded(cls, case: Case, store: Neo4jStore, server: Neo4jServer) -> Self:
        store.load_case(case)
        words = case.words()
        return cls(case=case, words=words, tables=TablePaths(words), store=store, server=server)

    def on_server(self, seconds: float = 120) -> ServerPaths:
        return ServerPaths(self.store, self.case.tables.header.base, seconds=seconds)

    def traced(self, start: str, end: str, wanted: Wanted, **more: Any) -> tuple[Any, Any]:
        """Return what the tables and what the server say of two things, evidence and all."""
        base = self.case.tables.header.base
        finders = (self.tables, self.on_server())
        one, other = (
            trace(self.words, base + start, base + end, wanted, finder=finder, **more)
            for finder in finders
        )
        return one, other


@pytest.fixture(scope="module")
def both(neo4j_server: Neo4jServer) -> Iterator[Both]:
    with (
        Case.open(RING_LAPD) as case,
        Case.open(POLICE_TOOLS) as neighbour,
        Neo4jStore(neo4j_server.uri, neo4j_server.user, neo4j_server.password) as store,
    ):
        store.load_case(neighbour)
        yield Both.loaded(case, store, neo4j_server)


def some(both: Both, wanted: Wanted, **more: Any) -> list[tuple[str, str]]:
    """Return pairs that are joined, up to ten from all over the list, and two that are not."""
    joined: list[tuple[str, str]] = []
    apart: list[tuple[str, str]] = []
    for start, end in BOTH_WAYS:
        ends = (both.case.tables.header.base + start, both.case.tables.header.base + end)
        found = both.tables.paths(wanted, *ends, **{"hops": 4, **more, "most": 1})
        (joined if found else apart).append((start, end))
    return [*joined[:: max(1, len(joined) // 9)][:10], *apart[:2]]


def differing(both: Both, pairs: list[tuple[str, str]], wanted: Wanted, **more: Any) -> list[Any]:
    """Return the pairs of which tables and server say different things."""
    found = []
    paths = 0
    for start, end in pairs:
        one, other = both.traced(start, end, wanted, **more)
        paths += len(one.paths)
        if one != other:
            found.append((start, end, one.as_dict(), other.as_dict()))
    assert paths, "nothing was compared"
    return found


def test_every_pair_has_the_same_paths_costs_and_evidence(both: Both) -> None:
    assert differing(both, PAIRS, Wanted()) == []


@pytest.mark.parametrize(
    ("options", "more"),
    [
        ({"directed": True}, {}),
        ({"only": ["documented"]}, {}),
        ({"only": list(STANDINGS)}, {"most": 12, "hops": 3}),
        ({"relations": RELATIONS}, {}),
        ({"avoid": [BASE + "ring", BASE + "lapd-officers"]}, {}),
        ({"directed": True, "only": ["reported", "disputed"], "avoid": [BASE + "lapd"]}, {}),
        ({}, {"via": [BASE + "pillar"]}),
        ({}, {"via": [BASE + "lapd", BASE + "ring"], "hops": 3}),
        ({}, {"most": 40, "hops": 3}),
        ({}, {"hops": 1}),
        ({}, {"hops": 7, "most": 5}),
    ],
)
def test_options_mean_the_same_on_the_server(
    options: dict[str, Any], more: dict[str, Any], both: Both
) -> None:
    wanted = wanted_claims(both.words, **options)
    assert differing(both, some(both, wanted, **more), wanted, **more) == []


def test_where_there_is_no_path_the_server_tells_the_same_that_is_nearest(both: Both) -> None:
    told: set[str] = set()
    asked: list[tuple[dict[str, Any], dict[str, Any]]] = [
        ({}, {"hops": 1}),
        ({"relations": ["giver"]}, {}),
        ({"directed": True}, {"hops": 2}),
    ]
    for options, more in asked:
        wanted = wanted_claims(both.words, **options)
        for start, end in PAIRS[::8]:
            one, other = both.traced(start, end, wanted, **more)
            assert one == other
            told |= {kind for kind in NEAREST if str(one.nearest).startswith(kind)}
    assert told == set(NEAREST)


def test_passing_a_hub_costs_the_same_and_is_told_in_the_same_words(both: Both) -> None:
    degrees = open_graph(both.words, Wanted()).degrees
    hub = max(degrees, key=lambda thing: degrees[thing])
    assert degrees[hub] > HUBS[0][0]
    assert both.on_server().degree(Wanted(), hub) == degrees[hub]
    one, other = both.traced("flock-safety", "lapd", Wanted(), via=[hub], most=2)
    assert one == other
    assert all(any("explains little" in text for text in path.hubs) for path in other.paths)


def test_no_path_takes_a_derived_link_or_a_judgement(both: Both) -> None:
    """The server holds both as direct relationships; a trace follows claims only."""
    links = both.case.tables.query("SELECT DISTINCT subject, object FROM derived_link")
    merges = both.case.tables.query("SELECT entity, canonical FROM cluster")
    forward = open_graph(both.words, Wanted()).forward
    unclaimed = [(a, b) for a, b in [*links, *merges] if a != b and b not in forward.get(a, {})]
    judged = (BASE + "ring-statement-to-verge", BASE + "pillar-statement")
    assert {frozenset(pair) for pair in unclaimed} >= {frozenset(judged)}
    assert len(unclaimed) > 1
    for start, end in unclaimed:
        joined = both.store.rows(
            "MATCH (:Thing {iri: $start})-[link]-(:Thing {iri: $end}) RETURN count(link) AS n",
            {"start": start, "end": end},
        )
        assert joined != [{"n": 0}]
        assert both.on_server().paths(Wanted(), start, end, most=1, hops=1) == []


def test_a_made_case_with_conflicts_and_other_scripts_is_traced_alike(
    neo4j_server: Neo4jServer, tmp_path: Path
) -> None:
    with (
        Case.open(made_case(tmp_path / "case", 1)) as case,
        Neo4jStore(neo4j_server.uri, neo4j_server.user, neo4j_server.password) as store,
    ):
        made = Both.loaded(case, store, neo4j_server)
        base = case.tables.header.base
        for standings in ((), STANDINGS):
            wanted = wanted_claims(case.words(), only=standings)
            forward = open_graph(case.words(), wanted).forward
            things = sorted(forward, key=lambda thing: thing[::-1])
            near = [(a, b) for a in things[:: len(things) // 3] for b in sorted(forward[a])[:2]]
            far = [(a, c) for a, b in near for c in sorted(forward[b])[-2:] if c != a]
            pairs = [(a.removeprefix(base), b.removeprefix(base)) for a, b in [*near, *far]]
            assert differing(made, pairs, wanted) == []


def test_a_search_without_end_is_stopped_and_the_server_goes_on(both: Both) -> None:
    lonely = "urn:a-thing-that-no-path-passes"
    start = time.monotonic()
    with pytest.raises(UsageError, match=r"the trace was stopped after 2 s; narrow it with --max"):
        both.on_server(2).paths(
            Wanted(), BASE + "ring", BASE + "lapd", most=1, hops=12, via=[lonely]
        )
    assert time.monotonic() - start < 60
    assert both.on_server().paths(Wanted(), BASE + "ring", BASE + "lapd", most=1, hops=2)


def test_a_name_that_looks_like_cypher_is_a_parameter(both: Both) -> None:
    hostile = "'}) DETACH DELETE n //"
    assert both.on_server().paths(Wanted(), hostile, BASE + "lapd", most=1, hops=2) == []
    odd = Wanted(relations=frozenset([hostile, "giver"]), avoid=frozenset([hostile]))
    assert differing(both, [("gifts-to-officers", "ring")], odd) == []


def test_python_asks_one_engine_or_both(both: Both) -> None:
    server = Server(uri=both.server.uri, user=both.server.user, password=both.server.password)
    ends = (BASE + "ring", BASE + "lapd")
    found = [
        trace_engine(both.case, *ends, engine=engine, server=server)
        for engine in ("tables", "neo4j", "all")
    ]
    assert found[0] == found[1] == found[2]
    with pytest.raises(UsageError, match="say which Neo4j server to ask, with --uri"):
        trace_engine(both.case, *ends, engine="all")
    with pytest.raises(UsageError, match="no engine 'sparql'; there are: tables, neo4j, all"):
        trace_engine(both.case, *ends, engine="sparql")


def run(*words: str, password: str = "x", **more: str) -> subprocess.CompletedProcess[str]:
    elsewhere = {k: v for k, v in os.environ.items() if not k.startswith("NEO4J_")}
    done = subprocess.run(
        ["sousveil", "trace", *words],
        env={**elsewhere, "NEO4J_PASSWORD": password, **more},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert "Traceback" not in done.stderr + done.stdout
    return done


CASE = ("--case", str(RING_LAPD))
AWAY = ("--uri", "bolt://127.0.0.1:9")


def test_the_command_prints_the_same_from_the_server(both: Both) -> None:
    here = ("--uri", both.server.uri)
    words = ("Ring", "LAPD", "--via", "Pillar", "--paths", "2", "--json")
    server = run(*words, *CASE, *here, password=both.server.password)
    assert server.returncode == 0, server.stderr
    assert server.stdout == run(*words, *CASE).stdout
    compared = run("Ring", "LAPD", *CASE, *here, "--engine", "all", password=both.server.password)
    assert (compared.returncode, compared.stderr) == (0, "equal paths from: tables, neo4j\n")
    # An address in the environment alone chooses no server.
    quiet = run("Ring", "LAPD", *CASE, "--json", NEO4J_URI=AWAY[1])
    assert json.loads(quiet.stdout)["paths"]
    asked = run("Ring", "LAPD", *CASE, "--engine", "neo4j", NEO4J_URI=AWAY[1])
    assert (asked.returncode, asked.stdout) == (3, "")


def test_a_wrong_password_or_name_and_an_older_state_are_told(both: Both, tmp_path: Path) -> None:
    here = ("--uri", both.server.uri)
    wrong = run("Ring", "LAPD", *CASE, *here, password="wrong")
    assert (wrong.returncode, wrong.stdout) == (3, "")
    assert "refuses the user or the password; set NEO4J_USER and NEO4J_PASSWORD" in wrong.stderr
    unknown = run("Rng", "LAPD", *CASE, *here, password=both.server.password)
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert "nothing in this case is called 'Rng'" in unknown.stderr
    changed = tmp_path / "case"
    shutil.copytree(RING_LAPD, changed, ignore=shutil.ignore_patterns(".sousveil", "build"))
    (changed / "judgements.csv").unlink()
    stale = run("Ring", "LAPD", "--case", str(changed), *here, password=both.server.password)
    assert (stale.returncode, stale.stdout) == (3, "")
    assert "holds an older state of this case; run `sousveil neo4j load" in stale.stderr


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("Ring", "LAPD", *AWAY), 3, "Neo4j at bolt://127.0.0.1:9 does not answer"),
        (("Ring", "LAPD", "--uri", "http://x"), 2, "'http://x' is not an address of a Neo4j"),
        (("Ring", "LAPD", *AWAY, "--reported", "2021"), 2, "leave --uri out, or say --engine tab"),
        (("Ring", "LAPD", "EFF", *AWAY, "--all-between"), 2, "--all-between joins things by the"),
        (("Ring", "LAPD", *AWAY, "--engine", "tables"), 2, "--engine tables asks none"),
        (("Ring", "LAPD", "--engine", "graph"), 2, "no engine 'graph'; there are: tables, neo4j"),
        (("Ring", "LAPD", "--engine", "all"), 2, "say which Neo4j server to ask, with --uri"),
        (("Ring", "LAPD", *AWAY, "--seconds", "0"), 2, "Invalid value for '--seconds'"),
    ],
)
def test_a_trace_that_no_server_can_answer_says_why(
    words: tuple[str, ...], code: int, says: str
) -> None:
    done = run(*words, *CASE)
    assert (done.returncode, done.stdout) == (code, "")
    assert says in done.stderr
