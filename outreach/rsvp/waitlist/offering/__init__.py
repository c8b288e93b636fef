"""An offer to one waiting party: what is noted of it, and the one message that tells of it."""
