"""The tables' schemas and one frozen dataclass for a row of each."""
