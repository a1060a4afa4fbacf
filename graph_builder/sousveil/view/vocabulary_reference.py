"""The reference of the ontology as Markdown: what can be typed in a case, and what it means."""

from __future__ import annotations

from sousveil.model.exposure import EXPOSURES, NAMED_BY_DEFAULT
from sousveil.vocabulary.terms import OntologyClass, Range, Relation, Vocabulary

_RANGES = {
    Range.NUMBER: "a number with its bound, or a vague amount",
    Range.DATE: "a date",
    Range.TEXT: "text",
}


def vocabulary_reference(vocabulary: Vocabulary) -> str:
    """Return the reference: types with their relations, kinds of sources, terms."""
    things = [c for c in vocabulary.classes.values() if _is_type(vocabulary, c)]
    sources = [
        c
        for c in vocabulary.classes.values()
        if vocabulary.is_a(c.name, ("Source",)) and not c.abstract
    ]
    lines = [
        "# Types, relations and terms",
        "",
        f"Written from the ontology, version {vocabulary.version}, by `sousveil ontology docs`; "
        "edit the files in `ontology/`, not this one.",
        "",
        "## Types",
        "",
        "Headings in files of `entities/`. Below each stand the relations that a block about such "
        "a thing may have, those of its more general types included. *One* means that a thing has "
        "one value at a time; several that cannot hold together are shown as a conflict.",
    ]
    for each in things:
        lines += _type_lines(vocabulary, each)
    lines += ["", "## Kinds of sources", "", "| kind | what | its evidence |", "|---|---|---|"]
    lines += [f"| `{c.name}` | {c.definition} | {c.mode} |" for c in sources]
    lines += ["", "## Exposure of persons", "", "| class | the name leaves |", "|---|---|"]
    lines += [
        f"| `{name}` | {'yes' if name in NAMED_BY_DEFAULT else 'only after a decision'} |"
        for name in sorted(EXPOSURES)
    ]
    lines += ["", "## Terms", ""]
    lines += _term_lines(vocabulary)
    return "\n".join(lines) + "\n"


def _is_type(vocabulary: Vocabulary, each: OntologyClass) -> bool:
    return (
        not each.abstract
        and vocabulary.is_a(each.name, ("Thing",))
        and not vocabulary.is_a(each.name, ("Source",))
    )


def _type_lines(vocabulary: Vocabulary, each: OntologyClass) -> list[str]:
    above = [vocabulary.classes[name].label for name in vocabulary.ancestors(each.name)[1:]]
    lines = ["", f"### {each.name}", "", each.definition + f" Example: {each.example}"]
    if above:
        lines += ["", f"More general: {', '.join(above)}."]
    relations = vocabulary.relations_of(each.name)
    lines += ["", "| relation | takes | | meaning |", "|---|---|---|---|"]
    lines += [
        f"| `{r.label}` | {_takes(r)} | {'one' if r.functional else ''} | {r.definition} |"
        for r in relations
    ]
    return lines


def _takes(relation: Relation) -> str:
    if relation.range is Range.ENTITY:
        return " or ".join(relation.range_classes)
    if relation.range is Range.TERM:
        name = (relation.scheme or "").rpartition("#")[2]
        return f"a term of [{name}](#{name})"
    return _RANGES[relation.range]


def _term_lines(vocabulary: Vocabulary) -> list[str]:
    schemes = sorted({r.scheme for r in vocabulary.relations.values() if r.scheme})
    schemes += [s for t in vocabulary.terms.values() for s in t.schemes if "vague" in s][:1]
    lines: list[str] = []
    for scheme in schemes:
        name = scheme.rpartition("#")[2]
        lines += [f"### {name}", "", "| term | meaning | narrower than |", "|---|---|---|"]
        for term in vocabulary.terms_in(scheme):
            also = f", `{'`, `'.join(term.alternatives)}`" if term.alternatives else ""
            above = ", ".join(vocabulary.terms[b].label for b in term.broader)
            lines.append(f"| `{term.label}`{also} | {term.definition} | {above} |")
        lines.append("")
    return lines[:-1]
