"""A case folder is read into rows: header, entities, sources, judgements, decisions."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from sousveil.model.records import (
    CaseHeader,
    Claim,
    Decision,
    Entity,
    Evidence,
    Gap,
    Judgement,
    Name,
    PrivateName,
    Source,
)
from sousveil.model.release import Embargo, Gates
from sousveil.model.story import Story
from sousveil.readers.blocks import BlockReader, Reference
from sousveil.readers.captures import Captures
from sousveil.readers.case_place import CAPTURES_FOLDER, CASE_FILE
from sousveil.readers.decisions import DecisionReader
from sousveil.readers.embargo import read_embargo
from sousveil.readers.entities import KEY, KEY_FORM, EntityReader
from sousveil.readers.fields import Fields
from sousveil.readers.iris import BASE_FORM, is_base, is_language_tag
from sousveil.readers.judgements import read_judgements
from sousveil.readers.lines import LineReader
from sousveil.readers.names import Named, Names
from sousveil.readers.private_names import FILE as PRIVATE_FILE
from sousveil.readers.private_names import read_private_names
from sousveil.readers.problems import Problems
from sousveil.readers.sources import SourceReader
from sousveil.readers.stories import StoryReader
from sousveil.readers.yaml_text import EMPTY, Mapping, Node, read_text, read_yaml
from sousveil.vocabulary.terms import Vocabulary
from sousveil.vocabulary.words import fold

FORMAT = "1"
HEADER = ("format", "title", "base", "language", "licence", "embargo")
_NOT_READ = ("tables",)

Progress = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class CaseRows:
    """All rows of a case, as its files say them, with the references that must be checked."""

    header: CaseHeader | None
    entities: list[Entity]
    names: list[Name]
    sources: list[Source]
    claims: list[Claim]
    evidence: list[Evidence]
    gaps: list[Gap]
    judgements: list[Judgement]
    decisions: list[Decision]
    stories: list[Story]
    gates: Gates
    private_names: list[PrivateName]
    references: list[Reference]
    missing_captures: frozenset[str]
    problems: Problems


@dataclass(frozen=True, kw_only=True)
class Known:
    """Files that need not be read, as they were read before.

    `entities` are those of all entity files by each spelling, `sealed` the rows of those whose name
    is withheld, `kinds` has the kind of each source by its file (`sources/key.yaml`). Others may
    refer to them; what else the files say is not among the rows of the case.
    """

    entities: list[tuple[str, Named]]
    sealed: list[Entity]
    kinds: AnyMapping[str, str]

    @cached_property
    def files(self) -> set[str]:
        """The names of the files."""
        return {named.file for _, named in self.entities}.union(self.kinds)


_NOTHING = Known(entities=[], sealed=[], kinds=MappingProxyType({}))


def read_case(
    folder: Path,
    vocabulary: Vocabulary,
    captures: tuple[Path, ...] = (),
    progress: Progress | None = None,
    known: Known = _NOTHING,
) -> CaseRows:
    """Read every file of a case folder. Nothing is raised for bad content: see `problems`."""
    problems = Problems()
    files = _Files(folder, problems, progress)
    header, embargo = _read_header(files)
    base = header.base if header else "urn:sousveil:unreadable/"
    names = Names(vocabulary, problems)
    entity_reader = EntityReader(base, vocabulary, names, problems)
    shelf = Captures((folder / CAPTURES_FOLDER, *captures), problems)
    source_reader = SourceReader(base, vocabulary, names, shelf, problems)
    _read_entities(files, entity_reader, known)
    read = list(files.yaml("sources", known.files))
    names.incomplete |= files.refused
    for shown, key, node in read:
        if not KEY.fullmatch(key):
            problems.error(shown, None, f"the file name '{key}' is not a key: {KEY_FORM}")
        source_reader.announce(key, node or EMPTY, shown, known.kinds.get(shown))
    for shown, key, node in read:
        if node is EMPTY:
            problems.error(shown, None, "is empty; `sousveil source new FILE` writes a header")
        elif node is not None:
            source_reader.read(key, node, shown)
    lines = LineReader(
        vocabulary=vocabulary,
        names=names,
        problems=problems,
        language=header.language if header else "en",
    )
    blocks = BlockReader(lines)
    for file in source_reader.files:
        blocks.read(file)
    decisions = DecisionReader(lines)
    for shown, _, node in files.yaml("decisions"):
        if node is not None and node is not EMPTY:
            decisions.read(node, shown)
    stories = _read_stories(files, lines)
    judgements_text = files.text("judgements.csv")
    files.report_unread()
    return CaseRows(
        header=header,
        entities=entity_reader.entities,
        names=entity_reader.labels,
        sources=[f.source for f in source_reader.files],
        claims=list(blocks.claims.values()),
        evidence=list(blocks.evidence.values()),
        gaps=blocks.gaps,
        judgements=read_judgements(judgements_text, "judgements.csv", names)
        if judgements_text
        else [],
        decisions=decisions.decisions,
        stories=stories.stories,
        gates=Gates(embargo=embargo, overrides=tuple(decisions.overrides)),
        private_names=read_private_names(
            files.one(PRIVATE_FILE), [*known.sealed, *entity_reader.entities], problems
        ),
        references=blocks.references + decisions.references + stories.references,
        missing_captures=frozenset(shelf.missing),
        problems=problems,
    )


def _read_entities(files: _Files, reader: EntityReader, known: Known) -> None:
    names = reader.names
    typed = [file for file in files.yaml("entities", known.files) if file[0] not in known.files]
    for spelling, named in known.entities:
        names.add(spelling, named, named.line)
    for shown, _, node in typed:
        if node is None:
            names.incomplete = True
        elif node is not EMPTY:
            reader.read(node, shown)


def _read_stories(files: _Files, lines: LineReader) -> StoryReader:
    stories = StoryReader(lines)
    for shown, key, node in files.yaml("stories"):
        if not KEY.fullmatch(key):
            files.problems.error(shown, None, f"the file name '{key}' is not a key: {KEY_FORM}")
        if node is EMPTY:
            files.problems.error(shown, None, "is empty; a story has a title, a finding and things")
        elif node is not None:
            stories.read(key, node, shown)
    return stories


class _Files:
    """The files of a case folder, in a fixed order; links that lead out of it are refused."""

    def __init__(self, folder: Path, problems: Problems, progress: Progress | None) -> None:
        self.folder = folder
        self.problems = problems
        self.progress = progress or (lambda _: None)
        self.refused = False
        self._within: set[Path] = set()

    def yaml(self, name: str, known: Container[str] = ()) -> Iterator[tuple[str, str, Node | None]]:
        """Yield (shown name, key, content) for each YAML file of a sub-folder.

        The content is None where the file cannot be read or is `known`, EMPTY where it holds
        nothing.
        """
        if not self._inside(self.folder / name, name):
            return
        for path in sorted((self.folder / name).glob("*")):
            shown = f"{name}/{path.name}"
            if path.suffix != ".yaml":
                if path.suffix.lower() in (".yml", ".yaml"):
                    self.problems.error(shown, None, "rename it to end in .yaml")
                    self.problems.blurred.add(None)
                    yield shown, fold(path.stem), None
                elif path.is_dir():
                    self.problems.warn(
                        shown, None, f"a folder within {name}/ is not read; move its files up"
                    )
                continue
            if not self._inside(path, shown) or shown in known:
                yield shown, path.stem, None
                continue
            self.progress(shown)
            yield shown, path.stem, read_yaml(path, shown, self.problems)

    def one(self, name: str) -> Node | None:
        """Return the content of one YAML file, None when it is not there."""
        path = self.folder / name
        if not self._is_there(path, name):
            return None
        return read_yaml(path, name, self.problems)

    def text(self, name: str) -> str | None:
        """Return one text file, None when it is not there."""
        path = self.folder / name
        if not self._is_there(path, name):
            return None
        return read_text(path, name, self.problems)

    def report_unread(self) -> None:
        """Say which folders of the format this version does not read yet."""
        for name in _NOT_READ:
            if (self.folder / name).is_dir() and any((self.folder / name).iterdir()):
                self.problems.warn(name, None, "this version does not read this folder")

    def _is_there(self, path: Path, shown: str) -> bool:
        """Tell whether a file is there; what is there and is none is a problem."""
        if path.is_file():
            return self._inside(path, shown)
        if path.exists() or path.is_symlink():
            self.problems.error(shown, None, "is a folder or a link to nothing; it must be a file")
        return False

    def _inside(self, path: Path, shown: str) -> bool:
        if path.parent in self._within and not path.is_symlink():
            return True
        if path.exists() and not path.resolve().is_relative_to(self.folder.resolve()):
            self.problems.error(
                shown, None, "is a link that leads out of the case folder; copy the file in"
            )
            self.problems.blurred.add(None)
            self.refused = True
            return False
        if path.is_dir():
            self._within.add(path)
        return True


def _read_header(files: _Files) -> tuple[CaseHeader | None, Embargo | None]:
    if not (files.folder / CASE_FILE).is_file():
        files.problems.error(
            CASE_FILE, None, "is missing; `sousveil new FOLDER` starts a case with one"
        )
        return None, None
    node = files.one(CASE_FILE)
    if node is EMPTY or not isinstance(node, Mapping):
        if node is not None:
            files.problems.error(
                CASE_FILE, 1, "needs lines of 'word: value', at least format, title and base"
            )
        return None, None
    fields = Fields(node, CASE_FILE, files.problems)
    version = fields.text("format", required=True)
    title, base = fields.text("title", required=True), fields.text("base", required=True)
    language = fields.text("language")
    licence, embargo = fields.text("licence"), read_embargo(fields)
    fields.leftover(HEADER)
    if version and version.text != FORMAT:
        files.problems.error(
            CASE_FILE, version.line, f"format '{version.text}'; this version reads '{FORMAT}'"
        )
    if base and not is_base(base.text):
        files.problems.error(CASE_FILE, base.line, f"'{base.text}' is not {BASE_FORM}")
        return None, None
    if language and not is_language_tag(language.text):
        files.problems.error(CASE_FILE, language.line, f"'{language.text}' is no language tag: en")
        return None, None
    if title is None or base is None:
        return None, None
    header = CaseHeader(
        title=title.text,
        base=base.text,
        language=language.text if language else "en",
        licence=licence.text if licence else None,
        embargo=embargo.until if embargo else None,
    )
    return header, embargo
