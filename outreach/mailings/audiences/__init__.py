"""Whom a mailing is for: the households of an event, or those who signed up with the contact point."""
