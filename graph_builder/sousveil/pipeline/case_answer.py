"""An answer to a question put to an opened case: it can be drawn."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Self

from sousveil.ask.answers import Answer
from sousveil.errors import UsageError
from sousveil.graph.case_words import CaseWords

if TYPE_CHECKING:
    import networkx as nx

    from sousveil.view.embed import Embed


@dataclass(frozen=True, kw_only=True)
class CaseAnswer(Answer):
    """An answer that knows the case it is of; equal to another one that says the same."""

    words: CaseWords = field(compare=False, repr=False)

    @classmethod
    def of(cls, answer: Answer, words: CaseWords) -> Self:
        """Return an answer with the words of the case that was asked."""
        return cls(words=words, **{f.name: getattr(answer, f.name) for f in fields(Answer)})

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """Return the claims of the answer as a graph; `stamp` is as in `Case.to_networkx`."""
        from sousveil.pipeline.release import stamp_of

        graph = super().to_networkx()
        if stamp := stamp_of(self.words.tables.header, self.words.profile):
            graph.graph["stamp"] = stamp
        return graph

    def embed(self, language: str | None = None) -> Embed:
        """Return the claims of the answer as an embed: its things, and the links between them.

        Only the answer's own claims are drawn and told; retracted ones are not. `language` is that
        of the buttons, by default the case's. Under embargo the embed is marked.

        The case must be open still. Raises UsageError where there is nothing to draw or the case
        is closed, NameWouldLeave where a withheld name would be in a public embed.
        """
        import duckdb

        from sousveil.ledger.profile import Profile, withheld_names
        from sousveil.pipeline.build import gate
        from sousveil.pipeline.release import embargo_mark
        from sousveil.view.answer_scene import answer_scene
        from sousveil.view.case_scene import CaseMaterial
        from sousveil.view.embed import Embed
        from sousveil.view.explorer.material import joined

        ids = {claim.id for row in self.rows for claim in row.claims}
        try:
            names = withheld_names(self.words.tables)
            scene = answer_scene(CaseMaterial(self.words), self, ids, language)
        except duckdb.ConnectionException as error:
            raise UsageError(
                "the case is closed; make the embed while it is open (inside `with`)"
            ) from error
        if not scene.nodes:
            raise UsageError(f"the answer to '{self.question.name}' has no claim to draw")
        mark = embargo_mark(self.words.tables.header)
        embed = Embed(replace(scene, stamp=joined(scene.stamp, mark)))
        if self.words.profile is Profile.PUBLIC:
            gate({"the embed": embed.html().encode("utf-8")}, names)
        return embed
