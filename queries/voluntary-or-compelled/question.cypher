CALL {
  MATCH (subject:Thing {iri: $company})
  RETURN subject, ['hands footage to police on'] AS relations
  UNION
  MATCH (:Thing {iri: $company})<-[:SUBJECT]-(owned:Claim {life: 'active', relation: 'part of'})-[:OBJECT]->(subject)
  RETURN subject, ['hands footage to police on'] AS relations
  UNION
  MATCH (subject)<-[:SUBJECT]-(:Claim {life: 'active', relation: 'compulsion'})
  RETURN subject, ['compulsion'] AS relations
  UNION
  MATCH (program:FootageRequestProgram)<-[:OBJECT]-(counted:Claim {life: 'active', relation: 'of'})-[:SUBJECT]->(subject)
  RETURN subject, ['of', 'unit', 'value', 'counted by', 'as of'] AS relations
}
MATCH (subject)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
WHERE claim.relation IN relations
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.standing AS standing,
  claim.iri AS claim, evidence.iri AS evidence
