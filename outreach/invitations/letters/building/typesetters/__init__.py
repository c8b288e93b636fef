"""Processes that set letters."""
