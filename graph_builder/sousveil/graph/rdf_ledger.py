"""Which quads evidence, gaps, decisions, judgements and what follows from them make."""

from __future__ import annotations

from collections.abc import Iterator

from sousveil.graph.quad_rows import Quads, each, unless_null
from sousveil.graph.rdf_terms import DERIVED, name
from sousveil.ledger.profile import Profile

_CLAIM = "case_iri('claim/' || {})"


def evidence_quads(profile: Profile) -> Iterator[Quads]:
    """Yield evidence and gaps."""
    node, chain = "case_iri('evidence/' || hash)", "case_iri('evidence/' || hash || '/via')"
    rows = (
        f"(SELECT e.*, k.discounted IS NULL AS counted FROM evidence_{profile} e "
        "JOIN counting k USING (hash))"
    )
    relayed = "len(via) > 0"
    yield from each(rows, _CLAIM.format("claim"), [("sv:evidence", node, "")])
    yield from each(
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
            *unless_null(
                (
                    ("attributedTo", "attributed_to"),
                    ("evidenceOnBehalfOf", "on_behalf_of"),
                    ("saidIn", "said_in"),
                    ("withheldBy", "withheld_by"),
                ),
                "rdf_iri({})",
            ),
            *unless_null(
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
    yield from each(rows, chain, [("rdf:type", name("rdf:Seq"), relayed)])
    yield Quads(
        rows=f"(SELECT hash, unnest(via) AS other, generate_subscripts(via, 1) AS step "
        f"FROM {rows})",
        subject=chain,
        statements=[(f"{name('rdf:_')[:-2]}' || step || '>'", "rdf_iri(other)", "")],
    )
    yield from each(
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


def editor_quads(profile: Profile) -> Iterator[Quads]:
    """Yield decisions and judgements."""
    node = "case_iri('decision/' || sequence)"
    yield from each(
        f"decision_{profile}",
        node,
        [
            ("rdf:type", name("sv:Decision"), ""),
            ("sv:decision", "rdf_string(decision)", ""),
            ("sv:because", "rdf_string(because)", ""),
            ("sv:decidedOn", "rdf_edtf(decided)", ""),
            ("sv:decidesAbout", "rdf_iri(about)", "about IS NOT NULL"),
            ("sv:decidesFor", _CLAIM.format("claim"), "claim IS NOT NULL"),
            ("sv:decidedBy", 'rdf_string("by")', '"by" IS NOT NULL'),
            ("sv:secondedBy", "rdf_string(second)", "second IS NOT NULL"),
        ],
    )
    yield from each(
        f'(SELECT sequence, unnest("over") AS passed FROM decision_{profile})',
        node,
        [("sv:decidesOver", _CLAIM.format("passed"), "")],
        distinct=True,
    )
    yield from each(
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
        yield from each(
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
    yield from each(
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
    yield from each(
        "(SELECT id, unnest(claims) AS claim FROM derived_link)",
        node,
        [("sv:standsOn", "case_iri('claim/' || claim)", "")],
        graph,
    )
    yield from each(
        "cluster",
        "rdf_iri(entity)",
        [("sv:judgedSameAs", "rdf_iri(canonical)", "entity <> canonical")],
        graph,
    )
