"""The ontology's own rules: SPARQL queries that must find nothing."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pyoxigraph as ox

from sousveil.content import content_folder
from sousveil.vocabulary.loading import alignment_files, ontology_files, ontology_store


def lint_rules() -> list[Path]:
    """Return the rules' files in a fixed order."""
    return sorted((content_folder("ontology") / "lint").glob("*.rq"))


def lint_ontology(
    store: ox.Store | None = None, *, rules: Collection[str] | None = None
) -> list[str]:
    """Return `rule: term: problem` for each row that a rule finds.

    By default our ontology is asked, with its alignments, by every rule; `rules` names some.
    """
    asked = store if store is not None else ontology_store([*ontology_files(), *alignment_files()])
    found = []
    for rule in lint_rules():
        if rules is not None and rule.stem not in rules:
            continue
        solutions = asked.query(rule.read_text(encoding="utf-8"))
        assert isinstance(solutions, ox.QuerySolutions)
        for row in solutions:
            term, problem = (getattr(row[name], "value", str(row[name])) for name in (0, 1))
            found.append(f"{rule.stem}: {term}: {problem}")
    return sorted(found)
