"""Who is told when an event changes or is called off, by which way, and what they have not been told yet."""
