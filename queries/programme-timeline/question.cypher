CALL {
  MATCH (subject:Thing {iri: $program})
  RETURN subject
  UNION
  MATCH (subject)<-[:SUBJECT]-(given:Claim {life: 'active', relation: 'under'})-[:OBJECT]->(:Thing {iri: $program})
  RETURN subject
  UNION
  MATCH (subject)<-[:SUBJECT]-(about:Claim {life: 'active', relation: 'concerns'})-[:OBJECT]->(:Thing {iri: $program})
  RETURN subject
  UNION
  MATCH (subject)<-[:SUBJECT]-(counting:Claim {life: 'active', relation: 'of'})-[:OBJECT]->(:Thing {iri: $program})
  RETURN subject
  UNION
  MATCH (:Thing {iri: $program})<-[:SUBJECT]-(running:Claim {life: 'active', relation: 'run by'})-[:OBJECT]->(company)
  MATCH (subject)<-[:SUBJECT]-(purchase:Claim {life: 'active', relation: 'bought'})-[:OBJECT]->(company)
  RETURN subject
}
MATCH (claim:Claim {life: 'active', kind: 'date'})-[:SUBJECT]->(subject)
MATCH (claim)-[:EVIDENCE]->(evidence:Evidence)
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.standing AS standing,
  claim.iri AS claim, evidence.iri AS evidence
