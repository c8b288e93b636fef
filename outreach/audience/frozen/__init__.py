"""Lists that were made for an event: what the rule said then, and each person's reason."""
