MATCH (subject)<-[:SUBJECT]-(about:Claim {life: 'active'})-[:OBJECT]->({iri: $protest})
WHERE about.relation = 'covers'
MATCH (subject)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
WHERE claim.relation IN ['number asked', 'area', 'hours']
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.bound AS bound, claim.kind AS kind,
  claim.standing AS standing, claim.accepted AS accepted, claim.drifted AS drifted,
  claim.iri AS claim, evidence.iri AS evidence
