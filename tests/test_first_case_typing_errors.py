"""Typing errors made in the first case: each is told once, where it stands, with what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sousveil.pipeline.case import check_case
from tests.cases import RING_LAPD

TECH, NEWS = "sources/techtimes-2021-06-17.yaml", "sources/mynewsla-2021-02-16.yaml"
NUMBERS = "100, at least 100, more than 2,000, about 22,000, as many as 100"
DATES = "2020, 2020-07, 2020-07-16, about|before|from|until|as of 2020, 2016 to 2019"

ERRORS = [
    (TECH, "number of receivers: 100", "number of recievers: 100",
     [f"{TECH}:56: no relation 'number of recievers'; did you mean 'number of receivers'?"]),
    (TECH, "  receiver: LAPD officers\n  thing", "  receiver: LADP officers\n  thing",
     [f"{TECH}:47: nothing is called 'LADP officers'; did you mean 'lapd-officers'?"]),
    (TECH, "number of receivers: 100", "number of receivers: at leats 100",
     [f"{TECH}:56: 'at leats 100' is not a number with a bound ({NUMBERS})"]),
    (TECH, "  at: 6\n  via: latimes-2021-06-17\n  asked", "  via: latimes-2021-06-17\n  asked",
     [f"{TECH}:86: no 'at:' (paragraph, page or time): where does the source say it?"]),
    (TECH, "date: 2021-06-07", "date: 2021-13-07",
     [f"{TECH}:207: '2021-13-07' is not a possible date; a date is one of: {DATES}"]),
    (TECH, "buyer: Amazon", "buyer: Neighbors",
     [f"{TECH}:103: 'Neighbors' is a Service, wanted Agent"]),
    (TECH, "  bought: Ring\n", "  bought: Ring\n  bought: ADT\n",
     [f"{TECH}:105: 'bought' is written twice (first in line 104); "
      "write several values as a list: [a, b]"]),
    (NEWS, "area: withheld (redacted)", "area: withehld (redacted)",
     [f"{NEWS}:91: 'withehld (redacted)': misspelt unknown, none, withheld or not stated? "
      "(text that begins so goes under `|`)"]),
    (NEWS, "words: |\n    is an important and lawful", 'words: "is an important" and lawful',
     [f"{NEWS}:114: not YAML: words after a closing quotation mark, or a line too far right "
      "(put the text on its own line after `|`)"]),
    (NEWS, "gist: Nothing regulates", "gist: Guariglia: nothing regulates",
     [f"{NEWS}:189: not YAML: a second ':' in the line "
      "(put the text on its own line after `|`)"]),
    (NEWS, "    is an important and lawful tactic", "    is an important and legal tactic",
     [f"{NEWS}:114: these words are not in paragraph 6"]),
    (NEWS, "gist: Asking owners", "gist: Case #7 asking owners",
     [f"{NEWS}:113: '#' would cut off the rest of this line: put the text under `|`"]),
    (NEWS, "  at: 5\n  via: intercept-2021-02-16\n  area",
     "  at: 15\n  via: intercept-2021-02-16\n  area",
     [f"{NEWS}:89: no paragraph 15: the source has 13 paragraphs"]),
    (TECH, "outcome: refused", "outcome: declined to reply",
     [f"{TECH}:91: no term 'declined to reply'; did you mean 'declined'?"]),
    ("entities/people.yaml", "name: sealed", "name: Some Name",
     ["entities/people.yaml:7: the name of a person of class 'junior staff' may not stand in "
      "the case: write 'name: sealed' and 'shown as:' with the role; the name goes to private/"]),
    ("sources/desk-2026-11-23.yaml", "speaker: a spokesperson of Pillar", "speaker: Michel Moore",
     ["sources/desk-2026-11-23.yaml:20: disputes a claim that no source makes: the relation, the "
      "value and 'during:' must be written as the source has them"]),
    (TECH, "about: adt-suit\n  at: 8\n  via: techtimes-adt-headline\n  plaintiff",
     "about: adt-lawsuit\n  at: 8\n  via: techtimes-adt-headline\n  plaintiff",
     [f"{TECH}:112: nothing is called 'adt-lawsuit'; did you mean 'adt-suit'?"]),
    (TECH, "  part of: Amazon", "  part off: Amazon",
     [f"{TECH}:129: no relation 'part off'; did you mean 'part of'?"]),
    (NEWS, "  footage handed over", "  during: as of 2020\n  footage handed over",
     [f"{NEWS}:95: an event has 'date:', not 'during:'"]),
    (TECH, "value: 2,014", "value: 2,01",
     [f"{TECH}:264: '2,01' is not a number with a bound ({NUMBERS})"]),
    (TECH, "ended: 2019", "ended: No", [f"{TECH}:70: 'No' is not a date ({DATES})"]),
    ("decisions/2026-11.yaml", "  over:\n    date: 2020-06-16", "  over:\n    date: 2020-06-17",
     ["decisions/2026-11.yaml:2: decided a claim that no source makes: the relation, the value "
      "and 'during:' must be written as the source has them"]),
    ("entities/organisations.yaml", "ring:\n    name: Ring", "ring:\n    name: Ring: x",
     ["entities/organisations.yaml:3: not YAML: a second ':' in the line "
      "(put the text on its own line after `|`)"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "right", "wrong", "expected"), [pytest.param(*e, id=e[2].strip()) for e in ERRORS]
)
def test_a_typing_error_in_the_first_case_is_told_once_with_what_to_do(
    file: str, right: str, wrong: str, expected: list[str], shared_data: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "case"
    shutil.copytree(RING_LAPD, folder)
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    rows = check_case(folder, (shared_data / "seeds",))
    assert [str(problem) for problem in rows.problems.sorted()] == expected


def test_the_first_case_itself_has_no_problem_against_its_saved_articles(shared_data: Path) -> None:
    assert check_case(RING_LAPD, (shared_data / "seeds",)).problems.sorted() == []
