"""A partner sees what guests left for it, and answers through us."""
