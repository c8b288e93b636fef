"""The answer to a question as an e-mail."""
