"""The outside programs the tests start for real: a Neo4j server and Chromium.

A program that is not there raises `Missing` with the reason. The fixtures in conftest.py turn that
into a skip, or into a failure where the program is required (see `required`).
"""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn, Protocol, Self

import neo4j
import pytest
from playwright.sync_api import Page

DEFAULT_NEO4J = "5.26.30"
SERVER_FILES = Path(__file__).resolve().parent / "neo4j_server"
DOWNLOAD_TRIES = 3
DOWNLOAD_SECONDS = 900
START_SECONDS = 120
STOP_SECONDS = 20
JAVA_OPTIONS = (
    "-Xms256m",
    "-Xmx1g",
    "-XX:+UseSerialGC",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
)


class Missing(Exception):
    """An outside program is absent, or its download failed."""


def required(component: str) -> bool:
    """Whether a missing component is a failure: in CI, or when SOUSVEIL_REQUIRE lists it."""
    if os.environ.get("CI", "").strip().lower() not in {"", "0", "false"}:
        return True
    listed = os.environ.get("SOUSVEIL_REQUIRE", "").split(",")
    return component in {name.strip() for name in listed}


def unavailable(component: str, reason: object) -> NoReturn:
    """End the test: a failure where the component is required, else a skip with the reason."""
    if required(component):
        pytest.fail(f"{component} is required here: {reason}", pytrace=False)
    pytest.skip(f"{component}: {reason}")


def chromium_path() -> Path:
    """Return the installed Chromium, or the one SOUSVEIL_TEST_CHROMIUM names."""
    named = os.environ.get("SOUSVEIL_TEST_CHROMIUM")
    names = [named] if named else ["chromium", "chromium-browser", "google-chrome"]
    for name in names:
        if found := shutil.which(name):
            return Path(found)
    raise Missing(f"no browser: looked for {', '.join(names)}")


@dataclass
class OpenedPage:
    """A page in Chromium and what it did since it was opened, popups included."""

    page: Page
    errors: list[str] = field(default_factory=list)
    """Console errors and uncaught exceptions."""
    dialogs: list[str] = field(default_factory=list)
    """Dialogs (all dismissed), as `type: message`."""
    requests: list[str] = field(default_factory=list)
    """Addresses asked for, WebSockets included, other than file:, data: and blob:."""

    @property
    def csp_violations(self) -> list[str]:
        """What the Content Security Policy of the current document blocked, so far."""
        blocked: list[str] = self.page.evaluate("() => window.__cspViolations ?? []")
        return blocked


class OpenPage(Protocol):
    """The `open_page` fixture: opens a local file in a fresh browser context."""

    def __call__(
        self,
        path: Path,
        width: int = 1280,
        height: int = 900,
        *,
        offline: bool = True,
        settle: bool = True,
    ) -> OpenedPage:
        """Open the file; wait until it has loaded and, to `settle`, asks for nothing more."""
        ...


def neo4j_version() -> str:
    """Return the version of Neo4j to test with."""
    version = os.environ.get("SOUSVEIL_TEST_NEO4J_VERSION") or DEFAULT_NEO4J
    if not re.fullmatch(r"[0-9][0-9A-Za-z.+-]*", version):
        raise ValueError(f"SOUSVEIL_TEST_NEO4J_VERSION is not a version: {version!r}")
    return version


def find_java() -> Path:
    """Return a `java` that runs source files: that needs a JDK, a JRE is not enough."""
    home = os.environ.get("SOUSVEIL_TEST_JAVA_HOME")
    found = shutil.which(str(Path(home, "bin", "java")) if home else "java")
    if found is None:
        raise Missing(f"no java {f'in SOUSVEIL_TEST_JAVA_HOME={home}' if home else 'on PATH'}")
    listing = subprocess.run([found, "--list-modules"], capture_output=True, text=True, check=False)
    if "jdk.compiler" not in listing.stdout:
        raise Missing(f"{found} is a Java runtime without a compiler: install a JDK")
    return Path(found)


