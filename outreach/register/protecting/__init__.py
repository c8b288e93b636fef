"""Tombstones for protected people, and the removal of what we held of them."""
