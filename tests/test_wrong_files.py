"""Mistakes in headers, entities, decisions and files: one message each, and nothing that follows.

The lines of blocks are in test_wrong_input.py; here is what stands around them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sousveil.errors import SousveilError
from sousveil.pipeline.case import Case
from tests.cases import CASE, ENTITIES, header, open_case, problems, source, write_case

GIFT = "- about: gift\n  at: 1\n  "
RING = GIFT + "giver: Ring"
GOOD = {"sources/a.yaml": source("Paper A", RING)}
DATES = "2020, 2020-07, 2020-07-16, about|before|from|until|as of 2020, 2016 to 2019"
AS_WRITTEN = "the relation, the value and 'during:' must be written as the source has them"
BY = "  because: x\n  by: Ann B\n  decided: 2026-01-01\n"
JOE = ENTITIES + "Person:\n  joe:\n    name: sealed\n    shown as: a man\n    exposure: private\n"
UNREAD = "title: x\nkind: Email\npublisher: LAPD\npublished: not stated\n"
JUDGED = "left,right,verdict,by,decided,because\n"


def a(text: str, **more: str) -> dict[str, str]:
    """Return a case with one source, whose blocks begin in line 8 (9 with one more field)."""
    return {"sources/a.yaml": source("Paper A", text, **more)}


def decided(text: str) -> dict[str, str]:
    return {**GOOD, "decisions/a.yaml": text}


FILES = [
    # headers of sources
    ("a source based on itself", a(RING, based_on="a"),
     ["sources/a.yaml:6: 'based on:' names this source itself; name another one"]),
    ("a source known through itself", {"sources/a.yaml": UNREAD + "known through: a\n"},
     ["sources/a.yaml:5: 'known through:' names this source itself; name another one"]),
    ("known through nobody", {"sources/a.yaml": UNREAD + "known through: bb\n"},
     ["sources/a.yaml:5: nothing is called 'bb'; add it as sources/bb.yaml"]),
    ("a withdrawal from an unknown source",
     a(RING + "\n  withdraws:\n    giver: Ring", kind="Correction", corrects="bb"),
     ["sources/a.yaml:6: nothing is called 'bb'; add it as sources/bb.yaml"]),
    ("a correction of nothing", a(RING, kind="Correction"),
     ["sources/a.yaml:1: a Correction names what it corrects: 'corrects: KEY'"]),
    ("a withdrawal of what nobody said",
     {**GOOD, "sources/b.yaml": source("Paper A", GIFT + "withdraws:\n    giver: Acme",
                                       kind="Correction", corrects="a")},
     [f"sources/b.yaml:12: withdraws a claim that no source makes: {AS_WRITTEN}"]),
    ("read on an impossible day", a(RING, read="2026-13-23"),
     [f"sources/a.yaml:5: '2026-13-23' is not a possible date; a date is one of: {DATES}"]),
    ("read on no day", a(RING, read=""), ["sources/a.yaml:5: 'read:' is empty"]),
    ("read by halves", a(RING, read="2026-11-23, half"),
     ["sources/a.yaml:5: 'half': how much was read is one of: whole, excerpt, headline"]),
    ("several publishers", {"sources/a.yaml": source("[Paper A, Paper B]", RING)},
     ["sources/a.yaml:3: 'publisher:' takes one text, not a list"]),
    ("an address that is none", a(RING, url="javascript:alert(1)"),
     ["sources/a.yaml:6: 'javascript:alert(1)' is not an http(s) address"]),
    ("a capture without hash", a(RING, capture="x.txt"),
     ["sources/a.yaml:6: 'capture:' needs 'sha256:' beside it"]),
    ("a hash that is none", a(RING, sha256="abc"),
     ["sources/a.yaml:6: 'sha256:' takes 64 hexadecimal digits"]),
    ("an absolute capture", a(RING, capture="/etc/passwd", sha256="0" * 64),
     ["sources/a.yaml:6: '/etc/passwd' leads out of the case folder; a capture is a file name, "
      "looked up in captures/ and in the folders given with --captures"]),
    ("an empty source", {"sources/a.yaml": "# nothing\n"},
     ["sources/a.yaml: is empty; `sousveil source new FILE` writes a header"]),
    ("a source that is a list", {"sources/a.yaml": "- x\n"},
     ["sources/a.yaml:1: a source file begins with 'title:'"]),
    ("says that is no list", {"sources/a.yaml": header("Paper A") + "says: nothing\n"},
     ["sources/a.yaml:6: 'says:' is a list of blocks: '- about: ...'"]),
    ("a block that is a text", {"sources/a.yaml": header("Paper A") + "says:\n- nothing\n"},
     ["sources/a.yaml:7: a block begins with '- about: ...'"]),
    ("a file name that is no key", {"sources/A b.yaml": source("Paper A", RING)},
     ["sources/A b.yaml: the file name 'A b' is not a key: small letters, digits and single "
      "hyphens, at most 200 characters"]),
    # words of a block
    ("an empty validity", a("- about: Ring\n  at: 1\n  during:\n  part of: Acme"),
     ["sources/a.yaml:10: 'during:' is empty"]),
    ("an empty quotation", a(RING + "\n  quote:"), ["sources/a.yaml:11: 'quote:' is empty"]),
    ("an empty place", a("- about: gift\n  at:\n  giver: Ring"),
     ["sources/a.yaml:9: 'at:' is empty"]),
    ("two places", a("- about: gift\n  at: [1, 2]\n  giver: Ring"),
     ["sources/a.yaml:9: 'at:' takes one text, not a list"]),
    ("a dispute without relation", a(GIFT + "disputes: Ring"),
     ["sources/a.yaml:10: 'disputes:' takes lines of 'word: value'"]),
    ("a line without colon", a(GIFT + "giver\n  receiver: Ring"),
     ["sources/a.yaml:10: a line without ':'; each is 'word: value'"]),
    ("a mapping as value", a(GIFT + "giver: {a: b}"),
     ["sources/a.yaml:10: 'giver:' takes a text or a list of texts"]),
    ("a list as key", a(RING + "\n  ? [a]\n  : b"),
     ["sources/a.yaml:11: a key must be a word, not a list or a mapping"]),
    ("an escaped control character", a(GIFT + r'effect: "a\x07b"'),
     ["sources/a.yaml:10: a control character (U+0007) in the text; delete it"]),
    ("half a character", a(GIFT + r'effect: "\ud800"'),
     ["sources/a.yaml:10: not YAML: found invalid Unicode character escape code "
      "(put the text on its own line after `|`)"]),
    ("lists without end", a(GIFT + f"effect: {'[' * 3000}{']' * 3000}"),
     ["sources/a.yaml:10: lists within lists, more than 20 deep"]),
    # circles
    ("a circle of three", {
        "sources/a.yaml": source("Paper A", GIFT + "via: b\n  giver: Ring"),
        "sources/b.yaml": source("Paper B", GIFT + "via: c\n  giver: Ring"),
        "sources/c.yaml": source("Paper C", GIFT + "via: a\n  giver: Ring")},
     ["sources/a.yaml:11: 'via:' goes in a circle: a - b - c - a"]),
    ("a circle between two that others name", {
        "sources/a.yaml": source("Paper A", GIFT + "via: [c, d]\n  giver: Ring"),
        "sources/b.yaml": source("Paper A", GIFT + "via: [d, c]\n  giver: Ring"),
        "sources/c.yaml": source("Paper B", RING), "sources/d.yaml": source("Paper C", RING)},
     ["sources/a.yaml:11: 'via:' goes in a circle: c - d - c"]),
    ("a circle of via and based on", {
        "sources/a.yaml": source("Paper A", GIFT + "via: b\n  giver: Ring"),
        "sources/b.yaml": source("Paper B", GIFT + "date: 2020", based_on="a")},
     ["sources/a.yaml:11: 'via:' goes in a circle: a - b - a"]),
    # decisions
    ("a decision about nobody",
     decided("- decision: choose value\n  claim:\n    about: gft\n    date: 2020\n" + BY),
     ["decisions/a.yaml:3: nothing is called 'gft'; did you mean 'gift'?"]),
    ("a decision with an unknown relation",
     decided("- decision: choose value\n  claim:\n    about: gift\n    dat: 2020\n" + BY),
     ["decisions/a.yaml:4: no relation 'dat'; did you mean 'date'?"]),
    ("a decision about nothing", decided("- decision: choose value\n" + BY),
     ["decisions/a.yaml:1: 'claim:' with 'about:' is missing"]),
    ("a claim without relation",
     decided("- decision: leave open\n  claim:\n    about: gift\n" + BY),
     ["decisions/a.yaml:3: names no relation: add 'relation: value'"]),
    ("a correction with two mistakes",
     decided("- decision: correct\n  was:\n    about: gift\n    giver: Rong\n  now:\n"
             "    about: gift\n    giver: Ring\n  because: x\n  by: y\n  decided: 2026-13-01\n"),
     ["decisions/a.yaml:4: nothing is called 'Rong'; did you mean 'ring'?",
      "decisions/a.yaml:10: '2026-13-01' is not a possible date; write 2026-11-23"]),
    ("an unknown decision", decided("- decision: chose value\n" + BY),
     ["decisions/a.yaml:1: no decision 'chose value'; did you mean 'choose value'?"]),
    ("an unknown field of a decision",
     decided("- decision: retract source\n  source: a\n  becuase: x\n" + BY),
     ["decisions/a.yaml:3: no field 'becuase'; did you mean 'because'?"]),
    ("a retraction of an unknown source",
     decided("- decision: retract source\n  source: zz\n" + BY),
     ["decisions/a.yaml:2: nothing is called 'zz'; add it as sources/zz.yaml"]),
    # judgements
    ("a judgement on no day",
     {**GOOD, "judgements.csv": JUDGED + "answer,answer-again,same,me,yesterday,c\n"},
     ["judgements.csv:2: 'yesterday' is not a date in EDTF; write 2026-11-23"]),
    ("an open quotation mark", {**GOOD, "judgements.csv": JUDGED + 'answer,"b,same,me,2026,c\n'},
     ["judgements.csv:2: not CSV: unexpected end of data"]),
    # the case
    ("an unknown field of the case", {"case.yaml": CASE + "licens: x\n"},
     ["case.yaml:7: no field 'licens'; did you mean 'licence'?"]),
    ("a case file that is not YAML", {"case.yaml": CASE + "x: y: z\n"},
     ["case.yaml:7: not YAML: a second ':' in the line "
      "(put the text on its own line after `|`)"]),
    ("a case file that is a list", {"case.yaml": "- a\n"},
     ["case.yaml:1: needs lines of 'word: value', at least format, title and base"]),
    ("an empty case file", {"case.yaml": "# a\n"},
     ["case.yaml:1: needs lines of 'word: value', at least format, title and base"]),
    ("a base that is no address", {"case.yaml": CASE.replace("base: http", "base: ftp")},
     ["case.yaml:3: 'ftps://example.org/case/small/' is not an http(s) IRI that ends in / or #"]),
    ("a language that is none", {"case.yaml": CASE.replace("language: en", "language: English")},
     ["case.yaml:4: 'English' is no language tag: en"]),
    # the top of the case
    ("an article left at the top", {**GOOD, "gazette.txt": "One.\n"},
     ["gazette.txt: warning: no part of the case, but git would take it in as it lies here; "
      "a saved document belongs in captures/"]),
    ("a misspelt folder", {**GOOD, "entites/x.yaml": "x: y"},
     ["entites: warning: a folder that is no part of the case, not read; "
      "did you mean 'entities'?"]),
    ("a misspelt file", {**GOOD, "judgments.csv": JUDGED},
     ["judgments.csv: warning: no part of the case, but git would take it in as it lies here; "
      "did you mean 'judgements.csv'?"]),
    ("what goes with any case", {**GOOD, "README.md": "x", "LICENSE": "x", ".gitignore": "x",
                                 "captures/x.txt": "x", "out/.sousveil-build": "", "out/x": ""},
     []),
    # folders
    ("a file in capitals", {**GOOD, "sources/B.YAML": "x: y"},
     ["sources/B.YAML: rename it to end in .yaml"]),
    ("a folder of sources", {**GOOD, "sources/more/x.yaml": "x: y"},
     ["sources/more: warning: a folder within sources/ is not read; move its files up"]),
    ("a folder of tables", {**GOOD, "tables/x/table.yaml": "x: y"},
     ["tables: warning: this version does not read this folder"]),
    ("a name for nobody", {**GOOD, "private/names.yaml": "joe: Joe Doe\n"},
     ["private/names.yaml:1: no entity with 'name: sealed' has the key 'joe'"]),
]  # fmt: skip


@pytest.mark.parametrize(("files", "expected"), [pytest.param(f, e, id=n) for n, f, e in FILES])
def test_a_mistake_around_the_blocks_gives_its_message_and_nothing_else(
    files: dict[str, str], expected: list[str], tmp_path: Path
) -> None:
    assert problems(write_case(tmp_path, files)) == expected


@pytest.mark.parametrize(
    "base",
    ["http://[::1/", "http://x/%zz/", "https://x/[1]/", "http://user@:x/", "http://x#a#",
     "http:///x/", "http://x/\ue000/", "http://\u202e/"],
)  # fmt: skip
def test_a_base_that_rdf_would_not_take_is_refused_when_it_is_read(
    base: str, tmp_path: Path
) -> None:
    files = {**GOOD, "case.yaml": f"format: 1\ntitle: x\nbase: |\n  {base}\n"}
    assert problems(write_case(tmp_path, files)) == [
        f"case.yaml:3: '{base}' is not an http(s) IRI that ends in / or #"
    ]


@pytest.mark.parametrize("tag", ["en-abcdefghijkl", "en-a", "en-x", "zz-00"])
def test_a_language_tag_that_rdf_would_not_take_is_refused_when_it_is_read(
    tag: str, tmp_path: Path
) -> None:
    files = {**GOOD, "case.yaml": CASE.replace("language: en", f"language: {tag}")}
    assert problems(write_case(tmp_path, files)) == [f"case.yaml:4: '{tag}' is no language tag: en"]


@pytest.mark.parametrize("day", ["about 9999", "about 0001", "about 9999-12-31", "9999~"])
def test_an_approximate_date_at_the_end_of_the_calendar_is_read(day: str, tmp_path: Path) -> None:
    with open_case(tmp_path, a(GIFT + f"date: {day}")) as case:
        assert len(list(case.quads())) > 0


def test_a_name_is_published_by_two_different_people_only(tmp_path: Path) -> None:
    publish = "- decision: publish name\n  person: joe\n" + BY
    one = write_case(tmp_path / "one", decided(publish), entities=JOE)
    assert problems(one) == ["decisions/a.yaml:1: 'second:' is missing"]
    same = write_case(tmp_path / "same", decided(publish + "  second: ann b\n"), entities=JOE)
    assert problems(same) == [
        "decisions/a.yaml:6: the second person must be somebody else than the first"
    ]
    two = write_case(tmp_path / "two", decided(publish + "  second: Cy\n"), entities=JOE)
    assert problems(two) == []


ENTITY_FILES = [
    ("an unknown field", "Place:\n  la:\n    name: LA\n    wikidat: Q1\n",
     "entities/all.yaml:27: no field 'wikidat'; did you mean 'wikidata'?"),
    ("an empty list of names", "Place:\n  la:\n    name: LA\n    also:\n",
     "entities/all.yaml:27: 'also:' is empty"),
    ("an exposure of a place", "Place:\n  la:\n    name: LA\n    exposure: private\n",
     "entities/all.yaml:27: 'exposure:' is for a Person only"),
    ("a sealed company", "Place:\n  la:\n    name: sealed\n    shown as: x\n",
     "entities/all.yaml:25: only the name of a Person can be sealed"),
    ("a role of a name that may stand", "Place:\n  la:\n    name: LA\n    shown as: x\n",
     "entities/all.yaml:27: 'shown as:' goes with 'name: sealed' only"),
    ("a name without letters", "Place:\n  la: '...'\n",
     "entities/all.yaml:25: '...' holds no letter or digit"),
    # the things below these are used in the source, and are not called unknown there
    ("a list as name", "Place:\n  la: [x]\n",
     "entities/all.yaml:25: 'la:' takes a name or lines below it"),
    ("no name", "Place:\n  la:\n    also: x\n", "entities/all.yaml:26: 'name:' is missing"),
    ("no key", "Place: la\n", "entities/all.yaml:24: below 'Place:' stands 'key: Name'"),
    ("an unknown type", "Plaec:\n  la: LA\n",
     "entities/all.yaml:24: no type 'Plaec'; did you mean 'Place'?"),
    ("a heading twice", "Company:\n  la: LA\n",
     "entities/all.yaml:24: 'Company' is written twice (first in line 1); "
     "put all of it below the first"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("added", "expected"), [pytest.param(*case[1:], id=case[0]) for case in ENTITY_FILES]
)
def test_a_mistake_in_an_entity_file_is_told_there_and_not_where_it_is_used(
    added: str, expected: str, tmp_path: Path
) -> None:
    files = a("- about: answer\n  at: 1\n  concerns: la")
    assert problems(write_case(tmp_path, files, entities=ENTITIES + added)) == [expected]


def test_an_entity_file_that_is_a_list_makes_no_name_unknown(tmp_path: Path) -> None:
    assert problems(write_case(tmp_path, GOOD, entities="- a\n")) == [
        "entities/all.yaml:1: an entity file has types as headings: 'Company:'"
    ]


def test_an_entity_file_with_comments_only_hides_no_misspelling(tmp_path: Path) -> None:
    files = {**a(GIFT + "giver: Rong"), "entities/later.yaml": "# to be written\n"}
    assert problems(write_case(tmp_path, files)) == [
        "sources/a.yaml:10: nothing is called 'Rong'; did you mean 'ring'?"
    ]


def test_a_second_value_by_mistake_makes_no_dispute_about_it_an_error(tmp_path: Path) -> None:
    files = {
        **a(RING + "\n  giver: Acme"),
        "sources/b.yaml": source("Paper B", GIFT + "disputes:\n    giver: Acme"),
    }
    assert problems(write_case(tmp_path, files)) == [
        "sources/a.yaml:11: 'giver' is written twice (first in line 10); "
        "write several values as a list: [a, b]"
    ]


def test_a_misnamed_source_is_told_once_and_stays_known_by_its_key(tmp_path: Path) -> None:
    files = {**a(GIFT + "via: b\n  giver: Ring"), "sources/b.yml": source("Paper B", RING)}
    assert problems(write_case(tmp_path, files)) == ["sources/b.yml: rename it to end in .yaml"]


@pytest.mark.parametrize("name", ["entities", "sources", "decisions"])
def test_a_linked_folder_is_refused_and_what_is_in_it_is_not_missed(
    name: str, tmp_path: Path
) -> None:
    files = {
        **a(GIFT + "via: b\n  giver: Ring"),
        "sources/b.yaml": source("Paper B", RING),
        "decisions/a.yaml": "- decision: retract source\n  source: b\n" + BY,
    }
    folder = write_case(tmp_path / "case", files)
    (folder / name).rename(tmp_path / "elsewhere")
    (folder / name).symlink_to(tmp_path / "elsewhere")
    assert problems(folder) == [
        f"{name}: is a link that leads out of the case folder; copy the file in"
    ]


def test_a_folder_without_case_file_is_told_so(tmp_path: Path) -> None:
    assert problems(tmp_path) == [
        "case.yaml: is missing; `sousveil new FOLDER` starts a case with one"
    ]
    with pytest.raises(SousveilError, match="1 problem in "):
        Case.open(tmp_path)


def test_all_mistakes_of_a_case_are_told_in_one_run(tmp_path: Path) -> None:
    files = {
        "case.yaml": CASE + "licens: x\n",
        "entities/more.yaml": "Place:\n  la:\n    name: LA\n    wikidat: Q1\n",
        "sources/a.yaml": source("Paper A", GIFT + "givr: Ring\n  date: 2020-99", kind="Emial"),
        "sources/b.yaml": source("Paper B", RING, url="x"),
        "decisions/a.yaml": "- decision: retract source\n  source: c\n" + BY,
        "judgements.csv": JUDGED + "gift,answer,smae,a,2026,c\n",
    }
    assert [line.split(": ")[0] for line in problems(write_case(tmp_path, files))] == [
        "case.yaml:7",
        "decisions/a.yaml:2",
        "entities/more.yaml:4",
        "judgements.csv:2",
        "sources/a.yaml:2",
        "sources/a.yaml:10",
        "sources/a.yaml:11",
        "sources/b.yaml:6",
    ]


def test_one_text_typed_in_two_normal_forms_makes_one_claim(tmp_path: Path) -> None:
    files = {
        **a(GIFT + r'effect: "caf\u0065\u0301"'),
        "sources/b.yaml": source("Paper B", GIFT + "effect: caf\u00e9"),
    }
    with open_case(tmp_path, files) as case:
        assert case.tables.query("SELECT lexical FROM claim") == [("caf\u00e9",)]
