CALL {
  MATCH (claim:Claim {basis: 'alleged'})
  RETURN claim, 'allegation' AS kind
  UNION
  MATCH (claim:Claim)-[:SUBJECT]->(found)
  WHERE claim.relation IN ['outcome', 'finding', 'ruled for'] AND NOT found:CommentRequest
  RETURN claim, 'finding' AS kind
  UNION
  MATCH (claim:Claim)
  WHERE claim.relation IN ['gist', 'words', 'alleges']
  RETURN claim, "somebody's words" AS kind
}
WITH claim, kind
WHERE claim.life = 'active'
MATCH (claim)-[:SUBJECT]->(subject)
MATCH (claim)-[:EVIDENCE]->(evidence)
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT kind, subject.iri AS subject, claim.predicate AS relation,
  CASE WHEN claim.bound IS NULL THEN coalesce(object.iri, claim.value) END AS value,
  claim.standing AS standing, claim.iri AS claim, evidence.iri AS evidence
