MATCH (subject)<-[:SUBJECT]-(off:Claim {life: 'active'})
WHERE off.relation = 'cancelled on'
  OR (off.relation = 'reached stage' AND off.words = 'cancelled')
MATCH (subject)<-[:SUBJECT]-(offering:Claim {life: 'active', relation: 'vendor'})-[:OBJECT]->(vendor)
WHERE ($vendor IS NULL OR vendor.iri = $vendor)
  AND NOT EXISTS {
    MATCH (subject)<-[:SUBJECT]-(live:Claim {life: 'active'})
    WHERE (live.relation = 'live from' AND live.kind = 'date')
      OR (live.relation = 'reached stage' AND live.words = 'live')
  }
MATCH (subject)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
WHERE claim.relation IN ['vendor', 'partner', 'connects', 'reached stage', 'proposed on', 'announced on',
    'cancelled on', 'paused on', 'date']
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.standing AS standing,
  claim.iri AS claim, evidence.iri AS evidence
