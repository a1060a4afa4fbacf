"""The command line where things go wrong outside it: full disks, closed pipes, odd names, links."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from sousveil.cli import INTERRUPTED
from tests.cases import RING_LAPD, problems, source, write_case
from tests.servers import unavailable

SOUSVEIL = str(Path(sys.executable).parent / "sousveil")
FULL = Path("/dev/full")
GOOD = {"sources/a.yaml": source("Paper A", "- about: gift\n  at: 1\n  giver: Ring")}
CASE = ("--case", str(RING_LAPD))
BENEFITS = ("ask", "who-received-benefits")


def run(
    *words: str | Path, folder: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the installed command; whatever happens, it prints no traceback."""
    done = subprocess.run(
        [SOUSVEIL, *words],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done


@pytest.mark.parametrize("words", [("check", str(RING_LAPD)), ("export", "nquads", *CASE)])
def test_a_full_disk_behind_standard_output_is_told_and_ends_with_3(words: tuple[str, ...]) -> None:
    if not FULL.exists():
        unavailable("dev-full", "this system has no /dev/full")
    with FULL.open("wb") as full:
        done = subprocess.run(
            [SOUSVEIL, *words], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (done.returncode, done.stderr) == (
        3,
        "sousveil: cannot write the output: No space left on device\n",
    )


@pytest.mark.parametrize("words", [("ask",), ("check", str(RING_LAPD)), ("export", "pyvis", *CASE)])
def test_a_pipe_that_is_closed_from_the_start_makes_no_noise(words: tuple[str, ...]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [SOUSVEIL, *words], stdout=writer, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writer)
    assert done.stderr == ""


def test_a_terminal_without_unicode_shows_escapes_and_fails_not(tmp_path: Path) -> None:
    entities = "Company:\n  x: Überwachung 🚔\n"
    write_case(tmp_path, {}, entities=entities)
    done = run("show", "x", folder=tmp_path, PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "\\xdcberwachung \\U0001f694" in done.stdout


TITLES = [
    "Police: # cameras",
    '"x',
    "Ends:",
    "- x",
    "#x",
    "a #b",
    "~",
    "!!str a",
    "|",
    "{a",
    "Ünï?",
]


@pytest.mark.parametrize("title", TITLES)
def test_any_title_makes_a_case_that_passes_check(title: str, tmp_path: Path) -> None:
    assert run("new", "riverton", "--title", title, folder=tmp_path).returncode == 0
    assert problems(tmp_path / "riverton") == []
    shown = run("build", "riverton", folder=tmp_path)
    assert title in shown.stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--base", "foo"], "--base: 'foo' is not an http(s) IRI that ends in / or #"),
        (["--title", "a\x07b"], r"title 'a\x07b' holds a character that is no text"),
    ],
)
def test_a_case_that_would_not_pass_check_is_not_started(
    words: list[str], says: str, tmp_path: Path
) -> None:
    done = run("new", "riverton", *words, folder=tmp_path)
    assert done.returncode == 2
    assert says in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["x: y#.txt", "#z.txt", "'q.txt", "Ä b.txt"])
