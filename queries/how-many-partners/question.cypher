MATCH (subject:Count)<-[:SUBJECT]-(counting:Claim {life: 'active', relation: 'of'})-[:OBJECT]->(:Thing {iri: $company})
WHERE NOT EXISTS {
    MATCH (subject)<-[:SUBJECT]-(measured:Claim {life: 'active', relation: 'unit'})
    WHERE NOT measured.words IN ['agencies', 'law enforcement agencies', 'police departments',
      'fire departments', 'police and fire departments', 'cities', 'cities and counties',
      'jurisdictions', 'states']
  }
MATCH (subject)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
WHERE claim.relation IN ['value', 'unit', 'counted by', 'as of', 'published in', 'what is counted']
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.standing AS standing,
  claim.iri AS claim, evidence.iri AS evidence
