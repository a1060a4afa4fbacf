CALL {
  MATCH (:Thing {iri: $company})<-[:OBJECT]-(purchase:Claim {life: 'active', relation: 'bought'})-[:SUBJECT]->(subject)
  RETURN subject, ['buyer', 'bought', 'date', 'price'] AS relations
  UNION
  MATCH (:Thing {iri: $company})<-[:OBJECT]-(purchase:Claim {life: 'active', relation: 'buyer'})-[:SUBJECT]->(subject)
  RETURN subject, ['buyer', 'bought', 'date', 'price'] AS relations
  UNION
  MATCH (subject:Thing {iri: $company})
  RETURN subject, ['part of', 'called', 'created on'] AS relations
  UNION
  MATCH (:Thing {iri: $company})<-[:OBJECT]-(part:Claim {life: 'active', relation: 'part of'})-[:SUBJECT]->(subject:Company)
  RETURN subject, ['part of'] AS relations
}
MATCH (subject)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
WHERE claim.relation IN relations
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.standing AS standing,
  claim.iri AS claim, evidence.iri AS evidence
