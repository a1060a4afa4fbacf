"""private/names.yaml: the withheld names, by the entity's key; the folder is never in git."""

from __future__ import annotations

from sousveil.model.records import Entity, PrivateName
from sousveil.readers.case_place import PRIVATE_FOLDER
from sousveil.readers.problems import Problems
from sousveil.readers.yaml_text import Mapping, Node, Text

FILE = f"{PRIVATE_FOLDER}names.yaml"


def read_private_names(
    node: Node | None, entities: list[Entity], problems: Problems
) -> list[PrivateName]:
    """Return the withheld names; an entry whose key no sealed entity has is a problem."""
    if node is None:
        return []
    if not isinstance(node, Mapping):
        problems.error(FILE, node.line, "has lines of 'key: Name'")
        return []
    sealed = {e.key: e.iri for e in entities if e.sealed}
    found: list[PrivateName] = []
    for key, value in node.items:
        if key.text not in sealed:
            problems.error(
                FILE, key.line, f"no entity with 'name: sealed' has the key '{key.text}'"
            )
        elif not isinstance(value, Text) or not value.text:
            problems.error(FILE, key.line, f"'{key.text}:' takes one name")
        else:
            found.append(PrivateName(entity=sealed[key.text], name=value.text))
    return found
