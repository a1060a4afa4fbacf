"""judgements.csv: same, different or unsure decisions about two entities; a later line wins."""

from __future__ import annotations

import csv
import io

from sousveil.model.edtf_days import NotEdtf, edtf_days
from sousveil.model.records import Judgement
from sousveil.readers.names import Names
from sousveil.readers.yaml_text import Text
from sousveil.vocabulary.words import did_you_mean

COLUMNS = ("left", "right", "verdict", "by", "decided", "because")
VERDICTS = ("same", "different", "unsure")


def read_judgements(text: str, file: str, names: Names) -> list[Judgement]:
    """Return the judgements of a CSV text; what is wrong goes to the names' problems."""
    problems = names.problems
    rows = csv.reader(io.StringIO(text), strict=True)
    found: list[Judgement] = []
    try:
        header = next(rows, None)
        if header is None or tuple(header) != COLUMNS:
            problems.error(file, 1, f"the first line must be: {','.join(COLUMNS)}")
            return []
        for row in rows:
            if row:
                judgement = _judgement(row, file, rows.line_num, len(found) + 1, names)
                if judgement:
                    found.append(judgement)
    except csv.Error as error:
        problems.error(file, rows.line_num, f"not CSV: {error}")
    return found


def _judgement(
    row: list[str], file: str, line: int, sequence: int, names: Names
) -> Judgement | None:
    problems = names.problems
    if len(row) != len(COLUMNS):
        problems.error(file, line, f"{len(row)} columns, wanted {len(COLUMNS)}")
        return None
    left, right, verdict, by, decided, because = (cell.strip() for cell in row)
    for name, cell in zip(COLUMNS, row, strict=True):
        if not cell.strip():
            problems.error(file, line, f"'{name}' is empty")
            return None
    if verdict not in VERDICTS:
        hint = did_you_mean(verdict, VERDICTS) or f"; one of: {', '.join(VERDICTS)}"
        problems.error(file, line, f"no verdict '{verdict}'{hint}")
        return None
    first = names.resolve(Text(left, line), file)
    second = names.resolve(Text(right, line), file)
    if first is None or second is None:
        return None
    if first.iri == second.iri:
        problems.error(file, line, f"'{left}' and '{right}' are one entity already")
        return None
    try:
        edtf_days(decided)
    except NotEdtf as error:
        problems.error(file, line, f"{error}; write 2026-11-23")
        return None
    return Judgement(
        sequence=sequence,
        left=first.iri,
        right=second.iri,
        verdict=verdict,
        by=by,
        decided=decided,
        because=because,
        file=file,
        line=line,
    )
