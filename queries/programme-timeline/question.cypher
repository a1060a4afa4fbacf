CALL {
  MATCH (subject:Thing {iri: $program})
  RETURN subject
  UNION
  MATCH (:Thing {iri: $program})<-[:OBJECT]-(given:Claim {life: 'active', relation: 'under'})-[:SUBJECT]->(subject)
  RETURN subject
  UNION
  MATCH (:Thing {iri: $program})<-[:OBJECT]-(about:Claim {life: 'active', relation: 'concerns'})-[:SUBJECT]->(subject)
  RETURN subject
  UNION
  MATCH (:Thing {iri: $program})<-[:OBJECT]-(counting:Claim {life: 'active', relation: 'of'})-[:SUBJECT]->(subject)
  RETURN subject
  UNION
  MATCH (:Thing {iri: $program})<-[:SUBJECT]-(running:Claim {life: 'active', relation: 'run by'})-[:OBJECT]->(company)
  MATCH (company)<-[:OBJECT]-(purchase:Claim {life: 'active', relation: 'bought'})-[:SUBJECT]->(subject)
  RETURN subject
}
MATCH (subject)<-[:SUBJECT]-(claim:Claim {life: 'active', kind: 'date'})-[:EVIDENCE]->(evidence:Evidence)
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.standing AS standing,
  claim.iri AS claim, evidence.iri AS evidence
