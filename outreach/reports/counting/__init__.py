"""Counts the figures of an event while its people are still there."""
