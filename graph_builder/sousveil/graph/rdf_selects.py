"""Which quads the case, its entities, sources and claims make."""

from __future__ import annotations

from collections.abc import Iterator

from sousveil.graph.quad_rows import Quads, each, unless_null
from sousveil.graph.rdf_terms import ACCEPTED, BOUND_TERMS, STATE_TERMS, choose, name
from sousveil.ledger.profile import STAMP, Profile
from sousveil.model.records import CaseHeader
from sousveil.vocabulary.namespaces import DCTERMS


def thing_quads(profile: Profile) -> Iterator[Quads]:
    """Yield what is said of the entities, the sources and the concepts of a case."""
    inside = ("sv:inCase", "case_iri('')", "")
    label = "rdf_text({}, getvariable('case_language'))"
    entities = f"entity_{profile} t JOIN class_iri c ON c.name = t.type"
    yield from each(
        entities,
        "rdf_iri(t.iri)",
        [
            ("rdf:type", "rdf_iri(c.iri)", ""),
            ("rdfs:label", label.format("t.label"), ""),
            inside,
            ("sv:exposure", "rdf_term(t.exposure)", "t.exposure IS NOT NULL"),
        ],
    )
    yield from each(
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
    yield from each(
        sources,
        "rdf_iri(t.iri)",
        [
            ("rdf:type", "rdf_iri(c.iri)", ""),
            ("rdfs:label", label.format("t.title"), ""),
            inside,
            ("sv:extent", "rdf_term(t.extent)", "t.extent IS NOT NULL"),
            *unless_null((("publisher", "publisher"), ("corrects", "corrects")), "rdf_iri({})"),
            *unless_null((("issued", "published"), ("read", "recorded")), "rdf_edtf({})"),
            *unless_null(
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
        yield from each(
            f"(SELECT iri, unnest({column}) AS other FROM source_{profile})",
            "rdf_iri(iri)",
            [(f"sv:{local}", "rdf_iri(other)", "")],
            distinct=True,
        )
    yield from each(
        "(SELECT DISTINCT object AS iri FROM claim WHERE kind = 'term') "
        "JOIN term_label USING (iri)",
        "rdf_iri(iri)",
        [
            ("rdf:type", name("skos:Concept"), ""),
            ("skos:prefLabel", "rdf_text(label, 'en')", ""),
        ],
    )


def case_quads(header: CaseHeader, profile: Profile) -> Iterator[Quads]:
    """Yield what is said of the case itself."""
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
    yield from each(
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
    yield from each(
        f"(SELECT * FROM claim WHERE {_BOUNDED})",
        value,
        [
            ("rdf:type", name("sv:BoundedValue"), ""),
            ("sv:amount", _VALUE, ""),
            ("sv:bound", choose("bound", BOUND_TERMS), ""),
        ],
    )
    yield from each(
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