def test_a_document_of_any_name_makes_a_source_that_passes_check(name: str, tmp_path: Path) -> None:
    run("new", "c", folder=tmp_path)
    (tmp_path / name).write_text("One.\n\nTwo.\n", encoding="utf-8")
    done = run(
        "source", "new", name, "--case", "c", "--key", "doc", "--publisher", "Our desk",
        "--read", "2026-11-23", "--title", "Ends:", folder=tmp_path,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert problems(tmp_path / "c") == []
    assert (tmp_path / "c" / "captures" / name).is_file()


@pytest.mark.parametrize("name", [b"\xff.txt", b"a\nb.txt"])
def test_a_document_whose_name_is_no_text_is_refused(name: bytes, tmp_path: Path) -> None:
    run("new", "c", folder=tmp_path)
    path = tmp_path / os.fsdecode(name)
    path.write_text("One.\n", encoding="utf-8")
    assert run("source", "new", path, "--case", "c", "--key", "d", folder=tmp_path).returncode == 2
    assert not (tmp_path / "c" / "captures").exists()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.txt", b"  <!DOCTYPE html><p>x", "is HTML or PDF"),
        ("b.txt", b"%PDF-1.7\n", "is HTML or PDF"),
        ("c.txt", b"\xff\xfe\x00", "is not UTF-8 text"),
        ("d.txt", b" \n\n ", "is empty"),
        ("folder", None, "cannot be read"),
        ("missing.txt", b"", "is empty"),
    ],
)
def test_a_document_that_is_no_text_is_refused_with_advice(
    name: str, data: bytes | None, says: str, tmp_path: Path
) -> None:
    run("new", "c", folder=tmp_path)
    if data is None:
        (tmp_path / name).mkdir()
    else:
        (tmp_path / name).write_bytes(data)
    done = run("source", "new", name, "--case", "c", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert list((tmp_path / "c" / "sources").iterdir()) == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--read", "2026-13-40"], "--read: '2026-13-40' is not a possible date"),
        (["--read", "2026-11-23, half"], "--read: 'half': how much was read is one of: whole"),
        (["--published", "4/5/2021"], "--published: '4/5/2021' is not a date"),
        (["--kind", "NewsArtikle"], "--kind: no kind of source 'NewsArtikle'; did you mean 'News"),
        (["--publisher", "Our dekk"], "--publisher: nothing is called 'Our dekk'; did you mean"),
        (["--url", "example.org"], "--url: 'example.org' is not an http(s) address"),
    ],
)
def test_a_wrong_option_of_a_new_source_is_refused_before_anything_is_written(
    words: list[str], says: str, tmp_path: Path
) -> None:
    run("new", "c", folder=tmp_path)
    (tmp_path / "x.txt").write_text("One.\n", encoding="utf-8")
    done = run("source", "new", "x.txt", "--case", "c", *words, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert not (tmp_path / "c" / "captures").exists()
    assert list((tmp_path / "c" / "sources").iterdir()) == []


def test_a_new_source_says_what_is_missing_and_what_to_do_when_it_is_there(tmp_path: Path) -> None:
    run("new", "c", folder=tmp_path)
    (tmp_path / "x.txt").write_text("One.\n", encoding="utf-8")
    asked = ("source", "new", "x.txt", "--case", "c")
    shown = run(*asked, folder=tmp_path).stdout
    assert "still to fill in: 'title:' (now the name of the file), 'publisher:', 'read:'" in shown
    assert "lies inside the case" not in shown
    again = run(*asked, folder=tmp_path)
    assert again.returncode == 2
    assert "is there already; edit it, delete it, or give another key with --key" in again.stderr


def test_a_document_that_lies_open_in_the_case_is_told(tmp_path: Path) -> None:
    run("new", "c", folder=tmp_path)
    (tmp_path / "c" / "x.txt").write_text("One.\n", encoding="utf-8")
    shown = run("source", "new", "x.txt", folder=tmp_path / "c").stdout
    assert "'x.txt' itself still lies inside the case, where git would take it in" in shown
    checked = run("check", folder=tmp_path / "c").stdout
    assert "x.txt: warning: no part of the case, but git would take it in" in checked


def test_a_capture_that_is_gone_is_counted_and_spoils_nothing(tmp_path: Path) -> None:
    run("new", "c", folder=tmp_path)
    (tmp_path / "x.txt").write_text("One.\n", encoding="utf-8")
    fields = ("--publisher", "Our desk", "--read", "2026-11-23")
    run("source", "new", "x.txt", "--case", "c", *fields, folder=tmp_path)
    assert run("check", "c", "--strict", folder=tmp_path).stdout == (
        "no problems, no findings in 1 source, 0 claims\n"
    )
    (tmp_path / "c" / "captures" / "x.txt").unlink()
    done = run("check", "c", "--strict", folder=tmp_path)
    assert (done.returncode, done.stdout) == (
        0,
        "no problems, no findings in 1 source, 0 claims; "
        "1 capture not at hand, words not checked there\n",
    )


def test_a_capture_that_alone_is_gone_is_named_and_a_folder_is_none(tmp_path: Path) -> None:
    run("new", "c", folder=tmp_path)
    for name in ("x.txt", "y.txt"):
        (tmp_path / name).write_text(f"One of {name}.\n", encoding="utf-8")
        fields = ("--publisher", "Our desk", "--read", "2026-11-23")
        run("source", "new", name, "--case", "c", *fields, folder=tmp_path)
    shelf = tmp_path / "c" / "captures"
    (shelf / "x.txt").unlink()
    told = run("check", "c", folder=tmp_path).stdout
    assert "; 1 capture not at hand (x.txt), words not checked there" in told
    (shelf / "x.txt").mkdir()
    done = run("check", "c", folder=tmp_path)
    assert done.returncode == 1
    assert "the capture 'x.txt' is a folder; it must be a file" in done.stdout


def test_a_dash_is_standard_output(tmp_path: Path) -> None:
    case = write_case(tmp_path / "case", GOOD)
    for words in (
        ("export", "turtle"),
        ("embed", "gift"),
        ("ask", "single-origin-facts", "--format", "csv"),
    ):
        plain = run(*words, "--case", str(case), folder=tmp_path)
        dashed = run(*words, "--case", str(case), "-o", "-", folder=tmp_path)
        assert (dashed.returncode, dashed.stdout) == (0, plain.stdout), dashed.stderr
        assert plain.stdout
    assert run("export", "csv", "-o", "-", "--case", str(case), folder=tmp_path).returncode == 2
    assert not (tmp_path / "-").exists()


def test_the_password_of_a_server_is_wanted_before_the_work(tmp_path: Path) -> None:
    case = write_case(tmp_path / "case", GOOD)
    done = run("build", str(case), "--uri", "bolt://127.0.0.1:9", folder=tmp_path)
    assert (done.returncode, "set NEO4J_PASSWORD" in done.stderr) == (2, True)
    assert not (case / "build").exists()


def test_check_in_a_folder_of_a_case_names_the_case(tmp_path: Path) -> None:
    run("new", "c", folder=tmp_path)
    done = run("check", "sources", folder=tmp_path / "c")
    assert done.returncode == 2
    assert "it has no case.yaml; 'sources' lies in the case 'c': name that folder" in done.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((*BENEFITS, "--givr", "x", "--body", "x"), "did you mean 'giver'"),
        (("export", "turtel"), "no format 'turtel'; did you mean 'turtle'?"),
        (("export", "turtle", "--profile", "desc"), "no profile 'desc'"),
        (("show", "Ring", "--profile", "desc"), "no profile 'desc'"),
    ],
)
def test_options_are_checked_before_the_files_of_the_case(
    words: tuple[str, ...], says: str, tmp_path: Path
) -> None:
    folder = write_case(tmp_path, {"sources/a.yaml": "x: y: z\n"})
    done = run(*words, "--case", folder)
    assert done.returncode == 2
    assert says in done.stderr
    assert "not YAML" not in done.stderr


