MATCH (request)<-[:SUBJECT]-(sent:Claim {life: 'active', relation: 'requester'})-[:OBJECT]->(requester)
WHERE $by IS NULL OR requester.iri = $by
MATCH (sent)-[:EVIDENCE]->(evidence:Evidence)
OPTIONAL MATCH (request)<-[:SUBJECT]-(put:Claim {life: 'active', relation: 'asked'})-[:OBJECT]->(asked)
OPTIONAL MATCH (request)<-[:SUBJECT]-(behalf:Claim {life: 'active', relation: 'on behalf of'})-[:OBJECT]->(behalf_of)
OPTIONAL MATCH (request)<-[:SUBJECT]-(aimed:Claim {life: 'active', relation: 'covers'})-[:OBJECT]->(event)
RETURN DISTINCT requester.iri AS requester, behalf_of.iri AS behalf_of, asked.iri AS asked,
  event.iri AS event, request.iri AS request, sent.iri AS sent, put.iri AS put,
  behalf.iri AS behalf, aimed.iri AS aimed, evidence.iri AS evidence
