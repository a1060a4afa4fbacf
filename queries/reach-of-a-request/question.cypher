MATCH (:Thing {iri: $protest})<-[:OBJECT]-(about:Claim {life: 'active', relation: 'covers'})-[:SUBJECT]->(subject)
MATCH (subject)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
WHERE claim.relation IN ['number asked', 'area', 'hours']
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.standing AS standing,
  claim.iri AS claim, evidence.iri AS evidence
