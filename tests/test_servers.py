"""The test infrastructure itself: what it starts answers, and what it records happened."""

from __future__ import annotations

from pathlib import Path

import neo4j
import neo4j.exceptions
import pytest

from tests.servers import (
    Missing,
    Neo4jServer,
    OpenPage,
    chromium_path,
    find_java,
    neo4j_jars,
    neo4j_version,
    required,
    unavailable,
)

HOSTILE = """<!doctype html><meta charset="utf-8"><title>hostile</title>
<img src="http://192.0.2.1/pixel.png">
<script>
  alert("executed");
  console.error("complaint");
  new WebSocket("ws://192.0.2.1/socket");
  fetch("https://example.org/beacon").catch(() => undefined);
  throw new Error("uncaught");
</script>
"""
POLICY = "default-src 'none'; img-src data:"


def test_server_answers_over_bolt(neo4j_server: Neo4jServer) -> None:
    with neo4j_server.driver() as driver:
        assert driver.execute_query("RETURN 1 AS one").records[0]["one"] == 1


def test_server_has_the_version_asked_for(neo4j_server: Neo4jServer) -> None:
    with neo4j_server.driver() as driver:
        query = "CALL dbms.components() YIELD versions, edition RETURN versions[0] AS v, edition"
        record = driver.execute_query(query).records[0]
    assert record.data() == {"v": neo4j_version(), "edition": "community"}


@pytest.mark.parametrize("password", ["neo4j", "not the password"])
def test_wrong_password_is_refused(neo4j_server: Neo4jServer, password: str) -> None:
    driver = neo4j.GraphDatabase.driver(neo4j_server.uri, auth=("neo4j", password))
    with driver, pytest.raises(neo4j.exceptions.AuthError):
        driver.verify_connectivity()


def test_server_listens_on_loopback_only_and_reports_nothing(neo4j_server: Neo4jServer) -> None:
    names = ["dbms.usage_report.enabled", "server.bolt.listen_address"]
    query = "SHOW SETTINGS YIELD name, value WHERE name IN $names RETURN name, value ORDER BY name"
    with neo4j_server.driver() as driver:
        settings: dict[str, str] = dict(driver.execute_query(query, names=names).records)
    assert settings["dbms.usage_report.enabled"] == "false"
    assert settings["server.bolt.listen_address"] == neo4j_server.uri.removeprefix("bolt://")


def test_wipe_leaves_nothing(neo4j_clean: Neo4jServer) -> None:
    with neo4j_clean.driver() as driver:
        driver.execute_query("CREATE CONSTRAINT `odd name` FOR (p:Person) REQUIRE p.id IS UNIQUE")
        driver.execute_query("CREATE INDEX by_name FOR (p:Person) ON (p.name)")
        driver.execute_query("UNWIND range(1, 12000) AS i CREATE (:Person {id: i})-[:KNOWS]->(:X)")
        assert _left(driver) == (24000, 1, 2)
        neo4j_clean.wipe()
        assert _left(driver) == (0, 0, 0)


def _left(driver: neo4j.Driver) -> tuple[int, int, int]:
    """Return the numbers of nodes, constraints and indexes."""
    nodes = driver.execute_query("MATCH (n) RETURN count(n) AS n").records[0]["n"]
    constraints = driver.execute_query("SHOW CONSTRAINTS").records
    indexes = driver.execute_query("SHOW INDEXES YIELD type WHERE type <> 'LOOKUP'").records
    return nodes, len(constraints), len(indexes)


def test_failed_start_shows_the_log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho jdk.compiler\necho the port is taken\nexit 7\n")
    java.chmod(0o755)
    monkeypatch.setenv("SOUSVEIL_TEST_JAVA_HOME", str(tmp_path))
    monkeypatch.setattr("tests.servers.neo4j_jars", lambda version: tmp_path)
    server = Neo4jServer()
    with pytest.raises(RuntimeError, match="ended with 7") as caught, server:
        pass
    assert caught.value.__notes__[0].endswith("the port is taken")
    assert not server.log.parent.exists()


def test_hostile_page_is_recorded(open_page: OpenPage, tmp_path: Path) -> None:
    source = tmp_path / "a page.html"
    source.write_text(HOSTILE, encoding="utf-8")
    opened = open_page(source)
    assert opened.page.title() == "hostile"
    assert opened.dialogs == ["alert: executed"]
    assert set(opened.requests) == {
        "http://192.0.2.1/pixel.png",
        "https://example.org/beacon",
        "ws://192.0.2.1/socket",
    }
    assert "console: complaint" in opened.errors
    assert any(error.startswith("uncaught:") for error in opened.errors)
    assert opened.csp_violations == []


def test_policy_violations_are_recorded(open_page: OpenPage, tmp_path: Path) -> None:
    source = tmp_path / "page.html"
    meta = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    source.write_text(HOSTILE.replace("<title>", f"{meta}<title>"), encoding="utf-8")
    opened = open_page(source)
    assert opened.dialogs == []
    assert sorted(opened.csp_violations) == [
        "img-src: http://192.0.2.1/pixel.png",
        "script-src-elem: inline",
    ]


def test_harmless_page_records_nothing(open_page: OpenPage, tmp_path: Path) -> None:
    source = tmp_path / "page.html"
    source.write_text("<!doctype html><p>Hello</p><script>let ran = 1;</script>", encoding="utf-8")
    opened = open_page(source, width=390, height=844)
    assert (opened.errors, opened.dialogs, opened.requests) == ([], [], [])
    assert opened.csp_violations == []
    assert opened.page.evaluate("[innerWidth, innerHeight]") == [390, 844]


@pytest.mark.parametrize(
    ("ci", "listed", "expected"),
    [
        (None, None, False),
        ("", "", False),
        ("false", "browser", False),
        ("true", None, True),
        ("1", "", True),
        (None, "neo4j", True),
        (None, "browser, neo4j", True),
    ],
)
def test_required(
    monkeypatch: pytest.MonkeyPatch, ci: str | None, listed: str | None, *, expected: bool
) -> None:
    for name, value in (("CI", ci), ("SOUSVEIL_REQUIRE", listed)):
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, value)
    assert required("neo4j") is expected
    outcome = pytest.fail.Exception if expected else pytest.skip.Exception
    with pytest.raises(outcome, match="no mvn"):
        unavailable("neo4j", "no mvn")


def test_missing_programs_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("SOUSVEIL_TEST_CHROMIUM", "SOUSVEIL_TEST_JAVA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with pytest.raises(Missing, match="chromium, chromium-browser, google-chrome"):
        chromium_path()
    with pytest.raises(Missing, match="no java on PATH"):
        find_java()
    with pytest.raises(Missing, match="no mvn"):
        neo4j_jars(neo4j_version())


def test_failed_download_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    maven = tmp_path / "mvn"
    maven.write_text('#!/bin/sh\necho x >> "$0.tries"\necho "no network"\nexit 1\n')
    maven.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("tests.servers.time.sleep", lambda _: None)
    with pytest.raises(Missing, match=r"3 tries.*no network"):
        neo4j_jars("5.0.0")
    assert (tmp_path / "mvn.tries").read_text() == "x\n" * 3
    assert not (tmp_path / "cache" / "sousveil-tests" / "neo4j-5.0.0").exists()
