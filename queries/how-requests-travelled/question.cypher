MATCH (:Thing {iri: $policy})<-[:OBJECT]-(belongs:Claim {life: 'active', relation: 'version of'})-[:SUBJECT]->(subject)
MATCH (subject)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
WHERE claim.relation IN ['in force from', 'in force until', 'allows', 'forbids', 'must state', 'answers allowed',
    'applies to']
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.standing AS standing,
  claim.iri AS claim, evidence.iri AS evidence
