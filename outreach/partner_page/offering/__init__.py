"""Partners post what they offer, by their own page."""
