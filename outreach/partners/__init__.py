"""Partners: organisations, what they take part in at an event, what they offer. Before any guest is known."""
