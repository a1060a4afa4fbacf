"""The pages of the named questions: all of them with what they find here, and one page each."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sousveil.graph.claim_words import ClaimView
from sousveil.stores.protocol import Dialect
from sousveil.view.explorer.material import SiteMaterial
from sousveil.view.explorer.thing_page import evidence, sentence, standing
from sousveil.view.html_text import text

if TYPE_CHECKING:
    from sousveil.ask.answers import Answer, AnswerRow
    from sousveil.ask.questions import Parameter, Question
    from sousveil.ask.values import AnswerValue

MOST_ROWS = 150
"""A page shows so many rows; it says how many more there are, and how to have them."""


@dataclass(frozen=True, kw_only=True)
class AskedQuestion:
    """A question as a build asked it.

    Args:
        given: what each parameter was told, as it is typed.
        answer: None where it was not asked; `missing` then tells why.
        missing: the parameters for which the case has nothing; empty where the case is too large
            for all answers to stand on pages.
    """

    question: Question
    given: Mapping[str, str]
    answer: Answer | None
    missing: tuple[Parameter, ...] = ()


QUESTIONS_FILE = "questions.html"
_FOLDER = "questions/"


def question_file(name: str) -> str:
    """Return the page of a question, seen from index.html."""
    return f"{_FOLDER}{name}.html"


def is_of_questions(file: str) -> bool:
    """Tell whether a page of the explorer is that of a question, or the list of them."""
    return file == QUESTIONS_FILE or file.startswith(_FOLDER)


def questions_page(site: SiteMaterial, asked: Sequence[AskedQuestion]) -> str:
    """Return all questions by group, each with what it finds here."""
    said = site.frame.words
    groups: dict[str, list[AskedQuestion]] = {}
    for one in asked:
        groups.setdefault(one.question.group, []).append(one)
    parts = []
    for group, found in groups.items():
        items = "".join(
            f'<li><a href="{text(question_file(one.question.name))}">{text(one.question.title)}</a>'
            f' <span class="tag">{text(_found(site, one))}</span></li>'
            for one in found
        )
        parts.append(f'<section><h2>{text(group)}</h2><ul class="asked">{items}</ul></section>')
    title = said("questions")
    body = f"<h1>{text(title)}</h1>{''.join(parts)}"
    state = any(_tells_of_case(one) for one in asked)
    return site.frame.page(title, body, here=QUESTIONS_FILE, state=state)


def _tells_of_case(one: AskedQuestion) -> bool:
    return one.answer is not None or bool(one.missing)


def _found(site: SiteMaterial, one: AskedQuestion) -> str:
    said = site.frame.words
    if one.answer is None:
        return said("not-asked-here")
    return said.counted("rows", len(one.answer.rows)) if one.answer.rows else said("no-rows")


def question_page(site: SiteMaterial, one: AskedQuestion) -> str:
    """Return the page of one question: how it was asked, its rows with claims and evidence."""
    question, said = one.question, site.frame.words
    body = (
        f'<header><h1>{text(question.title)}</h1><p class="kind">{text(question.group)}</p>'
        f"</header>{_asked(site, one)}{_answer(site, one)}"
        f"<section><h2>{text(said('what-it-gives'))}</h2>"
        f"<p>{text(said('gives'))} {text(question.answers)}</p>"
        f"<p>{text(said('does-not'))} {text(question.does_not)}</p></section>"
        f"<section><h2>{text(said('ask-yourself'))}</h2>{_parameters(site, question)}"
        f"<pre>{text(command(one))}</pre>{_queries(question)}</section>"
    )
    return site.frame.page(question.title, body, up="../", state=_tells_of_case(one))


def command(one: AskedQuestion) -> str:
    """Return the command that asks the question as it was asked here."""
    given = "".join(f" --{name} {_quoted(value)}" for name, value in one.given.items())
    return f"sousveil ask {one.question.name}{given}"


def _quoted(value: str) -> str:
    plain = not set(value) & set('"$`\\!') and value.isprintable()
    return f'"{value}"' if plain else shlex.quote(value)


def _asked(site: SiteMaterial, one: AskedQuestion) -> str:
    if one.answer is None or not one.answer.parameters:
        return ""
    words = {parameter.name: parameter.words for parameter in one.question.parameters}
    items = "".join(
        f"<dt>{text(words[name])}</dt><dd>{text(value)}</dd>"
        for name, value in one.answer.parameters.items()
    )
    return f"<p>{text(site.frame.words('asked-with'))}</p><dl>{items}</dl>"


def _answer(site: SiteMaterial, one: AskedQuestion) -> str:
    said, question = site.frame.words, one.question
    needs = f"<p>{text(said('needs'))} {text(question.needs)}</p>" if question.needs else ""
    if one.answer is None:
        if not one.missing:
            return f'<p class="empty">{text(said("too-large"))}</p>'
        lacks = "; ".join(f"{p.words} ({', '.join(p.classes) or p.type})" for p in one.missing)
        return f'<p class="empty">{text(said("lacks", what=lacks))}</p>{needs}'
    unknown = _unknown(site, one.answer)
    if not one.answer.rows:
        return f'<p class="empty">{text(said("no-rows"))}</p>{needs}{unknown}'
    shown = one.answer.rows[:MOST_ROWS]
    more = len(one.answer.rows) - len(shown)
    told = said.counted("rows", len(one.answer.rows))
    rest = f"<p>{text(said('more-rows', n=more, m=len(shown)))}</p>" if more else ""
    heads = [column.words for column in question.columns]
    heads += [said("standing"), said("evidence")]
    cells = "".join(f'<th scope="col">{text(head)}</th>' for head in heads)
    rows = "".join(_row(site, one.answer, heads, row) for row in shown)
    return (
        f"<section><h2>{text(told)}</h2>{rest}"
        f'<div class="t"><table class="answer"><thead><tr>{cells}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div></section>{unknown}"
    )


def _row(site: SiteMaterial, answer: Answer, heads: Sequence[str], row: AnswerRow) -> str:
    """One row; each cell repeats its heading, for where a narrow page shows no heads."""
    found = [_value(site, row.values[c.name]) for c in answer.question.columns]
    words = list(
        dict.fromkeys(site.frame.words.term(word) for word in (row.standing, *row.flags) if word)
    )
    if row.claims and not row.accepted:
        words.append(site.frame.words("not-accepted"))
    found.append(text(", ".join(dict.fromkeys(words)) or "–"))
    cells = "".join(
        f'<td data-h="{text(head)}">{cell}</td>' for head, cell in zip(heads, found, strict=False)
    )
    mark = "" if row.accepted or not row.claims else ' class="o"'
    return f'<tr{mark}>{cells}<td data-h="{text(heads[-1])}">{_claims(site, row.claims)}</td></tr>'


def _value(site: SiteMaterial, value: AnswerValue) -> str:
    page = site.pages_from_below.get(value.iri or "")
    label = text(value.words) or "–"
    return f'<a href="{text(page)}">{label}</a>' if page else label


def _claims(site: SiteMaterial, claims: Sequence[ClaimView]) -> str:
    """The claims of a row with all their evidence, folded: a row stands on up to a dozen."""
    if not claims:
        return "–"
    pieces = sum(len(claim.evidence) for claim in claims)
    items = "".join(
        f"<li>{sentence(site, claim)} "
        f'<span class="tag">{text(standing(site, claim))}</span>{evidence(site, claim)}</li>'
        for claim in claims
    )
    title = site.frame.words.counted("pieces", pieces)
    return f'<details><summary>{text(title)}</summary><ul class="says">{items}</ul></details>'


def _unknown(site: SiteMaterial, answer: Answer) -> str:
    if not answer.not_known:
        return ""
    items = "".join(f"<li>{text(told)}</li>" for told in answer.not_known)
    return f"<section><h2>{text(site.frame.words('not-known'))}</h2><ul>{items}</ul></section>"


def _parameters(site: SiteMaterial, question: Question) -> str:
    if not question.parameters:
        return ""
    said = site.frame.words
    items = []
    for parameter in question.parameters:
        kind = ", ".join(parameter.classes) or parameter.type
        if parameter.default is not None:
            must = said("by-default", value=parameter.default)
        else:
            must = said("must-be-said") if parameter.required else said("may-be-said")
        example = said("for-example", value=parameter.example)
        items.append(
            f"<dt>--{text(parameter.name)}</dt>"
            f"<dd>{text(parameter.words)} ({text(kind)}); {text(must)}; {text(example)}</dd>"
        )
    return f"<dl>{''.join(items)}</dl>"


def _queries(question: Question) -> str:
    return "".join(
        f"<details><summary>{name}</summary><pre>{text(question.text(dialect))}</pre></details>"
        for name, dialect in (("SPARQL", Dialect.SPARQL), ("Cypher", Dialect.CYPHER))
    )
