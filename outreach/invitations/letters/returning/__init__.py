"""Letters that the post brought back: who registers them, and how the household is reached instead."""
