CALL {
  MATCH (:Thing {iri: $company})<-[:OBJECT]-(given:Claim {life: 'active', relation: 'giver'})-[:SUBJECT]->(subject)
  RETURN subject, ['receiver', 'thing given', 'number of things', 'number of receivers', 'worth', 'date',
    'number returned', 'returned on'] AS relations
  UNION
  MATCH (:Thing {iri: $company})<-[:OBJECT]-(offered:Claim {life: 'active', relation: 'offered by'})-[:SUBJECT]->(subject)
  RETURN subject, ['offered to', 'thing given', 'number of things', 'worth', 'date'] AS relations
  UNION
  MATCH (:Thing {iri: $company})<-[:OBJECT]-(matched:Claim {life: 'active', relation: 'matched by'})-[:SUBJECT]->(subject)
  RETURN subject, ['paid by', 'subsidy for', 'sum of money', 'share per device',
    'matching share per device', 'number subsidized', 'date', 'approved on',
    'spent during'] AS relations
  UNION
  MATCH (:Thing {iri: $company})<-[:OBJECT]-(devices:Claim {life: 'active', relation: 'devices of'})-[:SUBJECT]->(subject)
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
