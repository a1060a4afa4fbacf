MATCH (gift)<-[:SUBJECT]-(given:Claim {life: 'active', relation: 'giver'})-[:OBJECT]->(giver)
WHERE $by IS NULL OR giver.iri = $by
MATCH (gift)<-[:SUBJECT]-(got:Claim {life: 'active', relation: 'receiver'})-[:OBJECT]->(receiver)
WHERE $to IS NULL OR receiver.iri = $to
MATCH (given)-[:EVIDENCE]->(evidence:Evidence)
OPTIONAL MATCH (gift)<-[:SUBJECT]-(what:Claim {life: 'active', relation: 'thing given'})-[:OBJECT]->(thing)
RETURN DISTINCT giver.iri AS giver, receiver.iri AS receiver, thing.iri AS thing, gift.iri AS gift,
  given.iri AS given, got.iri AS got, what.iri AS what, evidence.iri AS evidence
