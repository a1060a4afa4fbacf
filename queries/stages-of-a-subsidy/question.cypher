MATCH (subject:Subsidy)<-[:SUBJECT]-(paid:Claim {life: 'active', relation: 'paid by'})-[:OBJECT]->(payer)
WHERE $payer IS NULL OR payer.iri = $payer
MATCH (subject)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
WHERE claim.relation IN ['paid by', 'subsidy for', 'round of', 'reached stage', 'proposed on', 'approved on',
    'spent during', 'cancelled on', 'sum of money', 'share per device', 'matched by',
    'matching share per device', 'number subsidized', 'renews', 'date']
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.standing AS standing,
  claim.iri AS claim, evidence.iri AS evidence
