"""Each mistake in a case gives one clear message: the file, the line, what is wrong, what to do.

The whole list of problems is compared, so that nothing more is told than the mistake itself.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from sousveil.ledger.profile import Profile
from sousveil.pipeline.build import build
from sousveil.pipeline.case import Case, check_case
from tests.cases import CASE, ENTITIES, header, problems, source, write_case
from tests.servers import unavailable

GIFT = "- about: gift\n  at: 1\n  "
NUMBERS = "100, at least 100, more than 2,000, about 22,000, as many as 100"
DATES = "2020, 2020-07, 2020-07-16, about|before|from|until|as of 2020, 2016 to 2019"
AS_WRITTEN = "the relation, the value and 'during:' must be written as the source has them"


def said(lines: str) -> dict[str, str]:
    """Return a case in which Paper A says these lines about the gift, from line 10 on."""
    return {"sources/a.yaml": source("Paper A", GIFT + lines)}


def block(text: str) -> dict[str, str]:
    return {"sources/a.yaml": source("Paper A", text)}


LINES = [
    ("an unknown relation", said("reciever: Ring"),
     ["sources/a.yaml:10: no relation 'reciever'; did you mean 'receiver'?"]),
    ("a relation of another type", said("speaker: Ring"),
     ["sources/a.yaml:10: BenefitTransfer has no relation 'speaker' (it is for Statement)"]),
    ("a wrong range", said("giver: Pillar"),
     ["sources/a.yaml:10: 'Pillar' is a Program, wanted Agent"]),
    ("a relation of another type that is spelt like one of this type", said("buyer: Ring"),
     ["sources/a.yaml:10: BenefitTransfer has no relation 'buyer' (it is for Acquisition)"]),
    ("a relation twice", said("giver: Ring\n  giver: Acme"),
     ["sources/a.yaml:11: 'giver' is written twice (first in line 10); "
      "write several values as a list: [a, b]"]),
    ("two values where one is allowed", said("number of receivers: [1, 2]"),
     ["sources/a.yaml:10: 'number of receivers' takes one value, here are 2"]),
    ("a word as a date", said("date: No"), [f"sources/a.yaml:10: 'No' is not a date ({DATES})"]),
    ("an impossible date", said("date: 2021-13-07"),
     [f"sources/a.yaml:10: '2021-13-07' is not a possible date; a date is one of: {DATES}"]),
    ("a mistyped number", said("number of receivers: 2,01"),
     [f"sources/a.yaml:10: '2,01' is not a number with a bound ({NUMBERS})"]),
    ("a mistyped bound", said("number of receivers: at leats 100"),
     [f"sources/a.yaml:10: 'at leats 100' is not a number with a bound ({NUMBERS})"]),
    ("a number in another script", said("number of receivers: ٣"),
     [f"sources/a.yaml:10: '٣' is not a number with a bound ({NUMBERS})"]),
    ("a number without end", said(f"number of receivers: {'9' * 5000}"),
     ["sources/a.yaml:10: a number of 5000 digits; at most 30 are read"]),
    ("a year in another script", said("date: ２０２０"),
     [f"sources/a.yaml:10: '２０２０' is not a date ({DATES})"]),
    ("a date that is about about", said("date: about 2020~"),
     [f"sources/a.yaml:10: 'about 2020~' is not a date ({DATES})"]),
    ("a date that is open on both sides", said("date: ../.."),
     ["sources/a.yaml:10: '../..' is open on both sides: not a possible date; "
      f"a date is one of: {DATES}"]),
    ("a sign for a bound", said("number of receivers: >12"),
     ["sources/a.yaml:10: '>12': write 'more than 12'"]),
    ("a sign that YAML lets through", said("number of receivers: <= 2,000"),
     ["sources/a.yaml:10: '<= 2,000': write 'at most 2,000'"]),
    ("a colon in a text", said("giver: Flockworth: Safety"),
     ["sources/a.yaml:10: not YAML: a second ':' in the line "
      "(put the text on its own line after `|`)"]),
    ("words after a quotation mark", said("""effect: "a" b"""),
     ["sources/a.yaml:10: not YAML: words after a closing quotation mark, or a line too far right "
      "(put the text on its own line after `|`)"]),
    ("a character that begins no text", said("effect: @home"),
     ["sources/a.yaml:10: not YAML: a text cannot begin with this character "
      "(put the text on its own line after `|`)"]),
    ("a misspelt state", said("number of receivers: withehld (redacted)"),
     ["sources/a.yaml:10: 'withehld (redacted)': misspelt unknown, none, withheld or not stated? "
      "(text that begins so goes under `|`)"]),
    ("an unknown term", said("thing given: free devises"),
     ["sources/a.yaml:10: no term 'free devises'; did you mean 'free devices'?"]),
    ("an unknown name", said("giver: Acmee"),
     ["sources/a.yaml:10: nothing is called 'Acmee'; did you mean 'acme'?"]),
    ("a block about nobody", block("- about: gft\n  at: 1\n  giver: Ring"),
     ["sources/a.yaml:8: nothing is called 'gft'; did you mean 'gift'?"]),
    ("an unknown type of nothing known", {"entities/more.yaml": "Vendor:\n  v: V\n"},
     ["entities/more.yaml:1: no type 'Vendor'; `sousveil ontology docs` lists the types"]),
    ("a source published after it was read",
     {"sources/a.yaml": source("Paper A", GIFT + "giver: Ring", published="2027-02-03")},
     ["sources/a.yaml:1: warning: published 2027-02-03, after it was read (2026-11-23); "
      "which of the two is right?"]),
    ("a dangling via", block("- about: gift\n  at: 1\n  via: nobody-2020\n  giver: Ring"),
     ["sources/a.yaml:10: nothing is called 'nobody-2020'; add it as sources/nobody-2020.yaml"]),
    ("a source via itself", block("- about: gift\n  at: 1\n  via: a\n  giver: Ring"),
     ["sources/a.yaml:10: 'via:' goes in a circle through 'a'"]),
    ("an anchor", said("giver: &x Ring"),
     ["sources/a.yaml:10: an anchor (`&`); anchors and aliases are not read"]),
    ("an alias", said("giver: *x"),
     ["sources/a.yaml:10: an alias (`*`); write the words again, aliases are not read"]),
    ("a tag", said("giver: !!str Ring"),
     ["sources/a.yaml:10: a tag (`!`); everything is read as text, delete it"]),
    ("a text cut by a comment", said("effect: Case #7 asking owners"),
     ["sources/a.yaml:10: '#' would cut off the rest of this line: put the text under `|`"]),
    ("no place", block("- about: gift\n  giver: Ring"),
     ["sources/a.yaml:8: no 'at:' (paragraph, page or time): where does the source say it?"]),
    ("a validity on an event", block("- about: gift\n  at: 1\n  during: as of 2020\n  giver: Ring"),
     ["sources/a.yaml:10: an event has 'date:', not 'during:'"]),
    ("an empty value", said("giver:"), ["sources/a.yaml:10: 'giver:' is empty"]),
    ("a dispute about a claim nobody makes",
     block("- about: gift\n  at: 1\n  disputes:\n    giver: Ring"),
     [f"sources/a.yaml:11: disputes a claim that no source makes: {AS_WRITTEN}"]),
    ("a withdrawal outside a correction", said("giver: Ring\n  withdraws:\n    giver: Ring"),
     ["sources/a.yaml:12: 'withdraws:' belongs in a Correction that says 'corrects: KEY' "
      "in its header"]),
    ("a control character", said("effect: a\x07b"),
     ["sources/a.yaml:10: a control character (U+0007) in the text; delete it"]),
    ("a tab", {"sources/a.yaml": header("Paper A") + "says:\n\t- about: gift\n"},
     ["sources/a.yaml:7: a tab in the indentation; YAML takes spaces only"]),
    ("a second document",
     {"sources/a.yaml": source("Paper A", GIFT + "giver: Ring") + "---\nx: y\n"},
     ["sources/a.yaml:11: a second document (`---`); one per file"]),
    ("an unknown field", {"sources/a.yaml": "titel: x\n" + source("Paper A", GIFT + "giver: Ring")},
     ["sources/a.yaml:1: no field 'titel'; did you mean 'title'?"]),
    ("an unknown kind", {"sources/a.yaml": source("Paper A", GIFT + "giver: Ring", kind="Emial")},
     ["sources/a.yaml:2: no kind of source 'Emial'; did you mean 'Email'?"]),
    ("a capture outside the case",
     {"sources/a.yaml": source("Paper A", GIFT + "giver: Ring", capture="../x", sha256="0" * 64)},
     ["sources/a.yaml:6: '../x' leads out of the case folder; a capture is a file name, "
      "looked up in captures/ and in the folders given with --captures"]),
    ("a source nobody read",
     {"sources/a.yaml": "title: x\nkind: Email\npublisher: LAPD\npublished: not stated\n"},
     ["sources/a.yaml:1: nobody has read this: say 'known through:' or add 'read:' and 'says:'"]),
    ("a circle of via",
     {"sources/a.yaml": source("Paper A", "- about: gift\n  at: 1\n  via: b\n  giver: Ring"),
      "sources/b.yaml": source("Paper B", "- about: gift\n  at: 1\n  via: a\n  giver: Ring")},
     ["sources/a.yaml:11: 'via:' goes in a circle: a - b - a"]),
    ("a circle of based on",
     {"sources/a.yaml": source("Paper A", GIFT + "giver: Ring", based_on="b"),
      "sources/b.yaml": source("Paper B", GIFT + "giver: Ring", based_on="a")},
     ["sources/a.yaml:1: 'based on:' goes in a circle: a - b - a"]),
    ("a decision about a claim nobody makes",
     {"decisions/a.yaml": "- decision: choose value\n  claim:\n    about: gift\n    date: 2020\n"
                          "  because: x\n  by: y\n  decided: 2026-01-01\n"},
     [f"decisions/a.yaml:1: decided a claim that no source makes: {AS_WRITTEN}"]),
    ("a decision file that is no list", {"decisions/a.yaml": "decision: x\n"},
     ["decisions/a.yaml:1: a decision file is a list: '- decision: choose value'"]),
    ("judgements with a wrong head", {"judgements.csv": "left,right\n"},
     ["judgements.csv:1: the first line must be: left,right,verdict,by,decided,because"]),
    ("wrong judgements",
     {"judgements.csv": "left,right,verdict,by,decided,because\ngift,answer,smae,a,b,c\n"
                        "rng,gift,same,a,b,c\ngift,gift,same,a,b,c\nx\n"},
     ["judgements.csv:2: no verdict 'smae'; did you mean 'same'?",
      "judgements.csv:3: nothing is called 'rng'; did you mean 'ring'?",
      "judgements.csv:4: 'gift' and 'gift' are one entity already",
      "judgements.csv:5: 1 columns, wanted 6"]),
    ("another format", {"case.yaml": CASE.replace("format: 1", "format: 2")},
     ["case.yaml:1: format '2'; this version reads '1'"]),
    ("a case without base", {"case.yaml": "format: 1\ntitle: x\n"},
     ["case.yaml:1: 'base:' is missing"]),
    ("a wrong file name", {"sources/a.yml": "x: y\n"},
     ["sources/a.yml: rename it to end in .yaml"]),
]  # fmt: skip


@pytest.mark.parametrize(("files", "expected"), [pytest.param(f, e, id=n) for n, f, e in LINES])
def test_a_mistake_gives_its_message_and_nothing_else(
    files: dict[str, str], expected: list[str], tmp_path: Path
) -> None:
    assert problems(write_case(tmp_path, files)) == expected


PEOPLE = [
    ("Person:\n  x:\n    name: Joe Doe\n    exposure: junior staff\n",
     "entities/all.yaml:25: the name of a person of class 'junior staff' may not stand in the "
     "case: write 'name: sealed' and 'shown as:' with the role; the name goes to private/"),
    ("Person:\n  y: Jim\n",
     "entities/all.yaml:25: a Person needs 'exposure:', one of: author, junior staff, minor, "
     "private, public figure, public official, senior staff, spokesperson, wrongly accused"),
    ("Person:\n  z:\n    name: sealed\n    exposure: private\n",
     "entities/all.yaml:26: a sealed name needs 'shown as:' with the role"),
    ("Person:\n  w:\n    name: W\n    exposure: publik official\n",
     "entities/all.yaml:27: no exposure class 'publik official'; did you mean 'public official'?"),
    ("Compny:\n  x: X\n", "entities/all.yaml:24: no type 'Compny'; did you mean 'Company'?"),
    ("Place:\n  la:\n    name: Los Angeles\n    also: [LAPD]\n",
     "entities/all.yaml:27: 'LAPD' already means lapd (PoliceAgency, entities/all.yaml:5); "
     "a name stands for one thing per case"),
    ("Product:\n  ring: Ring camera\n",
     "entities/all.yaml:25: the key 'ring' is used twice (first in entities/all.yaml:2)"),
    ("Product:\n  Ring Camera: x\n",
     "entities/all.yaml:25: 'Ring Camera' is not a key: small letters, digits and single hyphens, "
     "at most 200 characters"),
]  # fmt: skip


@pytest.mark.parametrize(("added", "expected"), PEOPLE)
def test_a_mistake_in_an_entity_gives_its_message_and_nothing_else(
    added: str, expected: str, tmp_path: Path
) -> None:
    assert problems(write_case(tmp_path, said("giver: Ring"), entities=ENTITIES + added)) == [
        expected
    ]


def test_a_type_that_is_too_general_names_the_ones_below_it(tmp_path: Path) -> None:
    found = problems(write_case(tmp_path, {}, entities=ENTITIES + "PublicThing:\n  x: X\n"))
    assert len(found) == 1
    (general,) = problems(write_case(tmp_path / "b", {}, entities="Agent:\n  x: X\n"))
    assert general.startswith("entities/all.yaml:1: no type 'Agent'; it is too general, write one")
    assert "Company" in general


def bytes_of(folder: Path, change: bytes, by: bytes) -> list[str]:
    """Return the problems of a case after its source file's bytes were changed."""
    path = write_case(folder, said("giver: Ring")) / "sources" / "a.yaml"
    path.write_bytes(by if change == b"" else path.read_bytes().replace(change, by))
    return problems(folder)


