"""What the organiser chose for an event's doors: name search with its PIN, and the needs that phones are told."""
