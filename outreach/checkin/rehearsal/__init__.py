"""The evening with made-up guests on the real phones. Nothing of it is in any figure, or left after."""
