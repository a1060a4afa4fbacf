CALL {
  MATCH (subject)<-[:SUBJECT]-(said:Claim {life: 'active', relation: 'speaker'})-[:OBJECT]->(:Thing {iri: $body})
  RETURN subject, ['speaker', 'speaking as', 'said to', 'occasion', 'date', 'concerns', 'gist', 'words',
    'asked', 'asked by', 'outcome'] AS relations
  UNION
  MATCH (speaker)<-[:SUBJECT]-(voice:Claim {life: 'active', relation: 'speaks for'})-[:OBJECT]->(:Thing {iri: $body})
  MATCH (subject)<-[:SUBJECT]-(said:Claim {life: 'active', relation: 'speaker'})-[:OBJECT]->(speaker)
  RETURN subject, ['speaker', 'speaking as', 'said to', 'occasion', 'date', 'concerns', 'gist', 'words',
    'asked', 'asked by', 'outcome'] AS relations
  UNION
  MATCH (post)<-[:SUBJECT]-(place:Claim {life: 'active', relation: 'post at'})-[:OBJECT]->(:Thing {iri: $body})
  MATCH (subject)<-[:SUBJECT]-(said:Claim {life: 'active', relation: 'speaking as'})-[:OBJECT]->(post)
  RETURN subject, ['speaker', 'speaking as', 'said to', 'occasion', 'date', 'concerns', 'gist', 'words',
    'asked', 'asked by', 'outcome'] AS relations
  UNION
  MATCH (subject:CommentRequest)<-[:SUBJECT]-(put:Claim {life: 'active', relation: 'asked'})-[:OBJECT]->(:Thing {iri: $body})
  RETURN subject, ['speaker', 'speaking as', 'said to', 'occasion', 'date', 'concerns', 'gist', 'words',
    'asked', 'asked by', 'outcome'] AS relations
}
MATCH (subject)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
WHERE claim.relation IN relations
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.standing AS standing,
  claim.iri AS claim, evidence.iri AS evidence
