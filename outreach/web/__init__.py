"""HTTP glue that knows no person and no event: transactions, guards, error pages, headers, languages, limits."""
