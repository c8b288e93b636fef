"""Reminder letters: which households that have not answered get a second letter, once, and why the others do not."""
