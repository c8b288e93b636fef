"""The page of one's own that whoever signed up comes to by a personal link."""
