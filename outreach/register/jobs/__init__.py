"""Work on large uploads: a queue of one row each, claimed with a lease, and the worker that does it."""
