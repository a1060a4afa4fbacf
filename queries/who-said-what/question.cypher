MATCH (subject)<-[:SUBJECT]-(said:Claim {life: 'active', relation: 'speaker'})-[:OBJECT]->(speaker)
WHERE $speaker IS NULL OR speaker.iri = $speaker
MATCH (subject)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
WHERE claim.relation IN ['speaker', 'speaking as', 'said to', 'occasion', 'date', 'concerns', 'gist', 'words']
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.standing AS standing,
  claim.iri AS claim, evidence.iri AS evidence
