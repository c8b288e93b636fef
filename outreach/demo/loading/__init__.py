"""Fills an empty database with the made-up municipality, through the services that staff and guests use."""
