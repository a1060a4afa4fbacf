CALL {
  MATCH (subject:Assessment)<-[:SUBJECT]-(about:Claim {life: 'active', relation: 'concerns'})-[:OBJECT]->(:Thing {iri: $program})
  RETURN subject, ['assessor', 'finding', 'outcome', 'date'] AS relations
  UNION
  MATCH (review:Assessment)<-[:SUBJECT]-(about:Claim {life: 'active', relation: 'concerns'})-[:OBJECT]->(:Thing {iri: $program})
  MATCH (review)<-[:SUBJECT]-(judged:Claim {life: 'active', relation: 'assessor'})-[:OBJECT]->(assessor)
  MATCH (subject)<-[:SUBJECT]-(counting:Claim {life: 'active', relation: 'counted by'})-[:OBJECT]->(assessor)
  RETURN subject, ['counted by', 'value', 'unit', 'of', 'as of', 'what is counted'] AS relations
  UNION
  MATCH (subject)<-[:SUBJECT]-(said:Claim {life: 'active', relation: 'speaker'})-[:OBJECT]->(:Thing {iri: $company})
  RETURN subject, ['speaker', 'gist', 'words', 'date'] AS relations
}
MATCH (subject)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
WHERE claim.relation IN relations
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.standing AS standing,
  claim.iri AS claim, evidence.iri AS evidence