def test_a_name_that_a_case_lacks_is_told_with_its_option(tmp_path: Path) -> None:
    folder = write_case(tmp_path, GOOD)
    done = run(*BENEFITS, "--giver", "Zzz", "--body", "LAPD", "--case", folder)
    assert done.returncode == 2
    assert "--giver: nothing in this case is called 'Zzz'" in done.stderr


@pytest.mark.parametrize(("short", "long"), [("ttl", "turtle"), ("nq", "nquads")])
def test_the_ending_of_a_file_stands_for_its_format(short: str, long: str) -> None:
    assert run("export", short, *CASE).stdout == run("export", long, *CASE).stdout != ""


def test_another_document_of_the_same_name_does_not_replace_a_capture(tmp_path: Path) -> None:
    run("new", "c", folder=tmp_path)
    (tmp_path / "x.txt").write_text("One.\n", encoding="utf-8")
    run("source", "new", "x.txt", "--case", "c", folder=tmp_path)
    (tmp_path / "x.txt").write_text("Other.\n", encoding="utf-8")
    done = run("source", "new", "x.txt", "--case", "c", "--key", "y", folder=tmp_path)
    assert done.returncode == 2
    assert "is another document; rename 'x.txt' first" in done.stderr
    assert (tmp_path / "c" / "captures" / "x.txt").read_text(encoding="utf-8") == "One.\n"


def test_a_build_into_a_linked_folder_fills_the_folder_and_keeps_the_link(tmp_path: Path) -> None:
    case = write_case(tmp_path / "case", GOOD)
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    for _ in range(2):
        assert run("build", case, "-o", "link", folder=tmp_path).returncode == 0
        assert (tmp_path / "link").is_symlink()
        assert (tmp_path / "real" / "graph.nq").is_file()
        assert sorted(p.name for p in tmp_path.iterdir()) == ["case", "link", "real"]


