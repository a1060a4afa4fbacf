"""Finding an entity or a source by what a person calls it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from pathlib import PurePosixPath

from sousveil.errors import UsageError
from sousveil.ledger.tables import ClaimTables
from sousveil.vocabulary.namespaces import SV
from sousveil.vocabulary.words import fold, nearest

SHOWN = 8
"""How many choices a message lists."""
_ALIKE, _MUCH_ALIKE = 0.7, 0.8
"""From which likeness, of 1, a name is offered beside others."""


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
    rows = tables.query("SELECT iri, key, title FROM source ORDER BY key")
    names = [(iri, name, False) for iri, key, title in rows for name in (key, title)]
    return _did_you_mean(words, names)


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
    names = tables.query(
        """
        SELECT iri, key AS word, true AS by_key FROM entity UNION SELECT iri, key, true FROM source
        UNION SELECT entity, value, false FROM name ORDER BY ALL
        """
    )
    return _did_you_mean(words, [name for name in names if fits is None or fits(name[0])])


def _did_you_mean(words: str, names: Sequence[tuple[str, str, bool]]) -> str:
    found = list(dict.fromkeys(guesses(words, names)))
    more = [f"one of {len(found) - SHOWN} more"] if len(found) > SHOWN else []
    shown = [*(f"'{name}'" for name in found[:SHOWN]), *more]
    return f"; did you mean {' or '.join(shown)}?" if shown else ""


def guesses(words: str, names: Sequence[tuple[str, str, bool]]) -> list[str]:
    """Return what may have been meant, the likeliest first, each thing by one of its names.

    Those are names that hold all of these words, after one that is much like them as a whole.
    Where there are none, the words are misspelt: then it is the name most like them, and the names
    that hold the word most like a single one.

    Args:
        names: things with a name each, and whether that is a mere key.
    """
    part = fold(words)
    if not part:
        return []
    alike = nearest(words, (name for _, name, _ in names)) or ""
    likeness = _likeness(part, alike)
    found = _holding(part, names)
    if found:
        whole = [alike] if likeness >= _MUCH_ALIKE and not _holds(alike, part) else []
        return [*whole, *found]
    every = {each for _, name, _ in names for each in fold(name).split("-")}
    word = nearest(part, every, _ALIKE)
    if word is None or _likeness(part, word) <= likeness:
        return [alike] if alike else []
    return [*([alike] if likeness >= _ALIKE else []), *_holding(word, names)]


def _likeness(part: str, name: str) -> float:
    return SequenceMatcher(a=part, b=fold(name)).ratio()


def _holds(name: str, part: str) -> bool:
    return set(part.split("-")) <= set(fold(name).split("-"))


def _holding(part: str, names: Iterable[tuple[str, str, bool]]) -> list[str]:
    """Return a name of each thing that has all words in one, those of few words first."""
    best: dict[str, tuple[bool, int, str]] = {}
    for iri, name, by_key in names:
        if _holds(name, part):
            rank = (by_key, fold(name).count("-"), name)
            best[iri] = min(best.get(iri, rank), rank)
    return [name for _, _, name in sorted(best.values())]


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
