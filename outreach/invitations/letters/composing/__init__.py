"""From outbox rows to letters: who is asked now, by which names, at which address, with which code."""
