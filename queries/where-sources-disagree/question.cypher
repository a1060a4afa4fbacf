MATCH (rival:Claim {life: 'active'})-[:SUBJECT]->(subject)
WHERE (rival.drifted OR rival.contest IN ['conflicting', 'denied', 'disputed'])
  AND ($about IS NULL OR subject.iri = $about)
MATCH (claim:Claim {life: 'active'})-[:SUBJECT]->(subject)
WHERE claim.relation = rival.relation
MATCH (claim)-[:EVIDENCE]->(evidence:Evidence)
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.standing AS standing,
  claim.iri AS claim, evidence.iri AS evidence
