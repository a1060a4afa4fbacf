"""Stories: what a file says becomes a scene, and all that is wrong with it is told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from sousveil.errors import UsageError
from sousveil.pipeline.case import Case
from sousveil.pipeline.embed import embed_of
from tests.cases import open_case, problems, source, write_case

SAYS = """
- about: gift
  at: 1
  giver: Ring
  receiver: LAPD officers
  number of receivers: at least 12
  date: 2016
- about: LAPD officers
  at: 2
  member group of: LAPD
"""
STORY = """
title: A gift
finding: Ring gave something.
as of: 2026-11-23
things: [gift, Ring]
captions:
  gift: the gift itself
parties:
- party: Ring
  asked: 2026-11-20
  channel: e-mail
  outcome: replied
  reply: No comment on gifts.
credits: [the desk, Paper A]
steps:
- text: It went to officers.
  claims:
  - about: gift
    receiver: LAPD officers
- text: That is all.
  things: [Ring]
"""


def case_with(folder: Path, story: str) -> Case:
    return open_case(folder, {"sources/a.yaml": source("Paper A", SAYS), "stories/one.yaml": story})


@pytest.mark.parametrize(
    ("language", "hint"),
    [
        ("en", "1 step leads through the graph."),
        ("de", "1 Schritt führt durch den Graphen."),
        ("es", "1 paso lleva por el grafo."),
    ],
)
def test_the_hint_of_a_story_with_one_step_is_in_the_singular(
    tmp_path: Path, language: str, hint: str
) -> None:
    one = f"{STORY.rpartition('- ')[0]}\nlanguage: {language}\n"
    with case_with(tmp_path, one) as case:
        embed = embed_of(case, "one")
    assert len(embed.scene.steps) == 1
    assert hint in embed.html()


def test_a_story_shows_its_things_and_those_of_its_steps_with_the_links_between_them(
    tmp_path: Path,
) -> None:
    with case_with(tmp_path, STORY) as case:
        scene = embed_of(case, "one").scene
    assert [node.label for node in scene.nodes] == ["a gift", "Ring", "LAPD officers"]
    assert [s.sentence for s in scene.links] == [
        "a gift came from Ring", "a gift went to LAPD officers",
    ]  # fmt: skip
    assert (scene.title, scene.finding, scene.as_of) == (
        "A gift",
        "Ring gave something.",
        "2026-11-23",
    )
    assert scene.nodes[0].caption == "the gift itself"
    assert scene.parties == (
        "Ring replied (asked on 2026-11-20, by e-mail): “No comment on gifts.”",
    )
    assert scene.credits == ("the desk", "Paper A", "CC0")
    assert [(step.nodes, step.statements) for step in scene.steps] == [((), (1,)), ((1,), ())]
    assert [node.rank for node in scene.nodes] == [0, 1, 0]


def test_links_bear_the_days_of_their_event(tmp_path: Path) -> None:
    with case_with(tmp_path, STORY) as case:
        links = embed_of(case, "one").scene.links
    assert {(s.when, s.first, s.last) for s in links} == {("2016", "2016-01-01", "2016-12-31")}


def test_around_takes_neighbours_in_and_without_leaves_out(tmp_path: Path) -> None:
    story = STORY.replace("things: [gift, Ring]", "around: gift\nwithout: Ring").split("steps:")[0]
    with case_with(tmp_path, story) as case:
        scene = embed_of(case, "one").scene
    assert {node.label for node in scene.nodes} == {"a gift", "LAPD officers"}


def test_an_entity_is_embedded_by_any_name_with_all_that_it_is_linked_to(tmp_path: Path) -> None:
    with case_with(tmp_path, STORY) as case:
        scene = embed_of(case, "lapd").scene
        with pytest.raises(UsageError, match="stories here: one"):
            embed_of(case, "nobody")
    assert [node.label for node in scene.nodes] == [
        "Los Angeles Police Department",
        "LAPD officers",
    ]


WRONG = [
    ("no finding", "title: x\nas of: 2020\nthings: gift",
     "stories/one.yaml:1: 'finding:' is missing"),
    ("nothing chosen", "title: x\nfinding: y\nas of: 2020",
     "stories/one.yaml:1: chooses nothing: name things of the case in 'things:' or 'around:'"),
    ("an unknown thing", "title: x\nfinding: y\nas of: 2020\nthings: [gift, Rign]",
     "stories/one.yaml:4: nothing is called 'Rign'; did you mean 'ring'?"),
    ("no day", "title: x\nfinding: y\nas of: soon\nthings: gift", "stories/one.yaml:3: "),
    ("a field too many", "title: x\nfinding: y\nas of: 2020\nthings: gift\nheadline: z",
     "stories/one.yaml:5: no field 'headline'"),
    ("a correction without a version",
     "title: x\nfinding: y\nas of: 2020\nthings: gift\ncorrection: z",
     "stories/one.yaml:5: 'correction:' needs a 'version:' above 1: raise it"),
    ("an outcome of its own",
     "title: x\nfinding: y\nas of: 2020\nthings: gift\nparties:\n- party: Ring\n  asked: 2020\n"
     "  outcome: refused", "stories/one.yaml:8: no outcome 'refused'"),
    ("a claim that nobody makes",
     "title: x\nfinding: y\nas of: 2020\nthings: gift\nsteps:\n- text: z\n  claims:\n"
     "  - about: gift\n    giver: Acme",
     "stories/one.yaml:8: a step shows a claim that no source makes: the relation, the value and "
     "'during:' must be written as the source has them"),
    ("a list", "- title: x", "stories/one.yaml:1: a story is lines of 'word: value'"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("story", "message"), [pytest.param(text, told, id=name) for name, text, told in WRONG]
)
def test_what_is_wrong_with_a_story_is_told_with_its_line(
    tmp_path: Path, story: str, message: str
) -> None:
    write_case(tmp_path, {"sources/a.yaml": source("Paper A", SAYS), "stories/one.yaml": story})
    found = problems(tmp_path)
    assert len(found) == 1, found
    assert found[0].startswith(message)


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    story = "title: x\nthings: [gift, Rign]\nas of: soon\nsteps:\n- things: nobody"
    write_case(tmp_path, {"sources/a.yaml": source("Paper A", SAYS), "stories/one.yaml": story})
    assert len(problems(tmp_path)) == 5
