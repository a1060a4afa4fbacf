"""Whole cases that no person would type: any text anywhere, known and unknown words, broken YAML.

A case is a dictionary of file names and texts; beside it stands what a block must have said, where
its words are well formed, so that the values can be followed into every format.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from hypothesis import strategies as st

from sousveil.vocabulary.loading import load_vocabulary
from tests.cases import BASE

ANY = st.text(max_size=24)
"""Any text at all: control characters, halves of characters, marks of every language."""
CLEAN = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\u2028\u2029\ufeff"),
    min_size=1,
    max_size=40,
).filter(lambda text: text.strip() == text and text.strip() != "")
HOSTILE = st.sampled_from(
    [
        "'); MATCH (n) DETACH DELETE n; //", "</script><script>alert(1)</script>", "\\u0027 \\",
        '"""', "'''", "{{ 7*7 }}", "${x}", "a: b", "- a", "# x", "? x", "| x", "> 5", "*a", "&a x",
        "!!python/object:os.system x", "%YAML 1.1", "---", "...", "[a", "{a", "~", "null", "Yes",
        "0x10", "1e999", "٣", "２０２０", "²", "-5", "1.", ".5", "2020~~", "0000", "9999-12-31",
        "9999~", "0001~", "before 0001", "before 10000", "2020 to 2019", "../..", "[..2020]",
        "[..]", "/", "2020-02-30", "unknown (x)", "none (", "withheld by", "withheld by ring (x)",
        "not stated by", "\ufeffx", "\u202e", "a\u0301", "ﬁ", "ẞ", "İ", "x" * 300, "9" * 400,
        "about " + "9" * 320, "at least 1." + "9" * 60, "9" * 5000, "9223372036854775808",
        "as of 2020", "2020-07-16/..", "\U0001f3a5", "..", ".", "a/b", "", " ", "\t",
    ]
)  # fmt: skip
PLAIN = st.one_of(
    HOSTILE, CLEAN, ANY, st.sampled_from(["ring", "Ring", "LAPD", "a", "b", "gift", "1"])
)


@dataclass(frozen=True)
class Said:
    """What a block must have said: the value as it stands in the claim tables."""

    subject: str
    relation: str
    kind: str
    lexical: str
    bound: str | None = None


@dataclass(frozen=True)
class Generated:
    """The files of a case, and what they say if the case is accepted."""

    files: dict[str, str]
    said: tuple[Said, ...]


def _quoted(text: str) -> str:
    """Return a text as a double-quoted YAML scalar, every special character escaped."""
    out = []
    for character in text:
        code = ord(character)
        if character in '"\\' or not character.isprintable():
            short = f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
            out.append(short if code < 0x10000 else f"\\U{code:08x}")
        else:
            out.append(character)
    return '"' + "".join(out) + '"'


@st.composite
def scalars(draw: st.DrawFn, words: st.SearchStrategy[str] = PLAIN) -> str:
    """A scalar in one of the ways to type it: bare, quoted, or under `|`."""
    text = draw(words)
    match draw(st.integers(0, 3)):
        case 0:
            return " " + text
        case 1:
            return " " + _quoted(text)
        case 2:
            return " |\n      " + text
        case _:
            return " '" + text.replace("'", "''") + "'"


_WELL = st.one_of(
    st.tuples(
        st.sampled_from(
            [("", None), ("exactly ", None), ("at least ", ">="), ("more than ", ">"),
             ("about ", "~"), ("as many as ", "<="), ("fewer than ", "<")]
        ),
        st.integers(0, 10**20),
        st.booleans(),
    )
)  # fmt: skip


