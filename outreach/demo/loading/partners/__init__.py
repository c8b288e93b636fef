"""Lets the made-up partners take part."""
