"""A case read back from its N-Quads: claims in words as they stood when these were written.

Nothing is computed anew: standing, acceptance, origins and derived links are those of the file, so
that two builds can be compared as what they were. Remarks and places in the case's files are not
in RDF and stay empty. Words that this ontology does not know any more are told by their IRI.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from sousveil.graph.claim_words import (
    ClaimView,
    EvidenceView,
    during_words,
    passage_words,
    verbs_for,
    withheld_words,
)
from sousveil.graph.rdf_terms import BOUND_TERMS, STATE_TERMS
from sousveil.model.values import date_words, number_words
from sousveil.vocabulary.namespaces import DERIVED_GRAPH, RDF, RDFS, SKOS, SV, TERM
from sousveil.vocabulary.terms import Vocabulary
from sousveil.vocabulary.words import fold

_BOUNDS = {TERM + fold(label): symbol for symbol, label in BOUND_TERMS.items()}
_STATES = {TERM + fold(label): kind for kind, label in STATE_TERMS.items()}
_NOT_COUNTED = "it did not count then"
Said = dict[str, dict[str, list[str]]]


class NoCase(ValueError):
    """The quads are those of no case."""


@dataclass(frozen=True, kw_only=True)
class LinkRead:
    """A derived link as it was written."""

    id: str
    subject: str
    predicate: str
    object: str
    standing: str
    origins: int
    claims: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DecisionRead:
    """An editor's decision as it was written; `claim` and `over` are ids of claims."""

    decision: str
    about: str | None
    claim: str | None
    over: tuple[str, ...]
    because: str
    decided: str


@dataclass(frozen=True, kw_only=True)
class CaseRead:
    """What the quads of a case hold.

    Args:
        base, title, profile: the case, and for whom it was written.
        claims: by id, retracted ones too.
        labels, types: of entities and sources, by IRI; the type is the name of a class.
        titles: what an entity is called, or a source is headed, without its publisher.
        origins: the IRIs of the origins of each claim, by its id.
        sources: the IRIs of sources.
        links: derived links by id.
        decisions: in the order in which they were made.
    """

    base: str
    title: str
    profile: str
    claims: Mapping[str, ClaimView]
    labels: Mapping[str, str]
    types: Mapping[str, str]
    titles: Mapping[str, str]
    origins: Mapping[str, frozenset[str]]
    sources: frozenset[str]
    links: Mapping[str, LinkRead]
    decisions: tuple[DecisionRead, ...]


def read_back(quads: Iterable[ox.Quad], vocabulary: Vocabulary) -> CaseRead:
    """Return a case from its quads (graph.rdf); raises NoCase where they are of none."""
    default: Said = {}
    derived: Said = {}
    for quad in quads:
        graph = quad.graph_name
        if isinstance(graph, ox.DefaultGraph):
            said = default
        elif graph.value == DERIVED_GRAPH:
            said = derived
        else:
            continue
        assert isinstance(quad.subject, ox.NamedNode)
        assert not isinstance(quad.object, ox.Triple)
        about = said.setdefault(quad.subject.value, {})
        about.setdefault(quad.predicate.value, []).append(quad.object.value)
    return _Reading(default, derived, vocabulary).case()


def _id(node: str) -> str:
    return node.rsplit("/", 1)[-1]


