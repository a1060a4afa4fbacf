"""Paths between things: the same from networkx and from Cypher, and honest where there is none."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Iterator
from itertools import islice, pairwise
from pathlib import Path

import networkx as nx
import pytest

from sousveil.ask.joining import joining_paths
from sousveil.ask.paths import best_paths
from sousveil.ask.trace import STANDINGS, trace, trace_text, wanted_claims
from sousveil.ask.trace_graph import (
    HUBS,
    SINGLE_ORIGIN,
    STANDING_COSTS,
    Edge,
    TraceGraph,
    Wanted,
    open_graph,
    trace_graph_of,
)
from sousveil.errors import UsageError
from sousveil.graph.case_words import CaseWords
from sousveil.pipeline.case import Case
from tests.cases import RING_LAPD
from tests.stores import MAKERS, filled

BASE = "https://w3id.org/sousveil/case/ring-lapd/"
RING, LAPD = BASE + "ring", BASE + "lapd"


@pytest.fixture(scope="module")
def case() -> Iterator[Case]:
    with Case.open(RING_LAPD) as opened:
        yield opened


@pytest.fixture(scope="module")
def words(case: Case) -> CaseWords:
    return case.words()


def things(words: CaseWords, start: str, end: str, **more: object) -> list[list[str]]:
    """Return the keys of the things of each path."""
    found = trace(words, BASE + start, BASE + end, **more)  # type: ignore[arg-type]
    return [[thing.removeprefix(BASE) for thing in path.things] for path in found.paths]


def test_the_first_paths_from_the_company_to_the_police(words: CaseWords) -> None:
    found = things(words, "ring", "lapd", most=2)
    assert found == [["ring", "lapd-officers", "lapd"], ["ring", "lapd-partnership", "lapd"]]


def test_each_hop_tells_its_evidence_in_words(words: CaseWords) -> None:
    text = trace_text(trace(words, RING, LAPD))
    assert "LAPD officers promoted the products of Ring" in text
    assert "reported; 1 origin: Los Angeles Times, 2021-06-17" in text
    assert "- Tech Times, 2021-06-17, paragraph 3, via Los Angeles Times, 2021-06-17" in text


def test_a_path_can_be_made_to_pass_a_thing_or_not_to(words: CaseWords) -> None:
    passing = things(words, "ring", "lapd", via=[BASE + "pillar"], hops=4, most=5)
    assert passing
    assert all("pillar" in path for path in passing)
    wanted = wanted_claims(words, avoid=[BASE + "lapd-officers", BASE + "lapd-partnership"])
    for path in things(words, "ring", "lapd", wanted=wanted, most=10):
        assert not {"lapd-officers", "lapd-partnership"} & set(path)


def test_only_some_standings_and_relations_are_used_on_demand(words: CaseWords) -> None:
    wanted = wanted_claims(words, relations=["giver", "receiver", "member group of"])
    assert things(words, "ring", "lapd", wanted=wanted, most=1) == [
        ["ring", "gifts-to-officers", "lapd-officers", "lapd"]
    ]
    disputed = wanted_claims(words, only=["disputed"])
    assert ["pillar-spokesperson", "pillar"] in things(
        words, "pillar-spokesperson", "pillar", wanted=disputed
    )
    assert not any(
        path == ["pillar-spokesperson", "pillar"]
        for path in things(words, "pillar-spokesperson", "pillar", most=20)
    )


def test_direction_is_kept_on_demand(words: CaseWords) -> None:
    forward = wanted_claims(words, directed=True)
    assert ["lapd-officers", "lapd"] in things(words, "lapd-officers", "lapd", wanted=forward)
    assert not things(words, "lapd", "lapd-officers", wanted=forward)


def test_an_unknown_standing_or_relation_is_answered_with_the_nearest(words: CaseWords) -> None:
    with pytest.raises(UsageError, match="no standing 'documentd'; did you mean 'documented'"):
        wanted_claims(words, only=["documentd"])
    with pytest.raises(UsageError, match="no relation 'givr'; did you mean 'giver'"):
        wanted_claims(words, relations=["givr"])


def test_where_there_is_no_path_the_nearest_is_told(words: CaseWords) -> None:
    short = trace(words, BASE + "floyd-death", BASE + "pillar", hops=1)
    assert not short.paths
    assert "no path within 1 hop of accepted claims" in trace_text(short)
    assert "nearest: " in trace_text(short)
    wanted = wanted_claims(words, relations=["giver"])
    away = trace(words, BASE + "floyd-death", RING, wanted)
    assert away.nearest == "no such claim joins death of George Floyd to anything"


def test_the_condition_that_stands_in_the_way_is_told(words: CaseWords) -> None:
    directed = trace(words, RING, LAPD, Wanted(directed=True)).nearest or ""
    assert directed.startswith("a path against the direction of a claim: Ring - ")
    denied = trace(words, RING, LAPD, Wanted(standings=frozenset({"denied"}))).nearest or ""
    assert denied.startswith("no such claim joins ")
    assert denied.endswith("other standings do, see --only")
    between = frozenset(
        thing for path in trace(words, RING, LAPD).paths for thing in path.things[1:-1]
    )
    assert trace(words, RING, LAPD, hops=2).paths
    avoided = trace(words, RING, LAPD, Wanted(avoid=between), hops=2).nearest
    assert avoided is not None
    assert "accepted" not in avoided


def test_a_hub_costs_more_and_the_path_says_why(words: CaseWords) -> None:
    graph = open_graph(words, Wanted())
    hub = max(graph.degrees, key=lambda thing: graph.degrees[thing])
    assert graph.hub_cost(hub) > 0
    found = trace(words, BASE + "flock-safety", LAPD, most=8)
    passing = [p for p in found.paths if hub in p.things[1:-1]]
    assert passing
    told = f"{words.labels[hub]} is joined to {graph.degrees[hub]} things"
    assert all(any(text.startswith(told) for text in path.hubs) for path in passing)


def test_the_graph_is_the_same_from_the_tables_and_from_networkx(
    case: Case, words: CaseWords
) -> None:
    for wanted in (Wanted(), Wanted(standings=frozenset(STANDINGS)), Wanted(directed=True)):
        assert open_graph(words, wanted) == trace_graph_of(case.to_networkx(), wanted)


def random_graph(seed: int, *, directed: bool) -> TraceGraph:
    choose = random.Random(seed)
    names = [f"n{number:02}" for number in range(14)]
    forward: dict[str, dict[str, list[Edge]]] = {}
    backward: dict[str, dict[str, list[Edge]]] = {} if directed else forward
    for number in range(choose.choice([20, 26, 40])):
        a, b = choose.sample(names, 2)
        cost = choose.choice([100, 110, 120, choose.randrange(100, 400)])  # many are equal
        edge = Edge(id=f"{number:03}", subject=a, object=b, relation="r", cost=cost)
        forward.setdefault(a, {}).setdefault(b, []).append(edge)
        backward.setdefault(b, {}).setdefault(a, []).append(edge)
    degrees = {name: choose.choice([3, 30, 60]) for name in names}
    return TraceGraph(forward=forward, backward=backward, degrees=degrees)


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("hops", [2, 3, 4, 6])
def test_paths_and_costs_are_those_that_networkx_finds(hops: int, directed: bool) -> None:
    for seed in range(40):
        graph = random_graph(seed, directed=directed)
        peer: nx.DiGraph[str] = nx.DiGraph()
        for a, others in graph.forward.items():
            for b, edges in others.items():
                # What a hub costs is paid where a path enters it, but not at the path's end.
                peer.add_edge(a, b, cost=min(e.cost for e in edges) + graph.hub_cost(b))
        if not {"n00", "n01"} <= set(peer):
            continue
        wanted = [
            (sum(peer[a][b]["cost"] for a, b in pairwise(path)) - graph.hub_cost("n01"), path)
            for path in map(tuple, nx.all_simple_paths(peer, "n00", "n01", cutoff=hops))
        ]
        wanted.sort(key=lambda w: (w[0], len(w[1]), w[1]))
        for most in (1, 2, 3, 99):
            found = best_paths(graph, "n00", "n01", most=most, hops=hops)
            assert [(p.cost, p.things) for p in found] == wanted[:most]
        passing = [(cost, things) for cost, things in wanted if "n07" in things]
        found = best_paths(graph, "n00", "n01", most=2, hops=hops, via=["n07"])
        assert [(p.cost, p.things) for p in found] == passing[:2]


def test_the_first_paths_are_those_of_shortest_simple_paths(case: Case, words: CaseWords) -> None:
    graph = open_graph(words, Wanted())
    peer: nx.DiGraph[str] = nx.DiGraph()
    for a, others in graph.forward.items():
        for b, edges in others.items():
            peer.add_edge(a, b, cost=min(e.cost for e in edges) + graph.hub_cost(b))
    costs = [
        sum(peer[a][b]["cost"] for a, b in pairwise(path)) - graph.hub_cost(LAPD)
        for path in islice(nx.shortest_simple_paths(peer, RING, LAPD, weight="cost"), 20)
        if len(path) <= 5
    ]
    found = best_paths(graph, RING, LAPD, most=len(costs), hops=4)
    assert [path.cost for path in found] == sorted(costs)


CYPHER = """
MATCH path = (a:Thing {iri: $start})-[links*1..3]-(b:Thing {iri: $end})
WHERE ALL(link IN links WHERE link.claim IS NOT NULL)
  AND ALL(node IN nodes(path) WHERE node:Thing)
