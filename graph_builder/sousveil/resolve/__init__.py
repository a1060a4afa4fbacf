"""Judgements become clusters of entities."""
