CALL {
  MATCH (:Thing {iri: $protest})<-[:OBJECT]-(about:Claim {life: 'active', relation: 'concerns'})-[:SUBJECT]->(subject)
  MATCH (subject)<-[:SUBJECT]-(access:Claim {life: 'active', relation: 'accessed by'})-[:OBJECT]->(body)
  RETURN subject, ['accessed by', 'held by', 'system', 'access mode', 'access from', 'access until',
    'number of devices', 'date'] AS relations
  UNION
  MATCH (:Thing {iri: $protest})<-[:OBJECT]-(about:Claim {life: 'active', relation: 'covers'})-[:SUBJECT]->(subject)
  RETURN subject, ['requester', 'on behalf of', 'asked', 'date'] AS relations
}
MATCH (subject)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
WHERE claim.relation IN relations
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.standing AS standing,
  claim.iri AS claim, evidence.iri AS evidence
