"""Finding an entity or a source by what a person calls it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

from sousveil.errors import UsageError
from sousveil.ledger.tables import ClaimTables
from sousveil.vocabulary.namespaces import SV
from sousveil.vocabulary.words import did_you_mean, fold

SHOWN = 8
"""How many choices a message lists."""


class AmbiguousName(UsageError):
    """A name fits several things; `choices` are their keys, any of which is a name again."""

    def __init__(self, words: str, choices: list[tuple[str, str, str]]) -> None:
        self.choices = [key for key, _, _ in choices]
        listed = [f"{key} ({label}, {type_})" for key, label, type_ in choices[:SHOWN]]
        more = f" and {len(choices) - SHOWN} more" if len(choices) > SHOWN else ""
        super().__init__(f"'{words}' may mean {', '.join(listed)}{more}; which one?")


def find_entity(tables: ClaimTables, words: str, fits: Callable[[str], bool] | None = None) -> str:
    """Return the IRI of the entity or source with this key, name, other name or IRI.

    Names that sources report (`called`) count where nothing else is called so. Where a name fits
    several things, those that `fits` says yes to are looked at first.

    Raises UsageError when nothing is called so, with what is called nearly so; AmbiguousName when
    several things are.
    """
    found = _called(tables, words)
    if len(found) > 1 and fits is not None:
        found = [iri for iri in found if fits(iri)] or found
    if len(found) == 1:
        return found[0]
    if found:
        raise AmbiguousName(words, _choices(tables, found))
    raise UsageError(f"nothing in this case is called '{words}'{_nearest(tables, words, fits)}")


def find_source(tables: ClaimTables, words: str) -> str:
    """Return the IRI of the source with this key, title, file (whole path or name) or IRI.

    Raises UsageError when there is none, with the nearest name, or the sources of what is called
    so; AmbiguousName when several are.
    """
    rows = tables.query("SELECT iri, key, title, file FROM source ORDER BY key")
    named = [
        (str(iri), (str(iri), str(key), str(title), str(file), PurePosixPath(str(file)).name))
        for iri, key, title, file in rows
    ]
    path = words.replace("\\", "/")
    exact = [iri for iri, names in named if {words, path} & set(names)]
    near = [iri for iri, names in named if path.endswith(f"/{names[3]}")]
    folded = [iri for iri, names in named if fold(words) in map(fold, names[1:3])]
    for found in (exact, near, folded):
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousName(words, _choices(tables, found))
    raise UsageError(f"no source of this case is called '{words}'{_of_publisher(tables, words)}")


def _of_publisher(tables: ClaimTables, words: str) -> str:
    """Return the sources of a publisher of that name, else what is called nearly so."""
    publishers = [iri for iri in _called(tables, words) if fold(words)]
    keys = [
        str(key)
        for (key,) in tables.query(
            "SELECT key FROM source WHERE publisher IN (SELECT unnest(?::VARCHAR[])) ORDER BY key",
            [publishers],
        )
    ]
    if keys:
        more = f" and {len(keys) - SHOWN} more" if len(keys) > SHOWN else ""
        return f", but its sources are: {', '.join(keys[:SHOWN])}{more}"
    if publishers:
        return ": that is a thing, and no source was published by it"
    rows = tables.query("SELECT key, title FROM source ORDER BY key")
    return did_you_mean(words, (str(word) for row in rows for word in row))


_NAMES = """
SELECT iri, key AS word FROM entity UNION SELECT iri, key FROM source
UNION SELECT iri, iri FROM entity UNION SELECT iri, iri FROM source
UNION SELECT entity, value FROM name
"""


def _called(tables: ClaimTables, words: str) -> list[str]:
    exact = tables.query(f"SELECT DISTINCT iri FROM ({_NAMES}) WHERE word = ? ORDER BY 1", [words])  # noqa: S608
    if exact:
        return [str(iri) for (iri,) in exact]
    folded = fold(words)
    names = tables.query(f"SELECT iri, word FROM ({_NAMES}) ORDER BY ALL")  # noqa: S608
    found = {str(iri) for iri, word in names if fold(word) == folded}
    if not found:
        reported = tables.query(
            "SELECT DISTINCT subject, lexical FROM claim WHERE predicate = ? AND lexical NOT NULL",
            [SV + "called"],
        )
        found = {str(iri) for iri, word in reported if fold(word) == folded}
    return sorted(found)


def _nearest(tables: ClaimTables, words: str, fits: Callable[[str], bool] | None) -> str:
    """Return what may have been meant: names that hold these words, or that look like them."""
    names = tables.query(f"SELECT iri, word FROM ({_NAMES}) ORDER BY ALL")  # noqa: S608
    wanted = [
        (str(iri), str(word))
        for iri, word in names
        if "://" not in word and (fits is None or fits(iri))
    ]
    part = fold(words)
    holding = [(i, w) for i, w in wanted if part and f"-{part}-" in f"-{fold(w)}-"]
    near = did_you_mean(words, (word for _, word in wanted))
    if near or not holding:
        return near
    shown = dict.fromkeys(_labels(tables, (iri for iri, _ in holding)))
    return f"; did you mean {' or '.join(_quoted(shown))}?"


def _labels(tables: ClaimTables, iris: Iterable[str]) -> list[str]:
    return [label for _, label, _ in _choices(tables, sorted(set(iris)))]


def _choices(tables: ClaimTables, iris: list[str]) -> list[tuple[str, str, str]]:
    return tables.query(
        """
        SELECT key, label, type FROM (
            SELECT iri, key, label, type FROM entity
            UNION ALL SELECT iri, key, title, type FROM source
        ) WHERE iri IN (SELECT unnest(?::VARCHAR[])) ORDER BY key
        """,
        [iris],
    )


def _quoted(labels: Iterable[str]) -> list[str]:
    return [f"'{label}'" for label in list(labels)[:SHOWN]]
