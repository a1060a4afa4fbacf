"""A made graph of any size, by SQL: agents, rules, programmes and events of most classes.

What a thing has is drawn by the hash of its number, so the same size gives the same graph. A fifth
of what names a company names one of five: hubs. One claim in twenty is told by a second source that
relays the first, one in two hundred is disputed, and corrections withdraw a few.
"""

from __future__ import annotations

from pathlib import Path

from sousveil.ledger.profile import make_profiles
from sousveil.ledger.tables import ClaimTables
from sousveil.model.records import CaseHeader
from sousveil.pipeline.case import Case
from sousveil.standing.compute import compute_standing
from sousveil.vocabulary.loading import load_vocabulary
from sousveil.vocabulary.terms import Range, Relation, Vocabulary

BASE = "https://example.org/case/made/"
HUBS = 5
SOURCES = 200

KINDS = {
    "company": ("Company", 300),
    "group": ("Group", 1500),
    "agency": ("PoliceAgency", 300),
    "federal": ("FederalAgency", 20),
    "person": ("Person", 600),
    "post": ("Post", 200),
    "newsroom": ("NewsOrganization", 50),
    "city": ("Municipality", 100),
    "auditor": ("AdvocacyGroup", 30),
    "program": ("Program", 50),
    "portal": ("FootageRequestProgram", 20),
    "round": ("SubsidyProgram", 10),
    "service": ("Service", 50),
    "product": ("Product", 50),
    "protest": ("Protest", 100),
    "policy": ("Policy", 20),
    "rules": ("PolicyVersion", 100),
    "gift": ("BenefitTransfer", 2200),
    "offer": ("BenefitOffer", 200),
    "request": ("FootageRequest", 1200),
    "statement": ("Statement", 1200),
    "partnership": ("Partnership", 500),
    "deployment": ("Deployment", 300),
    "access": ("DataAccess", 300),
    "review": ("Assessment", 200),
    "audit": ("Audit", 50),
    "comment": ("CommentRequest", 200),
    "records": ("RecordsRequest", 150),
    "count": ("Count", 300),
    "tally": ("Count", 100),
    "subsidy": ("Subsidy", 200),
    "purchase": ("Acquisition", 30),
    "removal": ("Removal", 30),
}
"""Kinds of things: class, and how many of some ten thousand."""

SAID: dict[str, str] = {
    "company": "part of company 10%, created on 50%, hands footage to police on 30%",
    "group": "member group of agency",
    "person": "holds post post, speaks for company 20%",
    "post": "post at agency, speaks for company 20%",
    "auditor": "funded by company",
    "program": "run by company, ended 50%, kind of program, used by agency",
    "portal": "run by company, launched on",
    "policy": "issued by company",
    "rules": "version of policy, forbids *4, allows *2, applies to agency *3, in force from, "
    "in force until 50%, must state",
    "gift": "giver company, thing given, in return for 40%, on condition 20%, under program, "
    "number of receivers, date, date 2%",
    "offer": "offered by company, offered to group *2, thing given, on condition, date",
    "request": "requester agency, asked company, covers protest, date, channel, number asked, "
    "area, on behalf of agency 20%, footage handed over 30%, document source, compulsion 5%",
    "statement": "speaker person, speaking as post 50%, gist, words 50%, date, "
    "concerns program, occasion",
    "partnership": "vendor company, partner agency, live from 60%, ended 30%, signed on 50%, "
    "reached stage, cancelled on 20%, announced on",
    "deployment": "operator agency, product used product, live from, contract ended on 30%, "
    "still running on 20%, number of devices",
    "access": "accessed by federal, held by agency, system service, access from, "
    "number of searches, concerns protest",
    "review": "assessor auditor, concerns gift, outcome, finding, date, stage",
    "audit": "assessor auditor, concerns program, commissioned by company, outcome, finding, "
    "changes made, date",
    "comment": "asked agency, asked by newsroom, concerns gift, outcome, date",
    "records": "filed with agency, filed by newsroom, records sought, exemption 50%, date",
    "count": "of company, value, unit, counted by company, as of, adds to count 30%, "
    "published in newsroom",
    "tally": "of portal, value, unit, counted by auditor, as of",
    "subsidy": "paid by city, subsidy for group, reached stage, approved on, sum of money, "
    "matched by company, round of round",
    "purchase": "buyer company, bought company, date, price",
    "removal": "removed by auditor, removed program, what was removed, number removed, date",
}
"""What each thing of a kind has: relation, the kind of its values, how many, in what share."""

