"""Nothing goes out under embargo, or while a party is still to be asked, without a mark."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from typer.testing import CliRunner

from sousveil.cli.app import app
from sousveil.errors import UsageError
from sousveil.ledger.profile import STAMP, Profile
from sousveil.model.release import NoEmbargo, embargo_end
from sousveil.pipeline.build import build_files
from sousveil.pipeline.case import Case
from sousveil.pipeline.embed import embed_bytes, embed_of, oembed_files, picture_bytes
from sousveil.pipeline.export import export_bytes, export_folder
from sousveil.pipeline.release import NotReleased
from sousveil.view.embed import from_networkx
from tests.cases import CASE, ENTITIES, open_case, problems, source, write_case
from tests.test_stories import SAYS

STORY = """title: A gift
finding: Ring gave something.
as of: 2026-11-23
things: [gift, Ring]
"""
NOT_ASKED = STORY + "parties:\n- party: Ring\n  outcome: not yet asked\n"
WAITING = (
    STORY + "parties:\n- party: Ring\n  asked: 2026-11-20\n  deadline: 2026-11-22\n"
    "  outcome: did not respond by deadline\n"
)
OVERRIDE = """
- decision: override gate
  gate: right of reply
  story: one
  party: Ring
  because: The public must be warned today.
  by: first editor
  decided: 2026-11-23
