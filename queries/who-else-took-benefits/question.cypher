CALL {
  MATCH (subject)<-[:SUBJECT]-(given:Claim {life: 'active', relation: 'giver'})-[:OBJECT]->(:Thing {iri: $company})
  RETURN subject, ['receiver', 'thing given', 'number of things', 'number of receivers', 'worth', 'date',
    'number returned', 'returned on'] AS relations
  UNION
  MATCH (subject)<-[:SUBJECT]-(offered:Claim {life: 'active', relation: 'offered by'})-[:OBJECT]->(:Thing {iri: $company})
  RETURN subject, ['offered to', 'thing given', 'number of things', 'worth', 'date'] AS relations
  UNION
  MATCH (subject)<-[:SUBJECT]-(matched:Claim {life: 'active', relation: 'matched by'})-[:OBJECT]->(:Thing {iri: $company})
  RETURN subject, ['paid by', 'subsidy for', 'sum of money', 'share per device',
    'matching share per device', 'number subsidized', 'date', 'approved on',
    'spent during'] AS relations
  UNION
  MATCH (subject)<-[:SUBJECT]-(devices:Claim {life: 'active', relation: 'devices of'})-[:OBJECT]->(:Thing {iri: $company})
  RETURN subject, ['paid by', 'subsidy for', 'sum of money', 'share per device',
    'matching share per device', 'number subsidized', 'date', 'approved on',
    'spent during'] AS relations
}
MATCH (subject)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
WHERE claim.relation IN relations
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.standing AS standing,
  claim.iri AS claim, evidence.iri AS evidence