_DRAW = "hash(n, r, $salt)"
_VALUES = {
    Range.ENTITY: (
        "'entity'",
        f"$base || $target || '-' || if($target = 'company' AND {_DRAW} % 5 = 0, "
        f"{_DRAW} // 5 % {HUBS}, {_DRAW} // 5 % $targets)",
        "NULL",
    ),
    Range.TERM: ("'term'", f"$terms[({_DRAW} % len($terms) + 1)::INT]", "NULL"),
    Range.NUMBER: ("if(n % 20 = 7, 'withheld', 'number')", "NULL", f"({_DRAW} % 90 + 1)::VARCHAR"),
    Range.DATE: (
        "'date'",
        "NULL",
        f"strftime(DATE '2010-01-01' + ({_DRAW} % 5000)::INT, '%Y-%m-%d')",
    ),
    Range.TEXT: ("'text'", "NULL", "'words ' || n || ' of ' || $salt"),
}
"""Kind, object and lexical form of a value, by the range of its relation."""

_CLAIMS = """
INSERT INTO claim
SELECT substr(sha256(concat_ws(' ', subject, $predicate, object, said)), 1, 32),
    subject, $predicate, kind, object, said,
    CASE kind WHEN 'number' THEN 'http://www.w3.org/2001/XMLSchema#integer' WHEN 'date' THEN
        'http://id.loc.gov/datatypes/edtf/EDTF' WHEN 'text' THEN
        'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString' END,
    if(kind = 'text', 'en', NULL), if(kind = 'number' AND $bounded, '>=', NULL), NULL,
    low, low, NULL, NULL
FROM (
    SELECT DISTINCT subject, kind, object, said, CASE kind WHEN 'number' THEN said::DOUBLE
        WHEN 'date' THEN date_diff('day', DATE '0001-01-01', said::DATE) + 1 END AS low
    FROM (
        SELECT $base || $prefix || '-' || n AS subject, {kind} AS kind, {object} AS object,
            if({kind} = 'withheld', NULL, {lexical}) AS said
        FROM range($count) t(n), range($each) u(r)
        WHERE hash(n, $salt, 'share') % 100 < $share
    )
)
"""
_EVIDENCE = f"""
INSERT INTO evidence
SELECT substr(sha256(id || stance || source), 1, 32), id, $base || 'source-' || source,
    via, false, if(asserted, 'asserts', 'reports'), stance,
    if(asserted, $base || 'company-' || source % $companies, NULL), NULL, NULL,
    '1', NULL, NULL, NULL, NULL, NULL, '2026-11-23', 'sources/all.yaml', 1
FROM (
    SELECT id, hash(id) % {SOURCES - 10} AS source, []::VARCHAR[] AS via, 'supports' AS stance,
        hash(id, 'asserted') % 50 = 0 AS asserted FROM claim
    UNION ALL SELECT id, (hash(id) + 1) % {SOURCES - 10},
        [$base || 'source-' || hash(id) % {SOURCES - 10}], 'supports', false
        FROM claim WHERE hash(id, 'relayed') % 20 = 0
    UNION ALL SELECT id, (hash(id) + 2) % {SOURCES - 10}, [], 'disputes', false
        FROM claim WHERE hash(id, 'disputed') % 200 = 0
    UNION ALL SELECT id, {SOURCES - 10} + hash(id) % 10, [], 'withdraws', false
        FROM claim WHERE hash(id, 'withdrawn') % 5000 = 0
)
"""
_SOURCES = f"""
INSERT INTO source
SELECT $base || 'source-' || n, 'source-' || n,
    if(n >= {SOURCES - 10}, 'Correction', 'NewsArticle'), 'article ' || n,
    $base || 'newsroom-' || n % 5, NULL, '2021', NULL, NULL, NULL, NULL, '2026-11-23', NULL, [], [],
    if(n >= {SOURCES - 10}, $base || 'source-' || (n - 10), NULL), NULL, 'sources/all.yaml', 1
FROM range({SOURCES}) t(n)
"""
_GAPS = """
INSERT INTO gap SELECT $base || 'request-' || n * 50, $hours, $base || 'source-' || n % 100, '1',
    'sources/all.yaml', 1 FROM range($gaps) t(n)
"""


