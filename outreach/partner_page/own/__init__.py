"""The page that a partner comes to by its link."""