class _Reading:
    """The statements of a file, by subject and predicate."""

    def __init__(self, said: Said, derived: Said, vocabulary: Vocabulary) -> None:
        self.said, self.derived, self.vocabulary = said, derived, vocabulary
        self.known = {relation.iri for relation in vocabulary.relations.values()}
        self.of_type: dict[str, list[str]] = {}
        for iri, about in said.items():
            for type_ in about.get(RDF + "type", ()):
                self.of_type.setdefault(type_.removeprefix(SV), []).append(iri)
        self.labels = {
            iri: (about.get(RDFS + "label") or about.get(SKOS + "prefLabel") or [iri])[0]
            for iri, about in said.items()
        }

    def case(self) -> CaseRead:
        """Return all of it."""
        cases = self.of_type.get("Case", [])
        if len(cases) != 1:
            raise NoCase(f"{len(cases)} cases in it, wanted one")
        base = cases[0]
        types = {
            iri: about[RDF + "type"][0].removeprefix(SV)
            for iri, about in self.said.items()
            if SV + "inCase" in about and about[RDF + "type"][0] != SV + "Claim"
        }
        sources = frozenset(
            iri
            for iri in types
            if SV + "Source" in self.derived.get(iri, {}).get(RDF + "type", ())
            or types[iri] == "Source"
        )
        self.sources = {iri: self._source_label(iri) for iri in sources}
        claims = self.of_type.get("Claim", [])
        return CaseRead(
            base=base,
            title=self.labels[base],
            profile=self._text(base, "profile") or "public",
            claims={claim.id: claim for claim in map(self._claim, claims)},
            labels={iri: self.sources.get(iri, self.labels[iri]) for iri in types},
            types=types,
            titles={iri: self.labels[iri] for iri in types},
            origins={_id(node): frozenset(self._all(node, "origin")) for node in claims},
            sources=sources,
            links=self._links(),
            decisions=self._decisions(),
        )

    def _all(self, iri: str, local: str) -> list[str]:
        return self.said.get(iri, {}).get(local if ":" in local else SV + local, [])

    def _text(self, iri: str, local: str) -> str | None:
        found = self._all(iri, local)
        return found[0] if found else None

    def _term(self, iri: str, local: str) -> str:
        return (self._text(iri, local) or "").removeprefix(TERM)

    def _flag(self, iri: str, local: str) -> bool:
        return self._text(iri, local) == "true"

    def _label(self, iri: str | None) -> str | None:
        return None if iri is None else self.label_of(iri)

    def label_of(self, iri: str) -> str:
        """Return how a thing or a source is named."""
        return self.sources.get(iri) or self.labels.get(iri, iri)

    def _source_label(self, iri: str) -> str:
        publisher, issued = self._text(iri, "publisher"), self._text(iri, "issued")
        if publisher and issued:
            return f"{self.labels.get(publisher, publisher)}, {date_words(issued)}"
        return self.labels[iri]

    def _claim(self, node: str) -> ClaimView:
        subject = self._all(node, RDF + "subject")[0]
        predicate = self._all(node, RDF + "predicate")[0]
        accepted = self._flag(node, "accepted")
        evidence = tuple(self._evidence(e) for e in sorted(self._all(node, "evidence")))
        kind, value, object_ = self._value(node, evidence)
        relation = predicate.removeprefix(SV)
        verb = verb_back = relation
        if predicate in self.known:
            known = self.vocabulary.relation_at(predicate)
            relation = known.label
            date = self._text(node, RDF + "object") if kind == "date" else None
            verb, verb_back = verbs_for(known, accepted=accepted, date=date)
        contest, standing = self._term(node, "contest"), self._term(node, "standing")
        flags = [contest] if contest != "uncontested" else []
        flags += ["drifted"] if self._flag(node, "drifted") else []
        return ClaimView(
            id=_id(node),
            subject=subject,
            subject_label=self.label_of(subject),
            relation=relation,
            predicate=predicate,
            kind=kind,
            object=object_,
            value=value,
            during=during_words(self._text(node, "during")),
            standing=standing,
            basis=self._term(node, "basis"),
            flags=tuple(flags),
            accepted=accepted,
            decided=False,
            verb=verb,
            verb_back=verb_back,
            origins=tuple(self.label_of(o) for o in sorted(self._all(node, "origin"))),
            remarks=(),
            evidence=evidence,
        )

    def _value(self, node: str, evidence: tuple[EvidenceView, ...]) -> tuple[str, str, str | None]:
        """Return the kind of a value, the value in words, and its IRI where it is a thing."""
        kind = self._text(node, "kind") or "text"
        state = self._text(node, "valueState")
        if state is not None:
            kind = _STATES.get(state, kind)
            words = {"unknown": "not known", "withheld": withheld_words(evidence)}
            return kind, words.get(kind, "none"), None
        bounded = self._text(node, "boundedValue")
        if bounded is not None:
            bound = _BOUNDS.get(self._text(bounded, "bound") or "")
            return kind, number_words(self._text(bounded, "amount") or "", bound), None
        value = self._text(node, RDF + "object") or ""
        match kind:
            case "entity" | "term":
                return kind, self.label_of(value), value
            case "number":
                return kind, number_words(value, None), None
            case "date":
                return kind, date_words(value), None
            case _:
                return kind, value, None

    def _evidence(self, node: str) -> EvidenceView:
        source = self._text(node, "source") or ""
        chain = self.said.get(self._text(node, "via") or "", {})
        via = [
            (int(p.removeprefix(RDF + "_")), v[0]) for p, v in chain.items() if p != RDF + "type"
        ]
        speaker = self._label(self._text(node, "attributedTo") or self._text(node, "saidIn"))
        behalf = self._label(self._text(node, "evidenceOnBehalfOf"))
        return EvidenceView(
            id=_id(node),
            source=source,
            source_label=self.label_of(source),
            source_title=self.labels.get(source, source),
            url=self._text(source, "url"),
            passage=passage_words(self._text(node, "passage")),
            via=tuple(self.label_of(v) for _, v in sorted(via)),
            inferred=self._flag(node, "inferred"),
            mode=self._term(node, "mode"),
            stance=self._term(node, "stance"),
            attributed_to=f"{speaker} for {behalf}" if speaker and behalf else speaker,
            quote=self._text(node, "quote"),
            withheld_by=self._label(self._text(node, "withheldBy")),
            reason=self._text(node, "reason"),
            note=self._text(node, "note"),
            discounted=None if self._flag(node, "counted") else _NOT_COUNTED,
            recorded=self._text(node, "recorded"),
            place="",
        )

    def _links(self) -> dict[str, LinkRead]:
        found = {}
        for node, about in sorted(self.derived.items()):
            if SV + "DerivedLink" in about.get(RDF + "type", ()):
                claims = sorted(_id(c) for c in about.get(SV + "standsOn", ()))
                link = LinkRead(
                    id=_id(node),
                    subject=about[RDF + "subject"][0],
                    predicate=about[RDF + "predicate"][0],
                    object=about[RDF + "object"][0],
                    standing=about[SV + "standing"][0].removeprefix(TERM),
                    origins=int(about[SV + "originCount"][0]),
                    claims=tuple(claims),
                )
                found[link.id] = link
        return found

    def _decisions(self) -> tuple[DecisionRead, ...]:
        nodes = self.of_type.get("Decision", [])
        ordered = sorted(nodes, key=lambda node: int(_id(node)))
        return tuple(
            DecisionRead(
                decision=self._text(node, "decision") or "",
                about=self._text(node, "decidesAbout"),
                claim=next((_id(c) for c in self._all(node, "decidesFor")), None),
                over=tuple(sorted(_id(c) for c in self._all(node, "decidesOver"))),
                because=self._text(node, "because") or "",
                decided=self._text(node, "decidedOn") or "",
            )
            for node in ordered
        )
