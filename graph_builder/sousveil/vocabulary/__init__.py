"""The ontology, loaded once, as Python objects."""
