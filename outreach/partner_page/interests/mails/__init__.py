"""Writes to guests who left something at a stand."""
