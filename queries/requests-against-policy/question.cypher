MATCH (:Thing {iri: $protest})<-[:OBJECT]-(covering:Claim {life: 'active', relation: 'covers'})-[:SUBJECT]->(request)
MATCH (request)<-[:SUBJECT]-(dated:Claim {life: 'active', relation: 'date'})-[:EVIDENCE]->(evidence:Evidence)
WHERE dated.kind = 'date'
MATCH (:Thing {iri: $policy})<-[:OBJECT]-(belongs:Claim {life: 'active', relation: 'version of'})-[:SUBJECT]->(version)
MATCH (version)<-[:SUBJECT]-(forbidding:Claim {life: 'active', relation: 'forbids'})-[:OBJECT]->(forbids:Concept)
WHERE forbids.name IN ['requests about protests', 'requests about lawful activities']
OPTIONAL MATCH (version)<-[:SUBJECT]-(begins:Claim {life: 'active', relation: 'in force from'})
  WHERE begins.earliest IS NOT NULL
OPTIONAL MATCH (version)<-[:SUBJECT]-(ends:Claim {life: 'active', relation: 'in force until'})
  WHERE ends.latest IS NOT NULL
RETURN DISTINCT request.iri AS request, dated.value AS date, version.iri AS version,
  forbids.iri AS forbids,
  CASE
    WHEN begins.earliest > dated.latest OR ends.latest < dated.earliest THEN 'not in force then'
    WHEN begins.earliest <= dated.earliest AND (ends IS NULL OR ends.latest >= dated.latest)
      THEN 'in force then'
    ELSE 'not documented for that date'
  END AS verdict,
  dated.iri AS dated, forbidding.iri AS forbidding, begins.iri AS begins, ends.iri AS ends,
  evidence.iri AS evidence
