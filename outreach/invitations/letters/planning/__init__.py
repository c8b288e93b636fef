"""Which letters leave in a run: decided by what is true now, for the invitation and for the reminder of it."""
