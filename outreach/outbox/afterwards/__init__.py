"""What people say of messages that left: came back after all, never left, go once more."""
