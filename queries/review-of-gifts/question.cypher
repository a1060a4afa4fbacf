MATCH (:Thing {iri: $concerning})<-[:OBJECT]-(about:Claim {life: 'active', relation: 'concerns'})-[:SUBJECT]->(subject)
MATCH (subject)<-[:SUBJECT]-(judged:Claim {life: 'active', relation: 'assessor'})-[:OBJECT]->(assessor)
MATCH (subject)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
WHERE claim.relation IN ['assessor', 'concerns', 'against', 'outcome', 'stage', 'finding', 'date']
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.standing AS standing,
  claim.iri AS claim, evidence.iri AS evidence
