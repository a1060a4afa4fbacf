"""The pictures of docs/gallery, made anew from the bundled case.

uv run --extra pictures python -m benchmarks.viewer.gallery [FOLDER, by default docs/gallery]
"""

from __future__ import annotations

import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from pyvis.network import Network

from sousveil import Case
from sousveil.ledger.profile import Profile
from sousveil.pipeline.build import build
from sousveil.pipeline.embed import embed_bytes, embed_of, picture_bytes
from sousveil.view.scene import Scene

CASE = Path(__file__).resolve().parents[2] / "cases" / "ring-lapd"
STORY = "gifts"
SETTLED = 4_000
"""Milliseconds after which pyvis' physics is taken as it stands."""
BESIDE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; font: 20px Arial, sans-serif; display: flex; gap: 12px; background: #d4d4da; }}
figure {{ margin: 0; background: #fff; flex: 1; }} img {{ width: 100%; display: block; }}
figcaption {{ padding: 8px 12px; border-bottom: 1px solid #d4d4da; }}
</style><figure><figcaption>pyvis {version}, as it comes</figcaption><img src="theirs.png"></figure>
<figure><figcaption>sousveil embed</figcaption><img src="ours.png"></figure>"""


def pyvis_page(scene: Scene) -> str:
    """Return the graph of a scene as pyvis draws it by default."""
    net = Network(directed=True, cdn_resources="in_line", height="900px")
    for n, node in enumerate(scene.nodes):
        net.add_node(n, label=node.label, group=scene.kinds[node.kind].label)
    for link in scene.links:
        net.add_edge(link.start, link.end, title=link.sentence)
    return str(net.generate_html(notebook=False))


def shot(
    browser: Browser,
    page_file: Path,
    picture: Path,
    size: tuple[int, int],
    *,
    dark: bool = False,
    opened: str | None = None,
    wait: int = 500,
) -> None:
    """Take a picture of a page in a window of a size; `opened` is searched for before."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        offline=True,
    )
    page = context.new_page()
    page.goto(page_file.as_uri())
    if opened:
        page.fill("#find", opened)
        page.press("#find", "Enter")
    page.wait_for_timeout(wait)
    page.screenshot(path=picture)
    context.close()


def main() -> None:
    """Write the pictures."""
    gallery = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/gallery")
    with (
        tempfile.TemporaryDirectory() as made,
        Case.open(CASE) as case,
        sync_playwright() as driver,
    ):
        folder = Path(made)
        embed = embed_of(case, STORY)
        (gallery / "gifts.png").write_bytes(picture_bytes(case, embed, Profile.PUBLIC, "png"))
        ours, theirs = folder / "ours.html", folder / "theirs.html"
        ours.write_bytes(embed_bytes(case, embed, Profile.PUBLIC))
        theirs.write_text(pyvis_page(embed.scene), encoding="utf-8")
        site = folder / "site"
        build(case, site, Profile.PUBLIC)
        browser = driver.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        phone = gallery / "gifts-phone-dark.png"
        shot(browser, ours, phone, (390, 844), dark=True, opened="Pillar")
        shot(browser, site / "index.html", gallery / "explorer.png", (1280, 1000))
        thing = site / "things" / "gifts-to-officers.html"
        shot(browser, thing, gallery / "thing.png", (1280, 1000))
        shot(browser, thing, gallery / "thing-phone.png", (390, 844))
        question = site / "questions" / "who-received-benefits.html"
        shot(browser, question, gallery / "question.png", (1280, 900))
        shot(browser, ours, folder / "ours.png", (800, 1000))
        shot(browser, theirs, folder / "theirs.png", (800, 1000), wait=SETTLED)
        beside = folder / "beside.html"
        beside.write_text(BESIDE.format(version=version("pyvis")), encoding="utf-8")
        shot(browser, beside, gallery / "beside-pyvis.png", (1400, 890))
        browser.close()


if __name__ == "__main__":
    main()
