"""What partners offer, as a newsletter tells it."""
