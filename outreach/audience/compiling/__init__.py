"""A rule as SQL: each condition an expression over one person, so that a whole segment is one statement."""
