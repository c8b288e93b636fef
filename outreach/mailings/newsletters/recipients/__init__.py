"""Who of the contact point is in which group of a newsletter."""
