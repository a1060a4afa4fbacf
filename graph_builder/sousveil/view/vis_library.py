"""Where the graph library stands in a page through pyvis; it is the same in every page."""

BEGIN = "/*! vis-network begin */"
END = "/*! vis-network end */"
