"""The page on which staff write a mailing and have it checked."""
