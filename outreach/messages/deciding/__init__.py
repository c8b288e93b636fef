"""What nobody but a person can tell: messages that may have left, or are long past due, decided batch by batch."""
