"""Which quads each claim table makes: one SELECT for each statement of a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sousveil.graph.rdf_terms import ACCEPTED, BOUND_TERMS, DERIVED, STATE_TERMS, choose, name
from sousveil.ledger.profile import STAMP, Profile
from sousveil.model.records import CaseHeader
from sousveil.vocabulary.namespaces import DCTERMS

Statements = Sequence[tuple[str, str, str]]
"""Predicate (an SQL expression), value, and the condition under which a row has it ('' for always).

A row whose value is null does not have it.
"""


@dataclass(frozen=True, kw_only=True)
class Quads:
    """What some rows say of one subject each, in SQL expressions over these rows.

    `distinct` where several rows may say the same; elsewhere a key of the rows is in the subject.
    """

    rows: str
    subject: str
    statements: Statements
    graph: str = "''"
    parameters: Sequence[str] = ()
    distinct: bool = False

    def select(self) -> str:
        """Return one SELECT of graph, subject, predicate and object."""
        said = ", ".join(
            f"{{p: {predicate}, o: CASE WHEN {condition or 'true'} THEN {value} END}}"
            for predicate, value, condition in self.statements
        )
        return (
            f"SELECT {'DISTINCT' if self.distinct else ''} graph, subject, said.p, said.o FROM "
            f"(SELECT {self.graph} AS graph, {self.subject} AS subject, unnest([{said}]) AS said "
            f"FROM {self.rows}) WHERE said.o IS NOT NULL"
        )


def _each(
    rows: str,
    subject: str,
    statements: Statements,
    graph: str = "''",
    *,
    distinct: bool = False,
) -> Iterator[Quads]:
    named = [(name(predicate), value, condition) for predicate, value, condition in statements]
    yield Quads(rows=rows, subject=subject, statements=named, graph=graph, distinct=distinct)


def _optional(column: str, value: str) -> tuple[str, str]:
    return value.format(column), f"{column} IS NOT NULL"


def _unless_null(pairs: Sequence[tuple[str, str]], value: str) -> Statements:
    return [(f"sv:{local}", *_optional(column, value)) for local, column in pairs]


def case_quads(header: CaseHeader, profile: Profile) -> Iterator[Quads]:
    """Yield what is said of the case itself, its entities and its sources."""
    yield from _header(header, profile)
    inside = ("sv:inCase", "case_iri('')", "")
    label = "rdf_text({}, getvariable('case_language'))"
    entities = f"entity_{profile} t JOIN class_iri c ON c.name = t.type"
    yield from _each(
        entities,
        "rdf_iri(t.iri)",
        [
            ("rdf:type", "rdf_iri(c.iri)", ""),
            ("rdfs:label", label.format("t.label"), ""),
            inside,
            ("sv:exposure", "rdf_term(t.exposure)", "t.exposure IS NOT NULL"),
        ],
    )
    yield from _each(
        f"name_{profile}",
        "rdf_iri(entity)",
        [
            ("sv:alsoCalled", label.format("value"), "scheme = 'also'"),
            (
                "sv:identifier",
                "rdf_string(scheme || ':' || value)",
                "scheme NOT IN ('also', 'label')",
            ),
        ],
        distinct=True,
    )
    sources = f"source_{profile} t JOIN class_iri c ON c.name = t.type"
    yield from _each(
        sources,
        "rdf_iri(t.iri)",
        [
            ("rdf:type", "rdf_iri(c.iri)", ""),
            ("rdfs:label", label.format("t.title"), ""),
            inside,
            ("sv:extent", "rdf_term(t.extent)", "t.extent IS NOT NULL"),
            *_unless_null((("publisher", "publisher"), ("corrects", "corrects")), "rdf_iri({})"),
            *_unless_null((("issued", "published"), ("read", "recorded")), "rdf_edtf({})"),
            *_unless_null(
                (
                    ("author", "author"),
                    ("url", "url"),
                    ("captureHash", "sha256"),
                    ("note", "note"),
                ),
                "rdf_string({})",
            ),
        ],
    )
    for local, column in (("basedOn", "based_on"), ("knownThrough", "known_through")):
        yield from _each(
            f"(SELECT iri, unnest({column}) AS other FROM source_{profile})",
            "rdf_iri(iri)",
            [(f"sv:{local}", "rdf_iri(other)", "")],
            distinct=True,
        )
    yield from _each(
        "(SELECT DISTINCT object AS iri FROM claim WHERE kind = 'term') "
        "JOIN term_label USING (iri)",
        "rdf_iri(iri)",
        [
            ("rdf:type", name("skos:Concept"), ""),
            ("skos:prefLabel", "rdf_text(label, 'en')", ""),
        ],
    )


def _header(header: CaseHeader, profile: Profile) -> Iterator[Quads]:
    said = [
        (name("rdf:type"), name("sv:Case"), ""),
        (name("rdfs:label"), "rdf_text(?, ?)", ""),
        (name("sv:profile"), "rdf_string(?)", ""),
    ]
    values = [header.title, header.language, str(profile)]
    if profile is Profile.DESK:
        said.append((name("sv:note"), "rdf_string(?)", ""))
        values.append(STAMP)
    if header.licence:
        said.append((f"'<{DCTERMS}license>'", "rdf_string(?)", ""))
        values.append(header.licence)
    yield Quads(rows="(SELECT 1)", subject="case_iri('')", statements=said, parameters=values)


_ORIGINS = "SELECT claim, count(DISTINCT origin) AS origins FROM origin GROUP BY claim"
_CLAIMS = f"""
(SELECT c.*, s.* EXCLUDE (claim), coalesce(o.origins, 0) AS origins
    FROM claim c JOIN standing s ON s.claim = c.id LEFT JOIN ({_ORIGINS}) o ON o.claim = c.id)
