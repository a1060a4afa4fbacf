MATCH (subject:Thing {iri: $event})
MATCH (subject)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
  -[:FROM_SOURCE]->(source)
WHERE claim.relation IN ['date'] AND evidence.counted
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.standing AS standing, source.iri AS source,
  evidence.passage AS passage, evidence.steps AS distance, claim.iri AS claim, evidence.iri AS evidence
