"""Whoever opens a letter home says that the one it asks lives elsewhere now, and nothing more about them."""
