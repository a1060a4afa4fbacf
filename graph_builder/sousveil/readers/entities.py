"""Entity files: type, then `key: Name`; identity only, no facts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sousveil.model.exposure import EXPOSURES, SEALED, SEALED_BY_DEFAULT
from sousveil.model.records import Entity, Name
from sousveil.readers.fields import Fields
from sousveil.readers.names import Named, Names
from sousveil.readers.problems import Problems
from sousveil.readers.yaml_text import Mapping, Node, Text
from sousveil.vocabulary.terms import Vocabulary
from sousveil.vocabulary.words import did_you_mean

IDENTIFIERS = (
    "ori",
    "wikidata",
    "sec cik",
    "lei",
    "opencorporates",
    "ein",
    "muckrock",
    "geoid",
    "docket",
    "domain",
)
"""Identifier schemes an entity may carry; badge numbers, addresses and plates have no field."""

KEY = re.compile(r"(?!.{201})[a-z0-9]+(?:-[a-z0-9]+)*")
"""No longer than the name of a page's file may be, with its ending and what is written beside."""
KEY_FORM = "small letters, digits and single hyphens, at most 200 characters"
LIST_OF_TYPES = "`sousveil ontology docs` lists the types"


@dataclass
class EntityReader:
    """Reads entity files one after the other into rows and names."""

    base: str
    vocabulary: Vocabulary
    names: Names
    problems: Problems
    entities: list[Entity] = field(default_factory=list)
    labels: list[Name] = field(default_factory=list)

    def read(self, node: Node, file: str) -> None:
        """Read one file."""
        if not isinstance(node, Mapping):
            self.problems.error(file, node.line, "an entity file has types as headings: 'Company:'")
            self.names.incomplete = True
            return
        for heading, body in node.items:
            each = self.vocabulary.classes.get(heading.text)
            usable = self._usable_types()
            if each is None or heading.text not in usable:
                hint = did_you_mean(heading.text, usable) or f"; {LIST_OF_TYPES}"
                if each is not None and each.abstract:
                    hint = f"; it is too general, write one of: {', '.join(self._below(each.name))}"
                self.problems.error(file, heading.line, f"no type '{heading.text}'{hint}")
                self.names.incomplete = True
            elif isinstance(body, Mapping):
                for key, value in body.items:
                    self._entity(key, value, heading.text, file)
            elif body.line:
                self.problems.error(file, body.line, f"below '{heading.text}:' stands 'key: Name'")
                self.names.incomplete = True

    def _usable_types(self) -> list[str]:
        return [
            c.name
            for c in self.vocabulary.classes.values()
            if not c.abstract
            and self.vocabulary.is_a(c.name, ("Thing",))
            and not self.vocabulary.is_a(c.name, ("Source",))
        ]

    def _below(self, name: str) -> list[str]:
        usable = self._usable_types()
        return [t for t in usable if name in self.vocabulary.ancestors(t)]

    def _entity(self, key: Text, value: Node, type_name: str, file: str) -> None:
        if not KEY.fullmatch(key.text):
            self.problems.error(file, key.line, f"'{key.text}' is not a key: {KEY_FORM}")
            self.names.incomplete = True
            return
        if isinstance(value, Text):
            value = Mapping(((Text("name", value.line), value),), value.line)
        if not isinstance(value, Mapping):
            self.problems.error(file, value.line, f"'{key.text}:' takes a name or lines below it")
            self.names.incomplete = True
            return
        fields = Fields(value, file, self.problems)
        name = fields.text("name", required=True)
        shown_as = fields.text("shown as")
        exposure = fields.text("exposure")
        also = fields.texts("also")
        identifiers = [(s, fields.text(s)) for s in IDENTIFIERS]
        fields.leftover(("name", "shown as", "exposure", "also", *IDENTIFIERS))
        if name is None:
            self.names.incomplete = True
            return
        iri = self.base + key.text
        sealed = name.text == SEALED
        label = self._label(name, shown_as, sealed=sealed, file=file) or key.text
        must_be_sealed = exposure is not None and exposure.text in SEALED_BY_DEFAULT
        if shown_as is not None and not (sealed or must_be_sealed):
            self.problems.error(file, shown_as.line, "'shown as:' goes with 'name: sealed' only")
        self._check_exposure(exposure, type_name, sealed=sealed, file=file, line=key.line)
        named = Named(iri=iri, key=key.text, type=type_name, file=file, line=key.line)
        other = self.names.find(key.text)
        if other is not None and other.key == key.text:
            self.problems.error(
                file,
                key.line,
                f"the key '{key.text}' is used twice (first in {other.file}:{other.line})",
            )
            return
        for spelling in (key, Text(label, name.line), *also):
            self.names.add(spelling.text, named, spelling.line)
        self.labels.append(Name(entity=iri, scheme="label", value=label))
        self.labels += [Name(entity=iri, scheme="also", value=a.text) for a in also]
        self.labels += [Name(entity=iri, scheme=s, value=v.text) for s, v in identifiers if v]
        self.entities.append(
            Entity(
                iri=iri,
                key=key.text,
                type=type_name,
                label=label,
                exposure=exposure.text if exposure else None,
                sealed=sealed,
                file=file,
                line=key.line,
            )
        )

    def _label(self, name: Text, shown_as: Text | None, *, sealed: bool, file: str) -> str | None:
        if sealed and shown_as is None:
            self.problems.error(file, name.line, "a sealed name needs 'shown as:' with the role")
        return (shown_as.text if shown_as else None) if sealed else name.text

    def _check_exposure(
        self, exposure: Text | None, type_name: str, *, sealed: bool, file: str, line: int
    ) -> None:
        if not self.vocabulary.is_a(type_name, ("Person",)):
            if exposure is not None:
                self.problems.error(file, exposure.line, "'exposure:' is for a Person only")
            elif sealed:
                self.problems.error(file, line, "only the name of a Person can be sealed")
            return
        if exposure is None:
            self.problems.error(
                file, line, f"a Person needs 'exposure:', one of: {', '.join(sorted(EXPOSURES))}"
            )
        elif exposure.text not in EXPOSURES:
            hint = did_you_mean(exposure.text, EXPOSURES)
            self.problems.error(file, exposure.line, f"no exposure class '{exposure.text}'{hint}")
        elif exposure.text in SEALED_BY_DEFAULT and not sealed:
            self.problems.error(
                file,
                line,
                f"the name of a person of class '{exposure.text}' may not stand in the case: "
                "write 'name: sealed' and 'shown as:' with the role; the name goes to private/",
            )
