"""The door app's files as one versioned whole: a phone without network has all of it, or the whole one before."""
