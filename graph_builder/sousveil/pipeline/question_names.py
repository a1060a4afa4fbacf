"""Withheld names in the questions that a case brings along: public pages and answers have these."""

from __future__ import annotations

from pathlib import Path

from sousveil.ledger.crosschecks import refuse_name, withheld_among
from sousveil.ledger.private_text import NameSearch
from sousveil.readers.case_folder import CaseRows


def check_questions_for_names(folder: Path, rows: CaseRows) -> None:
    """Add an error for each line of the files in `queries/` where a withheld name stands."""
    search = NameSearch(withheld_among(rows))
    if not search.names:
        return
    for path in sorted((folder / "queries").rglob("*")):
        file = path.relative_to(folder).as_posix()
        if not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        if not search.found_in(text) and not search.found_in(file):
            continue
        lines = enumerate(text.splitlines(), 1)
        found: list[int | None] = [n for n, line in lines if search.found_in(line)]
        for number in found or [None]:
            refuse_name(rows, file, number, "a question")
