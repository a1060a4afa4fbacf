MATCH (subject:Thing {iri: $about})
MATCH (subject)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
  -[:FROM_SOURCE]->(source)
WHERE evidence.counted
  AND ($of IS NULL OR source.iri = $of)
OPTIONAL MATCH (evidence)-[via:VIA]->(repeats)
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.standing AS standing, source.iri AS source,
  evidence.passage AS passage, evidence.steps AS distance,
  via.step AS step, repeats.iri AS repeats, claim.iri AS claim, evidence.iri AS evidence