"""
EMBARGO = CASE.replace("embargo: none", "embargo: 2999-01-02")


def files(story: str = STORY, **more: str) -> dict[str, str]:
    return {"sources/a.yaml": source("Paper A", SAYS), "stories/one.yaml": story, **more}


def at(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


@contextmanager
def local_zone(name: str) -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = name
    time.tzset()
    try:
        yield
    finally:
        os.environ.pop("TZ", None) if before is None else os.environ.update(TZ=before)
        time.tzset()


def test_an_embargo_refuses_every_embed_with_its_line_until_it_is_over(tmp_path: Path) -> None:
    with open_case(tmp_path, files(**{"case.yaml": EMBARGO})) as case:
        for chosen in ("one", "Ring"):
            with pytest.raises(NotReleased, match=r"case.yaml:6: embargo until 2999-01-02; wait"):
                embed_of(case, chosen)
            assert not embed_of(case, chosen, now=at("2999-01-03")).scene.stamp


def test_a_day_begins_where_the_command_runs_and_a_time_with_an_offset_is_one_moment() -> None:
    with local_zone("America/Los_Angeles"):
        assert embargo_end("2026-12-01") == datetime(
            2026, 12, 1, tzinfo=timezone(timedelta(hours=-8))
        )
        assert embargo_end("2026-12-01T06:00+01:00") == datetime(2026, 12, 1, 5, tzinfo=UTC)
    with local_zone("Asia/Tokyo"):
        assert embargo_end("2026-12-01") == datetime(2026, 11, 30, 15, tzinfo=UTC)
        assert embargo_end("2026-12-01T05:00Z") == datetime(2026, 12, 1, 5, tzinfo=UTC)
    with pytest.raises(NoEmbargo):
        embargo_end("2026-12-01T06:00")


def test_a_storys_own_embargo_counts_in_place_of_that_of_its_case(tmp_path: Path) -> None:
    made = files(STORY + "embargo: none\n", **{"case.yaml": EMBARGO})
    made["stories/two.yaml"] = STORY + "embargo: 2999-05-01\n"
    with open_case(tmp_path, made) as case:
        assert not embed_of(case, "one").scene.stamp
        with pytest.raises(NotReleased, match=r"stories/two.yaml:5: embargo until 2999-05-01"):
            embed_of(case, "two", now=at("2999-02-01"))


def test_a_party_that_was_not_asked_holds_back_the_story_and_embeds_that_show_it(
    tmp_path: Path,
) -> None:
    with open_case(tmp_path, files(NOT_ASKED)) as case:
        for chosen in ("one", "Ring", "gift"):
            with pytest.raises(NotReleased, match=r"stories/one.yaml:6: Ring has not been asked"):
                embed_of(case, chosen)
        assert not embed_of(case, "lapd").scene.stamp


def test_a_party_may_reply_until_its_deadline_is_over(tmp_path: Path) -> None:
    with open_case(tmp_path, files(WAITING)) as case:
        with pytest.raises(NotReleased, match=r"one.yaml:6: Ring has until 2026-11-22 to reply"):
            embed_of(case, "one", now=at("2026-11-22"))
        assert not embed_of(case, "one", now=at("2026-11-23")).scene.stamp


def test_an_editor_may_override_the_right_of_reply_of_one_party_of_one_story(
    tmp_path: Path,
) -> None:
    other = "- party: Acme\n  outcome: not yet asked\n"
    with open_case(tmp_path / "a", files(NOT_ASKED, **{"decisions/d.yaml": OVERRIDE})) as case:
        assert "Ring not yet asked" in embed_of(case, "one").scene.parties
        assert not [p for p in case.problems if "asked" in p.message]
    both = files(NOT_ASKED + other, **{"decisions/d.yaml": OVERRIDE})
    with (
        open_case(tmp_path / "b", both) as case,
        pytest.raises(NotReleased, match=r"one.yaml:8: Acme has not been asked") as found,
    ):
        embed_of(case, "one")
    assert "Ring" not in str(found.value)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("story: one", "story: on"), "decisions/d.yaml:3: no story 'on' in stories/; did you"),
        (("party: Ring", "party: Acme"), "decisions/d.yaml:3: that is no party of the story 'one'"),
        (("right of reply", "right of replay"), "decisions/d.yaml:2: no gate 'right of replay'"),
    ],
)
def test_what_is_wrong_with_an_override_is_told_with_its_line(
    tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    write_case(tmp_path, files(WAITING, **{"decisions/d.yaml": OVERRIDE.replace(*change)}))
    found = problems(tmp_path)
    assert len(found) == 1, found
    assert found[0].startswith(message)


@pytest.mark.parametrize("text", ["soon", "2026", "2026-02-30", "2026-12-01T06:00", "2026-12-01 6"])
def test_what_is_no_embargo_is_an_error_with_its_line(tmp_path: Path, text: str) -> None:
    changed = CASE.replace("embargo: none", f"embargo: {text}")
    write_case(tmp_path, files(STORY + f"embargo: {text}\n", **{"case.yaml": changed}))
    told = problems(tmp_path)
    assert [line.split(" ")[0] for line in told] == ["case.yaml:6:", "stories/one.yaml:5:"]
    assert all(f"'{text}'" in line for line in told)


def test_check_tells_which_party_is_still_to_be_asked(tmp_path: Path) -> None:
    write_case(tmp_path, files(NOT_ASKED))
    assert problems(tmp_path) == [
        "stories/one.yaml:6: warning: the party has not been asked yet: until then no embed of the "
        "story is made"
    ]


def test_a_draft_says_on_page_and_picture_why_it_may_not_go_out(tmp_path: Path) -> None:
    with open_case(tmp_path, files(NOT_ASKED, **{"case.yaml": EMBARGO})) as case:
        made = embed_of(case, "one", draft=True)
        mark = (
            "DRAFT, not for publication · Embargo: not to be published before 2999-01-02 · "
            "Ring has not been asked for a reply yet"
        )
        page = embed_bytes(case, made, Profile.PUBLIC)
        assert f'<p class="stamp">{mark}</p>' in page.decode()
        assert (
            "DRAFT, not for publication"
            in picture_bytes(case, made, Profile.PUBLIC, "svg").decode()
        )
        with pytest.raises(UsageError, match="oEmbed folder is for publication"):
            oembed_files(made, page, "https://example.org/graph")


def test_a_build_marks_all_pages_under_embargo_and_the_story_that_waits(tmp_path: Path) -> None:
    def pages(case: Case) -> dict[str, str]:
        found = {n: data.decode() for n, data in build_files(case, Profile.PUBLIC).items()}
        return {name: text for name, text in found.items() if name.endswith(".html")}

    with open_case(tmp_path / "a", files(NOT_ASKED, **{"case.yaml": EMBARGO})) as case:
        found = pages(case)
    assert all("Embargo: not to be published before 2999-01-02" in p for p in found.values())
    assert "Ring has not been asked for a reply yet" in found["stories/one.html"]
    with open_case(tmp_path / "b", files(WAITING)) as case:
        assert not any('class="stamp"' in page for page in pages(case).values())


def test_all_that_a_build_and_an_export_write_under_embargo_bears_its_mark(tmp_path: Path) -> None:
    mark = "Embargo: not to be published before 2999-01-02"
    begins = {"graph.nq": f"# {mark}\n", "graph.ttl": f"# {mark}\n", "graph.cypher": f"// {mark}\n"}
    with open_case(tmp_path / "a", files(**{"case.yaml": EMBARGO})) as case:
        found = {n: data.decode() for n, data in build_files(case, Profile.PUBLIC).items()}
        exported = {
            form: export_bytes(case, form, Profile.PUBLIC).decode()
            for form in (
                "turtle",
                "nquads",
                "rdf12",
                "jsonld",
                "graphml",
                "gexf",
                "cypher",
                "pyvis",
            )
        }
        export_folder(case, "csv", Profile.PUBLIC, tmp_path / "csv")
        desk = export_bytes(case, "turtle", Profile.DESK).decode().partition("\n")[0]
    for name, begin in begins.items():
        assert found[name].startswith(begin)
    assert f"**{mark}**" in found["report.md"].split("\n")[:4]
    assert json.loads(found["report.json"])["stamp"] == mark
    assert [name for name, text in (found | exported).items() if mark not in text] == ["style.css"]
    assert desk == f"# {STAMP} · {mark}"
    assert (tmp_path / "csv" / "NOT-FOR-PUBLICATION.txt").read_text("utf-8") == f"{mark}\n"
    with open_case(tmp_path / "b", files()) as case:
        without = {n: data.decode() for n, data in build_files(case, Profile.PUBLIC).items()}
    assert json.loads(without["report.json"])["stamp"] is None
    for name, form in (("graph.nq", RdfFormat.N_QUADS), ("graph.ttl", RdfFormat.TURTLE)):
        assert found[name] == begins[name] + without[name]
        assert set(parse(found[name], format=form)) == set(parse(without[name], format=form))


def test_the_command_writes_nothing_when_it_refuses(tmp_path: Path) -> None:
    write_case(tmp_path, files(NOT_ASKED))
    wanted = ["embed", "one", "--case", str(tmp_path), "-o", str(tmp_path / "one.html")]
    refused = CliRunner().invoke(app, wanted)
    assert isinstance(refused.exception, NotReleased)
    assert not (tmp_path / "one.html").exists()
    assert CliRunner().invoke(app, [*wanted, "--draft"]).exit_code == 0
    assert "DRAFT" in (tmp_path / "one.html").read_text(encoding="utf-8")


RETRACTED = """
- decision: retract source
  source: a
  because: The paper took it back.
  by: first editor
  decided: 2026-11-23
