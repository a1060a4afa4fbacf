CALL {
  MATCH (subject:Audit)<-[:SUBJECT]-(audited:Claim {life: 'active', relation: 'assessor'})-[:OBJECT]->(auditor)
  WHERE $auditor IS NULL OR auditor.iri = $auditor
  RETURN subject, ['assessor', 'commissioned by', 'concerns', 'outcome', 'changes made', 'finding', 'date'] AS relations
  UNION
  MATCH (audit:Audit)<-[:SUBJECT]-(audited:Claim {life: 'active', relation: 'assessor'})-[:OBJECT]->(subject)
  WHERE $auditor IS NULL OR subject.iri = $auditor
  RETURN subject, ['funded by'] AS relations
}
MATCH (subject)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
WHERE claim.relation IN relations
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.standing AS standing,
  claim.iri AS claim, evidence.iri AS evidence
