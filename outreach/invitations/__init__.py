"""Who is asked: one invitation per household with a code of its own, and the guard of the household's pages."""
