CALL {
  MATCH (subject:Thing {iri: $gift})
  RETURN subject, ['in return for', 'on condition', 'threshold', 'effect'] AS relations
  UNION
  MATCH (:Thing {iri: $gift})<-[:SUBJECT]-(got:Claim {life: 'active', relation: 'receiver'})-[:OBJECT]->(receiver)
  MATCH (receiver)<-[:OBJECT]-(counting:Claim {life: 'active', relation: 'of'})-[:SUBJECT]->(subject)
  RETURN subject, ['value', 'unit', 'what is counted', 'counted by', 'as of'] AS relations
  UNION
  MATCH (:Thing {iri: $gift})<-[:OBJECT]-(counting:Claim {life: 'active', relation: 'of'})-[:SUBJECT]->(subject)
  RETURN subject, ['value', 'unit', 'what is counted', 'counted by', 'as of'] AS relations
  UNION
  MATCH (:Thing {iri: $gift})<-[:SUBJECT]-(given:Claim {life: 'active', relation: 'under'})-[:OBJECT]->(program)
  MATCH (program)<-[:OBJECT]-(counting:Claim {life: 'active', relation: 'of'})-[:SUBJECT]->(subject)
  RETURN subject, ['value', 'unit', 'what is counted', 'counted by', 'as of'] AS relations
}
MATCH (subject)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
WHERE claim.relation IN relations
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.standing AS standing,
  claim.iri AS claim, evidence.iri AS evidence
