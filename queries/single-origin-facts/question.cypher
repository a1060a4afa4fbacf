MATCH (claim:Claim {life: 'active', originCount: 1, accepted: true})-[:SUBJECT]->(subject)
WHERE $about IS NULL OR subject.iri = $about
MATCH (claim)-[:EVIDENCE]->(evidence:Evidence)
OPTIONAL MATCH (claim)-[:OBJECT]->(object)
RETURN DISTINCT subject.iri AS subject, claim.predicate AS relation,
  coalesce(object.iri, claim.value) AS value, claim.standing AS standing,
  NOT EXISTS {
    MATCH (claim)-[:EVIDENCE]->(first:Evidence)
    WHERE first.steps = 0 AND first.counted AND first.stance = 'supports'
  } AS retold,
  claim.iri AS claim, evidence.iri AS evidence
