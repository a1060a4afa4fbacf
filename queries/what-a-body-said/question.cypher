CALL {
  MATCH (:Thing {iri: $body})<-[:OBJECT]-(said:Claim {life: 'active', relation: 'speaker'})-[:SUBJECT]->(subject)
  RETURN subject, ['speaker', 'speaking as', 'said to', 'occasion', 'date', 'concerns', 'gist', 'words',
    'asked', 'asked by', 'outcome'] AS relations
  UNION
  MATCH (:Thing {iri: $body})<-[:OBJECT]-(voice:Claim {life: 'active', relation: 'speaks for'})-[:SUBJECT]->(speaker)
  MATCH (speaker)<-[:OBJECT]-(said:Claim {life: 'active', relation: 'speaker'})-[:SUBJECT]->(subject)
  RETURN subject, ['speaker', 'speaking as', 'said to', 'occasion', 'date', 'concerns', 'gist', 'words',
    'asked', 'asked by', 'outcome'] AS relations
  UNION
  MATCH (:Thing {iri: $body})<-[:OBJECT]-(place:Claim {life: 'active', relation: 'post at'})-[:SUBJECT]->(post)
  MATCH (post)<-[:OBJECT]-(said:Claim {life: 'active', relation: 'speaking as'})-[:SUBJECT]->(subject)
  RETURN subject, ['speaker', 'speaking as', 'said to', 'occasion', 'date', 'concerns', 'gist', 'words',
    'asked', 'asked by', 'outcome'] AS relations
  UNION
  MATCH (:Thing {iri: $body})<-[:OBJECT]-(put:Claim {life: 'active', relation: 'asked'})-[:SUBJECT]->(subject:CommentRequest)
  RETURN subject, ['speaker', 'speaking as', 'said to', 'occasion', 'date', 'concerns', 'gist', 'words',
    'asked', 'asked by', 'outcome'] AS relations
}
MATCH (subject)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
WHERE claim.relation IN relations
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.standing AS standing,
  claim.iri AS claim, evidence.iri AS evidence
