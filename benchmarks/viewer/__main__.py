"""Our pages beside pyvis' in the same Chromium: main-thread CPU to the first complete graph.

uv run python -m benchmarks.viewer [SIZES, by default 50,500,5000,50000]

pyvis default lays out in the page and is cut off after 170 s, which then counts; with coordinates
it only draws. CPU is the main thread's (Performance.getMetrics in thread ticks); the phone is
Chromium's throttling by 4, in seconds of the wall.
"""

from __future__ import annotations

import gzip
import platform
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright
from pyvis.network import Network

from benchmarks.viewer.fixture import made_embed
from benchmarks.viewer.made_network import made_network
from sousveil.view.embed_page import MOST_THINGS, part
from sousveil.view.network.article import article_layouts
from sousveil.view.network.large import large_layout
from sousveil.view.svg import outline_of

CUT_OFF = 170.0
OURS_DONE = """() => performance.getEntriesByName("sousveil-done").length
  || (document.querySelector("svg.live") && document.readyState === "complete")"""
PYVIS_DONE = "() => window.__pyvisDone === true"
WATCH_PYVIS = """
window.__pyvisDone = false;
(function watch() {
  if (!window.network) { setTimeout(watch, 20); return; }
  const drawn = () => window.network.once("afterDrawing", () => { window.__pyvisDone = true; });
  if (window.network.physics.physicsEnabled && window.network.physics.options.enabled) {
    window.network.once("stabilizationIterationsDone", drawn);
  } else { drawn(); window.network.redraw(); }
})();
"""


def pyvis_html(count: int, *, coordinates: bool) -> str:
    """Return the network as pyvis makes it, with or without coordinates."""
    things, links = made_network(count)
    net = Network(directed=True, cdn_resources="in_line")
    x, y = large_layout(count, [(k.start, k.end) for k in links]) if coordinates else ([], [])
    for n, thing in enumerate(things):
        more: dict[str, Any] = {"x": x[n] / 20, "y": y[n] / 20} if coordinates else {}
        net.add_node(n, label=thing.label, group=thing.kind, **more)
    for link in links:
        net.add_edge(link.start, link.end, title=f"{link.source}: {link.prose}", label="")
    if coordinates:
        net.toggle_physics(status=False)
    # The graph is a local variable of a function that the page calls; the watcher needs to see it.
    page: str = net.generate_html(notebook=False)
    return page.replace("drawGraph();", "window.network = drawGraph();")


def cpu(session: CDPSession) -> float:
    """Return the seconds that the main thread has worked."""
    found = session.send("Performance.getMetrics")["metrics"]
    return float(next(m["value"] for m in found if m["name"] == "TaskDuration"))


def measured(
    browser: Browser, file: Path, done: str, *, slower: int = 1, watch: str = ""
) -> tuple[float, float, Page]:
    """Open a page; return main-thread CPU and wall seconds until it is done, and the page."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    page = context.new_page()
    if watch:
        page.add_init_script(watch)
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    if slower > 1:
        session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    start, before = time.monotonic(), cpu(session)
    # By the protocol alone: what a driver injects into a page to wait would be counted with it.
    session.send("Page.navigate", {"url": file.as_uri()})
    while time.monotonic() - start < CUT_OFF:
        time.sleep(0.05)
        asked = {"expression": f"!!({done})()", "returnByValue": True}
        if session.send("Runtime.evaluate", asked)["result"].get("value"):
            return cpu(session) - before, time.monotonic() - start, page
    return CUT_OFF, CUT_OFF, page


def interaction(page: Page) -> float:
    """Return the milliseconds from a search's Enter to the next frame with its answer."""
    page.fill(
        "#find", page.evaluate("() => JSON.parse(document.querySelector('#data').textContent).n[0]")
    )
    return float(
        page.evaluate(
            """() => new Promise((answer) => {
              const start = performance.now();
              document.querySelector("#tools").requestSubmit();
              requestAnimationFrame(() => setTimeout(() => answer(performance.now() - start), 0));
            })"""
        )
    )


def rows(browser: Browser, folder: Path, sizes: list[int]) -> None:
    """Print a line per size."""
    print("| things | page | KB gzip | CPU s | ratio | phone: first graph s | phone: answer ms |")
    print("|---|---|---|---|---|---|---|")
    for count in sizes:
        file = made_embed(count).save(folder / f"ours-{count}.html")
        used, _, page = measured(browser, file, OURS_DONE)
        page.context.close()
        _, wall, page = measured(browser, file, OURS_DONE, slower=4)
        answer = interaction(page)
        page.context.close()
        size = len(gzip.compress(file.read_bytes(), 9)) / 1000
        print(
            f"| {count} | ours | {size:.1f} | {used:.3f} | | {wall:.2f} | {answer:.0f} |",
            flush=True,
        )
        for coordinates in (False, True):
            if count > 5000 and not coordinates:
                continue
            peer = folder / f"pyvis-{count}-{coordinates}.html"
            peer.write_text(pyvis_html(count, coordinates=coordinates), encoding="utf-8")
            theirs, _, page = measured(browser, peer, PYVIS_DONE, watch=WATCH_PYVIS)
            page.context.close()
            name = "pyvis with coordinates" if coordinates else "pyvis"
            size = len(gzip.compress(peer.read_bytes(), 9)) / 1000
            cut = " (cut off)" if theirs >= CUT_OFF else ""
            print(
                f"| {count} | {name} | {size:.0f} | {theirs:.2f}{cut} | {theirs / used:.0f} | | |",
                flush=True,
            )


def layouts() -> None:
    """Print the CPU of the layouts and what they leave."""
    scene = made_embed(60).scene
    start = time.process_time()
    placed = article_layouts(outline_of(scene))
    print(f"\nlayout of 60 things in both widths: {time.process_time() - start:.2f} CPU s")
    for one in placed:
        print(f"  {one.width} px: {one.quality}")
    for count in (5000, 50_000):
        _, links = made_network(count)
        pairs = [(k.start, k.end) for k in links]
        start = time.process_time()
        large_layout(count, pairs)
        print(f"layout of {count} things: {time.process_time() - start:.2f} CPU s")
    for name in ("viewer.js", "canvas.js", "viewer-style.css"):
        print(f"{name}: {len(gzip.compress(part(name).encode(), 9))} bytes gzip")


def main() -> None:
    """Print the tables."""
    sizes = [int(n) for n in (sys.argv[1] if len(sys.argv) > 1 else "50,500,5000,50000").split(",")]
    layouts()
    with tempfile.TemporaryDirectory() as made, sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        print(f"\nPython {platform.python_version()}, Chromium {browser.version}, "
              f"pyvis {version('pyvis')}; up to {MOST_THINGS} things are SVG\n")  # fmt: skip
        rows(browser, Path(made), sizes)
        browser.close()


if __name__ == "__main__":
    main()
