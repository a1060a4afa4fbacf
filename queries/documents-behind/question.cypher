MATCH (:Thing {iri: $about})<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
WHERE evidence.counted
MATCH (evidence)-[:FROM_SOURCE|VIA]->(source)
RETURN DISTINCT source.iri AS source, source.published AS published, source.read AS read,
  source.captureHash AS saved, source.url AS url, claim.iri AS claim
