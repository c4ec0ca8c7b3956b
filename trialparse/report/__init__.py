"""A trial for people to read."""
