"""Invitations of those who were not asked and signed up themselves."""
