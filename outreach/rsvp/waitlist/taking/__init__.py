"""What a household on the waiting list does, and staff for it."""
