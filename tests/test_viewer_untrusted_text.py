"""Whatever a source or a story says reaches embeds and the explorer as text: nothing of it runs.

Every payload stands in every place where the files of a case and its stories hold free text. The
pages are opened in a real browser that records each violation of their policy, every dialog and
every request; all things and links are opened.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from textwrap import indent

import networkx as nx
import pytest
from pyvis.network import Network

from sousveil.ledger.profile import Profile
from sousveil.pipeline.answered import asked_questions
from sousveil.pipeline.case import Case
from sousveil.view.embed import from_networkx, from_pyvis
from sousveil.view.explorer.site import explorer_pages
from sousveil.view.html_text import address, json_text
from tests.payloads import PAYLOADS
from tests.servers import OpenedPage, OpenPage
from tests.test_page_untrusted_text import AWAY, hostile_case

GROUP = 17
OPEN_ALL = """
() => {
  const texts = [], links = new Set(), handlers = new Set(), tags = new Set();
  const look = (root) => {
    texts.push(root.innerText || root.textContent);
    root.querySelectorAll("*").forEach((element) => {
      tags.add(element.tagName.toLowerCase());
      element.getAttributeNames().filter((name) => name.startsWith("on"))
        .forEach((name) => handlers.add(name));
      if (element.href?.baseVal === undefined && element.href) links.add(element.href);
    });
  };
  document.querySelectorAll("details").forEach((each) => { each.open = true; });
  look(document.documentElement);
  const panel = document.querySelector("#panel");
  document.querySelectorAll("svg.wide .n").forEach((node) => {
    node.focus();
    node.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    look(panel);
    panel.querySelectorAll("ul.links button").forEach((button) => {
      button.click();
      look(panel);
    });
  });
  const next = document.querySelector("#next");
  while (next && !next.disabled) {
    next.click();
    texts.push(document.querySelector("#steps").innerText);
  }
  return { text: texts.join("\\n"), links: [...links], handlers: [...handlers], tags: [...tags],
    scripts: document.scripts.length };
}
"""
TAGS = {
    "html", "head", "meta", "title", "style", "link", "body", "main", "header", "h1", "h2",
    "p", "form", "label", "input", "datalist", "option", "button", "fieldset", "legend",
    "output", "small", "section", "ol", "ul", "li", "div", "span", "figure", "figcaption",
    "svg", "defs", "marker", "path", "g", "circle", "text", "tspan", "details", "summary",
    "table", "caption", "thead", "tbody", "tr", "th", "td", "a", "br", "cite", "blockquote",
    "footer", "strong", "script", "nav", "article", "time", "dl", "dt", "dd", "canvas",
    "noscript", "pre",
}  # fmt: skip
"""The elements that pages are made of; no payload adds another."""


def plain(text: str) -> str:
    """A text as it is compared: files are read in Unicode's NFC, pages join white space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def block(text: str, depth: int) -> str:
    return "|\n" + indent(text, "  " * (depth + 1))


def story(number: int, group: list[tuple[int, str]]) -> str:
    """A story whose every field holds the payloads of a group."""
    every = " ".join(payload for _, payload in group)
    things = "".join(
        f"- {kind}-{n}\n"
        for n, _ in group
        for kind in ("gift", "company", "person", "statement", "request")
    )
    captions = "".join(f"  gift-{n}: {block(f'{p} caption{n}', 1)}\n" for n, p in group)
    steps = "".join(
        f"- text: {block(f'{p} step{n}', 1)}\n  things: [gift-{n}]\n  claims:\n"
        f"  - about: gift-{n}\n    giver: company-{n}\n"
        for n, p in group
    )
    party = group[0][0]
    return (
        f"title: {block(f'{every} story{number}', 0)}\nfinding: {block(f'{every} finding', 0)}\n"
        f"as of: 2026-11-23\nversion: {block(f'{every} version', 0)}\n"
        f"correction: {block(f'{every} correction', 0)}\nalt: {block(f'{every} alt', 0)}\n"
        f"credits:\n- {block(f'{every} credit', 0)}\nthings:\n{things}captions:\n{captions}"
        f"parties:\n- party: company-{party}\n  outcome: replied\n  asked: 2026-11-01\n"
        f"  channel: {block(f'{every} channel', 1)}\n  reply: {block(f'{every} reply', 1)}\n"
        f"steps:\n{steps}"
    )


