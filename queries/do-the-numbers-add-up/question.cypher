CALL {
  MATCH (subject:Thing {iri: $total})
  RETURN subject, ['value', 'unit', 'counted by', 'as of'] AS relations
  UNION
  MATCH (:Thing {iri: $total})<-[:OBJECT]-(adding:Claim {life: 'active', relation: 'adds to'})-[:SUBJECT]->(subject)
  RETURN subject, ['value', 'unit', 'counted by', 'as of', 'period', 'what is counted'] AS relations
  UNION
  MATCH (:Thing {iri: $total})<-[:OBJECT]-(about:Claim {life: 'active', relation: 'concerns'})-[:SUBJECT]->(subject)
  MATCH (subject)<-[:SUBJECT]-(judged:Claim {life: 'active', relation: 'assessor'})-[:OBJECT]->(assessor)
  RETURN subject, ['assessor', 'outcome', 'finding'] AS relations
}
MATCH (subject)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
WHERE claim.relation IN relations
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.standing AS standing,
  claim.iri AS claim, evidence.iri AS evidence