WITH nodes(path) AS things, links
WHERE ALL(n IN range(0, size(things) - 1)
          WHERE NONE(m IN range(n + 1, size(things) - 1) WHERE things[n] = things[m]))
WITH things,
  reduce(cost = 0, link IN links | cost + 100
    + CASE link.standing WHEN 'documented' THEN 0 WHEN 'reported' THEN $reported
        WHEN 'alleged' THEN $alleged ELSE $worse END
    + CASE WHEN link.originCount <= 1 THEN $single ELSE 0 END) AS cost
WITH [thing IN things | thing.iri] AS names, things, min(cost) AS cost
RETURN names, cost
"""
DEGREE = """
MATCH (thing:Thing)-[link]-(other:Thing)
WHERE link.claim IS NOT NULL AND thing <> other
RETURN thing.iri AS thing, count(DISTINCT other) AS degree
"""


@pytest.mark.parametrize(
    "name", ["embedded Cypher", pytest.param("neo4j", marks=pytest.mark.neo4j)]
)
def test_cypher_finds_the_same_paths_at_the_same_cost(
    name: str, case: Case, words: CaseWords, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    with filled(MAKERS[name], case, request, tmp_path) as store:
        bound = {
            "reported": STANDING_COSTS["reported"],
            "alleged": STANDING_COSTS["alleged"],
            "worse": STANDING_COSTS["disputed"],
            "single": SINGLE_ORIGIN,
        }
        degrees = {row["thing"]: row["degree"] for row in store.rows(DEGREE, {})}
        for start, end in ((RING, LAPD), (BASE + "pillar", LAPD), (BASE + "flock-safety", RING)):
            rows = store.rows(CYPHER, {**bound, "start": start, "end": end})
            found = sorted(
                (
                    int(str(row["cost"])) + sum(hub_cost(degrees[n]) for n in row["names"][1:-1]),  # type: ignore
                    len(row["names"]),  # type: ignore
                    tuple(row["names"]),  # type: ignore
                )
                for row in rows
            )
            paths = best_paths(open_graph(words, Wanted()), start, end, most=10_000, hops=3)
            assert found
            assert [(p.cost, len(p.things), p.things) for p in paths] == found


def hub_cost(degree: object) -> int:
    assert isinstance(degree, int)
    return max([0, *(cost for most, cost in HUBS if degree > most)])


def test_several_things_are_joined_by_as_little_as_will_do(words: CaseWords) -> None:
    graph = open_graph(words, Wanted())
    ends = [RING, LAPD, BASE + "eff", BASE + "the-intercept"]
    paths, groups = joining_paths(graph, ends, hops=4)
    assert len(paths) == 3
    assert groups == [sorted(ends)]
    peer: nx.Graph[str] = nx.Graph()
    for a, others in graph.forward.items():
        for b, edges in others.items():
            peer.add_edge(a, b, weight=min(e.cost for e in edges))
    peer = peer.subgraph(nx.node_connected_component(peer, RING))
    joined = nx.Graph([pair for path in paths for pair in pairwise(path.things)])
    assert nx.is_connected(joined)
    assert set(ends) <= set(joined)
    cost = sum(peer[a][b]["weight"] for a, b in joined.edges)
    best = nx.algorithms.approximation.steiner_tree(peer, ends)
    assert cost <= 1.5 * sum(peer[a][b]["weight"] for a, b in best.edges)


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sousveil", *words], capture_output=True, text=True, check=False)


def test_the_command_traces_and_tells_wrong_ends_apart() -> None:
    case = ("--case", str(RING_LAPD))
    done = run("trace", "Ring", "LAPD", *case, "--json")
    assert done.returncode == 0, done.stderr
    data = json.loads(done.stdout)
    assert data["paths"][0]["things"] == [RING, BASE + "lapd-officers", LAPD]
    assert data["paths"][0]["hops"][0]["claims"][0]["evidence"]
    for words, message in (
        (("trace", "Ring", *case), "trace takes two things"),
        (("trace", "Ring", "Ring LLC", *case), "both ends are Ring"),
        (("trace", "Rng", "LAPD", *case), "nothing in this case is called 'Rng'"),
        (("trace", "Ring", "LAPD", "--recorded", "x", *case), "--recorded: 'x' is not a date"),
    ):
        wrong = run(*words)
        assert (wrong.returncode, wrong.stdout) == (2, ""), wrong.stderr
        assert message in wrong.stderr
        assert "Traceback" not in wrong.stderr
    joined = run("trace", "--all-between", "Ring", "LAPD", "EFF", *case)
    assert joined.returncode == 0
    assert "joined by 2 paths; how: " in joined.stdout


def test_no_path_is_an_answer_and_ends_with_0_as_the_help_says() -> None:
    words = ("trace", "Ring", "LAPD", "--max-hops", "1", "--case", str(RING_LAPD))
    done = run(*words)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\nno path within 1 hop of accepted claims\nnearest: a path of 2 hops: " in done.stdout
    data = json.loads(run(*words, "--json").stdout)
    assert data["paths"] == []
    told = " ".join(run("trace", "--help").stdout.split())
    assert "The exit code is 0 without a path too" in told


def test_a_path_as_of_a_time_uses_what_was_there_then() -> None:
    case = ("--case", str(RING_LAPD))
    now = run("trace", "Ring", "LAPD officers", *case)
    assert "Ring's gifts to LAPD officers" in now.stdout
    before = run("trace", "Ring", "LAPD officers", "--reported", "2021-06-16", *case)
    assert "as of: reported 2021-06-16" in before.stdout
    assert "Ring's gifts to LAPD officers" not in before.stdout
