# Brings a graph in line with this ontology: every deprecated name that has a replacement becomes
# that replacement, as class, as property, as term, and as what a claim or gap is about.
#
# The ontology must stand in the graph https://w3id.org/sousveil/graph/ontology of the same store,
# the case in the default graph or in any other. Run it again and nothing changes. Ids of claims
# that were made with the old name stay: rebuild from the case files to get the new ones.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX ontology: <https://w3id.org/sousveil/graph/ontology>

# Objects: classes of things, terms as values, predicates of claims.
DELETE { ?s ?p ?old } INSERT { ?s ?p ?new } WHERE {
  GRAPH ontology: { ?old owl:deprecated true ; dcterms:isReplacedBy ?new }
  ?s ?p ?old
} ;
DELETE { GRAPH ?g { ?s ?p ?old } } INSERT { GRAPH ?g { ?s ?p ?new } } WHERE {
  GRAPH ontology: { ?old owl:deprecated true ; dcterms:isReplacedBy ?new }
  GRAPH ?g { ?s ?p ?old }
  FILTER (?g != ontology:)
} ;

# Properties of direct statements.
DELETE { ?s ?old ?o } INSERT { ?s ?new ?o } WHERE {
  GRAPH ontology: { ?old owl:deprecated true ; dcterms:isReplacedBy ?new }
  ?s ?old ?o
} ;
DELETE { GRAPH ?g { ?s ?old ?o } } INSERT { GRAPH ?g { ?s ?new ?o } } WHERE {
  GRAPH ontology: { ?old owl:deprecated true ; dcterms:isReplacedBy ?new }
  GRAPH ?g { ?s ?old ?o }
  FILTER (?g != ontology:)
} ;

# Subjects: the labels of terms that a case carries along.
DELETE { ?old ?p ?o } INSERT { ?new ?p ?o } WHERE {
  GRAPH ontology: { ?old owl:deprecated true ; dcterms:isReplacedBy ?new }
  ?old ?p ?o
} ;
DELETE { GRAPH ?g { ?old ?p ?o } } INSERT { GRAPH ?g { ?new ?p ?o } } WHERE {
  GRAPH ontology: { ?old owl:deprecated true ; dcterms:isReplacedBy ?new }
  GRAPH ?g { ?old ?p ?o }
  FILTER (?g != ontology:)
}