"""
SHOWN = (
    STORY
    + """steps:
- text: Ring gave it.
  claims:
  - about: gift
    giver: Ring
"""
)


def test_a_story_whose_step_shows_what_is_retracted_goes_out_with_a_correction_only(
    tmp_path: Path,
) -> None:
    taken_back = {"decisions/one.yaml": RETRACTED}
    with open_case(tmp_path / "a", files(SHOWN)) as case:
        assert embed_of(case, "one")
    with (
        open_case(tmp_path / "b", files(SHOWN, **taken_back)) as case,
        pytest.raises(NotReleased, match=r"one.yaml:\d+: a step shows what is retracted: a gift"),
    ):
        embed_of(case, "one")
    corrected = SHOWN + "version: 2\ncorrection: The paper took it back.\n"
    with open_case(tmp_path / "c", files(corrected, **taken_back)) as case:
        assert embed_of(case, "one")


def test_check_finds_a_step_that_shows_what_is_retracted(tmp_path: Path) -> None:
    folder = write_case(tmp_path, files(SHOWN, **{"decisions/one.yaml": RETRACTED}))
    done = CliRunner().invoke(app, ["check", str(folder), "--strict"])
    assert done.exit_code == 1
    assert "stories/one.yaml:8: finding: a step shows what is retracted: a gift" in done.output
    told = SHOWN + "version: 2\ncorrection: The paper took it back.\n"
    write_case(folder, files(told, **{"decisions/one.yaml": RETRACTED}))
    assert CliRunner().invoke(app, ["check", str(folder), "--strict"]).exit_code == 0


def test_an_answer_drawn_under_embargo_bears_its_mark(tmp_path: Path) -> None:
    with open_case(tmp_path, files(**{"case.yaml": EMBARGO})) as case:
        page = case.ask("who-gave-what").embed().html()
    assert "not to be published before 2999-01-02" in page


def test_a_networkx_graph_under_embargo_bears_its_mark_and_so_does_its_page(tmp_path: Path) -> None:
    mark = "Embargo: not to be published before 2999-01-02"
    with open_case(tmp_path / "a", files(**{"case.yaml": EMBARGO})) as case:
        graph = case.to_networkx()
        assert graph.graph["stamp"] == mark
        assert case.to_networkx(Profile.DESK).graph["stamp"].startswith("DESK PROFILE")
        assert case.ask("who-gave-what").to_networkx().graph["stamp"] == mark
        assert case.analyse("components").to_networkx().graph["stamp"] == mark
    assert f'<p class="stamp">{mark}</p>' in from_networkx(graph).html()
    with open_case(tmp_path / "b", files()) as case:
        graph = case.to_networkx()
    assert "stamp" not in graph.graph
    assert 'class="stamp"' not in from_networkx(graph).html()


def test_commands_tell_of_an_embargo_beside_what_they_print(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", files(**{"case.yaml": EMBARGO}))
    for command in (
        ["build", str(folder)],
        ["export", "turtle", "--case", str(folder)],
        ["ask", "who-gave-what", "--case", str(folder)],
    ):
        done = CliRunner().invoke(app, command)
        assert done.exit_code == 0
        assert "Embargo: not to be published before 2999-01-02" in done.stderr


def test_a_withheld_name_that_is_not_at_hand_is_counted(tmp_path: Path) -> None:
    sealed = ENTITIES + "Person:\n  officer:\n    name: sealed\n    shown as: an officer\n"
    sealed += "    exposure: junior staff\n"
    folder = write_case(tmp_path, files(), entities=sealed)
    checked = CliRunner().invoke(app, ["check", str(folder)])
    assert "; 1 withheld name not at hand, not looked for anywhere" in checked.output
    built = CliRunner().invoke(app, ["build", str(folder)])
    assert built.exit_code == 0
    assert "not at hand, and not looked for in what was built: officer (" in built.stdout
