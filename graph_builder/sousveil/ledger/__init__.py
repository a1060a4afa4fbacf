"""The claim tables of one case, and the checks that need all of them at once."""
