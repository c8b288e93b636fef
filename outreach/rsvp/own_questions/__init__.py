"""What the organiser asks guests of one event, and what they reply."""
