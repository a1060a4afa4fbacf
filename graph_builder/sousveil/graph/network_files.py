"""The networkx graph of a case as GraphML and GEXF, for Gephi, yEd, Cytoscape and igraph.

Both formats hold scalars only, so evidence, facts and gaps are texts, one line each.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter
from networkx.readwrite.graphml import GraphMLWriter

_EDGE_FIELDS = (
    "relation",
    "predicate",
    "sentence",
    "verb",
    "standing",
    "basis",
    "accepted",
    "decided",
    "during",
)
# XML 1.0, production 2: what no document may hold, not even escaped.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def flat_graph(graph: nx.MultiDiGraph[str], stamp: str | None = None) -> nx.MultiDiGraph[str]:
    """Return the graph of `networkx_graph` with scalar attributes only.

    Nodes: label, type, facts, gaps. Edges, keyed by claim id: relation, predicate, sentence, verb,
    standing, basis, accepted, decided, during, flags, origin_count, origins, evidence, sources.
    """
    flat: nx.MultiDiGraph[str] = nx.MultiDiGraph(case=graph.graph["case"])
    if stamp:
        flat.graph["stamp"] = stamp
    for node, data in graph.nodes(data=True):
        facts = [f"{f['relation']}: {f['value']} ({f['standing']})" for f in data["facts"]]
        gaps = [f"{g['relation']}: not stated by {g['source']}" for g in data["gaps"]]
        flat.add_node(
            node,
            label=_xml(data["label"]),
            type=data["type"],
            facts=_lines(facts),
            gaps=_lines(gaps),
        )
    for start, end, key, data in graph.edges(keys=True, data=True):
        supporting = [e for e in data["evidence"] if e["stance"] == "supports"]
        attributes: dict[str, Any] = {
            name: _xml(value) if isinstance(value, str) else value
            for name, value in ((name, data[name]) for name in _EDGE_FIELDS)
            if value is not None
        }
        flat.add_edge(
            start,
            end,
            key=key,
            claim=key,
            **attributes,
            flags=_lines(data["flags"]),
            origin_count=len(data["origins"]),
            origins=_lines(data["origins"]),
            evidence=_lines([_evidence(e) for e in data["evidence"]]),
            sources=_lines(sorted({e["source"] for e in supporting})),
        )
    return flat


def graphml(flat: nx.MultiDiGraph[str]) -> bytes:
    """Return a flat graph as GraphML 1.0; each edge has its claim id as its id."""
    writer = GraphMLWriter(prettyprint=True, edge_id_from_attribute="claim")
    writer.add_graph_element(flat)
    written = io.BytesIO()
    writer.dump(written)
    return written.getvalue() + b"\n"


def gexf(flat: nx.MultiDiGraph[str]) -> bytes:
    """Return a flat graph as GEXF 1.2, without the day that the library would write into it."""
    named: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    named.add_nodes_from(flat.nodes(data=True))
    for start, end, key, data in flat.edges(keys=True, data=True):
        # `id`, `label` and `type` of an edge have meanings of their own in GEXF.
        named.add_edge(start, end, key=key, id=key, label=data["relation"], **data)
    writer = GEXFWriter(prettyprint=True, version="1.2draft")
    writer.add_graph(named)
    for meta in writer.xml.iter("meta"):
        meta.attrib.pop("lastmodifieddate", None)
        if "stamp" in flat.graph:
            ElementTree.SubElement(meta, "description").text = flat.graph["stamp"]
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue() + b"\n"


def _evidence(evidence: Mapping[str, Any]) -> str:
    """One piece of evidence in a line: stance, source, place, via, what was quoted, address."""
    words = [f"{evidence['stance']}: {evidence['source_label']}"]
    if evidence["passage"]:
        words.append(str(evidence["passage"]))
    if evidence["attributed_to"]:
        words.append(f"said by {evidence['attributed_to']}")
    if evidence["via"]:
        words.append(f"via {', '.join(evidence['via'])}")
    if evidence["discounted"]:
        words.append(f"not counted: {evidence['discounted']}")
    if evidence["url"]:
        words.append(str(evidence["url"]))
    return "; ".join(words)


def _lines(lines: Any) -> str:
    return "\n".join(_xml(" ".join(str(line).split())) for line in lines)


def _xml(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
