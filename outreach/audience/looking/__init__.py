"""Why one person is in a segment or not, found by name; a name that nobody has answers alike, whatever the cause."""
