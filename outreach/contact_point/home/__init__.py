"""Who has moved home again: thanked, and let out of the contact point."""
