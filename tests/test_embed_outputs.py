"""What an embed is handed on as, and any network that somebody may put into one."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from pyvis.network import Network

from sousveil import from_networkx, from_pyvis
from sousveil.errors import UsageError
from sousveil.ledger.profile import Profile
from sousveil.pipeline.build import NameWouldLeave
from sousveil.pipeline.case import Case
from sousveil.pipeline.embed import embed_bytes, embed_of, oembed_files, picture_bytes
from sousveil.view.embed import Embed
from sousveil.view.embed_page import part
from tests.cases import RING_LAPD
from tests.servers import OpenPage
from tests.test_privacy import OFFICER, officer_case


@pytest.fixture(scope="module")
def case() -> Iterator[Case]:
    with Case.open(RING_LAPD) as opened:
        yield opened


@pytest.fixture(scope="module")
def gifts(case: Case) -> Embed:
    return embed_of(case, "gifts")


# ---- pictures and oEmbed -------------------------------------------------------------------------


def test_the_picture_is_an_svg_by_itself_with_title_labels_and_state(
    case: Case, gifts: Embed
) -> None:
    data = picture_bytes(case, gifts, Profile.PUBLIC, "svg")
    root = ET.fromstring(data)
    text = " ".join(" ".join(root.itertext()).split())
    assert "What Ring gave the officers" in text
    assert "LAPD officers" in text
    assert "As of 2026-11-23. Version 1." in text
    assert not {e.tag.rpartition("}")[2] for e in root.iter()} & {"script", "style", "image", "use"}
    assert data == picture_bytes(case, gifts, Profile.PUBLIC, "svg")


def drawn_words(embed: Embed) -> str:
    return " ".join(" ".join(ET.fromstring(embed.picture).itertext()).split())


def test_the_picture_explains_dashes_and_rings_where_it_has_them(case: Case, gifts: Embed) -> None:
    assert not all(link.accepted for link in gifts.scene.links)
    assert any(node.marked for node in gifts.scene.nodes)
    told = drawn_words(gifts)
    assert "not accepted: alleged, disputed, conflicting or drifted" in told
    assert "something is withheld, not known or not stated" in told
    plain = drawn_words(from_networkx(network([("a", "b")])))
    assert "not accepted" not in plain
    assert "withheld" not in plain


def test_the_picture_and_the_page_of_a_thing_name_the_case_and_its_state(case: Case) -> None:
    embed = embed_of(case, "Los Angeles Police Department")
    state = f"Ring and the Los Angeles police, case digest {case.tables.digest()[:8]}."
    assert state in drawn_words(embed)
    assert state in embed.html()


def test_the_picture_is_a_png_twice_as_large_and_a_pdf(case: Case, gifts: Embed) -> None:
    svg = ET.fromstring(picture_bytes(case, gifts, Profile.PUBLIC, "svg"))
    png = picture_bytes(case, gifts, Profile.PUBLIC, "png")
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(png[16:20], "big") == 2 * int(svg.get("width") or 0)
    assert b"tEXt" not in png
    pdf = picture_bytes(case, gifts, Profile.PUBLIC, "pdf")
    assert pdf.startswith(b"%PDF-")


def test_an_oembed_folder_names_its_frame_and_the_page_names_the_folder(
    case: Case, gifts: Embed
) -> None:
    page = embed_bytes(case, gifts, Profile.PUBLIC)
    files = oembed_files(gifts, page, "https://news.example.org/graphs/gifts")
    data = json.loads(files["oembed.json"])
    assert (data["version"], data["type"]) == ("1.0", "rich")
    assert {"html", "width", "height"} <= set(data)
    assert 'src="https://news.example.org/graphs/gifts/"' in data["html"]
    assert "allow-same-origin" not in data["html"]
    assert b'href="https://news.example.org/graphs/gifts/oembed.json"' in files["index.html"]
    assert files["snippet.html"].decode() == data["html"]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "//news.example.org/graphs",
        "news.example.org/graphs",
        "https://news.example.org/my graphs",
        "https://news.example.org/\u2028graphs",
        "https://",
        "https://:443/graphs",
        "https://editor@/graphs",
        "https://editor:secret@news.example.org/graphs",
        "https://news<b>.example.org/graphs",
        "https://news.example.org:port/graphs",
        "https://news.example.org/graphs?id=1",
        "https://news.example.org/#graphs",
        "ftp://news.example.org/graphs",
    ],
)
def test_an_oembed_folder_has_the_address_of_a_folder_on_the_web(url: str, gifts: Embed) -> None:
    with pytest.raises(UsageError, match=r"--url: '.*' is no address of a folder on the web"):
        oembed_files(gifts, b"", url)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "HTTP://localhost:8000/a/",
        "https://bücher.example/ä",
        "http://[::1]/",
    ],
)
def test_any_host_will_do_for_an_oembed_folder(url: str, gifts: Embed) -> None:
    data = json.loads(oembed_files(gifts, b"<head></head>", url)["oembed.json"])
    assert f'src="{url.removesuffix("/")}/"' in data["html"]


def test_another_language_than_that_of_a_story_is_refused(case: Case) -> None:
    assert embed_of(case, "gifts", language="en").scene.interface == "en"
    with pytest.raises(UsageError, match=r"'gifts' is written in 'en'.*in case.yaml"):
        embed_of(case, "gifts", language="de")
    assert embed_of(case, "Pillar", language="de").scene.interface == "de"


def test_a_page_of_50_things_has_at_most_20_kilobytes_and_its_script_6() -> None:
    import gzip

    from benchmarks.viewer.fixture import made_embed

    assert len(gzip.compress(made_embed(50).html().encode(), 9)) <= 20_000
    assert len(gzip.compress(part("viewer.js").encode(), 9)) <= 6 * 1024


# ---- privacy -------------------------------------------------------------------------------------


def test_a_withheld_name_is_in_no_embed_and_no_picture_unless_it_is_for_the_desk(
    tmp_path: Path,
) -> None:
    with Case.open(officer_case(tmp_path)) as case:
        chosen = "a sergeant of the night watch"
        public = embed_of(case, chosen)
        for data in (
            embed_bytes(case, public, Profile.PUBLIC),
            picture_bytes(case, public, Profile.PUBLIC, "svg"),
        ):
            assert OFFICER not in data.decode()
            assert OFFICER.split()[-1] not in data.decode()
        desk = embed_of(case, chosen, Profile.DESK)
        assert OFFICER in embed_bytes(case, desk, Profile.DESK).decode()
        assert "DESK PROFILE" in embed_bytes(case, desk, Profile.DESK).decode()
        with pytest.raises(NameWouldLeave):
            embed_bytes(case, desk, Profile.PUBLIC)
        with pytest.raises(NameWouldLeave):
            picture_bytes(case, desk, Profile.PUBLIC, "png")


# ---- any network ---------------------------------------------------------------------------------


def network(edges: list[tuple[Any, Any]], nodes: tuple[Any, ...] = ()) -> nx.MultiDiGraph[Any]:
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(edges, verb="knows")
    return graph


ANY = [
    ("no thing", network([])),
    ("one thing", network([], ("alone",))),
    ("no links", network([], ("a", "b", "c"))),
    ("a loop", network([("itself", "itself")])),
    ("400 parallel links", network([("a", "b")] * 400)),
    ("a label of 3,000 letters", network([("x" * 3000, "word " * 600)])),
    ("pieces", network([("a", "b"), ("c", "d"), ("e", "f")])),
    ("numbers as things", network([(1, 2), (2, 3)])),
]


@pytest.mark.parametrize("graph", [pytest.param(graph, id=name) for name, graph in ANY])
def test_any_network_makes_a_usable_page(
    graph: nx.MultiDiGraph[Any], tmp_path: Path, open_page: OpenPage
) -> None:
    opened = open_page(from_networkx(graph).save(tmp_path / "page.html"), settle=False)
    page = opened.page
    if graph.number_of_nodes():
        page.click("svg.wide .n >> nth=0")
        assert page.is_visible("#panel h2")
    else:
        assert page.inner_text(".empty") == "There is nothing to show here yet."
    assert opened.errors == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_a_pyvis_network_keeps_labels_groups_colours_and_titles() -> None:
    net = Network(directed=True, heading="From a notebook")
    net.add_node("r", label="Ring", group="company", color="#0072B2", shape="square")
    net.add_node("l", label="LAPD", group="police", title="<b>Los Angeles</b> Police &amp; more")
    net.add_edge("r", "l", label="gave devices to", title="LA Times: <i>at least 100</i>")
    scene = from_pyvis(net).scene
    assert scene.title == "From a notebook"
    assert [(node.label, node.caption) for node in scene.nodes] == [
        ("Ring", ""), ("LAPD", "Los Angeles Police & more"),
    ]  # fmt: skip
    assert [kind.name for kind in scene.kinds] == ["company", "police"]
    assert scene.kinds[0].color == "#0072B2"
    [link] = scene.links
    assert link.sentence == "Ring gave devices to LAPD"
    assert link.evidence[0].quote == "LA Times: at least 100"


def test_what_is_no_network_is_refused_with_its_name() -> None:
    with pytest.raises(UsageError, match="from_networkx takes a networkx graph, not dict"):
        from_networkx({})
    with pytest.raises(UsageError, match="from_pyvis takes a pyvis Network, not int"):
        from_pyvis(3)


def test_a_case_as_networkx_graph_makes_an_embed_with_its_evidence(case: Case) -> None:
    graph = case.to_networkx().subgraph(
        [
            f"{case.tables.header.base}{key}"
            for key in ("ring", "gifts-to-officers", "lapd-officers")
        ]
    )
    page = from_networkx(graph).html()
    assert "Los Angeles Times, 2021-06-17" in page
    assert "number of receivers: at least 100" in page
