"""Keeps the figures of events that are over."""