def neo4j_jars(version: str) -> Path:
    """Return the folder with the server's jars; Maven downloads them the first time."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    cache = Path(base, "sousveil-tests").absolute()
    jars = cache / f"neo4j-{version}"
    if jars.is_dir():
        return jars
    maven = shutil.which("mvn")
    if maven is None:
        raise Missing("no mvn on PATH, and the jars of the Neo4j server are not in the cache")
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / f"neo4j-{version}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # released when the file is closed
        if jars.is_dir():  # another process was faster
            return jars
        with tempfile.TemporaryDirectory(dir=cache, prefix=f"neo4j-{version}-") as stage:
            partial = Path(stage, "lib")
            _download(maven, version, partial)
            partial.rename(jars)
    return jars


def _download(maven: str, version: str, folder: Path) -> None:
    command = [maven, "-B", "-q", "-f", str(SERVER_FILES / "pom.xml"), f"-Dneo4j.version={version}"]
    command += ["dependency:copy-dependencies", "-DincludeScope=runtime"]
    command += [f"-DoutputDirectory={folder}"]
    reason = ""
    for attempt in range(DOWNLOAD_TRIES):
        time.sleep(5 * attempt)
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=DOWNLOAD_SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            reason = f"no end after {DOWNLOAD_SECONDS} s"
            continue
        if done.returncode == 0 and (folder / f"neo4j-{version}.jar").is_file():
            return
        reason = (done.stdout + done.stderr).strip()[-1500:]
    raise Missing(f"Maven could not download Neo4j {version} ({DOWNLOAD_TRIES} tries): {reason}")


class Neo4jServer:
    """A Neo4j Community server of our own, for the length of a `with` block."""

    user = "neo4j"

    def __init__(self, version: str | None = None) -> None:
        self.version = version or neo4j_version()
        self.password = secrets.token_urlsafe(24)
        self.uri = ""
        self.log = Path()
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        java, jars = find_java(), neo4j_jars(self.version)
        self._folder = tempfile.TemporaryDirectory(prefix="sousveil-neo4j-")
        self.log = Path(self._folder.name, "server.log")
        try:
            self._start(java, jars)
            self._set_password()
        except BaseException as error:
            error.add_note(f"The server's log ends:\n{self.log_tail()}")
            self._stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def driver(self) -> neo4j.Driver:
        """Return a new driver for the server; close it, or use it in a `with` statement."""
        return self._connect(self.password)

    def wipe(self) -> None:
        """Delete every node and relationship, every constraint and every index of a test."""
        with self.driver() as driver, driver.session() as session:
            for name in session.run("SHOW CONSTRAINTS YIELD name").value():
                session.run("DROP CONSTRAINT $name IF EXISTS", name=name).consume()
            # The two token lookup indexes are part of every new database.
            kept = "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name"
            for name in session.run(kept).value():
                session.run("DROP INDEX $name IF EXISTS", name=name).consume()
            session.run(
                "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS"
            ).consume()

    def log_tail(self, lines: int = 40) -> str:
        """Return the last lines the server printed."""
        if not self.log.is_file():
            return "(empty)"
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def _connect(self, password: str) -> neo4j.Driver:
        return neo4j.GraphDatabase.driver(
            self.uri, auth=(self.user, password), telemetry_disabled=True
        )

    def _start(self, java: Path, jars: Path) -> None:
        port = _free_port()
        self.uri = f"bolt://127.0.0.1:{port}"
        command = [str(java), *JAVA_OPTIONS, "-cp", f"{jars}{os.sep}*"]
        command += [str(SERVER_FILES / "TestServer.java"), str(self.log.parent / "home"), str(port)]
        command += ["--with-parent"]
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        deadline = time.monotonic() + START_SECONDS
        while f"READY {port}" not in self.log.read_text(errors="replace").splitlines():
            if (code := self._process.poll()) is not None:
                raise RuntimeError(f"Neo4j {self.version} ended with {code} instead of starting.")
            if time.monotonic() > deadline:
                raise RuntimeError(f"Neo4j {self.version} did not start in {START_SECONDS} s.")
            time.sleep(0.1)

    def _set_password(self) -> None:
        with self._connect("neo4j") as driver:
            driver.execute_query(
                "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $new",
                new=self.password,
                database_="system",
            )
        with self.driver() as driver:
            driver.verify_connectivity()

    def _stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":  # `python -m tests.servers` fills the cache and names its folder
    try:
        sys.stdout.write(f"{neo4j_jars(neo4j_version())}\n")
    except Missing as missing:
        sys.exit(str(missing))
