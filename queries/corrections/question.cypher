MATCH (claim:Claim)-[:EVIDENCE]->(evidence:Evidence {stance: 'withdraws'})-[:FROM_SOURCE]->(correction)
MATCH (claim)-[:SUBJECT]->(subject)
OPTIONAL MATCH (correction)-[:CORRECTS]->(corrected)
RETURN DISTINCT corrected.iri AS corrected, correction.iri AS correction, subject.iri AS subject,
  claim.predicate AS relation, claim.iri AS claim, evidence.iri AS evidence
