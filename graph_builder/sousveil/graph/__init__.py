"""The claim tables as graphs: RDF, property graph, networkx."""