@pytest.fixture(scope="module")
def groups() -> list[list[tuple[int, str]]]:
    numbered = list(enumerate(PAYLOADS))
    return [numbered[n : n + GROUP] for n in range(0, len(numbered), GROUP)]


@pytest.fixture(scope="module")
def hostile(
    tmp_path_factory: pytest.TempPathFactory, groups: list[list[tuple[int, str]]]
) -> Iterator[Case]:
    folder = hostile_case(tmp_path_factory.mktemp("hostile"), PAYLOADS)
    (folder / "stories").mkdir()
    for number, group in enumerate(groups):
        path = folder / "stories" / f"story-{number}.yaml"
        path.write_text(story(number, group), encoding="utf-8")
    with Case.open(folder) as case:
        yield case


@pytest.fixture(scope="module")
def site(hostile: Case, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    words = hostile.words(Profile.PUBLIC)
    asked = list(asked_questions(hostile, Profile.PUBLIC))
    for name, page in explorer_pages(words, hostile.stories.values(), asked):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(page, encoding="utf-8")
    return folder


def nothing_happened(opened: OpenedPage) -> None:
    opened.page.wait_for_timeout(150)
    assert opened.page.evaluate("() => [window.pwned, ({}).pwned]") == [None, None]
    assert opened.dialogs == []
    assert opened.requests == []
    assert opened.csp_violations == []
    assert opened.errors == []
    assert opened.page.url.startswith("file:")
    assert len(opened.page.context.pages) == 1


def test_there_are_at_least_150_payloads_and_no_two_are_equal() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 150


@pytest.mark.parametrize("number", range((len(PAYLOADS) + GROUP - 1) // GROUP))
def test_an_embed_of_hostile_texts_shows_them_as_text_and_nothing_happens(
    site: Path, groups: list[list[tuple[int, str]]], open_page: OpenPage, number: int
) -> None:
    opened = open_page(site / "stories" / f"story-{number}.html", offline=False, settle=False)
    seen = opened.page.evaluate(OPEN_ALL)
    nothing_happened(opened)
    assert set(seen["tags"]) - TAGS == set()
    assert seen["handlers"] == []
    assert seen["scripts"] == 2, "the data and the page's own"
    assert {link[:20] for link in seen["links"]} == {"https://example.org/"}
    text = plain(seen["text"])
    for n, payload in groups[number]:
        for place in ("c", "g", "s", "role", "effect", "quote", "gist", "title", "because",
                      "caption", "step"):  # fmt: skip
            assert plain(f"{payload} {place}{n}") in text, f"{place} of {payload!r}"
        for place in ("story", "finding", "version", "correction", "credit", "channel", "reply"):
            assert plain(payload) in text, f"{place} of {payload!r}"


def test_the_whole_case_on_a_canvas_shows_hostile_texts_as_text(
    site: Path, open_page: OpenPage
) -> None:
    opened = open_page(site / "index.html", offline=False, settle=False)
    page = opened.page
    for n in range(0, len(PAYLOADS), 9):
        page.fill("#find", f"g{n}")
        page.evaluate("(wanted) => { location.hash = `at=${wanted}`; }", f"gift-{n}")
        page.wait_for_function(
            "(n) => document.querySelector('#panel h2')?.textContent.endsWith(` g${n}`)", arg=n
        )
        assert plain(f"{PAYLOADS[n]} g{n}") == plain(page.inner_text("#panel h2"))
    page.keyboard.press("Escape")
    page.click("#rows summary")
    page.wait_for_selector("#told-rows tbody tr")
    told = []
    while True:
        told.append(plain(page.inner_text("#told-rows")))
        if page.is_disabled("#turn button >> nth=1"):
            break
        page.click("#turn button >> nth=1")
    for n, payload in enumerate(PAYLOADS):
        assert plain(f"{payload} g{n}") in "\n".join(told)
    seen = page.evaluate(OPEN_ALL)
    nothing_happened(opened)
    assert set(seen["tags"]) - TAGS == set()
    assert seen["handlers"] == []


@pytest.mark.parametrize("kind", ["things/gift", "things/statement", "sources/source"])
def test_pages_of_things_and_sources_show_hostile_texts_as_text(
    site: Path, open_page: OpenPage, kind: str
) -> None:
    opened = open_page(site / f"{kind}-0.html", offline=False, settle=False)
    for n, payload in list(enumerate(PAYLOADS))[::3]:
        opened.page.goto((site / f"{kind}-{n}.html").as_uri())
        seen = opened.page.evaluate(OPEN_ALL)
        assert set(seen["tags"]) - TAGS == set()
        assert seen["handlers"] == []
        assert seen["scripts"] == 0
        outside = {link for link in seen["links"] if not link.startswith("file:")}
        assert {link[:20] for link in outside} <= {"https://example.org/"}
        place = {"things/gift": "effect", "things/statement": "gist", "sources/source": "author"}
        assert plain(f"{payload} {place[kind]}{n}") in plain(seen["text"])
    nothing_happened(opened)


class Handlers(HTMLParser):
    """Collects attributes that would run script."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [f"{tag} {name}" for name, _ in attrs if name.startswith("on")]
        self.found += [
            f"{tag} {name}={value}"
            for name, value in attrs
            if name in ("href", "src", "action", "srcdoc") and ":" in (value or "")
            and not (value or "").startswith(("http://", "https://"))
        ]  # fmt: skip


def test_no_page_has_a_handler_or_an_address_that_is_none_of_the_web(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 6 * len(PAYLOADS)
    for path in pages:
        reader = Handlers()
        reader.feed(path.read_text(encoding="utf-8"))
        assert reader.found == [], path


def test_hostile_networks_of_networkx_and_pyvis_show_their_texts_as_text(
    tmp_path: Path, open_page: OpenPage
) -> None:
    graph: nx.MultiDiGraph[int] = nx.MultiDiGraph()
    net = Network(directed=True)
    for n, payload in enumerate(PAYLOADS[:100]):
        graph.add_node(n, label=f"{payload} n{n}", type=payload[:30], color=payload)
        net.add_node(n, label=f"{payload} n{n}", title=f"<b>{payload}</b>", shape="dot")
        if n:
            graph.add_edge(0, n, verb=payload, evidence=[{"source": payload, "url": payload,
                                                          "quote": f"{payload} q{n}"}])  # fmt: skip
            net.add_edge(0, n, title=f"{payload} e{n}", label=payload)
    title = " ".join(PAYLOADS[:40])
    for name, embed in (
        ("networkx", from_networkx(graph, title=title, finding=title)),
        ("pyvis", from_pyvis(net, title=title)),
    ):
        path = embed.save(tmp_path / f"{name}.html")
        opened = open_page(path, offline=False, settle=False)
        seen = opened.page.evaluate(OPEN_ALL)
        nothing_happened(opened)
        assert set(seen["tags"]) - TAGS == set()
        assert seen["handlers"] == []
        assert all(link.startswith(("http://", "https://")) for link in seen["links"])
        for n, payload in enumerate(PAYLOADS[:100]):
            assert plain(f"{payload} n{n}") in plain(seen["text"])


def test_only_whole_addresses_of_the_web_become_links() -> None:
    assert address("https://example.org/a?b=c#d") == "https://example.org/a?b=c#d"
    assert address(AWAY) == AWAY
    for payload in [
        *PAYLOADS,
        "",
        "https:",
        "https:///x",
        "http://a b",
        "https:\\\\x",
        "ftp://x/y",
    ]:
        found = address(payload)
        assert found is None or found.startswith(("http://", "https://")), payload


def test_no_data_ends_its_script_element() -> None:
    for payload in PAYLOADS:
        written = json_text({payload: [payload]})
        assert not set("<>&\u2028\u2029") & set(written)
