MATCH (subject:CommentRequest)<-[:SUBJECT]-(put:Claim {life: 'active', relation: 'asked'})-[:OBJECT]->(body)
WHERE $body IS NULL OR body.iri = $body
MATCH (subject)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
WHERE claim.relation IN ['asked', 'asked by', 'concerns', 'outcome', 'date']
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.standing AS standing,
  claim.iri AS claim, evidence.iri AS evidence
