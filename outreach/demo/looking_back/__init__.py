"""Fills the demo with what came of earlier years."""
