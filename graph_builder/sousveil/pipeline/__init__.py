"""The steps of a build and of a case's life, in order, nothing else."""
