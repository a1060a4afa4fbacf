"""The interactive page through pyvis: works offline, evidence on click, text never executed.

pyvis makes nodes and edges, and brings vis-network; the page around them is ours, because pyvis'
own one links two files on the web and lets a heading or a title run as HTML.
"""

from __future__ import annotations

import base64
import hashlib
import json
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from sousveil.content import content_folder
from sousveil.graph.case_words import CaseWords
from sousveil.graph.networkx_graph import networkx_graph
from sousveil.view import vis_library
from sousveil.view.pyvis_network import PICTURE_OPTIONS, class_look, to_pyvis
from sousveil.view.symbols import PATHS

TERM_TYPE = "Concept"


def pyvis_page(words: CaseWords, stamp: str | None = None) -> str:
    """Return one self-contained HTML page: graph, panel, legend, search, and all links as text."""
    folder = content_folder("visualizations") / "pyvis"
    net = to_pyvis(words)
    graph = networkx_graph(words)
    nodes = [_node_data(words, node, data) for node, data in graph.nodes(data=True)]
    claims = [data for _, _, data in graph.edges(data=True)]
    data = {
        "nodes": nodes,
        "claims": claims,
        "picture": {"nodes": net.nodes, "edges": net.edges, "options": PICTURE_OPTIONS},
    }
    library = _library()
    script = (folder / "page.js").read_text(encoding="utf-8")
    style = (folder / "page.css").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=False)
    template = environment.from_string((folder / "page.html").read_text(encoding="utf-8"))
    title = words.tables.header.title
    body = f"{vis_library.BEGIN}{library}{vis_library.END}"
    return template.render(
        language=words.tables.header.language,
        title=title,
        lead=_lead(nodes, claims),
        alt=f"Graph of {title}: {len(nodes)} things, {len(claims)} links. "
        "All links stand below as sentences.",
        example=nodes[0]["title"] if nodes else "",
        stamp=stamp or "",
        nodes=[{**node, "facts": [_short(f) for f in node["facts"]]} for node in nodes],
        legend=_legend(words, nodes),
        sentences=[_short(claim) for claim in claims],
        credit=f"Made with Sousveil, case digest {words.tables.digest()[:8]}. "
        f"Licence of the data: {words.tables.header.licence or 'not stated'}.",
        data=Markup(_json(data)),  # noqa: S704
        library=Markup(f"<script>{body}</script>"),  # noqa: S704
        script=Markup(script),  # noqa: S704
        style=Markup(style),  # noqa: S704
        policy=_policy([body, script]),
    )


def _lead(nodes: list[dict[str, Any]], claims: list[dict[str, Any]]) -> str:
    """The numbers of the page, in the terms that the report counts in."""
    accepted = sum(1 for claim in claims if claim["accepted"])
    terms = sum(1 for node in nodes if node["type"] == TERM_TYPE)
    facts = sum(len(node["facts"]) for node in nodes)
    return (
        f"{len(nodes)} things ({terms} of them terms) and {len(claims)} links between them, "
        f"{accepted} of them accepted; {facts} more claims are numbers, dates, words and what is "
        "not known, told with their thing. Every line has its evidence: choose it."
    )


def _policy(scripts: list[str]) -> str:
    """A Content-Security-Policy that lets these scripts run and nothing else, nothing load.

    vis-network sets styles on its elements, so styles may stand inline.
    """
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(s.encode('utf-8')).digest()).decode()}'"
        for s in scripts
    )
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _library() -> str:
    """vis-network as pyvis ships it."""
    path = files("pyvis") / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    return path.read_text(encoding="utf-8").replace("\r\n", "\n")


def _json(data: Any) -> str:
    """JSON that can stand inside a script element: no character of it can end the element."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _node_data(words: CaseWords, node: str, data: dict[str, Any]) -> dict[str, Any]:
    known = words.vocabulary.classes.get(data["type"])
    also = words.tables.query(
        f"SELECT value FROM name_{words.profile} WHERE entity = ? AND scheme = 'also' ORDER BY 1",  # noqa: S608
        [node],
    )
    return {
        "id": node,
        "title": data["label"],
        "type": data["type"],
        "kind": known.label if known else "term of a vocabulary",
        "also": [value for (value,) in also],
        "facts": data["facts"],
        "gaps": data["gaps"],
    }


def _short(claim: dict[str, Any]) -> dict[str, Any]:
    flags = [flag for flag in claim["flags"] if flag != claim["standing"]]
    counted = [e for e in claim["evidence"] if not e["discounted"]]
    says = sorted({e["source_label"] for e in counted if e["stance"] == "supports"})
    against = sorted({e["source_label"] for e in counted if e["stance"] == "disputes"})
    words = "; ".join(says) + (f"; against it: {'; '.join(against)}" if against else "")
    return {**claim, "mark": ", ".join([claim["standing"], *flags]), "says": words}


def _legend(words: CaseWords, nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    counts: dict[str, int] = {}
    kinds: dict[str, str] = {}
    for node in nodes:
        counts[node["type"]] = counts.get(node["type"], 0) + 1
        kinds[node["type"]] = node["kind"]
    entries = []
    for name in sorted(counts, key=lambda n: kinds[n]):
        color, symbol = class_look(words, name)
        entries.append(
            {
                "name": name,
                "label": kinds[name],
                "count": counts[name],
                "color": color,
                "path": PATHS[symbol],
            }
        )
    return entries
