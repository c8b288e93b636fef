"""The made-up hosts of the meetups."""
