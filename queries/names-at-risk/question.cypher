MATCH (person:Person)
OPTIONAL MATCH (person)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
RETURN DISTINCT person.iri AS person, person.exposure AS exposure,
  CASE
    WHEN person.exposure IN ['public official', 'senior staff', 'spokesperson', 'public figure',
      'author'] THEN 'yes'
    ELSE 'only after a decision'
  END AS leaves,
  claim.iri AS claim, evidence.iri AS evidence
