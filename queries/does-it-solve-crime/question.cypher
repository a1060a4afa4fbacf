CALL {
  MATCH (:Thing {iri: $program})<-[:OBJECT]-(about:Claim {life: 'active', relation: 'concerns'})-[:SUBJECT]->(subject:Assessment)
  RETURN subject, ['assessor', 'finding', 'outcome', 'date'] AS relations
  UNION
  MATCH (:Thing {iri: $program})<-[:OBJECT]-(about:Claim {life: 'active', relation: 'concerns'})-[:SUBJECT]->(review:Assessment)
  MATCH (review)<-[:SUBJECT]-(judged:Claim {life: 'active', relation: 'assessor'})-[:OBJECT]->(assessor)
  MATCH (assessor)<-[:OBJECT]-(counting:Claim {life: 'active', relation: 'counted by'})-[:SUBJECT]->(subject)
  RETURN subject, ['counted by', 'value', 'unit', 'of', 'as of', 'what is counted'] AS relations
  UNION
  MATCH (:Thing {iri: $company})<-[:OBJECT]-(said:Claim {life: 'active', relation: 'speaker'})-[:SUBJECT]->(subject)
  RETURN subject, ['speaker', 'gist', 'words', 'date'] AS relations
}
MATCH (subject)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
WHERE claim.relation IN relations
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.standing AS standing,
  claim.iri AS claim, evidence.iri AS evidence
