"""Storing an answer in one transaction, by the counter or by the queue."""
