"""Named questions, asked of any store, answered with the evidence."""
