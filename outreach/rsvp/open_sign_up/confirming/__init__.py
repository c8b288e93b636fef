"""A sign-up that is confirmed takes its seats."""