"""
_BOUNDED = "bound IS NOT NULL AND object IS NULL"
_VALUE = "rdf_value(object, lexical, datatype, language)"


def claim_quads() -> Iterator[Quads]:
    """Yield the claims with their values and their standing."""
    node, value = "case_iri('claim/' || id)", "case_iri('claim/' || id || '/value')"
    states = ", ".join(f"'{state}'" for state in STATE_TERMS)
    yield from _each(
        _CLAIMS,
        node,
        [
            ("rdf:type", name("sv:Claim"), ""),
            ("sv:inCase", "case_iri('')", ""),
            ("rdf:subject", "rdf_iri(subject)", ""),
            ("rdf:predicate", "rdf_iri(predicate)", ""),
            ("sv:kind", "rdf_string(kind)", ""),
            ("rdf:object", _VALUE, f"kind NOT IN ({states}) AND NOT ({_BOUNDED})"),
            ("sv:boundedValue", value, _BOUNDED),
            ("sv:valueState", choose("kind", STATE_TERMS), f"kind IN ({states})"),
            ("sv:earliest", "rdf_day(low)", "kind = 'date' AND low IS NOT NULL"),
            ("sv:latest", "rdf_day(high)", "kind = 'date' AND high IS NOT NULL"),
            ("sv:during", "rdf_edtf(during)", "during IS NOT NULL"),
            *((f"sv:{n}", f"rdf_term({n})", "") for n in ("standing", "basis", "contest", "life")),
            ("sv:accepted", "rdf_flag(accepted)", ""),
            ("sv:drifted", "rdf_flag(drifted)", ""),
            ("sv:originCount", "rdf_number(origins)", ""),
        ],
    )
    yield from _each(
        f"(SELECT * FROM claim WHERE {_BOUNDED})",
        value,
        [
            ("rdf:type", name("sv:BoundedValue"), ""),
            ("sv:amount", _VALUE, ""),
            ("sv:bound", choose("bound", BOUND_TERMS), ""),
        ],
    )
    yield from _each(
        "(SELECT DISTINCT claim AS id, origin FROM origin)",
        node,
        [("sv:origin", "rdf_iri(origin)", "")],
    )
    yield Quads(
        rows=f"{_CLAIMS} WHERE accepted AND bound IS NULL AND kind NOT IN ({states})",
        subject="rdf_iri(subject)",
        statements=[("rdf_iri(predicate)", _VALUE, "")],
        graph=f"'{ACCEPTED}'",
        distinct=True,
    )


def ledger_quads(profile: Profile) -> Iterator[Quads]:
    """Yield evidence, gaps, decisions and judgements."""
    claim = "case_iri('claim/' || {})"
    node, chain = "case_iri('evidence/' || hash)", "case_iri('evidence/' || hash || '/via')"
    rows = (
        f"(SELECT e.*, k.discounted IS NULL AS counted FROM evidence_{profile} e "
        "JOIN counting k USING (hash))"
    )
    relayed = "len(via) > 0"
    yield from _each(rows, claim.format("claim"), [("sv:evidence", node, "")])
    yield from _each(
        rows,
        node,
        [
            ("rdf:type", name("sv:Evidence"), ""),
            ("sv:source", "rdf_iri(source)", ""),
            ("sv:mode", "rdf_term(mode)", ""),
            ("sv:stance", "rdf_term(stance)", ""),
            ("sv:inferred", "rdf_flag(inferred)", ""),
            ("sv:counted", "rdf_flag(counted)", ""),
            ("sv:steps", "rdf_number(len(via))", ""),
            ("sv:via", chain, relayed),
            *_unless_null(
                (
                    ("attributedTo", "attributed_to"),
                    ("evidenceOnBehalfOf", "on_behalf_of"),
                    ("saidIn", "said_in"),
                    ("withheldBy", "withheld_by"),
                ),
                "rdf_iri({})",
            ),
            *_unless_null(
                (
                    ("passage", "passage"),
                    ("passageHash", "passage_hash"),
                    ("quote", "quote"),
                    ("reason", "reason"),
                    ("note", "note"),
                ),
                "rdf_string({})",
            ),
            ("sv:recorded", "rdf_edtf(recorded)", "recorded IS NOT NULL"),
        ],
    )
    yield from _each(rows, chain, [("rdf:type", name("rdf:Seq"), relayed)])
    yield Quads(
        rows=f"(SELECT hash, unnest(via) AS other, generate_subscripts(via, 1) AS step "
        f"FROM {rows})",
        subject=chain,
        statements=[(f"{name('rdf:_')[:-2]}' || step || '>'", "rdf_iri(other)", "")],
    )
    yield from _gaps()
    yield from _decisions(profile, claim)
    yield from _judgements(profile)


def _gaps() -> Iterator[Quads]:
    yield from _each(
        "(SELECT row_number() OVER (ORDER BY subject, predicate, source, passage) AS number, * "
        "FROM (SELECT subject, predicate, source, passage FROM gap))",
        "case_iri('gap/' || number)",
        [
            ("rdf:type", name("sv:Gap"), ""),
            ("rdf:subject", "rdf_iri(subject)", ""),
            ("rdf:predicate", "rdf_iri(predicate)", ""),
            ("sv:source", "rdf_iri(source)", ""),
            ("sv:passage", "rdf_string(passage)", "passage IS NOT NULL"),
        ],
    )


def _decisions(profile: Profile, claim: str) -> Iterator[Quads]:
    node = "case_iri('decision/' || sequence)"
    yield from _each(
        f"decision_{profile}",
        node,
        [
            ("rdf:type", name("sv:Decision"), ""),
            ("sv:decision", "rdf_string(decision)", ""),
            ("sv:because", "rdf_string(because)", ""),
            ("sv:decidedOn", "rdf_edtf(decided)", ""),
            ("sv:decidesAbout", "rdf_iri(about)", "about IS NOT NULL"),
            ("sv:decidesFor", claim.format("claim"), "claim IS NOT NULL"),
            ("sv:decidedBy", 'rdf_string("by")', '"by" IS NOT NULL'),
            ("sv:secondedBy", "rdf_string(second)", "second IS NOT NULL"),
        ],
    )
    yield from _each(
        f'(SELECT sequence, unnest("over") AS passed FROM decision_{profile})',
        node,
        [("sv:decidesOver", claim.format("passed"), "")],
        distinct=True,
    )


def _judgements(profile: Profile) -> Iterator[Quads]:
    yield from _each(
        f"judgement_{profile}",
        "case_iri('judgement/' || sequence)",
        [
            ("rdf:type", name("sv:Judgement"), ""),
            ("rdf:subject", 'rdf_iri("left")', ""),
            ("rdf:object", 'rdf_iri("right")', ""),
            ("sv:verdict", "rdf_string(verdict)", ""),
            ("sv:because", "rdf_string(because)", ""),
            ("sv:decidedOn", "rdf_edtf(decided)", ""),
            ("sv:decidedBy", 'rdf_string("by")', '"by" IS NOT NULL'),
        ],
    )


def derived_quads() -> Iterator[Quads]:
    """Yield what follows: superclasses, derived links with what they stand on, sameness."""
    graph = f"'{DERIVED}'"
    for table in ("entity", "source"):
        yield from _each(
            f"{table} t JOIN class_above c ON c.name = t.type",
            "rdf_iri(t.iri)",
            [("rdf:type", "rdf_iri(c.iri)", "")],
            graph,
        )
    yield Quads(
        rows="derived_link",
        subject="rdf_iri(subject)",
        statements=[("rdf_iri(predicate)", "rdf_iri(object)", "")],
        graph=graph,
        distinct=True,
    )
    node = "case_iri('derived/' || id)"
    yield from _each(
        "derived_link",
        node,
        [
            ("rdf:type", name("sv:DerivedLink"), ""),
            ("rdf:subject", "rdf_iri(subject)", ""),
            ("rdf:predicate", "rdf_iri(predicate)", ""),
            ("rdf:object", "rdf_iri(object)", ""),
            ("sv:standing", "rdf_term(standing)", ""),
            ("sv:originCount", "rdf_number(origins)", ""),
        ],
        graph,
    )
    yield from _each(
        "(SELECT id, unnest(claims) AS claim FROM derived_link)",
        node,
        [("sv:standsOn", "case_iri('claim/' || claim)", "")],
        graph,
    )
    yield from _each(
        "cluster",
        "rdf_iri(entity)",
        [("sv:judgedSameAs", "rdf_iri(canonical)", "entity <> canonical")],
        graph,
    )
