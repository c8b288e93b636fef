"""What is told of a message after it was given to a transport: it came through, or it came back."""
