"""Writes to partners: invitation, reminders, news of the event."""
