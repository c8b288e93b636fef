"""Writes one person's newsletter when it is handed over."""
