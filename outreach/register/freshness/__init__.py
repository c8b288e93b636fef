"""Whether the latest extract is fresh enough to write to people by."""
