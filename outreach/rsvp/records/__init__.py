"""The rows of an answer: what stands, locked, and how a new answer replaces it."""
