"""What leaves the desk and what does not: the profiles public and desk.

Public, the default everywhere, lacks withheld names, notes and the names of those who decided and
judged. Desk holds everything and its outputs are stamped.
"""

from __future__ import annotations

from enum import StrEnum

from sousveil.ledger.tables import ClaimTables
from sousveil.model.decision_kinds import PUBLISH_NAME


class Profile(StrEnum):
    """Who an output is for."""

    PUBLIC = "public"
    DESK = "desk"


STAMP = "DESK PROFILE - holds withheld names and notes, not for publication"

_PUBLISHED = f"""
CREATE OR REPLACE VIEW published_name AS
SELECT DISTINCT about AS entity FROM decision
WHERE decision = '{PUBLISH_NAME}' AND second IS NOT NULL
"""  # noqa: S608

_VIEWS = """
CREATE OR REPLACE VIEW entity_desk AS
SELECT e.* REPLACE (coalesce(p.name, e.label) AS label), false AS withheld
FROM entity e LEFT JOIN private_name p ON p.entity = e.iri;

CREATE OR REPLACE VIEW entity_public AS
SELECT e.* REPLACE (if(e.iri IN (FROM published_name), coalesce(p.name, e.label), e.label)
        AS label),
    e.sealed AND e.iri NOT IN (FROM published_name) AS withheld
FROM entity e LEFT JOIN private_name p ON p.entity = e.iri;

CREATE OR REPLACE VIEW name_desk AS FROM name;
CREATE OR REPLACE VIEW name_public AS
SELECT n.* FROM name n
WHERE n.scheme = 'label' OR n.entity NOT IN (SELECT iri FROM entity_public WHERE withheld);

CREATE OR REPLACE VIEW source_desk AS FROM source;
CREATE OR REPLACE VIEW source_public AS SELECT * REPLACE (NULL::VARCHAR AS note) FROM source;

CREATE OR REPLACE VIEW evidence_desk AS FROM evidence;
CREATE OR REPLACE VIEW evidence_public AS SELECT * REPLACE (NULL::VARCHAR AS note) FROM evidence;

CREATE OR REPLACE VIEW decision_desk AS FROM decision;
CREATE OR REPLACE VIEW decision_public AS
SELECT * REPLACE (NULL::VARCHAR AS "by", NULL::VARCHAR AS second) FROM decision;

CREATE OR REPLACE VIEW judgement_desk AS FROM judgement;
CREATE OR REPLACE VIEW judgement_public AS
SELECT * REPLACE (NULL::VARCHAR AS "by") FROM judgement;
"""


def make_profiles(tables: ClaimTables) -> None:
    """Create the views entity_, name_, source_, evidence_, decision_ and judgement_ per profile.

    Every writer reads these and never the tables beneath them.
    """
    tables.connection.execute(_PUBLISHED)
    tables.connection.execute(_VIEWS)


def withheld_names(tables: ClaimTables) -> list[str]:
    """Return the names that may not leave: those in private/ without a decision to publish."""
    rows = tables.query(
        """
        SELECT name FROM private_name
        WHERE entity NOT IN (FROM published_name) ORDER BY name
        """
    )
    return [name for (name,) in rows]
