"""One person among the rows of uploads that wait for a yes."""
