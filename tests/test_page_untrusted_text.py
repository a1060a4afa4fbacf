"""Whatever a source says reaches the page as text: nothing of it runs, loads or changes the page.

Every payload stands in every place where the files of a case hold free text, and each tries to set
`window.pwned`, to open a dialog or to ask for an address.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from textwrap import indent

import pytest
from playwright.sync_api import Page

from sousveil.ledger.profile import Profile
from sousveil.pipeline.case import Case
from sousveil.pipeline.export import export_bytes
from tests.cases import problems, source, write_case
from tests.servers import OpenedPage, OpenPage

AWAY = "http://127.0.0.1:9/leak"
PAYLOADS = [
    "<script>window.pwned=1</script>",
    "</script><script>window.pwned=1</script>",
    "</SCRIPT ><svg onload=window.pwned=1>",
    "<!--<script>window.pwned=1</script>",
    "--><script>window.pwned=1</script>",
    "]]><script>window.pwned=1</script>",
    "</title><script>window.pwned=1</script>",
    "</style><script>window.pwned=1</script>",
    "</textarea><script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=window.pwned=1>",
    "<svg><animate onbegin=window.pwned=1 attributeName=x dur=1s>",
    "<body onload=window.pwned=1>",
    "<details open ontoggle=window.pwned=1>x</details>",
    "<input autofocus onfocus=window.pwned=1>",
    "<video><source onerror=window.pwned=1></video>",
    "<marquee onstart=window.pwned=1>x</marquee>",
    "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
    f"<iframe src={AWAY}></iframe>",
    f"<img src={AWAY}>",
    f"<link rel=stylesheet href={AWAY}>",
    f"<style>@import '{AWAY}';</style>",
    f"<div style=background:url({AWAY})>x</div>",
    f"<object data={AWAY}></object>",
    f"<meta http-equiv=refresh content='0;url={AWAY}'>",
    f"<base href={AWAY}/>",
    f"<form action={AWAY}><button>Show</button></form>",
    "javascript:window.pwned=1",
    "JaVaScRiPt:alert(1)",
    "java&#10;script:window.pwned=1",
    "data:text/html,<script>window.pwned=1</script>",
    "vbscript:msgbox(1)",
    "<a href=javascript:window.pwned=1>choose me</a>",
    '" onmouseover="window.pwned=1',
    "' onmouseover='window.pwned=1",
    '"><script>window.pwned=1</script>',
    "'><script>window.pwned=1</script>",
    "` onmouseover=`window.pwned=1",
    "${window.pwned=1}",
    '";window.pwned=1;//',
    "';window.pwned=1;//",
    "\\u003cscript\\u003ewindow.pwned=1\\u003c/script\\u003e",
    '\\";window.pwned=1;//',
    "&lt;script&gt;window.pwned=1&lt;/script&gt;",
    "&#60;img src=x onerror=window.pwned=1&#62;",
    "{{ 7*7 }}{{ data }}{{ config.__class__ }}",
    "{% for x in data %}window.pwned=1{% endfor %}",
    "{# hidden #}{{ '<script>window.pwned=1</script>'|safe }}",
    "[[window.pwned=1]] <%= window.pwned=1 %>",
    "__proto__ constructor toString hasOwnProperty",
    "*bold* _slanted_ `code` <b>bold</b> <i>slanted</i>",
    "user \u202egnp.exe\u202c \u2066isolated\u2069 \u200fright to left",
    "שלום <b>عالم</b> 警察 👮🏽\u200d♀️ ﷽",
    "zero\u200bwidth \u00a0space \ufeffmark <scr\u200bipt>",
    "＜script＞window.pwned=1＜/script＞",
    "<" * 60 + "script" + ">" * 60,
]
HARMLESS_URL = (
    "https://example.org/a?q='onmouseover='window.pwned=1'&x=javascript:alert(1)//{number}"
)
TAGS = {
    "A", "ARTICLE", "ASIDE", "BLOCKQUOTE", "BODY", "BR", "BUTTON", "CANVAS", "CIRCLE", "CITE",
    "DATALIST", "DIV", "FOOTER", "FORM", "H1", "H2", "H3", "HEAD", "HEADER", "HTML", "INPUT",
    "LABEL", "LI", "MAIN", "META", "OL", "OPTION", "P", "PATH", "SCRIPT", "SECTION", "SPAN",
    "STYLE", "SVG", "TITLE", "UL",
}  # fmt: skip
"""The elements that the page is made of, panel included; no payload adds another."""

SHOW_ALL = """
() => {
  const { network, nodes } = window.sousveilPage;
  const texts = [document.body.innerText];
  const tags = new Set(), links = new Set(), handlers = new Set();
  const look = () => {
    texts.push(document.querySelector("#panel").innerText);
    document.querySelectorAll("*").forEach((element) => {
      tags.add(element.tagName.toUpperCase());
      element.getAttributeNames().filter((name) => name.startsWith("on"))
        .forEach((name) => handlers.add(name));
      if (element.href) links.add(element.href);
    });
  };
  document.querySelectorAll("#list button.sentence").forEach((button) => {
    button.click();
    look();
  });
  nodes.getIds().forEach((id) => {
    network.body.emitter.emit("click", { nodes: [id], edges: [] });
    look();
  });
  return {
    text: texts.join("\\n"),
    tags: [...tags],
    links: [...links],
    handlers: [...handlers],
    scripts: document.scripts.length,
    labels: nodes.get().map((node) => node.label),
  };
}
"""


def block(text: str) -> str:
    """A text as YAML that needs no quotes: under `|`."""
    return f"|\n{indent(text, '    ' * 4)}"


def lines(depth: int, fields: Mapping[str, str]) -> str:
    return "".join(f"{'  ' * depth}{key}: {value}\n" for key, value in fields.items())


def hostile_case(folder: Path, payloads: Sequence[str] = PAYLOADS) -> Path:
    companies = newspapers = gifts = requests = statements = people = private = decisions = ""
    sources: dict[str, str] = {}
    for number, payload in enumerate(payloads):
        also = f"- {block(f'{payload} also {number}')}"
        companies += f"  company-{number}:\n" + lines(2, {"name": block(f"{payload} c{number}")})
        companies += f"    also:\n    {also}\n"
        newspapers += f"  paper-{number}: {block(f'{payload} n{number}')}\n"
        gifts += f"  gift-{number}: {block(f'{payload} g{number}')}\n"
        requests += f"  request-{number}: {block(f'{payload} r{number}')}\n"
        statements += f"  statement-{number}: {block(f'{payload} s{number}')}\n"
        people += f"  person-{number}:\n" + lines(
            2,
            {
                "name": "sealed",
                "shown as": block(f"{payload} role{number}"),
                "exposure": "junior staff",
            },
        )
        private += f"person-{number}: {block(f'{payload} private{number}')}\n"
        reason = payload.replace("(", "").replace(")", "")
        says = [
            {"about": f"gift-{number}", "at": "caption", "giver": f"company-{number}"}
            | {"receiver": f"person-{number}", "effect": block(f"{payload} effect{number}")}
            | {
                "quote": block(f"{payload} quote{number}"),
                "note": block(f"{payload} note{number}"),
            },
            {"about": f"request-{number}", "at": block(payload[:30])}
            | {"hours": block(f"withheld by company-{number} ({reason} why{number})")},
            {"about": f"statement-{number}", "at": "2", "speaker": f"company-{number}"}
            | {"gist": block(f"{payload} gist{number}")},
            {"about": f"gift-{number}", "at": "3", "date": "2020"},
            {"about": f"gift-{number}", "at": "4", "date": "2021"},
        ]
        header = {
            "title": block(f"{payload} title{number}"),
            "kind": "NewsArticle",
            "publisher": f"paper-{number}",
            "author": block(f"{payload} author{number}"),
            "published": "2021-01-01",
            "url": HARMLESS_URL.format(number=number),
            "read": "2026-11-23",
            "note": block(f"{payload} sourcenote{number}"),
        }
        blocks = "".join(f"- {lines(1, one).removeprefix('  ')}\n" for one in says)
        sources[f"sources/source-{number}.yaml"] = f"{lines(0, header)}says:\n{blocks}"
        decisions += "- decision: choose value\n" + lines(
            1,
            {
                "claim": f"\n    about: gift-{number}\n    date: 2020",
                "over": "\n    date: 2021",
                "because": block(f"{payload} because{number}"),
                "by": block(f"{payload} by{number}"),
                "decided": "2026-11-23",
            },
        )
    every = "".join(f"{payload} " for payload in payloads)
    case = lines(0, {"format": "1", "title": block(f"{every} case title")}) + lines(
        0,
        {
            "base": "https://example.org/case/hostile/",
            "language": "en",
            "licence": block(f"{every} licence"),
            "embargo": "none",
        },
    )
    entities = (
        f"Company:\n{companies}NewsOrganization:\n{newspapers}BenefitTransfer:\n{gifts}"
        f"FootageRequest:\n{requests}Statement:\n{statements}Person:\n{people}"
    )
    files = {
        "case.yaml": case,
        "private/names.yaml": private,
        "decisions/all.yaml": decisions,
        **sources,
    }
    for name, text in {"entities/all.yaml": entities, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    with Case.open(hostile_case(tmp_path_factory.mktemp("hostile"))) as case:
        yield case


@pytest.fixture(scope="module", params=[Profile.PUBLIC, Profile.DESK])
def profile(request: pytest.FixtureRequest) -> Profile:
    return Profile(request.param)


@pytest.fixture(scope="module")
def hostile_page(hostile: Case, profile: Profile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "index.html"
    path.write_bytes(export_bytes(hostile, "pyvis", profile))
    return path


def plain(text: str) -> str:
    return " ".join(text.split())


def nothing_happened(opened: OpenedPage) -> None:
    opened.page.wait_for_timeout(300)
    assert opened.page.evaluate("() => window.pwned") is None
    assert opened.dialogs == []
    assert opened.requests == []
    assert opened.csp_violations == []
    assert opened.errors == []
    assert opened.page.url.startswith("file:")
    assert len(opened.page.context.pages) == 1


def wave_the_pointer(page: Page) -> None:
    """Over the picture and its things, and over the first links of the panel."""
    for across in range(100, 900, 160):
        for down in range(200, 800, 120):
            page.mouse.move(across, down)
    for link in page.locator("#panel a").all()[:3]:
        link.hover()


def test_there_are_more_than_forty_payloads_and_no_two_are_equal() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) > 40


def test_hostile_text_is_shown_as_text_and_does_nothing(
    hostile_page: Path, profile: Profile, open_page: OpenPage
) -> None:
    opened = open_page(hostile_page, 1400, 1000, offline=False)
    seen = opened.page.evaluate(SHOW_ALL)
    wave_the_pointer(opened.page)
    nothing_happened(opened)

    assert set(seen["tags"]) - TAGS == set()
    assert seen["handlers"] == []
    assert seen["scripts"] == 3, "the data, the library and the page's own"
    assert {address[:20] for address in seen["links"]} == {"https://example.org/"}
    assert len(seen["links"]) == len(PAYLOADS)

    text = plain(seen["text"])
    labels = {"".join(label.split()) for label in seen["labels"]}
    private = "private" if profile is Profile.DESK else "role"
    for number, payload in enumerate(PAYLOADS):
        places = ["c", "n", "g", "s", "effect", "quote", "gist", "title", "because", private]
        if profile is Profile.DESK:
            places.append("note")
        for place in places:
            assert plain(f"{payload} {place}{number}") in text, f"{place} of {payload!r}"
        reason = payload.replace("(", "").replace(")", "")
        assert plain(f"{reason} why{number}") in text
        assert plain(payload[:30]) in text
        assert "".join(f"{payload}c{number}".split()) in labels
        assert plain(payload) in plain(opened.page.inner_text("h1"))
        assert plain(payload) in plain(opened.page.inner_text("footer"))
        assert plain(payload) in plain(opened.page.title())


def test_what_is_for_the_desk_is_in_the_desks_page_only(
    hostile_page: Path, profile: Profile
) -> None:
    page = hostile_page.read_text(encoding="utf-8")
    desk = profile is Profile.DESK
    assert (" note7" in page) is desk
    assert (" private7" in page) is desk


def test_a_hostile_other_name_is_found_by_search(hostile_page: Path, open_page: OpenPage) -> None:
    opened = open_page(hostile_page, 1400, 1000, offline=False)
    for number in (0, 9, 28, 34, 46, 50):
        opened.page.fill("#words", f"{PAYLOADS[number]} also {number}")
        opened.page.press("#words", "Enter")
        assert opened.page.inner_text("#told") == ""
        name = plain(opened.page.inner_text("#chosen h2"))
        assert name == plain(f"{PAYLOADS[number]} c{number}")
    nothing_happened(opened)


def test_hostile_words_in_the_search_field_do_nothing(
    hostile_page: Path, open_page: OpenPage
) -> None:
    opened = open_page(hostile_page, offline=False)
    for payload in PAYLOADS:
        opened.page.fill("#words", f"{payload} nowhere")
        opened.page.press("#words", "Enter")
        assert opened.page.inner_text("#told") == "Nothing here is called that."
    nothing_happened(opened)


def test_no_text_of_a_case_ends_the_element_that_holds_the_data(hostile_page: Path) -> None:
    page = hostile_page.read_text(encoding="utf-8")
    _, _, rest = page.partition('<script type="application/json" id="data">')
    data, _, after = rest.partition("</script>")
    assert after.lstrip().startswith("<script>/*! vis-network begin */")
    assert not set("<>&") & set(data)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org/x",
        'https://example.org/"onclick="x',
        "https://example.org/<script>",
        "https://example.org/ javascript:alert(1)",
    ],
)
def test_an_address_that_is_not_plainly_on_the_web_is_refused_before_any_page(
    tmp_path: Path, address: str
) -> None:
    says = "- about: gift\n  at: 1\n  giver: Acme"
    text = source("Paper A", says, url=f"|\n  {address}")
    [problem] = problems(write_case(tmp_path, {"sources/a.yaml": text}))
    assert "is not an http(s) address" in problem


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\u0085", "\u0000", "\u001b"])
def test_a_line_separator_or_control_character_is_refused_before_any_page(
    tmp_path: Path, separator: str
) -> None:
    says = f"- about: gift\n  at: 1\n  effect: one{separator}two"
    [problem] = problems(write_case(tmp_path, {"sources/a.yaml": source("Paper A", says)}))
    assert "a control character" in problem
