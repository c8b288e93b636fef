"""What the municipality wants of a year, and how it stands: a light with words."""
