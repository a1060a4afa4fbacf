CALL {
  MATCH (subject:Thing {iri: $gift})
  RETURN subject, ['under'] AS relations
  UNION
  MATCH (:Thing {iri: $gift})<-[:SUBJECT]-(given:Claim {life: 'active', relation: 'under'})-[:OBJECT]->(subject)
  RETURN subject, ['kind of program', 'run by', 'program for', 'used by', 'ended'] AS relations
  UNION
  MATCH (:Thing {iri: $gift})<-[:SUBJECT]-(given:Claim {life: 'active', relation: 'under'})-[:OBJECT]->(program)
  MATCH (program)<-[:OBJECT]-(voice:Claim {life: 'active', relation: 'speaks for'})-[:SUBJECT]->(subject)
  RETURN subject, ['speaks for'] AS relations
}
MATCH (subject)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
WHERE claim.relation IN relations
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.standing AS standing,
  claim.iri AS claim, evidence.iri AS evidence
