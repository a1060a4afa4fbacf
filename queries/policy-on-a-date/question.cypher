MATCH (:Thing {iri: $policy})<-[:OBJECT]-(belongs:Claim {life: 'active', relation: 'version of'})-[:SUBJECT]->(version)
MATCH (version)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
WHERE claim.relation IN ['allows', 'forbids', 'must state', 'answers allowed', 'applies to',
  'excludes', 'requires', 'area at most', 'hours at most', 'posts at most', 'days back at most']
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
OPTIONAL MATCH (version)<-[:SUBJECT]-(begins:Claim {life: 'active', relation: 'in force from'})
  WHERE begins.earliest IS NOT NULL
OPTIONAL MATCH (version)<-[:SUBJECT]-(ends:Claim {life: 'active', relation: 'in force until'})
  WHERE ends.latest IS NOT NULL
RETURN DISTINCT version.iri AS version,
  CASE
    WHEN begins.earliest > $on_last OR ends.latest < $on_first THEN 'not in force then'
    WHEN begins.earliest <= $on_first AND (ends IS NULL OR ends.latest >= $on_last)
      THEN 'in force then'
    ELSE 'not documented for that date'
  END AS verdict,
  claim.predicate AS relation, coalesce(object.iri, claim.value) AS value,
  claim.iri AS claim, begins.iri AS begins, ends.iri AS ends, evidence.iri AS evidence
