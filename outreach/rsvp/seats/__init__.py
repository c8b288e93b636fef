"""Seats of an event: one counter row, changed by one conditional statement."""