def test_windows_line_ends_and_a_byte_order_mark_are_read_with_a_warning(tmp_path: Path) -> None:
    assert bytes_of(tmp_path / "a", b"\n", b"\r\n") == [
        "sources/a.yaml:1: warning: Windows line ends (CRLF), read as plain ones; save it with LF"
    ]
    assert bytes_of(tmp_path / "b", b"title", b"\xef\xbb\xbftitle") == [
        "sources/a.yaml:1: warning: starts with a byte order mark; save it as UTF-8 without one"
    ]


def test_bytes_that_are_not_utf_8_are_refused_with_their_line(tmp_path: Path) -> None:
    assert bytes_of(tmp_path, b"giver: Ring", b"effect: caf\xe9") == [
        "sources/a.yaml:10: not UTF-8; save the file in that encoding"
    ]


def test_a_link_out_of_the_case_folder_is_refused(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", said("giver: Ring"))
    (tmp_path / "outside.yaml").write_text("title: x\n", encoding="utf-8")
    (folder / "sources" / "b.yaml").symlink_to(tmp_path / "outside.yaml")
    assert problems(folder) == [
        "sources/b.yaml: is a link that leads out of the case folder; copy the file in"
    ]


def test_a_capture_whose_name_is_longer_than_a_disk_takes_is_not_at_hand(tmp_path: Path) -> None:
    name = "9" * 1_000
    text = source("Paper A", GIFT + "giver: Ring", capture=name, sha256="0" * 64)
    rows = check_case(write_case(tmp_path, {"sources/a.yaml": text}))
    assert not rows.problems.errors
    assert rows.missing_captures == {name}


def test_a_capture_that_cannot_be_read_is_told_with_its_line(tmp_path: Path) -> None:
    if not Path("/proc/self/mem").exists():
        unavailable("/proc/self/mem", "no file here that cannot be read")
    text = source("Paper A", GIFT + "giver: Ring", capture="x.txt", sha256="0" * 64)
    folder = write_case(tmp_path, {"sources/a.yaml": text})
    (folder / "captures").mkdir()
    (folder / "captures" / "x.txt").symlink_to("/proc/self/mem")
    assert problems(folder) == [
        "sources/a.yaml:6: cannot read the capture 'x.txt': Input/output error"
    ]


@pytest.mark.parametrize(("length", "told"), [(200, []), (201, [
    "entities/more.yaml:2: '{}' is not a key: small letters, digits and single hyphens, "
    "at most 200 characters"
])])  # fmt: skip
def test_a_key_is_no_longer_than_the_name_of_its_page_may_be(
    length: int, told: list[str], tmp_path: Path
) -> None:
    key = "a" * length
    folder = write_case(tmp_path / "case", {"entities/more.yaml": f"Company:\n  {key}: Long\n"})
    assert problems(folder) == [line.format(key) for line in told]
    if not told:
        with Case.open(folder) as case:
            build(case, tmp_path / "out", Profile.PUBLIC)
        assert (tmp_path / "out" / "things" / f"{key}.html").is_file()


def test_a_capture_is_checked_by_hash_passage_and_words(tmp_path: Path) -> None:
    raw = b"One.\n\nTwo has words.\n"
    good = hashlib.sha256(raw).hexdigest()

    def found(folder: Path, sha256: str, **more: str) -> list[str]:
        says = "- about: gift\n  at: {at}\n  giver: Ring\n  quote: {quote}"
        text = source(
            "Paper A",
            says.format(at=more.pop("at", "2"), quote=more.pop("quote", "has words")),
            capture="x.txt",
            sha256=sha256,
            **more,
        )
        write_case(folder, {"sources/a.yaml": text})
        (folder / "captures").mkdir()
        (folder / "captures" / "x.txt").write_bytes(raw)
        return problems(folder)

    one = hashlib.sha256(b"One.").hexdigest()[:16]
    two = hashlib.sha256(b"Two has words.").hexdigest()[:16]
    passages = f"\n  1: {one}\n  2: {two}"
    assert found(tmp_path / "a", good, passages=passages) == []
    assert found(tmp_path / "b", "0" * 64, passages=passages) == [
        "sources/a.yaml:6: the capture 'x.txt' is not the one recorded here: its SHA-256 is "
        f"{good}; a changed document is a new source"
    ]
    assert found(tmp_path / "c", good, passages=passages.replace(two, "0" * 16)) == [
        "sources/a.yaml:10: paragraph 2 of the capture is not the one recorded here"
    ]
    assert found(tmp_path / "d", good, passages=passages, at="3") == [
        "sources/a.yaml:14: no paragraph 3: the source has 2 paragraphs"
    ]
    assert found(tmp_path / "e", good, passages=passages, quote="other words") == [
        "sources/a.yaml:16: these words are not in paragraph 2"
    ]


def test_a_broken_source_makes_no_noise_elsewhere(tmp_path: Path) -> None:
    files = {
        **said('effect: "is an important" and lawful'),
        "sources/b.yaml": source(
            "Paper B",
            "- about: gift\n  at: 1\n  via: a\n  giver: Ring\n"
            "- about: gift\n  at: 2\n  disputes:\n    giver: Acme",
        ),
        "decisions/a.yaml": "- decision: leave open\n  claim:\n    about: gift\n    date: 2020\n"
        "  because: x\n  by: y\n  decided: 2026-01-01\n",
    }
    (found,) = problems(write_case(tmp_path, files))
    assert found.startswith("sources/a.yaml:10: not YAML: ")
    assert found.endswith("(put the text on its own line after `|`)")


def test_a_broken_entity_file_makes_no_noise_elsewhere(tmp_path: Path) -> None:
    (found,) = problems(
        write_case(tmp_path, said("giver: Ring"), entities="Company:\n  ring: Ring: x\n")
    )
    assert found.startswith("entities/all.yaml:2: not YAML: ")


def test_a_mistake_in_one_line_hides_no_mistake_in_another(tmp_path: Path) -> None:
    found = problems(
        write_case(tmp_path, said("givr: Ring\n  date: 2020-99\n  receiver: Nobody\n  effect: x"))
    )
    assert [line.split(": ")[0] for line in found] == [
        "sources/a.yaml:10",
        "sources/a.yaml:11",
        "sources/a.yaml:12",
    ]


def test_markup_in_a_name_is_text_and_no_mistake(tmp_path: Path) -> None:
    entities = ENTITIES.replace("acme: Acme", "acme: <script>alert(1)</script>")
    files = said("giver: <script>alert(1)</script>")
    assert problems(write_case(tmp_path, files, entities=entities)) == []
