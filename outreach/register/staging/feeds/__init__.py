"""A feed of events between the reading and the yes: what it says of each number, sealed like an extract's rows."""
