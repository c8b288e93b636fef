"""One partner at one event, as staff see it."""
