"""Answers as data for other tools: plain data for JSON, pandas, networkx."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sousveil.ask.answers import Answer
from sousveil.errors import OutsideError

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd


def answer_data(answer: Answer) -> dict[str, Any]:
    """Return an answer as docs/answer.schema.json describes it."""
    question = answer.question
    return {
        "question": question.name,
        "title": question.title,
        "answers": question.answers,
        "doesNotAnswer": question.does_not,
        "parameters": answer.parameters,
        "case": answer.case_title,
        "digest": answer.digest,
        "asOf": answer.as_of,
        "leftOut": list(answer.left_out),
        "columns": [
            {"name": column.name, "type": column.type, "heading": column.words}
            for column in question.columns
        ],
        "rows": [
            {
                "values": {name: value.as_dict() for name, value in row.values.items()},
                "standing": row.standing,
                "flags": list(row.flags),
                "accepted": row.accepted,
                "origins": row.origins,
                "claims": [claim.as_dict() for claim in row.claims],
            }
            for row in answer.rows
        ],
        "needs": None if answer.rows else question.needs or None,
        "lookedFor": list(answer.looked_for),
        "notKnown": list(answer.not_known),
    }


def answer_frame(answer: Answer) -> pd.DataFrame:
    """Return a pandas.DataFrame: the columns in words, then standing, accepted, origins, claims.

    Raises OutsideError where pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise OutsideError("pandas is not installed; run `pip install pandas` first") from error
    rows = [
        {
            **{column.name: row.values[column.name].words for column in answer.question.columns},
            "standing": row.standing,
            "accepted": row.accepted,
            "origins": row.origins,
            "claims": [claim.id for claim in row.claims],
        }
        for row in answer.rows
    ]
    names = [c.name for c in answer.question.columns]
    return pd.DataFrame(rows, columns=[*names, "standing", "accepted", "origins", "claims"])


def answer_graph(answer: Answer) -> nx.MultiDiGraph[str]:
    """Return the claims of an answer that join two things, as edges keyed by claim id.

    Nodes are IRIs with `label`; an edge has the fields of ClaimView, evidence included.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(question=answer.question.name)
    for row in answer.rows:
        for claim in row.claims:
            graph.add_node(claim.subject, label=claim.subject_label)
            if claim.is_edge and claim.object:
                graph.add_node(claim.object, label=claim.value)
                graph.add_edge(claim.subject, claim.object, key=claim.id, **claim.as_dict())
    return graph
