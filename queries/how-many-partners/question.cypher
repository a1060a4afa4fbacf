MATCH (:Thing {iri: $company})<-[:OBJECT]-(counting:Claim {life: 'active', relation: 'of'})-[:SUBJECT]->(subject:Count)
WHERE NOT EXISTS {
    MATCH (subject)<-[:SUBJECT]-(measured:Claim {life: 'active', relation: 'unit'})
    WHERE measured.words IN ['arrests', 'cameras', 'cases', 'disclosures', 'e-mails', 'incidents',
      'legal demands', 'license plates', 'officers', 'percent', 'posts', 'protests', 'records',
      'requests', 'searches', 'sensors', 'users', 'uses of a code', 'vehicles']
  }
MATCH (subject)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
WHERE claim.relation IN ['value', 'unit', 'counted by', 'as of', 'published in', 'what is counted']
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.standing AS standing,
  claim.iri AS claim, evidence.iri AS evidence