def test_a_build_onto_a_file_leaves_the_file(tmp_path: Path) -> None:
    case = write_case(tmp_path / "case", GOOD)
    (tmp_path / "notes").write_text("mine", encoding="utf-8")
    done = run("build", case, "-o", tmp_path / "notes")
    assert done.returncode == 2
    assert "is a file; name a folder to build into" in done.stderr
    assert (tmp_path / "notes").read_text(encoding="utf-8") == "mine"


def test_an_export_below_a_file_ends_with_3(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("mine", encoding="utf-8")
    done = run("export", "turtle", *CASE, "-o", tmp_path / "notes" / "x.ttl")
    assert done.returncode == 3
    assert "cannot write" in done.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["ask", "who-recieved-benefits"], "did you mean 'who-received-benefits'?"),
        ([*BENEFITS, "--givr", "Ring", "--body", "LAPD"], "did you mean 'giver'"),
        ([*BENEFITS, "--giver", "Ring"], "needs --body"),
        ([*BENEFITS, "--giver"], "--giver needs a value"),
        ([*BENEFITS, "--giver", "Ring", "--giver", "ADT"], "--giver is given twice"),
        (
            [*BENEFITS, "--giver", "Ring", "--body", "Pillar"],
            "--body: 'Pillar' is an AmbassadorProgram, wanted Agent",
        ),
        ([*BENEFITS, "--giver", "Rong", "--body", "LAPD"], "did you mean 'Ring' or"),
        (["ask", "--giver", "Ring"], "name the question first"),
    ],
)
def test_a_question_put_wrongly_is_answered_with_what_is_wanted(
    words: list[str], says: str
) -> None:
    done = run(*words, "--case", str(RING_LAPD))
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr


def test_a_misspelt_question_is_told_outside_of_any_case(tmp_path: Path) -> None:
    done = run("ask", "who-recieved-benefits", folder=tmp_path)
    assert "did you mean 'who-received-benefits'?" in done.stderr


def test_the_list_of_questions_names_each_with_its_parameters() -> None:
    shown = run("ask").stdout
    for name in ("who-received-benefits", "who-asked-for-footage", "reach-of-a-request"):
        assert f"{name}\n" in shown
    assert "who-received-benefits\n" in shown
    assert "--giver NAME --body NAME" in shown


def test_each_format_of_an_answer_holds_every_claim_of_it() -> None:
    asked = (*BENEFITS, "--giver", "Ring", "--body", "LAPD", *CASE, "--format")
    data = json.loads(run(*asked, "json").stdout)
    values = {row["values"]["value"]["words"] for row in data["rows"]}
    assert {"100", "at least 100"} <= values
    rows = list(csv.DictReader(io.StringIO(run(*asked, "csv").stdout)))
    assert {row["claim"] for row in rows} == {row["claims"][0]["id"] for row in data["rows"]}
    table, markdown = run(*asked, "table").stdout, run(*asked, "md").stdout
    for number, value in enumerate(values, start=1):
        assert value in table
        assert value in markdown
        assert f"[^{number}]: " in markdown


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@x"])
def test_a_value_that_is_a_formula_reaches_a_spreadsheet_as_text(
    start: str, tmp_path: Path
) -> None:
    entities = (
        f"Company:\n  ring: |\n    {start}|calc\nNewsOrganization:\n  paper-a: |\n    {start}\n"
        "Group:\n  officers: LAPD officers\nBenefitTransfer:\n  gift: |\n"
        f"    {start} gift\n"
    )
    says = "- about: gift\n  at: |\n    =2\n  giver: ring\n  receiver: officers"
    write_case(tmp_path, {"sources/a.yaml": source("paper-a", says)}, entities=entities)
    asked = (*BENEFITS, "--giver", "ring", "--body", "officers", "--format", "csv")
    rows = list(csv.reader(io.StringIO(run(*asked, folder=tmp_path).stdout)))
    assert len(rows) == 3
    for row in rows:
        assert not [cell for cell in row if cell[:1] in ("=", "+", "-", "@", "\t")]
    assert f"'{start}|calc" in rows[1]


