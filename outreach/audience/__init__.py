"""Who an event is for: a segment of the register with its window, counted and frozen with a reason for each person."""
