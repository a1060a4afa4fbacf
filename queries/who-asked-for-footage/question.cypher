// Reads claims, not only accepted ones: conflicting dates are both shown.
MATCH (:Thing {iri: $protest})<-[:OBJECT]-(about:Claim {life: 'active', relation: 'covers'})-[:SUBJECT]->(subject)
MATCH (subject)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
WHERE claim.relation IN ['requester', 'on behalf of', 'asked', 'channel', 'date']
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.standing AS standing,
  CASE
    WHEN object:Person THEN 'person'
    WHEN object:Post THEN 'post'
    WHEN object:PoliceUnit THEN 'unit'
    WHEN object:PoliceAgency THEN 'department'
    WHEN object:Group THEN 'group'
  END AS level,
  // How many relays lie between the evidence and the document itself, where it leads there.
  CASE WHEN EXISTS {
    MATCH (evidence)-[:VIA]->()<-[:OBJECT]-(recorded:Claim)-[:SUBJECT]->(subject)
    WHERE recorded.relation = 'document'
  } THEN evidence.steps END AS steps,
  claim.iri AS claim, evidence.iri AS evidence
