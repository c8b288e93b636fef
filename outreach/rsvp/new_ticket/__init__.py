"""A household whose ticket went astray makes a new one, from its own page and never from the ticket."""