def made_graph(nodes: int, claims: int) -> Case:
    """Return a case of about so many things and claims."""
    vocabulary = load_vocabulary()
    whole = sum(share for _, share in KINDS.values())
    counts = {kind: max(HUBS, nodes * share // whole) for kind, (_, share) in KINDS.items()}
    tables = ClaimTables(
        CaseHeader(title="Made", base=BASE, language="en", licence=None, embargo=None)
    )
    tables.known_digest = "0" * 32
    run = tables.connection.execute
    for kind, count in counts.items():
        run(
            "INSERT INTO entity SELECT $base || $kind || '-' || n, $kind || '-' || n, $type, "
            "$kind || '-' || n, if($type = 'Person', 'public official', NULL), false, "
            "'entities/all.yaml', 1 FROM range($count) t(n)",
            {"base": BASE, "kind": kind, "type": KINDS[kind][0], "count": count},
        )
    run("INSERT INTO name SELECT iri, 'label', label FROM entity")
    run(_SOURCES, {"base": BASE})
    for kind, said in SAID.items():
        for words in said.split(", "):
            _say(tables, vocabulary, counts, kind, words)
    ((there,),) = tables.query("SELECT count(*) FROM claim")
    each = max(1, round((claims - there) / counts["gift"]))
    _say(tables, vocabulary, counts, "gift", f"receiver group *{each}")
    hours = vocabulary.relations["hours"].iri
    run(_GAPS, {"base": BASE, "hours": hours, "gaps": counts["request"] // 50})
    run(_EVIDENCE, {"base": BASE, "companies": counts["company"]})
    compute_standing(tables, vocabulary)
    make_profiles(tables)
    return Case.of_tables(Path("made"), tables, vocabulary)


def _say(
    tables: ClaimTables, vocabulary: Vocabulary, counts: dict[str, int], kind: str, words: str
) -> None:
    """Add the claims of one relation: `words` are as in SAID."""
    relation, rest = _relation(vocabulary, words)
    ends = {"%": "100", "*": "1"}
    for word in rest:
        ends |= {mark: word.strip(mark) for mark in ends if mark in word}
    target = next((w for w in rest if w in counts or w == "source"), "")
    said = {
        "base": BASE,
        "prefix": kind,
        "predicate": relation.iri,
        "bounded": relation.label in ("number of receivers", "value"),
        "count": counts[kind],
        "each": int(ends["*"]),
        "share": int(ends["%"]),
        "salt": f"{kind} {words}",
        "target": target,
        "targets": counts.get(target, SOURCES),
        "terms": [t.iri for t in vocabulary.terms_in(relation.scheme or "")],
    }
    parts = dict(zip(("kind", "object", "lexical"), _VALUES[relation.range], strict=True))
    text = _CLAIMS.format(**parts)
    tables.connection.execute(text, {n: v for n, v in said.items() if f"${n}" in text})


def _relation(vocabulary: Vocabulary, words: str) -> tuple[Relation, list[str]]:
    """Return the relation that `words` begin with, the longest, and the other words."""
    parts = words.split()
    for end in range(len(parts), 0, -1):
        if found := vocabulary.relations.get(" ".join(parts[:end])):
            return found, parts[end:]
    raise ValueError(words)
