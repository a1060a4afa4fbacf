"""The made-up network as an embed: the fixed fixture of the bars."""

from __future__ import annotations

import networkx as nx

from benchmarks.viewer.made_network import made_network
from sousveil.view.embed import Embed, from_networkx

LABELS = {
    "Company": "Company",
    "PoliceAgency": "Police department",
    "Post": "Officer",
    "AmbassadorProgram": "Ambassador program",
    "Protest": "Protest",
    "FootageRequest": "Footage request",
}
TITLE = "Who asked for the doorbell footage"
FINDING = "Documented links between companies, departments, officers and protests. (Made-up data.)"


def made_graph(count: int) -> nx.MultiDiGraph[int]:
    """Return the made-up network as networkx graph, each link with its piece of evidence."""
    things, links = made_network(count)
    graph: nx.MultiDiGraph[int] = nx.MultiDiGraph()
    for n, thing in enumerate(things):
        graph.add_node(n, label=thing.label, type=LABELS[thing.kind])
    for n, link in enumerate(links):
        graph.add_edge(
            link.start,
            link.end,
            verb=link.verb,
            accepted=n % 7 != 3,
            standing="reported" if n % 7 != 3 else "alleged",
            date=link.date,
            evidence=[{"source": link.source, "quote": link.prose, "mode": "reports",
                       "url": f"https://example.org/records/{n}"}],
        )  # fmt: skip
    return graph


def made_embed(count: int) -> Embed:
    """Return the fixture of a size."""
    return from_networkx(made_graph(count), title=TITLE, finding=FINDING)
