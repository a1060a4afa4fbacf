"""A case in words: its labels in one profile, and its claims with their evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sousveil.graph.claim_words import (
    FLAGS,
    ClaimView,
    EvidenceView,
    GapView,
    during_words,
    passage_words,
    verbs_for,
    withheld_words,
)
from sousveil.graph.later import Later
from sousveil.ledger.profile import Profile
from sousveil.ledger.tables import ClaimTables
from sousveil.model.records import Kind
from sousveil.model.values import date_words, number_words
from sousveil.vocabulary.terms import Vocabulary


class CaseWords:
    """The labels of a case in one profile, and its claims in words."""

    def __init__(
        self,
        tables: ClaimTables,
        vocabulary: Vocabulary,
        profile: Profile,
        alike: CaseWords | None = None,
    ) -> None:
        """Read what things are called; as in `alike`, a case with the same things and sources."""
        self.tables = tables
        self.vocabulary = vocabulary
        self.profile = profile
        self.labels: Mapping[str, str] = alike.labels if alike else self._labels()
        self.types: Mapping[str, str] = alike.types if alike else self._types()
        self._views: list[ClaimView] | None = None
        self._known: dict[str, ClaimView | None] = {}
        self._gaps: list[GapView] | None = None
        self._evidence = Later(self.evidence)
        self._remarks = Later(self.remarks)

    def _labels(self) -> dict[str, str]:
        labels = {t.iri: t.label for t in self.vocabulary.terms.values()}
        labels |= dict(self.tables.query(f"SELECT iri, label FROM entity_{self.profile}"))  # noqa: S608
        for iri, title, publisher, published in self.tables.query(
            "SELECT iri, title, publisher, published FROM source ORDER BY iri"
        ):
            known = publisher and published
            labels[iri] = f"{labels[publisher]}, {date_words(published)}" if known else title
        return labels

    def _types(self) -> dict[str, str]:
        both = "SELECT iri, type FROM entity UNION ALL SELECT iri, type FROM source"
        return dict(self.tables.query(both))

    def claims(
        self,
        *,
        retracted: bool = False,
        only: Collection[str] | None = None,
        later: bool = False,
    ) -> list[ClaimView]:
        """Return claims in words, by subject, relation and value; retracted ones on demand.

        `only` names claims by id: a few of many cost no more than they are. Each is put in words
        once; the list is the caller's own. With `later` evidence and remarks are read when somebody
        looks at them, which must be while the case is open.
        """
        if only is not None:
            views = self._some(set(only))
            if not later:
                self.read_ahead(only)
        else:
            if self._views is None:
                self._views = sorted(self._in_words(None), key=_place)
                self._known = {view.id: view for view in self._views}
            views = self._views
            if not later:
                self._evidence.read_all()
                self._remarks.read_all()
        return [view for view in views if retracted or view.standing != "retracted"]

    def _some(self, ids: set[str]) -> list[ClaimView]:
        """Claims by id; each is put in words once."""
        left = ids - self._known.keys() if self._views is None else ()
        if left:
            self._known |= dict.fromkeys(left)
            self._known |= {view.id: view for view in self._in_words(sorted(left))}
        return sorted(filter(None, map(self._known.get, ids)), key=_place)

    def _in_words(self, ids: list[str] | None) -> list[ClaimView]:
        origins = self._origins(ids)
        rows = self.tables.dicts(
            f"""
            SELECT c.id, c.subject, c.predicate, c.kind, c.object, c.lexical, c.bound, c.during,
                s.* EXCLUDE (claim)
            FROM claim c JOIN standing s ON s.claim = c.id {_among("c.id", ids)} ORDER BY c.id
            """,  # noqa: S608
            _given(ids),
        )
        self._evidence.read([row["id"] for row in rows if row["kind"] == Kind.WITHHELD])
        return [self._claim(row, origins[row["id"]]) for row in rows]

    def read_ahead(self, ids: Collection[str]) -> None:
        """Read evidence and remarks of some claims; when another's are wanted, those of all are."""
        self._evidence.read(ids)
        self._remarks.read(ids)

    def gaps(self) -> list[GapView]:
        """Return where sources are silent, by subject and relation."""
        if self._gaps is None:
            self._gaps = self._read_gaps()
        return list(self._gaps)

    def _read_gaps(self) -> list[GapView]:
        rows = self.tables.query("SELECT subject, predicate, source, passage FROM gap ORDER BY ALL")
        return [
            GapView(
                subject=subject,
                relation=self.vocabulary.relation_at(predicate).label,
                source_label=self.labels[source],
                passage=passage_words(passage),
            )
            for subject, predicate, source, passage in rows
        ]

    def value_words(self, row: Mapping[str, Any], evidence: tuple[EvidenceView, ...] = ()) -> str:
        """Return the value of a claim row in words."""
        match row["kind"]:
            case Kind.ENTITY | Kind.TERM:
                return self.labels[row["object"]]
            case Kind.NUMBER:
                return number_words(row["lexical"], row["bound"])
            case Kind.DATE:
                return date_words(row["lexical"])
            case Kind.TEXT:
                return str(row["lexical"])
            case Kind.UNKNOWN:
                return "not known"
            case Kind.WITHHELD:
                return withheld_words(evidence)
            case _:
                return "none"

    def _claim(self, row: Mapping[str, Any], origins: tuple[str, ...]) -> ClaimView:
        relation = self.vocabulary.relation_at(row["predicate"])
        date = row["lexical"] if row["kind"] == Kind.DATE else None
        verb, back = verbs_for(relation, accepted=row["accepted"], date=date)
        withheld = self._evidence(row["id"]) if row["kind"] == Kind.WITHHELD else ()
        return ClaimView.read_later(
            {"evidence": self._evidence, "remarks": self._remarks},
            id=row["id"],
            subject=row["subject"],
            subject_label=self.labels[row["subject"]],
            relation=relation.label,
            predicate=relation.iri,
            kind=row["kind"],
            object=row["object"],
            value=self.value_words(row, withheld),
            during=during_words(row["during"]),
            standing=row["standing"],
            basis=row["basis"],
            flags=tuple(flag for flag in FLAGS if row[flag]),
            accepted=row["accepted"],
            decided=row["decided"],
            verb=verb,
            verb_back=back,
            origins=origins,
        )

    def evidence(
        self, ids: Collection[str] | None = None
    ) -> defaultdict[str, tuple[EvidenceView, ...]]:
        """Return the evidence of claims by their ids: of all, or of some."""
        rows = self.tables.dicts(
            f"""
            SELECT e.*, c.discounted, c.discounted_by, s.title, s.url
            FROM evidence_{self.profile} e
            JOIN counting c USING (hash) JOIN source s ON s.iri = e.source
            {_among("e.claim", ids)}
            ORDER BY e.claim, c.discounted IS NOT NULL, e.stance DESC, len(e.via), e.source,
                e.line, e.hash
            """,  # noqa: S608
            _given(ids),
        )
        found: defaultdict[str, tuple[EvidenceView, ...]] = defaultdict(tuple)
        for row in rows:
            found[row["claim"]] += (self._evidence_view(row),)
        return found

    def _evidence_view(self, row: Mapping[str, Any]) -> EvidenceView:
        label = self.labels.get
        speaker = label(row["attributed_to"]) or label(row["said_in"])
        behalf = label(row["on_behalf_of"])
        return EvidenceView(
            id=row["hash"],
            source=row["source"],
            source_label=self.labels[row["source"]],
            source_title=row["title"],
            url=row["url"],
            passage=passage_words(row["passage"]),
            via=tuple(self.labels[v] for v in row["via"]),
            inferred=row["inferred"],
            mode=row["mode"],
            stance=row["stance"],
            attributed_to=f"{speaker} for {behalf}" if speaker and behalf else speaker,
            quote=row["quote"],
            withheld_by=label(row["withheld_by"]),
            reason=row["reason"],
            note=row["note"],
            discounted=self._discounted(row),
            recorded=row["recorded"],
            place=f"{row['file']}:{row['line']}",
        )

    def _discounted(self, row: Mapping[str, Any]) -> str | None:
        """Why evidence does not count; who decided so is for the desk only."""
        if row["discounted_by"] and self.profile is Profile.DESK:
            return f"{row['discounted']} ({row['discounted_by']})"
        return None if row["discounted"] is None else str(row["discounted"])

    def _origins(self, ids: list[str] | None = None) -> defaultdict[str, tuple[str, ...]]:
        found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
        for claim, origin in self.tables.query(
            f"SELECT DISTINCT claim, origin FROM origin {_among('claim', ids)} "  # noqa: S608
            "ORDER BY claim, origin",
            _given(ids),
        ):
            found[claim] += (self.labels[origin],)
        return found

    def remarks(self, ids: Collection[str] | None = None) -> defaultdict[str, tuple[str, ...]]:
        """Return sentences on drift, conflict, difference and decisions by the claim's id."""
        drifts = self.tables.query(
            f"""
            SELECT DISTINCT e.source, d.claim, d.origin, d.said
            FROM drift d JOIN evidence e USING (hash) {_among("d.claim", ids)} ORDER BY ALL
            """,  # noqa: S608
            _given(ids),
        )
        rivals = {
            table: self.tables.query(
                f"SELECT a, b FROM (SELECT a, b FROM {table} UNION SELECT b, a FROM {table}) "  # noqa: S608
                f"{_among('a', ids)} ORDER BY ALL",
                _given(ids),
            )
            for table in ("conflict", "difference")
        }
        shown = sorted(
            {c for _, claim, _, said in drifts for c in (claim, said)}
            | {b for pairs in rivals.values() for _, b in pairs}
        )
        rows = {
            row["id"]: row
            for row in self.tables.dicts(
                f"SELECT id, kind, object, lexical, bound FROM claim {_among('id', shown)}",  # noqa: S608
                _given(shown),
            )
        }
        found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
        supporters = self.supporters(shown)

        def words(claim: str) -> str:
            return self.value_words(rows[claim])

        for source, claim, origin, said in drifts:
            there, here = self.labels[origin], self.labels[source]
            found[claim] += (
                f"drifted: {here}, via {there}, says {words(claim)}; "
                f"{there} itself says {words(said)}",
            )
        for table, sentence in (("conflict", "conflicts with"), ("difference", "differs from")):
            for a, b in rivals[table]:
                found[a] += (f"{sentence}: {words(b)}, says {'; '.join(supporters[b])}",)
        for claim, effect, because in self.tables.query(
            """
            SELECT claim, 'chosen', because FROM decision WHERE decision = 'choose value'
            UNION ALL
            SELECT unnest("over"), 'passed over', because FROM decision
                WHERE decision = 'choose value'
            UNION ALL
            SELECT claim, 'left open', because FROM decision WHERE decision = 'leave open'
            ORDER BY ALL
            """
        ):
            found[claim] += (f"{effect} by an editor: {because}",)
        return found

    def supporters(self, ids: Collection[str] | None = None) -> defaultdict[str, list[str]]:
        """Return the labels of the sources whose counted evidence supports each claim."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for claim, source in self.tables.query(
            f"""
            SELECT DISTINCT claim, source FROM (FROM counted WHERE stance = 'supports')
            {_among("claim", ids)} ORDER BY ALL
            """,  # noqa: S608
            _given(ids),
        ):
            found[claim].append(self.labels[source])
        return found


def _place(claim: ClaimView) -> tuple[str, str, bool, str, str]:
    """By what claims are ordered."""
    return claim.subject, claim.relation, not claim.accepted, claim.value, claim.id


def _among(column: str, ids: Collection[str] | None) -> str:
    """Return the condition that a column is one of `ids`, which are passed as a parameter."""
    return "" if ids is None else f"WHERE {column} IN (SELECT unnest(?::VARCHAR[]))"


def _given(ids: Collection[str] | None) -> list[list[str]]:
    return [] if ids is None else [list(ids)]
