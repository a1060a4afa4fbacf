MATCH (subject)<-[:SUBJECT]-(claim:Claim {life: 'active'})-[:EVIDENCE]->(evidence:Evidence)
WHERE claim.kind IN ['withheld', 'unknown'] AND ($about IS NULL OR subject.iri = $about)
MATCH (evidence)-[:FROM_SOURCE]->(source)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  CASE claim.kind WHEN 'withheld' THEN 'withheld' ELSE 'not known' END AS why,
  source.iri AS source, claim.iri AS claim, evidence.iri AS evidence
UNION
MATCH (source)-[:SILENT]->(gap:Gap)-[:GAP_OF]->(subject)
WHERE $about IS NULL OR subject.iri = $about
RETURN DISTINCT subject.iri AS subject, gap.predicate AS relation, 'not stated' AS why,
  source.iri AS source, null AS claim, null AS evidence
