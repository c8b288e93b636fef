"""Anybody signs up for an event that is open, without an invitation; it counts when an e-mail has confirmed it."""
