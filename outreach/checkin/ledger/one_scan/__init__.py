"""One scan alone: the admission that somebody stands and waits for."""
