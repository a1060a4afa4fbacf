"""What follows from the tables: what counts, what contests what, what is accepted, who said it."""
