"""What partners take part in: role, answer, tasks, stand and place in the programme, event by event."""
