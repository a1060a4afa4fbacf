"""Where the things and labels of a network stand: for an article, and for very many things."""
