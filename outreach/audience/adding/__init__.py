"""The list of an event that holds whom somebody put on it by hand."""
