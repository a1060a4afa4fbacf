MATCH (subject)<-[:SUBJECT]-(access:Claim {life: 'active', relation: 'accessed by'})-[:OBJECT]->(agency:FederalAgency)
WHERE $agency IS NULL OR agency.iri = $agency
MATCH (subject)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
WHERE claim.relation IN ['accessed by', 'held by', 'system', 'access mode', 'data accessed', "owners' consent",
    'access from', 'access until', 'date', 'number of searches', 'number of networks',
    'number of devices', 'number of holders']
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.standing AS standing,
  claim.iri AS claim, evidence.iri AS evidence
