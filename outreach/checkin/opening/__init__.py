"""What the door lead does before the evening: opens doors, and lets a late phone in at one that is open."""