@st.composite
def well_formed(draw: st.DrawFn) -> tuple[str, Said]:
    """A line with a number, a date or a text, and what it says."""
    kind = draw(st.sampled_from(["number", "date", "text"]))
    if kind == "number":
        (words, bound), number, grouped = draw(_WELL)
        typed = f"{number:,}" if grouped else str(number)
        said = Said(BASE + "gift", "number of receivers", "number", str(number), bound)
        return f"  number of receivers: {words}{typed}\n", said
    if kind == "date":
        day = draw(st.dates()).isoformat()
        form, edtf = draw(
            st.sampled_from(
                [("{}", "{}"), ("about {}", "{}~"), ("from {}", "{}/.."), ("until {}", "../{}")]
            )
        )
        said = Said(BASE + "gift", "date", "date", edtf.format(day))
        return f"  date: {form.format(day)}\n", said
    text = draw(CLEAN)
    said = Said(BASE + "gift", "effect", "text", unicodedata.normalize("NFC", text))
    return f"  effect: |\n    {text}\n", said


def _relations() -> list[str]:
    return sorted(load_vocabulary().relations)


@st.composite
def lines(draw: st.DrawFn) -> str:
    """One line of a block: any relation, fixed word or text, with any value or values."""
    word = draw(
        st.one_of(
            st.sampled_from(_relations()),
            st.sampled_from(
                ["at", "via", "said by", "said in", "during", "quote", "note", "recorded",
                 "disputes", "withdraws", "about"]
            ),
            PLAIN,
        )
    )  # fmt: skip
    match draw(st.integers(0, 5)):
        case 0:
            values = draw(st.lists(PLAIN.map(_quoted), max_size=3))
            return f"  {word}: [{', '.join(values)}]\n"
        case 1:
            inner = draw(st.sampled_from(["giver: Ring", "date: 2020", "effect: x", "x: y", "x"]))
            return f"  {word}:\n    {inner}\n"
        case 2:
            label = draw(st.sampled_from(_relations()))
            scheme = load_vocabulary().relations[label].scheme
            terms = [t.label for t in load_vocabulary().terms_in(scheme)] if scheme else ["Ring"]
            return f"  {label}: {draw(st.sampled_from(terms))}\n"
        case _:
            return f"  {word}:{draw(scalars())}\n"


@st.composite
def blocks(draw: st.DrawFn, *, wild: bool) -> tuple[str, tuple[Said, ...]]:
    """A block, mostly about something that there is; the well-formed line stands in its own."""
    if draw(st.integers(0, 19)) < (8 if wild else 19):
        line, said = draw(well_formed())
        return f"- about: gift\n  at: {draw(st.integers(1, 9))}\n{line}", (said,)
    if draw(st.booleans()):
        # A relation that the thing may have, so that its value is looked at and not its name.
        kind, name = draw(st.sampled_from([("BenefitTransfer", "gift"), ("Company", "Ring")]))
        label = draw(st.sampled_from([r.label for r in load_vocabulary().relations_of(kind)]))
        return f"- about: {name}\n  at: 1\n  {label}:{draw(scalars())}\n", ()
    about = draw(st.one_of(st.sampled_from(["gift", "Ring", "answer", "pillar", "a"]), PLAIN))
    text = "".join(draw(st.lists(lines(), min_size=1, max_size=3)))
    return f"- about: {about}\n  at: 1\n{text}", ()


_HEADER = ["note", "author", "url", "published", "read", "capture", "sha256", "based on", "x y"]


@st.composite
def sources(draw: st.DrawFn, *, wild: bool) -> tuple[str, tuple[Said, ...]]:
    """A source file; a wild one may have any field, any value, and lose or repeat any line."""
    head = (
        "kind: NewsArticle\npublisher: Paper A\npublished: 2021-01-01\nread: 2026-11-23\n"
        f"title: {_quoted(draw(CLEAN))}\n"
    )
    found = draw(st.lists(blocks(wild=wild), min_size=1, max_size=3))
    said = tuple(s for _, group in found for s in group)
    if wild:
        for word in draw(st.lists(st.sampled_from(_HEADER), max_size=2)):
            head += f"{word}:{draw(scalars())}\n"
    text = f"{head}says:\n" + "".join(block for block, _ in found)
    if wild and draw(st.integers(0, 5)) == 0:
        text, said = draw(_spoilt(text)), ()
    return text, said


