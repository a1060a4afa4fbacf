CALL {
  MATCH (subject)<-[:SUBJECT]-(taken:Claim {life: 'active', relation: 'removed by'})-[:OBJECT]->(remover)
  WHERE $remover IS NULL OR remover.iri = $remover
  RETURN subject, ['removed by', 'removed', 'what was removed', 'number removed', 'date'] AS relations
  UNION
  MATCH (removal)<-[:SUBJECT]-(taken:Claim {life: 'active', relation: 'removed by'})-[:OBJECT]->(remover)
  MATCH (removal)<-[:SUBJECT]-(gone:Claim {life: 'active', relation: 'removed'})-[:OBJECT]->(subject)
  WHERE $remover IS NULL OR remover.iri = $remover
  RETURN subject, ['ended'] AS relations
}
MATCH (subject)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
WHERE claim.relation IN relations
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.standing AS standing,
  claim.iri AS claim, evidence.iri AS evidence
