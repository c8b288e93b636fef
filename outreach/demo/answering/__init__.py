"""Answers that made-up guests give in their calendar."""
