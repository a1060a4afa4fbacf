"""With what each question is asked of the made graph.

A pair (thing or kind of things, relation) stands for the first value of such a claim; a question
that is missing here takes no parameter. company-0 is a hub.
"""

from __future__ import annotations

from sousveil.ledger.tables import ClaimTables

Given = dict[str, str | tuple[str, str]]

GIVEN: dict[str, Given] = {
    "announced-and-never-live": {"vendor": "company-0"},
    "bodies-with-private-cameras": {"protest": ("access-1", "concerns")},
    "chain-to-the-document": {"about": "gift-1"},
    "dates-of-one-event": {"event": "gift-1"},
    "do-the-numbers-add-up": {"total": ("count", "adds to")},
    "documents-behind": {"about": "gift-1"},
    "does-it-solve-crime": {
        "program": ("audit-1", "concerns"),
        "company": ("statement-1", "speaker"),
    },
    "done-in-return": {"gift": "gift-1"},
    "footage-handed-over": {"protest": ("request-1", "covers")},
    "gifts-with-conditions": {"giver": ("gift-1", "giver")},
    "how-many-partners": {"company": ("count-1", "of")},
    "how-requests-travelled": {"policy": ("rules-1", "version of")},
    "kept-running": {"operator": ("deployment-1", "operator")},
    "partners-on-a-date": {"company": ("partnership-1", "vendor"), "on": "2020-07-16"},
    "paths-to-a-camera": {"agency": ("access-1", "accessed by")},
    "policy-on-a-date": {"policy": ("rules-1", "version of"), "on": "2020-07-16"},
    "programme-and-purchase": {"program": "program-1"},
    "programme-of-a-gift": {"gift": "gift-1"},
    "programme-timeline": {"program": "program-1"},
    "reach-of-a-request": {"protest": ("request-1", "covers")},
    "requests-against-policy": {
        "protest": ("request-1", "covers"),
        "policy": ("rules-1", "version of"),
    },
    "review-of-gifts": {"concerning": ("review-1", "concerns")},
    "rule-on-gifts": {"body": ("rules-1", "applies to")},
    "single-origin-facts": {"about": "gift-1"},
    "stages-of-a-subsidy": {"payer": ("subsidy-1", "paid by")},
    "vanished-from-a-list": {"remover": ("removal-1", "removed by")},
    "voluntary-or-compelled": {"company": "company-1"},
    "what-a-body-said": {"body": "agency-1"},
    "what-to-request-next": {"about": "request-7"},
    "what-was-withheld": {"about": "request-7"},
    "where-sources-disagree": {"about": "gift-1"},
    "who-asked-for-footage": {"protest": ("request-1", "covers")},
    "who-did-not-reply": {"body": ("comment-1", "asked")},
    "who-else-took-benefits": {"company": ("gift-1", "giver")},
    "who-gave-what": {"by": ("gift-1", "giver")},
    "who-owns-whom": {"company": ("purchase-1", "bought")},
    "who-paid-the-auditor": {"auditor": ("audit-1", "assessor")},
    "who-received-benefits": {"giver": ("gift-1", "giver"), "body": ("gift-1", "receiver")},
    "who-requested-from-whom": {"by": ("request-1", "requester")},
    "who-said-what": {"speaker": ("statement-1", "speaker")},
}


def parameters(name: str, tables: ClaimTables, base: str) -> dict[str, str]:
    """Return the parameters of a question, values of claims put in."""
    return {
        parameter: value if isinstance(value, str) else _value(tables, base, *value)
        for parameter, value in GIVEN.get(name, {}).items()
    }


def _value(tables: ClaimTables, base: str, thing: str, relation: str) -> str:
    words = relation.split()
    predicate = words[0] + "".join(word.capitalize() for word in words[1:])
    rows = tables.connection.execute(
        "SELECT object FROM claim WHERE (subject = $thing OR starts_with(subject, $thing || '-')) "
        "AND ends_with(predicate, $predicate) AND object IS NOT NULL "
        "ORDER BY subject, object LIMIT 1",
        {"thing": base + thing, "predicate": f"#{predicate}"},
    ).fetchall()
    if not rows:
        raise SystemExit(f"the made graph does not say '{relation}' of {thing}")
    return str(rows[0][0])