@st.composite
def _spoilt(draw: st.DrawFn, text: str) -> str:
    """A text that lost a piece, has one twice, or has something else in it."""
    begin = draw(st.integers(0, len(text)))
    end = draw(st.integers(begin, min(len(text), begin + 20)))
    return (
        text[:begin]
        + draw(st.sampled_from(["", text[begin:end] * 2, "\t", "\n", ": ", "'"]))
        + (text[end:])
    )


@st.composite
def entity_files(draw: st.DrawFn) -> str:
    """An entity file with any types, keys, names and fields."""
    text = ""
    types = sorted(load_vocabulary().classes)
    for _ in range(draw(st.integers(1, 3))):
        text += f"{draw(st.one_of(st.sampled_from(types), PLAIN))}:\n"
        key = draw(st.one_of(st.from_regex(r"[a-z]{1,4}[0-9]{1,3}", fullmatch=True), PLAIN))
        if draw(st.booleans()):
            text += f"  {key}:{draw(scalars())}\n"
            continue
        text += f"  {key}:\n    name:{draw(scalars())}\n".replace("\n      ", "\n        ")
        for word in draw(st.lists(st.sampled_from(_ENTITY_FIELDS), max_size=2)):
            text += f"    {word}:{draw(scalars())}\n".replace("\n      ", "\n        ")
    return text


_ENTITY_FIELDS = ["also", "exposure", "shown as", "wikidata", "domain", "ori", "docket", "badge"]


@st.composite
def decision_files(draw: st.DrawFn) -> str:
    """A decision file with any kind of decision, with and without what it needs."""
    kind = draw(
        st.sampled_from(["choose value", "leave open", "correct", "retract source", "publish name"])
    )
    value = draw(st.sampled_from(["giver: Ring", "date: 2020", "effect: x"]))
    text = f"- decision: {kind}\n"
    for word in draw(st.sets(st.sampled_from(["claim", "over", "was", "now", "source", "person"]))):
        if word in ("source", "person"):
            text += f"  {word}:{draw(scalars())}\n"
        else:
            text += f"  {word}:\n    about: {draw(PLAIN)}\n    {value}\n"
    return text + f"  because:{draw(scalars())}\n  by: me\n  decided:{draw(scalars())}\n"


@st.composite
def judgement_files(draw: st.DrawFn) -> str:
    """A file of judgements."""
    cell = st.one_of(PLAIN, st.sampled_from(["answer", "answer-again", "same", "2026-11-23"]))
    rows = draw(st.lists(st.lists(cell, min_size=5, max_size=7), max_size=3))
    written = ["left,right,verdict,by,decided,because", *(",".join(row) for row in rows)]
    if draw(st.booleans()):
        written.append("answer,answer-again,same,me,2026-11-23,x")
    return "\n".join(written) + "\n"


@st.composite
def cases(draw: st.DrawFn) -> Generated:
    """A case: half of them are tame, so that enough are accepted to be followed further."""
    wild = draw(st.booleans())
    files: dict[str, str] = {}
    said: tuple[Said, ...] = ()
    for key in "abcdef"[: draw(st.integers(1, 6))]:
        files[f"sources/{key}.yaml"], more = draw(sources(wild=wild))
        said += more
    if wild:
        files["entities/more.yaml"] = draw(entity_files())
        files["decisions/a.yaml"] = draw(decision_files())
        files["judgements.csv"] = draw(judgement_files())
        if draw(st.integers(0, 7)) == 0:
            files["case.yaml"] = (
                f"format: 1\ntitle:{draw(scalars())}\nbase: {draw(_BASES)}{draw(PLAIN)}/\n"
                f"language: {draw(st.one_of(st.just('en'), st.from_regex(_TAG, fullmatch=True)))}\n"
                f"licence:{draw(scalars())}\n"
            )
            said = ()
    return Generated(files, said)


_BASES = st.sampled_from([BASE, "http://x", "http://[", "https://", "x:"])
_TAG = r"[a-z]{2,3}(-[A-Za-z0-9]{1,12}){0,2}"
