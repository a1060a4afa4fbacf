// Reads claims, not only accepted ones, so that a drifted number stands beside its origin.
MATCH (:Thing {iri: $giver})<-[:OBJECT]-(given:Claim {life: 'active', relation: 'giver'})-[:SUBJECT]->(subject)
MATCH (subject)<-[:SUBJECT]-(got:Claim {life: 'active', relation: 'receiver'})-[:OBJECT]->(receiver)
WHERE receiver.iri = $body OR EXISTS {
  MATCH (receiver)<-[:SUBJECT]-(member:Claim {life: 'active', relation: 'member group of'})-[:OBJECT]->({iri: $body})
}
MATCH (subject)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
WHERE claim.relation IN ['giver', 'receiver', 'number of receivers', 'thing given', 'in return for', 'under',
    'date']
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.standing AS standing,
  claim.bound AS bound,
  claim.iri AS claim, evidence.iri AS evidence
