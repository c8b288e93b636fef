"""Counts who took part in an event, and what they offered."""
