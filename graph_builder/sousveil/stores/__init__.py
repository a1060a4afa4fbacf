"""One module per store behind one small protocol: rows(text, parameters)."""
