"""Finding an entity or a source by what a person calls it."""

from __future__ import annotations

from sousveil.errors import UsageError
from sousveil.ledger.tables import ClaimTables
from sousveil.vocabulary.words import did_you_mean, fold


def find_entity(tables: ClaimTables, words: str) -> str:
    """Return the IRI of the entity or source with this key, name, other name or IRI.

    Raises UsageError when nothing is called so (with the nearest name), or several things are.
    """
    names = tables.query(
        """
        SELECT iri, key AS word FROM entity UNION SELECT iri, key FROM source
        UNION SELECT iri, iri FROM entity UNION SELECT iri, iri FROM source
        UNION SELECT entity, value FROM name ORDER BY ALL
        """
    )
    found = sorted({iri for iri, word in names if word == words or fold(word) == fold(words)})
    if len(found) == 1:
        return str(found[0])
    if found:
        raise UsageError(f"'{words}' may mean {' or '.join(found)}; use one of these IRIs")
    spellings = [word for _, word in names if "://" not in word]
    hint = did_you_mean(words, spellings)
    raise UsageError(f"nothing in this case is called '{words}'{hint}")
