MATCH (subject)<-[:SUBJECT]-(bound:Claim {life: 'active'})
WHERE bound.relation IN ['on condition', 'in return for']
MATCH (subject)<-[:SUBJECT]-(given:Claim {life: 'active'})-[:OBJECT]->(giver)
WHERE given.relation IN ['giver', 'offered by'] AND ($giver IS NULL OR giver.iri = $giver)
MATCH (subject)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
WHERE claim.relation IN ['giver', 'receiver', 'offered by', 'offered to', 'thing given', 'on condition',
    'in return for', 'threshold', 'terms']
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.standing AS standing,
  claim.iri AS claim, evidence.iri AS evidence
