"""What a household has given us by its answer."""
