"""Messages to those who signed up: confirm, welcome, "are you still studying?"."""
