"""Staff approve what partners offer."""
