"""The case format as JSON Schema (2020-12), from the ontology and the readers' own words."""
