CALL {
  MATCH (subject:Thing {iri: $program})
  RETURN subject, ['run by', 'ended'] AS relations
  UNION
  MATCH (:Thing {iri: $program})<-[:OBJECT]-(given:Claim {life: 'active', relation: 'under'})-[:SUBJECT]->(subject)
  RETURN subject, ['under', 'date'] AS relations
  UNION
  MATCH (:Thing {iri: $program})<-[:SUBJECT]-(running:Claim {life: 'active', relation: 'run by'})-[:OBJECT]->(company)
  MATCH (company)<-[:OBJECT]-(purchase:Claim {life: 'active', relation: 'bought'})-[:SUBJECT]->(subject)
  RETURN subject, ['buyer', 'bought', 'date', 'price'] AS relations
}
MATCH (subject)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
WHERE claim.relation IN relations
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.standing AS standing,
  claim.iri AS claim, evidence.iri AS evidence
