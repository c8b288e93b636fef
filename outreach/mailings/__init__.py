"""Mailings: texts that an organiser writes to many at once, who gets them and how, release, and progress."""
