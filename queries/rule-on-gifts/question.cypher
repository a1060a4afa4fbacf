MATCH (subject)<-[:SUBJECT]-(ruling:Claim {life: 'active'})-[:OBJECT]->(act:Concept)
WHERE ruling.relation IN ['forbids', 'allows']
  AND act.name IN ['accepting gifts', 'endorsing products']
MATCH (subject)<-[:SUBJECT]-(binding:Claim {life: 'active', relation: 'applies to'})-[:OBJECT]->(bound)
WHERE bound.iri = $body OR EXISTS {
  MATCH (bound)<-[:SUBJECT]-(member:Claim {life: 'active', relation: 'member group of'})-[:OBJECT]->({iri: $body})
}
MATCH (subject)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
WHERE claim.relation IN ['version of', 'forbids', 'allows', 'applies to', 'in force from', 'in force until']
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.standing AS standing,
  claim.iri AS claim, evidence.iri AS evidence
