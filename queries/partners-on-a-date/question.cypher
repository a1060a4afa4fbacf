MATCH (:Thing {iri: $company})<-[:OBJECT]-(offering:Claim {life: 'active', relation: 'vendor'})-[:SUBJECT]->(partnership)
MATCH (partnership)<-[:SUBJECT]-(joining:Claim {life: 'active', relation: 'partner'})-[:OBJECT]->(partner)
MATCH (joining)-[:EVIDENCE]->(evidence:Evidence)
OPTIONAL MATCH (partnership)<-[:SUBJECT]-(begins:Claim {life: 'active', kind: 'date'})
  WHERE begins.relation IN ['live from', 'signed on', 'date']
OPTIONAL MATCH (partnership)<-[:SUBJECT]-(ends:Claim {life: 'active', kind: 'date'})
  WHERE ends.relation IN ['ended', 'cancelled on']
RETURN DISTINCT partner.iri AS partner, partnership.iri AS partnership, begins.value AS began,
  ends.value AS ended,
  CASE
    WHEN ends.latest < $on_first THEN 'ended before'
    WHEN begins.earliest > $on_last THEN 'not begun'
    WHEN begins.latest <= $on_first AND ends.earliest >= $on_last THEN 'running'
    WHEN begins.latest <= $on_first AND ends IS NULL THEN 'begun, no end documented'
    ELSE 'not documented for that date'
  END AS verdict,
  joining.iri AS joining, begins.iri AS begins, ends.iri AS ends, evidence.iri AS evidence
