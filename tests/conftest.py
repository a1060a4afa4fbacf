"""The fixtures that start outside programs. A missing program is a skip, in CI a failure."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Page,
    Playwright,
    Request,
    WebError,
    sync_playwright,
)
from playwright.sync_api import Error as PlaywrightError

from tests.servers import (
    Missing,
    Neo4jServer,
    OpenedPage,
    OpenPage,
    chromium_path,
    unavailable,
)

REPOSITORY = Path(__file__).resolve().parent.parent
LOCAL_SCHEMES = ("file:", "data:", "blob:", "about:")
# A component's tests bear its mark, and are found by the fixture they use.
MARK_OF_FIXTURE = {"neo4j_server": "neo4j", "browser": "browser"}
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RECORD_CSP_VIOLATIONS = """
window.__cspViolations = [];
document.addEventListener("securitypolicyviolation", (event) => {
    window.__cspViolations.push(`${event.effectiveDirective}: ${event.blockedURI}`);
});
"""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests by the outside program they need, so that `-m` can select them."""
    for item in items:
        for fixture in getattr(item, "fixturenames", ()):
            if mark := MARK_OF_FIXTURE.get(fixture):
                item.add_marker(mark)


@pytest.fixture(scope="session")
def neo4j_server() -> Iterator[Neo4jServer]:
    """Return a running Neo4j server, the same one for the whole session."""
    server = Neo4jServer()
    try:
        server.__enter__()
    except Missing as missing:
        unavailable("neo4j", missing)
    try:
        yield server
    finally:
        server.__exit__()


@pytest.fixture
def neo4j_clean(neo4j_server: Neo4jServer) -> Neo4jServer:
    """Return the Neo4j server with an empty database."""
    neo4j_server.wipe()
    return neo4j_server


@pytest.fixture(scope="session")
def playwright_driver() -> Iterator[Playwright]:
    """Return Playwright, which drives the installed Chromium and brings no browser itself."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """Return a headless Chromium, the same one for the whole session."""
    try:
        executable = chromium_path()
    except Missing as missing:
        unavailable("browser", missing)
    playwright: Playwright = request.getfixturevalue("playwright_driver")
    launched = playwright.chromium.launch(
        executable_path=executable, args=CHROMIUM_ARGUMENTS, headless=True
    )
    try:
        yield launched
    finally:
        launched.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Return a function that opens a local file and records what the page does."""
    contexts: list[BrowserContext] = []

    def open_file(
        path: Path,
        width: int = 1280,
        height: int = 900,
        *,
        offline: bool = True,
        settle: bool = True,
    ) -> OpenedPage:
        context = browser.new_context(viewport={"width": width, "height": height}, offline=offline)
        contexts.append(context)
        context.add_init_script(RECORD_CSP_VIOLATIONS)
        opened = _record(context)
        opened.page.goto(path.resolve().as_uri(), wait_until="load")
        # Half a second without traffic, so that what a script asks for after loading counts too;
        # on a busy machine that half second may pass before the scripts have run.
        if settle:
            opened.page.wait_for_load_state("networkidle")
        return opened

    yield open_file
    for context in contexts:
        context.close()


def _record(context: BrowserContext) -> OpenedPage:
    errors: list[str] = []
    dialogs: list[str] = []
    requests: list[str] = []

    def note_request(url: str) -> None:
        if not url.startswith(LOCAL_SCHEMES):
            requests.append(url)

    def on_request(request: Request) -> None:
        note_request(request.url)

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(f"console: {message.text}")

    def on_web_error(error: WebError) -> None:
        errors.append(f"uncaught: {error.error}")

    def on_dialog(dialog: Dialog) -> None:
        dialogs.append(f"{dialog.type}: {dialog.message}")
        try:
            dialog.dismiss()
        except PlaywrightError:  # gone with its page
            return

    def on_page(page: Page) -> None:
        page.on("websocket", lambda connection: note_request(connection.url))

    context.on("request", on_request)
    context.on("console", on_console)
    context.on("weberror", on_web_error)
    context.on("dialog", on_dialog)
    context.on("page", on_page)
    return OpenedPage(context.new_page(), errors, dialogs, requests)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder `shared` beside the repository, with material that is not part of it."""
    folder = REPOSITORY.parent / "shared"
    if not folder.is_dir():
        unavailable("shared", "there is no folder `shared` beside the repository")
    return folder
