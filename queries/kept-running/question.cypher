MATCH (subject)<-[:SUBJECT]-(running:Claim {life: 'active', relation: 'still running on'})
MATCH (subject)<-[:SUBJECT]-(used:Claim {life: 'active', relation: 'operator'})-[:OBJECT]->(operator)
WHERE $operator IS NULL OR operator.iri = $operator
MATCH (subject)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
WHERE claim.relation IN ['operator', 'product used', 'reached stage', 'live from', 'contract ended on',
    'still running on', 'ended', 'number of devices']
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.standing AS standing,
  claim.iri AS claim, evidence.iri AS evidence
