"""Gives who is seen again hashes by the newest register key."""
