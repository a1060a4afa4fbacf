"""Answers: the rows that a store gives, each with its claims in words and all their evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sousveil.ask.looked_for import looked_for
from sousveil.ask.not_known import not_known
from sousveil.ask.parameters import bind, check_parameters
from sousveil.ask.questions import FILES, Question, QuestionFault
from sousveil.ask.values import AnswerValue, cell_value, claim_value
from sousveil.graph.case_words import CaseWords
from sousveil.graph.claim_words import ClaimView
from sousveil.graph.rdf_terms import BOUND_TERMS
from sousveil.stores.protocol import Cell, Row, Store
from sousveil.vocabulary.namespaces import TERM
from sousveil.vocabulary.words import fold

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

__all__ = ["Answer", "AnswerRow", "ask", "check_parameters"]

_BOUND_SYMBOLS = {TERM + fold(label): symbol for symbol, label in BOUND_TERMS.items()}
_FAR = 1_000
"""The distance of evidence that does not lead to the document."""
_WEAKEST_FIRST = ("retracted", "denied", "disputed", "conflicting", "alleged", "reported")


@dataclass(frozen=True, kw_only=True)
class AnswerRow:
    """One row of an answer.

    Args:
        cells: what the store said, column by column.
        values: the columns of the question, typed.
        claims: the claims that the row stands on, in words and with their evidence; the first is
            the one that it is about.
        evidence_ids: the evidence of the first claim, as the store has it.
        steps: how many relays lie between the nearest evidence and the document itself.
    """

    cells: dict[str, Cell]
    values: dict[str, AnswerValue]
    claims: tuple[ClaimView, ...]
    evidence_ids: tuple[str, ...]
    steps: int

    @property
    def claim(self) -> ClaimView:
        """The claim that the row is about; raises IndexError where it stands on none (a gap)."""
        return self.claims[0]

    @property
    def standing(self) -> str:
        """The standing of the row: that of its weakest claim; empty where it has none."""
        if not self.claims:
            return ""
        found = {claim.standing for claim in self.claims}
        return next((word for word in _WEAKEST_FIRST if word in found), "documented")

    @property
    def flags(self) -> tuple[str, ...]:
        """What else is to be said of the standing of its claims."""
        flags = dict.fromkeys(flag for claim in self.claims for flag in claim.flags)
        return tuple(flag for flag in flags if flag != self.standing)

    @property
    def accepted(self) -> bool:
        """Whether all its claims are accepted."""
        return bool(self.claims) and all(claim.accepted for claim in self.claims)

    @property
    def origins(self) -> int:
        """How many independent origins its least supported claim has."""
        return min((len(claim.origins) for claim in self.claims), default=0)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What was asked, of which case, as of when, what was found, and what is not known.

    Where no row was found, `looked_for` says which claims would have answered, and how many of
    them the case has.
    In Jupyter it shows itself as a table with its notes.
    """

    question: Question
    parameters: dict[str, str]
    case_title: str
    digest: str
    as_of: dict[str, str]
    left_out: tuple[str, ...]
    rows: tuple[AnswerRow, ...]
    looked_for: tuple[str, ...]
    not_known: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the answer as plain data, as docs/answer.schema.json describes it."""
        from sousveil.ask.exchange import answer_data

        return answer_data(self)

    def to_pandas(self) -> pd.DataFrame:
        """Return a pandas.DataFrame, one row per row; raises OutsideError without pandas."""
        from sousveil.ask.exchange import answer_frame

        return answer_frame(self)

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """Return the claims of the answer as a graph with the evidence on its edges."""
        from sousveil.ask.exchange import answer_graph

        return answer_graph(self)

    def _repr_html_(self) -> str:
        from sousveil.ask.html import answer_fragment

        return answer_fragment(self)


def ask(
    question: Question,
    parameters: Mapping[str, str],
    words: CaseWords,
    store: Store,
    *,
    as_of: Mapping[str, str] | None = None,
    left_out: tuple[str, ...] = (),
) -> Answer:
    """Ask a store that holds the case.

    Args:
        question: what to ask.
        parameters: a text for each parameter: a name, an alias, a key or an IRI of an entity, a
            term's label, an EDTF date, a number.
        words: the case's labels and claims in the profile that the answer is for.
        store: any store; the answer does not depend on which.
        as_of: which of the three times the case was seen at, for the header.
        left_out: what that leaves out, for the header.

    Raises UsageError for unknown, missing, ambiguous or ill-typed parameters.
    """
    bindings = bind(question, parameters, words)
    found = store.rows(question.text(store.dialect), bindings.bound)
    _check_columns(question, found, store)
    rows = _rows(question, found, words)
    claims = {claim.id: claim for row in rows for claim in row.claims}
    return Answer(
        question=question,
        parameters=bindings.words,
        case_title=words.tables.header.title,
        digest=words.tables.digest(),
        as_of=dict(as_of or {}),
        left_out=left_out,
        rows=rows,
        looked_for=() if rows else looked_for(question, bindings.bound, bindings.words, words),
        not_known=not_known(question, claims.values(), words),
    )


def _check_columns(question: Question, found: list[Row], store: Store) -> None:
    """Raise QuestionFault where the query does not give what question.toml names."""
    wanted = [*(c.name for c in question.columns if c.type != "value"), *question.claims]
    missing = [name for name in wanted if found and name not in found[0]]
    if missing:
        raise QuestionFault(
            f"{question.folder / FILES[store.dialect]}: the query gives no column "
            f"'{missing[0]}', which question.toml names; it gives: {', '.join(sorted(found[0]))}"
        )


def _claim_id(cell: Cell) -> str:
    return str(cell).rsplit("/", 1)[-1]


def _rows(question: Question, found: list[Row], words: CaseWords) -> tuple[AnswerRow, ...]:
    parameters = {p.name for p in question.parameters}
    apart = {"evidence", "steps", *question.claims}
    for name in parameters:
        apart |= {name, f"{name}_first", f"{name}_last"}
    groups: dict[tuple[Any, ...], list[Row]] = {}
    found = [row for row in found if _of_case(row, question, words)]
    for row in found:
        shown = {k: _plain(k, v) for k, v in row.items() if k not in apart}
        key = tuple(sorted((k, repr(v)) for k, v in shown.items()))
        first = row.get(question.claims[0])
        main = (_claim_id(first),) if question.per_claim and first else ()
        groups.setdefault((*key, *main), []).append(row)
    ids = {_claim_id(row[c]) for row in found for c in question.claims if row.get(c)}
    views = {view.id: view for view in words.claims(only=ids, retracted=True)}
    raw = _raw_claims(ids, words)
    rows = []
    for group in groups.values():
        first = group[0]
        claims = tuple(
            views[i]
            for i in dict.fromkeys(
                i
                for column in question.claims
                for i in sorted({_claim_id(r[column]) for r in group if r.get(column)})
            )
        )
        steps = [n for n in (r.get("steps") for r in group) if isinstance(n, int)]
        values = {
            column.name: claim_value(claims[0], raw[claims[0].id], words)
            if column.type == "value" and claims
            else cell_value(column.type, first.get(column.name), words)
            for column in question.columns
        }
        rows.append(
            AnswerRow(
                cells={k: _plain(k, v) for k, v in first.items() if k not in apart},
                values=values,
                claims=claims,
                evidence_ids=tuple(
                    sorted({_claim_id(r["evidence"]) for r in group if r.get("evidence")})
                ),
                steps=min(steps, default=_FAR),
            )
        )
    return tuple(sorted(rows, key=lambda row: _order(question, row)))


def _of_case(row: Row, question: Question, words: CaseWords) -> bool:
    """Tell whether a row is of this case: a server may hold several."""
    base = words.tables.header.base
    if any(not str(row[c]).startswith(base) for c in question.claims if row.get(c)):
        return False
    things = [c.name for c in question.columns if c.type == "entity"]
    return all(str(row[name]) in words.labels for name in things if row.get(name))


def _order(question: Question, row: AnswerRow) -> tuple[Any, ...]:
    end = (*(c.id for c in row.claims),)
    if question.sort or not row.claims:
        keys = tuple(row.values[name].sort_key for name in question.sort)
        return (*keys, *(v.sort_key for v in row.values.values()), end)
    claim = row.claim
    ranks = {label: rank for rank, label in enumerate(question.relation_order)}
    near = row.steps if question.nearest_first else 0
    rank = ranks.get(claim.relation, len(ranks))
    return claim.subject, rank, near, not claim.accepted, claim.value, claim.id


def _raw_claims(ids: set[str], words: CaseWords) -> dict[str, dict[str, Any]]:
    rows = words.tables.dicts(
        "SELECT id, kind, object, lexical, bound FROM claim "
        "WHERE id IN (SELECT unnest(?::VARCHAR[]))",
        [sorted(ids)],
    )
    return {row["id"]: row for row in rows}


def _plain(column: str, value: Cell) -> Cell:
    """Return a cell in the form that all stores share."""
    if column == "value" and value is not None:
        return str(value)
    if isinstance(value, str) and column == "bound":
        return _BOUND_SYMBOLS.get(value, value)
    if isinstance(value, str) and column == "standing":
        return value.removeprefix(TERM)
    return value
