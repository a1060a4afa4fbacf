// Reads claims, not only accepted ones, so that a drifted number stands beside its origin.
MATCH (subject)<-[:SUBJECT]-(given:Claim {life: 'active'})-[:OBJECT]->({iri: $giver})
WHERE given.relation = 'giver'
MATCH (subject)<-[:SUBJECT]-(got:Claim {life: 'active'})-[:OBJECT]->(receiver)
WHERE got.relation = 'receiver'
  AND (receiver.iri = $body OR EXISTS {
    MATCH (receiver)<-[:SUBJECT]-(member:Claim {life: 'active'})-[:OBJECT]->({iri: $body})
    WHERE member.relation = 'member group of'
  })
MATCH (subject)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
WHERE claim.relation IN ['giver', 'receiver', 'number of receivers', 'thing given',
  'in return for', 'under', 'date']
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.bound AS bound, claim.kind AS kind,
  claim.standing AS standing, claim.accepted AS accepted, claim.drifted AS drifted,
  claim.iri AS claim, evidence.iri AS evidence