def test_a_file_is_written_through_a_link_and_into_a_pipe(tmp_path: Path) -> None:
    target, link, pipe = (tmp_path / name for name in ("target.ttl", "link.ttl", "pipe"))
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    os.mkfifo(pipe)
    words = ("export", "turtle", *CASE, "-o")
    wanted = run("export", "turtle", *CASE).stdout
    assert run(*words, link).returncode == 0
    assert link.is_symlink()
    assert target.read_text("utf-8") == wanted
    with subprocess.Popen([SOUSVEIL, *words, str(pipe)], stdout=subprocess.DEVNULL) as writing:
        assert pipe.read_text("utf-8") == wanted
    assert writing.returncode == 0
    assert pipe.is_fifo()


def test_a_device_is_written_to_and_stays_one(tmp_path: Path) -> None:
    if not FULL.exists():
        unavailable("dev-full", "this system has no /dev/full")
    full = tmp_path / "full"  # a link: the device itself is nothing to try this with
    full.symlink_to(FULL)
    done = run("export", "turtle", *CASE, "-o", full)
    assert (done.returncode, done.stderr) == (
        3,
        f"sousveil: cannot write '{full}': the disk is full\n",
    )
    assert full.is_symlink()
    assert FULL.is_char_device()


@pytest.mark.parametrize("closed", ["stdout", "stderr"])
def test_a_closed_stream_spoils_nothing(closed: str) -> None:
    number = {"stdout": 1, "stderr": 2}[closed]
    done = subprocess.run(
        ["sh", "-c", f'exec "$0" "$@" {number}>&-', SOUSVEIL, "show", "Ring", *CASE],
        capture_output=True,
        text=True,
        check=False,
    )
    wanted = run("show", "Ring", *CASE).stdout if closed == "stderr" else ""
    assert (done.returncode, done.stdout, done.stderr) == (0, wanted, "")


@pytest.mark.parametrize("name", ["nosuch", "file.txt"])
def test_a_folder_of_captures_that_is_none_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "file.txt").write_text("text", encoding="utf-8")
    done = run("check", str(RING_LAPD), "--captures", tmp_path / name)
    assert done.returncode == 2
    assert f"{tmp_path / name}" in done.stderr


STARTED = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background has it ignored
from sousveil.cli import main
print("started", flush=True)
main()
"""
LONG_QUERY = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from sousveil.cli import app, main
from sousveil.ledger.tables import memory_connection
def asked(_):
    print("started", flush=True)
    memory_connection().execute("SELECT sum(sin(range)) FROM range(100000000000)").fetchall()
app.app = asked
main()
"""


LOADING = """
import os, signal, time
from importlib.machinery import ExtensionFileLoader
signal.signal(signal.SIGINT, signal.default_int_handler)
from sousveil.cli import app, main
class Loader(ExtensionFileLoader):
    def exec_module(self, module):
        try:
            print("started", flush=True)
            time.sleep(60)
        except KeyboardInterrupt:
            os.abort()  # as DuckDB does while it is loaded
app.app = lambda _: Loader("module", "module.so").exec_module(None)
main()
"""


def interrupted(program: str, *words: str, after: float) -> tuple[int, str]:
    """Interrupt a program so many seconds after it said that it started; its code, what it told."""
    with subprocess.Popen(
        [sys.executable, "-c", program, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "started\n"
        with suppress(subprocess.TimeoutExpired):
            process.wait(after)
        process.send_signal(signal.SIGINT)
        try:
            _, told = process.communicate(timeout=120)
        finally:
            process.kill()
    return process.returncode, told


@pytest.mark.parametrize("after", [0.1, 0.3, 0.6, 0.9, 1.2, 1.5])
def test_an_interrupted_build_ends_with_130_and_no_traceback(after: float, tmp_path: Path) -> None:
    """Before it has begun, it is Python that ends, with a traceback of its own."""
    case = write_case(tmp_path / "case", GOOD)
    code, told = interrupted(STARTED, "build", str(case), after=after)
    assert code in (0, INTERRUPTED)
    assert told == "sousveil: interrupted\n" or code == 0


def test_ctrl_c_while_a_module_in_c_is_loaded_aborts_nothing() -> None:
    assert interrupted(LOADING, after=0.2) == (INTERRUPTED, "sousveil: interrupted\n")


def test_an_interrupted_query_ends_with_130() -> None:
    """DuckDB tells of Ctrl-C in a RuntimeError when the signal reaches it first.

    With more than the one thread that the program gives it, it may not end at all.
    """
    assert interrupted(LONG_QUERY, after=0.5) == (INTERRUPTED, "sousveil: interrupted\n")
